"""The schema of the features of a candidate: the one list from which columns, groups and training settings derive.

A feature matrix has a row per candidate and the columns of `NAMES`. Every module asks this one for columns by name or
by group; no module knows a position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from mapgen.model import Kind

__all__ = ["COLUMN", "NAMES", "SCHEMA", "Feature", "Group", "Sign", "Sort", "block", "column_slice", "pooled_slice"]


class Group(StrEnum):
    """What a feature is computed from; the columns of a group lie side by side."""

    NAME = "name"
    """The matched name and the place alone."""
    MENTION = "mention"
    """The words around one mention."""
    PAIR = "pair"
    """Two mentions that the text joins: container, list, neighbour."""
    POOLED = "pooled"
    """The mean of a feature over the other mentions of the same name: one sense per discourse (Gale, Church & Yarowsky
    1992)."""
    COHERENCE = "coherence"
    """All other names of the document."""
    SIGN = "sign"
    """Preposition, article and water words around the name, by sort of candidate."""
    PHRASE = "phrase"
    """A spatial phrase that joins two mentions."""


class Sort(IntEnum):
    """Sorts of places that languages treat alike."""

    SETTLEMENT = 0
    ARTICLED = 1
    """A town whose own name has an article ("Le Havre")."""
    DIVISION = 2
    COUNTRY = 3
    WATER = 4
    TERRAIN = 5
    AREA = 6
    SITE = 7


class Sign(IntEnum):
    """Words around a name that indicate a sort of place."""

    AT = 0
    OF = 1
    IN = 2
    WITHIN = 3
    ON_THE = 4
    AT_THE = 5
    OF_THE = 6
    THE = 7
    FLOW = 8
    """Water words around the name."""
    RULED = 9
    """Offices of a division before the name."""
    CODE = 10
    """The number of a department behind the name."""
    MEMBER = 11
    """A settlement that is named as a part of the place ("une commune de l'Oise")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature of a candidate.

    Attributes:
        name: key of its weight.
        group: what it is computed from.
        from_shares: whether it needs the shares of the other names' candidates; it is 0 in the first pass.
        penalty: quadratic penalty on its weight in training.
        scale: its value where the evidence is full. The penalty holds a weight back less where the scale is larger,
            which suits features that are rare in the training texts.
        pooled: whether its mean over the other mentions of the name is a feature of its own, `elsewhere_` and its name.
        calibrates: whether it is an input of the calibrated probability of the top candidate.
    """

    name: str
    group: Group
    from_shares: bool = False
    penalty: float = 2.0
    scale: float = 1.0
    pooled: bool = False
    calibrates: bool = False


_RELIABLE = 0.5
"""Penalty of evidence that the text gives of the mention itself: rarer in the training texts than fame, and surer."""

_CALIBRATING = frozenset({
    "exact", "folded", "transliterated", "near", "main_name", "own", "population", "names", "country_share", "nearest",
    "contained", "cue_match", "cue_conflict", "country_lead", "demonym_share", "home_population", "inside_share",
    "most_populous", "region_names_lead", "district_names_lead",
})  # fmt: skip


def _features(
    group: Group, *names: str, from_shares: bool = False, penalty: float = 2.0, scale: float = 1.0, pooled: bool = False
) -> tuple[Feature, ...]:
    return tuple(
        Feature(
            name=name,
            group=group,
            from_shares=from_shares,
            penalty=penalty,
            scale=scale,
            pooled=pooled,
            calibrates=name in _CALIBRATING,
        )
        for name in names
    )


_NAME = _features(
    Group.NAME,
    "exact", "folded", "transliterated", "near", "main_name", "own", "population", "names", "capital",
    "population_share", "most_populous", "rank", "country_rank", "twin_region", "twin_city", "demonym",
    *(f"kind_{kind}" for kind in Kind), "large_region",
)  # fmt: skip
_MENTION = (
    *_features(Group.MENTION, "cue_match", penalty=_RELIABLE, pooled=True),
    *_features(Group.MENTION, "cue_alike", pooled=True),
    *_features(Group.MENTION, "cue_conflict", penalty=_RELIABLE, pooled=True),
    *_features(
        Group.MENTION, "no_cue_region", "no_cue_settlement", "no_cue_country", "part_region", "metonymic_capital",
        "metonymic_country", "metonymic_other", "dateline_settlement", pooled=True,
    ),
    *_features(Group.MENTION, "called_state", penalty=_RELIABLE, pooled=True),
)  # fmt: skip
_PAIR = (
    *_features(
        Group.PAIR, "contained", "containing", "list_kind", "list_country",
        from_shares=True, penalty=_RELIABLE, pooled=True,
    ),
    *_features(Group.PAIR, "list_region", "before", "after", from_shares=True, pooled=True),
)  # fmt: skip
_POOLED = tuple(
    Feature(name=f"elsewhere_{each.name}", group=Group.POOLED, from_shares=each.from_shares)
    for each in (*_MENTION, *_PAIR)
    if each.pooled
)
# The names that candidates' divisions have in common need no shares. They are left out of the first pass: there, they
# outweigh fame, and any two large cities have namesakes in one region.
_COHERENCE = _features(
    Group.COHERENCE,
    "country_share", "region_share", "country_named", "region_named", "country_lead", "region_lead", "near_30",
    "near_150", "near_600", "nearest", "inside_share", "district_named",
    "region_names", "region_names_lead", "district_names", "district_names_lead",
    "kind_share", "home_population", "home_rank", "demonym_share",
    from_shares=True,
)  # fmt: skip
_SIGN = _features(
    Group.SIGN, *(f"{sign.name.lower()}_{sort.name.lower()}" for sign in Sign for sort in Sort), scale=4.0
)
_PHRASE = _features(Group.PHRASE, "phrase_fit", "phrase_anchor", from_shares=True, scale=8.0)

SCHEMA: tuple[Feature, ...] = (*_NAME, *_MENTION, *_PAIR, *_POOLED, *_COHERENCE, *_SIGN, *_PHRASE)
"""All features of a candidate, in the order of their columns."""

NAMES: tuple[str, ...] = tuple(each.name for each in SCHEMA)
"""The names of all features, in the order of their columns."""

COLUMN: Mapping[str, int] = {name: column for column, name in enumerate(NAMES)}
"""The column of each feature."""


def column_slice(group: Group) -> slice:
    """Return the columns of a group."""
    return _slice([column for column, each in enumerate(SCHEMA) if each.group is group])


def pooled_slice() -> slice:
    """Return the columns of the features whose means are the features of `Group.POOLED`, in the same order."""
    return _slice([column for column, each in enumerate(SCHEMA) if each.pooled])


def block(group: Group) -> dict[str, int]:
    """Return the columns of the features of a group, counted from the first column of the group."""
    first = column_slice(group).start
    return {each.name: column - first for column, each in enumerate(SCHEMA) if each.group is group}


def _slice(columns: list[int]) -> slice:
    if columns != list(range(columns[0], columns[-1] + 1)):
        raise ValueError("the columns do not lie side by side")
    return slice(columns[0], columns[-1] + 1)
