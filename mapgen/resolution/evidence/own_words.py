"""What the words around one mention say of it: cue, containment, neighbours, list, sense."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence

import numpy as np
from numpy.typing import NDArray

from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, RelationType, Sense, Toponym
from mapgen.resolution.candidates.lookup import KIND_CODE, CandidateSet
from mapgen.resolution.evidence.coherence import haversine

__all__ = [
    "ALIKE",
    "FROM_OTHERS",
    "LOCAL",
    "containers",
    "containment",
    "is_called_state",
    "is_dateline",
    "members",
    "neighbours",
    "own_words",
]

LOCAL = (
    "cue_match", "cue_alike", "cue_conflict", "no_cue_region", "no_cue_settlement", "no_cue_country", "part_region",
    "metonymic_capital", "metonymic_country", "metonymic_other", "dateline_settlement", "called_state",
    "contained", "containing", "list_kind", "list_country", "list_region", "before", "after",
)  # fmt: skip
"""Features of a candidate that depend on one mention; from "contained" on they need answers for the others."""

FROM_OTHERS = LOCAL[LOCAL.index("contained") :]

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

CONTAINERS = DIVISIONS | {Kind.COUNTRY, Kind.AREA}

# "Paris, Texas"; "Khan Cheikhoun (Idleb)"; "Al-Qaïm, dans l'ouest de l'Irak": a comma or a bracket and few small words.
CONTAINMENT = re.compile(r"\s*[,(]\s*(?:[^\W\dA-Z][\w'’-]*[\s'’]+){0,6}(?:[ld]['’])?", re.UNICODE)
# Members of a list: comma, slash, dash, "and", with articles and prepositions between ("d'Alep, de Hama et d'Idleb").
# A short remark in brackets belongs to the member before it ("l'Ain (01), le Rhône (69)"); what lies in the next name
# ("Craon, en Mayenne", "Baggao in Cagayan") is no fellow of it.
LISTING = re.compile(
    r"(?!\s*,?\s*(?:in|en|at)\b)"
    r"(?:\s*\([\dA-Z]{1,4}\))?\s*(?:[,/–-]|\b[^\W\d]{1,3}\b)\s*(?:\b[^\W\d]{1,3}\b\s*){0,3}(?:[dl]['’])?\s*",
    re.UNICODE,
)

# What follows the place of a dateline: a date, an agency or both, and a dash.
DATELINE = re.compile(
    r"(?:\s*,[^.\n()–—]{2,40})?(?:\s*\([^)\n]{2,40}\)\s*(?:[-–—.:]|$)|\s*\([A-Z][\w ]{1,20}\)|\s*(?:--|[–—]|- )\s*)"
)
# "état" in small letters is no state; "état" and "State" stand in the language files among the words that only relate.
STATE_BEFORE = re.compile(
    r"(?:[ÉE]tats? (?:de |du |d['’])|\b[Ss]tate of |\b[Uu]pstate |\b[Dd]ownstate )(?:the |la |l['’])?$"
)
STATE_BEHIND = re.compile(r"\s+[Ss]tate\b(?! (?:[Uu]niversity|[Cc]ollege|[Dd]epartment))")
OPENING = 3
"""A name that begins before this code point opens the document, as a dateline does."""

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
Rows = NDArray[np.bool_]


def _kinds(members: Container[Kind]) -> Rows:
    return np.array([kind in members for kind in Kind])


_SETTLEMENT, _REGION, _CONTAINER = _kinds(SETTLEMENTS), _kinds(DIVISIONS), _kinds(CONTAINERS)
_ALIKE = np.array([*(_kinds(ALIKE.get(kind, frozenset())) for kind in Kind), _kinds(())])


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


def is_dateline(text: str, toponym: Toponym) -> bool:
    """Whether a line opens with the name as agencies' dispatches do: "DAMAS (AFP) -", "LONDON, Oct 3 (Reuters)"."""
    before = text.rfind("\n", 0, toponym.start) + 1
    if text[before : toponym.start].strip(" \t\u00a0–—-("):
        return False
    return toponym.start < OPENING or DATELINE.match(text, toponym.end) is not None


def is_called_state(text: str, toponym: Toponym) -> bool:
    """Whether the text says that a state is meant, as of a country's: "New York state", "l'État de São Paulo"."""
    return (
        STATE_BEFORE.search(text, max(0, toponym.start - 20), toponym.start) is not None
        or STATE_BEHIND.match(text, toponym.end) is not None
    )


def own_words(codes: Codes, capital: Rows, sizes: Codes, toponyms: Sequence[Toponym], text: str) -> Array:
    """Return what each mention says by itself, a row a candidate of a mention, columns as in `LOCAL`.

    Args:
        codes: kinds of the candidates of all mentions, one below the other.
        capital: whether these are capitals.
        sizes: how many candidates each mention has.
        toponyms: the mentions.
        text: of the document.
    """

    def spread(values: Sequence[object]) -> Rows:
        return np.repeat(np.array(values, dtype=bool), sizes)

    cues = [len(KIND_CODE) if each.cue_kind is None else KIND_CODE[each.cue_kind] for each in toponyms]
    cue = np.repeat(np.array(cues, dtype=np.int64), sizes)
    part = spread([each.relation is not None and each.relation.type is RelationType.PART for each in toponyms])
    metonymic = spread([each.sense is Sense.METONYMIC for each in toponyms])
    no_cue, match, alike = cue == len(KIND_CODE), cue == codes, _ALIKE[cue, codes]
    country = codes == KIND_CODE[Kind.COUNTRY]
    columns = {
        "cue_match": match,
        "cue_alike": alike & ~match,
        "cue_conflict": ~(no_cue | match | alike),
        "no_cue_region": no_cue & _REGION[codes],
        "no_cue_settlement": no_cue & _SETTLEMENT[codes],
        "no_cue_country": no_cue & country,
        "part_region": part & _CONTAINER[codes],
        "metonymic_capital": metonymic & capital,
        "metonymic_country": metonymic & country & ~capital,
        "metonymic_other": metonymic & ~capital & ~country,
        "dateline_settlement": spread([is_dateline(text, each) for each in toponyms]) & _SETTLEMENT[codes],
        "called_state": spread([is_called_state(text, each) for each in toponyms]) & _REGION[codes],
    }
    features = np.zeros((len(codes), len(LOCAL)))
    for name, values in columns.items():
        features[:, LOCAL.index(name)] = values
    return features


def containment(inner: CandidateSet, outer: CandidateSet) -> Rows:
    """Return which inner candidates lie in which outer ones: a row an inner candidate, a column an outer one.

    Args:
        inner: candidates of the name that stands first ("Paris").
        outer: candidates of the one that follows ("Texas").
    """
    country, admin, kind = outer.codes
    holds = _CONTAINER[kind] & (country > 0)
    same = np.where(
        kind == KIND_CODE[Kind.COUNTRY],
        inner.codes[0][:, None] == country,
        (inner.codes[1][:, None] == admin) & (admin > 0),
    )
    itself = (inner.lat[:, None] == outer.lat) & (inner.lon[:, None] == outer.lon) & (inner.codes[2][:, None] == kind)
    return np.asarray(same & holds & ~itself & (inner.codes[2] != KIND_CODE[Kind.COUNTRY])[:, None])


def neighbours(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Return the nearness of points in radians, 1 at the same spot."""
    return np.asarray(np.exp(-haversine(lat, lon, other_lat, other_lon) / 150.0))
