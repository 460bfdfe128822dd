"""Makes the resolutions of the ranker: the draft that the rules start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from mapgen.languages import Language
from mapgen.model import Candidate, MatchType, Resolution, Toponym
from mapgen.resolution.arrays import Array
from mapgen.resolution.evidence import Mention, Sheet
from mapgen.resolution.features import COLUMN, NAMES
from mapgen.resolution.ranking import Ranked
from mapgen.resolution.rules.draft import Spelling, with_resolution
from mapgen.resolution.rules.reasons import Reasons, unknown_reason

__all__ = ["has_country_evidence", "ranked_toponyms", "spellings"]

LEAST_LEAD = 0.15
"""A country with less than this part of the evidence for the leading country has none of its own."""

_COUNTRY_LEAD, _COUNTRY_SHARE = COLUMN["country_lead"], COLUMN["country_share"]
_DEMONYM = COLUMN["demonym_share"]
_SIMILAR = (MatchType.TRANSLITERATED, MatchType.NEAR)
_NO_FEATURES: Mapping[str, float] = {}


def ranked_toponyms(
    sheet: Sheet, ranked: Ranked, reasons: Reasons, reader: Language, *, features: bool
) -> list[Toponym]:
    """Return the toponyms of a sheet, each with its top candidate as its place, the other candidates as alternatives.

    Mentions of a name with the same features share one resolution.

    Args:
        sheet: of the document, its passes run.
        ranked: its candidates in order.
        reasons: words the reasons.
        reader: language of the reasons.
        features: whether the candidates carry their features.
    """
    times = Counter(mention.name for mention in sheet.mentions)
    shared: dict[tuple[int, str, str, bytes], Resolution] = {}
    toponyms = []
    for position, mention in enumerate(sheet.mentions):
        toponym = mention.toponym
        evidence = mention.features.tobytes() if times[mention.name] > 1 else b""
        key = (mention.name, toponym.text, toponym.cue, evidence)
        resolution = shared.get(key)
        if resolution is None:
            resolution = shared[key] = _resolution(position, mention, ranked, reasons, reader, features=features)
        toponyms.append(with_resolution(toponym, resolution))
    return toponyms


def spellings(mentions: Sequence[Mention], ranked: Ranked) -> dict[int, Spelling]:
    """Return, by position, how the names are spelled that are not written like their top candidate."""
    names = {mention.name for mention in mentions if len(mention.candidates)}
    out = {}
    for position, (mention, order) in enumerate(zip(mentions, ranked.orders, strict=True)):
        if not order or (match := mention.candidates.matches[order[0]]).type not in _SIMILAR:
            continue
        features = mention.features[order[0]]
        # One edit is a misprint more often than a transliteration is a name: any other name in the country is enough.
        in_country = match.type is MatchType.NEAR and features[_COUNTRY_SHARE] > 0
        is_supported = len(names) == 1 or bool(in_country) or has_country_evidence(features)
        out[position] = Spelling(match.name, is_supported)
    return out


def has_country_evidence(features: Array) -> bool:
    """Return whether the document speaks of the country of a candidate beside the name itself."""
    return bool(features[_COUNTRY_LEAD] >= LEAST_LEAD or features[_DEMONYM] > 0)


def _resolution(
    position: int, mention: Mention, ranked: Ranked, reasons: Reasons, reader: Language, *, features: bool
) -> Resolution:
    order, probability = ranked.orders[position], ranked.probabilities[position]
    if not order:
        return Resolution(place=None, probability=0.0, reasons=(unknown_reason(mention.toponym, reader),))
    # The alternatives share what the top candidate leaves, in the proportions of the softmax; all of it only where the
    # softmax leaves them a quarter: the rest is the probability that the right place is in no gazetteer.
    shares = ranked.shares[position][1:]
    total = sum(shares)
    scale = (1.0 - probability) / max(total, 1e-9) * min(1.0, 4 * total)
    candidates, scores = mention.candidates, ranked.scores[position]
    top_features, *other_features = (
        [_named(values) for values in mention.features[order]] if features else [_NO_FEATURES] * len(order)
    )
    alternatives = tuple(
        Candidate(
            place=candidates.bare_places[row],
            match=candidates.matches[row].type,
            name=candidates.matches[row].name,
            features=values,
            score=score,
            probability=share * scale,
        )
        for row, score, share, values in zip(order[1:], scores[1:], shares, other_features, strict=True)
    )
    match = candidates.matches[order[0]]
    return Resolution(
        place=match.place,
        probability=probability,
        alternatives=alternatives,
        reasons=reasons(position),
        match=match.type,
        features=top_features,
        score=scores[0],
    )


def _named(values: Array) -> Mapping[str, float]:
    """The features that are not 0, by name."""
    return {NAMES[column]: float(values[column]) for column in np.flatnonzero(values)}
