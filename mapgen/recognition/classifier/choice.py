"""The choice of spans that do not overlap, out of the scores of all candidate spans."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np

from mapgen.recognition.classifier.model import CLASSES, PLACE, Floats
from mapgen.recognition.spans import CandidateSpan

__all__ = ["agree", "choose", "winners"]


def agree(spans: Sequence[CandidateSpan], scores: Floats, *, share: float = 0.4) -> Floats:
    """Return scores in which the occurrences of one name approach their mean: contexts differ in what they show.

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


def choose(spans: Sequence[CandidateSpan], scores: Floats, *, bias: float = 0.0) -> list[tuple[int, float]]:
    """Choose the spans of the greatest total log-odds such that none overlap, and return the places among them.

    Args:
        spans: the candidates.
        scores: their log-odds, candidates x classes.
        bias: added to the log-odds of a place.

    Returns:
        (index of the span, probability that it is a place), in text order.
    """
    totals = scores + np.where(np.arange(len(CLASSES)) == PLACE, bias, 0.0) if bias else scores
    return [(at, _probability(totals[at].tolist())) for at, label in winners(spans, totals) if label == PLACE]


def winners(spans: Sequence[CandidateSpan], scores: Floats) -> list[tuple[int, int]]:
    """Choose the spans of the greatest total log-odds such that none overlap.

    Args:
        spans: the candidates.
        scores: their log-odds, candidates x classes.

    Returns:
        (index of the span, its class), in text order.
    """
    live = np.flatnonzero((scores > 0).any(axis=1)).tolist()
    rows = dict(zip(live, scores[live].tolist(), strict=True))
    best = {at: max(row) for at, row in rows.items()}
    chosen = _disjoint([(spans[at].first, spans[at].last, top, at) for at, top in best.items()])
    return [(at, rows[at].index(best[at])) for _, at in sorted((spans[at].first, at) for at in chosen)]


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
