"""Tables of texts: CSV and TSV by the standard library, Excel (.xlsx) by openpyxl. A row is a text, from a column."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import Content, Format, Source
from mapgen.reading.formats.container import checked_archive, is_archive_with
from mapgen.reading.formats.prose import COLUMN, Row, content_of_rows
from mapgen.tables import table_rows

__all__ = ["CSV", "EXCEL"]

_HEADLESS = 60
"""A header is no sentence: a single column whose first cell is longer has none."""
_MOST_EMPTY = 100_000
"""Empty rows after which a sheet ends: its stated size may be a million."""


def _read_csv(source: Source) -> Content:
    text = decode(source.data, encoding=source.encoding)
    try:
        rows = list(table_rows(text, path=Path(), error=DocumentError, longest=len(text)))
    except DocumentError as error:  # the file is named further up
        raise DocumentError(error.message, line=error.line) from error
    return content_of_rows(list(_rows(rows)), Unit.LINE, field=source.field, what=COLUMN)


def _rows(table: Sequence[tuple[Any, Sequence[str]]]) -> Iterator[Row]:
    """Yield the rows of a table by the names in its first; cells beyond those are named by their number."""
    if not table:
        return
    head = [cell.strip() for cell in table[0][1]]
    if len(head) == 1 and (len(head[0]) > _HEADLESS or head[0].endswith((".", "!", "?", "…"))):
        head, table = ["text"], [(0, head), *table]
    for value, cells in table[1:]:
        names = [*head, *(str(number) for number in range(len(head) + 1, len(cells) + 1))]
        named = enumerate(zip(names, cells, strict=False), start=1)
        yield Row(value, {name or str(number): cell for number, (name, cell) in named if cell})


def _read_excel(source: Source) -> Content:
    import openpyxl

    checked_archive(source.data, msg("the .xlsx file")).close()
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        rows = [row for sheet in book.worksheets for row in _rows(list(_sheet(sheet)))]
    except Exception as error:  # openpyxl raises what it meets: KeyError, ValueError, its own and those of the XML
        detail = type(error).__name__
        raise DocumentError(
            msg("the .xlsx file cannot be read ({detail}): open and save it again", detail=detail)
        ) from error
    if not rows:
        raise DocumentError(msg("the .xlsx file holds no rows under a header"), kind="empty")
    return content_of_rows(rows, Unit.ROW, field=source.field, what=COLUMN)


def _sheet(sheet: Any) -> Iterator[tuple[str, list[str]]]:
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        words = [_cell(cell) for cell in cells]
        if any(words):
            empty = 0
            yield f"{sheet.title}!{number}", words
        elif (empty := empty + 1) > _MOST_EMPTY:
            return


def _cell(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


CSV = Format(name="CSV", suffixes=(".csv", ".tsv", ".tab"), marks=lambda _: False, read=_read_csv)
EXCEL = Format(
    name="Excel (.xlsx)",
    suffixes=(".xlsx", ".xlsm"),
    marks=lambda data: is_archive_with(data, "xl/workbook.xml"),
    read=_read_excel,
    binary=True,
)
