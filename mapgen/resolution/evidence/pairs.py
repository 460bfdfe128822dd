"""Features from pairs of mentions that the text joins: container, list, neighbour, spatial phrase.

Which mentions are joined and which of their candidates agree is the same in every pass: it is computed once per
document. A pass only multiplies it with the shares of the candidates.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from mapgen.kinds import VAST
from mapgen.model import Kind
from mapgen.resolution.arrays import Array, Flags, Integers, haversine
from mapgen.resolution.candidates import KIND_CODE, CandidateSet, Level
from mapgen.resolution.evidence.coherence import DistinctNames
from mapgen.resolution.evidence.mention_features import CONTAINERS
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.phrases import phrase_fits
from mapgen.resolution.evidence.surroundings import Surroundings
from mapgen.resolution.features import COLUMN, SCHEMA

__all__ = ["PairEvidence", "containment", "nearness"]

ADJACENT = 200
"""Code points between two neighbours at most."""

DISTRICT_KM = 100.0
"""A place so near to the point of a district of its region lies in it where no code says otherwise."""

NEIGHBOUR_KM = 150.0
"""Distance at which a neighbour counts 1/e."""

LEAST = 1e-15
"""Agreement of list members below this is the rounding error of none."""

_LIST_FEATURE = {
    Level.COUNTRY: "list_country",
    Level.DIVISION: "list_region",
    Level.KIND: "list_kind",
}
_LIST = [COLUMN[name] for name in _LIST_FEATURE.values()]
_FIT_SCALE, _ANCHOR_SCALE = (SCHEMA[COLUMN[name]].scale for name in ("phrase_fit", "phrase_anchor"))
_VAST_CODES = tuple(KIND_CODE[kind] for kind in sorted(VAST))
_COUNTRY, _REGION, _DISTRICT = (KIND_CODE[kind] for kind in (Kind.COUNTRY, Kind.REGION, Kind.DISTRICT))
_IS_CONTAINER = np.array([kind in CONTAINERS for kind in Kind])


class PairEvidence:
    """The pairs of mentions of one sheet.

    Args:
        mentions: in text order.
        around: the words around them.
        names: the distinct names with their candidates.
        starts: the first candidate of each mention on the sheet and, last, the number of candidates.
        rows: of each candidate of a mention, its row in `names`.
    """

    def __init__(
        self, mentions: Sequence[Mention], around: Surroundings, names: DistinctNames, starts: Integers, rows: Integers
    ) -> None:
        self._mentions, self._starts = mentions, starts
        self._kind, self._lat, self._lon = names.codes[Level.KIND, rows], names.lat[rows], names.lon[rows]
        self._located = ~names.inherited[rows]
        self._contained = [
            (mentions[inner], mentions[outer], containment(mentions[inner].candidates, mentions[outer].candidates))
            for inner, outer in around.containers.items()
            if len(mentions[inner].candidates) and len(mentions[outer].candidates)
        ]
        self._neighbours = _neighbours(mentions)
        self._phrases = [
            (mentions[position], mentions[carrier], phrase_fits(relation, inner, outer))
            for position, carrier in around.carriers.items()
            if (relation := mentions[carrier].toponym.relation) is not None
            and len(relation.anchors) == 1
            and len(inner := mentions[position].candidates)
            and len(outer := mentions[carrier].candidates)
        ]
        self._number_lists(around.lists, names.codes[:, rows])

    def fill_in_place(self, features: Array, shares: Array) -> None:
        """Write the features of all pairs.

        Args:
            features: of the sheet; the columns of pairs and phrases are written to.
            shares: of the pass before.
        """
        for inner, outer, inside in self._contained:
            inner.features[:, COLUMN["contained"]] = inside @ outer.shares
            outer.features[:, COLUMN["containing"]] = inside.max(axis=0, initial=False)
        self._fill_neighbours(features, shares)
        self._fill_lists(features, shares)
        expected_fits: dict[int, Array] = {}
        for inner, outer, fit in self._phrases:
            # "12 km from Kerman" is measured from the town, not from the province of that name.
            outer.features[:, COLUMN["phrase_anchor"]] = _ANCHOR_SCALE * fit.max(axis=0, initial=0.0)
            expected_fits[inner.name] = _FIT_SCALE * (fit @ outer.shares)
        # What the last phrase says of a name holds for all its mentions.
        for mention in self._mentions if expected_fits else ():
            if mention.name in expected_fits:
                mention.features[:, COLUMN["phrase_fit"]] = expected_fits[mention.name]

    def _fill_neighbours(self, features: Array, shares: Array) -> None:
        """Compare each mention with the top candidates of the mention before it and of the one after it."""
        if not len(self._neighbours):
            return
        position, other, column = self._neighbours.T
        tops = {number: int(self._mentions[number].shares.argmax()) for number in set(other.tolist())}
        top = self._starts[other] + [tops[number] for number in other.tolist()]
        # The middle of a country says nothing about where its neighbour in the text lies.
        located = ~np.isin(self._kind[top], _VAST_CODES) & self._located[top]
        position, top, column = position[located], top[located], column[located]
        rows, sizes = _rows(self._starts, position)
        top_rows = np.repeat(top, sizes)
        near = nearness(self._lat[rows], self._lon[rows], self._lat[top_rows], self._lon[top_rows])
        features[rows, np.repeat(column, sizes)] = near * shares[top_rows] * self._located[rows]

    def _number_lists(self, lists: Sequence[tuple[int, ...]], codes: Integers) -> None:
        """Number the candidates of list members for `_fill_lists`.

        `_by_list` has equal numbers where list and code are equal, `_by_mention` where mention and code are: with them
        two calls of `bincount` sum the shares of all lists of the document at once.
        """
        has_candidates = [bool(len(mention.candidates)) for mention in self._mentions]
        # The members of a list share a tuple; the first of them identifies it.
        of_list = {
            number: sum(map(has_candidates.__getitem__, each)) for number, each in enumerate(lists) if number == each[0]
        }
        counts = [of_list[each[0]] - has_candidates[number] for number, each in enumerate(lists)]
        members = np.array(
            [number for number, count in enumerate(counts) if count and has_candidates[number]], dtype=np.int64
        )
        self._list_rows, sizes = _rows(self._starts, members)
        self._others = np.repeat(np.array(counts, dtype=np.int64)[members], sizes)
        list_ids = np.repeat([lists[number][0] for number in members.tolist()], sizes).astype(np.int64)
        mention_ids = np.repeat(members, sizes)
        self._has_code, self._by_list, self._by_mention = [], [], []
        for level, column in zip(_LIST_FEATURE, codes[list(_LIST_FEATURE)][:, self._list_rows], strict=True):
            width = int(column.max(initial=0)) + 1
            self._has_code.append((column > 0) | (level == Level.KIND))
            self._by_list.append(_compact(list_ids * width + column))
            self._by_mention.append(_compact(mention_ids * width + column))

    def _fill_lists(self, features: Array, shares: Array) -> None:
        """Write how far the other members of its list agree with each candidate."""
        if not len(self._list_rows):
            return
        mass = shares[self._list_rows]
        for column, has_code, by_list, by_mention in zip(
            _LIST, self._has_code, self._by_list, self._by_mention, strict=True
        ):
            others = np.bincount(by_list, mass)[by_list] - np.bincount(by_mention, mass)[by_mention]
            agreement = others / self._others
            features[self._list_rows, column] = np.where(has_code & (agreement >= LEAST), agreement, 0.0)


def containment(inner: CandidateSet, outer: CandidateSet) -> Flags:
    """Return which inner candidates lie in which outer ones: a row per inner candidate, a column per outer one.

    Args:
        inner: candidates of the name that comes first ("Paris").
        outer: candidates of the name that follows ("Texas").
    """
    country, admin, district, kind = outer.codes
    inner_country, inner_admin, inner_district, inner_kind = inner.codes[:, :, None]
    holds = _IS_CONTAINER[kind] & (country > 0)
    in_region = (inner_admin == admin) & (admin > 0)
    # Distance only where codes cannot tell: a place of which only the first level is known.
    near = haversine(inner.lat[:, None], inner.lon[:, None], outer.lat, outer.lon) <= DISTRICT_KM
    in_district = np.where(inner_district > 0, inner_district == district, in_region & near)
    same = np.select(
        [kind == _COUNTRY, (kind == _DISTRICT) & (district > 0)],
        [inner_country == country, in_district],
        default=in_region,
    )
    itself = (inner.lat[:, None] == outer.lat) & (inner.lon[:, None] == outer.lon) & (inner_kind == kind)
    itself |= (inner_kind == kind) & np.isin(kind, (_REGION, _DISTRICT))
    return np.asarray(same & holds & ~itself & (inner_kind != _COUNTRY))


def nearness(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Return the nearness of points in radians, 1 at the same point."""
    return np.asarray(np.exp(-haversine(lat, lon, other_lat, other_lon) / NEIGHBOUR_KM))


def _neighbours(mentions: Sequence[Mention]) -> Integers:
    """Pairs of close mentions: position, position of its neighbour, column of the feature."""
    placed = [position for position, mention in enumerate(mentions) if len(mention.candidates)]
    pairs = []
    for first, second in itertools.pairwise(placed):
        one, two = mentions[first], mentions[second]
        if one.name != two.name and two.toponym.start - one.toponym.end <= ADJACENT:
            pairs += [(second, first, COLUMN["before"]), (first, second, COLUMN["after"])]
    return np.array(pairs, dtype=np.int64).reshape(-1, 3)


def _compact(codes: Integers) -> Integers:
    """Small numbers for large ones, equal where these are: the length of a `bincount` is its largest number."""
    return codes if codes.max(initial=0) <= 8 * len(codes) else np.unique(codes, return_inverse=True)[1]


def _rows(starts: Integers, positions: Integers) -> tuple[Integers, Integers]:
    """The rows of the candidates of the mentions at `positions`, in this order, and how many each has."""
    sizes = starts[positions + 1] - starts[positions]
    ends = np.cumsum(sizes)
    return np.arange(int(sizes.sum())) + np.repeat(starts[positions] - (ends - sizes), sizes), sizes
