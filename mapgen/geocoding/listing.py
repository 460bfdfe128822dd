"""Answers to a look-up as text: what a name can mean, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from mapgen.errors import OptionError
from mapgen.gazetteer import Gazetteer, Match
from mapgen.gazetteer.patterns import is_pattern
from mapgen.geocoding.query import search
from mapgen.messages import msg
from mapgen.model import WRITTEN, Kind, MatchType
from mapgen.tables import aligned

__all__ = ["Format", "country_named", "listed", "matches_of"]

COLUMNS = ("id", "kind", "country", "lat", "lon", "population", "name", "divisions", "match", "matched")
"""What is told of each place; `matched` is the name by which it was found."""
_SHORTEST_PART = 4
"""Letters of a part of a name that is looked for in all names."""


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def country_named(gazetteer: Gazetteer, name: str) -> str:
    """Return the code of a country by its code or its name in any language.

    Raises:
        OptionError: there is no such country.
    """
    if gazetteer.country(name.upper()) is not None:
        return name.upper()
    found = gazetteer.lookup(name, strength=MatchType.FOLDED)
    code = next((match.place.country for match in found if match.place.kind is Kind.COUNTRY), "")
    if not code:
        raise OptionError(msg("there is no country {name!r}; name it, or give its code of ISO 3166-1 (SY)", name=name))
    return code


def matches_of(gazetteer: Gazetteer, name: str, country: str) -> Sequence[Match]:
    """Return the places that a name, a pattern, a part of a name, or a name with what it lies in can mean.

    Names that hold `name` as a part count where none else is found: that compares all names, which takes seconds.
    """

    def matching(pattern: str) -> Sequence[Match]:
        return [match for match in gazetteer.matching(pattern) if not country or match.place.country == country]

    if is_pattern(name):
        return matching(name)
    found = gazetteer.lookup(name, strength=MatchType.FOLDED, country=country)
    if found and "," not in name:
        return gazetteer.lookup(name, country=country)
    found = tuple(search(gazetteer, name, countries=[country] if country else ()))
    sure = any(match.type in WRITTEN for match in found)
    if sure or len(name) < _SHORTEST_PART or "," in name:
        return found
    return (*matching(f"*{name}*"), *found)


def listed(matches: Sequence[Match], format_: Format) -> str:
    """Return places as text: a table with a header, CSV with one, or a JSON list."""
    rows = [_row(match) for match in matches]
    if format_ is Format.JSON:
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    lines = [COLUMNS, *(tuple(_cell(row[column]) for column in COLUMNS) for row in rows)]
    if format_ is Format.TABLE:
        return aligned(lines)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue()


def _row(match: Match) -> dict[str, Any]:
    place = match.place
    return {
        "id": place.id,
        "kind": str(place.kind),
        "country": place.country,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "population": place.population,
        "name": place.name,
        "divisions": [division.name for division in place.admin],
        "match": str(match.type),
        "matched": match.name,
    }


def _cell(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
