from dataclasses import replace
from typing import Any

import pytest
from rule_samples import known, place, put, related, unknown

from mapgen.model import Kind, MatchType, Origin, Place, RelationType, Toponym
from mapgen.resolution.rules.alternatives import PHRASE_PROBABILITY
from mapgen.resolution.rules.contradictions import DOUBTFUL

METROPOLIS = place("Goma", Kind.CITY, 0.0, 30.0, "CD", 1_000_000)


def city(km_east: float, population: int, country: str = "CD", **more: Any) -> Place:
    return replace(place("Xyz", Kind.CITY, 0.0, 30.0 + km_east / 111.2, country, population), **more)


def near(
    *cities: Place, relation: RelationType = RelationType.NEAR, main_country: str = "", **facts: Any
) -> tuple[Toponym, ...]:
    """Xyz near Goma; the first city ranks first."""
    phrase = "12 km from Goma" if relation is RelationType.DISTANCE else "near Goma"
    text = f"Xyz, {phrase}, burned."
    distance = {"distance_km": 12.0} if relation is RelationType.DISTANCE else {}
    carried = related(text, phrase, "Goma", relation, **distance)
    first = known(text, cities[0], alternatives=cities[1:], **facts) if cities else unknown(text, **facts)
    return put(text, first, known(text, METROPOLIS, relation=carried), main_country=main_country)


def probability(toponym: Toponym) -> float:
    assert toponym.resolution is not None
    return toponym.resolution.probability


@pytest.mark.parametrize("km", [30, 60, 120, 200, 250])
def test_a_city_near_a_metropolis_keeps_its_place(km: float) -> None:
    xyz, _ = near(city(km, 200_000))
    assert (xyz.place, probability(xyz)) == (city(km, 200_000), 0.9)


def test_an_unknown_village_is_estimated() -> None:
    xyz, _ = near()
    assert xyz.place is not None
    assert (xyz.place.origin, xyz.place.lon) == (Origin.TEXT, 30.0)


@pytest.mark.parametrize(
    "elsewhere",
    [city(300, 500), city(390, 2_000), city(5_000, 20_000, "BR"), city(1_500, 20_000), city(5_000, 300_000, "BR")],
)
def test_a_namesake_that_is_no_known_city_there_gives_way_to_an_estimate(elsewhere: Place) -> None:
    xyz, _ = near(elsewhere)
    assert xyz.place is not None
    assert xyz.place.origin is Origin.TEXT


@pytest.mark.parametrize(
    ("known_city", "main_country"),
    [
        (city(390, 15_000), ""),
        (city(1_500, 150_000), ""),
        (city(5_000, 150_000, "BR"), "BR"),
        (city(5_000, 900_000, "BR"), ""),
        (city(5_000, 60_000, "BR", capital=True), ""),
    ],
)
def test_a_known_city_beats_an_estimate_but_is_doubtful(known_city: Place, main_country: str) -> None:
    xyz, _ = near(known_city, main_country=main_country)
    assert (xyz.place, probability(xyz)) == (known_city, DOUBTFUL)


def test_a_city_in_the_country_of_the_anchor_comes_before_a_famous_one() -> None:
    here, famous = city(380, 30_000, id="here"), city(5_000, 2_000_000, "BR", id="famous")
    xyz, _ = near(famous, here)
    assert xyz.place == here
    assert xyz.resolution is not None
    assert [each.place.id for each in xyz.resolution.alternatives] == ["famous"]
    assert xyz.resolution.alternatives[0].probability <= probability(xyz)


def test_an_alternative_within_reach_takes_the_place_of_a_far_one() -> None:
    far, fitting = city(5_000, 2_000_000, "BR", id="far"), city(90, 150_000, id="fitting")
    xyz, _ = near(far, fitting)
    assert (xyz.place, probability(xyz)) == (fitting, PHRASE_PROBABILITY)


def test_a_distance_decides_against_a_known_city() -> None:
    xyz, _ = near(city(250, 900_000), relation=RelationType.DISTANCE)
    assert xyz.place is not None
    assert xyz.place.origin is Origin.TEXT


def test_the_word_village_decides_against_a_far_city() -> None:
    xyz, _ = near(city(390, 15_000), cue="village", cue_kind=Kind.VILLAGE)
    assert xyz.place is not None
    assert xyz.place.origin is Origin.TEXT


def test_a_city_that_is_only_spelled_like_the_name_is_no_known_city() -> None:
    xyz, _ = near(city(300, 400_000), match=MatchType.NEAR)
    assert xyz.place is not None
    assert xyz.place.origin is Origin.TEXT


def test_a_large_city_of_the_name_is_meant_rather_than_a_town_that_once_had_it() -> None:
    town = replace(city(50, 20_000, id="town"), name="Abc")
    large, small = city(220, 200_000, id="large"), city(220, 60_000, id="small")
    assert renamed(town, large) == large
    assert renamed(town, small) == town
    assert renamed(replace(town, id="own:town"), large).id == "own:town"


def renamed(town: Place, other: Place) -> Place | None:
    text = "Xyz, near Goma, burned."
    carrier = known(text, METROPOLIS, relation=related(text, "near Goma", "Goma", RelationType.NEAR))
    xyz, _ = put(text, known(text, town, name="Xyz", alternatives=[other]), carrier)
    return xyz.place


def test_the_place_of_an_alternative_gets_its_other_names_back() -> None:
    whole = city(150, 150_000, id="fitting", names=("Ksiz",))
    far = city(5_000, 100, "BR", id="far")
    text = "Xyz, near Goma, burned."
    carrier = known(text, METROPOLIS, relation=related(text, "near Goma", "Goma", RelationType.NEAR))
    bare = replace(whole, names=())
    xyz, _ = put(text, known(text, far, alternatives=[bare]), carrier, place_of={"fitting": whole}.get)
    assert xyz.place == whole
