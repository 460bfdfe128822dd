"""Kinds and countries as people write them in their tables: by name in English, French or Spanish, by code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from mapgen import languages
from mapgen.gazetteer.dumps import kind_of
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.records import KINDS
from mapgen.gazetteer.sources.countries import load_countries
from mapgen.messages import msg
from mapgen.model import Kind

__all__ = ["country_code", "country_named", "kind_named"]

_LANGUAGES = ("en", "fr", "es")
_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes of the European Union for its countries that differ from ISO 3166-1."""
_ARTICLE = re.compile(r"(?:the|la|le|les|l|el|los|las) ")
_SHORT = {
    "usa": "US", "u s a": "US", "etats unis d amerique": "US", "uk": "GB", "great britain": "GB", "england": "GB",
    "grande bretagne": "GB", "angleterre": "GB", "rdc": "CD", "drc": "CD", "rca": "CF", "uae": "AE", "eau": "AE",
    "russia": "RU", "russie": "RU", "czech republic": "CZ", "republique tcheque": "CZ", "ivory coast": "CI",
    "holland": "NL", "hollande": "NL", "burma": "MM", "birmanie": "MM", "swaziland": "SZ", "macedonia": "MK",
    "macedoine": "MK", "palestine": "PS", "korea": "KR", "coree": "KR", "congo brazzaville": "CG",
    "congo kinshasa": "CD", "turkey": "TR", "cape verde": "CV", "east timor": "TL", "timor oriental": "TL",
}  # fmt: skip
"""Short and former names that CLDR does not have."""


def kind_named(text: str) -> Kind | None:
    """Return the kind that a word means ("ville", "Hamlet", "airport", GeoNames' "PPLA"), or None; "" is an area."""
    if not text.strip():
        return Kind.AREA
    folded = fold(text)
    if (kind := _kinds().get(folded)) is not None:
        return kind
    code = text.strip().upper().rpartition(".")[2]
    class_ = _FEATURE_CLASSES.get(code[:3], "")
    return KINDS[kind_of(class_, code, 0)] if class_ else None


_FEATURE_CLASSES = {"PPL": "P", "ADM": "A", "PCL": "A"}
"""Classes of GeoNames' feature codes by their first letters, those that tables of places have."""


@cache
def _kinds() -> Mapping[str, Kind]:
    words = {
        fold(cue): kind for code in reversed(_LANGUAGES) for cue, kind in languages.load(code).cues.items() if fold(cue)
    }
    return words | {fold(kind.value): kind for kind in Kind}


def country_named(text: str) -> str:
    """Return the code of a country by its code or name ("Syria", "la Syrie", "SYR"); "" for "".

    Raises:
        ValueError: no country has that code or name.
    """
    if not text.strip():
        return ""
    if code := country_code(text):
        return code
    raise ValueError(
        msg("country {text!r} is neither an ISO 3166-1 code of two letters nor a name of a country", text=text[:40])
    )


def country_code(text: str) -> str:
    """Return the code of a country by its code or name, "" where there is none such."""
    code = text.strip().upper()
    code = _OTHER_CODES.get(code, code)
    if code in load_countries():
        return code
    names, folded = _countries(), fold(text)
    return names.get(folded) or names.get(_ARTICLE.sub("", folded), "")


@cache
def _countries() -> Mapping[str, str]:
    from babel import Locale

    known = load_countries()
    names = {fold(str(facts[key])): code for code, facts in known.items() for key in ("name", "iso3")}
    for language in _LANGUAGES:
        territories = Locale(language).territories
        names |= {fold(territories[code]): code for code in known if code in territories}
    return names | {fold(name): code for name, code in _SHORT.items()}
