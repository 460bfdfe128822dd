import math

import pytest

from mapgen.evaluation.metrics import (
    FARTHEST_KM,
    GoldPlace,
    Judgement,
    calibration_error,
    distance_km,
    is_right,
    reliability,
    scores,
)
from mapgen.model import Kind, Place


def place(lat: float, lon: float, kind: Kind = Kind.CITY, country: str = "FR", geonameid: int | None = None) -> Place:
    return Place(id="x", source="test", name="x", kind=kind, country=country, lat=lat, lon=lon, geonameid=geonameid)


def judgement(*, right: bool, probability: float = 0.5, km: float = 0.0) -> Judgement:
    return Judgement(right=right, covered=right, distance_km=km, probability=probability)


def test_distance_is_the_great_circle() -> None:
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088)
    assert distance_km(48.8566, 2.3522, 51.5074, -0.1278) == pytest.approx(343.6, abs=0.5)  # Paris - London


def test_right_is_the_same_id_the_same_country_or_within_161_km() -> None:
    gold = GoldPlace(lat=48.85, lon=2.35, geonameid=7)
    assert is_right(place(-30, 100, geonameid=7), gold)
    assert is_right(place(48.0, 2.0), gold)
    assert not is_right(place(45.0, 2.0), gold)
    russia = GoldPlace(lat=60, lon=100, country="RU")
    assert is_right(place(55, 37, Kind.COUNTRY, "RU"), russia)
    assert not is_right(place(55, 37, Kind.CITY, "RU"), russia)


def test_unanswered_names_count() -> None:
    found = scores([judgement(right=True), judgement(right=False, km=FARTHEST_KM, probability=0.0)])
    assert (found.names, found.accuracy, found.coverage) == (2, 0.5, 0.5)
    assert found.median_km == pytest.approx(FARTHEST_KM / 2)
    assert found.auc == pytest.approx(0.5)
    assert scores([]).names == 0


def test_calibration_error() -> None:
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0.0)
    assert calibration_error([(1.0, False)] * 2) == pytest.approx(1.0)
    assert calibration_error([]) == 0.0


def test_the_reliability_table() -> None:
    rows = reliability([(0.05, False), (0.95, True), (1.0, True), (0.91, False)])
    assert len(rows) == 10
    assert (rows[0].answers, rows[0].right, rows[5].answers, rows[5].probability) == (1, 0.0, 0, 0.0)
    assert (rows[9].answers, rows[9].right) == (3, pytest.approx(2 / 3))
    assert rows[9].probability == pytest.approx((0.95 + 1.0 + 0.91) / 3)
