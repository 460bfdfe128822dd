"""The feature matrix of a document and the passes over it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from mapgen.resolution.arrays import Array, Integers
from mapgen.resolution.evidence.coherence import DistinctNames, coherence_features
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.pairs import PairEvidence
from mapgen.resolution.evidence.surroundings import Surroundings
from mapgen.resolution.features import COLUMN, SCHEMA, Group, column_slice, pooled_slice

__all__ = ["Score", "Sheet"]

Score = Callable[[Array, int], Array]
"""Returns the score of each row of a feature matrix in the pass of that number, counted from 0."""

_COHERENCE, _POOLED, _SOURCES = column_slice(Group.COHERENCE), column_slice(Group.POOLED), pooled_slice()
_SOURCE = {each.name: column for column, each in enumerate(SCHEMA[_SOURCES])}
_OWN_EVIDENCE = (
    [_SOURCE[name] for name in ("cue_match", "cue_alike", "cue_conflict")],
    [_SOURCE["contained"]],
)
"""Columns that are not pooled for a mention that has such evidence of its own: its own cue decides, not that of the
other mentions."""
_FROM_SHARES = [COLUMN[each.name] for each in SCHEMA if each.from_shares]


class Sheet:
    """The candidates of all mentions of a document, a row each, in the order of the mentions.

    A sheet owns its arrays. `add_prior_in_place` changes `prior`; `run_in_place` changes `features`, `scores` and
    `shares`, and with them the views that the mentions have. Everything else is fixed.

    Args:
        names: the distinct names with their candidates.
        starts: the first row of each mention and, last, the number of rows.
        rows: of each row, its candidate in `names`.
        features: columns of `mapgen.resolution.features.NAMES`, those of the first pass filled; owned from now on.
        demonyms: each country's share of the demonyms in the text.
        around: the words around the mentions.
        mention_of: makes the mention of a number from its parts of features, shares and scores.

    Attributes:
        mentions: in text order.
        scores: of the last pass.
        shares: softmax of the scores, within each mention.
        prior: what is added to the scores.
    """

    def __init__(
        self,
        *,
        names: DistinctNames,
        starts: Integers,
        rows: Integers,
        features: Array,
        demonyms: Mapping[str, float],
        around: Surroundings,
        mention_of: Callable[[int, Array, Array, Array], Mention],
    ) -> None:
        self.names, self.starts, self.rows, self.features, self.around = names, starts, rows, features, around
        self.scores, self.shares, self.prior = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows))
        self._demonyms = demonyms
        bounds = starts.tolist()
        self.mentions: Sequence[Mention] = [
            mention_of(number, features[start:end], self.shares[start:end], self.scores[start:end])
            for number, (start, end) in enumerate(itertools.pairwise(bounds))
        ]
        self._pairs = PairEvidence(self.mentions, around, names, starts, rows)
        self._passes_run = 0

    def add_prior_in_place(self, values: Array) -> None:
        """Add `values` to the prior, a value per row."""
        self.prior += values

    def run_in_place(self, score: Score, passes: int) -> None:
        """Rank the candidates `passes` times, each pass with the shares of the pass before.

        The features of a pass must be complete before its scores: those that need shares, then the pooled means of
        these, then scores and shares. A second call starts from the first pass again.

        Args:
            score: scores the rows.
            passes: how many passes, at least 1.
        """
        if self._passes_run > 1:
            self.features[:, _FROM_SHARES] = 0.0
        for number in range(passes):
            if number:
                self.features[:, _COHERENCE] = coherence_features(self.names, self._weight(), self._demonyms)[self.rows]
                self._pairs.fill_in_place(self.features, self.shares)
            self._pool()
            np.add(score(self.features, number), self.prior, out=self.scores)
            self._share()
        self._passes_run = passes

    def _share(self) -> None:
        """Compute the softmax of the scores of each mention, all mentions in one call of `reduceat`."""
        starts = self.starts[:-1][np.diff(self.starts) > 0]
        if not len(starts):
            return
        sizes = np.diff(np.append(starts, len(self.scores)))
        powers = np.exp(self.scores - np.repeat(np.maximum.reduceat(self.scores, starts), sizes))
        np.divide(powers, np.repeat(np.add.reduceat(powers, starts), sizes), out=self.shares)

    def _weight(self) -> Array:
        """How much each candidate of each name counts: the shares of its surest mention, the first of equal ones."""
        weight = np.zeros(len(self.names.name))
        placed = [mention for mention in self.mentions if len(mention.candidates)]
        if not placed:
            return weight
        times = Counter(mention.name for mention in placed)
        surest: dict[int, tuple[float, Mention]] = {}
        most = np.maximum.reduceat(self.shares, self.starts[:-1][np.diff(self.starts) > 0])
        for mention, share in zip(placed, most.tolist(), strict=True):
            if mention.name not in surest or share > surest[mention.name][0]:
                surest[mention.name] = share, mention
        starts = self.names.starts.tolist()
        for name, (_, mention) in surest.items():
            weight[starts[name] : starts[name + 1]] = mention.shares * times[name] ** 0.5
        return weight

    def _pool(self) -> None:
        """Give each mention the mean of the features of the other mentions of its name.

        Rows of one candidate of one name form a group; the mean over the others is the sum of the group without the
        row itself. All groups are summed by one `reduceat` over the sorted rows.
        """
        times = np.bincount([mention.name for mention in self.mentions], minlength=1)
        repeated = np.array([times[mention.name] > 1 for mention in self.mentions], dtype=bool)
        sizes = np.diff(self.starts)
        rows = np.flatnonzero(np.repeat(repeated, sizes))
        if not len(rows):
            return
        own = self.features[rows, _SOURCES]
        _, group, count = np.unique(self.rows[rows], return_inverse=True, return_counts=True)
        sums = np.add.reduceat(own[np.argsort(group, kind="stable")], np.cumsum(count) - count)
        pooled = (sums[group] - own) / (count[group] - 1)[:, None]
        sizes = sizes[repeated & (sizes > 0)]
        for columns in _OWN_EVIDENCE:
            has_own = np.logical_or.reduceat(own[:, columns].any(axis=1), np.cumsum(sizes) - sizes)
            pooled[:, columns] *= ~np.repeat(has_own, sizes)[:, None]
        self.features[rows, _POOLED] = pooled
