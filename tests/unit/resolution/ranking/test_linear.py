import numpy as np
import pytest

from mapgen.resolution.features import COLUMN, NAMES, SCHEMA
from mapgen.resolution.ranking import linear_ranker
from mapgen.resolution.ranking.linear import CALIBRATION, PASSES, LinearRanker, _vector, calibration_inputs
from mapgen.resolution.ranking.ranker import TopCandidates


def tops(share: float, candidates: int = 3, *, division: bool = False, **features: float) -> TopCandidates:
    values = np.zeros((1, len(NAMES)))
    for name, value in features.items():
        values[0, COLUMN[name]] = value
    return TopCandidates(
        shares=np.array([share]),
        candidates=np.array([candidates]),
        is_division=np.array([division]),
        features=values,
    )


def test_the_weights_of_the_package_fit_the_schema() -> None:
    ranker = linear_ranker()
    assert [vector.shape for vector in ranker.weights] == [(len(NAMES),)] * len(PASSES)
    assert ranker.passes == len(PASSES)
    assert not ranker.weights[0][[each.from_shares for each in SCHEMA]].any()
    assert ranker.weights[-1][COLUMN["cue_match"]] > ranker.weights[-1][COLUMN["cue_conflict"]]


def test_contributions_sum_to_the_score_of_the_last_pass() -> None:
    ranker, features = linear_ranker(), np.random.default_rng(3).random((5, len(NAMES)))
    assert ranker.contributions(features).sum(axis=1) == pytest.approx(ranker.scores(features, ranker.passes - 1))
    assert ranker.scores(features, 0) != pytest.approx(ranker.scores(features, 1))


def test_calibration_inputs_are_found_by_name() -> None:
    inputs = calibration_inputs(tops(0.5, 7, division=True, capital=9.0, cue_match=1.0, nearest=0.25))[0]
    by_name = dict(zip(CALIBRATION, inputs.tolist(), strict=True))
    assert by_name["constant"] == by_name["division"] == by_name["cue_match"] == 1.0
    assert (by_name["share"], by_name["logit"], by_name["nearest"]) == (0.5, 0.0, 0.25)
    assert by_name["candidates"] == pytest.approx(np.log(8))
    assert set(CALIBRATION) - {each.name for each in SCHEMA} == {
        "constant", "share", "logit", "candidates", "sole", "division"
    }  # fmt: skip


@pytest.mark.parametrize(("candidates", "sole"), [(1, 1.0), (2, 0.0)])
def test_a_sole_candidate_is_told_from_the_winner_of_several(candidates: int, sole: float) -> None:
    inputs = calibration_inputs(tops(1.0, candidates))[0]
    assert dict(zip(CALIBRATION, inputs.tolist(), strict=True))["sole"] == sole


def test_a_larger_share_is_a_higher_probability() -> None:
    ranker = linear_ranker()
    low, high = (float(ranker.probabilities(tops(share, exact=1.0))[0]) for share in (0.3, 0.9))
    assert 0.0 < low < high < 1.0


def test_the_probability_is_the_logistic_function() -> None:
    ranker = LinearRanker(weights=(np.zeros(len(NAMES)),), calibration=np.zeros(len(CALIBRATION)))
    assert ranker.probabilities(tops(0.9)).tolist() == [0.5]


def test_weights_of_unknown_features_are_an_error() -> None:
    assert _vector({"b": 2.0}, ("a", "b")).tolist() == [0.0, 2.0]
    with pytest.raises(ValueError, match="typo"):
        _vector({"typo": 1.0}, ("a", "b"))
