"""Administrative divisions: ISO 3166-2 (iso3166-2), its French names (pycountry), and GeoNames' codes and ids.

`divisions.csv` joins ISO's codes with GeoNames' (CC BY 4.0, geonames.org); `mapgen.training.divisions_table` makes it.
"""

from __future__ import annotations

import csv
import gettext
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from mapgen.gazetteer.names import fold

__all__ = ["GENERIC", "IsoDivision", "Joined", "iso_divisions", "joined_divisions", "translations"]

GENERIC = frozenset(
    fold(
        """
        oblast voblast voblasts oblys oblysy governorate gouvernorat muhafazat muhafazah province provincia
        provinsi region región regione regio rayon raion raionul rajons district departamento department
        departament département state estado état kray krai kraj respublika republic république county comté
        comitat judet judetul zupanija okrug avtonomnyy avtonomnaya autonomous wilaya wilayat municipality
        municipio prefecture préfecture canton kanton division territory territoire parish city town emirate
        emirat al of de du des la le les the and et wojewodztwo voivodeship bundesland land prowincja ostan
        capital special gorod comunidad comunitat foral comunidade novads atoll atholhu opstina baladiyat
        madinat pradesh rif countryside shi sheng qu ken fu do to il ili si i h
        """.replace("\n", " ")
    ).split()
)
"""Words that name a division's rank and not the division."""

_LANGUAGES = {
    "eng": "en", "fra": "fr", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "ara": "ar", "rus": "ru",
}  # fmt: skip
_LOCAL_NAME = re.compile(r"([^,()]+(?:\([^)]{4,}\)[^,()]*)*) \((\w{3})\)")


class Joined(NamedTuple):
    """A row of `divisions.csv`: what GeoNames calls a division.

    Attributes:
        iso: ISO 3166-2 code, "" where ISO has no such division.
        country: ISO 3166-1 alpha-2.
        admin1: GeoNames' first-level code.
        admin2: its second-level code, "" for the first level.
        geonameid: GeoNames id.
        name: GeoNames' name, English where there is one.
        point: where ISO tells none.
    """

    iso: str
    country: str
    admin1: str
    admin2: str
    geonameid: int
    name: str
    point: tuple[float, float] | None


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


def joined_divisions() -> Iterator[Joined]:
    """Yield the rows of `divisions.csv`."""
    text = files("mapgen.gazetteer").joinpath("sources", "divisions.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
        yield Joined(
            row["iso"], row["country"], row["admin1"], row["admin2"], int(row["geonameid"]), row["name"], point
        )
