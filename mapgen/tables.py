"""Tables: those of spreadsheets, read row by row from whatever encoding; rows as aligned text for a terminal."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mapgen.errors import InputError

__all__ = ["aligned", "table_rows", "table_text"]

_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ",;\t|"
_LARGEST = 256 * 1024 * 1024


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
            raise error(f"is larger than 256 MB: {what}", path=path)
        data = path.read_bytes()
    except OSError as wrong:
        raise error(f"cannot be read: {wrong.strerror or wrong}", path=path) from wrong
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise error(f"is no text: {what}", path=path)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def table_rows(
    text: str,
    *,
    path: Path,
    error: type[InputError],
    delimiter: str = "",
    is_column: Callable[[str], bool] | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV text that are not empty, the header first, each with the line that it begins on.

    Args:
        text: the table.
        path: of the file, for messages.
        error: raised where the text is no CSV.
        delimiter: between cells; when not given that of comma, semicolon, tab and bar by which the header has most
            known columns, then most cells.
        is_column: whether a cell of the header is a known column.

    Raises:
        InputError: `error`, where the text is no CSV.
    """
    header = next((line for line in text.splitlines() if line.strip()), "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(header, is_column))
    line = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = rows.line_num + 1
    except csv.Error as wrong:
        raise error(f"is no CSV: {wrong}", path=path, line=line) from wrong


def _delimiter(header: str, is_column: Callable[[str], bool] | None) -> str:
    def cells(delimiter: str) -> tuple[int, int]:
        row = next(csv.reader([header], delimiter=delimiter), [])
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
