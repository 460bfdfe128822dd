"""From toponyms to places: candidates, two passes of a learned ranker, a calibrated probability, reasons in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mapgen import languages
from mapgen.corrections import Ruling
from mapgen.gazetteer import Gazetteer, Match
from mapgen.languages import Language
from mapgen.model import Candidate, Document, Kind, MatchType, Place, Resolution, Sense, Span, Toponym
from mapgen.resolution.anchors import Radii
from mapgen.resolution.candidates import Candidates, CandidateSet, candidate_set
from mapgen.resolution.context import haversine
from mapgen.resolution.decided import decided, with_origin
from mapgen.resolution.ranker import CALIBRATION, FEATURES, PASSES, NamedFeatures, Weights, weights
from mapgen.resolution.reasons import Reasons, unknown_reason
from mapgen.resolution.scoring import Mention, Scorer, Sheet
from mapgen.resolution.unknown import place_unknown

__all__ = ["Prior", "Resolver"]

Array = NDArray[np.float64]

PRIOR_COUNTRY = 2.0
PRIOR_NEAR = 3.5
"""What the user's home adds to the score of a candidate in that country, or at that point.

Set by hand so that home decides between places of like fame (odds 7 and 33 to 1) and does not overrule the text: no
corpus tells homes."""

OWN_PROBABILITY = 0.97
"""A place that the user has named wins; what remains is that the text means another of that name."""

NEAR_NAMES = 16
NEAR_PROBABILITY = 0.55
"""A name that is only spelled like another is taken for it where that place is known by many names.

Of such answers 24 of 44 were right over TR-News, NewsEye and LGL, of those for lesser places 4 of 19; the lesser are
told as runners-up."""

FAR_FETCHED = 0.8
"""A transliteration in a country that nothing else in the text is in needs this probability.

Of the answers below it 1 of 13 was right over TR-News, NewsEye and LGL."""


_CALIBRATED = [FEATURES.index(name) for name in CALIBRATION if name in FEATURES]
_OWN = FEATURES.index("own")


class PlaceSource(Protocol):
    """What `mapgen.geocoding.OnlineGeocoder` is to the resolver."""

    def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
        """Return the places of that name, () where none is known or the source has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Where the reader or the newspaper is at home.

    Attributes:
        near: (latitude, longitude) in degrees, or None.
        country: ISO 3166-1 alpha-2 code, or "".
    """

    near: tuple[float, float] | None = None
    country: str = ""


class Resolver:
    """Gives every toponym its place.

    Args:
        gazetteer: where candidates come from.
        prior: the home of the reader or the newspaper.
        online: asked for what the gazetteer does not know; its answers are candidates like others.
        weights: learned weights; those of the package when not given.
        candidates: looks candidates up; one of its own when not given.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        prior: Prior | None = None,
        online: PlaceSource | None = None,
        weights: Weights | None = None,
        candidates: Candidates | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._prior = prior or Prior()
        self._online = online
        self._weights = weights
        self._radii = Radii(gazetteer)
        self._candidates = candidates or Candidates(gazetteer)
        self._scorer = Scorer(self._candidates)

    def resolve(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        *,
        reader: str = "",
        rulings: Mapping[Span, Ruling] | None = None,
    ) -> tuple[Toponym, ...]:
        """Return the toponyms with their resolutions, in the same order; none is dropped.

        Args:
            document: the text, its language known.
            toponyms: in text order.
            reader: language of the reasons, ISO 639-1; English where there are none in it.
            rulings: by span, what a person has said; it stands before the other names are looked at.
        """
        spoken = languages.load(document.language)
        sheet = self._ranked(document, toponyms, spoken, rulings=rulings)
        mentions = sheet.mentions
        language = languages.load(reader or document.language)
        if not language.reasons:
            language = languages.load("en")
        told = Reasons(
            mentions,
            language,
            (self._weights or weights()).passes[-1],
            lambda code: self._country_name(code, language.code),
        )
        resolved = self._resolutions(mentions, told, language, spoken)
        placed = tuple(
            replace(toponym, resolution=with_origin(toponym, resolution, language))
            for toponym, resolution in zip(toponyms, resolved, strict=True)
        )
        return place_unknown(
            document.text,
            placed,
            language=spoken,
            reader=language,
            radii=self._radii,
            ruled=frozenset(rulings or ()),
            around=sheet.around,
        )

    def score(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        language: Language,
        *,
        rulings: Mapping[Span, Ruling] | None = None,
        passes: int = len(PASSES),
    ) -> list[Mention]:
        """Return the mentions with features and scores of the last pass; what `resolve` chooses from.

        Args:
            document: the text.
            toponyms: in text order.
            language: of the document.
            rulings: by span, what a person has said.
            passes: how many times the names are ranked; fewer are for learning the weights of the next one.
        """
        return self._ranked(document, toponyms, language, rulings=rulings, passes=passes).mentions

    def _ranked(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        language: Language,
        *,
        rulings: Mapping[Span, Ruling] | None,
        passes: int = len(PASSES),
    ) -> Sheet:
        """The sheet of a document after the last pass."""
        learned = self._weights or weights()
        sheet = self._laid_out(document, toponyms, language, learned, rulings=rulings)
        if self._online is not None and (found := self._ask(sheet.mentions, language)):
            sheet = self._laid_out(document, toponyms, language, learned, rulings=rulings, found=found)
        for later in learned.passes[1:passes]:
            sheet.look_around()
            sheet.rank(later)
        return sheet

    def _laid_out(
        self,
        document: Document,
        toponyms: Sequence[Toponym],
        language: Language,
        learned: Weights,
        *,
        rulings: Mapping[Span, Ruling] | None,
        found: Mapping[str, CandidateSet] | None = None,
    ) -> Sheet:
        """The sheet of a document after the first pass."""
        sheet = self._scorer.sheet(document, toponyms, language, found=found, rulings=rulings)
        self._add_prior(sheet)
        sheet.rank(learned.passes[0])
        return sheet

    def _ask(self, mentions: list[Mention], language: Language) -> dict[str, CandidateSet]:
        """Ask the online geocoder for each name that the gazetteer does not know, in the document's main country."""
        if self._online is None:
            return {}
        country = _main_country(mentions)
        found: dict[str, CandidateSet] = {}
        asked = (mention for mention in mentions if mention.ruling is None and _unknown(mention))
        for name in dict.fromkeys(mention.toponym.text for mention in asked):
            places = self._online.places(name, country=country, language=language.code)
            if places:
                matches = tuple(Match(place=place, type=MatchType.EXACT, name=place.name) for place in places)
                found[name] = candidate_set(matches, language)
        return found

    def _add_prior(self, sheet: Sheet) -> None:
        prior = self._prior
        if prior.country:
            home = [country == prior.country for found in sheet.names.sets for country in found.country]
            sheet.prior[:] += PRIOR_COUNTRY * np.array(home, dtype=float)[sheet.rows]
        if prior.near is not None:
            lat, lon = np.radians(prior.near)
            distance = haversine(sheet.names.lat, sheet.names.lon, np.array(lat), np.array(lon))
            sheet.prior[:] += PRIOR_NEAR * np.exp(-distance / 150.0)[sheet.rows]

    def _resolutions(
        self, mentions: list[Mention], told: Reasons, language: Language, spoken: Language
    ) -> list[Resolution]:
        """A resolution a mention; mentions of a name of which the text says the same share one."""
        known: dict[tuple[int, str, str, bytes], Resolution] = {}
        resolved = []
        for position, mention in enumerate(mentions):
            toponym = mention.toponym
            key = (mention.name, toponym.text, toponym.cue, mention.features.tobytes())
            if key not in known and mention.ruling is not None:
                order = _order(mention)
                ranked = _candidates(mention, order, [0.0] * len(order))
                known[key] = decided(mention.ruling, ranked, self._candidates.of(toponym.text, spoken), language)
            elif key not in known:
                known[key] = self._resolution(position, mention, told, language)
            resolved.append(known[key])
        return resolved

    def _resolution(self, position: int, mention: Mention, told: Reasons, language: Language) -> Resolution:
        found = mention.candidates
        if not len(found):
            return Resolution(place=None, probability=0.0, reasons=(unknown_reason(mention.toponym, language),))
        order = _order(mention)
        best = order[0]
        learned = self._weights or weights()
        match = found.matches[best]
        if mention.features[best, _OWN]:
            probability = OWN_PROBABILITY
        else:
            probability = learned.probability(calibration_inputs(mention, best))
        if match.type is MatchType.NEAR:
            probability = min(probability, NEAR_PROBABILITY)
        if _unknown(mention) or (told.has_others(position) and _far_fetched(mention, best, probability)):
            return _unlike(mention, order, language)
        # The runners-up share what the winner leaves, in the proportion of their softmax.
        rest = float(sum(mention.shares[row] for row in order[1:]))
        spread = (1.0 - probability) / max(rest, 1e-9) * min(1.0, 4 * rest)
        winner, *others = _candidates(mention, order, [probability, *(mention.shares[order[1:]] * spread).tolist()])
        return Resolution(
            place=match.place,
            probability=probability,
            alternatives=tuple(others),
            reasons=told(position, best),
            match=match.type,
            features=winner.features,
            score=winner.score,
        )

    def _country_name(self, code: str, language: str) -> str:
        country = self._gazetteer.country(code)
        return country.label(language) if country else code


def _unknown(mention: Mention) -> bool:
    """Whether the gazetteer has nothing for the name but lesser places spelled a little like it."""
    return all(
        match.type is MatchType.NEAR and match.place.name_count < NEAR_NAMES for match in mention.candidates.matches
    )


def _far_fetched(mention: Mention, row: int, probability: float) -> bool:
    """Whether the name is only like the candidate's and nothing else in the text lies in the candidate's country."""
    match = mention.candidates.matches[row].type
    alike = match is MatchType.NEAR or (match is MatchType.TRANSLITERATED and probability < FAR_FETCHED)
    return (
        alike
        and mention.candidates.kinds[row] is not Kind.COUNTRY
        and mention.features[row, FEATURES.index("country_share")] == 0
        and mention.features[row, FEATURES.index("demonym_share")] == 0
    )


def _main_country(mentions: list[Mention]) -> str:
    """The country in which most of the document's places lie, or "" where no country has half of them."""
    shares: dict[str, float] = {}
    for mention in mentions:
        if len(mention.candidates) and mention.toponym.sense is Sense.LITERAL:
            best = int(mention.scores.argmax())
            country = mention.candidates.country[best]
            shares[country] = shares.get(country, 0.0) + float(mention.shares[best])
    shares.pop("", None)
    main = max(shares, key=lambda country: shares[country], default="")
    return main if main and shares[main] >= sum(shares.values()) / 2 else ""


def _candidates(mention: Mention, order: list[int], probabilities: list[float]) -> list[Candidate]:
    """The candidates in this order, with these probabilities."""
    features, scores = mention.features[order], mention.scores[order].tolist()
    matches = mention.candidates.matches
    return [
        Candidate(
            place=matches[row].place,
            match=matches[row].type,
            name=matches[row].name,
            features=NamedFeatures(values),
            score=score,
            probability=probability,
        )
        for row, values, score, probability in zip(order, features, scores, probabilities, strict=True)
    ]


def _unlike(mention: Mention, order: list[int], language: Language) -> Resolution:
    """No place, for a name that is only spelled a little like those of lesser places; these are told."""
    told = language.reasons["spelled_near"].format(name=mention.candidates.matches[order[0]].name)
    return Resolution(
        place=None,
        probability=0.0,
        alternatives=tuple(_candidates(mention, order, [0.0] * len(order))),
        reasons=(unknown_reason(mention.toponym, language), told),
    )


def _order(mention: Mention) -> list[int]:
    """Rows of the candidates, best first: what a person said, then the user's own places before all others."""
    own = mention.features[:, _OWN].copy()
    if mention.ruling is not None and len(own):
        own[0] = 2.0
    return [int(row) for row in np.lexsort((-mention.scores, -own))]


def calibration_inputs(mention: Mention, best: int) -> Array:
    """Return the inputs of the winner's probability, in the order of `CALIBRATION`."""
    share = float(mention.shares[best])
    special = (
        1.0,
        share,
        min(7.0, max(-5.0, math.log((share + 1e-6) / (1.0 - share + 1e-6)))) / 5.0,
        math.log1p(len(mention.candidates)),
        float(mention.candidates.kinds[best] in (Kind.COUNTRY, Kind.CONTINENT, Kind.REGION)),
    )
    return np.concatenate([special, mention.features[best, _CALIBRATED]])
