"""Why a place was chosen, in two or three plain sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mapgen.kinds import VAST
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Toponym
from mapgen.resolution.evidence.coherence import haversine
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.sheet import Sheet
from mapgen.resolution.ranking.weights import FEATURES

__all__ = ["Reasons", "unknown_reason"]

MOST = 3
"""Reasons told; the rest is in the features."""

GROUPS: dict[str, tuple[str, ...]] = {
    "cue": ("cue_match", "part_region", "called_state"),
    "contained": ("contained",),
    "elsewhere": ("elsewhere_cue_match", "elsewhere_contained"),
    "country": (
        "country_share",
        "country_named",
        "country_lead",
        "list_country",
        "demonym_share",
        "elsewhere_list_country",
    ),
    "region": ("region_share", "region_named", "region_lead", "list_region", "elsewhere_list_region"),
    "near": ("near_30", "near_150", "near_600", "nearest", "before", "after"),
    "list": ("list_kind",),
    "fame": ("population", "names", "population_share", "most_populous", "rank", "country_rank", "capital"),
}
"""Which features are told as one reason."""

_GROUPED = np.array([[float(name in names) for name in FEATURES] for names in GROUPS.values()])

_CUE, _STATE, _OWN = (FEATURES.index(name) for name in ("cue_match", "called_state", "own"))

REACHES = (30, 150)
"""Kilometres in which places are told to be near."""

BLOCK = 64
"""Mentions whose distances are measured in one go: many calls are slow, all of a long document would be large."""

TOLD_FROM = 0.2
"""A group of features that moves the score by less is not worth a reader's time."""

Array = NDArray[np.float64]
CountryName = Callable[[str], str]


def unknown_reason(toponym: Toponym, language: Language) -> str:
    """Return why `toponym` has no place."""
    return language.reasons["unknown_cue" if toponym.cue else "unknown"].format(cue=toponym.cue)


class _Choice(NamedTuple):
    """A mention with the row of its first choice."""

    mention: Mention
    row: int

    @property
    def kind(self) -> Kind:
        """Of the first choice."""
        return self.mention.candidates.kinds[self.row]


class Reasons:
    """Tells why a place was chosen; made once a document.

    Args:
        sheet: of the document, scored.
        best: of each mention, the row of the candidate that was chosen, or -1.
        language: of the reader.
        weights: of the ranker's second pass.
        country_name: gives the name of a country for its code.
    """

    def __init__(
        self, sheet: Sheet, best: Sequence[int], language: Language, weights: Array, country_name: CountryName
    ) -> None:
        mentions = sheet.mentions
        self._sheet, self._mentions, self._best = sheet, mentions, best
        self._strengths = _strengths(sheet, best, weights)
        self._close: dict[int, list[tuple[list[int], list[int]]]] = {}
        self._words = language.reasons
        self._language = language.code
        self._country_name = country_name
        self._same: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._same.setdefault(mention.name, []).append(mention)
        # One mention a name, with the row of its first choice: what the document says beside a name.
        choices = [
            _Choice(mention, int(mention.scores.argmax()))
            for mention in {each.name: each for each in mentions if len(each.candidates)}.values()
        ]
        self._known = {choice.mention.name for choice in choices}
        self._by_country: dict[str, list[_Choice]] = {}
        self._by_admin: dict[str, list[_Choice]] = {}
        for choice in choices:
            self._by_country.setdefault(choice.mention.candidates.country[choice.row], []).append(choice)
            self._by_admin.setdefault(choice.mention.candidates.admin[choice.row], []).append(choice)
        self._points = [choice for choice in choices if choice.kind not in VAST]
        self._names = np.array([choice.mention.name for choice in self._points], dtype=np.int64)
        self._lat = np.array([choice.mention.candidates.lat[choice.row] for choice in self._points])
        self._lon = np.array([choice.mention.candidates.lon[choice.row] for choice in self._points])

    def __call__(self, position: int) -> tuple[str, ...]:
        """Return what spoke most for the choice for the mention at `position`, the strongest first."""
        mention, best = self._mentions[position], self._best[position]
        match = mention.candidates.matches[best]
        if best in mention.candidates.demonyms:
            return (self._words["demonym"],)
        told: list[str] = []
        if mention.features[best, _OWN]:
            told.append(self._words["own"])
        strong = [pair for pair in zip(self._strengths[position], GROUPS, strict=True) if pair[0] >= TOLD_FROM]
        for _, group in sorted(strong, key=lambda pair: -pair[0]):
            if len(told) >= MOST:
                break
            if sentence := self._tell(group, position, best):
                told.append(sentence)
        if len(mention.candidates) == 1 and len(told) < MOST and match.type is not MatchType.NEAR:
            told.append(self._words["only"])
        if match.type in (MatchType.TRANSLITERATED, MatchType.NEAR):
            key = "spelled" if match.type is MatchType.TRANSLITERATED else "spelled_near"
            told.append(self._words[key].format(name=match.name))
        return tuple(dict.fromkeys(told)) or (self._fame(position, best),)

    def _tell(self, group: str, position: int, best: int) -> str:
        """Put one group of features into words; "" where there is nothing to say."""
        return str(getattr(self, f"_{group}")(position, best))

    def has_others(self, position: int) -> bool:
        """Return whether another name of the document has candidates."""
        return len(self._known) > (self._mentions[position].name in self._known)

    def _cue(self, position: int, best: int) -> str:
        mention = self._mentions[position]
        if mention.toponym.cue and mention.features[best, _CUE]:
            return self._words["cue"].format(cue=mention.toponym.cue)
        return self._words["state"] if mention.features[best, _STATE] else ""

    def _contained(self, position: int, _best: int) -> str:
        if position + 1 >= len(self._mentions):
            return ""
        return self._words["contained_named"].format(container=self._mentions[position + 1].toponym.text)

    def _elsewhere(self, position: int, best: int) -> str:
        mention = self._mentions[position]
        kind = mention.candidates.kinds[best]
        for other in self._same[mention.name]:
            if other is not mention and other.toponym.cue_kind is kind:
                return self._words["elsewhere"].format(cue=other.toponym.cue)
        return ""

    def _country(self, position: int, best: int) -> str:
        found = self._mentions[position].candidates
        code = found.country[best]
        if not code or found.kinds[best] is Kind.COUNTRY:
            return ""
        fellows = self._fellows(self._by_country, code, position)
        countries = [fellow.mention for fellow in fellows if fellow.kind is Kind.COUNTRY]
        if len(fellows) > 1:
            return self._words["same_country"].format(count=len(fellows), country=self._country_name(code))
        if countries:
            return self._words["country_named"].format(country=countries[0].toponym.text)
        return self._words["same_country_one"].format(country=self._country_name(code)) if fellows else ""

    def _region(self, position: int, best: int) -> str:
        found = self._mentions[position].candidates
        admin = found.admin[best]
        if not admin or found.kinds[best] is Kind.REGION:
            return ""
        fellows = self._fellows(self._by_admin, admin, position)
        for fellow in fellows:
            if fellow.kind is Kind.REGION:
                return self._words["region_named"].format(region=fellow.mention.toponym.text)
        path = found.matches[best].place.admin
        if not fellows or not path:
            return ""
        key = "same_region" if len(fellows) > 1 else "same_region_one"
        return self._words[key].format(count=len(fellows), region=path[0].label(self._language))

    def _near(self, position: int, _best: int) -> str:
        block = position // BLOCK
        if block not in self._close:
            self._close[block] = self._measured(range(block * BLOCK, min((block + 1) * BLOCK, len(self._mentions))))
        for reach, count, first in zip(REACHES, *self._close[block][position % BLOCK], strict=True):
            if count > 1:
                return self._words["near"].format(count=count, km=reach)
            if count:
                return self._words["near_one"].format(km=reach, name=self._points[first].mention.toponym.text)
        return ""

    def _measured(self, positions: range) -> list[tuple[list[int], list[int]]]:
        """For mentions, within each of REACHES, how many choices for other names lie, and the first of them."""
        if not len(self._points):
            return [([0] * len(REACHES), [0] * len(REACHES))] * len(positions)
        sheet, here = self._sheet, slice(positions.start, positions.stop)
        # Mentions without candidates borrow a row; nobody asks for theirs.
        chosen = np.minimum(sheet.starts[:-1][here] + np.maximum(self._best[here], 0), len(sheet.rows) - 1)
        rows = sheet.rows[chosen, None]
        distance = haversine(sheet.names.lat[rows], sheet.names.lon[rows], self._lat, self._lon)
        names = np.array([self._mentions[position].name for position in positions])
        distance[names[:, None] == self._names] = np.inf
        close = distance[:, None, :] <= np.array(REACHES)[:, None]
        counts, firsts = close.sum(axis=2).tolist(), close.argmax(axis=2).tolist()
        return list(zip(counts, firsts, strict=True))

    def _fellows(self, groups: dict[str, list[_Choice]], key: str, position: int) -> list[_Choice]:
        """The first choices of a group that are of other names."""
        name = self._mentions[position].name
        return [choice for choice in groups.get(key, ()) if choice.mention.name != name]

    def _list(self, _position: int, _best: int) -> str:
        return self._words["list"]

    def _fame(self, position: int, best: int) -> str:
        found = self._mentions[position].candidates
        if len(found) == 1:
            return self._words["only"]
        most = int(found.population.argmax()) == best and found.population[best] > 0
        return self._words["most_populous" if most else "known"].format(count=len(found))


def _strengths(sheet: Sheet, best: Sequence[int], weights: Array) -> list[list[float]]:
    """How far each of GROUPS lifts the choice for each mention above the mean of its rivals (or above nothing)."""
    strengths = np.zeros((len(sheet.mentions), len(GROUPS)))
    placed = np.flatnonzero(np.diff(sheet.starts))
    if len(placed):
        lifts = sheet.features @ (_GROUPED * weights).T
        chosen = lifts[sheet.starts[placed] + np.array(best)[placed]]
        rivals = (np.diff(sheet.starts)[placed] - 1)[:, None]
        others = np.add.reduceat(lifts, sheet.starts[placed]) - chosen
        strengths[placed] = chosen - np.where(rivals > 0, others / np.maximum(rivals, 1), 0.0)
    return [list(row) for row in strengths.tolist()]
