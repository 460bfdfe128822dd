"""The date of a document: what it is, what it can mean at the earliest and the latest, and where it comes from.

The order of `mapgen.corpus.schemas.ORIGINS`: column, header, HTML, name of the file, folders. No date is invented:
what is not told is left out.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass

from mapgen.corpus.model import Record
from mapgen.model import Document
from mapgen.reading.dates import iso_date
from mapgen.reading.name_dates import date_in_folders, date_in_name

__all__ = ["Dated", "date_of", "span_of"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its origin; both "" where there is none.

    Attributes:
        date: ISO 8601, shortened to what is known.
        origin: a key of `mapgen.corpus.schemas.ORIGINS`.
    """

    date: str = ""
    origin: str = ""


def date_of(record: Record, document: Document | None, *, language: str = "") -> Dated:
    """Return the date of a document.

    Args:
        record: as the source holds it.
        document: as it was read, or None where it could not be.
        language: ISO 639-1 of the text, or "": in most languages the day comes first in "03/04/1921".
    """
    origin = "" if document is None else document.date_origin
    read = "" if document is None else document.date
    found = (
        Dated(iso_date(record.date, language=language), "column"),
        Dated(read if origin == "header" else "", "header"),
        Dated(read if origin == "metadata" else "", "html"),
        Dated(date_in_name(record.name), "file"),
        Dated(date_in_folders(record.name), "folder"),
    )
    return next((each for each in found if each.date), Dated())


def span_of(date: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day that an ISO date can mean, None for ""."""
    if not date:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    last = day or monthrange(year, month or 12)[1]
    return datetime.date(year, month or 1, day or 1), datetime.date(year, month or 12, last)
