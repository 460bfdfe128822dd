"""CSV after RFC 4180, UTF-8, a row a toponym, a header that names the columns of `rows.COLUMNS`."""

from __future__ import annotations

import csv
import io

from mapgen.exports.rows import COLUMNS, rows
from mapgen.model import AnnotatedDocument

__all__ = ["write"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell of text that starts so is run as a formula by spreadsheets (OWASP, CSV injection)."""


def write(parsed: AnnotatedDocument) -> str:
    """Return the document as CSV; an apostrophe precedes cells of text that a spreadsheet would run."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(parsed):
        writer.writerow([_inert(row[column]) for column in COLUMNS])
    return buffer.getvalue()


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
