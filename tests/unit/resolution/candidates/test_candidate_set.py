import sys
import threading

import numpy as np
import pytest
from resolution_samples import NEUTRAL, candidates, place

from mapgen.corrections import Ruling
from mapgen.gazetteer import Match
from mapgen.languages import Language, load
from mapgen.model import Kind, MatchType
from mapgen.resolution.candidates import ruled_candidates
from mapgen.resolution.candidates.codes import Level, Numbering
from mapgen.resolution.candidates.sorts import sorts_of
from mapgen.resolution.features import Group, Sort, block

COLUMN = block(Group.NAME)
LIBYA = place("Tripoli", "LY", 32.89, 13.19, population=1_150_000, capital=True, names=("Tarabulus", "Oea"))
LEBANON = place("Tripoli", "LB", 34.43, 35.84, population=230_000, admin1="03")


def column(name: str, *places: object) -> list[float]:
    return [float(value) for value in candidates(*places).features[:, COLUMN[name]]]  # type: ignore[arg-type]


def test_features_of_name_and_place() -> None:
    assert column("capital", LIBYA, LEBANON) == [1.0, 0.0]
    assert column("most_populous", LIBYA, LEBANON) == [1.0, 0.0]
    assert sum(column("population_share", LIBYA, LEBANON)) == pytest.approx(1.0)
    assert column("main_name", LIBYA, LEBANON) == [1.0, 1.0]
    assert column("kind_city", LIBYA, LEBANON) == [1.0, 1.0]
    assert column("exact", LIBYA) == [1.0]


def test_the_most_populous_of_equal_ones_is_the_first() -> None:
    twin = place("Tripoli", "GR", population=1_150_000)
    assert column("most_populous", LIBYA, twin) == [1.0, 0.0]


def test_no_candidates_are_an_empty_set() -> None:
    none = candidates()
    assert len(none) == 0
    assert none.features.shape == (0, len(COLUMN))
    assert none.codes.shape == (len(Level), 0)


def test_a_region_and_its_town_are_twins() -> None:
    state, town = (place("New York", "US", kind=kind, admin1="NY") for kind in (Kind.REGION, Kind.CITY))
    elsewhere = place("New York", "US", admin1="NE")
    assert column("twin_region", state, town, elsewhere) == [1.0, 0.0, 0.0]
    assert column("twin_city", state, town, elsewhere) == [0.0, 1.0, 0.0]
    assert column("country_rank", state, town, elsewhere) == pytest.approx([0.0, -np.log(2), -np.log(3)])


def test_bare_places_have_no_other_names() -> None:
    bare = candidates(LIBYA, LEBANON).bare_places
    assert [each.id for each in bare] == [LIBYA.id, LEBANON.id]
    assert [each.names for each in bare] == [(), ()]
    assert bare[1] is LEBANON


def test_codes_are_equal_where_country_division_and_kind_are() -> None:
    zahle = place("Zahle", "LB", admin1="03", admin2="7")
    country, admin, district, kind = candidates(LEBANON, zahle, LIBYA).codes
    assert country[0] == country[1] != country[2]
    assert admin[0] == admin[1] != 0 == admin[2]
    assert district[1] != 0 == district[0] == district[2]
    assert len(set(kind)) == 1


def test_a_town_and_the_division_of_its_name_around_it_are_one_answer() -> None:
    town = place("Lodwar", "KE", 3.1, 35.6, admin1="43", admin2="7", population=40_000)
    around = place("Lodwar", "KE", 3.2, 35.7, kind=Kind.DISTRICT, admin1="43", admin2="7")
    other = place("Lodwar", "KE", 3.5, 35.9, kind=Kind.DISTRICT, admin1="43", admin2="8", id="other")
    far = place("Lodwar", "KE", 6.0, 35.7, kind=Kind.REGION, admin1="43")
    assert candidates(town, around, other, far).twins == ((1,), (0,), (), ())


def test_the_district_beside_a_town_of_its_own_rank_is_one_answer_with_it() -> None:
    town = place("Alytus", "LT", 54.40, 24.05, admin1="56", admin2="11")
    around = place("Alytus", "LT", 54.45, 24.10, kind=Kind.DISTRICT, admin1="56", admin2="33")
    abroad = place("Alytus", "LT", 54.45, 24.10, kind=Kind.DISTRICT, admin1="57", admin2="33", id="abroad")
    assert candidates(town, around, abroad).twins == ((1,), (0,), ())


def test_a_division_at_the_point_of_the_one_above_has_no_twin() -> None:
    town = place("Lodwar", "KE", 3.1, 35.6, admin1="43", admin2="7")
    somewhere = place("Lodwar", "KE", 3.1, 35.6, kind=Kind.DISTRICT, admin1="43", admin2="7", radius_km=120.0)
    ready = candidates(town, somewhere)
    assert ready.twins == ((), ())
    assert ready.inherited.tolist() == [False, True]


def test_threads_give_one_number_to_one_text() -> None:
    numbering, texts = Numbering(), [f"text {number}" for number in range(300)]
    barrier, numbers = threading.Barrier(4), []

    def count() -> None:
        barrier.wait()
        numbers.append([numbering.of(text) for text in texts])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert all(each == numbers[0] for each in numbers)
    assert len(set(numbers[0])) == len(texts)
    assert numbering.of("") == 0


def test_towns_with_an_article_of_their_own_are_a_sort() -> None:
    def match(name: str, kind: Kind) -> Match:
        return Match(place=place(name, kind=kind), type=MatchType.EXACT, name=name)

    towns = (match("Le Havre", Kind.CITY), match("Havre", Kind.CITY), match("La Manche", Kind.WATER))
    assert sorts_of(towns, load("fr")).tolist() == [Sort.ARTICLED, Sort.SETTLEMENT, Sort.WATER]
    assert sorts_of(towns[:1], Language(code="xx", name="xx")).tolist() == [Sort.SETTLEMENT]


def test_the_place_of_a_ruling_is_the_first_candidate() -> None:
    ruled = ruled_candidates(Ruling(place=LEBANON, reason="decided"), candidates(LIBYA, LEBANON), NEUTRAL)
    assert [match.place.id for match in ruled.matches] == [LEBANON.id, LIBYA.id]


def test_a_ruled_place_that_is_no_candidate_is_added() -> None:
    elsewhere = place("Tarabulus", "SY")
    ruled = ruled_candidates(Ruling(place=elsewhere, reason="decided"), candidates(LIBYA), NEUTRAL)
    assert [match.place for match in ruled.matches] == [elsewhere, LIBYA]


def test_a_ruling_without_a_place_leaves_no_candidates() -> None:
    assert len(ruled_candidates(Ruling(place=None, reason="decided_no_place"), candidates(LIBYA), NEUTRAL)) == 0
