"""What is drawn for places and spatial phrases, around the towns of a tiny gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from mapgen.footprints import footprints
from mapgen.footprints.extents import extent_km
from mapgen.footprints.shapes import SHAPES
from mapgen.gazetteer import Gazetteer
from mapgen.geodesy import BEARINGS, distance_km
from mapgen.model import (
    Document,
    Footprint,
    FootprintType,
    Kind,
    Place,
    Relation,
    RelationType,
    Resolution,
    Sense,
    Toponym,
)

ENNA = Place(
    id="gn:1002", source="t", name="Enna", kind=Kind.CITY, country="IT", lat=37.567, lon=14.279, population=28077
)
PALERMO = Place(
    id="gn:1000", source="t", name="Palermo", kind=Kind.CITY, country="IT", lat=38.132, lon=13.336, population=668405
)
CATANIA = Place(
    id="gn:1001", source="t", name="Catania", kind=Kind.CITY, country="IT", lat=37.492, lon=15.07, population=311584
)
TUNIS = Place(id="gn:1015", source="t", name="Tunis", kind=Kind.CITY, country="TN", lat=36.819, lon=10.166)
SICILY = Place(
    id="iso:IT-82", source="t", name="Sicilia", kind=Kind.REGION, country="IT", lat=37.75, lon=14.25, admin1="15"
)
CALABRIA = Place(
    id="iso:IT-78", source="t", name="Calabria", kind=Kind.REGION, country="IT", lat=39.0, lon=16.5, admin1="03"
)
BASILICATA = Place(
    id="iso:IT-77", source="t", name="Basilicata", kind=Kind.REGION, country="IT", lat=40.5, lon=16.1, admin1="02"
)
SARDINIA = Place(
    id="iso:IT-88", source="t", name="Sardegna", kind=Kind.REGION, country="IT", lat=40.0, lon=9.0, admin1="14"
)
ITALY = Place(id="iso:IT", source="t", name="Italia", kind=Kind.COUNTRY, country="IT", lat=42.8, lon=12.8)
BASE = Place(id="own:base", source="t", name="Sigonella", kind=Kind.FACILITY, country="IT", lat=37.4, lon=14.92)
POLE = Place(id="own:pole", source="t", name="Pol", kind=Kind.AREA, country="", lat=90.0, lon=0.0)


def toponym(
    place: Place | None,
    start: int,
    *,
    sense: Sense = Sense.LITERAL,
    relation: Relation | None = None,
    radius_km: float | None = None,
) -> Toponym:
    resolution = Resolution(place=place, probability=0.9 if place else 0.0, radius_km=radius_km)
    return Toponym(start=start, end=start + 4, text="Xxxx", sense=sense, relation=relation, resolution=resolution)


def drawn(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Footprint, ...]:
    return footprints(Document(text="Xxxx " * 40), toponyms, gazetteer)


def phrase(gazetteer: Gazetteer, type_: RelationType, *places: Place, **facts: Any) -> Footprint | None:
    """The footprint of one phrase on one or two places."""
    spans = tuple((10 + 10 * number, 14 + 10 * number) for number in range(len(places)))
    relation = Relation(type=type_, start=5, end=40, phrase="la phrase", anchors=spans, **facts)
    toponyms = [toponym(place, span[0], relation=relation) for place, span in zip(places, spans, strict=True)]
    found = [footprint for footprint in drawn(toponyms, gazetteer) if footprint.label == "la phrase"]
    assert len(found) <= 1
    if not found:
        return None
    assert shape(found[0].geometry).is_valid
    assert found[0].approximate
    assert found[0].spans == spans
    return found[0]


def test_places_are_gathered(tiny: Gazetteer) -> None:
    found = drawn([toponym(ENNA, 0), toponym(SICILY, 5), toponym(ENNA, 10), toponym(None, 15)], tiny)
    assert [(footprint.type, footprint.place_id, footprint.spans) for footprint in found] == [
        (FootprintType.POINT, ENNA.id, ((0, 4), (10, 14))),
        (FootprintType.AREA, SICILY.id, ((5, 9),)),
    ]
    assert found[0].geometry == {"type": "Point", "coordinates": [14.279, 37.567]}
    assert [footprint.approximate for footprint in found] == [False, True]
    assert shape(found[1].geometry).contains(Point(14.28, 37.57))


def test_metonymic_names_are_not_drawn(tiny: Gazetteer) -> None:
    assert drawn([toponym(ENNA, 0, sense=Sense.METONYMIC)], tiny) == ()


def test_a_country_is_an_area_and_one_without_towns_a_point(tiny: Gazetteer) -> None:
    (italy,) = drawn([toponym(ITALY, 0)], tiny)
    assert italy.type is FootprintType.AREA
    nowhere = Place(id="iso:ZZ", source="t", name="Z", kind=Kind.COUNTRY, country="ZZ", lat=1.0, lon=2.0)
    assert drawn([toponym(nowhere, 0)], tiny)[0].type is FootprintType.POINT


def test_of_many_countries_the_rarely_named_are_points(tiny: Gazetteer) -> None:
    others = [
        Place(id=f"iso:{number}", source="t", name="Z", kind=Kind.COUNTRY, country="IT", lat=1.0, lon=2.0)
        for number in range(12)
    ]
    twice = [toponym(other, 10 * number + 5 * again) for again in (0, 1) for number, other in enumerate(others)]
    found = {footprint.place_id: footprint.type for footprint in drawn([toponym(ITALY, 300), *twice], tiny)}
    assert found.pop(ITALY.id) is FootprintType.POINT
    assert set(found.values()) == {FootprintType.AREA}


def test_a_doubtful_place_is_a_circle(tiny: Gazetteer) -> None:
    somewhere = Place(id="text:x", source="t", name="X", kind=Kind.VILLAGE, country="IT", lat=37.5, lon=14.0)
    (circle,) = drawn([toponym(somewhere, 0, radius_km=40.0)], tiny)
    assert (circle.type, circle.radius_km, circle.approximate) == (FootprintType.AREA, 40.0, True)
    for lon, lat in circle.geometry["coordinates"][0]:
        assert distance_km(37.5, 14.0, lat, lon) == pytest.approx(40, abs=0.1)


@pytest.mark.parametrize("direction", sorted(BEARINGS))
def test_part_of_a_region_is_inside_it_on_that_side(tiny: Gazetteer, direction: str) -> None:
    footprint = phrase(tiny, RelationType.PART, SICILY, direction=direction)
    assert footprint is not None
    assert footprint.type is FootprintType.SECTOR
    part = shape(footprint.geometry)
    (whole,) = (shape(area.geometry) for area in drawn([toponym(SICILY, 0)], tiny))
    assert part.difference(whole.buffer(0.02)).is_empty
    assert 0.25 < part.area / whole.area < 0.45
    assert ("N" in direction) <= (part.centroid.y > whole.centroid.y)
    assert ("S" in direction) <= (part.centroid.y < whole.centroid.y)
    assert ("E" in direction) <= (part.centroid.x > whole.centroid.x)
    assert ("W" in direction) <= (part.centroid.x < whole.centroid.x)


def test_the_centre_of_a_region(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.PART, SICILY, direction="C")
    assert footprint is not None
    assert shape(footprint.geometry).contains(Point(14.2, 37.6))
    assert not shape(footprint.geometry).contains(Point(12.6, 38.0))


def test_part_of_a_town(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.PART, PALERMO, direction="S")
    assert footprint is not None
    part = shape(footprint.geometry)
    assert part.centroid.y < PALERMO.lat
    assert part.distance(Point(PALERMO.lon, PALERMO.lat)) < 0.01
    assert phrase(tiny, RelationType.PART, PALERMO, direction="C") is not None


def test_near_and_around_a_place_and_a_region(tiny: Gazetteer) -> None:
    near, around = (phrase(tiny, type_, BASE) for type_ in (RelationType.NEAR, RelationType.AROUND))
    assert near is not None
    assert around is not None
    assert shape(near.geometry).contains(Point(BASE.lon, BASE.lat))
    assert not shape(around.geometry).contains(Point(BASE.lon, BASE.lat))
    assert around.type is FootprintType.RING
    assert 3 < (around.radius_km or 0) < 15
    for type_ in (RelationType.NEAR, RelationType.AROUND):
        rim = phrase(tiny, type_, SICILY)
        assert rim is not None
        assert not shape(rim.geometry).contains(Point(14.2, 37.6))
        assert shape(rim.geometry).distance(Point(14.28, 36.9)) < 0.5


@pytest.mark.parametrize(("rough", "inner", "outer"), [(False, 8.5, 11.5), (True, 7.0, 13.0)])
def test_distance_is_a_ring_with_its_doubt(tiny: Gazetteer, rough: bool, inner: float, outer: float) -> None:
    footprint = phrase(tiny, RelationType.DISTANCE, BASE, distance_km=10.0, approximate=rough)
    assert footprint is not None
    assert (footprint.type, footprint.radius_km) == (FootprintType.RING, 10.0)
    shell, hole = footprint.geometry["coordinates"]
    assert all(distance_km(BASE.lat, BASE.lon, lat, lon) == pytest.approx(outer, abs=0.1) for lon, lat in shell)
    assert all(distance_km(BASE.lat, BASE.lon, lat, lon) == pytest.approx(inner, abs=0.1) for lon, lat in hole)


def test_distance_from_a_town_may_count_from_its_edge(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.DISTANCE, PALERMO, distance_km=10.0)
    assert footprint is not None
    farthest = max(distance_km(PALERMO.lat, PALERMO.lon, lat, lon) for lon, lat in footprint.geometry["coordinates"][0])
    assert farthest == pytest.approx(11.5 + extent_km(PALERMO), abs=0.2)


def test_distance_with_a_direction(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.DISTANCE, BASE, distance_km=10.0, direction="N")
    assert footprint is not None
    assert all(lat > BASE.lat for _, lat in footprint.geometry["coordinates"][0])
    region = phrase(tiny, RelationType.DISTANCE, SICILY, distance_km=30.0, direction="S")
    assert region is not None
    area = shape(region.geometry)
    assert area.centroid.y < 37.2
    assert not area.contains(Point(14.2, 37.6))


@pytest.mark.parametrize("km", [None, 0.0, -3.0, 20000.0])
def test_a_distance_that_makes_no_sense_is_not_drawn(tiny: Gazetteer, km: float | None) -> None:
    assert phrase(tiny, RelationType.DISTANCE, BASE, distance_km=km) is None


def test_direction_lies_outside(tiny: Gazetteer) -> None:
    for place in (PALERMO, SICILY):
        footprint = phrase(tiny, RelationType.DIRECTION, place, direction="W")
        assert footprint is not None
        area = shape(footprint.geometry)
        assert footprint.type is FootprintType.SECTOR
        assert area.centroid.x < place.lon
        assert not area.contains(Point(place.lon, place.lat))
    assert phrase(tiny, RelationType.DIRECTION, PALERMO) is None


def test_between_is_a_corridor_over_the_towns_on_the_way(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.BETWEEN, PALERMO, CATANIA)
    assert footprint is not None
    assert (footprint.type, footprint.place_id) == (FootprintType.CORRIDOR, "")
    area = shape(footprint.geometry)
    for place in (PALERMO, ENNA, CATANIA):
        assert area.contains(Point(place.lon, place.lat)), place.name
    assert area.area < 0.4


def test_between_two_countries_is_straight(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.BETWEEN, PALERMO, TUNIS)
    assert footprint is not None
    assert shape(footprint.geometry).contains(
        Point((PALERMO.lon + TUNIS.lon) / 2, (PALERMO.lat + TUNIS.lat) / 2 + 0.01)
    )


def test_between_needs_two_places(tiny: Gazetteer) -> None:
    assert phrase(tiny, RelationType.BETWEEN, PALERMO) is None
    assert phrase(tiny, RelationType.BETWEEN, PALERMO, PALERMO) is None


def test_border_runs_along_the_seam_of_neighbours(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.BORDER, CALABRIA, BASILICATA)
    assert footprint is not None
    one, other = (shape(area.geometry) for area in drawn([toponym(CALABRIA, 0), toponym(BASILICATA, 5)], tiny))
    seam = shapely.intersection(one.boundary, other.boundary)
    band = shape(footprint.geometry)
    assert band.buffer(0.01).contains(seam)
    assert band.area < 0.5 * min(one.area, other.area)
    assert not band.contains(one.centroid)


def test_border_of_areas_that_do_not_touch_is_the_way_between(tiny: Gazetteer) -> None:
    footprint = phrase(tiny, RelationType.BORDER, SARDINIA, SICILY)
    assert footprint is not None
    assert shape(footprint.geometry).contains(Point(SARDINIA.lon, SARDINIA.lat))


def test_a_phrase_told_by_both_its_names_is_drawn_once(tiny: Gazetteer) -> None:
    relation = Relation(type=RelationType.BETWEEN, start=0, end=14, phrase="Xxxx/Xxxx", anchors=((0, 4), (10, 14)))
    found = drawn([toponym(PALERMO, 0, relation=relation), toponym(CATANIA, 10, relation=relation)], tiny)
    assert [footprint.type for footprint in found].count(FootprintType.CORRIDOR) == 1


def test_a_phrase_without_anchors_hangs_on_its_own_name(tiny: Gazetteer) -> None:
    relation = Relation(type=RelationType.NEAR, start=2, end=9, phrase="")
    found = drawn([toponym(BASE, 5, relation=relation)], tiny)
    assert found[1].spans == ((5, 9),)
    assert found[1].label == "xx Xxxx"


def test_nothing_but_points_at_the_poles(tiny: Gazetteer) -> None:
    relation = Relation(type=RelationType.NEAR, start=2, end=9, phrase="près du pôle")
    found = drawn([toponym(POLE, 5, relation=relation, radius_km=100.0)], tiny)
    assert [footprint.type for footprint in found] == [FootprintType.POINT]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(list(RelationType)),
    st.lists(
        st.builds(
            Place,
            id=st.uuids().map(str),
            source=st.just("t"),
            name=st.just("X"),
            kind=st.sampled_from(list(Kind)),
            country=st.sampled_from(["IT", "", "MT"]),
            lat=st.floats(-90, 90),
            lon=st.floats(-180, 180),
            population=st.integers(0, 30_000_000),
            admin1=st.sampled_from(["", "15", "03"]),
        ),
        min_size=1,
        max_size=2,
    ),
    st.sampled_from(["", "C", *BEARINGS]),
    st.none() | st.floats(-10, 6000),
)
def test_whatever_is_drawn_is_valid(
    tiny: Gazetteer, type_: RelationType, places: list[Place], direction: str, km: float | None
) -> None:
    spans = ((0, 4), (10, 14))[: len(places)]
    relation = Relation(type=type_, start=0, end=14, phrase="p", direction=direction, distance_km=km, anchors=spans)
    toponyms = [toponym(place, span[0], relation=relation) for place, span in zip(places, spans, strict=True)]
    for footprint in drawn(toponyms, tiny):
        geometry = shape(footprint.geometry)
        assert geometry.is_valid
        assert not geometry.is_empty
        west, south, east, north = geometry.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        assert len(shapely.get_coordinates(geometry)) < 4000


def test_every_type_of_relation_has_a_shape_and_draws_something(tiny: Gazetteer) -> None:
    assert set(SHAPES) == set(RelationType)
    for type_ in RelationType:
        relation = Relation(type=type_, start=0, end=5, phrase="X", direction="N", distance_km=20.0)
        drawing = SHAPES[type_](relation, [ENNA, CATANIA], tiny)
        assert drawing is not None, type_
        assert drawing[1] is not None, type_


def test_a_type_without_a_shape_is_not_drawn(tiny: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    relation = Relation(type=RelationType.NEAR, start=0, end=4, phrase="près", anchors=((0, 4),))
    named = [
        Toponym(start=0, end=4, text="Enna", relation=relation, resolution=Resolution(place=ENNA, probability=0.9))
    ]
    document = Document(text="Enna")
    assert len(footprints(document, named, tiny)) == 2
    monkeypatch.setattr(
        "mapgen.footprints.shapes.SHAPES", {type_: SHAPES[type_] for type_ in RelationType if type_ != relation.type}
    )
    (only,) = footprints(document, named, tiny)
    assert only.type is FootprintType.POINT
