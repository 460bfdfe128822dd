"""Candidates from an online geocoder, for names that the gazetteer does not have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import MatchType, Place
from mapgen.resolution.candidates.candidate_set import CandidateSet, candidate_set

__all__ = ["PlaceSource", "online_candidates"]


class PlaceSource(Protocol):
    """An online geocoder as the resolver uses it; `mapgen.geocoding.OnlineGeocoder` is one."""

    def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
        """Return the places of that name, () where none is known.

        Raises:
            GeocodingError: the source has failed; the caller of `Resolver.resolve` handles it.
        """


def online_candidates(
    source: PlaceSource, names: Iterable[str], *, country: str, language: Language
) -> dict[str, CandidateSet]:
    """Return the candidates of each name that the source has places for.

    Args:
        source: the geocoder; it is asked once per name.
        names: the names.
        country: ISO 3166-1 alpha-2 code of the country to look in, or "".
        language: of the document.
    """
    candidates: dict[str, CandidateSet] = {}
    for name in dict.fromkeys(names):
        places = source.places(name, country=country, language=language.code)
        if places:
            matches = tuple(Match(place=place, type=MatchType.EXACT, name=place.name) for place in places)
            candidates[name] = candidate_set(matches, language)
    return candidates
