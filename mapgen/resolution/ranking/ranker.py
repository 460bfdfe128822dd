"""What can rank candidates: the protocol that the resolver is given an implementation of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mapgen.resolution.arrays import Array, Flags, Integers

__all__ = ["Ranker", "TopCandidates"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TopCandidates:
    """The top candidates of several mentions, an entry per mention.

    Attributes:
        shares: of the softmax.
        candidates: how many candidates the mention has.
        is_division: whether the top candidate is a country, a continent or a region of the first level.
        features: columns of `mapgen.resolution.features.NAMES`.
    """

    shares: Array
    candidates: Integers
    is_division: Flags
    features: Array


class Ranker(Protocol):
    """Scores candidates by their features; the features of a row are those of `mapgen.resolution.features.NAMES`."""

    @property
    def passes(self) -> int:
        """How many times the names of a document are ranked, at least 1."""

    def scores(self, features: Array, number: int) -> Array:
        """Return the score of each row in the pass of that number, counted from 0."""

    def contributions(self, features: Array) -> Array:
        """Return what each feature of each row adds to its score in the last pass; a row sums to its score."""

    def probabilities(self, tops: TopCandidates) -> Array:
        """Return the calibrated probability that each top candidate is the right place, 0 to 1."""
