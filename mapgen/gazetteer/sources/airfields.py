"""Airports and air bases with their points, as airportsdata carries them (MIT)."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from mapgen.errors import GazetteerError
from mapgen.gazetteer.generic_words import Sort, generic_words, without_generic
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.records import KINDS, LISTED_PK, Entry, label_names
from mapgen.geodesy import distance_km
from mapgen.messages import msg
from mapgen.model import Kind

__all__ = ["Airfield", "airfield_entries", "airfield_name", "airfields", "bare_airfield_name"]

_FACILITY = KINDS.index(Kind.FACILITY)
_FIRST_PK = LISTED_PK + 0x2000_0000
_SERVED = 4
"""`name_count` of an airport with a code of airlines; all others are known to few."""
_HOME_KM = 80.0
"""How far from its town an airfield lies at most."""
_SHORTEST = 4
"""Letters of what stands behind a town, to be a name by itself."""
_PLAIN = frozenset(
    [
        "air",
        "basin",
        "business",
        "capital",
        "central",
        "city",
        "county",
        "domestic",
        "downtown",
        "east",
        "executive",
        "field",
        "gateway",
        "harbour",
        "industrial",
        "international",
        "intl",
        "island",
        "islands",
        "lakes",
        "memorial",
        "metro",
        "municipal",
        "national",
        "new",
        "north",
        "old",
        "pub",
        "regional",
        "south",
        "station",
        "university",
        "west",
    ]
)
"""Words that name no airfield by themselves."""
_SAME_KM = 6.0
"""A listed airport is the same as one so near."""
_SAME_DEGREES = _SAME_KM / 111.0


class Airfield(NamedTuple):
    """A row of airportsdata.

    Attributes:
        code: of ICAO, or of the country's authority.
        iata: IATA code, or "".
        name: official name.
        town: the town that it serves, or "".
        country: ISO 3166-1 alpha-2.
        lat: degrees north.
        lon: degrees east.
    """

    code: str
    iata: str
    name: str
    town: str
    country: str
    lat: float
    lon: float


def airfield_name(name: str) -> str:
    """Return the name under which the gazetteer has the airfield of a town, or of that name: one for all languages."""
    return f"{name} Airport"


def airfields() -> list[Airfield]:
    """Return all airfields.

    Raises:
        GazetteerError: the table is not as this version of mapgen knows it.
    """
    spec = find_spec("airportsdata")
    if spec is None or spec.origin is None:
        raise GazetteerError(msg("the package airportsdata is missing: install mapgen again"))
    try:
        with (Path(spec.origin).parent / "airports.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            return [
                Airfield(
                    row["icao"], row["iata"], row["name"], row["city"], row["country"], float(row["lat"]),
                    float(row["lon"]),
                )
                for row in rows
            ]  # fmt: skip
    except (OSError, KeyError, ValueError) as error:
        reason = f"airports.csv: {error}"
        raise GazetteerError(
            msg(
                "airportsdata {version} has another form than mapgen can read: {reason}",
                version=version("airportsdata"),
                reason=reason,
            )
        ) from error


def airfield_entries(
    cities: Iterable[Entry], listed: Iterable[Entry], fields: Iterable[Airfield]
) -> tuple[list[Entry], dict[int, list[str]]]:
    """Return the airfields as places, and the names that listed airports take over from theirs, by key.

    An airfield has its name, and the names of its town in all languages, each with the word "airport" alone: without
    it none is the name of an airfield. The same holds for its IATA code.

    Args:
        cities: the populated places.
        listed: places of the project's own lists; an airport among them is not listed twice.
        fields: the airfields.
    """
    homes: dict[str, list[Entry]] = {}
    for city in cities:
        if city.labels or city.capital:
            for key in {fold(name) for name in (city.name, *label_names(city.labels))}:
                homes.setdefault(key, []).append(city)
    own: dict[tuple[str, int], list[Entry]] = {}
    for entry in listed:
        if entry.kind == _FACILITY and _is_airfield(entry):
            for row in (_row(entry.lat) - 1, _row(entry.lat), _row(entry.lat) + 1):
                own.setdefault((entry.country, row), []).append(entry)
    entries: list[Entry] = []
    more: dict[int, list[str]] = {}
    for number, field in enumerate(fields):
        names = list(dict.fromkeys(_names(field, homes)))
        same = next((each for each in own.get((field.country, _row(field.lat)), ()) if _is_same(each, field)), None)
        if same is not None:
            behind = _after_town(bare_airfield_name(same.name) or same.name, field.town) if field.iata else ""
            more.setdefault(same.pk, []).extend([*names, *([airfield_name(behind)] if behind else [])])
            continue
        entries.append(
            Entry(
                _FIRST_PK + number, f"icao:{field.code}", "airportsdata", names[0], _FACILITY, field.country, field.lat,
                field.lon, 0, "", names[1:], "", _SERVED if field.iata else 1,
            )
        )  # fmt: skip
    return entries, more


def _names(field: Airfield, homes: Mapping[str, list[Entry]]) -> Iterator[str]:
    """The names of an airfield, the main one first."""
    bare = bare_airfield_name(field.name)
    yield field.name if bare else airfield_name(field.name)
    towns = [name for name in (bare or field.name, field.town if field.iata or field.country != "US" else "") if name]
    for name in towns:
        yield airfield_name(name)
        for home in homes.get(fold(name), ()):
            if home.country == field.country and _distance(home, field) < _HOME_KM:
                yield from (airfield_name(label) for label in (home.name, *label_names(home.labels)))
    if field.iata:
        yield airfield_name(field.iata)
        if after := _after_town(bare or field.name, field.town):
            yield airfield_name(after)


@lru_cache(maxsize=1 << 15)
def bare_airfield_name(name: str) -> str:
    """Return a name without the word for an airfield, "" where it has none."""
    return next((each.name for each in without_generic(name) if each.sort is Sort.AIRFIELD), "")


def _after_town(name: str, town: str) -> str:
    """What stands behind the town in the name of an airfield ("Toronto Pearson", "Roma-Fiumicino"), or ""."""
    rest = name[len(town) :]
    if not town or not name.startswith(town) or not rest or rest[0].isalnum():
        return ""
    after = rest.strip(" -–/")
    named = len(after) >= _SHORTEST and after[0].isupper() and not set("/()") & set(after)
    return after if named and not (_PLAIN | generic_words()) & set(fold(after).split()) else ""


def _is_airfield(entry: Entry) -> bool:
    names = (entry.name, *label_names(entry.labels), *entry.names)
    return any(each.sort is Sort.AIRFIELD for name in names for each in without_generic(name))


def _row(lat: float) -> int:
    """The degree of latitude in which a point lies: places some kilometres apart lie at most one of them apart."""
    return math.floor(lat)


def _is_same(entry: Entry, field: Airfield) -> bool:
    # Latitudes are compared first: the exact distance takes a hundred times longer.
    return abs(entry.lat - field.lat) < _SAME_DEGREES and _distance(entry, field) < _SAME_KM


def _distance(entry: Entry, field: Airfield) -> float:
    return distance_km(entry.lat, entry.lon, field.lat, field.lon)
