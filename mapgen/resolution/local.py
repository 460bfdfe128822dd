"""What the words around one mention say of it: cue, containment, neighbours, list, sense."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mapgen.model import Kind, RelationType, Sense, Toponym
from mapgen.resolution.candidates import CandidateSet
from mapgen.resolution.context import haversine

__all__ = ["ALIKE", "LOCAL", "containers", "local", "members", "neighbours"]

LOCAL = (
    "cue_match", "cue_alike", "cue_conflict", "no_cue_region", "no_cue_settlement", "no_cue_country", "part_region",
    "contained", "containing", "list_kind", "list_country", "before", "after", "metonymic_capital", "metonymic_country",
    "metonymic_other", "dateline_settlement",
)  # fmt: skip
"""Features of a candidate that depend on one mention."""

ALIKE: dict[Kind, frozenset[Kind]] = {
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
"""Kinds that writers, and gazetteers, easily call by each other's names."""

SETTLEMENTS = frozenset({Kind.CITY, Kind.VILLAGE, Kind.QUARTER})
REGIONS = frozenset({Kind.REGION, Kind.DISTRICT})
CONTAINERS = frozenset({Kind.COUNTRY, Kind.REGION, Kind.DISTRICT, Kind.AREA})

# "Paris, Texas"; "Khan Cheikhoun (Idleb)"; "Al-Qaïm, dans l'ouest de l'Irak": a comma or a bracket and few small words.
CONTAINMENT = re.compile(r"\s*[,(]\s*(?:[^\W\dA-Z][\w'’-]*[\s'’]+){0,6}(?:[ld]['’])?", re.UNICODE)
# Members of a list: comma, slash, dash, "and", with articles and prepositions between ("d'Alep, de Hama et d'Idleb").
# A short remark in brackets belongs to the member before it ("l'Ain (01), le Rhône (69)").
LISTING = re.compile(
    r"(?:\s*\([\dA-Z]{1,4}\))?\s*(?:[,/–-]|\b[^\W\d]{1,3}\b)\s*(?:\b[^\W\d]{1,3}\b\s*){0,3}(?:[dl]['’])?\s*", re.UNICODE
)

Array = NDArray[np.float64]


def containers(text: str, toponyms: Sequence[Toponym]) -> dict[int, int]:
    """Return, for each toponym that the text puts inside the next one, the position of that next one."""
    return {
        position: position + 1
        for position, (inner, outer) in enumerate(itertools.pairwise(toponyms))
        if outer.start - inner.end <= 60 and CONTAINMENT.fullmatch(text[inner.end : outer.start])
    }


def members(text: str, toponyms: Sequence[Toponym]) -> list[tuple[int, ...]]:
    """Return, for each toponym, the positions of the other members of its list; mostly empty."""
    runs: list[list[int]] = []
    for position, toponym in enumerate(toponyms):
        before = toponyms[position - 1] if position else None
        if before and toponym.start - before.end <= 18 and LISTING.fullmatch(text[before.end : toponym.start]):
            runs[-1].append(position)
        else:
            runs.append([position])
    others: list[tuple[int, ...]] = [()] * len(toponyms)
    for run in runs:
        for position in run:
            others[position] = tuple(other for other in run if other != position)
    return others


def local(candidates: CandidateSet, toponym: Toponym, *, first: bool) -> Array:
    """Return what one mention says by itself, a row a candidate, columns as in `LOCAL`.

    Args:
        candidates: of the mention's name.
        toponym: the mention.
        first: whether it opens the document, as a dateline does.
    """
    features = np.zeros((len(candidates), len(LOCAL)))
    part = toponym.relation is not None and toponym.relation.type is RelationType.PART
    metonymic = toponym.sense is Sense.METONYMIC
    for row, kind in enumerate(candidates.kinds):
        if toponym.cue_kind is not None:
            alike = ALIKE.get(toponym.cue_kind, frozenset())
            column = "cue_match" if kind is toponym.cue_kind else "cue_alike" if kind in alike else "cue_conflict"
            features[row, LOCAL.index(column)] = 1.0
        elif kind in REGIONS:
            features[row, LOCAL.index("no_cue_region")] = 1.0
        elif kind in SETTLEMENTS:
            features[row, LOCAL.index("no_cue_settlement")] = 1.0
        elif kind is Kind.COUNTRY:
            features[row, LOCAL.index("no_cue_country")] = 1.0
        features[row, LOCAL.index("part_region")] = part and kind in CONTAINERS
        if metonymic:
            capital = candidates.matches[row].place.capital
            column = (
                "metonymic_capital" if capital else "metonymic_country" if kind is Kind.COUNTRY else "metonymic_other"
            )
            features[row, LOCAL.index(column)] = 1.0
        features[row, LOCAL.index("dateline_settlement")] = first and kind in SETTLEMENTS
    return features


def contained_in(inner: CandidateSet, outer: CandidateSet, outer_share: Array) -> tuple[Array, Array]:
    """Return how much the container speaks for each inner candidate, and the reverse.

    Args:
        inner: candidates of the name that stands first ("Paris").
        outer: candidates of the one that follows ("Texas").
        outer_share: what the first pass gives each outer candidate.
    """
    inside = np.zeros((len(inner), len(outer)))
    for column, (kind, country, admin) in enumerate(zip(outer.kinds, outer.country, outer.admin, strict=True)):
        if kind not in CONTAINERS or not country:
            continue
        for row in range(len(inner)):
            if inner.matches[row].place.id == outer.matches[column].place.id or inner.kinds[row] is Kind.COUNTRY:
                continue
            same = inner.country[row] == country if kind is Kind.COUNTRY else bool(admin) and inner.admin[row] == admin
            inside[row, column] = same
    return inside @ outer_share, inside.max(axis=0, initial=0.0)


def neighbours(candidates: CandidateSet, lat: float, lon: float) -> Array:
    """Return nearness to a neighbouring place in radians, 1 at the same spot, a value a candidate."""
    distance = haversine(candidates.lat, candidates.lon, np.array(lat), np.array(lon))
    return np.asarray(np.exp(-distance / 150.0))
