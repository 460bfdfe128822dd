"""Looks up the candidates of a name in the gazetteer and keeps them in a cache."""

from __future__ import annotations

import re

from mapgen.caches import Cache
from mapgen.gazetteer import Gazetteer, Match
from mapgen.gazetteer.short_forms import peoples
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Place
from mapgen.resolution.candidates.candidate_set import CandidateSet, candidate_set

__all__ = ["COUNTY_WORDS", "FORMS", "NEAR_NAMES", "Candidates"]

MOST = 48
"""Candidates kept per name, the best known first: on TR-News no right place has a lower rank."""

FORMS: dict[Kind, tuple[str, ...]] = {
    Kind.DISTRICT: ("{} County", "{} Parish"),
    Kind.WATER: ("{} River", "River {}", "Lake {}", "fleuve {}", "rivière {}", "lac {}"),
    Kind.TERRAIN: ("Mount {}", "mont {}", "{} Mountains", "{} Island"),
}
"""Full names in the gazetteer of places that a text may name without the generic word; the specific word alone is often
a town."""

COUNTY_WORDS = re.compile(r"\b(?:count(?:y|ies)|parish(?:es)?|comtés?|co\.)(?!\w)", re.IGNORECASE)
"""Words of a text in which a name may be that of a county."""

NEAR_NAMES = 16
"""A name that is one edit away from another is taken for a place of that name only where the place has as many names.

Of such places 24 of 44 were right over TR-News, NewsEye and LGL, of those with fewer names 4 of 19."""

_COUNTY_ABBREVIATION = re.compile(r"\s+(?:[Cc]o|CO)\b\.?$")

_Key = tuple[str, str, Kind | None, str]


class Candidates:
    """Looks up candidates; safe for use from several threads.

    Args:
        gazetteer: source of the places; the candidates are kept in its caches.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cache: Cache[_Key, CandidateSet] = gazetteer.caches.of("resolution.candidates", _bytes_of)

    def of(self, name: str, language: Language, *, kind: Kind | None = None, with_article: str = "") -> CandidateSet:
        """Return the candidates of `name`; an empty set where the gazetteer has none.

        Args:
            name: as written in the text.
            language: of the document.
            kind: the kind that the text indicates outside the name: "Barrow" is Barrow County where the text names
                counties, "the Niger" is the Niger River where it names a river.
            with_article: the name with the article that the text contracts with a preposition ("au Mans": "le Mans"),
                or "".
        """
        key = (name, language.code, kind, with_article)
        candidates = self._cache.get(key)
        if candidates is None:
            candidates = self._look_up(name, language, kind, with_article)
            self._cache.put(key, candidates)
        return candidates

    def _look_up(self, name: str, language: Language, kind: Kind | None, with_article: str) -> CandidateSet:
        matches = self._matches(name, language, MatchType.TRANSLITERATED)
        if kind in FORMS:
            matches = _added(matches, self._full_names(name, kind))
        if with_article:
            towns = self._gazetteer.lookup(with_article, strength=MatchType.FOLDED)
            matches = _added(matches, [match for match in towns if match.place.kind in SETTLEMENTS])
        homes = [Match(place=place, type=MatchType.EXACT, name=name) for place in self._homes(name, language)]
        with_homes = _added(matches, homes)
        if len(with_homes) > len(matches):
            return candidate_set(with_homes, language, demonyms=tuple(range(len(matches), len(with_homes))))
        if not matches:
            matches = self._matches(name, language, MatchType.NEAR)
        return candidate_set(matches, language)

    def _matches(self, name: str, language: Language, strength: MatchType) -> tuple[Match, ...]:
        matches = self._gazetteer.lookup(name, strength=strength, limit=MOST)
        if name.casefold() in language.demonyms:
            return matches
        return tuple(match for match in matches if not _is_country_by_sound(match))

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
