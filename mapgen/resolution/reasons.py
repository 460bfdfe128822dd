"""Why a place was chosen, in two or three plain sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Toponym
from mapgen.resolution.context import haversine
from mapgen.resolution.ranker import FEATURES
from mapgen.resolution.scoring import Mention

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

_CUE, _STATE = FEATURES.index("cue_match"), FEATURES.index("called_state")

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
        mentions: all of the document, scored.
        language: of the reader.
        weights: of the ranker's second pass.
        country_name: gives the name of a country for its code.
    """

    def __init__(self, mentions: list[Mention], language: Language, weights: Array, country_name: CountryName) -> None:
        self._mentions = mentions
        self._words = language.reasons
        self._language = language.code
        self._weights = weights
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
        self._points = [choice for choice in choices if choice.kind not in (Kind.COUNTRY, Kind.CONTINENT)]
        self._names = np.array([choice.mention.name for choice in self._points], dtype=np.int64)
        self._lat = np.array([choice.mention.candidates.lat[choice.row] for choice in self._points])
        self._lon = np.array([choice.mention.candidates.lon[choice.row] for choice in self._points])

    def __call__(self, position: int, best: int) -> tuple[str, ...]:
        """Return what spoke most for the candidate `best` of the mention at `position`, the strongest first."""
        mention = self._mentions[position]
        match = mention.candidates.matches[best]
        if best in mention.candidates.demonyms:
            return (self._words["demonym"],)
        told: list[str] = []
        if mention.features[best, FEATURES.index("own")]:
            told.append(self._words["own"])
        strengths = _strengths(mention.features, best, self._weights)
        for group in sorted(strengths, key=lambda group: -strengths[group]):
            if len(told) >= MOST or strengths[group] < TOLD_FROM:
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

    def _near(self, position: int, best: int) -> str:
        found = self._mentions[position].candidates
        distance = haversine(found.lat[best], found.lon[best], self._lat, self._lon)
        distance = np.where(self._names == self._mentions[position].name, np.inf, distance)
        for reach in (30, 150):
            close = np.flatnonzero(distance <= reach)
            if len(close) > 1:
                return self._words["near"].format(count=len(close), km=reach)
            if len(close):
                name = self._points[int(close[0])].mention.toponym.text
                return self._words["near_one"].format(km=reach, name=name)
        return ""

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


def _strengths(features: Array, best: int, weights: Array) -> dict[str, float]:
    """How far each group of features lifts the choice above the mean of its rivals (or above nothing)."""
    rivals = len(features) - 1
    base = (features.sum(axis=0) - features[best]) / rivals if rivals else 0.0
    return dict(zip(GROUPS, (_GROUPED @ ((features[best] - base) * weights)).tolist(), strict=True))
