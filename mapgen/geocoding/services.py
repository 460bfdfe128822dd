"""geopy's geocoders, made from settings and asked in one way, however their parameters are called."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from geopy.exc import ConfigurationError, GeocoderNotFound, GeocoderParseError
from geopy.geocoders import GeoNames, Nominatim, Pelias, Photon, get_geocoder_for_service

from mapgen.errors import OptionError
from mapgen.geocoding import answers
from mapgen.geocoding.adapter import BoundedAdapter
from mapgen.geocoding.cache import Question
from mapgen.messages import msg

__all__ = ["Service", "make_service"]

_LIMIT = 10
# Ours to decide, or of no meaning in a file.
_RESERVED = frozenset(
    ("self", "adapter_factory", "ssl_context", "timeout", "user_agent", "domain", "scheme")
)  # the last two: url


def _is_list(answer: Any) -> bool:
    return isinstance(answer, list)


def _has_list(key: str) -> Callable[[Any], bool]:
    return lambda answer: isinstance(answer, dict) and isinstance(answer.get(key), list)


def _is_anything(answer: Any) -> bool:
    return answer is not None


# By class, so that geopy's services built on one of these (PickPoint, GeocodeEarth) are read like it. The last column
# says what an answer looks like; geopy takes a `null` or `{}` for "no such place".
_FORMS: tuple[tuple[type[Any], answers.Reader, Callable[[Any], bool]], ...] = (
    (Nominatim, answers.from_nominatim, _is_list),
    (Photon, answers.from_photon, _has_list("features")),
    (GeoNames, answers.from_geonames, _has_list("geonames")),
    (Pelias, answers.from_pelias, _has_list("features")),
    (object, answers.from_location, _is_anything),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A geocoder of geopy, ready to be asked.

    Attributes:
        name: geopy's name of it.
        url: scheme and host.
        geocoder: geopy's object.
        read: makes a place of one of its locations.
        sound: says whether a parsed answer has the form that this service answers in.
    """

    name: str
    url: str
    geocoder: Any
    read: answers.Reader
    sound: Callable[[Any], bool]

    def locations(self, question: Question, *, timeout: float) -> list[Any]:
        """Ask, once, and return geopy's locations.

        Raises:
            geopy.exc.GeopyError: the request failed.
            ValueError, TypeError, KeyError, IndexError, AttributeError: geopy could not make sense of the answer.
        """
        known = _parameters(type(self.geocoder).geocode)
        wanted: dict[str, Any] = {
            "exactly_one": False,
            "limit": _LIMIT,
            "addressdetails": True,
            "namedetails": True,
            "extratags": True,
            "timeout": timeout,
        }
        if question.language:
            wanted["language"] = question.language
        text = question.name
        if question.country:
            parameter = next((name for name in ("country_codes", "countries", "country") if name in known), "")
            if parameter:
                wanted[parameter] = [question.country]
            else:
                text = f"{text}, {_country_name(question.country, question.language)}"
        found = self.geocoder.geocode(text, **{name: value for name, value in wanted.items() if name in known})
        if isinstance(self.geocoder.adapter, BoundedAdapter) and not self.sound(self.geocoder.adapter.answer):
            raise GeocoderParseError(msg("the answer is not of the service's form"))
        return [location for location in found or () if location is not None]


def make_service(name: str, *, url: str, user_agent: str, settings: Mapping[str, Any]) -> Service:
    """Make one of geopy's geocoders.

    Args:
        name: geopy's name of the service.
        url: scheme and host of a server of one's own; "" for the service's usual one.
        user_agent: sent with each request.
        settings: further arguments of geopy's class (`username`, `api_key`, …).

    Raises:
        OptionError: there is no such service, it has no such setting, or one that it needs is missing.
    """
    try:
        made_of = get_geocoder_for_service(name)
    except GeocoderNotFound as error:
        raise OptionError(
            msg("there is no geocoder {name!r}; geopy knows nominatim, photon, geonames, pelias, …", name=name)
        ) from error
    known = _parameters(made_of.__init__)
    server = _server(name, url, known) if url else {}
    unknown = sorted(set(settings) - (set(known) - _RESERVED))
    if unknown:
        allowed = ", ".join(sorted(set(known) - _RESERVED)) or "none"
        raise OptionError(
            msg("{name} has no setting {unknown!r}; it has: {allowed}", name=name, unknown=unknown[0], allowed=allowed)
        )
    given = {**settings, **server, "user_agent": user_agent, "adapter_factory": BoundedAdapter}
    missing = [key for key, needed in known.items() if needed and key not in given and key != "self"]
    if "domain" in missing:
        raise OptionError(
            msg("{name} needs the address of a server of one's own, or the setting url under [{name}]", name=name)
        )
    if missing:
        raise OptionError(
            msg(
                "{name} needs the setting {missing!r}: write it into a settings file, under [{name}]",
                name=name,
                missing=missing[0],
            )
        )
    try:
        geocoder = made_of(**given)
    except (ConfigurationError, ValueError, TypeError) as error:
        raise OptionError(msg("{name} cannot be set up: {error}", name=name, error=error)) from error
    read, sound = next((read, sound) for form, read, sound in _FORMS if issubclass(made_of, form))
    return Service(name=name, url=url.rstrip("/") or _usual_url(geocoder), geocoder=geocoder, read=read, sound=sound)


def _server(name: str, url: str, known: Mapping[str, bool]) -> dict[str, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise OptionError(msg("{url!r} is no address of a server: write it as https://nominatim.example.org", url=url))
    if "domain" not in known or "scheme" not in known:
        raise OptionError(msg("{name} has only its own server: leave the address away", name=name))
    return {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}


def _usual_url(geocoder: Any) -> str:
    """Return scheme and host of the API that a geocoder of geopy asks, "" where its object does not hold it."""
    for attribute in ("api", "geocode_api", "base_api", "url"):
        parts = urlsplit(str(getattr(geocoder, attribute, "")))
        if parts.scheme in ("http", "https") and parts.netloc:
            return f"{parts.scheme}://{parts.netloc}"
    domain = str(getattr(geocoder, "domain", "") or type(geocoder).__name__.lower())
    return f"{geocoder.scheme}://{domain}"


@lru_cache(maxsize=64)
def _parameters(function: Any) -> dict[str, bool]:
    """Return the parameters of `function`, and whether each must be given."""
    parameters = inspect.signature(function).parameters.values()
    plain = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return {each.name: each.default is inspect.Parameter.empty for each in parameters if each.kind in plain}


def _country_name(code: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language or "en")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(locale.territories.get(code, code))
