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
        guesses: one line for tables of one kind with the same columns: which are read.
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
            numbers: dict[tuple[str, Columns], int] = {}
            root = root_of(given)
            for found in found_files(given):
                kind = _TABLES.get("." + plain_name(found.path).lower().rpartition(".")[2], "files")
                columns = self._columns(kind, found, [own for known, own in numbers if known == kind])
                if (kind, columns) not in numbers:
                    numbers[kind, columns] = len(self.sources)
                    self.sources.append(self._source(kind, root, columns))
                number = numbers[kind, columns]
                yield from self.sources[number].pieces(number, found)

    def _source(self, kind: str, root: str, columns: Columns) -> Source:
        if kind == "files":
            return Files(root=root)
        if kind == "delimited":
            return Delimited(root=root, columns=columns, encoding=self.encoding)
        return JsonLines(root=root, columns=columns) if kind == "jsonlines" else Parquet(root=root, columns=columns)

    def _columns(self, kind: str, found: Found, before: Sequence[Columns]) -> Columns:
        """The columns of a file; those of an earlier table of its kind where it has no others.

        Raises:
            OptionError: no column of a table is told to be the text.
        """
        if kind == "files":
            return Columns()
        names = self._names(kind, found.path)
        if before and not names:
            return before[0]  # no row of it can be read, which its rows say
        columns = chosen_columns(names, self.columns, found.path)
        same = (each for each in before if columns == each or (kind != "parquet" and _has_all(each, columns)))
        if (known := next(same, None)) is not None:
            return known
        told = [msg("{what} from {name!r}", what=what, name=name) for what, name in columns.named().items()]
        self.guesses.append(joined("", (f"{found.path}: ", joined(", ", told))))
        return columns

    def _names(self, kind: str, path: str) -> list[str]:
        if kind == "delimited":
            return Delimited.names(path, self.encoding)
        return JsonLines.names(path) if kind == "jsonlines" else Parquet.names(path)


def _has_all(wide: Columns, narrow: Columns) -> bool:
    """Whether a table's columns are among another's: an optional key may stand in later lines only."""
    return narrow.named().items() <= wide.named().items()


def inputs_of(given: Sequence[str], columns: Columns | None = None, encoding: str = "") -> Inputs:
    """Return the inputs of these paths, patterns and addresses."""
    return Inputs(given=tuple(given), columns=columns or Columns(), encoding=encoding)
