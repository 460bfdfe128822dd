"""The classifier: a sum of weights a class, and the choice of spans that do not overlap.

A candidate is a place, a person, something else that has a name (an organisation, a work, an event), or nothing. The
last has weight zero throughout, so that the sum for a class is the log-odds of that class against nothing. Persons and
organisations compete with places for the same words ("Bachar al-Assad", "Etat islamique"); they are not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import exp
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from mapgen.recognition.candidates import Span

__all__ = ["CLASSES", "LINKED_CUE", "PLACE", "SCALE", "Model", "agree", "choose", "load_common", "load_model"]

CLASSES = ("place", "person", "other")
"""The classes with weights; "nothing" is the fourth."""
PLACE = 0
SCALE = 100.0
"""Weights are stored as whole hundredths."""
LINKED_CUE = "L.cue=+"
"""The feature of a candidate that a cue before it speaks of ("la ville de X"); the recogniser asks for it by itself."""
_SENSE = "sense:"
"""Marks the features of the sense, behind all others."""

# The weights of a feature are summed in one go, as fields of one number of 64 bits: a field for each class, of 20 bits,
# that may be negative, and above them the count of LINKED_CUE.
_SHIFTS = np.arange(len(CLASSES), dtype=np.int64) * 20
_MARK, _MASK, _MIDDLE = 60, (1 << 20) - 1, 1 << 19
_MIDDLES = np.int64(sum(_MIDDLE << 20 * field for field in range(len(CLASSES))))

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Model:
    """Features and their weights, in whole hundredths.

    Attributes:
        packed: feature name -> its weights for the classes as one number, and whether it is `LINKED_CUE`.
        senses: feature name -> log-odds of metonymic.
    """

    packed: Mapping[str, int]
    senses: Mapping[str, int]

    def encode(self, names: Iterable[str]) -> int:
        """Return the sum of the packed weights of features; those without weights count nothing."""
        return sum(filter(None, map(self.packed.get, names)))

    def scores(self, totals: Sequence[int]) -> tuple[Floats, Flags]:
        """Return what the sums of `encode` say of candidates.

        Returns:
            The log-odds of each class against nothing, candidates x classes, and whether `LINKED_CUE` is among the
            features of each.
        """
        fields = np.array(totals, dtype=np.int64) + _MIDDLES
        scores = ((fields[:, None] >> _SHIFTS) & _MASK) - _MIDDLE
        return scores / SCALE, (fields >> _MARK).astype(np.bool_)

    def weights(self, name: str) -> tuple[float, ...]:
        """Return the weights of a feature for the classes, log-odds."""
        row, _ = self.scores([self.packed.get(name, 0)])
        return tuple(row[0].tolist())

    def metonymic(self, names: Iterable[str]) -> bool:
        """Tell whether the features of a place speak for the metonymic sense."""
        return sum(filter(None, map(self.senses.get, names))) > 0


def agree(spans: Sequence[Span], scores: Floats, *, share: float = 0.4) -> Floats:
    """Draw the occurrences of one name in a text towards each other: what one context hides, another shows.

    Args:
        spans: the candidates of one text.
        scores: their log-odds, candidates x classes.
        share: how much of its mean over all occurrences each takes on.
    """
    numbers: dict[str, int] = {}
    groups = np.fromiter((numbers.setdefault(span.surface, len(numbers)) for span in spans), np.intp, len(spans))
    if len(numbers) == len(spans):
        return scores
    counts = np.bincount(groups)
    means = np.stack([np.bincount(groups, weights=column) / counts for column in scores.T], axis=1)
    result: Floats = (1 - share) * scores + share * means[groups]
    return result


def choose(spans: Sequence[Span], scores: Floats, *, bias: float = 0.0) -> list[tuple[int, float]]:
    """Choose the spans of the greatest total log-odds such that none overlap, and return the places among them.

    Args:
        spans: the candidates.
        scores: their log-odds, candidates x classes.
        bias: added to the log-odds of a place.

    Returns:
        (index of the span, probability that it is a place), in text order.
    """
    totals = scores + np.where(np.arange(len(CLASSES)) == PLACE, bias, 0.0) if bias else scores
    live = np.flatnonzero((totals > 0).any(axis=1)).tolist()
    rows = dict(zip(live, totals[live].tolist(), strict=True))
    best = {at: max(row) for at, row in rows.items()}
    chosen = _disjoint([(spans[at].first, spans[at].last, top, at) for at, top in best.items()])
    places = sorted((spans[at].first, at) for at in chosen if rows[at][PLACE] == best[at])
    return [(at, _probability(rows[at])) for _, at in places]


def _probability(row: Sequence[float]) -> float:
    """Return the probability of a place, from the log-odds of the classes against nothing."""
    odds = [exp(min(value, 50.0)) for value in row]
    return odds[PLACE] / (1.0 + sum(odds))


def _disjoint(items: list[tuple[int, int, float, int]]) -> list[int]:
    """Weighted interval scheduling: the disjoint items of the greatest sum, cluster by cluster."""
    chosen: list[int] = []
    items.sort()
    cluster: list[tuple[int, int, float, int]] = []
    reach = -1
    for item in items:
        if cluster and item[0] > reach:
            chosen += _best(cluster)
            cluster = []
        cluster.append(item)
        reach = max(reach, item[1])
    return chosen + _best(cluster)


def _best(cluster: list[tuple[int, int, float, int]]) -> list[int]:
    if len(cluster) <= 1:
        return [item[3] for item in cluster]
    cluster = sorted(cluster, key=lambda item: item[1])
    sums, picks = [0.0], [()]  # type: list[float], list[tuple[object, ...]]
    for at, (first, _, score, number) in enumerate(cluster):
        before = at
        while before > 0 and cluster[before - 1][1] >= first:
            before -= 1
        if sums[before] + score > sums[at]:
            sums.append(sums[before] + score)
            picks.append((picks[before], number))
        else:
            sums.append(sums[at])
            picks.append(picks[at])
    chosen: list[int] = []
    pick: tuple[object, ...] = picks[-1]
    while pick:
        chosen.append(pick[1])  # type: ignore[arg-type]
        pick = pick[0]  # type: ignore[assignment]
    return chosen


def load_model() -> Model:
    """Return the shipped model.

    Raises:
        FileNotFoundError: the package lacks its weights.
    """
    text = (resources.files(__package__) / "weights.tsv").read_text(encoding="utf-8")
    rows = [line.partition("\t") for line in text.splitlines() if line and not line.startswith("#")]
    split = next((at for at, row in enumerate(rows) if row[0].startswith(_SENSE)), len(rows))
    names = [name for name, _, _ in rows[:split]]
    numbers = " ".join([numbers for _, _, numbers in rows[:split]]).split()
    table = np.array(list(map(int, numbers)), dtype=np.int64).reshape(split, len(CLASSES))
    packed = dict(zip(names, (table << _SHIFTS).sum(axis=1).tolist(), strict=True))
    if LINKED_CUE in packed:
        packed[LINKED_CUE] += 1 << _MARK
    return Model(packed, {name.removeprefix(_SENSE): int(number) for name, _, number in rows[split:]})


@lru_cache(maxsize=1)
def load_common() -> Mapping[str, frozenset[str]]:
    """Return, by language, the words that are common in small letters: they may open a sentence without being names."""
    text = (resources.files(__package__) / "common-words.txt").read_text(encoding="utf-8")
    common: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        code, _, words = line.partition("\t")
        if words and not code.startswith("#"):
            common[code] = frozenset(words.split())
    return MappingProxyType(common)
