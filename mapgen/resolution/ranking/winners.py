"""Who leads for each name of a sheet, and how sure that is: worked out for all names of a document at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.model import Kind
from mapgen.resolution.candidates.lookup import KIND_CODE
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.sheet import Sheet
from mapgen.resolution.ranking.weights import CALIBRATION, FEATURES, Weights

__all__ = ["OWN_PROBABILITY", "Winners", "calibration_inputs", "winners"]

OWN_PROBABILITY = 0.97
"""A place that the user has named wins; what remains is that the text means another of that name."""

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

_CALIBRATED = [FEATURES.index(name) for name in CALIBRATION if name in FEATURES]
_OWN = FEATURES.index("own")
_SETTLED = [KIND_CODE[kind] for kind in (Kind.COUNTRY, Kind.CONTINENT, Kind.REGION)]


@dataclass(frozen=True, slots=True)
class Winners:
    """The candidates of each mention in order.

    Attributes:
        orders: for each mention the rows of its candidates, best first.
        scores: for each mention the scores of its candidates in that order.
        shares: the same of the softmax.
        probabilities: calibrated, of the first of each; 0.0 without candidates.
    """

    orders: Sequence[list[int]]
    scores: Sequence[list[float]]
    shares: Sequence[list[float]]
    probabilities: Sequence[float]


def winners(sheet: Sheet, learned: Weights) -> Winners:
    """Return the order of the candidates of each mention.

    What a person said comes first, then the user's own places, then all others.
    """
    starts, sizes = sheet.starts, np.diff(sheet.starts)
    own = sheet.features[:, _OWN].copy()
    for number, mention in enumerate(sheet.mentions):
        if mention.ruling is not None and sizes[number]:
            own[starts[number]] = 2.0
    sorted_ = np.lexsort((-sheet.scores, -own, np.repeat(np.arange(len(sizes)), sizes)))
    bounds = list(itertools.pairwise(starts.tolist()))
    orders, scores, shares = (
        [values[start:end] for start, end in bounds]
        for values in (
            (sorted_ - np.repeat(starts[:-1], sizes)).tolist(),
            sheet.scores[sorted_].tolist(),
            sheet.shares[sorted_].tolist(),
        )
    )
    placed = np.flatnonzero(sizes)
    best = sorted_[starts[placed]]
    settled = np.isin(sheet.names.codes[2, sheet.rows[best]], _SETTLED)
    inputs = _inputs(sheet.shares[best], sizes[placed], settled, sheet.features[best])
    probabilities = np.zeros(len(sizes))
    probabilities[placed] = np.where(sheet.features[best, _OWN] > 0, OWN_PROBABILITY, learned.probabilities(inputs))
    return Winners(orders, scores, shares, probabilities.tolist())


def calibration_inputs(mention: Mention, best: int) -> Array:
    """Return the inputs of the winner's probability, in the order of `CALIBRATION`."""
    found = mention.candidates
    settled = np.isin(found.codes[2, [best]], _SETTLED)
    return np.asarray(_inputs(mention.shares[[best]], np.array([len(found)]), settled, mention.features[[best]])[0])


def _inputs(shares: Array, sizes: Codes, settled: NDArray[np.bool_], features: Array) -> Array:
    """The inputs of the probabilities of several winners, a row each."""
    inputs = np.ones((len(shares), len(CALIBRATION)))
    inputs[:, 1] = shares
    inputs[:, 2] = np.clip(np.log((shares + 1e-6) / (1.0 - shares + 1e-6)), -5.0, 7.0) / 5.0
    inputs[:, 3] = np.log1p(sizes)
    inputs[:, 4] = settled
    inputs[:, 5:] = features[:, _CALIBRATED]
    return inputs
