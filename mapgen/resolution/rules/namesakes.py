"""Decides between the namesakes of a name and "none of these", by where the text around it says that it lies.

The ranker must choose among what the gazetteer has, and compares places with all others of the document alike. Here
each candidate is weighed by its probability and by the density that the places around the name give its point
(`mapgen.resolution.rules.whereabouts`), against one more candidate: a place that no gazetteer has. The weights are
those of a conditional logit, learned from texts with and without their small places in the gazetteer
(`mapgen.training.namesakes`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS, VAST
from mapgen.model import Candidate, Kind, MatchType, Origin, Place, Resolution, Toponym
from mapgen.resolution.arrays import Array, Flags, on_sphere
from mapgen.resolution.candidates import is_main_name
from mapgen.resolution.rules.anchor_features import WEIGHT_FEATURES, AnchorTable, Around, kind_class
from mapgen.resolution.rules.draft import Draft, alternatives_with_top, with_alternative
from mapgen.resolution.rules.estimates import anchor_table, kind_of, radius_of, usable_anchors
from mapgen.resolution.rules.reasons import unknown_reason
from mapgen.resolution.rules.whereabouts import ELSEWHERE_DENSITY, mixture, whereabouts_model

__all__ = ["FEATURES", "Choice", "choices", "decide_between_namesakes"]

MOST_CANDIDATES = 8
"""Candidates of a name that are weighed, the likeliest first."""

LEAST_NONE = 0.7
"""Least probability of "none of these" for which a place is given up: half of the estimates that follow are right.

Over LGL 20 wrong places and no right one are given up at 0.7, 29 and 1 at 0.5; over NewsEye it is 0.004 better than
0.6."""

LEAST_OTHER = 0.5
"""Least probability of another candidate that replaces the place."""

FAMOUS = 1_000_000
"""Inhabitants from which on a city is meant wherever the text is about."""

LEAST_POPULATION = 500
"""Inhabitants of a settlement of which no number is known: those of country packs are as likely as the smallest."""

LEAST_AROUND = 2
"""Names around a name that tell where it lies: of two names far from each other either may be the stranger."""

WIDELY_KNOWN = 4.5
"""Logarithm of the inhabitants from which on each counts more: a text on any country may name such a town."""

OFF_LIST_KM = 300.0
"""A place farther than this from all towns of the list that it stands in belongs to another list."""

LEAST_DENSITY = 0.0
"""Least logarithm of the density in times of that of "anywhere on Earth": how far off a stranger lies says no more."""

_LOCAL = SETTLEMENTS | {Kind.DISTRICT, Kind.FACILITY}

_CLASSES = ("settlement", "district", "region", "site", "nature")

FEATURES = (
    "probability", "density", "population", *_CLASSES, "main_name", "exact", "similar", "main_country", "held",
    "capital", "sole", "fame", "known", "stranger", "country_named", "country_beside", "off_list",
    "none", "none_density", "none_cue",
)  # fmt: skip
"""Features of a candidate; the last three are those of "none of these"."""

_COLUMN = {name: column for column, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a name may mean.

    Attributes:
        positions: of its mentions with the same place.
        candidates: the place first, then the likeliest others.
        features: a row per candidate and one for "none of these"; columns of `FEATURES`.
    """

    positions: Sequence[int]
    candidates: Sequence[Candidate]
    features: Array

    def shares(self, weights: Array) -> Array:
        """Return the probabilities of the candidates and, last, of "none of these"."""
        scores = self.features @ weights
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum())


def decide_between_namesakes(draft: Draft) -> None:
    """Take another candidate, or none, where these are likelier than the place."""
    weights, reader = namesake_weights(), draft.setting.reader
    decided: list[tuple[int, Resolution]] = []
    for choice in choices(draft):
        shares = choice.shares(weights)
        best = int(shares.argmax())
        is_none = shares[-1] >= LEAST_NONE
        for position in choice.positions:
            toponym = draft.toponyms[position]
            if is_none:
                decided.append((position, _none(toponym, choice.candidates[0].place, draft)))
            elif 0 < best < len(choice.candidates) and shares[best] >= LEAST_OTHER:
                probability = min(0.99, float(shares[best]))
                other = choice.candidates[best]
                reason = reader.reasons["around"]
                decided.append((position, with_alternative(draft, position, other, probability, reason)))
    for position, resolution in decided:
        draft.set_resolution(position, resolution)


def choices(draft: Draft) -> Iterator[Choice]:
    """Yield what each name with a little known place may mean, with its features.

    The places around it must tell where the name lies, so that it can be estimated if it is none of the candidates.
    Names whose container the text states, and those that a phrase places, are left to the rules on these.
    """
    mentions: dict[tuple[str, str], list[int]] = {}
    around = draft.setting.around
    told = {draft.toponyms[position].text.casefold() for position in (*around.stated, *around.carriers)}
    for position, toponym in enumerate(draft.toponyms):
        if toponym.text.casefold() in told:
            continue
        if position not in draft.setting.rulings and toponym.place is not None and _is_open(toponym.place):
            mentions.setdefault((toponym.text.casefold(), toponym.place.id), []).append(position)
    if not mentions:
        return
    table = anchor_table(draft, draft.toponyms, usable_anchors(draft.toponyms))
    for positions in mentions.values():
        toponym = draft.toponyms[positions[0]]
        candidates = alternatives_with_top(toponym, 0.0)[:MOST_CANDIDATES]
        choice = _choice(draft, table, positions, candidates)
        if choice is not None:
            yield choice


def _is_open(place: Place) -> bool:
    """Whether the text around may overrule a place."""
    is_famous = place.capital or place.population >= FAMOUS
    return place.kind in _LOCAL and not is_famous and place.origin is not Origin.OWN and not place.inherited


def _choice(
    draft: Draft, table: AnchorTable, positions: Sequence[int], candidates: Sequence[Candidate]
) -> Choice | None:
    setting, kind = draft.setting, kind_of(draft, positions)
    around = table.around(positions[:1], kind or candidates[0].place.kind)
    if len({table.name(row) for row in around.rows.tolist() if table.places[row].kind not in VAST}) < LEAST_AROUND:
        return None
    there = mixture(whereabouts_model(), around)
    middle = there.middle()
    if radius_of(there.masses(middle)) is None:
        return None
    points = on_sphere(
        np.radians([each.place.lat for each in candidates]), np.radians([each.place.lon for each in candidates])
    )
    density = np.log(there.density(points) / ELSEWHERE_DENSITY)
    best = float(np.log(there.density(middle[:, None])[0] / ELSEWHERE_DENSITY))
    features = np.zeros((len(candidates) + 1, len(FEATURES)))
    divisions = [table.places[row] for row in around.rows.tolist() if table.places[row].kind in DIVISIONS]
    at_home = any(each.place.country == setting.main_country for each in candidates)
    listed = [table.places[row] for row in around.rows[_flags(around, "listed")].tolist()]
    named, beside = table.countries(), _countries_beside(table, around)
    for row, each in enumerate(candidates):
        place = each.place
        is_main = is_main_name(draft.toponyms[positions[0]].text, place, setting.language)
        known = is_main * max(0.0, float(np.log10(max(place.population, 1))) - WIDELY_KNOWN)
        values = {
            "probability": float(np.log(0.001 + each.probability)),
            "density": max(LEAST_DENSITY, float(density[row])),
            "population": float(np.log10(max(place.population, LEAST_POPULATION)))
            if place.kind in SETTLEMENTS
            else 0.0,
            kind_class(place.kind): 1.0,
            "main_name": float(is_main),
            "exact": float(each.match is MatchType.EXACT),
            "similar": float(each.match in (MatchType.NEAR, MatchType.TRANSLITERATED)),
            "main_country": float(place.country == setting.main_country != ""),
            "held": float(any(place.lies_in(division) for division in divisions)),
            "capital": float(place.capital),
            "sole": float(len(candidates) == 1),
            "fame": float(np.log1p(place.name_count)),
            "known": known,
            "stranger": known * (not at_home),
            "country_named": float(place.country in named),
            "country_beside": float(place.country in beside),
            "off_list": float(_is_off(place, listed)),
        }
        for name, value in values.items():
            if name in _COLUMN:
                features[row, _COLUMN[name]] = value
    features[-1, _COLUMN["none"]] = 1.0
    features[-1, _COLUMN["none_density"]] = best
    features[-1, _COLUMN["none_cue"]] = float(kind is not None)
    return Choice(positions, candidates, features)


def _countries_beside(table: AnchorTable, around: Around) -> frozenset[str]:
    """The countries that the sentence of a name names."""
    places = (table.places[row] for row in around.rows[_flags(around, "same_sentence")].tolist())
    return frozenset(place.country for place in places if place.kind is Kind.COUNTRY)


def _flags(around: Around, feature: str) -> Flags:
    return np.asarray(around.weights[:, WEIGHT_FEATURES.index(feature)] > 0)


def _is_off(place: Place, listed: Sequence[Place]) -> bool:
    """Whether a place lies far from all towns of the list of its name, and in another country."""
    towns = [each for each in listed if each.kind in SETTLEMENTS]
    return bool(towns) and all(
        each.country != place.country and distance_km(place.lat, place.lon, each.lat, each.lon) > OFF_LIST_KM
        for each in towns
    )


def _none(toponym: Toponym, place: Place, draft: Draft) -> Resolution:
    reader = draft.setting.reader
    far = reader.reasons["remote"].format(name=", ".join(filter(None, (place.name, place.country))))
    reasons = (unknown_reason(toponym, reader), far)
    return Resolution(place=None, probability=0.0, alternatives=alternatives_with_top(toponym, 1.0), reasons=reasons)


@lru_cache(maxsize=1)
def namesake_weights() -> Array:
    """Return the weights that come with the package, in the order of `FEATURES`.

    Raises:
        ValueError: the file has a weight of an unknown feature.
    """
    table = json.loads(resources.files(__package__).joinpath("namesakes.json").read_text(encoding="utf-8"))
    if unknown := set(table) - set(FEATURES):
        raise ValueError(f"namesakes.json has weights of unknown features: {', '.join(sorted(unknown))}")
    return np.array([table.get(name, 0.0) for name in FEATURES])
