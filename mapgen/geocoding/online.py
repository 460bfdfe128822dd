"""An online geocoder behind a cache, asked at a limited rate for a name and a country alone."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeopyError,
)

from mapgen.closing import Closing
from mapgen.errors import GeocodingError, OptionError
from mapgen.files import home_directory
from mapgen.geocoding.cache import AnswerCache, Question
from mapgen.geocoding.services import make_service
from mapgen.geocoding.settings import load_settings
from mapgen.messages import Message, joined, msg, reason_of
from mapgen.model import Place

__all__ = ["LONGEST_NAME", "MIN_INTERVAL", "OnlineGeocoder", "user_agent"]

MIN_INTERVAL = 1.0
"""Seconds between two requests to one host, the least that public servers ask for."""
LONGEST_NAME = 100
"""Code points of the longest name that leaves the machine: what is longer is a piece of text."""

_LONGEST_REASON = 120
"""Letters of what geopy says of an error, at most."""
_MOST_WORDS = 12
# A server that asks for a longer pause is not asked again in the run.
_PATIENCE = 30.0
_OWN_SETTINGS = ("url", "timeout", "interval", "failures")
# Errors that a later question would meet again.
_FINAL = (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
)


def user_agent() -> str:
    """Return the User-Agent header: name, version, and the project's address where the package has one."""
    try:
        facts = metadata.metadata("mapgen")
    except metadata.PackageNotFoundError:
        from mapgen import __version__

        return f"mapgen/{__version__}"
    urls = [line.partition(",")[2].strip() for line in facts.get_all("Project-URL") or ()]
    return f"mapgen/{facts['Version']}" + (f" (+{urls[0]})" if urls else "")


class OnlineGeocoder(Closing):
    """One of geopy's geocoders behind a cache, for names that the gazetteer does not know.

    What leaves the machine is the name, the country and the language of the answer. A failure is never taken for "no
    such place": it is raised and not kept, and after a few in a row no server is asked any more. It can be used from
    any thread; the threads share one pace.

    Args:
        service: geopy's name of the service: "nominatim", "photon", "geonames", "pelias", …
        url: scheme and host of a server of one's own ("http://localhost:8080"); the service's own by default.
        settings: arguments of geopy's class and of this one, as in a table of `load_settings`.
        home: folder of the cache; `MAPGEN_HOME` or the user's cache folder by default.
        timeout: seconds that one request may take.
        interval: seconds between two requests to the host, at least `MIN_INTERVAL`.
        failures: how many in a row end the questions.
        now: seconds since 1970; for tests.
        sleep: waits for some seconds; for tests.

    Attributes:
        asked: how many requests were sent.
        errors: what went wrong, in order.

    Raises:
        OptionError: the service or a setting makes no sense.
    """

    def __init__(
        self,
        service: str = "nominatim",
        *,
        url: str = "",
        settings: Mapping[str, Any] | None = None,
        home: Path | None = None,
        timeout: float = 10.0,
        interval: float = MIN_INTERVAL,
        failures: int = 3,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        own = {key: value for key, value in (settings or {}).items() if key in _OWN_SETTINGS}
        others = {key: value for key, value in (settings or {}).items() if key not in own}
        self._timeout = _number("timeout", own.get("timeout", timeout), least=0.1)
        self._interval = _number("interval", own.get("interval", interval), least=MIN_INTERVAL)
        self._most_failures = int(_number("failures", own.get("failures", failures), least=1))
        self._service = make_service(
            service.strip().lower(), url=url or str(own.get("url", "")), user_agent=user_agent(), settings=others
        )
        self._host = urlsplit(self._service.url).netloc or self._service.url
        self._sleep = sleep
        self._cache = AnswerCache(home if home is not None else home_directory(), now=now)
        self._failed: dict[Question, GeocodingError] = {}
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._stopped = False
        self._unasked = 0
        self.asked = 0
        self.errors: list[GeocodingError] = []

    @classmethod
    def open(
        cls, service: str = "nominatim", *, url: str = "", settings: Path | str | None = None, home: Path | None = None
    ) -> Self:
        """Make a geocoder with its table of a settings file, if there is one.

        Raises:
            OptionError: the file, the service or a setting makes no sense.
        """
        tables = load_settings(settings) if settings is not None else {}
        return cls(service, url=url, settings=tables.get(service.strip().lower(), {}), home=home)

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()

    @property
    def name(self) -> str:
        """The service and its host, as shown to users: "nominatim at nominatim.openstreetmap.org"."""
        return msg("{service} at {host}", service=self._service.name, host=self._host)

    @property
    def stopped(self) -> bool:
        """Whether the server is not asked any more."""
        return self._stopped

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for all failures so far, and one for a cache that keeps nothing."""
        lines: list[str] = []
        if self.errors:
            share: str = ""
            if self.asked > 1:
                share = msg("; {count} of {asked} questions failed", count=len(self.errors), asked=self.asked)
            rest = msg("; given up, {unasked} more not asked", unasked=self._unasked) if self._unasked else ""
            lines.append(joined("", (self.errors[-1].message, share, rest)))
        if self._cache.trouble:
            lines.append(self._cache.trouble)
        return tuple(lines)

    @property
    def trouble(self) -> str:
        """Why answers are not kept on disk, in a line, or ""."""
        return self._cache.trouble

    def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
        """Return the places that the service knows by `name`, as candidates; () where it knows none.

        What is too long to be a name is not asked. A question that has failed is not asked again, it fails again.

        Args:
            name: the name as written in the text.
            country: ISO 3166-1 alpha-2 of the country where it is looked for, "" for the whole world.
            language: ISO 639-1 of the labels that are wanted.

        Raises:
            GeocodingError: the service has failed, or has failed too often and is not asked any more.
        """
        question = self._question(name, country, language)
        if question is None:
            return ()
        kept = self._cache.find(question)
        if kept is not None:
            return kept
        with self._lock:
            if question in self._failed:
                raise self._failed[question]
            if self._stopped:
                self._unasked += 1
                raise GeocodingError(self.errors[-1].message + msg("; given up, more names were not asked"))
        try:
            return self._ask(question)
        except GeocodingError as error:
            with self._lock:
                self._note(question, error)
            raise

    def ask(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
        """Ask the service itself, past the cache and whatever has failed before; keep what it answers.

        Raises:
            GeocodingError: the service failed, was slow, refused or answered rubbish; `__cause__` is geopy's error.
            OptionError: `name` is no name.
        """
        question = self._question(name, country, language)
        if question is None:
            raise OptionError(msg("no name that may be asked for: {name!r}", name=name[:40]))
        return self._ask(question)

    def _question(self, name: str, country: str, language: str) -> Question | None:
        clean = " ".join(unicodedata.normalize("NFC", name).split())
        words = clean.split(" ")
        if not any(map(str.isalnum, clean)) or len(clean) > LONGEST_NAME or len(words) > _MOST_WORDS:
            return None
        code = country.strip().upper()
        return Question(
            service=self._service.name,
            url=self._service.url,
            name=clean,
            country=code if len(code) == 2 and code.isalpha() and code.isascii() else "",
            language=language.strip().lower(),
        )

    def _ask(self, question: Question) -> tuple[Place, ...]:
        wait = self._cache.turn(self._host, self._interval)
        if wait > 0:
            self._sleep(wait)
        self.asked += 1
        try:
            locations = self._service.locations(question, timeout=self._timeout)
            read = (self._service.read(location, question) for location in locations)
            places = tuple({place.id: place for place in read if place is not None}.values())
        except GeopyError as error:
            raise GeocodingError(
                msg(
                    "{name}: {reason} (asked for {asked!r})", name=self.name, reason=_reason(error), asked=question.name
                )
            ) from error
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            # What geopy and our own readers make of an answer that has not the form of one.
            detail = f"{type(error).__name__}: {_line(error)}"
            raise GeocodingError(
                msg(
                    "{name}: it answered rubbish ({detail}) (asked for {asked!r})",
                    name=self.name,
                    detail=detail,
                    asked=question.name,
                )
            ) from error
        self._in_a_row = 0
        self._cache.keep(question, places)
        return places

    def _note(self, question: Question, error: GeocodingError) -> None:
        """Record a failure, and stop where further questions would be useless or impolite."""
        self.errors.append(error)
        self._failed[question] = error
        self._in_a_row += 1
        cause = error.__cause__
        if isinstance(cause, GeocoderRateLimited):  # to geopy a kind of GeocoderQuotaExceeded
            wait = float(cause.retry_after or 2 * self._interval)
            self._cache.postpone(self._host, wait)
            final = wait > _PATIENCE
        else:
            final = isinstance(cause, _FINAL)
        if final or self._in_a_row >= self._most_failures:
            self._stopped = True


def _number(name: str, value: Any, *, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= least:
        raise OptionError(
            msg("{name} must be a number not below {least:g}, not {value!r}", name=name, least=least, value=value)
        )
    return float(value)


def _reason(error: GeopyError) -> Message:
    """Return the meaning of geopy's error in words."""
    detail = _line(error)
    if isinstance(error, GeocoderParseError):
        return msg("it answered rubbish: no JSON of the service's form")
    if isinstance(error, GeocoderRateLimited):
        return msg("it wants fewer requests ({detail})", detail=detail)
    if isinstance(error, _FINAL):
        return msg("it refuses ({detail})", detail=detail)
    if isinstance(error, GeocoderTimedOut):
        return msg("it is too slow or overloaded ({detail})", detail=detail)
    return msg("it failed ({detail})", detail=detail)


def _line(error: BaseException) -> str:
    reason = reason_of(error)
    return reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON]
