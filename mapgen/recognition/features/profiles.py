"""What the gazetteer says of a name, in the classes that features are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mapgen.languages import Language
from mapgen.model import Kind, MatchType
from mapgen.recognition.spans import Facts
from mapgen.recognition.tokens import Word

__all__ = ["ABBREVIATED", "UNKNOWN", "NameProfile", "gazetteer_class", "is_abbreviated", "name_profile", "stated_class"]

_WELL_KNOWN = 100_000
"""Inhabitants of a place that makes other places of its country likelier."""
_MANY = 6
"""A name with places in more countries than this shares one with other names by chance."""
_NOBODY: frozenset[str] = frozenset()
_COUNTRY = frozenset([Kind.COUNTRY])


class NameProfile(NamedTuple):
    """What the gazetteer says of a name, as far as the features of context need it.

    Attributes:
        gaz: the class of `gazetteer_class`.
        supports: countries whose places it makes likelier.
        kin: countries whose large places make it likelier.
        home: "home" where it has a place in the country of the readers, else "away".
    """

    gaz: str
    supports: frozenset[str]
    kin: frozenset[str]
    home: str


UNKNOWN = NameProfile("0", _NOBODY, _NOBODY, "")
"""The profile of a name that the gazetteer does not know."""
ABBREVIATED = NameProfile("A", _NOBODY, _NOBODY, "")
"""The profile of an abbreviated region ("Kans."), whatever places the gazetteer has under its letters."""


def name_profile(facts: Facts | None, language: Language) -> NameProfile:
    """Return the profile of a name for readers of a language."""
    if facts is None:
        return UNKNOWN
    country = not _COUNTRY.isdisjoint(facts.kinds)
    known = facts.main and (country or facts.population > _WELL_KNOWN)
    asked = not country and len(facts.countries) <= _MANY
    return NameProfile(
        gazetteer_class(facts),
        facts.countries if known else _NOBODY,
        facts.countries if asked else _NOBODY,
        ("home" if facts.countries & language.countries else "away") if asked else "",
    )


def gazetteer_class(facts: Facts | None) -> str:
    """Return one letter or two for what the gazetteer says of a name: the coarse class that conjunctions use."""
    if facts is None:
        return "0"
    if facts.own:
        return "P5"  # the user says that it is a place: as good as a big city
    kinds = facts.kinds
    if Kind.COUNTRY in kinds or Kind.CONTINENT in kinds:
        return "C"
    if kinds & _FEATURE_KINDS and not facts.population:
        return "F"
    if Kind.REGION in kinds and not (facts.main and facts.population >= 300_000):
        return "R" if facts.main else "r"
    size = (
        "5"
        if facts.population >= 300_000
        else "4"
        if facts.population >= 30_000
        else "3"
        if facts.population >= 4_000
        else "1"
    )
    return ("P" if facts.main else "p") + size + ("~" if facts.match == MatchType.TRANSLITERATED else "")


def stated_class(words: Sequence[Word], facts: Facts | None) -> str:
    """Return the gazetteer class of a name, or that of `ABBREVIATED` where the language says so."""
    return ABBREVIATED.gaz if is_abbreviated(words) else gazetteer_class(facts)


def is_abbreviated(words: Sequence[Word]) -> bool:
    """Tell whether the words of a name are one abbreviated region ("Kans.")."""
    return len(words) == 1 and words[0].group == "place-abbreviation"


_FEATURE_KINDS = frozenset([Kind.WATER, Kind.TERRAIN, Kind.AREA, Kind.FACILITY])
