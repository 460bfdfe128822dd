"""What two layers say of one place."""

import pytest

from mapgen.gazetteer.merging import Known, merged, with_known
from mapgen.gazetteer.records import KINDS, Entry, columns_of
from mapgen.model import Kind


def entry(kind: Kind, *, population: int = 0, name_count: int = 1, id_: str = "") -> Entry:
    made = Entry(7, id_, "test", "Aswan", KINDS.index(kind), "EG", 24.0, 32.9, population, "01", ())
    return made._replace(name_count=name_count)


@pytest.mark.parametrize(
    ("embedded", "pack", "kind", "population"),
    [
        (entry(Kind.CITY, population=30_000), entry(Kind.VILLAGE), Kind.CITY, 30_000),
        (entry(Kind.CITY, population=900, name_count=20), entry(Kind.QUARTER, population=800), Kind.CITY, 900),
        (entry(Kind.VILLAGE, population=900), entry(Kind.VILLAGE, population=5_000), Kind.CITY, 5_000),
        (entry(Kind.REGION, id_="iso:EG-ASN"), entry(Kind.REGION, population=2_000_000), Kind.REGION, 0),
        (entry(Kind.CITY, population=400), entry(Kind.DISTRICT, population=9_000), Kind.CITY, 400),
    ],
)
def test_a_pack_brings_people_and_no_other_kind(embedded: Entry, pack: Entry, kind: Kind, population: int) -> None:
    place = merged([embedded, pack])
    assert (KINDS[place.kind], place.population) == (kind, population)


def test_a_division_that_only_a_pack_has_is_less_known_than_the_city_of_its_name() -> None:
    place = merged([entry(Kind.REGION, population=5_000_000, name_count=60)])
    assert (place.population, place.name_count) == (0, 15)
    own = entry(Kind.REGION, population=5_000_000, name_count=60, id_="own:aswan")
    assert merged([own]) == own


def test_the_index_of_a_pack_tells_what_both_say() -> None:
    columns = columns_of([entry(Kind.VILLAGE), entry(Kind.VILLAGE)._replace(pk=8)])
    known = with_known(columns, {7: Known(KINDS.index(Kind.CITY), 30_000, 12)})
    assert [KINDS[kind] for kind in known.kind] == [Kind.CITY, Kind.VILLAGE]
    assert (tuple(known.population), tuple(known.name_count)) == ((30_000, 0), (12, 1))


def test_a_pack_moves_a_town_and_no_region() -> None:
    moved = {"lat": 24.2, "lon": 32.8}
    assert merged([entry(Kind.CITY), entry(Kind.CITY)._replace(**moved)]).lat == 24.2
    assert merged([entry(Kind.REGION), entry(Kind.REGION)._replace(**moved)]).lat == 24.0


def test_a_pack_places_a_division_that_only_has_the_point_of_the_one_above() -> None:
    lost, found = entry(Kind.DISTRICT)._replace(inherited_km=150), entry(Kind.DISTRICT)._replace(lat=24.2, lon=32.8)
    place = merged([lost, found])
    assert (place.lat, place.lon, place.inherited_km) == (24.2, 32.8, 0)
    assert merged([lost]).inherited_km == 150


@pytest.mark.parametrize("other", [{"country": "SD"}, {"lat": 29.0}])
def test_another_place_under_the_same_id_does_not_count(other: dict[str, object]) -> None:
    stranger = entry(Kind.VILLAGE, population=7_000)._replace(name="Edfu", **other)
    assert merged([entry(Kind.VILLAGE, population=900), stranger]) == entry(Kind.VILLAGE, population=900)
