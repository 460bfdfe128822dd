"""The learned part: a linear score a candidate, and a calibrated probability for the winner.

The ranker is a conditional logit (McFadden 1974): the candidates of a name share one softmax. That softmax knows
nothing of the places that are in no list, so the winner's probability comes from a logistic regression on what tells
right winners from wrong ones (Platt scaling, with more than one input). The weights are made by
`mapgen.evaluation.train_resolution`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from mapgen.resolution.candidates import STATIC
from mapgen.resolution.context import COHERENCE
from mapgen.resolution.local import LOCAL
from mapgen.resolution.standing import STANDING

__all__ = ["CALIBRATION", "FEATURES", "POOLED", "Weights", "softmax", "weights"]

POOLED = tuple(f"elsewhere_{name}" for name in LOCAL)
"""What the other mentions of the same name say, on average: one sense per document (Gale, Church & Yarowsky 1992)."""

FEATURES = (*STATIC, *LOCAL, *POOLED, *COHERENCE, *STANDING)
"""All features of a candidate, in the order of their columns."""

CALIBRATION = (
    "constant", "share", "logit", "candidates", "exact", "folded", "transliterated", "near", "main_name", "own",
    "population", "names", "settled_kind", "country_share", "nearest", "contained", "cue_match", "cue_conflict",
)  # fmt: skip
"""Inputs of the winner's probability."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the two passes and of the calibration.

    Attributes:
        first: of the first pass, in the order of FEATURES; those of coherence are 0.
        second: of the second pass.
        calibration: in the order of CALIBRATION.
    """

    first: Array
    second: Array
    calibration: Array

    def probability(self, inputs: Array) -> float:
        """Return the probability that a winner with these `inputs` (order of CALIBRATION) is right."""
        return float(1.0 / (1.0 + np.exp(-float(inputs @ self.calibration))))


def softmax(scores: Array) -> Array:
    """Return the shares of candidates with `scores`; they sum to 1."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights that come with the package."""
    data = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        first=_vector(data["first"], FEATURES),
        second=_vector(data["second"], FEATURES),
        calibration=_vector(data["calibration"], CALIBRATION),
    )


def _vector(table: Mapping[str, float], names: tuple[str, ...]) -> Array:
    unknown = set(table) - set(names)
    if unknown:
        raise ValueError(f"weights.json has weights of unknown features: {', '.join(sorted(unknown))}")
    return np.array([table.get(name, 0.0) for name in names])
