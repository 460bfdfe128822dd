import numpy as np
import pytest
from resolution_samples import by_population, candidates, place, sheet, toponyms

from mapgen import languages
from mapgen.model import Kind, Relation, RelationType, Toponym
from mapgen.resolution.evidence import Sheet
from mapgen.resolution.evidence.pairs import containment, nearness
from mapgen.resolution.features import COLUMN

ENGLISH = languages.load("en")
PARIS = candidates(
    place("Paris", "FR", 48.85, 2.35, admin1="11", population=2_000_000),
    place("Paris", "US", 33.7, -95.5, admin1="TX", population=25_000),
)
TEXAS = candidates(place("Texas", "US", 31.0, -99.0, kind=Kind.REGION, admin1="TX"))
DALLAS = candidates(place("Dallas", "US", 32.8, -96.8, admin1="TX", population=1_300_000))
LONDON = candidates(place("London", "GB", 51.5, -0.1, admin1="ENG", population=9_000_000))


def values(ready: Sheet, number: int, name: str) -> list[float]:
    return [float(value) for value in ready.mentions[number].features[:, COLUMN[name]]]


def ranked(text: str, **table: object) -> Sheet:
    ready = sheet(text, toponyms(text, *table), table, language=ENGLISH)  # type: ignore[arg-type]
    ready.run_in_place(by_population, 2)
    return ready


def test_an_inner_candidate_lies_in_the_outer_one_of_its_division() -> None:
    outer = candidates(
        place("Texas", "US", kind=Kind.REGION, admin1="TX"), place("Texas", "MX", kind=Kind.VILLAGE, admin1="TX")
    )
    assert containment(PARIS, outer).tolist() == [[False, False], [True, False]]


def test_a_country_contains_its_places_but_not_itself() -> None:
    france = candidates(place("France", "FR", 46.0, 2.0, kind=Kind.COUNTRY))
    assert containment(PARIS, france).tolist() == [[True], [False]]
    assert containment(france, france).tolist() == [[False]]


def test_a_district_contains_what_has_its_code_and_nothing_beside() -> None:
    lamar = candidates(place("Lamar", "US", 33.6, -95.5, kind=Kind.DISTRICT, admin1="TX", admin2="277"))
    inside = place("Paris", "US", 33.7, -95.5, admin1="TX", admin2="277")
    beside = place("Paris", "US", 33.7, -95.4, admin1="TX", admin2="387", id="beside")
    assert containment(candidates(inside, beside), lamar).tolist() == [[True], [False]]


def test_distance_decides_where_no_code_tells_the_district() -> None:
    lamar = candidates(place("Lamar", "US", 33.6, -95.5, kind=Kind.DISTRICT, admin1="TX", admin2="277"))
    near = place("Paris", "US", 33.7, -95.5, admin1="TX")
    far = place("Paris", "US", 30.0, -100.0, admin1="TX", id="far")
    abroad = place("Paris", "US", 33.7, -95.5, admin1="OK", id="abroad")
    assert containment(candidates(near, far, abroad), lamar).tolist() == [[True], [False], [False]]


def test_no_district_contains_another() -> None:
    lamar = candidates(place("Lamar", "US", 33.6, -95.5, kind=Kind.DISTRICT, admin1="TX", admin2="277"))
    twice = candidates(place("Lamar", "US", 33.7, -95.6, kind=Kind.DISTRICT, admin1="TX", admin2="277", id="twice"))
    assert containment(twice, lamar).tolist() == [[False]]


def test_nearness_falls_with_distance() -> None:
    lat, lon = np.radians([48.0, 40.0]), np.radians([2.0, 2.0])
    near = nearness(lat, lon, lat[:1], lon[:1])
    assert near[0] == pytest.approx(1.0)
    assert near[1] < 0.01


def test_a_container_supports_what_lies_in_it() -> None:
    ready = ranked("A fire in Paris, Texas, was out.", Paris=PARIS, Texas=TEXAS)
    assert values(ready, 0, "contained") == [0.0, 1.0]
    assert values(ready, 1, "containing") == [1.0]


def test_a_neighbour_supports_what_lies_near_it() -> None:
    ready = ranked("From Paris the train goes on, and Dallas waits.", Paris=PARIS, Dallas=DALLAS)
    far, near = values(ready, 0, "after")
    assert far < 0.001 < 0.3 < near
    assert values(ready, 0, "before") == [0.0, 0.0]
    # The top candidate for Paris is that of France: nothing near Dallas.
    assert values(ready, 1, "before")[0] < 0.001


def test_neighbours_end_after_some_words() -> None:
    ready = ranked("Paris" + " x" * 150 + " Dallas", Paris=PARIS, Dallas=DALLAS)
    assert values(ready, 0, "after") == [0.0, 0.0]


def test_the_other_members_of_a_list_support_their_country_region_and_kind() -> None:
    ready = ranked("Paris, Dallas and London", Paris=PARIS, Dallas=DALLAS, London=LONDON)
    assert values(ready, 0, "list_country") == pytest.approx([0.0, 0.5])
    assert values(ready, 0, "list_region") == pytest.approx([0.0, 0.5])
    assert values(ready, 0, "list_kind") == pytest.approx([1.0, 1.0])
    texan = ready.mentions[0].shares[1]
    assert values(ready, 1, "list_country") == pytest.approx([texan / 2])


def test_members_without_candidates_do_not_count() -> None:
    ready = ranked("Paris, Dallas and Nowhere", Paris=PARIS, Dallas=DALLAS, Nowhere=candidates())
    assert values(ready, 0, "list_country") == pytest.approx([0.0, 1.0])
    assert values(ready, 2, "list_country") == []


def near(text: str, anchor: str) -> Relation:
    start = text.index(f"near {anchor}")
    at = start + len("near ")
    return Relation(
        type=RelationType.NEAR, start=start, end=at + len(anchor), phrase=text[start : at + len(anchor)],
        anchors=((at, at + len(anchor)),),
    )  # fmt: skip


def test_a_phrase_supports_what_lies_where_it_says_for_all_mentions_of_the_name() -> None:
    text = "Paris, near Dallas, burned. Nobody left Paris."
    first, anchor, again = toponyms(text, "Paris", "Dallas", "Paris")
    carrier = Toponym(start=anchor.start, end=anchor.end, text=anchor.text, relation=near(text, "Dallas"))
    ready = sheet(text, [first, carrier, again], {"Paris": PARIS, "Dallas": DALLAS}, language=ENGLISH)
    ready.run_in_place(by_population, 2)
    far, fitting = values(ready, 0, "phrase_fit")
    assert far < 0.01 < fitting
    assert values(ready, 2, "phrase_fit") == [far, fitting]
    assert values(ready, 1, "phrase_anchor") == [fitting]


def test_the_first_pass_has_no_features_from_shares() -> None:
    text = "Paris, Texas"
    ready = sheet(text, toponyms(text, "Paris", "Texas"), {"Paris": PARIS, "Texas": TEXAS}, language=ENGLISH)
    ready.run_in_place(by_population, 1)
    assert values(ready, 0, "contained") == [0.0, 0.0]
