"""Picks the top candidate per mention and its calibrated probability, for all mentions of a document at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapgen.model import Kind, Sense
from mapgen.resolution.arrays import Array
from mapgen.resolution.candidates import KIND_CODE, Level
from mapgen.resolution.evidence import Mention, Sheet
from mapgen.resolution.features import COLUMN
from mapgen.resolution.ranking.ranker import Ranker, TopCandidates

__all__ = ["OWN_PROBABILITY", "Ranked", "main_country", "rank", "top_candidate"]

OWN_PROBABILITY = 0.97
"""Probability of a place of the user's own, which ranks above all others: the text may still mean another place of that
name."""

_OWN = COLUMN["own"]
_DIVISION_CODES = [KIND_CODE[kind] for kind in (Kind.COUNTRY, Kind.CONTINENT, Kind.REGION)]


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The candidates of each mention in order.

    Attributes:
        orders: for each mention the rows of its candidates, the top one first.
        scores: for each mention the scores of its candidates in that order.
        shares: likewise the shares of the softmax.
        probabilities: calibrated, of the top candidate of each mention; 0.0 without candidates.
    """

    orders: Sequence[list[int]]
    scores: Sequence[list[float]]
    shares: Sequence[list[float]]
    probabilities: Sequence[float]


def rank(sheet: Sheet, ranker: Ranker) -> Ranked:
    """Return the order of the candidates of each mention of a sheet whose passes have run.

    A person's ruling comes first, then the user's own places, then all others by score; of equal scores the better
    known place, which has the smaller row.
    """
    starts, sizes = sheet.starts, np.diff(sheet.starts)
    precedence = sheet.features[:, _OWN].copy()
    for number, mention in enumerate(sheet.mentions):
        if mention.ruling is not None and sizes[number]:
            precedence[starts[number]] = 2.0
    # One stable sort for the whole document, by mention, precedence, score; the last key is the first criterion.
    ordered = np.lexsort((-sheet.scores, -precedence, np.repeat(np.arange(len(sizes)), sizes)))
    bounds = list(itertools.pairwise(starts.tolist()))
    orders, scores, shares = (
        [values[start:end] for start, end in bounds]
        for values in (
            (ordered - np.repeat(starts[:-1], sizes)).tolist(),
            sheet.scores[ordered].tolist(),
            sheet.shares[ordered].tolist(),
        )
    )
    placed = np.flatnonzero(sizes)
    top = ordered[starts[placed]]
    tops = TopCandidates(
        shares=_answer_shares(sheet, placed.tolist(), (top - starts[placed]).tolist()),
        candidates=sizes[placed],
        is_division=np.isin(sheet.names.codes[Level.KIND, sheet.rows[top]], _DIVISION_CODES),
        features=sheet.features[top],
    )
    probabilities = np.zeros(len(sizes))
    probabilities[placed] = np.where(tops.features[:, _OWN] > 0, OWN_PROBABILITY, ranker.probabilities(tops))
    return Ranked(orders, scores, shares, probabilities.tolist())


def _answer_shares(sheet: Sheet, placed: Sequence[int], rows: Sequence[int]) -> Array:
    """The shares of the top candidates of some mentions, each with those of its twins."""
    return np.array([answer_share(sheet.mentions[number], row) for number, row in zip(placed, rows, strict=True)])


def answer_share(mention: Mention, row: int) -> float:
    """Return the share of a candidate and its twins: a town and the district around it share one name's mass.

    Which of the two is meant is another question than whether the place is right.
    """
    return float(sum(mention.shares[each] for each in (row, *mention.candidates.twins[row])))


def top_candidate(mention: Mention) -> tuple[int, TopCandidates]:
    """Return the row of the candidate with the highest score, and the candidate as input of a calibration."""
    row = int(mention.scores.argmax())
    return row, TopCandidates(
        shares=np.array([answer_share(mention, row)]),
        candidates=np.array([len(mention.candidates)]),
        is_division=np.isin(mention.candidates.codes[Level.KIND, [row]], _DIVISION_CODES),
        features=mention.features[[row]],
    )


def main_country(mentions: Sequence[Mention]) -> str:
    """Return the country of most of the document's places, or "" where no country has half of them."""
    shares: dict[str, float] = {}
    for mention in mentions:
        if len(mention.candidates) and mention.toponym.sense is Sense.LITERAL:
            top = int(mention.scores.argmax())
            country = mention.candidates.country[top]
            shares[country] = shares.get(country, 0.0) + float(mention.shares[top])
    shares.pop("", None)
    # Of two countries with equal shares the first in the alphabet.
    main = min(shares, key=lambda country: (-shares[country], country), default="")
    return main if main and shares[main] >= sum(shares.values()) / 2 else ""
