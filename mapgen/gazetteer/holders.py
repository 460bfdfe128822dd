"""What a code or an abbreviation behind a town stands for: "Lugano (CH)", "Zapopan, Jal.", "Graz (Aut)", "Asti (AT)".

A code alone means too much: "CA" is California, Canada, Cagliari. Here it means only what holds the town before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files

from mapgen.gazetteer.short_forms import short_forms
from mapgen.gazetteer.sources.countries import load_countries
from mapgen.model import Kind, Place

__all__ = ["country_of_code", "holders", "is_code"]

_CODE = re.compile(r"[^\W\d_a-z](?:[^\W\d_]{0,4}|(?=[^.&]*[.&])(?:[^\W\d_]|[.&‑-]|(?<=\.) ){1,8})")
_LONGEST_BARE = 3
_LOOKED_AT = 24
"""How many places of the town's name, the best known first, are asked for their division."""


def is_code(text: str) -> bool:
    """Return whether a text has the form of a code or of an abbreviation: "SP", "Esp", "B.C.", "Q. Roo", "N.-B."."""
    return _CODE.fullmatch(text) is not None


def country_of_code(code: str) -> str:
    """Return the country of a code (ISO 3166-1 alpha-2), or "".

    Args:
        code: of ISO 3166-1, the IOC, FIFA, or a sign of vehicles, with a capital first ("Esp", "ESP", "F").
    """
    if not (0 < len(code) <= _LONGEST_BARE and code.isascii() and code[0].isupper() and code.isalpha()):
        return ""
    return _country_codes().get(code.upper(), "")


def holders(
    code: str,
    towns: Sequence[Place],
    place_of: Callable[[str], Place | None],
    *,
    countries: bool,
) -> tuple[Place, ...]:
    """Return the divisions and countries with a code that hold one of some places of one name.

    Args:
        code: as written; see `is_code`.
        towns: places of the name before it, the best known first. Where there is none, what an abbreviation with a full
            stop stands for is returned.
        place_of: returns the place with an id, or None.
        countries: whether it may be the code of a country, as in brackets.

    Returns:
        The place that holds the best known town first.
    """
    listed = [place for short in short_forms(code) if (place := place_of(short.place)) is not None]
    country = place_of(f"iso:{country_of_code(code)}") if countries else None
    if not towns:
        return tuple(listed) if "." in code else ()
    found: dict[str, Place] = {}
    for town in towns[:_LOOKED_AT]:
        divisions = {division.id for division in town.admin}
        own = place_of(f"iso:{town.country}-{code}") if code.isupper() else None
        if own is not None and own.id in divisions:
            found[own.id] = own
        for place in listed:
            if place.id in divisions or (
                place.country == town.country and (place.kind is Kind.COUNTRY or not divisions)
            ):
                found[place.id] = place
        if country is not None and town.country == country.country:
            found[country.id] = country
    return tuple(found.values())


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, str]:
    """Codes of ISO 3166-1; those of the list count where it has others (the IOC's "BRN" is Bahrain)."""
    codes = {form: code for code, country in load_countries().items() for form in (code, str(country["iso3"]))}
    text = files("mapgen.gazetteer").joinpath("sources", "country-codes.csv").read_text(encoding="utf-8")
    return codes | {row["code"]: row["country"] for row in csv.DictReader(io.StringIO(text, newline=""))}
