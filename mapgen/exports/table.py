"""A table for the terminal: a line a toponym, columns aligned."""

from __future__ import annotations

import unicodedata
from typing import Any

from mapgen.exports.rows import rows
from mapgen.model import AnnotatedDocument

__all__ = ["write"]

COLUMNS = ("start", "text", "sense", "kind", "name", "country", "lat", "lon", "probability", "place_id")
_ADDRESS = "address"


def write(parsed: AnnotatedDocument) -> str:
    """Return the toponyms as aligned plain text; "–" where there is no value.

    The address in the source is a column where the source has any.
    """
    columns = (*COLUMNS, _ADDRESS) if parsed.document.addresses else COLUMNS
    lines = [columns, *(tuple(_cell(row[column]) for column in columns) for row in rows(parsed))]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:.4f}" if isinstance(value, float) else str(value)
    # Control and format characters of an untrusted text must not reach the terminal.
    return "".join(character if unicodedata.category(character)[0] != "C" else "\ufffd" for character in text)


def _width(text: str) -> int:
    """Columns that `text` takes on a terminal (Unicode Standard Annex 11; combining marks take none)."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
