"""Whole documents with known places: each file of tests/golden/documents speaks of the text of that name in data/."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import mapgen
from mapgen.evaluation.metrics import distance_km
from mapgen.gazetteer import Gazetteer

GOLDEN = Path(__file__).parent.parent / "golden" / "documents"
ROOT = GOLDEN.parent.parent.parent


@dataclass(frozen=True)
class Gold:
    name: str
    kind: str
    sense: str
    country: str
    lat: float
    lon: float
    km: float

    def is_met_by(self, toponym: mapgen.Toponym) -> bool:
        place = toponym.place
        if place is None:
            return False
        if self.kind == "country":
            return place.country == self.country
        return distance_km(place.lat, place.lon, self.lat, self.lon) <= self.km


def golden(path: Path) -> tuple[list[Gold], list[str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    places = [[field.strip() for field in line.split(";")] for line in lines if not line.startswith("not:")]
    wrong = [line.removeprefix("not:").strip() for line in lines if line.startswith("not:")]
    return [Gold(*fields[:4], *map(float, fields[4:])) for fields in places], wrong  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[mapgen.Parsed, list[Gold], list[str]]]:
    gold, wrong = golden(request.param)
    with mapgen.Geoparser(places=ROOT / "data" / "places.csv", home=home) as geoparser:
        yield geoparser.parse(mapgen.read(ROOT / "data" / request.param.name)), gold, wrong


def test_every_place_is_found_and_nothing_else(case: tuple[mapgen.Parsed, list[Gold], list[str]]) -> None:
    parsed, gold, wrong = case
    assert [toponym.text for toponym in parsed.toponyms] == [place.name for place in gold]
    assert not {toponym.text for toponym in parsed.toponyms} & set(wrong)
    text = parsed.document.text
    assert all(text[toponym.start : toponym.end] == toponym.text for toponym in parsed.toponyms)


def test_places_kinds_and_senses(case: tuple[mapgen.Parsed, list[Gold], list[str]]) -> None:
    parsed, gold, _ = case
    pairs = list(zip(parsed.toponyms, gold, strict=True))
    missed = [(place.name, toponym.start, toponym.place) for toponym, place in pairs if not place.is_met_by(toponym)]
    assert not missed
    kinds = [(t.text, t.start, t.kind, p.kind) for t, p in pairs if t.kind != p.kind]
    senses = [(t.text, t.start, t.sense, p.sense) for t, p in pairs if t.sense != p.sense]
    assert len(set(kinds)) + len({(name, start) for name, start, *_ in senses}) <= len(gold) // 12, (kinds, senses)


def test_the_collectors_header_is_the_date(root: Path, home: Path) -> None:
    document = mapgen.read(root / "data" / "dispatch.txt")
    raw = (root / "data" / "dispatch.txt").read_bytes().decode("utf-8")
    assert document.date == "2021-10"
    assert document.text.startswith("Les forces du régime")
    assert raw[document.source_offset :].startswith(document.text)


def test_without_places_of_ones_own_nothing_disappears(root: Path, gazetteer: Gazetteer) -> None:
    parsed = mapgen.Geoparser(gazetteer=gazetteer).parse(mapgen.read(root / "data" / "dispatch.txt"))
    gold, _ = golden(GOLDEN / "dispatch.txt")
    assert [toponym.text for toponym in parsed.toponyms] == [place.name for place in gold]
    for toponym in parsed.toponyms:
        resolution = toponym.resolution
        assert resolution is not None
        assert resolution.reasons
        if resolution.place is not None and resolution.place.source == "text":
            assert resolution.radius_km is not None
            assert resolution.radius_km > 0
    true = {place.name: place for place in gold}
    for toponym in parsed.toponyms:
        if toponym.text in ("Sukayk", "Kweires", "Cheikh Najjar") and toponym.place is not None:
            place, right = toponym.place, true[toponym.text]
            assert place.country == "SY"
            far = distance_km(place.lat, place.lon, right.lat, right.lon)
            assert far <= (toponym.resolution.radius_km or right.km if toponym.resolution else 0)


@pytest.mark.shared
def test_the_spans_are_those_of_the_shared_gold(shared: Path, root: Path, gazetteer: Gazetteer) -> None:
    with (shared / "dispatch" / "mentions.csv").open(encoding="utf-8", newline="") as lines:
        gold = [(int(row["start"]), int(row["end"])) for row in csv.DictReader(lines)]
    parsed = mapgen.Geoparser(gazetteer=gazetteer).parse(mapgen.read(root / "data" / "dispatch.txt"))
    offset = parsed.document.source_offset
    assert [(t.start + offset, t.end + offset) for t in parsed.toponyms] == gold
