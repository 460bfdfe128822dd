"""From toponyms to places: candidates, three passes of a learned ranker, a calibrated probability, reasons in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mapgen import languages
from mapgen.corrections import Ruling
from mapgen.gazetteer import Gazetteer, Match
from mapgen.languages import Language
from mapgen.model import Candidate, Document, Kind, MatchType, Place, Resolution, Sense, Span, Toponym
from mapgen.resolution.candidates.lookup import Candidates, CandidateSet, candidate_set
from mapgen.resolution.evidence.coherence import haversine
from mapgen.resolution.evidence.mentions import Mention, answered
from mapgen.resolution.evidence.sheet import Scorer, Sheet
from mapgen.resolution.ranking.weights import FEATURES, PASSES, NamedFeatures, Weights, weights
from mapgen.resolution.ranking.winners import Winners, winners
from mapgen.resolution.rules.anchors import Radii
from mapgen.resolution.rules.estimates import place_unknown
from mapgen.resolution.rules.reasons import Reasons, unknown_reason
from mapgen.resolution.rules.rulings import decided, with_origin

__all__ = ["Prior", "Resolver"]

Array = NDArray[np.float64]

PRIOR_COUNTRY = 2.0
PRIOR_NEAR = 3.5
"""What the user's home adds to the score of a candidate in that country, or at that point.

Set by hand so that home decides between places of like fame (odds 7 and 33 to 1) and does not overrule the text: no
corpus tells homes."""

NEAR_NAMES = 16
NEAR_PROBABILITY = 0.55
"""A name that is only spelled like another is taken for it where that place is known by many names.

Of such answers 24 of 44 were right over TR-News, NewsEye and LGL, of those for lesser places 4 of 19; the lesser are
told as runners-up."""

FAR_FETCHED = 0.8
"""A transliteration in a country that nothing else in the text is in needs this probability.

Of the answers below it 1 of 13 was right over TR-News, NewsEye and LGL."""

_ELSEWHERE = [FEATURES.index(name) for name in ("country_share", "demonym_share")]


class PlaceSource(Protocol):
    """What `mapgen.geocoding.OnlineGeocoder` is to the resolver."""

    def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
        """Return the places of that name, () where none is known.

        Raises:
            GeocodingError: the source has failed; the caller of `Resolver.resolve` handles it.
        """


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
        weights: learned weights; those of the package when not given.
        candidates: looks candidates up; one of its own when not given.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        prior: Prior | None = None,
        weights: Weights | None = None,
        candidates: Candidates | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._prior = prior or Prior()
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
        online: PlaceSource | None = None,
    ) -> tuple[Toponym, ...]:
        """Return the toponyms with their resolutions, in the same order; none is dropped.

        Args:
            document: the text, its language known.
            toponyms: in text order.
            reader: language of the reasons, ISO 639-1; English where there are none in it.
            rulings: by span, what a person has said; it stands before the other names are looked at.
            online: asked for what the gazetteer does not know; its answers are candidates like others.
        """
        spoken = languages.load(document.language)
        sheet = self._ranked(document, toponyms, spoken, rulings=rulings, online=online)
        language = languages.load(languages.reader_language(reader or document.language))
        learned = self._weights or weights()
        ranked = winners(sheet, learned)
        told = Reasons(
            sheet,
            [order[0] if order else -1 for order in ranked.orders],
            language,
            learned.passes[-1],
            lambda code: self._country_name(code, language.code),
        )
        resolved = self._resolutions(sheet.mentions, ranked, told, language, spoken)
        placed = tuple(
            answered(toponym, with_origin(toponym, resolution, language))
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
        online: PlaceSource | None = None,
        passes: int = len(PASSES),
    ) -> Sheet:
        """The sheet of a document after the last pass."""
        learned = self._weights or weights()
        sheet = self._laid_out(document, toponyms, language, learned, rulings=rulings)
        if online is not None and (found := _ask(online, sheet.mentions, language)):
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
        self, mentions: list[Mention], ranked: Winners, told: Reasons, language: Language, spoken: Language
    ) -> list[Resolution]:
        """A resolution a mention; mentions of a name of which the text says the same share one."""
        known: dict[tuple[int, str, str, bytes], Resolution] = {}
        times = Counter(mention.name for mention in mentions)
        resolved = []
        for position, mention in enumerate(mentions):
            toponym = mention.toponym
            said = mention.features.tobytes() if times[mention.name] > 1 else b""
            key = (mention.name, toponym.text, toponym.cue, said)
            if key not in known and mention.ruling is not None:
                rivals = _candidates(position, mention, ranked)
                known[key] = decided(mention.ruling, rivals, self._candidates.of(toponym.text, spoken), language)
            elif key not in known:
                known[key] = _resolution(position, mention, ranked, told, language)
            resolved.append(known[key])
        return resolved

    def _country_name(self, code: str, language: str) -> str:
        country = self._gazetteer.country(code)
        return country.label(language) if country else code


def _resolution(position: int, mention: Mention, ranked: Winners, told: Reasons, language: Language) -> Resolution:
    """The resolution of one mention.

    Args:
        position: of the mention.
        mention: the mention.
        ranked: the candidates of all mentions in order.
        told: tells why.
        language: of the reader.
    """
    found, order, probability = mention.candidates, ranked.orders[position], ranked.probabilities[position]
    if not order:
        return Resolution(place=None, probability=0.0, reasons=(unknown_reason(mention.toponym, language),))
    best = order[0]
    match = found.matches[best]
    if match.type is MatchType.NEAR:
        probability = min(probability, NEAR_PROBABILITY)
    if _unknown(mention) or (_far_fetched(mention, best, probability) and told.has_others(position)):
        return _unlike(position, mention, ranked, language)
    # The runners-up share what the winner leaves, in the proportion of their softmax.
    shares = ranked.shares[position][1:]
    rest = sum(shares)
    spread = (1.0 - probability) / max(rest, 1e-9) * min(1.0, 4 * rest)
    winner, *others = _candidates(position, mention, ranked, [probability, *(share * spread for share in shares)])
    return Resolution(
        place=match.place,
        probability=probability,
        alternatives=tuple(others),
        reasons=told(position),
        match=match.type,
        features=winner.features,
        score=winner.score,
    )


def _ask(online: PlaceSource, mentions: list[Mention], language: Language) -> dict[str, CandidateSet]:
    """Ask the online geocoder for each name that the gazetteer does not know, in the document's main country."""
    country = _main_country(mentions)
    found: dict[str, CandidateSet] = {}
    asked = (mention for mention in mentions if mention.ruling is None and _unknown(mention))
    for name in dict.fromkeys(mention.toponym.text for mention in asked):
        places = online.places(name, country=country, language=language.code)
        if places:
            matches = tuple(Match(place=place, type=MatchType.EXACT, name=place.name) for place in places)
            found[name] = candidate_set(matches, language)
    return found


def _unknown(mention: Mention) -> bool:
    """Whether the gazetteer has nothing for the name but lesser places spelled a little like it."""
    return all(
        match.type is MatchType.NEAR and match.place.name_count < NEAR_NAMES for match in mention.candidates.matches
    )


def _far_fetched(mention: Mention, row: int, probability: float) -> bool:
    """Whether the name is only like the candidate's and nothing else in the text lies in the candidate's country."""
    match = mention.candidates.matches[row].type
    alike = match is MatchType.NEAR or (match is MatchType.TRANSLITERATED and probability < FAR_FETCHED)
    return alike and mention.candidates.kinds[row] is not Kind.COUNTRY and not mention.features[row, _ELSEWHERE].any()


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


def _candidates(
    position: int, mention: Mention, ranked: Winners, probabilities: Sequence[float] | None = None
) -> list[Candidate]:
    """The candidates of a mention in order, with these probabilities, or 0."""
    features, matches = mention.features, mention.candidates.matches
    order, scores = ranked.orders[position], ranked.scores[position]
    return [
        Candidate(
            place=matches[row].place,
            match=matches[row].type,
            name=matches[row].name,
            features=NamedFeatures(features[row]),
            score=score,
            probability=probability,
        )
        for row, score, probability in zip(order, scores, probabilities or [0.0] * len(order), strict=True)
    ]


def _unlike(position: int, mention: Mention, ranked: Winners, language: Language) -> Resolution:
    """No place, for a name that is only spelled a little like those of lesser places; these are told."""
    told = language.reasons["spelled_near"].format(name=mention.candidates.matches[ranked.orders[position][0]].name)
    return Resolution(
        place=None,
        probability=0.0,
        alternatives=tuple(_candidates(position, mention, ranked)),
        reasons=(unknown_reason(mention.toponym, language), told),
    )
