"""Administrative divisions as places: joined with GeoNames, named, and given the names of their main cities."""

from __future__ import annotations

import csv
import difflib
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from mapgen.gazetteer.names import fold, is_latin, transliteration_key
from mapgen.gazetteer.records import KINDS, LISTED_PK, Entry, label_names, labels_of, labels_text
from mapgen.gazetteer.sources.divisions import (
    GENERIC,
    IsoDivision,
    Joined,
    iso_divisions,
    joined_divisions,
    translations,
)
from mapgen.model import Kind

__all__ = ["Regions", "division_entries", "table_labels"]

_REGION, _DISTRICT = KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT)
_FIRST_PK = LISTED_PK + 0x1000_0000
_WIDELY_KNOWN = 15
"""`name_count` of a first-level division; below it, of a second-level one."""
_CLOSE_DEGREES = 2.0
"""How far from a capital, latitude and longitude added, a region lies that is named after it."""

_LIKE = 0.7
"""Likeness of two words (Ratcliff & Obershelp 1988) that are one name in two spellings."""


class Taught(NamedTuple):
    """Labels and other names that a city takes over from the region of its name."""

    labels: dict[str, str]
    names: tuple[str, ...]


class Regions(NamedTuple):
    """The divisions, and what they teach of their main cities.

    Attributes:
        entries: one a division.
        codes: (country, "09" or "09.123", key).
        taught: what cities take over from the regions of their name, by key.
    """

    entries: list[Entry]
    codes: list[tuple[str, str, int]]
    taught: dict[int, Taught]


def table_labels() -> dict[int, dict[str, str]]:
    """Return the rows of `labels.csv`: French and English names of cities and divisions by GeoNames id."""
    text = files("mapgen.gazetteer").joinpath("sources", "labels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {int(row.pop("geonameid")): {language: name for language, name in row.items() if name} for row in rows}


def division_entries(
    cities: Iterable[Entry],
    labels: Mapping[int, dict[str, str]],
    languages: Mapping[str, Sequence[str]],
    scripts: Mapping[str, str],
    elsewhere: Callable[[str, str], bool],
) -> Regions:
    """Return the divisions of ISO 3166-2 and of GeoNames.

    Args:
        cities: the populated places.
        labels: labels by GeoNames id.
        languages: the languages of each country, by code (ISO 639-1).
        scripts: the script of each country's main language, by code.
        elsewhere: tells whether a folded name is that of another country than the one with the code, so that an
            overseas territory is not listed twice.
    """
    joined = {row.iso: row for row in joined_divisions() if row.iso}
    french = translations("fr")
    main = _main_cities(cities)
    entries: list[Entry] = []
    codes: list[tuple[str, str, int]] = []
    taught: dict[int, Taught] = {}
    for number, iso in enumerate(iso_divisions()):
        row = joined.get(iso.code)
        if row is None and elsewhere(iso.country, fold(iso.name)):
            continue
        latin = scripts.get(iso.country, "Latn") == "Latn"
        entry = _iso_entry(iso, row, _FIRST_PK + number, french.get(iso.code, ""), labels, languages, latin)
        if row is not None:
            codes.append((iso.country, f"{row.admin1}.{row.admin2}" if row.admin2 else row.admin1, entry.pk))
            if not row.admin2:
                entry, news = _with_city_names(
                    entry, main.get((iso.country, row.admin1), ()), main, transliterated=not latin
                )
                taught.update(news)
        entries.append(entry)
    for row in joined_divisions():
        if not row.iso and row.point is not None and not (row.admin2 == "" and elsewhere(row.country, fold(row.name))):
            entries.append(_geonames_entry(row, labels))
            codes.append((row.country, f"{row.admin1}.{row.admin2}" if row.admin2 else row.admin1, row.geonameid))
    return Regions(entries, codes, taught)


def _iso_entry(
    iso: IsoDivision,
    row: Joined | None,
    pk: int,
    french: str,
    labels: Mapping[int, dict[str, str]],
    languages: Mapping[str, Sequence[str]],
    latin: bool,
) -> Entry:
    # ISO's English names are often nicknames ("The Golden State", "Land of Kings"): there the names of GeoNames are
    # better. Where a country writes other letters GeoNames often only transcribes ("Kharkivs'ka Oblast'").
    table = labels.get(row.geonameid, {}) if row else {}
    conventional = row.name if row else iso.name
    told = iso.labels.get("en", "")
    nickname = latin or not _same_name(told, (iso.name, conventional))
    english = table.get("en", conventional) if nickname else told
    known = iso.labels | ({"fr": french or iso.name} if french or "fr" in languages.get(iso.country, ())[:3] else {})
    known |= table | {"en": english}
    name = known["en"]
    first = row.admin2 == "" if row else not iso.parent
    names = dict.fromkeys([iso.name, *iso.names, *known.values(), french, row.name if row else ""])
    return Entry(
        row.geonameid if row else pk,
        f"iso:{iso.code}",
        "ISO 3166-2",
        name,
        _REGION if first else _DISTRICT,
        iso.country,
        iso.lat,
        iso.lon,
        0,
        row.admin1 if row else "",
        [other for other in names if other and other != name],
        labels_text(known),
        _WIDELY_KNOWN if first else _WIDELY_KNOWN // 2,
        False,
        row.admin2 if row else "",
        row.geonameid if row else None,
    )


def _geonames_entry(row: Joined, labels: Mapping[int, dict[str, str]]) -> Entry:
    known = labels.get(row.geonameid, {})
    lat, lon = row.point or (0.0, 0.0)
    return Entry(
        row.geonameid, "", "GeoNames", row.name, _DISTRICT if row.admin2 else _REGION, row.country, lat, lon, 0,
        row.admin1, [name for name in known.values() if name != row.name], labels_text(known),
        _WIDELY_KNOWN // 2 if row.admin2 else _WIDELY_KNOWN, False, row.admin2, row.geonameid,
    )  # fmt: skip


def _main_cities(cities: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """The three most populous cities of each first-level division, and each country's capital under the code ""."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for city in cities:
        if city.population >= 1000 and city.admin1:
            groups[city.country, city.admin1].append(city)
        if city.capital:
            groups[city.country, ""].append(city)
    return {key: sorted(group, key=lambda city: -city.population)[:3] for key, group in groups.items()}


def _with_city_names(
    entry: Entry,
    cities: Sequence[Entry],
    main: Mapping[tuple[str, str], Sequence[Entry]],
    *,
    transliterated: bool,
) -> tuple[Entry, dict[int, Taught]]:
    """Give a region that bears the name of its main city the city's names, and each the other's labels.

    A region whose name only holds a city's ("Rif Dimashq", "Belgorod Oblast") gets the names, not the labels.
    """
    own = {form for name in (entry.name, *entry.names) if (form := _bare(name))}
    sounds = _sounds(own) if transliterated else set()
    for city in cities:
        # Most regions bear the very name under which their city is known: its other names need not be tried then.
        for called, some in ((True, (city.name, *label_names(city.labels))), (False, city.names)):
            theirs = {form for name in some if (form := _bare(name))}
            if own & theirs or (sounds and sounds & _sounds(theirs)):
                return _share(entry, city, theirs, called_alike=called)
    words = {word for name in (entry.name, *entry.names) for word in fold(name).split()}
    for city in main.get((entry.country, ""), ()):
        close = abs(city.lat - entry.lat) + abs(city.lon - entry.lon) < _CLOSE_DEGREES
        if close and any(fold(name) in words for name in (city.name, *city.names)):
            names = dict.fromkeys([*entry.names, city.name, *label_names(city.labels), *city.names])
            return entry._replace(names=list(names)), {}
    return entry, {}


def _share(entry: Entry, city: Entry, forms: set[str], *, called_alike: bool) -> tuple[Entry, dict[int, Taught]]:
    theirs, known = labels_of(city.labels), labels_of(entry.labels)
    labels = {
        language: label
        for language, label in known.items()
        if language not in theirs
        and label != city.name
        # "Masvingo Province" is the region's name, however much it sounds like the city's.
        and (label in city.names or (fold(label) == _bare(label) and _alike(label, forms)))
    }
    old = {city.name, *city.names}
    new = [name for name in (entry.name, *entry.names) if name not in old and is_latin(name)]
    taught = Taught(labels, tuple(name for name in new if _alike(name, forms) and len(name) <= len(city.name) + 3))
    names = dict.fromkeys([*entry.names, city.name, *label_names(city.labels), *city.names])
    names.pop(entry.name, None)
    # A region whose name is one of the city's lesser ones (Laghman is one of Mihtarlam's) keeps its own labels.
    both = known | theirs if called_alike else theirs | known
    return entry._replace(names=list(names), labels=labels_text(both)), {city.pk: taught}


def _alike(name: str, forms: set[str]) -> bool:
    form = _bare(name)
    return form in forms or bool(_sounds({form}) & _sounds(forms))


def _same_name(name: str, others: Iterable[str]) -> bool:
    """Whether a name has a word in common, or nearly, with one of the others, ranks such as "province" apart."""
    words = {word for word in fold(name).split() if word not in GENERIC}
    theirs = {word for other in others for word in fold(other).split() if word not in GENERIC}
    if words & theirs or _sounds(words) & _sounds(theirs):
        return True
    return any(difflib.SequenceMatcher(None, one, two).ratio() > _LIKE for one in words for two in theirs)


def _sounds(forms: set[str]) -> set[str]:
    return {transliteration_key(form) for form in forms if form and is_latin(form)}


def _bare(name: str) -> str:
    """A folded name without the words that only name a rank; "" where little is left."""
    text = fold(name)
    if " " in text:
        text = " ".join(word for word in text.split() if word not in GENERIC)
    return text if len(text) > 2 else ""
