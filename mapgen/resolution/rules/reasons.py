"""Words the reasons for the top candidate of a mention: up to three sentences in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mapgen.geodesy import EARTH_RADIUS_KM
from mapgen.kinds import VAST
from mapgen.languages import Language, place_name
from mapgen.model import Kind, MatchType, Toponym
from mapgen.resolution.arrays import on_sphere
from mapgen.resolution.evidence import Mention, Sheet
from mapgen.resolution.features import COLUMN, NAMES
from mapgen.resolution.ranking import Ranker

__all__ = ["Reasons", "unknown_reason"]

MOST = 3
"""Reasons per mention; the features have the rest."""

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
    "region": (
        "region_share",
        "region_named",
        "region_lead",
        "list_region",
        "elsewhere_list_region",
        "district_named",
    ),
    "near": ("near_30", "near_150", "near_600", "nearest", "before", "after"),
    "list": ("list_kind",),
    "fame": ("population", "names", "population_share", "most_populous", "rank", "country_rank", "capital"),
}
"""Features that make up one reason."""

_IN_GROUP = np.array([[float(name in names) for names in GROUPS.values()] for name in NAMES])
"""A row per feature, a column per group."""

_CUE, _STATE, _OWN = (COLUMN[name] for name in ("cue_match", "called_state", "own"))

REACHES = (30, 150)
"""Kilometres within which places are near."""

BLOCK = 64
"""Mentions whose distances are computed at once: a call per mention is slow, one per document needs much memory."""

LEAST_STRENGTH = 0.2
"""A group of features that moves the score by less is no reason."""

CountryName = Callable[[str], str]


def unknown_reason(toponym: Toponym, language: Language) -> str:
    """Return why `toponym` has no place."""
    return language.reasons["unknown_cue" if toponym.cue else "unknown"].format(cue=toponym.cue)


class _Top(NamedTuple):
    """A mention with the row of its top candidate."""

    mention: Mention
    row: int

    @property
    def kind(self) -> Kind:
        """Kind of the top candidate."""
        return self.mention.candidates.kinds[self.row]


class _Group:
    """The top candidates of distinct names that share a country or a region, in the order of the names."""

    def __init__(self) -> None:
        self._names: set[int] = set()
        self._of_kind: dict[Kind, list[_Top]] = {Kind.COUNTRY: [], Kind.REGION: []}

    def add(self, top: _Top) -> None:
        """Add the top candidate of a further name."""
        self._names.add(top.mention.name)
        if top.kind in self._of_kind:
            self._of_kind[top.kind].append(top)

    def count_without(self, name: int) -> int:
        """Return how many other names there are."""
        return len(self._names) - (name in self._names)

    def first_without(self, name: int, kind: Kind) -> str:
        """Return the first other name of a country or region as written, or ""."""
        return next((top.mention.toponym.text for top in self._of_kind[kind] if top.mention.name != name), "")


class Reasons:
    """Words the reasons of one document.

    Args:
        sheet: of the document, its passes run.
        tops: of each mention, the row of its top candidate, or -1.
        language: of the reader.
        ranker: has ranked the sheet; the contributions of the features to its last pass are the reasons.
        country_name: returns the name of a country for its code.
    """

    def __init__(
        self, sheet: Sheet, tops: Sequence[int], language: Language, ranker: Ranker, country_name: CountryName
    ) -> None:
        mentions = sheet.mentions
        self._sheet, self._mentions, self._tops = sheet, mentions, tops
        self._strengths = _strengths(sheet, tops, ranker)
        self._close: dict[int, list[tuple[list[int], list[int]]]] = {}
        self._words = language.reasons
        self._language = language.code
        self._country_name = country_name
        self._cued: dict[tuple[int, Kind], list[Mention]] = {}
        for mention in mentions:
            if mention.toponym.cue_kind is not None:
                cued = self._cued.setdefault((mention.name, mention.toponym.cue_kind), [])
                if len(cued) < 2:  # enough to find one that is another mention
                    cued.append(mention)
        # One mention per name: the other names of the document are evidence once each.
        by_name = [
            _Top(mention, int(mention.scores.argmax()))
            for mention in {each.name: each for each in mentions if len(each.candidates)}.values()
        ]
        self._by_country: defaultdict[str, _Group] = defaultdict(_Group)
        self._by_admin: defaultdict[str, _Group] = defaultdict(_Group)
        for top in by_name:
            self._by_country[top.mention.candidates.country[top.row]].add(top)
            self._by_admin[top.mention.candidates.admin[top.row]].add(top)
        self._points = [top for top in by_name if top.kind not in VAST]
        self._names = np.array([top.mention.name for top in self._points], dtype=np.int64)
        self._on_sphere = on_sphere(
            np.array([top.mention.candidates.lat[top.row] for top in self._points]),
            np.array([top.mention.candidates.lon[top.row] for top in self._points]),
        )

    def __call__(self, position: int) -> tuple[str, ...]:
        """Return the reasons for the top candidate of the mention at `position`, the strongest first."""
        mention, row = self._mentions[position], self._tops[position]
        match = mention.candidates.matches[row]
        if row in mention.candidates.demonyms:
            return (self._words["demonym"],)
        sentences: list[str] = []
        if mention.features[row, _OWN]:
            sentences.append(self._words["own"])
        strong = [pair for pair in zip(self._strengths[position], GROUPS, strict=True) if pair[0] >= LEAST_STRENGTH]
        # The sort is stable: of equal strengths the first in GROUPS.
        for _, group in sorted(strong, key=lambda pair: -pair[0]):
            if len(sentences) >= MOST:
                break
            if sentence := self._sentence(group, position, row):
                sentences.append(sentence)
        if len(mention.candidates) == 1 and len(sentences) < MOST and match.type is not MatchType.NEAR:
            sentences.append(self._words["only"])
        if match.type in (MatchType.TRANSLITERATED, MatchType.NEAR):
            key = "spelled" if match.type is MatchType.TRANSLITERATED else "spelled_near"
            sentences.append(self._words[key].format(name=match.name))
        return tuple(dict.fromkeys(sentences)) or (self._fame(position, row),)

    def _sentence(self, group: str, position: int, row: int) -> str:
        """The sentence of one group of features, or "" where the document has nothing to name."""
        sentences: dict[str, Callable[[int, int], str]] = {
            "cue": self._cue,
            "contained": self._contained,
            "elsewhere": self._elsewhere,
            "country": self._country,
            "region": self._region,
            "near": self._near,
            "list": self._list,
            "fame": self._fame,
        }
        return sentences[group](position, row)

    def _cue(self, position: int, row: int) -> str:
        mention = self._mentions[position]
        if mention.toponym.cue and mention.features[row, _CUE]:
            return self._words["cue"].format(cue=mention.toponym.cue)
        return self._words["state"] if mention.features[row, _STATE] else ""

    def _contained(self, position: int, _row: int) -> str:
        if position + 1 >= len(self._mentions):
            return ""
        return self._words["contained_named"].format(container=self._mentions[position + 1].toponym.text)

    def _elsewhere(self, position: int, row: int) -> str:
        mention = self._mentions[position]
        for other in self._cued.get((mention.name, mention.candidates.kinds[row]), ()):
            if other is not mention:
                return self._words["elsewhere"].format(cue=other.toponym.cue)
        return ""

    def _country(self, position: int, row: int) -> str:
        candidates, name = self._mentions[position].candidates, self._mentions[position].name
        code = candidates.country[row]
        if not code or candidates.kinds[row] is Kind.COUNTRY:
            return ""
        group = self._by_country[code]
        others = group.count_without(name)
        if others > 1:
            return self._words["same_country"].format(count=others, country=self._country_name(code))
        if country := group.first_without(name, Kind.COUNTRY):
            return self._words["country_named"].format(country=country)
        return self._words["same_country_one"].format(country=self._country_name(code)) if others else ""

    def _region(self, position: int, row: int) -> str:
        candidates, name = self._mentions[position].candidates, self._mentions[position].name
        admin = candidates.admin[row]
        if not admin or candidates.kinds[row] is Kind.REGION:
            return ""
        group = self._by_admin[admin]
        if region := group.first_without(name, Kind.REGION):
            return self._words["region_named"].format(region=region)
        others, path = group.count_without(name), candidates.matches[row].place.admin
        if not others or not path:
            return ""
        key = "same_region" if others > 1 else "same_region_one"
        return self._words[key].format(count=others, region=place_name(path[0], self._language))

    def _near(self, position: int, _row: int) -> str:
        block = position // BLOCK
        if block not in self._close:
            self._close[block] = self._measure(range(block * BLOCK, min((block + 1) * BLOCK, len(self._mentions))))
        for reach, count, first in zip(REACHES, *self._close[block][position % BLOCK], strict=True):
            if count > 1:
                return self._words["near"].format(count=count, km=reach)
            if count:
                return self._words["near_one"].format(km=reach, name=self._points[first].mention.toponym.text)
        return ""

    def _measure(self, positions: range) -> list[tuple[list[int], list[int]]]:
        """For each mention, how many top candidates of other names lie within each of REACHES, and the first one."""
        if not len(self._points):
            return [([0] * len(REACHES), [0] * len(REACHES))] * len(positions)
        sheet, here = self._sheet, slice(positions.start, positions.stop)
        # Mentions without candidates get the row of another mention; their distances are not used.
        chosen = np.minimum(sheet.starts[:-1][here] + np.maximum(self._tops[here], 0), len(sheet.rows) - 1)
        # The cosine of the angle between two points tells which is nearer without an arcsine per pair.
        cosines = sheet.names.points[:, sheet.rows[chosen]].T @ self._on_sphere
        names = np.array([self._mentions[position].name for position in positions])
        cosines[names[:, None] == self._names] = -2.0
        close = cosines[:, None, :] >= np.cos(np.array(REACHES) / EARTH_RADIUS_KM)[:, None]
        counts, firsts = close.sum(axis=2).tolist(), close.argmax(axis=2).tolist()
        return list(zip(counts, firsts, strict=True))

    def _list(self, _position: int, _row: int) -> str:
        return self._words["list"]

    def _fame(self, position: int, row: int) -> str:
        candidates = self._mentions[position].candidates
        if len(candidates) == 1:
            return self._words["only"]
        most = int(candidates.population.argmax()) == row and candidates.population[row] > 0
        return self._words["most_populous" if most else "known"].format(count=len(candidates))


def _strengths(sheet: Sheet, tops: Sequence[int], ranker: Ranker) -> list[list[float]]:
    """How far each of GROUPS lifts the top candidate of each mention above the mean of its alternatives, or above 0."""
    strengths = np.zeros((len(sheet.mentions), len(GROUPS)))
    placed = np.flatnonzero(np.diff(sheet.starts))
    if len(placed):
        lifts = ranker.contributions(sheet.features) @ _IN_GROUP
        top_lifts = lifts[sheet.starts[placed] + np.array(tops)[placed]]
        alternatives = (np.diff(sheet.starts)[placed] - 1)[:, None]
        others = np.add.reduceat(lifts, sheet.starts[placed]) - top_lifts
        strengths[placed] = top_lifts - np.where(alternatives > 0, others / np.maximum(alternatives, 1), 0.0)
    return [list(row) for row in strengths.tolist()]
