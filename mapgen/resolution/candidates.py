"""The candidates of a name: what the gazetteer offers, as arrays that the features are computed from."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mapgen.gazetteer import Gazetteer, Match
from mapgen.gazetteer.short_forms import peoples
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Place
from mapgen.resolution.standing import sorts_of

__all__ = ["SPEAKS_OF_COUNTIES", "CandidateSet", "Candidates", "candidate_set"]

MOST = 48
"""Candidates kept for one name, the best known first: on trnews no right place stood further down."""

COUNTIES = ("{} County", "{} Parish")
"""How GeoNames names the districts of the English-speaking world that a text may call by the first word alone."""

_COUNTY_CUT = re.compile(r"\s+(?:[Cc]o|CO)\b\.?$")

SPEAKS_OF_COUNTIES = re.compile(r"\b(?:count(?:y|ies)|parish(?:es)?|comtés?|co\.)(?!\w)", re.IGNORECASE)
"""A text in which a name may be that of a county."""

REMEMBERED = 20_000
"""Names whose candidates are remembered between documents."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """The candidates of one name.

    Attributes:
        matches: the places, best known first.
        lat: radians, an entry a candidate.
        lon: radians.
        static: features that depend on nothing but the name, a row a candidate.
        country_index: each country of the candidates with the rows of its candidates.
        admin: "SY.09" for each candidate, or "".
        demonyms: rows of the countries and regions that the word is a people or an adjective of ("syrien", "Texan").
        population: of each candidate.
        sorts: of each candidate, numbers of `mapgen.resolution.standing.SORTS`.
    """

    matches: tuple[Match, ...]
    lat: Array
    lon: Array
    static: Array
    country: tuple[str, ...]
    admin: tuple[str, ...]
    kinds: tuple[Kind, ...]
    demonyms: tuple[int, ...] = ()
    population: Array = field(default_factory=lambda: np.zeros(0))
    sorts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.matches)


STATIC = (
    "exact", "folded", "transliterated", "near", "main_name", "own", "population", "names", "capital",
    "population_share", "most_populous", "rank", "demonym", *(f"kind_{kind}" for kind in Kind), "large_region",
)  # fmt: skip
"""Features of a candidate that depend on nothing but the name."""

_COLUMN = {name: index for index, name in enumerate(STATIC)}


class Candidates:
    """Looks candidates up and remembers them.

    Args:
        gazetteer: where places come from.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._remembered: OrderedDict[tuple[str, str, bool], CandidateSet] = OrderedDict()

    def of(self, name: str, language: Language, *, counties: bool = False) -> CandidateSet:
        """Return the candidates of `name`; an empty set where nobody knows it.

        Args:
            name: as it stands in the text.
            language: of the document.
            counties: whether the text speaks of counties, so that "Barrow" may be Barrow County.
        """
        key = (name, language.code, counties)
        if key in self._remembered:
            self._remembered.move_to_end(key)
            return self._remembered[key]
        found = self._look_up(name, language, counties=counties)
        self._remembered[key] = found
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return found

    def _look_up(self, name: str, language: Language, *, counties: bool) -> CandidateSet:
        matches = self._gazetteer.lookup(name, strength=MatchType.TRANSLITERATED, limit=MOST)
        known = {match.place.id for match in matches}
        if counties:
            districts = [match for match in self._counties(name) if match.place.id not in known]
            matches = (*matches, *districts)
        people = [place for place in self._homes(name, language) if place.id not in known]
        if people:
            demonyms = tuple(range(len(matches), len(matches) + len(people)))
            matches = (*matches, *(Match(place=place, type=MatchType.EXACT, name=name) for place in people))
            return candidate_set(matches, language, demonyms=demonyms)
        if not matches:
            matches = self._gazetteer.lookup(name, strength=MatchType.NEAR, limit=MOST)
        return candidate_set(matches, language)

    def _counties(self, name: str) -> list[Match]:
        """The districts whose names add a generic word to `name`, or write one out ("Loudon Co.")."""
        bare = _COUNTY_CUT.sub("", name)
        return [
            Match(place=match.place, type=MatchType.FOLDED, name=match.name)
            for form in COUNTIES
            for match in self._gazetteer.lookup(form.format(bare), strength=MatchType.FOLDED)
            if match.place.kind is Kind.DISTRICT
        ]

    def _homes(self, name: str, language: Language) -> list[Place]:
        """Where the people called `name` are at home: a country, or regions."""
        country = self._gazetteer.country(language.demonyms.get(name.casefold(), ""))
        found = [] if country is None else [country]
        found += [place for id_ in peoples(name) if (place := self._gazetteer.get(id_)) is not None]
        return found


def candidate_set(matches: tuple[Match, ...], language: Language, *, demonyms: tuple[int, ...] = ()) -> CandidateSet:
    """Return `matches` with their static features.

    Args:
        matches: the best known first.
        language: of the document.
        demonyms: rows of what the word is a people or an adjective of ("syrien", "Texan").
    """
    places = [match.place for match in matches]
    population = np.array([place.population for place in places], dtype=np.float64)
    static = np.zeros((len(places), len(STATIC)))
    for row, match in enumerate(matches):
        place = match.place
        static[row, _COLUMN[str(match.type)]] = 1.0
        static[row, _COLUMN["main_name"]] = _bears(match, language.code)
        static[row, _COLUMN["own"]] = place.id.startswith("own:")
        static[row, _COLUMN["capital"]] = place.capital
        static[row, _COLUMN[f"kind_{place.kind}"]] = 1.0
    static[:, _COLUMN["population"]] = np.log10(1.0 + population) / 7.0
    static[:, _COLUMN["names"]] = np.log1p([place.name_count for place in places]) / 5.0
    static[:, _COLUMN["population_share"]] = population / max(1.0, float(population.sum()))
    if places and population.max() > 0:
        static[int(population.argmax()), _COLUMN["most_populous"]] = 1.0
    static[list(demonyms), _COLUMN["demonym"]] = 1.0
    static[:, _COLUMN["rank"]] = -np.log1p(np.arange(len(places)))
    static[:, _COLUMN["large_region"]] = [
        place.kind is Kind.REGION and place.population > 1_000_000 for place in places
    ]
    return CandidateSet(
        matches=matches,
        lat=np.radians([place.lat for place in places]),
        lon=np.radians([place.lon for place in places]),
        static=static,
        country=tuple(place.country for place in places),
        admin=tuple(_admin(place) for place in places),
        kinds=tuple(place.kind for place in places),
        demonyms=demonyms,
        population=population,
        sorts=sorts_of(matches, language),
    )


def _bears(match: Match, language: str) -> bool:
    """Whether the matched name is the place's own, or the one that readers of the language use."""
    name = match.name.casefold()
    return name in (match.place.name.casefold(), match.place.label(language).casefold())


def _admin(place: Place) -> str:
    return f"{place.country}.{place.admin1}" if place.admin1 else ""
