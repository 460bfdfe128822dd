"""The candidates of a name: what the gazetteer offers, as arrays that the features are computed from."""

from __future__ import annotations

import itertools
import re
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mapgen.gazetteer import Gazetteer, Match
from mapgen.gazetteer.short_forms import peoples
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Origin, Place
from mapgen.resolution.evidence.signs import sorts_of

__all__ = ["FORMS", "KIND_CODE", "SPEAKS_OF_COUNTIES", "CandidateSet", "Candidates", "candidate_set"]

MOST = 48
"""Candidates kept for one name, the best known first: on trnews no right place stood further down."""

FORMS: dict[Kind, tuple[str, ...]] = {
    Kind.DISTRICT: ("{} County", "{} Parish"),
    Kind.WATER: ("{} River", "River {}", "Lake {}", "fleuve {}", "rivière {}", "lac {}"),
    Kind.TERRAIN: ("Mount {}", "mont {}", "{} Mountains", "{} Island"),
}
"""How gazetteers write names that a text may cut short; their first word alone is often a town."""

_COUNTY_CUT = re.compile(r"\s+(?:[Cc]o|CO)\b\.?$")

SPEAKS_OF_COUNTIES = re.compile(r"\b(?:count(?:y|ies)|parish(?:es)?|comtés?|co\.)(?!\w)", re.IGNORECASE)
"""A text in which a name may be that of a county."""

REMEMBERED = 20_000
"""Names whose candidates are remembered between documents."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """The candidates of one name: an entry a candidate in every field but the last.

    Attributes:
        matches: the places, best known first.
        lat: radians.
        lon: radians.
        static: features that depend on nothing but the name, a row a candidate, columns as in `STATIC`.
        country: ISO 3166-1 alpha-2, or "".
        admin: "SY.09", or "".
        kinds: what they are.
        codes: numbers of country, admin and kind, a row each: equal where these are; 0 for "".
        population: inhabitants.
        sorts: numbers of `mapgen.resolution.evidence.signs.SORTS`.
        demonyms: rows of the countries and regions that the word is a people or an adjective of ("syrien", "Texan").
    """

    matches: tuple[Match, ...]
    lat: Array
    lon: Array
    static: Array
    country: tuple[str, ...]
    admin: tuple[str, ...]
    kinds: tuple[Kind, ...]
    codes: NDArray[np.int64]
    population: Array
    sorts: NDArray[np.int64]
    demonyms: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.matches)


STATIC = (
    "exact", "folded", "transliterated", "near", "main_name", "own", "population", "names", "capital",
    "population_share", "most_populous", "rank", "country_rank", "twin_region", "twin_city", "demonym",
    *(f"kind_{kind}" for kind in Kind), "large_region",
)  # fmt: skip
"""Features of a candidate that depend on nothing but the name."""

_COLUMN = {name: index for index, name in enumerate(STATIC)}

KIND_CODE = {kind: number for number, kind in enumerate(Kind)}
"""Numbers of the kinds, as in `CandidateSet.codes`."""


@cache
def _code(text: str) -> int:
    """A number for a country or a division, for as long as the process lives."""
    return next(_numbers) if text else 0


_numbers = itertools.count(1)


class Candidates:
    """Looks candidates up and remembers them.

    Args:
        gazetteer: where places come from.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._remembered: OrderedDict[tuple[str, str, Kind | None, str], CandidateSet] = OrderedDict()

    def of(self, name: str, language: Language, *, kind: Kind | None = None, whole: str = "") -> CandidateSet:
        """Return the candidates of `name`; an empty set where nobody knows it.

        Args:
            name: as it stands in the text.
            language: of the document.
            kind: what the text may call it without saying so in the name: "Barrow" is Barrow County where the text
                speaks of counties, "the Niger" is the Niger River where it speaks of a river.
            whole: the name with an article that stands apart in the text ("au Mans": "le Mans"), or "".
        """
        key = (name, language.code, kind, whole)
        if key in self._remembered:
            self._remembered.move_to_end(key)
            return self._remembered[key]
        found = self._look_up(name, language, kind, whole)
        self._remembered[key] = found
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return found

    def _look_up(self, name: str, language: Language, kind: Kind | None, whole: str) -> CandidateSet:
        matches = self._gazetteer.lookup(name, strength=MatchType.TRANSLITERATED, limit=MOST)
        known = {match.place.id for match in matches}
        if kind in FORMS:
            more = {match.place.id: match for match in self._called(name, kind)}
            matches = (*matches, *(match for id_, match in more.items() if id_ not in known))
        if whole:
            towns = self._gazetteer.lookup(whole, strength=MatchType.FOLDED)
            known = {match.place.id for match in matches}
            matches = (
                *matches,
                *(each for each in towns if each.place.kind in SETTLEMENTS and each.place.id not in known),
            )
        people = [place for place in self._homes(name, language) if place.id not in known]
        if people:
            demonyms = tuple(range(len(matches), len(matches) + len(people)))
            matches = (*matches, *(Match(place=place, type=MatchType.EXACT, name=name) for place in people))
            return candidate_set(matches, language, demonyms=demonyms)
        if not matches:
            matches = self._gazetteer.lookup(name, strength=MatchType.NEAR, limit=MOST)
        return candidate_set(matches, language)

    def _called(self, name: str, kind: Kind) -> list[Match]:
        """The places of a kind whose names add a generic word to `name`, or write one out ("Loudon Co.")."""
        bare = _COUNTY_CUT.sub("", name)
        return [
            Match(place=match.place, type=MatchType.FOLDED, name=match.name)
            for form in FORMS[kind]
            for match in self._gazetteer.lookup(form.format(bare), strength=MatchType.FOLDED)
            if match.place.kind is kind
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
    country = tuple(place.country for place in places)
    admin = tuple(_admin(place) for place in places)
    kinds = tuple(place.kind for place in places)
    static = np.zeros((len(places), len(STATIC)))
    for row, match in enumerate(matches):
        place = match.place
        static[row, _COLUMN[match.type.value]] = 1.0
        static[row, _COLUMN["main_name"]] = _bears(match, language.code)
        static[row, _COLUMN["own"]] = place.origin is Origin.OWN
        static[row, _COLUMN["capital"]] = place.capital
        static[row, _COLUMN["kind_country"] + KIND_CODE[place.kind]] = 1.0
        static[row, _COLUMN["large_region"]] = place.kind is Kind.REGION and place.population > 1_000_000
    static[:, _COLUMN["population"]] = np.log10(1.0 + population) / 7.0
    static[:, _COLUMN["names"]] = np.log1p([place.name_count for place in places]) / 5.0
    static[:, _COLUMN["population_share"]] = population / max(1.0, float(population.sum()))
    if places and population.max() > 0:
        static[int(population.argmax()), _COLUMN["most_populous"]] = 1.0
    static[list(demonyms), _COLUMN["demonym"]] = 1.0
    static[:, _COLUMN["rank"]] = -np.log1p(np.arange(len(places)))
    static[:, _COLUMN["country_rank"]] = -np.log1p(_ranks_at_home(country))
    static[:, _COLUMN["twin_region"] : _COLUMN["twin_city"] + 1] = _twins(kinds, admin)
    return CandidateSet(
        matches=matches,
        lat=np.radians([place.lat for place in places]),
        lon=np.radians([place.lon for place in places]),
        static=static,
        country=country,
        admin=admin,
        kinds=kinds,
        codes=np.array(
            [[_code(each) for each in country], [_code(each) for each in admin], [KIND_CODE[kind] for kind in kinds]],
            dtype=np.int64,
        ),
        population=population,
        sorts=sorts_of(matches, language),
        demonyms=demonyms,
    )


def _ranks_at_home(country: Sequence[str]) -> list[int]:
    """How many better known candidates each has in its own country."""
    seen: Counter[str] = Counter()
    ranks = []
    for code in country:
        ranks.append(seen[code])
        seen[code] += 1
    return ranks


def _twins(kinds: Sequence[Kind], admin: Sequence[str]) -> Array:
    """Whether each is a division with a town of its name in its region, or such a town: a row a candidate."""
    regions = {code for kind, code in zip(kinds, admin, strict=True) if kind in DIVISIONS and code}
    towns = {code for kind, code in zip(kinds, admin, strict=True) if kind in SETTLEMENTS and code}
    both = regions & towns
    twins = np.zeros((len(kinds), 2))
    for row, (kind, code) in enumerate(zip(kinds, admin, strict=True)):
        if code in both:
            twins[row] = kind in DIVISIONS, kind in SETTLEMENTS
    return twins


def _bears(match: Match, language: str) -> bool:
    """Whether the matched name is the place's own, or the one that readers of the language use."""
    name = match.name.casefold()
    return name in (match.place.name.casefold(), match.place.label(language).casefold())


def _admin(place: Place) -> str:
    return f"{place.country}.{place.admin1}" if place.admin1 else ""
