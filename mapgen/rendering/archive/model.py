"""What a page of an archive holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

__all__ = ["CELLS", "NO_DAY", "PERIODS", "TEXTS", "ArchivePage", "Columns", "Excerpt", "PagePlace", "PageTexts"]

Columns = Mapping[str, np.ndarray[Any, Any]]

NO_DAY: Final = -(2**31)
"""The day of what has no date; others are counted from 1970-01-01."""

CELLS: Final[Mapping[str, Any]] = {
    "place": np.uint32, "day": np.int32, "n": np.uint32, "p": np.uint32, "documents": np.uint32,
    "documents_of_sense": np.uint32, "bin": np.uint8, "metonymic": np.uint8, "duplicate": np.uint8,
}  # fmt: skip
"""Columns of counts of mentions that share place, period, bin of probability, sense and whether they are in a
near-duplicate; `p` is the sum of probabilities, ten-thousandths."""

PERIODS: Final[Mapping[str, Any]] = {"day": np.int32, "originals": np.uint32, "duplicates": np.uint32}
"""Columns of documents by period."""

TEXTS: Final[Mapping[str, Any]] = {
    "day": np.int32, "original": np.uint32, "toponyms": np.uint32, "placed": np.uint32, "p": np.uint32,
    "literal": np.uint8, "metonymic": np.uint8, "known": np.uint8, "duplicate": np.uint8,
}  # fmt: skip
"""Columns of documents: `known` is how much of the date is told (0 nothing, 1 year, 2 month, 3 day), `original` the
number of the document, from 1, of which it is a near-duplicate, 0 where that has no row; `p` the sum of probabilities,
ten-thousandths; `literal` and `metonymic` one more than the highest probability of a name of that sense, in
two-hundredths, 0 without such a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlace:
    """A place of the page; the one without an id stands for all names that have no place.

    Attributes:
        id, name, own, kind, region, country, lat, lon: as in the table of places; `name` is the label.
        names: its names as written.
    """

    id: str = ""
    name: str = ""
    own: str = ""
    kind: str = ""
    region: str = ""
    country: str = ""
    lat: float = 0.0
    lon: float = 0.0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTexts:
    """The documents that the page lists, a row each, the earliest first.

    Attributes:
        columns: numbers, by the names of `TEXTS`.
        id, title, source, language: of each; "" where it is not known.
        error: kind of the error, a key of `mapgen.corpus.schemas.ERRORS`, or "".
    """

    columns: Columns
    id: Sequence[str]
    title: Sequence[str]
    source: Sequence[str]
    language: Sequence[str]
    error: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A sentence of the page.

    Attributes:
        place: number of the place.
        document: row of the document in `PageTexts`.
        start, end: of the name, code points into the text of the document.
        name: as read.
        text: the passage.
        at: code point of the name in it.
        p: probability of the place.
        metonymic: whether the name means an institution.
    """

    place: int
    document: int
    start: int
    end: int
    name: str
    text: str
    at: int
    p: float
    metonymic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """What a page of an archive holds.

    Attributes:
        title: its headline.
        language: of the reader.
        totals: as `mapgen.corpus.summary.totals` counts them.
        period: "day", "month", "year" or "decade": what the days of `cells` and `periods` are cut to.
        width: of the bins of probability of `cells`, twentieths; 1, 4 or 20.
        places: those with most expected mentions first.
        cells: columns of counts, by the names of `CELLS`.
        periods: columns of documents by period, by the names of `PERIODS`.
        texts: the documents that the page lists.
        excerpts: those of a place together, in the order of `places`; they are read once, while the page is written.
    """

    title: str
    language: str
    totals: Mapping[str, Any]
    period: str
    places: Sequence[PagePlace]
    cells: Columns
    periods: Columns
    texts: PageTexts
    excerpts: Iterable[Excerpt]
    width: int = 1
