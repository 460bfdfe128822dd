"""A table for the terminal: a line a toponym, columns aligned."""

from __future__ import annotations

from typing import Any

from mapgen.exports.rows import rows
from mapgen.model import AnnotatedDocument
from mapgen.tables import aligned

__all__ = ["write"]

COLUMNS = ("start", "text", "sense", "kind", "name", "country", "lat", "lon", "probability", "place_id")
_ADDRESS = "address"


def write(parsed: AnnotatedDocument) -> str:
    """Return the toponyms as aligned plain text; "–" where there is no value.

    The address in the source is a column where the source has any.
    """
    columns = (*COLUMNS, _ADDRESS) if parsed.document.addresses else COLUMNS
    return aligned([columns, *(tuple(_cell(row[column]) for column in columns) for row in rows(parsed))])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
