"""How sure a figure is: the percentile bootstrap (Efron 1979), by document.

The names of one document are no independent draws: a text that names a town twenty times gives twenty answers that
stand or fall together. So documents are drawn again, not names (cluster bootstrap; Davison & Hinkley 1997, section
3.8), except where there are too few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEWEST_DOCUMENTS", "Statistic", "intervals", "ratio"]

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
"""From sums of counts, an array of shape (rounds, counts), to the figure of each round."""

FEWEST_DOCUMENTS = 10
"""With fewer, names are drawn: a handful of documents says nothing of how documents differ."""

_CHUNK = 2_000_000


def ratio(over: int, under: int) -> Statistic:
    """Return the statistic that divides one count by another; 0 where there is nothing to divide by."""

    def share(sums: Array) -> Array:
        return np.divide(sums[:, over], sums[:, under], out=np.zeros(len(sums)), where=sums[:, under] > 0)

    return share


def intervals(
    documents: Sequence[Sequence[Sequence[float]]],
    statistics: Mapping[str, Statistic],
    *,
    rounds: int = 1000,
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of each statistic; the same input gives the same intervals.

    Args:
        documents: for each document its items (names), and for each item its counts, all of the same length.
        statistics: by name.
        rounds: how often is drawn.
        seed: of the drawing.
    """
    items = [item for document in documents for item in document]
    if not items:
        return dict.fromkeys(statistics, (0.0, 0.0))
    if len(documents) < FEWEST_DOCUMENTS:
        units = np.array(items, dtype=np.float64)
    else:
        width = len(items[0])
        units = np.array(
            [np.sum(np.array(document, dtype=np.float64).reshape(-1, width), axis=0) for document in documents]
        )
    chance = np.random.default_rng(seed)
    step = max(1, _CHUNK // len(units))
    sums = np.concatenate([_resampled(units, min(step, rounds - done), chance) for done in range(0, rounds, step)])
    found = {}
    for name, statistic in statistics.items():
        low, high = np.quantile(statistic(sums), (0.025, 0.975))
        found[name] = (float(low), float(high))
    return found


def _resampled(units: Array, rounds: int, chance: np.random.Generator) -> Array:
    drawn = chance.integers(0, len(units), size=(rounds, len(units)))
    return np.asarray(units[drawn].sum(axis=1))
