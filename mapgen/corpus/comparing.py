"""`mapgen compare`: reads two sides, compares them, writes a page and a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mapgen.corpus.compare import Change, Comparison, Reading, Side, compared, side_of_archive, side_of_text
from mapgen.corpus.selection import Selection
from mapgen.files import write_aside
from mapgen.model import AnnotatedDocument
from mapgen.rendering.comparison import ComparisonPage, render_comparison
from mapgen.tables import MARK

__all__ = ["COLUMNS", "compare", "write_comparison"]

COLUMNS = (
    "status", "place_id", "name", "kind", "country", "lat", "lon", "mentions_a", "mentions_b", "documents_a",
    "documents_b", "log_odds", "low", "high", "written", "other_place_id",
)  # fmt: skip
"""Columns of the table: a row for each place; then one, with the status "reading", for each name that means another
place in B: `written` is the name, `place_id` and `name` its place in A, `other_place_id` that in B."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def compare(a: Selection, b: Selection, annotate: Callable[[str], AnnotatedDocument]) -> Comparison:
    """Compare two sides.

    Args:
        a: the first.
        b: the second.
        annotate: reads and annotates a text by its path.

    Raises:
        DocumentError: a text cannot be read, or a selection of an archive holds none.
        TablesError: the tables of an archive cannot be read.
    """
    one, other = (_side(each, annotate) for each in (a, b))
    return compared(one, other)


def _side(selection: Selection, annotate: Callable[[str], AnnotatedDocument]) -> Side:
    if selection.is_archive:
        return side_of_archive(selection)
    return side_of_text(annotate(selection.path), selection.given)


def write_comparison(comparison: Comparison, page: Path, *, language: str, marked: bool = True) -> Path:
    """Write the page, and the table beside it with the end `.csv`; return the path of the table.

    Args:
        comparison: what is written.
        page: path of the page.
        language: of the reader, ISO 639-1.
        marked: whether a byte order mark precedes the table.

    Raises:
        OutputError: a file cannot be written.
    """
    changes = [_change_row(change) for change in comparison.changes]
    readings = [_reading_row(reading) for reading in comparison.readings]
    a, b = comparison.sides
    html = render_comparison(
        ComparisonPage(
            language=language,
            names=(a.given, b.given),
            documents=(a.documents, b.documents),
            unit=comparison.unit,
            changes=changes,
            readings=readings,
        )
    )
    table = page.with_suffix(".csv")
    write_aside(table, (MARK if marked else "") + _csv([*changes, *readings]))
    write_aside(page, html)
    return table


def _change_row(change: Change) -> dict[str, Any]:
    spot = asdict(change.spot)
    return {
        "status": change.status,
        "place_id": spot.pop("id"),
        **spot,
        **{f"{what}_{side}": getattr(change, what)[at] for what in ("mentions", "documents") for at, side in _SIDES},
        **{name: round(getattr(change, name), 4) for name in ("log_odds", "low", "high")},
    }


_SIDES = ((0, "a"), (1, "b"))


def _reading_row(reading: Reading) -> dict[str, Any]:
    one, other = reading.places
    return {
        "status": "reading", "name": reading.name, "written": reading.name, "place_id": one.id,
        "other_place_id": other.id, "place_a": one.name, "place_b": other.name, "country_a": one.country,
        "country_b": other.country, "count_a": reading.counts[0], "count_b": reading.counts[1],
        "mentions_a": reading.counts[0], "mentions_b": reading.counts[1],
    }  # fmt: skip


def _csv(rows: list[dict[str, Any]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
