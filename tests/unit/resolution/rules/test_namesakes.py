from dataclasses import replace

import pytest
from rule_samples import known, place, put

from mapgen.model import Kind, Place, Toponym
from mapgen.resolution.rules.namesakes import FEATURES, decide_between_namesakes, namesake_weights

TOWNS = [
    replace(place(name, Kind.CITY, 48.4 + step / 10, -71.4, "CA", 4_000), name_count=8)
    for step, name in enumerate(("Abc", "Bcd", "Cde", "Def"))
]
TEXT = "The road from Abc to Bcd is shut, as is that from Cde to Xyz and from Def to the river."


def settle(namesake: Place, *others: Place, text: str = TEXT, **facts: object) -> Toponym:
    """The name Xyz, of which the namesake ranks first, after the decision."""
    named = known(text, namesake, name="Xyz", alternatives=others, **facts)
    towns = [known(text, town, probability=0.97) for town in TOWNS if town.name in text]
    answers = put(text, *towns, named, rules=(decide_between_namesakes,), main_country="CA")
    return next(each for each in answers if each.text == "Xyz")


def test_a_village_two_thousand_kilometres_from_all_others_is_not_meant() -> None:
    far = place("Xyz", Kind.VILLAGE, 51.9, -107.1, "CA", 1_000)
    settled = settle(far)
    assert settled.place is None
    assert settled.resolution is not None
    assert [each.place.id for each in settled.resolution.alternatives] == ["Xyz"]
    assert "Xyz, CA" in settled.resolution.reasons[-1]


def test_a_village_among_the_others_stays() -> None:
    near = place("Xyz", Kind.VILLAGE, 48.55, -71.5, "CA", 1_000)
    settled = settle(near)
    assert settled.place == near


@pytest.mark.parametrize(("kind", "population"), [(Kind.CITY, 3_000_000), (Kind.COUNTRY, 0), (Kind.REGION, 0)])
def test_a_famous_place_stays_wherever_it_lies(kind: Kind, population: int) -> None:
    famous = place("Xyz", kind, 10.0, 10.0, "NG", population)
    assert settle(famous).place == famous


def test_a_well_known_city_abroad_stays_where_no_place_at_home_has_its_name() -> None:
    """ "The United Nations in Geneva" in a text on another country."""
    known_ = replace(place("Xyz", Kind.CITY, 46.2, 6.1, "CH", 400_000), name_count=60)
    unknown_ = replace(known_, population=3_000, name_count=2)
    assert settle(known_).place == known_
    assert settle(unknown_).place is None


def test_the_country_that_the_sentence_names_speaks_for_its_places() -> None:
    weights = dict(zip(FEATURES, namesake_weights(), strict=True))
    assert weights["country_beside"] > 0
    assert weights["off_list"] < 0


def test_without_other_places_the_ranker_decides() -> None:
    far = place("Xyz", Kind.VILLAGE, 51.9, -107.1, "CA", 1_000)
    assert settle(far, text="Nothing is known of Xyz.").place == far


def test_one_other_place_is_not_enough() -> None:
    far = place("Xyz", Kind.VILLAGE, 51.9, -107.1, "CA", 1_000)
    assert settle(far, text="The road from Abc to Xyz is shut.").place == far


def test_the_nearer_a_candidate_is_to_what_is_around_the_likelier() -> None:
    weights = dict(zip(FEATURES, namesake_weights(), strict=True))
    assert weights["density"] > 0
    assert weights["probability"] > 0
