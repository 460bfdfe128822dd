"""The linear ranker: a weighted sum of features per pass, and a logistic regression for the probability.

The ranker is a conditional logit (McFadden 1974): the candidates of a name share one softmax. The softmax cannot know
that the right place is in no gazetteer, so the probability of the top candidate comes from a logistic regression on
what separates right top candidates from wrong ones (Platt scaling, with more than one input). The weights are made by
`mapgen.training.resolution`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from mapgen.resolution.arrays import Array
from mapgen.resolution.features import COLUMN, NAMES, SCHEMA
from mapgen.resolution.ranking.ranker import TopCandidates

__all__ = ["CALIBRATION", "PASSES", "LinearRanker", "calibration_inputs", "linear_ranker"]

PASSES = ("first", "second", "third")
"""The passes, by their tables in the file of weights."""

_CALIBRATING = tuple(each.name for each in SCHEMA if each.calibrates)
_OF_SHARES = ("constant", "share", "logit", "candidates", "sole", "division")
CALIBRATION = (*_OF_SHARES, *_CALIBRATING)
"""Inputs of the calibrated probability."""

_CALIBRATING_COLUMNS = [COLUMN[name] for name in _CALIBRATING]


@dataclass(frozen=True, slots=True, eq=False)
class LinearRanker:
    """Ranks by weighted sums.

    Attributes:
        weights: a vector per pass, in the order of `mapgen.resolution.features.NAMES`. In the first pass the weights of
            features that need shares are 0.
        calibration: in the order of `CALIBRATION`.
    """

    weights: tuple[Array, ...]
    calibration: Array

    @property
    def passes(self) -> int:
        """How many times the names of a document are ranked."""
        return len(self.weights)

    def scores(self, features: Array, number: int) -> Array:
        """Return the weighted sum of each row with the weights of a pass."""
        return np.asarray(features @ self.weights[number])

    def contributions(self, features: Array) -> Array:
        """Return each feature times its weight in the last pass."""
        return features * self.weights[-1]

    def probabilities(self, tops: TopCandidates) -> Array:
        """Return the logistic function of the weighted sum of the calibration inputs."""
        return np.asarray(1.0 / (1.0 + np.exp(-(calibration_inputs(tops) @ self.calibration))))


def calibration_inputs(tops: TopCandidates) -> Array:
    """Return the inputs of the calibrated probabilities, a row per top candidate, columns of `CALIBRATION`."""
    shares = tops.shares
    of_shares = {
        "constant": np.ones(len(shares)),
        "share": shares,
        "logit": np.clip(np.log((shares + 1e-6) / (1.0 - shares + 1e-6)), -5.0, 7.0) / 5.0,
        "candidates": np.log1p(tops.candidates),
        "sole": tops.candidates == 1,
        "division": tops.is_division,
    }
    columns = np.column_stack([of_shares[name] for name in _OF_SHARES])
    return np.hstack([columns, tops.features[:, _CALIBRATING_COLUMNS]])


@lru_cache(maxsize=1)
def linear_ranker() -> LinearRanker:
    """Return the ranker with the weights that come with the package."""
    data = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return LinearRanker(
        weights=tuple(_vector(data[name], NAMES) for name in PASSES),
        calibration=_vector(data["calibration"], CALIBRATION),
    )


def _vector(table: Mapping[str, float], names: Sequence[str]) -> Array:
    unknown = set(table) - set(names)
    if unknown:
        raise ValueError(f"weights.json has weights of unknown features: {', '.join(sorted(unknown))}")
    return np.array([table.get(name, 0.0) for name in names])
