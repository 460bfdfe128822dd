"""The resolutions of a document while the rules are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from mapgen.corrections import Ruling
from mapgen.languages import Language
from mapgen.model import Candidate, MatchType, Origin, Place, Resolution, Toponym
from mapgen.resolution.candidates import CandidateSet
from mapgen.resolution.evidence import Anchor, Spot, Surroundings, spot
from mapgen.resolution.rules.anchors import Radii

__all__ = [
    "Contradiction",
    "Draft",
    "Setting",
    "Spelling",
    "alternatives_with_top",
    "with_alternative",
    "with_probability",
    "with_resolution",
]

ANCHOR_PROBABILITY = 0.5
"""Least probability of a place that phrases start from."""


class Contradiction(StrEnum):
    """What in the text contradicts the place of a name."""

    KIND = "kind"
    """The text says what the name is, and the place is something else, or only spelled like the name and far off."""
    CONTAINER = "container"
    """The text states what the name lies in, and the place lies elsewhere."""
    WATER = "water"
    """The text is about a river and the place is a town."""
    DISTANCE = "distance"
    """A phrase with a distance places the name elsewhere."""
    NEAR = "near"
    """A phrase without a distance ("near", "north of") places the name elsewhere."""


class Spelling(NamedTuple):
    """Of a name that is transliterated or one edit away from the name of its top candidate.

    Attributes:
        name: the matched name in the gazetteer.
        is_supported: whether something else in the text is evidence for the country of the candidate, or the text has
            no other name with candidates.
    """

    name: str
    is_supported: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """What the rules know of a document beside its resolutions.

    Attributes:
        text: of the document.
        language: of the text.
        reader: language of the reasons.
        around: the words around the toponyms.
        radii: measures regions.
        main_country: ISO 3166-1 alpha-2 code of the country of most places of the document, or "".
        rulings: decisions of a person, by position; no rule but the first changes these toponyms.
        spellings: by position, of names that are only spelled like their top candidate.
        remote: positions of names of which the top candidate lies in a country that the document does not speak of.
        hamlets: positions of names of which the top candidate is a hamlet that nothing in the document confirms.
        candidates_of: returns the candidates of a name, for the alternatives of a ruling; None for no alternatives.
        place_of: returns the whole place of an id, for alternatives have no other names; None where there is none.
    """

    text: str
    language: Language
    reader: Language
    around: Surroundings
    radii: Radii
    main_country: str = ""
    rulings: Mapping[int, Ruling] = field(default_factory=dict)
    spellings: Mapping[int, Spelling] = field(default_factory=dict)
    remote: frozenset[int] = frozenset()
    hamlets: frozenset[int] = frozenset()
    candidates_of: Callable[[str], CandidateSet] | None = None
    place_of: Callable[[str], Place | None] = lambda _id: None


class Draft:
    """The toponyms of a document with their resolutions so far.

    Rules change it, by `set_resolution`, `set_place` and `contradict` and in no other way.

    Args:
        setting: what the rules know beside.
        toponyms: in text order, each with its resolution.

    Attributes:
        toponyms: the same as they are now.
        contradicted: by position, what contradicts the place that the ranker has chosen. Such a place is evidence for
            no other name, whatever a later rule makes of it.
        anchors: the toponyms as they were when the contradictions were found. Phrases, lists and regions start from
            these places, so that no estimate depends on another one.
    """

    def __init__(self, setting: Setting, toponyms: Iterable[Toponym]) -> None:
        self.setting = setting
        self.toponyms = list(toponyms)
        self.contradicted: Mapping[int, Contradiction] = {}
        self.anchors: Sequence[Toponym] = tuple(self.toponyms)
        self._placed: set[int] = set()

    def is_open(self, position: int) -> bool:
        """Return whether a toponym wants a place: it has none or a contradicted one, and no person has decided it."""
        return (
            (self.toponyms[position].place is None or position in self.contradicted)
            and position not in self._placed
            and position not in self.setting.rulings
        )

    def open_positions(self) -> list[int]:
        """Return the positions of the toponyms that want a place."""
        return [position for position in range(len(self.toponyms)) if self.is_open(position)]

    def contradict(self, contradictions: Mapping[int, Contradiction]) -> None:
        """Record what contradicts which places, and fix the anchors."""
        self.contradicted = dict(contradictions)
        self.anchors = tuple(self.toponyms)

    def set_resolution(self, position: int, resolution: Resolution) -> None:
        """Change the resolution of one toponym."""
        self.toponyms[position] = with_resolution(self.toponyms[position], resolution)

    def set_places(self, resolutions: Mapping[str, Resolution]) -> None:
        """Give the open mentions of names, in lower case, their resolutions; no later rule places them again."""
        if not resolutions:
            return
        for position in self.open_positions():
            resolution = resolutions.get(self.toponyms[position].text.casefold())
            if resolution is not None:
                self.set_resolution(position, resolution)
                self._placed.add(position)

    def spots(self) -> dict[int, Spot]:
        """Return where spatial phrases place names, by position; phrases on contradicted or doubtful places are out."""
        carriers = self.setting.around.carriers
        if not carriers:
            return {}
        anchors = {
            toponym.span: Anchor(toponym.place.kind, toponym.place.lat, toponym.place.lon, toponym.place.population)
            for position, toponym in enumerate(self.anchors)
            if position not in self.contradicted
            and toponym.place is not None
            and toponym.place.origin is not Origin.TEXT
            and not toponym.place.inherited
            and toponym.resolution is not None
            and toponym.resolution.probability >= ANCHOR_PROBABILITY
        }
        spots = {}
        for position, carrier in carriers.items():
            relation = self.anchors[carrier].relation
            area = spot(relation, anchors) if relation is not None else None
            if area is not None:
                spots[position] = area
        return spots


def with_resolution(toponym: Toponym, resolution: Resolution) -> Toponym:
    """Return the toponym with its resolution: `dataclasses.replace` takes three times as long, once per mention."""
    return Toponym(
        start=toponym.start,
        end=toponym.end,
        text=toponym.text,
        name=toponym.name,
        sense=toponym.sense,
        cue=toponym.cue,
        cue_kind=toponym.cue_kind,
        relation=toponym.relation,
        probability=toponym.probability,
        resolution=resolution,
        decision=toponym.decision,
    )


def with_probability(resolution: Resolution, probability: float) -> Resolution:
    """Return the resolution with another probability, below 1; the alternatives keep their part of the rest."""
    scale = (1.0 - probability) / (1.0 - resolution.probability)
    alternatives = (replace(each, probability=each.probability * scale) for each in resolution.alternatives)
    return replace(resolution, probability=probability, alternatives=tuple(alternatives))


def alternatives_with_top(toponym: Toponym, taken: float, *, name: str = "") -> tuple[Candidate, ...]:
    """Return the alternatives of a toponym, its place first among them.

    Args:
        toponym: with its resolution.
        taken: probability of what replaces the place; the alternatives share the rest.
        name: name by which the place was matched; its own name when not given.
    """
    resolution = toponym.resolution
    if resolution is None:
        return ()
    candidates = list(resolution.alternatives)
    if resolution.place is not None:
        top = Candidate(
            place=replace(resolution.place, names=()),
            match=resolution.match or MatchType.EXACT,
            name=name or resolution.place.name,
            features=resolution.features,
            score=resolution.score,
            probability=resolution.probability,
        )
        candidates.insert(0, top)
    total = sum(candidate.probability for candidate in candidates)
    scale = min(1.0, (1.0 - taken) / total) if total > 0 else 1.0
    return tuple(replace(candidate, probability=candidate.probability * scale) for candidate in candidates)


def with_alternative(draft: Draft, position: int, candidate: Candidate, probability: float, reason: str) -> Resolution:
    """Return the resolution of a toponym to one of its alternatives, the place so far among the others.

    Args:
        draft: of the document.
        position: of the toponym.
        candidate: an alternative of its resolution.
        probability: of the candidate.
        reason: why the rule takes it.
    """
    # Below one half the alternatives share no more than the place has, so that none is likelier than the place.
    alternatives = alternatives_with_top(draft.toponyms[position], max(probability, 1.0 - probability))
    return Resolution(
        place=draft.setting.place_of(candidate.place.id) or candidate.place,
        probability=probability,
        alternatives=tuple(each for each in alternatives if each.place.id != candidate.place.id),
        reasons=(reason,),
        match=candidate.match,
        features=candidate.features,
        score=candidate.score,
    )
