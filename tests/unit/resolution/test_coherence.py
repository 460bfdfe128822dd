import numpy as np
import pytest

from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Place
from mapgen.resolution.candidates import STATIC, candidate_set
from mapgen.resolution.context import COHERENCE, Context, coherence, haversine
from mapgen.resolution.ranker import CALIBRATION, FEATURES, softmax, weights

ENGLISH = Language(code="en", name="English", known=False)


def place(identity: str, lat: float, lon: float, country: str, **facts: object) -> Place:
    known = {"source": "test", "name": "Tripoli", "kind": Kind.CITY}
    return Place(id=identity, lat=lat, lon=lon, country=country, **{**known, **facts})  # type: ignore[arg-type]


LIBYA = place("ly", 32.89, 13.19, "LY", population=1_150_000, capital=True)
LEBANON = place("lb", 34.43, 35.84, "LB", population=230_000, admin1="03")
SET = candidate_set(tuple(Match(place=p, type=MatchType.EXACT, name="Tripoli") for p in (LIBYA, LEBANON)), ENGLISH)


def context(**given: object) -> Context:
    beirut = {
        "lat": np.radians([0.0, 33.89]),
        "lon": np.radians([0.0, 35.5]),
        "weight": np.array([0.0, 0.9]),
        "country": ("", "LB"),
        "admin": ("", "LB.04"),
        "kind": (None, Kind.CITY),
        "demonyms": {},
    }
    return Context(**{**beirut, **given})  # type: ignore[arg-type]


def feature(name: str, found: np.ndarray) -> list[float]:
    return [float(value) for value in found[:, COHERENCE.index(name)]]


def test_another_town_speaks_for_its_country_and_its_neighbourhood() -> None:
    found = coherence(SET, 0, context())
    assert feature("country_share", found) == [0.0, 1.0]
    libya, lebanon = feature("near_150", found)
    assert lebanon > 0.3 > libya
    assert feature("country_named", found) == [0.0, 0.0]


def test_a_country_named_speaks_without_its_point() -> None:
    found = coherence(SET, 0, context(kind=(None, Kind.COUNTRY), admin=("", "")))
    assert feature("country_named", found) == [0.0, 1.0]
    assert feature("near_600", found) == [0.0, 0.0]


def test_demonyms_speak_even_alone() -> None:
    alone = context(weight=np.zeros(2), demonyms={"LY": 1.0})
    assert feature("demonym_share", coherence(SET, 0, alone)) == [1.0, 0.0]


def test_static_features() -> None:
    assert SET.static[0, STATIC.index("capital")] == 1.0
    assert SET.static[:, STATIC.index("most_populous")].tolist() == [1.0, 0.0]
    assert SET.static[:, STATIC.index("population_share")].sum() == pytest.approx(1.0)
    assert SET.static[:, STATIC.index("main_name")].tolist() == [1.0, 1.0]


def test_haversine_agrees_with_the_meridian() -> None:
    quarter = haversine(np.array(0.0), np.array(0.0), np.array(np.pi / 2), np.array(0.0))
    assert float(quarter) == pytest.approx(10007.557, abs=0.01)


def test_shares_sum_to_one_even_for_wild_scores() -> None:
    shares = softmax(np.array([1000.0, 999.0, -1000.0]))
    assert shares.sum() == pytest.approx(1.0)
    assert shares[0] > shares[1] > shares[2] >= 0


def test_the_weights_of_the_package_fit_the_features() -> None:
    learned = weights()
    assert learned.first.shape == learned.second.shape == (len(FEATURES),)
    assert learned.calibration.shape == (len(CALIBRATION),)
    assert not learned.first[[FEATURES.index(name) for name in COHERENCE]].any()
    assert learned.second[FEATURES.index("cue_match")] > learned.second[FEATURES.index("cue_conflict")]
    assert 0.0 < learned.probability(np.ones(len(CALIBRATION))) < 1.0
