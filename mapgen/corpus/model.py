"""What passes between plan, sources, tasks and engines: frozen, picklable, and as JSON in the plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from mapgen.settings import Settings

__all__ = ["Columns", "Failure", "Job", "Partition", "Piece", "Record", "Report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table by what they hold; "" where it has none for it.

    Attributes:
        text: the text.
        id: the name of a document, unique in the archive.
        date: in any usual way to write a date.
        title: the headline.
        source: the publication.
        language: of the text, in any usual way to write one.
    """

    text: str = ""
    id: str = ""
    date: str = ""
    title: str = ""
    source: str = ""
    language: str = ""

    def named(self) -> dict[str, str]:
        """Return the columns that have a name, by what they hold."""
        return {what: str(name) for what, name in asdict(self).items() if name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a document has no places.

    Attributes:
        kind: a key of `mapgen.corpus.schemas.ERRORS`.
        message: one line.
    """

    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document as its source holds it, before it is read.

    Attributes:
        id: its name.
        text: the text field; "" where `data` or `failure` stands for it.
        data: the bytes of a file that a format of `mapgen.reading` reads, or None.
        name: path of the file below the input, which can tell a date; "" for a row.
        date, title, source, language: as the columns hold them, or "".
        failure: why it cannot be read, or None.
    """

    id: str
    text: str = ""
    data: bytes | None = None
    name: str = ""
    date: str = ""
    title: str = ""
    source: str = ""
    language: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of one source: a file, or rows of a table that follow each other.

    Attributes:
        source: number of the source in the job.
        path: path or address of the file; "" for documents that are `inline`.
        bytes: estimated size of its text.
        rows: how many documents it holds.
        first: number of its first row in the table, from 0.
        start: byte where that row begins, after decompression; 0 in Parquet.
        group: number of the row group in Parquet; pieces of different groups are not joined.
        stamp: what changes with the file: its size and time of modification.
        inline: the documents themselves.
    """

    source: int
    path: str = ""
    bytes: int = 0
    rows: int = 1
    first: int = 0
    start: int = 0
    group: int = 0
    stamp: str = ""
    inline: tuple[Record, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return what the plan keeps, as JSON-ready values."""
        names = ("source", "path", "bytes", "rows", "first", "start", "group", "stamp")
        return {name: getattr(self, name) for name in names if getattr(self, name) != _DEFAULTS.get(name)}


_DEFAULTS: Mapping[str, object] = {"rows": 1, "first": 0, "start": 0, "group": 0, "stamp": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Some megabytes of text: what one task reads and what one set of files holds.

    Attributes:
        number: from 0, in the order of the input.
        pieces: its parts, in that order.
    """

    number: int
    pieces: tuple[Piece, ...]

    @property
    def documents(self) -> int:
        """How many documents it holds."""
        return sum(piece.rows for piece in self.pieces)

    def line(self) -> str:
        """Return the partition as one line of JSON, the same for the same input."""
        pieces = [piece.plain() for piece in self.pieces]
        return json.dumps({"number": self.number, "pieces": pieces}, ensure_ascii=True, sort_keys=True)

    @property
    def fingerprint(self) -> str:
        """A hash of what the partition reads, 16 hexadecimal digits."""
        digest = hashlib.sha256(self.line().encode())
        for piece in self.pieces:
            for record in piece.inline:
                digest.update(repr(record).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read what `line` wrote."""
        values = json.loads(line)
        return cls(number=values["number"], pieces=tuple(Piece(**piece) for piece in values["pieces"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all tasks of a run share; it is small and can be pickled.

    Attributes:
        output: folder of the results, a path or an address that fsspec knows.
        session: a word that no other run has: what an earlier run left behind is told by it.
        settings: of the geoparser.
        sources: how each source is read (`mapgen.corpus.sources`).
        opener: makes the geoparser of a worker from the settings.
        gazetteer: name of the built gazetteer of the client; that of a worker must be the same.
        encoding: of files, found out for each when "".
        strict: whether the first document that fails ends the run.
        signatures: whether near-duplicates are looked for.
        patience: seconds that a short document may take; see `mapgen.corpus.limits`.
    """

    output: str
    session: str
    settings: Settings
    sources: tuple[Any, ...]
    opener: Any
    gazetteer: str = ""
    encoding: str = ""
    strict: bool = False
    signatures: bool = True
    patience: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a task tells of its partition: counts, never results.

    Attributes:
        partition: its number.
        fingerprint: of the partition.
        documents: rows of the table of documents.
        toponyms: rows of the table of toponyms.
        placed: how many of them have a place.
        characters: code points that were read.
        errors: how many documents failed, by kind.
        cpu: seconds of a processor.
    """

    partition: int
    fingerprint: str
    documents: int
    toponyms: int
    placed: int
    characters: int
    errors: Mapping[str, int] = field(default_factory=dict)
    cpu: float = 0.0
