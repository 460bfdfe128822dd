"""Tables: those of spreadsheets, read row by row from whatever encoding; rows as aligned text for a terminal."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from mapgen.errors import InputError
from mapgen.messages import msg, reason_of

__all__ = ["MARK", "CsvRows", "aligned", "table_rows", "table_text"]

MARK = "\ufeff"
"""The byte order mark before a table in UTF-8, by which Excel knows its encoding."""
_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ",;\t|"
_LARGEST = 256 * 1024 * 1024
_LONGEST_ROW = 131_072
_NO_LIMIT = 2**31 - 1
"""The most that `csv.field_size_limit` takes on every platform."""


def table_text(path: Path, *, error: type[InputError], what: str) -> str:
    """Return the text of a file: UTF-8 with or without a mark, UTF-16 with one, else what Windows calls ANSI.

    Args:
        path: the file.
        error: raised where it cannot be read.
        what: what such files hold and how they come, for the message ("places come as CSV or GeoJSON").

    Raises:
        InputError: `error`, where the file cannot be read, is no text or larger than 256 MB.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise error(msg("is larger than 256 MB: {what}", what=what), path=path)
        data = path.read_bytes()
    except OSError as wrong:
        raise error(msg("cannot be read: {reason}", reason=reason_of(wrong)), path=path) from wrong
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise error(msg("is no text: {what}", what=what), path=path)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


class CsvRows:
    """The rows of a CSV text, none longer than a limit of its own.

    The limit of the `csv` module is one for the whole process and holds for cells: it is lifted here, in one place and
    for good, as giving it back would race with other threads. Instead the characters of each row are counted, so that
    a quotation mark that is never closed takes no more than one row's memory.
    """

    def __init__(self, lines: Iterable[str], *, delimiter: str, longest: int = _LONGEST_ROW) -> None:
        """Read rows from lines, line ends included.

        Args:
            lines: the text; a `csv.Error` that they raise reaches the caller.
            delimiter: between cells.
            longest: the most characters of a row, with its line ends.
        """
        if csv.field_size_limit() < _NO_LIMIT:
            csv.field_size_limit(_NO_LIMIT)
        self._longest = longest
        self._size = 0
        self._rows = csv.reader(self._counted(lines), delimiter=delimiter)

    @property
    def line_num(self) -> int:
        """Lines read so far."""
        return self._rows.line_num

    def __iter__(self) -> CsvRows:
        return self

    def __next__(self) -> list[str]:
        """Return the cells of the next row.

        Raises:
            csv.Error: it is longer than the limit, or no CSV; no further row can be read.
        """
        self._size = 0
        return next(self._rows)

    def _counted(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._size += len(line)
            if self._size > self._longest:
                raise csv.Error(
                    msg("a row is longer than {most} characters: is a quotation mark not closed?", most=self._longest)
                )
            yield line


def table_rows(
    text: str,
    *,
    path: Path,
    error: type[InputError],
    delimiter: str = "",
    is_column: Callable[[str], bool] | None = None,
    longest: int = _LONGEST_ROW,
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV text that are not empty, the header first, each with the line that it begins on.

    Args:
        text: the table.
        path: of the file, for messages.
        error: raised where the text is no CSV.
        delimiter: between cells; when not given that of comma, semicolon, tab and bar by which the header has most
            known columns, then most cells.
        is_column: whether a cell of the header is a known column.
        longest: the most characters of a row.

    Raises:
        InputError: `error`, where the text is no CSV.
    """
    header = next((line for line in text.splitlines() if line.strip()), "")
    lines = io.StringIO(text, newline="")
    rows = CsvRows(lines, delimiter=delimiter or _delimiter(header, is_column), longest=longest)
    line = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = rows.line_num + 1
    except csv.Error as wrong:
        raise error(msg("is no CSV: {error}", error=wrong), path=path, line=line) from wrong


def _delimiter(header: str, is_column: Callable[[str], bool] | None) -> str:
    def cells(delimiter: str) -> tuple[int, int]:
        row = next(CsvRows([header], delimiter=delimiter, longest=len(header)), [])
        return sum(map(is_column, row)) if is_column is not None else 0, len(row)

    return max(_DELIMITERS if is_column is not None else _DELIMITERS[:3], key=cells)


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as lines, each column as wide as its widest cell.

    Control and format characters, which must not reach the terminal, are replaced.
    """
    clean = [[_printable(cell) for cell in line] for line in lines]
    widths = [max(map(_width, column)) for column in zip(*clean, strict=True)]
    return "".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in clean
    )


def _printable(text: str) -> str:
    return "".join(character if unicodedata.category(character)[0] != "C" else "\ufffd" for character in text)


def _width(text: str) -> int:
    """Columns that `text` takes on a terminal (Unicode Standard Annex 11; combining marks take none)."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
