"""Features from the words around one mention: cue, sense, dateline, and the kinds that they fit (`Group.MENTION`)."""

from __future__ import annotations

from collections.abc import Container, Sequence

import numpy as np

from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, RelationType, Sense, Toponym
from mapgen.resolution.arrays import Array, Flags, Integers
from mapgen.resolution.candidates import KIND_CODE
from mapgen.resolution.evidence.patterns import is_called_state, is_dateline
from mapgen.resolution.features import Group, block

__all__ = ["CONTAINERS", "SIMILAR_KINDS", "mention_features"]

SIMILAR_KINDS: dict[Kind, frozenset[Kind]] = {
    Kind.CITY: frozenset({Kind.VILLAGE, Kind.QUARTER}),
    Kind.VILLAGE: frozenset({Kind.CITY, Kind.QUARTER}),
    Kind.QUARTER: frozenset({Kind.CITY, Kind.VILLAGE}),
    Kind.REGION: frozenset({Kind.DISTRICT, Kind.AREA}),
    Kind.DISTRICT: frozenset({Kind.REGION, Kind.CITY}),
    Kind.AREA: frozenset({Kind.REGION, Kind.TERRAIN, Kind.CONTINENT}),
    Kind.TERRAIN: frozenset({Kind.AREA}),
    Kind.FACILITY: frozenset({Kind.QUARTER, Kind.VILLAGE}),
    Kind.COUNTRY: frozenset({Kind.AREA}),
}
"""Kinds that writers and gazetteers confuse."""

CONTAINERS = DIVISIONS | {Kind.COUNTRY, Kind.AREA}
"""Kinds that other places lie in."""

_COLUMN = block(Group.MENTION)


def _flags(kinds: Container[Kind]) -> Flags:
    """A value per kind, by its code: whether it is one of `kinds`."""
    return np.array([kind in kinds for kind in Kind])


_IS_SETTLEMENT, _IS_DIVISION, _IS_CONTAINER = _flags(SETTLEMENTS), _flags(DIVISIONS), _flags(CONTAINERS)
_NO_CUE = len(KIND_CODE)
_IS_SIMILAR = np.array([*(_flags(SIMILAR_KINDS.get(kind, frozenset())) for kind in Kind), _flags(())])
"""A row per kind of cue and a last one for no cue, a column per kind of candidate."""


def mention_features(codes: Integers, capital: Flags, sizes: Integers, toponyms: Sequence[Toponym], text: str) -> Array:
    """Return the features of all mentions, a row per candidate, columns of `Group.MENTION`.

    Args:
        codes: codes of the kinds of the candidates of all mentions, in the order of the mentions.
        capital: whether these are capitals.
        sizes: number of candidates of each mention.
        toponyms: the mentions.
        text: of the document.
    """

    def per_candidate(values: Sequence[object]) -> Flags:
        return np.repeat(np.array(values, dtype=bool), sizes)

    # All mentions are computed at once: a document has hundreds of short arrays, and each call of numpy on one of them
    # would cost more than its arithmetic.
    cues = [_NO_CUE if each.cue_kind is None else KIND_CODE[each.cue_kind] for each in toponyms]
    cue = np.repeat(np.array(cues, dtype=np.int64), sizes)
    part = per_candidate([each.relation is not None and each.relation.type is RelationType.PART for each in toponyms])
    metonymic = per_candidate([each.sense is Sense.METONYMIC for each in toponyms])
    dateline = per_candidate([is_dateline(text, each) for each in toponyms])
    state = per_candidate([is_called_state(text, each) for each in toponyms])
    no_cue, match, similar = cue == _NO_CUE, cue == codes, _IS_SIMILAR[cue, codes]
    country = codes == KIND_CODE[Kind.COUNTRY]
    columns = {
        "cue_match": match,
        "cue_alike": similar & ~match,
        "cue_conflict": ~(no_cue | match | similar),
        "no_cue_region": no_cue & _IS_DIVISION[codes],
        "no_cue_settlement": no_cue & _IS_SETTLEMENT[codes],
        "no_cue_country": no_cue & country,
        "part_region": part & _IS_CONTAINER[codes],
        "metonymic_capital": metonymic & capital,
        "metonymic_country": metonymic & country & ~capital,
        "metonymic_other": metonymic & ~capital & ~country,
        "dateline_settlement": dateline & _IS_SETTLEMENT[codes],
        "called_state": state & _IS_DIVISION[codes],
    }
    features = np.zeros((len(codes), len(_COLUMN)))
    for name, values in columns.items():
        features[:, _COLUMN[name]] = values
    return features
