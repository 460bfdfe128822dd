"""Why a place was chosen, in two or three plain sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Toponym
from mapgen.resolution.context import haversine
from mapgen.resolution.ranker import FEATURES
from mapgen.resolution.scoring import Mention

__all__ = ["reasons", "unknown_reason"]

MOST = 3
"""Reasons told; the rest is in the features."""

GROUPS: dict[str, tuple[str, ...]] = {
    "cue": ("cue_match", "part_region"),
    "contained": ("contained",),
    "elsewhere": ("elsewhere_cue_match", "elsewhere_contained"),
    "country": ("country_share", "country_named", "list_country", "demonym_share", "elsewhere_list_country"),
    "region": ("region_share", "region_named"),
    "near": ("near_30", "near_150", "near_600", "nearest", "before", "after"),
    "list": ("list_kind",),
    "fame": ("population", "names", "population_share", "most_populous", "rank", "capital"),
}
"""Which features are told as one reason."""

TOLD_FROM = 0.2
"""A group of features that moves the score by less is not worth a reader's time."""

Array = NDArray[np.float64]
CountryName = Callable[[str], str]


def unknown_reason(toponym: Toponym, language: Language) -> str:
    """Return why `toponym` has no place."""
    return language.reasons["unknown_cue" if toponym.cue else "unknown"].format(cue=toponym.cue)


def reasons(
    mention: Mention, best: int, mentions: list[Mention], language: Language, weights: Array, country_name: CountryName
) -> tuple[str, ...]:
    """Return what spoke most for the choice, the strongest first.

    Args:
        mention: the toponym with its candidates.
        best: row of the chosen one.
        mentions: all of the document.
        language: of the reader.
        weights: of the ranker's second pass.
        country_name: gives the name of a country for its code.
    """
    told: list[str] = []
    words = language.reasons
    match = mention.candidates.matches[best]
    if mention.candidates.demonym == best:
        return (words["demonym"],)
    if mention.features[best, FEATURES.index("own")]:
        told.append(words["own"])
    tell = _Teller(mention, best, mentions, language, country_name)
    strengths = _strengths(mention.features, best, weights)
    for group in sorted(strengths, key=lambda group: -strengths[group]):
        if len(told) < MOST and strengths[group] >= TOLD_FROM and (sentence := tell(group)):
            told.append(sentence)
    if len(mention.candidates) == 1 and len(told) < MOST and match.type is not MatchType.NEAR:
        told.append(words["only"])
    if match.type in (MatchType.TRANSLITERATED, MatchType.NEAR):
        key = "spelled" if match.type is MatchType.TRANSLITERATED else "spelled_near"
        told.append(words[key].format(name=match.name))
    return tuple(dict.fromkeys(told)) or (tell("fame"),)


def _strengths(features: Array, best: int, weights: Array) -> dict[str, float]:
    """How far each group of features lifts the choice above the mean of its rivals (or above nothing)."""
    rivals = np.delete(features, best, axis=0)
    base = rivals.mean(axis=0) if len(rivals) else np.zeros(features.shape[1])
    lift = (features[best] - base) * weights
    return {group: float(sum(lift[FEATURES.index(name)] for name in names)) for group, names in GROUPS.items()}


class _Teller:
    """Puts one group of features into words; "" where there is nothing to say."""

    def __init__(
        self, mention: Mention, best: int, mentions: list[Mention], language: Language, country_name: CountryName
    ) -> None:
        self._mention = mention
        self._best = best
        self._language = language
        self._words = language.reasons
        self._country_name = country_name
        self._place = mention.candidates.matches[best].place
        # One mention a name, with the row of its first choice: what the document says beside this name.
        self._others = {
            other.name: (other, int(other.scores.argmax()))
            for other in mentions
            if len(other.candidates) and other.name != mention.name
        }
        self._mentions = mentions

    def __call__(self, group: str) -> str:
        return str(getattr(self, f"_{group}")())

    def _cue(self) -> str:
        cue = self._mention.toponym.cue
        return self._words["cue"].format(cue=cue) if cue else ""

    def _contained(self) -> str:
        position = next(index for index, other in enumerate(self._mentions) if other is self._mention)
        if position + 1 >= len(self._mentions):
            return ""
        return self._words["contained_named"].format(container=self._mentions[position + 1].toponym.text)

    def _elsewhere(self) -> str:
        kind = self._place.kind
        for other in self._mentions:
            if other.name == self._mention.name and other is not self._mention and other.toponym.cue_kind is kind:
                return self._words["elsewhere"].format(cue=other.toponym.cue)
        return ""

    def _country(self) -> str:
        code = self._place.country
        if not code or self._place.kind is Kind.COUNTRY:
            return ""
        fellows = [other for other, row in self._others.values() if other.candidates.country[row] == code]
        countries = [
            other
            for other, row in self._others.values()
            if other.candidates.country[row] == code and other.candidates.kinds[row] is Kind.COUNTRY
        ]
        name = self._country_name(code)
        if len(fellows) > 1:
            return self._words["same_country"].format(count=len(fellows), country=name)
        if countries:
            return self._words["country_named"].format(country=countries[0].toponym.text)
        return self._words["same_country_one"].format(country=name) if fellows else ""

    def _region(self) -> str:
        admin = self._mention.candidates.admin[self._best]
        for other, row in self._others.values():
            if admin and other.candidates.kinds[row] is Kind.REGION and other.candidates.admin[row] == admin:
                return self._words["region_named"].format(region=other.toponym.text)
        return ""

    def _near(self) -> str:
        found = self._mention.candidates
        for reach in (30, 150):
            close = [
                other
                for other, row in self._others.values()
                if other.candidates.kinds[row] not in (Kind.COUNTRY, Kind.CONTINENT)
                and haversine(
                    found.lat[self._best : self._best + 1],
                    found.lon[self._best : self._best + 1],
                    other.candidates.lat[row : row + 1],
                    other.candidates.lon[row : row + 1],
                )[0]
                <= reach
            ]
            if len(close) > 1:
                return self._words["near"].format(count=len(close), km=reach)
            if close:
                return self._words["near_one"].format(km=reach, name=close[0].toponym.text)
        return ""

    def _list(self) -> str:
        return self._words["list"]

    def _fame(self) -> str:
        found = self._mention.candidates
        if len(found) == 1:
            return self._words["only"]
        most = int(found.population.argmax()) == self._best and found.population[self._best] > 0
        return self._words["most_populous" if most else "known"].format(count=len(found))
