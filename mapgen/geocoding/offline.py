"""The gazetteer as a geopy geocoder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from mapgen.errors import OptionError
from mapgen.gazetteer import Gazetteer, Match
from mapgen.geocoding.adapter import NoNetworkAdapter
from mapgen.geocoding.query import is_missing, prominence, search
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import place_name
from mapgen.messages import msg
from mapgen.model import Division, MatchType, Place

__all__ = ["GazetteerGeocoder"]

_LIMIT = 10
_REVERSE_KM = 50.0


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """A geocoder of geopy that asks the gazetteer, and nobody else: it works without a network.

        mapgen.GazetteerGeocoder().geocode("Alep", language="fr").address   # "Alep, Gouvernorat d'Alep, Syrie"

    It can be used from any thread and after a fork. It can be pickled, unless a gazetteer was given; unpickled, it
    opens the gazetteer anew.

    Args:
        gazetteer: an open gazetteer, which the caller closes; by default the usual one is opened by the first query,
            and closed by `close` or at the end of a `with` block.
        timeout: accepted for geopy's helpers; nothing here waits.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, *, timeout: Any = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout, adapter_factory=NoNetworkAdapter)
        self._given = gazetteer
        self._opened: Gazetteer | None = None
        self._lock = threading.Lock()

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that is asked; opened by the first call.

        Raises:
            GazetteerError: it can be neither opened nor built.
        """
        if self._given is not None:
            return self._given
        with self._lock:
            if self._opened is None:
                self._opened = Gazetteer.open()
            return self._opened

    def close(self) -> None:
        """Close the gazetteer if it was opened here; the next query opens it anew."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def __reduce__(self) -> tuple[Callable[[], GazetteerGeocoder], tuple[()]]:
        """Pickle the options; the gazetteer is opened anew.

        Raises:
            OptionError: an open gazetteer was given.
        """
        if self._given is not None:
            raise OptionError(msg("a geocoder with a given gazetteer cannot be pickled: let it open its own"))
        return partial(GazetteerGeocoder, timeout=self.timeout), ()

    def __exit__(self, *exception: Any) -> None:
        self.close()
        super().__exit__(*exception)

    def geocode(
        self,
        query: str | Mapping[str, str] | None,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 (geopy's helpers give it)
        limit: int | None = None,
        language: str | bool = False,
        country_codes: str | Sequence[str] | None = None,
    ) -> Location | list[Location] | None:
        """Return the place that a name most likely means, or all that it can mean.

        Args:
            query: a name, with or without what it lies in ("Alep", "Paris, Texas"), or a mapping with some of the keys
                city, county, state, country. A missing value (None, NaN, pandas.NA) is a name that nobody knows.
            exactly_one: one location, or a list of them, the most prominent first.
            timeout: not used.
            limit: the most locations of a list, 10 by default.
            language: ISO 639-1 of the address; by default the names that the gazetteer itself uses.
            country_codes: ISO 3166-1 alpha-2 codes of the countries that count.

        Returns:
            None where nothing is known; else locations whose `raw` has the facts of the place, `match` (exact, folded,
            transliterated, near) and `matched_name` among them.

        Raises:
            ValueError: the limit is below 1.
            GeocoderQueryError: the query is no text, or a mapping without a key that a gazetteer can answer.
            GazetteerError: the gazetteer can be neither opened nor built.
        """
        if limit is not None and limit < 1:
            raise ValueError("Limit cannot be less than 1")
        reader = _language(language)
        if is_missing(query):
            return None
        if not isinstance(query, (str, Mapping)):
            raise GeocoderQueryError(f"a query is a text or a mapping, not {type(query).__name__}")
        try:
            matches = search(self.gazetteer, query, countries=_codes(country_codes), language=reader)
        except OptionError as error:
            raise GeocoderQueryError(error.message) from error
        if not matches:
            return None
        if exactly_one:
            return self._location(matches[0], reader)
        return [self._location(match, reader) for match in matches[: limit or _LIMIT]]

    def reverse(
        self,
        query: Point | str | Sequence[float] | None,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 (geopy's helpers give it)
        limit: int | None = None,
        language: str | bool = False,
    ) -> Location | list[Location] | None:
        """Return the nearest populated place within 50 km, or the nearest ones.

        Args:
            query: a geopy Point, (latitude, longitude) in degrees, or "latitude, longitude". Near a missing value
                (None, NaN, pandas.NA, or such a coordinate) there is nothing.
            exactly_one: one location, or a list of them, the nearest first.
            timeout: not used.
            limit: the most locations of a list, 10 by default.
            language: ISO 639-1 of the address.

        Returns:
            None where nothing is near; else locations whose `raw` has the facts of the place and `distance_km`.

        Raises:
            ValueError: the query is no point, or the limit is below 1.
            GazetteerError: the gazetteer can be neither opened nor built.
        """
        if limit is not None and limit < 1:
            raise ValueError("Limit cannot be less than 1")
        if is_missing(query) or (isinstance(query, Sequence) and any(map(is_missing, query))):
            return None
        try:
            point = query if isinstance(query, Point) else Point(query)
        except TypeError as error:
            raise ValueError(f"{query!r} is no point: {error}") from error
        most = 1 if exactly_one else limit or _LIMIT
        found = self.gazetteer.nearest(
            point.latitude, point.longitude, radius_km=_REVERSE_KM, limit=most, kinds=SETTLEMENTS
        )
        if not found:
            return None
        reader = _language(language)
        locations = [
            self._located(place, reader, {"distance_km": round(distance, 3)}) for place, distance in found[:most]
        ]
        return locations[0] if exactly_one else locations

    def _location(self, match: Match, language: str) -> Location:
        more = {
            "match": str(MatchType(match.type)),
            "matched_name": match.name,
            "importance": round(prominence(match, language), 4),
        }
        return self._located(match.place, language, more)

    def _located(self, place: Place, language: str, more: Mapping[str, Any]) -> Location:
        country = self.gazetteer.country(place.country) if place.country else None
        raw = {
            "id": place.id,
            "geonameid": place.geonameid,
            "source": place.source,
            "name": place.name,
            "kind": str(place.kind),
            "country_code": place.country,
            "country": _label(country, language) if country else "",
            "admin": [_label(division, language) for division in place.admin],
            "lat": place.lat,
            "lon": place.lon,
            "population": place.population,
            "capital": place.capital,
            "names": list(place.names),
            "labels": dict(place.labels),
            **more,
        }
        parts = [_label(place, language), *reversed(raw["admin"]), raw["country"]]
        return Location(", ".join(dict.fromkeys(part for part in parts if part)), (place.lat, place.lon), raw)


def _label(named: Place | Division, language: str) -> str:
    return place_name(named, language) if language else named.name


def _language(language: str | bool) -> str:
    """Return ISO 639-1 of what geopy's callers give: False, "fr", "fr-FR", "fr-CH, fr;q=0.9, en;q=0.8"."""
    return (
        language.partition(",")[0].partition(";")[0].partition("-")[0].strip().lower()
        if isinstance(language, str)
        else ""
    )


def _codes(codes: str | Sequence[str] | None) -> tuple[str, ...]:
    if is_missing(codes) or not codes:
        return ()
    several = codes.split(",") if isinstance(codes, str) else codes
    if not all(isinstance(code, str) for code in several):
        raise GeocoderQueryError(f"country codes are texts, not {codes!r}")
    return tuple(code.strip().upper() for code in several)
