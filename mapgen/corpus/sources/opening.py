"""Chooses for each file of the input the source that reads it, and for tables their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mapgen.corpus.model import Columns, Piece
from mapgen.corpus.sources.base import Found, Source
from mapgen.corpus.sources.delimited import Delimited
from mapgen.corpus.sources.files import Files
from mapgen.corpus.sources.jsonlines import JsonLines
from mapgen.corpus.sources.listing import found_files, root_of
from mapgen.corpus.sources.parquet import Parquet
from mapgen.corpus.sources.streams import plain_name
from mapgen.corpus.sources.tables import chosen_columns
from mapgen.messages import joined, msg

__all__ = ["Inputs", "inputs_of"]

_TABLES = {
    ".csv": "delimited", ".tsv": "delimited", ".tab": "delimited",
    ".jsonl": "jsonlines", ".ndjson": "jsonlines", ".jsonlines": "jsonlines",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
"""Ends of names of tables; every other file is a document."""


@dataclass(slots=True)
class Inputs:
    """The sources of an input, which come to be while its files are listed.

    Attributes:
        given: paths, patterns and addresses.
        columns: the columns that the user has named.
        encoding: of CSV files, or "".
        sources: the sources so far.
        guesses: one line for each kind of table: which columns are read.
    """

    given: tuple[str, ...]
    columns: Columns = field(default_factory=Columns)
    encoding: str = ""
    sources: list[Source] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces of all files, in their order.

        Raises:
            InputError: an input is missing, or a table has no column for the text.
        """
        for given in self.given:
            numbers: dict[str, int] = {}
            root = root_of(given)
            for found in found_files(given):
                kind = _TABLES.get("." + plain_name(found.path).lower().rpartition(".")[2], "files")
                if kind not in numbers:
                    numbers[kind] = len(self.sources)
                    self.sources.append(self._source(kind, root, found))
                yield from self.sources[numbers[kind]].pieces(numbers[kind], found)

    def _source(self, kind: str, root: str, found: Found) -> Source:
        if kind == "files":
            return Files(root=root)
        if kind == "delimited":
            names = Delimited.names(found.path, self.encoding)
            return Delimited(root=root, columns=self._columns(names, found.path), encoding=self.encoding)
        if kind == "jsonlines":
            return JsonLines(root=root, columns=self._columns(JsonLines.names(found.path), found.path))
        return Parquet(root=root, columns=self._columns(Parquet.names(found.path), found.path))

    def _columns(self, names: list[str], path: str) -> Columns:
        columns = chosen_columns(names, self.columns, path)
        told = [msg("{what} from {name!r}", what=what, name=name) for what, name in columns.named().items()]
        self.guesses.append(joined("", (f"{path}: ", joined(", ", told))))
        return columns


def inputs_of(given: Sequence[str], columns: Columns | None = None, encoding: str = "") -> Inputs:
    """Return the inputs of these paths, patterns and addresses."""
    return Inputs(given=tuple(given), columns=columns or Columns(), encoding=encoding)
