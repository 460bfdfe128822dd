"""Looks up the candidates of a name in the gazetteer and keeps them in a cache."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from mapgen.caches import Cache
from mapgen.gazetteer import Gazetteer, Match
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.short_forms import peoples
from mapgen.gazetteer.sources.airfields import airfield_name
from mapgen.kinds import SETTLEMENTS, VAST
from mapgen.languages import Language
from mapgen.model import WRITTEN, Kind, MatchType, Origin, Place
from mapgen.resolution.candidates.candidate_set import CandidateSet, candidate_set

__all__ = ["COUNTY_WORDS", "FORMS", "NEAR_NAMES", "Candidates"]

MOST = 48
"""Candidates kept per name, the best known first: on TR-News no right place has a lower rank."""

FORMS: dict[Kind, tuple[str, ...]] = {
    Kind.DISTRICT: ("{} County", "{} Parish"),
    Kind.WATER: ("{} River", "River {}", "Lake {}", "fleuve {}", "rivière {}", "lac {}"),
    Kind.FACILITY: (airfield_name("{}"),),
    Kind.TERRAIN: ("Mount {}", "mont {}", "{} Mountains", "{} Island"),
}
"""Full names in the gazetteer of places that a text may name without the generic word; the specific word alone is often
a town."""

COUNTY_WORDS = re.compile(r"\b(?:count(?:y|ies)|parish(?:es)?|comtés?|co\.)(?!\w)", re.IGNORECASE)
"""Words of a text in which a name may be that of a county."""

NEAR_NAMES = 16
"""A name that is one edit away from another is taken for a place of that name only where the place has as many names.

Of such places 24 of 44 were right over TR-News, NewsEye and LGL, of those with fewer names 4 of 19."""

WIDELY_KNOWN = 100_000
"""Inhabitants of a city from which on its name means no hamlet of a country pack that only sounds like it."""

_COUNTY_ABBREVIATION = re.compile(r"\s+(?:[Cc]o|CO)\b\.?$")

_NATURAL = frozenset({Kind.TERRAIN, Kind.WATER, Kind.FACILITY, Kind.AREA})

_Key = tuple[str, str, Kind | None, str, str, frozenset[str] | None, str]


class Candidates:
    """Looks up candidates; safe for use from several threads.

    Args:
        gazetteer: source of the places; the candidates are kept in its caches.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cache: Cache[_Key, CandidateSet] = gazetteer.caches.of("resolution.candidates", _bytes_of)

    def countries_spoken_of(self, names: Iterable[str], others: Iterable[str]) -> dict[str, frozenset[str] | None]:
        """Return, for each name of a document, the countries that the rest of it shows it to speak of.

        Args:
            names: distinct names of the document.
            others: countries that it speaks of otherwise, by their peoples.

        Returns:
            ISO 3166-1 codes; None for all names where nothing shows any country.
        """
        leading = self._gazetteer.leading_countries(names)
        counts = Counter(leading.values())
        counts.update(others)
        everything = frozenset(counts)
        if not everything:
            return dict.fromkeys(names)
        alone = {country: everything - {country} for country, count in counts.items() if count == 1}
        return {name: alone.get(leading.get(name, ""), everything) or None for name in names}

    def of(
        self,
        name: str,
        language: Language,
        *,
        kind: Kind | None = None,
        with_article: str = "",
        with_cue: str = "",
        countries: frozenset[str] | None = None,
    ) -> CandidateSet:
        """Return the candidates of `name`; an empty set where the gazetteer has none.

        Args:
            name: as written in the text.
            language: of the document.
            kind: the kind that the text indicates outside the name: "Barrow" is Barrow County where the text names
                counties, "the Niger" is the Niger River where it names a river, "Brest" its airport where it names one.
            with_article: the name with the article that the text contracts with a preposition ("au Mans": "le Mans"),
                or "".
            with_cue: the name with the noun of relief, water or a park in front of it ("parc national de la Salonga"),
                or "".
            countries: codes of the countries that the document speaks of beside the name, None for any. Places of other
                countries are left out where the name only sounds like theirs, or only a country pack has them.
        """
        everywhere = self._kept(name, language, kind, (with_article, with_cue), None)
        if countries is None or not everywhere:
            return everywhere
        spoken_of = [match for match in everywhere.matches if _is_spoken_of(match, name, countries)]
        if len(spoken_of) == len(everywhere) < MOST:
            return everywhere
        # Most documents speak of other countries too; a set depends only on those that the name has places in.
        whole = spoken_of and len(everywhere) < MOST
        asked = countries.intersection(everywhere.country) if whole else countries
        return self._kept(name, language, kind, (with_article, with_cue), asked)

    def of_code(self, code: str, language: Language, town: str, *, countries: bool) -> CandidateSet:
        """Return what a code or an abbreviation behind a town stands for; an empty set where it is none.

        Args:
            code: as written ("SP", "Esp", "B.C.S.").
            language: of the document.
            town: the name before it.
            countries: whether it may be the code of a country, as in brackets.
        """
        key = (code, language.code, Kind.COUNTRY if countries else None, "", "", None, town)
        candidates = self._cache.get(key)
        if candidates is None:
            holders = self._gazetteer.holders(town, code, countries=countries)
            matches = tuple(Match(place=place, type=MatchType.EXACT, name=code) for place in holders)
            candidates = candidate_set(matches, language)
            self._cache.put(key, candidates)
        return candidates

    def _kept(
        self,
        name: str,
        language: Language,
        kind: Kind | None,
        whole: tuple[str, str],
        countries: frozenset[str] | None,
    ) -> CandidateSet:
        """The candidates from the cache, looked up where they are not in it."""
        key = (name, language.code, kind, *whole, countries, "")
        candidates = self._cache.get(key)
        if candidates is None:
            candidates = self._look_up(name, language, kind, whole, countries)
            self._cache.put(key, candidates)
        return candidates

    def _look_up(
        self,
        name: str,
        language: Language,
        kind: Kind | None,
        whole: tuple[str, str],
        countries: frozenset[str] | None,
    ) -> CandidateSet:
        matches = self._matches(name, language, countries)
        if kind in FORMS:
            matches = _added(matches, self._full_names(name, kind))
        with_article, with_cue = whole
        if with_cue:
            natural = self._gazetteer.lookup(with_cue, strength=MatchType.FOLDED)
            matches = _added(matches, [match for match in natural if match.place.kind in _NATURAL])
        if with_article:
            towns = self._gazetteer.lookup(with_article, strength=MatchType.FOLDED)
            matches = _added(matches, [match for match in towns if match.place.kind in SETTLEMENTS])
        homes = [Match(place=place, type=MatchType.EXACT, name=name) for place in self._homes(name, language)]
        with_homes = _added(matches, homes)
        if len(with_homes) > len(matches):
            return candidate_set(with_homes, language, demonyms=tuple(range(len(matches), len(with_homes))))
        if not matches:
            near = [match for match in self._gazetteer.near(name) if not match.pack or _has_many_names(match)]
            matches = self._fitting(near, name, countries)
        return candidate_set(matches, language)

    def _matches(self, name: str, language: Language, countries: frozenset[str] | None) -> tuple[Match, ...]:
        matches: Sequence[Match] = self._gazetteer.lookup(name)
        if name.casefold() not in language.demonyms:
            matches = [match for match in matches if not _is_country_by_sound(match)]
        return self._fitting(matches, name, countries)

    @staticmethod
    def _fitting(matches: Sequence[Match], name: str, countries: frozenset[str] | None) -> tuple[Match, ...]:
        """The matches whose places the document may mean as far as their countries tell."""
        if any(_is_widely_known(match) for match in matches):
            matches = [match for match in matches if match.type in WRITTEN or not match.pack]
        if countries is not None:
            known = [match for match in matches if _is_spoken_of(match, name, countries)]
            matches = known or [match for match in matches if match.type in WRITTEN]
        return tuple(matches[:MOST])

    def _full_names(self, name: str, kind: Kind) -> list[Match]:
        """The places of a kind whose names add a generic word to `name`, or write one out ("Loudon Co.")."""
        bare = _COUNTY_ABBREVIATION.sub("", name)
        return [
            Match(place=match.place, type=MatchType.FOLDED, name=match.name)
            for form in FORMS[kind]
            for match in self._gazetteer.lookup(form.format(bare), strength=MatchType.FOLDED)
            if match.place.kind is kind
        ]

    def _homes(self, name: str, language: Language) -> list[Place]:
        """The country or the regions of the people called `name`."""
        country = self._gazetteer.country(language.demonyms.get(name.casefold(), ""))
        homes = [] if country is None else [country]
        homes += [place for id_ in peoples(name) if (place := self._gazetteer.get(id_)) is not None]
        return homes


def _is_country_by_sound(match: Match) -> bool:
    """Whether a match is a country of which only the transliteration is that of the name.

    The gazetteer has the names of countries in all languages, so that a name of one needs no transliteration; a village
    of a few letters is often transliterated like one ("Sury" like "Syrie"). Adjectives ("Syrian") are left.
    """
    return match.type is MatchType.TRANSLITERATED and match.place.kind is Kind.COUNTRY


def _is_spoken_of(match: Match, name: str, countries: frozenset[str]) -> bool:
    """Whether a match needs no evidence for its country, or has it.

    The embedded gazetteer has what is known beyond its country; a country pack has every hamlet.
    """
    if match.place.country in countries or match.place.origin is Origin.OWN:
        return True
    if match.pack:
        return match.type in WRITTEN and not match.place.country
    return match.type is not MatchType.TRANSLITERATED or _is_joined(match.name, name)


def _is_widely_known(match: Match) -> bool:
    """Whether a name as written is that of a country or a large city: no hamlet is meant that only sounds like it."""
    place = match.place
    return match.type in WRITTEN and not match.pack and (place.kind in VAST or place.population >= WIDELY_KNOWN)


def _has_many_names(match: Match) -> bool:
    return match.place.name_count >= NEAR_NAMES


def _is_joined(known: str, name: str) -> bool:
    """Whether two names differ only in spaces and hyphens ("Mo-gador", cut at a line end)."""
    return fold(known).replace(" ", "") == fold(name).replace(" ", "")


def _added(matches: tuple[Match, ...], more: list[Match]) -> tuple[Match, ...]:
    """The matches, followed by those of `more` whose places are not among them, each place once."""
    if not more:
        return matches
    ids = {match.place.id for match in matches}
    by_id = {match.place.id: match for match in more if match.place.id not in ids}
    return (*matches, *by_id.values())


def _bytes_of(key: _Key, candidates: CandidateSet) -> int:
    """Estimated size of a cache entry: the arrays, 1 kB of objects per candidate, 80 bytes per name of a place."""
    names = sum(len(match.place.names) for match in candidates.matches)
    arrays = (
        candidates.features, candidates.lat, candidates.lon, candidates.codes, candidates.population, candidates.sorts,
    )  # fmt: skip
    return 2_000 + 2 * len(key[0]) + 1_000 * len(candidates) + 80 * names + sum(array.nbytes for array in arrays)
