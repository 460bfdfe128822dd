"""The candidates of one name as arrays, with the features that depend on name and place alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mapgen.gazetteer import Match
from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import WRITTEN, Kind, Origin, Place
from mapgen.resolution.arrays import Array, Flags, Integers
from mapgen.resolution.candidates.codes import KIND_CODE, code_of
from mapgen.resolution.candidates.main_names import is_main_name
from mapgen.resolution.candidates.sorts import sorts_of
from mapgen.resolution.features import Group, block

__all__ = ["CandidateSet", "candidate_set"]

HAMLET_PRIOR = -2.0
"""Added to the score of a place without inhabitants that only a country pack has, beside a known one of its name."""

TWIN_KM = 60.0
"""How far a town lies at most from the middle of the division of its name for the two to be one answer."""

BESIDE_KM = 25.0
"""The same for a division whose code the town does not have."""

_COLUMN = block(Group.NAME)
_TWINS = slice(_COLUMN["twin_region"], _COLUMN["twin_city"] + 1)


@dataclass(frozen=True, slots=True, eq=False)
class CandidateSet:
    """The candidates of one name: an entry per candidate in every field but the last. Its arrays never change.

    Attributes:
        matches: the places, best known first.
        bare_places: the same places without their other names, which can be hundreds.
        lat: radians.
        lon: radians.
        features: a row per candidate, columns of `Group.NAME`.
        country: ISO 3166-1 alpha-2, or "".
        admin: "SY.09", or "".
        district: "SY.09.123", or "".
        kinds: kinds of the places.
        codes: numbers of country, divisions and kind, a row per `Level`: equal where these are.
        inherited: whether the point is that of the division above, and says no more.
        twins: of each candidate, the rows of those that are one answer with it: a town and the division around it.
        population: inhabitants.
        sorts: numbers of `mapgen.resolution.features.Sort`.
        demonyms: rows of the countries and regions that the word is a people or an adjective of ("syrien", "Texan").
        prior: added to the scores.
    """

    matches: tuple[Match, ...]
    bare_places: tuple[Place, ...]
    lat: Array
    lon: Array
    features: Array
    country: tuple[str, ...]
    admin: tuple[str, ...]
    district: tuple[str, ...]
    kinds: tuple[Kind, ...]
    codes: Integers
    inherited: Flags
    twins: tuple[tuple[int, ...], ...]
    population: Array
    sorts: Integers
    prior: Array
    demonyms: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.matches)


def candidate_set(matches: tuple[Match, ...], language: Language, *, demonyms: tuple[int, ...] = ()) -> CandidateSet:
    """Return `matches` as arrays with their features.

    Args:
        matches: the best known first.
        language: of the document.
        demonyms: rows of the places that the word is a people or an adjective of ("syrien", "Texan").
    """
    places = [match.place for match in matches]
    population = np.array([place.population for place in places], dtype=np.float64)
    country = tuple(place.country for place in places)
    admin = tuple(_admin(place) for place in places)
    district = tuple(_district(place) for place in places)
    kinds = tuple(place.kind for place in places)
    return CandidateSet(
        matches=matches,
        bare_places=tuple(replace(place, names=()) if place.names else place for place in places),
        lat=np.radians([place.lat for place in places]),
        lon=np.radians([place.lon for place in places]),
        features=_features(matches, language, population, country, _twins(kinds, admin), demonyms),
        country=country,
        admin=admin,
        district=district,
        kinds=kinds,
        codes=np.array(
            [
                [code_of(each) for each in country],
                [code_of(each) for each in admin],
                [code_of(each) for each in district],
                [KIND_CODE[each] for each in kinds],
            ],
            dtype=np.int64,
        ),
        inherited=np.array([place.inherited for place in places], dtype=bool),
        twins=_one_answer(places, kinds, admin, district),
        population=population,
        sorts=sorts_of(matches, language),
        prior=_prior(matches),
        demonyms=demonyms,
    )


def _features(
    matches: Sequence[Match],
    language: Language,
    population: Array,
    country: Sequence[str],
    twins: Array,
    demonyms: Sequence[int],
) -> Array:
    features = np.zeros((len(matches), len(_COLUMN)))
    for row, match in enumerate(matches):
        place = match.place
        features[row, _COLUMN[match.type.value]] = 1.0
        features[row, _COLUMN["main_name"]] = is_main_name(match.name, match.place, language)
        features[row, _COLUMN["own"]] = place.origin is Origin.OWN
        features[row, _COLUMN["capital"]] = place.capital
        features[row, _COLUMN[f"kind_{place.kind}"]] = 1.0
        features[row, _COLUMN["large_region"]] = place.kind is Kind.REGION and place.population > 1_000_000
    features[:, _COLUMN["population"]] = np.log10(1.0 + population) / 7.0
    features[:, _COLUMN["names"]] = np.log1p([match.place.name_count for match in matches]) / 5.0
    features[:, _COLUMN["population_share"]] = population / max(1.0, float(population.sum()))
    if len(matches) and population.max() > 0:
        features[int(population.argmax()), _COLUMN["most_populous"]] = 1.0
    features[list(demonyms), _COLUMN["demonym"]] = 1.0
    features[:, _COLUMN["rank"]] = -np.log1p(np.arange(len(matches)))
    features[:, _COLUMN["country_rank"]] = -np.log1p(_ranks_in_country(country))
    features[:, _TWINS] = twins
    return features


def _prior(matches: Sequence[Match]) -> Array:
    """What hamlets of country packs lose to the known places of their name in their country.

    The weights of the ranker are learned without packs, in which every name of a region is that of some hamlet too.
    """
    known = {match.place.country for match in matches if not match.pack and match.type in WRITTEN}
    hamlets = [match.pack and not match.place.population and match.place.country in known for match in matches]
    return HAMLET_PRIOR * np.array(hamlets, dtype=np.float64)


def _ranks_in_country(country: Sequence[str]) -> list[int]:
    """How many better known candidates each has in its own country."""
    counts: Counter[str] = Counter()
    ranks = []
    for code in country:
        ranks.append(counts[code])
        counts[code] += 1
    return ranks


def _twins(kinds: Sequence[Kind], admin: Sequence[str]) -> Array:
    """Whether each is a division with a town of its name in its region, or such a town: a row per candidate."""
    regions = {code for kind, code in zip(kinds, admin, strict=True) if kind in DIVISIONS and code}
    towns = {code for kind, code in zip(kinds, admin, strict=True) if kind in SETTLEMENTS and code}
    both = regions & towns
    twins = np.zeros((len(kinds), 2))
    for row, (kind, code) in enumerate(zip(kinds, admin, strict=True)):
        if code in both:
            twins[row] = kind in DIVISIONS, kind in SETTLEMENTS
    return twins


def _one_answer(
    places: Sequence[Place], kinds: Sequence[Kind], admin: Sequence[str], district: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """The rows of the towns in each division and of the divisions around each town, where they lie at one place."""
    twins: list[list[int]] = [[] for _ in places]
    towns = [row for row, kind in enumerate(kinds) if kind in SETTLEMENTS]
    for row, kind in enumerate(kinds):
        if kind not in DIVISIONS or not admin[row] or places[row].inherited:
            continue
        codes = district if kind is Kind.DISTRICT else admin
        for town in towns:
            if admin[town] != admin[row]:
                continue
            # The town with the rank of a district, and the district around it, have codes of their own.
            reach = TWIN_KM if codes[town] == codes[row] else BESIDE_KM
            if _distance(places[town], places[row]) <= reach:
                twins[row].append(town)
                twins[town].append(row)
    return tuple(map(tuple, twins))


def _distance(one: Place, other: Place) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _admin(place: Place) -> str:
    return f"{place.country}.{place.admin1}" if place.admin1 else ""


def _district(place: Place) -> str:
    return f"{place.country}.{place.admin1}.{place.admin2}" if place.admin1 and place.admin2 else ""
