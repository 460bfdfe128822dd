"""The classifier: a sum of weights a class, and the choice of spans that do not overlap.

A candidate is a place, a person, something else that has a name (an organisation, a work, an event), or nothing. The
last has weight zero throughout, so that the sum for a class is the log-odds of that class against nothing. Persons and
organisations compete with places for the same words ("Bachar al-Assad", "Etat islamique"); they are not reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain

import numpy as np
import numpy.typing as npt

from mapgen.recognition.candidates import Span
from mapgen.recognition.features import FeatureIndex

__all__ = ["CLASSES", "PLACE", "Model", "agree", "choose", "load_common", "load_model"]

CLASSES = ("place", "person", "other")
"""The classes with weights; "nothing" is the fourth."""
PLACE = 0
SCALE = 100.0
"""Weights are stored as whole hundredths."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Features and their weights.

    Attributes:
        index: feature name -> row.
        weights: rows x classes.
        sense_index: feature name -> row, for the sense of a place.
        sense_weights: log-odds of metonymic.
    """

    index: FeatureIndex
    weights: Floats
    sense_index: FeatureIndex
    sense_weights: Floats

    def scores(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return the log-odds of each class against nothing, candidates x classes."""
        return _sums(rows, self.weights)

    def sense_scores(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return the log-odds of metonymic against literal."""
        return _sums(rows, self.sense_weights[:, None])[:, 0]


def _sums(rows: Sequence[Sequence[int]], weights: Floats) -> Floats:
    """Sum the weights of each row of feature numbers."""
    if not rows:
        return np.zeros((0, weights.shape[1]))
    lengths = np.fromiter(map(len, rows), dtype=np.intp, count=len(rows))
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.intp, count=int(lengths.sum()))
    sums = np.concatenate([np.zeros((1, weights.shape[1])), np.cumsum(weights[flat], axis=0)])
    ends = np.cumsum(lengths)
    result: Floats = sums[ends] - sums[ends - lengths]
    return result


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
    if not spans:
        return []
    totals = scores.copy()
    totals[:, PLACE] += bias
    best = totals.max(axis=1)
    kinds = totals.argmax(axis=1)
    odds = np.exp(np.minimum(totals, 50.0))
    probabilities = odds[:, PLACE] / (1.0 + odds.sum(axis=1))
    live = np.flatnonzero(best > 0).tolist()
    chosen = _disjoint([(spans[at].first, spans[at].last, float(best[at]), at) for at in live])
    places = sorted((spans[at].first, at) for at in chosen if kinds[at] == PLACE)
    return [(at, float(probabilities[at])) for _, at in places]


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
    spans: dict[str, int] = {}
    senses: dict[str, int] = {}
    rows: list[str] = []
    sense_rows: list[str] = []
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        name, _, numbers = line.partition("\t")
        if name.startswith("sense:"):
            senses[name[6:]] = len(senses)
            sense_rows.append(numbers)
        else:
            spans[name] = len(spans)
            rows.append(numbers)
    weights = np.array(" ".join(rows).split(), dtype=np.float64).reshape(len(rows), len(CLASSES)) / SCALE
    sense_weights = np.array(sense_rows, dtype=np.float64) / SCALE
    return Model(FeatureIndex(spans), weights, FeatureIndex(senses), sense_weights)


def load_common() -> dict[str, frozenset[str]]:
    """Return, by language, the words that are common in small letters: they may open a sentence without being names."""
    text = (resources.files(__package__) / "common-words.txt").read_text(encoding="utf-8")
    common: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        code, _, words = line.partition("\t")
        if words and not code.startswith("#"):
            common[code] = frozenset(words.split())
    return common
