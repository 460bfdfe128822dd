"""The sort of each candidate, as languages treat places: what `Sign`s are combined with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import Kind
from mapgen.resolution.arrays import Integers
from mapgen.resolution.features import Sort

__all__ = ["sorts_of"]

_SORT = {
    Kind.CITY: Sort.SETTLEMENT, Kind.VILLAGE: Sort.SETTLEMENT, Kind.REGION: Sort.DIVISION, Kind.DISTRICT: Sort.DIVISION,
    Kind.COUNTRY: Sort.COUNTRY, Kind.WATER: Sort.WATER, Kind.TERRAIN: Sort.TERRAIN, Kind.AREA: Sort.AREA,
    Kind.CONTINENT: Sort.AREA, Kind.QUARTER: Sort.SITE, Kind.FACILITY: Sort.SITE, Kind.ROAD: Sort.SITE,
}  # fmt: skip


def sorts_of(matches: Sequence[Match], language: Language) -> Integers:
    """Return the `Sort` of each candidate."""
    articles = tuple(word if word.endswith("'") else word + " " for word in language.definite)
    sorts = np.zeros(len(matches), dtype=np.int64)
    for row, match in enumerate(matches):
        sort = _SORT[match.place.kind]
        if sort is Sort.SETTLEMENT and articles:
            names = (match.place.name, match.place.label(language.code), match.name)
            if any(name.casefold().replace("’", "'").startswith(articles) for name in names):
                sort = Sort.ARTICLED
        sorts[row] = sort
    return sorts
