"""The learned part: a linear score a candidate, and a calibrated probability for the winner.

The ranker is a conditional logit (McFadden 1974): the candidates of a name share one softmax. That softmax knows
nothing of the places that are in no list, so the winner's probability comes from a logistic regression on what tells
right winners from wrong ones (Platt scaling, with more than one input). The weights are made by
`mapgen.training.resolution`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from mapgen.resolution.candidates.lookup import STATIC
from mapgen.resolution.evidence.coherence import COHERENCE
from mapgen.resolution.evidence.own_words import LOCAL
from mapgen.resolution.evidence.phrases import RELATED
from mapgen.resolution.evidence.signs import STANDING

__all__ = ["CALIBRATION", "FEATURES", "PASSES", "POOLED", "NamedFeatures", "Weights", "weights"]

POOLED = tuple(f"elsewhere_{name}" for name in LOCAL)
"""What the other mentions of the same name say, on average: one sense per document (Gale, Church & Yarowsky 1992)."""

FEATURES = (*STATIC, *LOCAL, *POOLED, *COHERENCE, *STANDING, *RELATED)
"""All features of a candidate, in the order of their columns."""

PASSES = ("first", "second", "third")
"""How many times the names of a document are ranked, each time in the light of what the others were taken for."""

CALIBRATION = (
    "constant", "share", "logit", "candidates", "settled_kind", "exact", "folded", "transliterated", "near",
    "main_name", "own", "population", "names", "country_share", "nearest", "contained", "cue_match", "cue_conflict",
)  # fmt: skip
"""Inputs of the winner's probability."""

_COLUMN = {name: column for column, name in enumerate(FEATURES)}

Array = NDArray[np.float64]


class NamedFeatures(Mapping[str, float]):
    """The features of one candidate that are not 0, by name: read where they are asked for, which is seldom.

    Args:
        values: a value for each of FEATURES.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Array) -> None:
        self._values = values

    def __getitem__(self, name: str) -> float:
        value = float(self._values[_COLUMN[name]])
        if not value:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (FEATURES[column] for column in np.flatnonzero(self._values))

    def __len__(self) -> int:
        return int(np.count_nonzero(self._values))

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the passes and of the calibration.

    Attributes:
        passes: a vector a pass, in the order of FEATURES. The first knows nothing of the other names (its weights of
            coherence are 0); each later one sees what the one before it answers.
        calibration: in the order of CALIBRATION.
    """

    passes: tuple[Array, ...]
    calibration: Array

    def probability(self, inputs: Array) -> float:
        """Return the probability that a winner with these `inputs` (order of CALIBRATION) is right."""
        return float(self.probabilities(inputs))

    def probabilities(self, inputs: Array) -> Array:
        """Return the same for several winners, a row of `inputs` each."""
        return np.asarray(1.0 / (1.0 + np.exp(-(inputs @ self.calibration))))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights that come with the package."""
    data = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        passes=tuple(_vector(data[name], FEATURES) for name in PASSES),
        calibration=_vector(data["calibration"], CALIBRATION),
    )


def _vector(table: Mapping[str, float], names: tuple[str, ...]) -> Array:
    unknown = set(table) - set(names)
    if unknown:
        raise ValueError(f"weights.json has weights of unknown features: {', '.join(sorted(unknown))}")
    return np.array([table.get(name, 0.0) for name in names])
