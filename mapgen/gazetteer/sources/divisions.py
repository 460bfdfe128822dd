"""What ISO 3166-2 says of administrative divisions (iso3166-2), and its French and Spanish names (pycountry, CLDR)."""

from __future__ import annotations

import csv
import gettext
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["IsoDivision", "iso_divisions", "listed_labels", "plain_name", "translations"]

_LANGUAGES = {
    "eng": "en", "fra": "fr", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "ara": "ar", "rus": "ru",
}  # fmt: skip
_REMARK = re.compile(r"[ .]*\([^)]*\)$")
_NOTE = re.compile(r" ?\[[^\]]*\]| ?[†*²³]")
"""Another name in brackets, and signs that refer to a note."""
_SAID_BEFORE = {"The": "", "County": "County ", "City of": "City of "}
"""What ISO 3166-2 puts behind a name and a comma, as it is said."""
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
                if "/" in local:
                    # In English that tells what a name means ("Serenity/Peace"), in others two spellings of it.
                    names += [part.strip() for part in local.split("/") if language != "eng"]
                    continue
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
        if translated != division.name and "s/ " not in translated:  # "Newcastle s/ Tyne" is shortened
            own = {division.name, *division.name.split(" / ")}
            parts = translated.split(" / ")
            part = next((part for part in parts[1:] if part in own), parts[0])
            names[division.code] = plain_name(_REMARK.sub("", part))
    return names


def listed_labels(language: str) -> dict[str, str]:
    """Return the French or Spanish names of `division-labels.csv` by ISO 3166-2 code."""
    text = files("mapgen.gazetteer").joinpath("sources", "division-labels.csv").read_text(encoding="utf-8")
    return {row["code"]: row[language] for row in csv.DictReader(io.StringIO(text, newline="")) if row[language]}


def plain_name(name: str) -> str:
    """Return the name of a division as it is shown: no list of two names, in the order of words in which it is said."""
    name = _NOTE.sub("", name)
    rest, _, behind = name.partition(", ")
    name = " ".join((_SAID_BEFORE[behind] + rest if behind in _SAID_BEFORE else name).split())
    return re.sub(r" ?/ ?", "-", name.lstrip("/"))
