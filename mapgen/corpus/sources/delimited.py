"""CSV and tab-separated tables; a cell may hold line ends."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mapgen.corpus.model import Columns, Failure, Piece, Record
from mapgen.corpus.sources.base import Found
from mapgen.corpus.sources.streams import BROKEN, LONGEST_LINE, lines_from, open_binary, skip
from mapgen.corpus.sources.tables import pieces_of, record_of
from mapgen.messages import msg
from mapgen.tables import CsvRows

__all__ = ["Delimited"]

_SAMPLE, _BLOCK = 1 << 20, 1 << 14
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """Tables with a header row.

    Attributes:
        root: as in `Files`.
        columns: the columns to read.
        encoding: of the files; UTF-8, or where that fails at the beginning of a file the Windows code page, when "".
    """

    root: str
    columns: Columns
    encoding: str = ""

    @staticmethod
    def names(path: str, encoding: str = "") -> list[str]:
        """Return the names of the columns."""
        return _Table.of(path, encoding).names

    def pieces(self, number: int, found: Found) -> Iterator[Piece]:
        """Divide a file at the ends of rows."""
        return pieces_of(number, found, self._sizes(found.path))

    def _sizes(self, path: str) -> Iterator[tuple[int, int]]:
        table = _Table.of(path, self.encoding)
        for start, end, _ in table.rows(table.body):
            yield start, end - start

    def records(self, piece: Piece) -> Iterator[Record]:
        """Yield the documents of some rows."""
        name = piece.path.removeprefix(self.root).replace("\\", "/")
        table = _Table.of(piece.path, self.encoding)
        number = piece.first
        for _, _, cells in table.rows(piece.start):
            values = cells if isinstance(cells, Failure) else dict(zip(table.names, cells, strict=False))
            yield record_of(values, self.columns, name, number)
            number += 1
            if number == piece.first + piece.rows:
                return


class _Feed:
    """Gives a CSV reader its lines as text, and counts the bytes that it has taken."""

    def __init__(self, lines: Iterator[bytes | None], start: int, encoding: str) -> None:
        self._lines = lines
        self._encoding = encoding
        self.position = start
        self.broken = ""

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except BROKEN as error:
            self.broken = msg("the file is damaged from here on: {error}", error=error)
            raise StopIteration from None
        if line is None:
            self.position += LONGEST_LINE
            raise csv.Error(msg("the line is too long"))
        self.position += len(line)
        # Halves of surrogate pairs stand for bytes that are not of the encoding: the document fails, not the table.
        return line.decode(self._encoding, "surrogateescape")


@dataclass(frozen=True, slots=True)
class _Table:
    """How one file is written: the path, the columns, where the first row begins."""

    path: str
    names: list[str]
    body: int
    delimiter: str
    encoding: str

    @classmethod
    def of(cls, path: str, encoding: str) -> _Table:
        with open_binary(path) as stream:
            sample = _beginning(stream)
        encoding = encoding or _encoding(sample)
        mark = 3 if sample.startswith(b"\xef\xbb\xbf") else 0
        first = sample[mark:].partition(b"\n")[0].decode(encoding, "surrogateescape")
        delimiter = max(_DELIMITERS, key=first.count)
        feed = _Feed(iter(sample[mark:].splitlines(keepends=True)), mark, encoding)
        names = next((cells for cells in CsvRows(feed, delimiter=delimiter, longest=LONGEST_LINE) if cells), [])
        return cls(path, [name.strip() for name in names], feed.position, delimiter, encoding)

    def rows(self, start: int) -> Iterator[tuple[int, int, list[str] | Failure]]:
        """Yield the first byte of each row, the byte behind it and its cells."""
        with open_binary(self.path) as stream:
            skip(stream, start)
            feed = _Feed(lines_from(stream), start, self.encoding)
            yield from self._read(feed)
            if feed.broken:
                yield feed.position, feed.position, Failure(kind="unreadable", message=feed.broken)

    def _read(self, feed: _Feed) -> Iterator[tuple[int, int, list[str] | Failure]]:
        begin = feed.position
        reader = CsvRows(feed, delimiter=self.delimiter, longest=LONGEST_LINE)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield (
                    begin,
                    feed.position,
                    Failure(kind="unreadable", message=msg("the row is no CSV: {error}", error=error)),
                )
                reader = CsvRows(feed, delimiter=self.delimiter, longest=LONGEST_LINE)
            else:
                if cells:
                    yield begin, feed.position, cells
            begin = feed.position


def _beginning(stream: BinaryIO) -> bytes:
    """The first megabyte, or what comes before the damage."""
    blocks: list[bytes] = []
    with contextlib.suppress(*BROKEN):
        while (block := stream.read(_BLOCK)) and len(blocks) < _SAMPLE // _BLOCK:
            blocks.append(block)
    return b"".join(blocks)


def _encoding(sample: bytes) -> str:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return "cp1252"
    return "utf-8"
