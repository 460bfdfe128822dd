"""The words around a name tell its kind and, where no list has it, its place: `tests/golden/places-by-words.txt`."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from mapgen.gazetteer import Gazetteer
from mapgen.geodesy import distance_km
from mapgen.model import Document, Kind, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver

GOLDEN = Path(__file__).parents[1] / "golden" / "places-by-words.txt"
MARK = re.compile(r"\[\[([^|\]]+)\|(\w+)(?:@([-\d.]+),([-\d.]+)~([\d.]+))?\]\]")
SORTS = {
    Kind.VILLAGE: Kind.CITY, Kind.QUARTER: Kind.CITY, Kind.DISTRICT: Kind.REGION, Kind.TERRAIN: Kind.AREA,
}  # fmt: skip


class Case(NamedTuple):
    """A name with what must come of it."""

    name: str
    kind: Kind
    point: tuple[float, float] | None
    within: float


def read(line: str) -> tuple[str, str, list[tuple[int, Case]]]:
    """Return language, bare text and the cases by where they begin."""
    language, _, marked = line.partition(" | ")
    text, cases, position = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[position : mark.start()]
        name, kind, lat, lon, within = mark.groups()
        point = (float(lat), float(lon)) if lat else None
        cases.append((len(text), Case(name, Kind(kind), point, float(within or 0))))
        text += name
        position = mark.end()
    return language.strip(), text + marked[position:], cases


def lines() -> list[str]:
    found = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [line for line in found if line.strip() and not line.startswith("#")]


def wrong(case: Case, toponym: Toponym) -> str:
    """Say what is wrong with an answer, or ""."""
    place = toponym.place
    if place is None:
        return f"{case.name}: no place"
    if SORTS.get(place.kind, place.kind) != SORTS.get(case.kind, case.kind):
        return f"{case.name}: {place.kind} {place.id}, not {case.kind}"
    if case.point is not None and (off := distance_km(place.lat, place.lon, *case.point)) > case.within:
        return f"{case.name}: {place.id} at {place.lat:.2f}, {place.lon:.2f}, {off:.0f} km off"
    return ""


@pytest.fixture(scope="module")
def rooms(gazetteer: Gazetteer) -> tuple[GazetteerRecogniser, Resolver]:
    return GazetteerRecogniser(gazetteer), Resolver(gazetteer)


@pytest.mark.parametrize("line", lines())
def test_places_by_words(line: str, rooms: tuple[GazetteerRecogniser, Resolver]) -> None:
    recogniser, resolver = rooms
    language, text, cases = read(line)
    document = Document(text=text, language=language)
    bare = [Toponym(start=start, end=start + len(case.name), text=case.name) for start, case in cases]
    answers = resolver.resolve(document, recogniser.describe(document, bare))
    assert not [said for (_, case), answer in zip(cases, answers, strict=True) if (said := wrong(case, answer))]


def test_there_are_enough_cases() -> None:
    assert sum(len(read(line)[2]) for line in lines()) >= 60
