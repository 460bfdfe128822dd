import pickle
from collections.abc import Sequence

import numpy as np
import pytest

from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Place
from mapgen.resolution.candidates.lookup import STATIC, CandidateSet, candidate_set
from mapgen.resolution.evidence.coherence import COHERENCE, WINDOW, coherence, gathered, haversine
from mapgen.resolution.ranking.weights import CALIBRATION, FEATURES, PASSES, NamedFeatures, weights

ENGLISH = Language(code="en", name="English", known=False)


def place(identity: str, lat: float, lon: float, country: str, **facts: object) -> Place:
    known = {"source": "test", "name": "Tripoli", "kind": Kind.CITY}
    return Place(id=identity, lat=lat, lon=lon, country=country, **{**known, **facts})  # type: ignore[arg-type]


LIBYA = place("ly", 32.89, 13.19, "LY", population=1_150_000, capital=True)
LEBANON = place("lb", 34.43, 35.84, "LB", population=230_000, admin1="03")
SET = candidate_set(tuple(Match(place=p, type=MatchType.EXACT, name="Tripoli") for p in (LIBYA, LEBANON)), ENGLISH)


BEIRUT = place("beirut", 33.89, 35.5, "LB", name="Beirut", admin1="04")
LEBANON_ITSELF = place("iso:LB", 33.83, 35.83, "LB", name="Lebanon", kind=Kind.COUNTRY)
TWO_SIDONS = (place("us", 41.5, -90.0, "US", admin1="IL"), place("lb2", 33.56, 35.37, "LB", admin1="03"))


def one(*places: Place) -> CandidateSet:
    return candidate_set(tuple(Match(place=p, type=MatchType.EXACT, name=p.name) for p in places), ENGLISH)


def feature(name: str, others: Sequence[CandidateSet], weight: Sequence[float], **demonyms: float) -> list[float]:
    found = coherence(gathered([SET, *others]), np.array([0.5, 0.5, *weight]), demonyms)
    return [float(value) for value in found[:2, COHERENCE.index(name)]]


def test_another_town_speaks_for_its_country_and_its_neighbourhood() -> None:
    assert feature("country_share", [one(BEIRUT)], [0.9]) == [0.0, 1.0]
    libya, lebanon = feature("near_150", [one(BEIRUT)], [0.9])
    assert lebanon > 0.3 > libya
    assert feature("country_named", [one(BEIRUT)], [0.9]) == [0.0, 0.0]


def test_a_country_named_speaks_without_its_point() -> None:
    assert feature("country_named", [one(LEBANON_ITSELF)], [0.9]) == [0.0, 0.9]
    assert feature("near_600", [one(LEBANON_ITSELF)], [0.9]) == [0.0, 0.0]


def test_a_name_that_may_mean_several_places_speaks_for_each_by_its_share() -> None:
    assert feature("country_share", [one(*TWO_SIDONS)], [0.75, 0.25]) == [0.0, 0.25]
    assert feature("region_share", [one(*TWO_SIDONS)], [0.75, 0.25]) == [0.0, 0.25]
    assert feature("region_lead", [one(*TWO_SIDONS)], [0.5, 0.5])[1] == pytest.approx(0.5)


def test_a_name_never_speaks_for_itself() -> None:
    for name in COHERENCE:
        assert feature(name, [], []) == [0.0, 0.0]


def test_names_far_off_in_a_long_document_are_not_heard() -> None:
    others = [one(BEIRUT), *[one(place(f"x{n}", 0.0, 0.0, "XX")) for n in range(4 * WINDOW)]]
    assert feature("country_share", others, [1.0] * len(others))[1] > 0
    assert feature("country_share", others[::-1], [1.0] * len(others)) == [0.0, 0.0]


def test_demonyms_speak_even_alone() -> None:
    assert feature("demonym_share", [], [], LY=1.0) == [1.0, 0.0]


def test_static_features() -> None:
    assert SET.static[0, STATIC.index("capital")] == 1.0
    assert SET.static[:, STATIC.index("most_populous")].tolist() == [1.0, 0.0]
    assert SET.static[:, STATIC.index("population_share")].sum() == pytest.approx(1.0)
    assert SET.static[:, STATIC.index("main_name")].tolist() == [1.0, 1.0]


def test_a_region_and_its_town_know_of_each_other() -> None:
    state, town = (place(kind, 0.0, 0.0, "US", kind=kind, admin1="NY") for kind in (Kind.REGION, Kind.CITY))
    twins = one(state, town, place("elsewhere", 0.0, 0.0, "US", admin1="NE")).static
    assert twins[:, STATIC.index("twin_region")].tolist() == [1.0, 0.0, 0.0]
    assert twins[:, STATIC.index("twin_city")].tolist() == [0.0, 1.0, 0.0]
    assert twins[:, STATIC.index("country_rank")] == pytest.approx([0.0, -np.log(2), -np.log(3)])


def test_haversine_agrees_with_the_meridian() -> None:
    quarter = haversine(np.array(0.0), np.array(0.0), np.array(np.pi / 2), np.array(0.0))
    assert float(quarter) == pytest.approx(10007.557, abs=0.01)


def test_the_weights_of_the_package_fit_the_features() -> None:
    learned = weights()
    assert [vector.shape for vector in learned.passes] == [(len(FEATURES),)] * len(PASSES)
    assert learned.calibration.shape == (len(CALIBRATION),)
    assert not learned.passes[0][[FEATURES.index(name) for name in COHERENCE]].any()
    assert learned.passes[-1][FEATURES.index("cue_match")] > learned.passes[-1][FEATURES.index("cue_conflict")]
    assert 0.0 < learned.probability(np.ones(len(CALIBRATION))) < 1.0


def test_named_features_are_those_that_are_not_zero() -> None:
    values = np.zeros(len(FEATURES))
    values[FEATURES.index("capital")] = 0.5
    named = NamedFeatures(values)
    assert dict(named) == {"capital": 0.5} == named
    assert "population" not in named
    assert pickle.loads(pickle.dumps(named)) == named
