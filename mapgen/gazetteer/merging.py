"""What two layers say of one place, put together: for the place itself, and for the index over its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mapgen.gazetteer.records import KINDS, Columns, Entry, labels_of, labels_text
from mapgen.gazetteer.sources.cities import TOWN
from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind

__all__ = ["Known", "merged", "with_known"]

_CITY, _VILLAGE = KINDS.index(Kind.CITY), KINDS.index(Kind.VILLAGE)
_DIVISIONS = frozenset(KINDS.index(kind) for kind in DIVISIONS)
_SMALL = frozenset(KINDS.index(kind) for kind in (*SETTLEMENTS, Kind.FACILITY))
FARTHEST_KM = 60.0
"""How far the points of a town in two layers lie apart at most: a large municipality has its point anywhere."""
_FAME = {KINDS.index(Kind.REGION): 15, KINDS.index(Kind.DISTRICT): 7}
"""How many names a division of GeoNames counts with at most; places are ranked by it."""


class Known(NamedTuple):
    """What the embedded gazetteer says of a place.

    Attributes:
        kind: position in `records.KINDS`.
        population: inhabitants.
        name_count: how many names it knows.
    """

    kind: int
    population: int
    name_count: int


def merged(entries: Sequence[Entry]) -> Entry:
    """Return one place out of what the layers say of it, the embedded one first.

    Source, codes and the point of a small place are those of the last layer; id, name, kind and any other point those
    of the first; names those of all. So a pack brings names and places but makes no city a village, no place a
    division, and no region more prominent than the city of its name: how many people and names a pack gives a division
    does not count, as the embedded gazetteer, by which the ranking is trained, knows neither. A later layer whose row
    is of another country, or lies far away, gives the id to another place: it does not count.
    """
    first = entries[0]
    entries = [first, *(entry for entry in entries[1:] if _is_same_place(first, entry))]
    last = entries[-1]
    known = _counted(first)
    if len(entries) == 1:
        if (known.population, known.name_count) == (first.population, first.name_count):
            return first
        return first._replace(population=known.population, name_count=known.name_count)
    names = dict.fromkeys(name for entry in entries for name in (entry.name, *entry.names))
    names.pop(first.name, None)
    labels = {language: label for entry in reversed(entries) for language, label in labels_of(entry.labels).items()}
    for entry in entries[1:]:
        known = _both(known, entry.kind, entry.population, entry.name_count)
    # Where to put the point of a region or a sea is a matter of taste: the first layer has all by one rule. A division
    # whose own point it does not know lies where the last one says.
    kept = last if known.kind in _SMALL or first.inherited_km else first
    return last._replace(
        id=first.id,
        lat=kept.lat,
        lon=kept.lon,
        inherited_km=kept.inherited_km,
        name=first.name,
        kind=known.kind,
        names=tuple(names),
        labels=labels_text(labels),
        population=known.population,
        name_count=known.name_count,
        capital=any(entry.capital for entry in entries),
        admin1=last.admin1 or first.admin1,
        admin2=last.admin2 or (first.admin2 if last.admin1 in ("", first.admin1) else ""),
    )


def _is_same_place(entry: Entry, other: Entry) -> bool:
    """Whether two layers mean one place by one id."""
    if entry.country and other.country and entry.country != other.country:
        return False
    small = entry.kind in _SMALL and other.kind in _SMALL
    return not small or distance_km(entry.lat, entry.lon, other.lat, other.lon) <= FARTHEST_KM


def _counted(entry: Entry) -> Known:
    """What counts of a place that only one layer has, or that it has first."""
    if entry.id or entry.kind not in _FAME:
        return Known(entry.kind, entry.population, entry.name_count)
    return Known(entry.kind, 0, min(entry.name_count, _FAME[entry.kind]))


def with_known(columns: Columns, known: Mapping[int, Known]) -> Columns:
    """Return the places of a pack with the kind, population and count of names that its index should tell.

    They are merged with what the embedded gazetteer says. Here the people of a division count: a name that many people
    know is a name.
    """
    if not known:
        return columns
    facts = [
        _both(known[pk], kind, population, count)._replace(population=max(population, known[pk].population))
        if pk in known
        else (kind, population, count)
        for pk, kind, population, count in zip(
            columns.pk, columns.kind, columns.population, columns.name_count, strict=True
        )
    ]
    kinds, populations, counts = zip(*facts, strict=True) if facts else ((), (), ())
    return columns._replace(kind=kinds, population=populations, name_count=counts)


def _both(known: Known, kind: int, population: int, name_count: int) -> Known:
    """What the embedded gazetteer and a pack say of one place."""
    if known.kind in _DIVISIONS:
        return known
    people = max(known.population, population if kind not in _DIVISIONS else 0)
    grown = known.kind == _VILLAGE and people >= TOWN
    return Known(_CITY if grown else known.kind, people, max(known.name_count, name_count))
