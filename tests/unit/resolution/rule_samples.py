"""Drafts with hand-made resolutions for the tests of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from mapgen import languages
from mapgen.model import Candidate, Kind, MatchType, Place, Relation, RelationType, Resolution, Toponym
from mapgen.resolution.evidence.surroundings import surroundings
from mapgen.resolution.rules import Radii, Setting, apply_rules
from mapgen.resolution.rules.ordered import RULES, Rule

ENGLISH, FRENCH = languages.load("en"), languages.load("fr")


def gazetteer() -> Any:
    def cities_of(_country: str) -> Iterator[tuple[float, float, str]]:
        yield from ((35.0 + step / 100, 37.0, "10") for step in range(-50, 51))
        yield (10.0, 10.0, "11")

    return SimpleNamespace(cities_of=cities_of, regions=lambda _country: ())


def place(name: str, kind: Kind, lat: float, lon: float, country: str = "SY", population: int = 0) -> Place:
    return Place(
        id=name, source="test", name=name, kind=kind, country=country, lat=lat, lon=lon, admin1="10",
        population=population,
    )  # fmt: skip


HAMA = place("Hama", Kind.REGION, 35.0, 37.0)
GOMA = place("Goma", Kind.CITY, -1.67, 29.23, "CD")
BUKAVU = place("Bukavu", Kind.CITY, -2.5, 28.86, "CD")


def known(
    text: str,
    place: Place,
    *,
    match: MatchType = MatchType.EXACT,
    name: str = "",
    probability: float = 0.9,
    alternatives: Sequence[Place] = (),
    **facts: Any,
) -> Toponym:
    name = name or place.name
    start = text.index(name)
    others = tuple(
        Candidate(place=each, match=MatchType.EXACT, name=each.name, probability=0.1 / len(alternatives))
        for each in alternatives
    )
    resolution = Resolution(place=place, probability=probability, match=match, alternatives=others)
    return Toponym(start=start, end=start + len(name), text=name, resolution=resolution, **facts)


def unknown(text: str, name: str = "Xyz", after: int = 0, **facts: Any) -> Toponym:
    start = text.index(name, after)
    return Toponym(
        start=start, end=start + len(name), text=name,
        resolution=Resolution(place=None, probability=0.0, reasons=("nobody knows it",)), **facts,
    )  # fmt: skip


def related(text: str, phrase: str, name: str, type_: RelationType, **facts: Any) -> Relation:
    start = text.index(phrase)
    at = text.index(name, start)
    anchors = facts.pop("anchors", ((at, at + len(name)),))
    return Relation(type=type_, start=start, end=start + len(phrase), phrase=phrase, anchors=anchors, **facts)


def setting(text: str, toponyms: Sequence[Toponym], language: languages.Language = ENGLISH, **more: Any) -> Setting:
    around = surroundings(text, toponyms, language)
    return Setting(text=text, language=language, reader=language, around=around, radii=Radii(gazetteer()), **more)


def put(
    text: str,
    *toponyms: Toponym,
    language: languages.Language = ENGLISH,
    rules: Sequence[Rule] = RULES,
    **more: Any,
) -> tuple[Toponym, ...]:
    """The toponyms, in text order, after the rules."""
    ordered = sorted(toponyms, key=lambda toponym: toponym.start)
    return apply_rules(setting(text, ordered, language, **more), ordered, rules)
