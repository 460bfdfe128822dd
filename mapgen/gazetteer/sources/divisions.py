"""What ISO 3166-2 says of administrative divisions (iso3166-2), and its French names (pycountry)."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["IsoDivision", "iso_divisions", "translations"]

_LANGUAGES = {
    "eng": "en", "fra": "fr", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "ara": "ar", "rus": "ru",
}  # fmt: skip
_LOCAL_NAME = re.compile(r"([^,()]+(?:\([^)]{4,}\)[^,()]*)*) \((\w{3})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class IsoDivision:
    """A division of ISO 3166-2.

    Attributes:
        code: "SY-HL".
        country: ISO 3166-1 alpha-2.
        name: ISO's own name.
        type: "Province".
        parent: the code of the division above, or "".
        lat: degrees north.
        lon: degrees east.
        labels: names by language (ISO 639-1).
        names: other names.
    """

    code: str
    country: str
    name: str
    type: str
    parent: str
    lat: float
    lon: float
    labels: dict[str, str]
    names: tuple[str, ...]


def iso_divisions() -> Iterator[IsoDivision]:
    """Yield all divisions of ISO 3166-2."""
    content = json.loads(files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8"))
    for country, divisions in content.items():
        for code, division in divisions.items():
            # "Isle of Anglesey [Sir Ynys Môn GB-YNM]": the second name stands in brackets with its code.
            name, _, other = re.sub(r" [A-Z]{2}-\w+(?=\])", "", division["name"]).partition(" [")
            labels: dict[str, str] = {}
            names = [other.rstrip("]")] if other else []
            for local, language in _LOCAL_NAME.findall(division["localOtherName"] or ""):
                names.append(local.strip())
                if language in _LANGUAGES:
                    labels.setdefault(_LANGUAGES[language], local.strip())
            lat, lon = division["latLng"]
            yield IsoDivision(
                code=code,
                country=country,
                name=name,
                type=division["type"],
                parent=division["parentCode"] or "",
                lat=lat,
                lon=lon,
                labels=labels,
                names=tuple(names),
            )


def translations(language: str) -> dict[str, str]:
    """Return the names of divisions in another language, by ISO 3166-2 code, where they differ from ISO's."""
    import pycountry

    words = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True)
    names = {}
    for division in pycountry.subdivisions:
        translated = words.gettext(division.name)
        if translated != division.name:
            names[division.code] = translated
    return names
