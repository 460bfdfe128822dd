"""What the names of a text say of each other, two by two: container, neighbour, fellow of a list, spatial phrase.

Which names speak for which, and which of their candidates agree, is the same in every pass: it is worked out once a
document. A pass only fills in how much each candidate counts by then.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mapgen.kinds import VAST
from mapgen.resolution.candidates.lookup import KIND_CODE
from mapgen.resolution.evidence.coherence import Names
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.own_words import containment, neighbours
from mapgen.resolution.evidence.phrases import WEIGHT, fits
from mapgen.resolution.evidence.surroundings import Surroundings
from mapgen.resolution.ranking.weights import FEATURES

__all__ = ["Bonds"]

ADJACENT = 200
"""Code points between two names that can still speak for each other as neighbours."""

LEAST = 1e-15
"""Agreement of list members below this is what rounding leaves of none."""

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

_CONTAINED, _CONTAINING, _BEFORE, _AFTER, _TOLD, _TELLING = (
    FEATURES.index(name) for name in ("contained", "containing", "before", "after", "told", "telling")
)
_LIST = [FEATURES.index(f"list_{what}") for what in ("country", "region", "kind")]
_FAR = tuple(KIND_CODE[kind] for kind in sorted(VAST))


class Bonds:
    """The bonds between the mentions of one sheet.

    Args:
        mentions: in text order.
        around: what the words around them say.
        names: the distinct names with their candidates.
        starts: where each mention's candidates begin on the sheet, and, last, where they end.
        rows: of each candidate of a mention, its row in `names`.
    """

    def __init__(
        self, mentions: Sequence[Mention], around: Surroundings, names: Names, starts: Codes, rows: Codes
    ) -> None:
        self._mentions, self._starts = mentions, starts
        self._kind, self._lat, self._lon = names.codes[2, rows], names.lat[rows], names.lon[rows]
        self._contained = [
            (mentions[inner], mentions[outer], containment(mentions[inner].candidates, mentions[outer].candidates))
            for inner, outer in around.inside.items()
            if len(mentions[inner].candidates) and len(mentions[outer].candidates)
        ]
        self._beside = _beside(mentions)
        self._phrases = [
            (mentions[position], mentions[holder], fits(relation, inner, outer))
            for position, holder in around.holders.items()
            if (relation := mentions[holder].toponym.relation) is not None
            and len(relation.anchors) == 1
            and len(inner := mentions[position].candidates)
            and len(outer := mentions[holder].candidates)
        ]
        self._lay_lists(around.lists, names.codes[:, rows])

    def fill(self, features: Array, shares: Array) -> None:
        """Fill in the features of all bonds.

        Args:
            features: of the sheet, columns as in FEATURES; written to.
            shares: of the pass before.
        """
        for inner, outer, inside in self._contained:
            inner.features[:, _CONTAINED] = inside @ outer.shares
            outer.features[:, _CONTAINING] = inside.max(axis=0, initial=False)
        self._neighbour(features, shares)
        self._list(features, shares)
        for inner, outer, fit in self._phrases:
            # "12 km from Kerman" is measured from the town; "Kerman province" beside it is not.
            outer.features[:, _TELLING] = WEIGHT * fit.max(axis=0, initial=0.0)
            here = WEIGHT * (fit @ outer.shares)
            for mention in self._mentions:
                if mention.name == inner.name:
                    mention.features[:, _TOLD] = here

    def _neighbour(self, features: Array, shares: Array) -> None:
        """Hold each mention against the first choice for the one before it and the one after it."""
        if not len(self._beside):
            return
        position, other, column = self._beside.T
        tops = {number: int(self._mentions[number].shares.argmax()) for number in set(other.tolist())}
        top = self._starts[other] + [tops[number] for number in other.tolist()]
        speaks = ~np.isin(self._kind[top], _FAR)
        position, top, column = position[speaks], top[speaks], column[speaks]
        here, sizes = _rows(self._starts, position)
        there = np.repeat(top, sizes)
        near = neighbours(self._lat[here], self._lon[here], self._lat[there], self._lon[there])
        features[here, np.repeat(column, sizes)] = near * shares[there]

    def _lay_lists(self, lists: Sequence[tuple[int, ...]], codes: Codes) -> None:
        """Number the candidates of list members: alike where the code and the list, or the mention, are."""
        placed = [bool(len(mention.candidates)) for mention in self._mentions]
        known = [sum(placed[other] for other in others) for others in lists]
        listed = np.array([number for number, count in enumerate(known) if count and placed[number]], dtype=np.int64)
        self._listed, sizes = _rows(self._starts, listed)
        self._known = np.repeat(np.array(known, dtype=np.int64)[listed], sizes)
        # A list goes by its first member.
        run = np.repeat([min(number, *lists[number]) for number in listed.tolist()], sizes).astype(np.int64)
        mention = np.repeat(listed, sizes)
        self._told, self._by_run, self._by_mention = [], [], []
        for level, column in enumerate(codes[:, self._listed]):
            width = int(column.max(initial=0)) + 1
            self._told.append((column > 0) | (level == 2))
            self._by_run.append(_numbered(run * width + column))
            self._by_mention.append(_numbered(mention * width + column))

    def _list(self, features: Array, shares: Array) -> None:
        """Say of each candidate how far the other members of its list agree with it."""
        if not len(self._listed):
            return
        mass = shares[self._listed]
        for column, told, run, mention in zip(_LIST, self._told, self._by_run, self._by_mention, strict=True):
            alike = (np.bincount(run, mass)[run] - np.bincount(mention, mass)[mention]) / self._known
            features[self._listed, column] = np.where(told & (alike >= LEAST), alike, 0.0)


def _beside(mentions: Sequence[Mention]) -> Codes:
    """Mentions that stand close: position, position of the one that speaks for it, column of what it says."""
    placed = [position for position, mention in enumerate(mentions) if len(mention.candidates)]
    found = []
    for first, second in itertools.pairwise(placed):
        one, two = mentions[first], mentions[second]
        if one.name != two.name and two.toponym.start - one.toponym.end <= ADJACENT:
            found += [(second, first, _BEFORE), (first, second, _AFTER)]
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def _numbered(codes: Codes) -> Codes:
    """Small numbers for large ones: equal where these are."""
    return codes if codes.max(initial=0) <= 8 * len(codes) else np.unique(codes, return_inverse=True)[1]


def _rows(starts: Codes, positions: Codes) -> tuple[Codes, Codes]:
    """The rows of the candidates of the mentions at `positions`, one after the other, and how many each has."""
    sizes = starts[positions + 1] - starts[positions]
    ends = np.cumsum(sizes)
    return np.arange(int(sizes.sum())) + np.repeat(starts[positions] - (ends - sizes), sizes), sizes
