"""A query as people write it, "Paris, Texas" or a mapping, against the gazetteer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapgen import languages
from mapgen.errors import OptionError
from mapgen.gazetteer import Gazetteer, Match
from mapgen.gazetteer.names import fold
from mapgen.messages import msg
from mapgen.model import WRITTEN, Kind, MatchType, Origin, Place

__all__ = ["Query", "is_missing", "parse_query", "prominence", "search", "without_generic_word"]

# Of a structured query, the narrowest first; the others of geopy's keys (street, postalcode) are in no gazetteer.
_LEVELS = ("city", "county", "state", "country")
_MOST_PARTS = 6
_OF = re.compile(r"^(?:d'|(?:de la|de l'|des|de|du|of the|of) ?)", re.IGNORECASE)
"""Between a generic word and the name: "province de Hama", "Governorate of Hama"."""

# Against a factor of ten in population: what a match that is less sure, or a kind, weighs.
_MATCH_WEIGHT = {
    MatchType.EXACT: 0.0,
    MatchType.FOLDED: -0.3,
    MatchType.TRANSLITERATED: -2.0,
    MatchType.NEAR: -3.0,
}
_KIND_WEIGHT = {
    Kind.CONTINENT: 8.0,
    Kind.COUNTRY: 5.5,
    Kind.REGION: 3.0,
    Kind.CITY: 4.0,
    Kind.WATER: 4.0,
    Kind.TERRAIN: 3.0,
    Kind.AREA: 3.0,
    Kind.VILLAGE: 2.5,
    Kind.DISTRICT: 2.0,
    Kind.FACILITY: 2.0,
}
# Its main name, or the one for readers of the language, against one that other languages have for it.
_MAIN_NAME = 2.5
_OWN = 100.0


@dataclass(frozen=True, slots=True)
class Query:
    """A name and what it lies in, the narrowest first."""

    name: str
    within: tuple[str, ...] = ()


def parse_query(query: str | Mapping[str, str]) -> tuple[Query, ...]:
    """Return the ways to read a query, the likeliest first.

    "Paris, Texas" is Paris in Texas, or else one name with a comma in it.

    Raises:
        OptionError: a structured query has none of the keys that a gazetteer can answer.
    """
    if isinstance(query, Mapping):
        values = [query.get(level) for level in _LEVELS]
        parts = [text for value in values if not is_missing(value) and (text := str(value).strip())]
        if not parts:
            raise OptionError(msg("a structured query needs one of: {levels}", levels=", ".join(_LEVELS)))
        return (Query(parts[0], tuple(parts[1:])),)
    whole = " ".join(query.split())
    parts = [part.strip() for part in whole.split(",", _MOST_PARTS) if part.strip()]
    if len(parts) < 2:
        return (Query(parts[0]),) if parts else ()
    return (Query(parts[0], tuple(parts[1:])), Query(whole))


def is_missing(value: object) -> bool:
    """Whether a value stands for none: None, NaN of any float type, pandas.NaT, pandas.NA."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA compared with itself is NA, which has no truth value
        return True
    except ValueError:  # an array
        return False


def search(
    gazetteer: Gazetteer, query: str | Mapping[str, str], *, countries: Sequence[str] = (), language: str = ""
) -> list[Match]:
    """Return the places that `query` can mean, the most prominent first.

    Args:
        gazetteer: an open gazetteer.
        query: "Alep", "Paris, Texas", {"city": "Alep", "country": "Syrie"}.
        countries: ISO 3166-1 alpha-2 codes, upper case; none for the whole world.
        language: ISO 639-1 of the reader, or "".
    """
    guessed: Sequence[Match] = ()
    for reading in parse_query(query):
        near = gazetteer.lookup(reading.name, strength=MatchType.NEAR)
        matches = _matches(gazetteer, reading, near, countries)
        if any(match.type in WRITTEN for match in matches):
            return sorted(matches, key=lambda match: prominence(match, language), reverse=True)
        for name, kind in without_generic_word(reading.name):
            found = gazetteer.lookup(name, strength=MatchType.FOLDED)
            called = _matches(gazetteer, reading, [match for match in found if match.place.kind is kind], countries)
            if called:
                return sorted(called, key=lambda match: prominence(match, language), reverse=True)
        guessed = guessed or matches
    return sorted(guessed, key=lambda match: prominence(match, language), reverse=True)


def _matches(gazetteer: Gazetteer, reading: Query, found: Sequence[Match], countries: Sequence[str]) -> Sequence[Match]:
    matches: Sequence[Match] = [match for match in found if not countries or match.place.country in countries]
    for container in reading.within:
        matches = _inside(gazetteer, matches, container) if matches else []
    return matches


def without_generic_word(name: str) -> list[tuple[str, Kind]]:
    """Return the name without the generic word before or behind it, and the kind that the word says.

    "province d'Alep" is Alep, a region; "Aleppo Governorate" is Aleppo, a region.
    """
    found: dict[tuple[str, Kind], None] = {}
    words = name.replace("’", "'").split()
    for code in languages.page_languages():
        language = languages.load(code)
        for many in range(1, len(words)):
            before, rest = " ".join(words[:many]).casefold(), " ".join(words[many:])
            if (kind := language.cues.get(before)) is not None:
                found[_OF.sub("", rest), kind] = None
            head, after = " ".join(words[:-many]), " ".join(words[-many:]).casefold()
            if (kind := language.behind_cues.get(after)) is not None:
                found[head, kind] = None
    return list(found)


def prominence(match: Match, language: str = "") -> float:
    """Return the prior score of a match: inhabitants, number of names, kind, type of match.

    In powers of ten of population: a place with ten times the inhabitants outweighs a capital letter or an accent, not
    a guess at the spelling.
    """
    place = match.place
    known = math.log10(max(place.population, 1)) + math.log10(1 + place.name_count)
    weight = _KIND_WEIGHT.get(place.kind, 1.0) + place.capital + _MATCH_WEIGHT[match.type]
    if match.name in (place.name, place.label(language)):
        weight += _MAIN_NAME
    return known + weight + (_OWN if place.origin is Origin.OWN else 0.0)


def _inside(gazetteer: Gazetteer, matches: Sequence[Match], container: str) -> list[Match]:
    """Return the matches that lie in what `container` names: a country, a division of their path, or its code."""
    wider = [match.place for match in gazetteer.lookup(container, strength=MatchType.FOLDED)]
    wider = wider or [match.place for match in gazetteer.lookup(container)]
    countries = {place.country for place in wider if place.kind is Kind.COUNTRY}
    if len(container) == 2 and gazetteer.country(container.upper()):
        countries.add(container.upper())
    divisions = {place.id for place in wider}
    name = fold(container)

    def lies_in(place: Place) -> bool:
        path = place.admin
        return (
            (place.kind is not Kind.COUNTRY and place.country in countries)
            or any(division.id in divisions for division in path)
            or any(
                fold(label) == name for division in path for label in (division.name, *dict(division.labels).values())
            )
            # "Paris, TX": in some countries GeoNames' codes are the usual abbreviations.
            or (place.admin1.isalpha() and place.admin1 == container.upper().strip("."))
        )

    return [match for match in matches if lies_in(match.place)]
