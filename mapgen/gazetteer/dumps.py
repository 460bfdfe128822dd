"""Reads GeoNames' dumps: places and alternate names into columns, every line checked."""

from __future__ import annotations

import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from mapgen.errors import PackError
from mapgen.gazetteer.archives import DAMAGED, checked_member
from mapgen.gazetteer.names import fold_all, is_latin, transliteration_keys
from mapgen.gazetteer.records import KINDS, Columns, Entry, columns_of, labels_text
from mapgen.gazetteer.sources.cities import TOWN, useful_names
from mapgen.gazetteer.sources.countries import LABEL_LANGUAGES, country_languages
from mapgen.messages import msg
from mapgen.model import Kind

__all__ = ["DUMP_COLUMNS", "NAME_COLUMNS", "SEAS", "Dump", "DumpReader", "Table", "kind_of", "read_dump", "table"]

DUMP_COLUMNS, NAME_COLUMNS = 19, 10
SEAS = "XY"
"""The code of the pack of what lies at sea and in no country."""
_LARGEST_ID, _MOST_PEOPLE = 1 << 40, 20_000_000_000
"""Ids of GeoNames have eight digits; the larger populations are those of continents."""
_KNOWN_BY_MANY = 12
"""Other names from which on a populated place counts as a city, as in the embedded gazetteer."""
_UNKNOWN = frozenset({"", "und"})
"""Languages of names of which GeoNames does not say, or does not know, the language."""
_SMALL = 500
"""Inhabitants below which a place is none that other languages have a name for."""
_FEW = 2
_ALIKE = 3
"""Letters of the transliteration key in which two spellings of one name agree."""
_CITY, _VILLAGE = KINDS.index(Kind.CITY), KINDS.index(Kind.VILLAGE)
_REGION, _DISTRICT = KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT)
_LABELLED = frozenset(LABEL_LANGUAGES)

Table = Sequence[Sequence[str]]
"""The columns of a table, each a sequence of cells."""

Codes = Mapping[str, tuple[int, str]]
"""GeoNames id and name of administrative divisions by code ("SY.09", "SY.09.123")."""


class Dump(NamedTuple):
    """What a dump holds.

    Attributes:
        columns: the places.
        divisions: (country, "09" or "09.123", key).
    """

    columns: Columns
    divisions: list[tuple[str, str, int]]


def read_dump(dump: Path, alternate: Path | None, codes: Codes) -> Dump:
    """Read the two files of a country.

    Args:
        dump: `XX.zip` of GeoNames' `export/dump`, 19 columns.
        alternate: `XX.zip` of `export/dump/alternatenames`, 10 columns; None without.
        codes: divisions that places name and the dump does not describe.

    Raises:
        PackError: a file is no whole zip, holds no table of the country, or a line has not the columns it must have.
    """
    names = table(_content(alternate), NAME_COLUMNS, alternate.name) if alternate is not None else None
    cells = table(_content(dump), DUMP_COLUMNS, dump.name)
    country = dump.stem
    if strangers := {code for code in cells[8] if code != country} - ({""} if country == SEAS else set()):
        raise PackError(
            msg(
                "holds places of {countries}: it is no dump of {country}",
                countries=min(strangers) or "no country",
                country=country,
            ),
            path=dump.name,
        )
    reader = DumpReader(codes)
    read = reader.read(cells, names, file_name=dump.name)
    if not read.columns.pk:
        raise PackError(msg("holds no places"), path=dump.name)
    missing = reader.missing()
    columns = Columns._make([*some, *more] for some, more in zip(read.columns, missing.columns, strict=True))
    return Dump(columns, read.divisions + missing.divisions)


def _content(path: Path) -> bytes:
    """The table in the zip of a country; the zip's checksum is verified on the way."""
    try:
        with zipfile.ZipFile(path) as archive:
            return checked_member(archive, f"{path.stem}.txt", path.name).read()
    except KeyError as error:
        raise PackError(
            msg("is no dump of a country: it holds no {stem}.txt", stem=path.stem), path=path.name
        ) from error
    except DAMAGED as error:
        raise PackError(msg("is damaged ({error}): fetch it again", error=error), path=path.name) from error


def table(content: bytes, columns: int, file_name: str, *, first_line: int = 1) -> Table:
    """Split a table whose cells are parted by tabs into its columns.

    Args:
        content: the lines in UTF-8, each with a line end, which the last may lack.
        columns: how many each line must have.
        file_name: for messages.
        first_line: number of the first line, for messages.

    Raises:
        PackError: a line has more or fewer columns, or the content is no UTF-8.
    """
    import numpy as np

    if not content:
        return [[] for _ in range(columns)]
    content = content.removesuffix(b"\n")
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.append(np.flatnonzero(data == ord("\n")), len(data))
    widths = 1 + np.diff(np.searchsorted(np.flatnonzero(data == ord("\t")), ends), prepend=0)
    wrong = np.flatnonzero(widths != columns)
    if len(wrong):
        line = int(wrong[0])
        raise PackError(
            msg("has {found} columns where {columns} belong", found=int(widths[line]), columns=columns),
            path=file_name,
            line=first_line + line,
        )
    try:
        cells = content.replace(b"\n", b"\t").decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        raise PackError(msg("is damaged ({error}): fetch it again", error=error), path=file_name) from error
    return [cells[column::columns] for column in range(columns)]


class DumpReader:
    """Reads the tables of a dump, whole or chunk by chunk.

    Args:
        codes: divisions that places may name and the dump need not describe.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._ids = frozenset(geonameid for geonameid, _ in codes.values())
        self._described: set[tuple[str, str]] = set()
        self._keys: set[int] = set()
        # Sums of latitude and longitude and the number of places of each division that `codes` knows.
        self._members: dict[tuple[str, str], tuple[float, float, float]] = {}

    def read(self, cells: Table, names: Table | None, *, file_name: str) -> Dump:
        """Read some places.

        Args:
            cells: the columns of the table of places.
            names: the columns of the alternate names of these places at least; None where there is no such table.
            file_name: for messages.

        Raises:
            PackError: a row is malformed.
        """
        try:
            columns = _places(cells, names)
        except ValueError as error:
            line, reason = _malformed(cells)
            raise PackError(msg("is malformed: {reason}", reason=reason), path=file_name, line=line) from error
        divisions = [
            (columns.country[at], _division_code(columns, at, second=code == "ADM2"), columns.pk[at])
            for at, code in enumerate(cells[7])
            if code in ("ADM1", "ADM2")
        ]
        self._described.update((country, code) for country, code, _ in divisions)
        if self._codes:
            self._keys |= self._ids.intersection(columns.pk)
            self._count_members(columns)
        return Dump(columns, divisions)

    def _count_members(self, columns: Columns) -> None:
        """Add the points of places to the sums of those of their divisions that only the codes know, as far as seen."""
        paths = list(zip(columns.country, columns.admin1, columns.admin2, strict=True))
        wanted: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for path in set(paths):
            country, first, second = path
            codes = [(country, code) for code in (first, f"{first}.{second}" if second else "") if first and code]
            codes = [code for code in codes if code not in self._described and ".".join(code) in self._codes]
            if codes:
                wanted[path] = codes
        if not wanted:
            return
        for path, lat, lon in zip(paths, columns.lat, columns.lon, strict=True):
            for code in wanted.get(path, ()):
                before = self._members.get(code, (0.0, 0.0, 0.0))
                self._members[code] = (before[0] + lat, before[1] + lon, before[2] + 1.0)

    def missing(self) -> Dump:
        """Return the divisions that only the codes know, each at the middle of its places.

        A division that the dump describes without a first- or second-level feature code is joined by its GeoNames id.
        """
        entries: list[Entry] = []
        divisions: list[tuple[str, str, int]] = []
        for (country, code), (lat, lon, count) in self._members.items():
            known = self._codes.get(f"{country}.{code}")
            if known is None or (country, code) in self._described:
                continue
            geonameid, name = known
            divisions.append((country, code, geonameid))
            if geonameid in self._keys:
                continue
            self._keys.add(geonameid)
            admin1, _, admin2 = code.partition(".")
            kind = _DISTRICT if admin2 else _REGION
            entry = Entry(geonameid, "", "GeoNames", name, kind, country, lat / count, lon / count, 0, admin1, ())
            entries.append(entry._replace(name_count=1, admin2=admin2, geonameid=geonameid))
        return Dump(columns_of(entries), divisions)


def _division_code(columns: Columns, at: int, *, second: bool) -> str:
    return f"{columns.admin1[at]}.{columns.admin2[at]}" if second else columns.admin1[at]


def _places(cells: Table, names: Table | None) -> Columns:
    """Turn the cells of a dump into places, column by column: a country has a hundred thousand of them.

    The names in the dump itself are those of the table of alternate names, and their ASCII forms (a convenience, says
    GeoNames' readme): they count only where that table is missing.

    Raises:
        ValueError: some row is malformed.
    """
    ids, main, _, listed, lats, lons, classes, codes, countries, _, admin1, admin2 = cells[:12]
    pks, lat, lon = list(map(int, ids)), list(map(float, lats)), list(map(float, lons))
    population = [int(people) if people else 0 for people in cells[14]]
    if not _all_sound(pks, lat, lon, population):
        raise ValueError
    if SEAS in countries:
        countries = ["" if code == SEAS else code for code in countries]
    if names is None:
        others: Sequence[Sequence[str]] = [text.split(",") if text else () for text in listed]
        labels = [""] * len(pks)
    else:
        small = [class_ == "P" and people < _SMALL for class_, people in zip(classes, population, strict=True)]
        others, labels = _names_of(names, ids, main, countries, small)
    others = [
        useful_names(name, dict.fromkeys(other)) if other else () for name, other in zip(main, others, strict=True)
    ]
    counts = [len(other) + 1 for other in others]
    if names is not None:
        _count_spellings_once(counts, main, others, small)
    features = list(zip(classes, codes, strict=True))
    known = {feature: _kind_of_code(*feature) for feature in set(features)}
    kinds = [
        kind if (kind := known[feature]) is not None else _settlement(people, count - 1)
        for feature, people, count in zip(features, population, counts, strict=True)
    ]
    return Columns(
        pks,
        [""] * len(pks),
        ["GeoNames"] * len(pks),
        main,
        kinds,
        countries,
        lat,
        lon,
        population,
        ["" if code == "00" else code for code in admin1],
        others,
        labels,
        counts,
        [code == "PPLC" for code in codes],
        admin2,
        pks,
        [0] * len(pks),
    )


def _count_spellings_once(
    counts: list[int], main: Sequence[str], others: Sequence[Sequence[str]], small: Sequence[bool]
) -> None:
    """Count, of small places, the names that differ in more than accents, and all of other scripts as one name.

    A hamlet called Texas is written in ten scripts after its namesake; nobody knows it the better for that.

    Args:
        counts: how many names each has; they are changed.
        main: the names of the places.
        others: their other names.
        small: whether each is small.
    """
    chosen = [at for at, count in enumerate(counts) if count > _FEW and small[at]]
    written = [[name for name in (main[at], *others[at]) if is_latin(name)] for at in chosen]
    folded = iter(fold_all([name for names in written for name in names]))
    for at, latin in zip(chosen, written, strict=True):
        counts[at] = len({next(folded) for _ in latin}) + (len(latin) <= len(others[at]))


def _all_sound(pks: Sequence[int], lat: Sequence[float], lon: Sequence[float], population: Sequence[int]) -> bool:
    """Whether `_in_world` and `_in_range` hold of all rows."""
    import numpy as np

    points = bool((np.abs(np.array(lat)) <= 90).all() and (np.abs(np.array(lon)) <= 180).all())
    return points and (not pks or (_in_range(min(pks), min(population)) and _in_range(max(pks), max(population))))


def _in_world(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180  # false for what is no number


def _in_range(geonameid: int, population: int) -> bool:
    return 0 < geonameid < _LARGEST_ID and 0 <= population <= _MOST_PEOPLE


def _settlement(population: int, other_names: int) -> int:
    return _CITY if population >= TOWN or other_names > _KNOWN_BY_MANY else _VILLAGE


def _names_of(
    names: Table, ids: Sequence[str], main: Sequence[str], countries: Sequence[str], small: Sequence[bool]
) -> tuple[list[Sequence[str]], list[str]]:
    """Return the other names and the labels of places: the best name of each language that counts as a label.

    Codes of airports, postcodes and links are among the names; their "languages" have four letters and more.

    Args:
        names: the table of alternate names.
        ids: of the places.
        main: their names.
        countries: their countries.
        small: whether each is too small to have names in the languages of other countries.
    """
    tags = set(names[2])
    is_name = {tag: len(tag) <= 3 for tag in tags}
    is_label = {tag: tag in _LABELLED for tag in tags}
    others: defaultdict[str, list[str]] = defaultdict(list)
    # Most places of a dump have their own name as their only other one.
    own_names = dict(zip(ids, main, strict=True))
    kept = list(map(is_name.__getitem__, names[2]))
    for id_, name in zip(compress(names[1], kept), compress(names[3], kept), strict=True):
        if own_names.get(id_) != name:
            others[id_].append(name)
    labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
    preferred: set[tuple[str, str]] = set()
    labelled = list(map(is_label.__getitem__, names[2]))
    for id_, language, name, prefer, colloquial, historic in zip(
        *(compress(names[column], labelled) for column in (1, 2, 3, 4, 6, 7)), strict=True
    ):
        if colloquial or historic:
            continue
        known = labels[id_]
        if language not in known or (prefer and (id_, language) not in preferred):
            known[language] = name
        if prefer:
            preferred.add((id_, language))
    # What a country calls its places in its first language is no translation: most names of a dump are such.
    spoken = {languages[0] for code in set(countries) if (languages := _languages().get(code))}
    own = spoken if len(set(countries)) == 1 else set()
    named = {tag: is_name[tag] and tag not in _UNKNOWN and tag not in own for tag in tags}
    tagged = list(map(named.__getitem__, names[2]))
    places = zip(main, countries, strict=True)
    foreign = zip(*(compress(names[column], tagged) for column in (1, 2, 3)), strict=True)
    _drop_translations(others, labels, foreign, dict(compress(zip(ids, places, strict=True), small)))
    return (
        [others.get(id_, ()) for id_ in ids],
        [labels_text(labels[id_]) if id_ in labels else "" for id_ in ids],
    )


def _drop_translations(
    names: Mapping[str, list[str]],
    labels: Mapping[str, dict[str, str]],
    tagged: Iterable[tuple[str, str, str]],
    small: Mapping[str, tuple[str, str]],
) -> None:
    """Leave out, of small places, labels and names of other languages that do not sound like the place's own name.

    "Gott" for God, a village, translates a word; it is no name that anybody has given the village. A name in a
    language of the country stays a name, but is a label in the first of them only.

    Args:
        names: by id; they are changed.
        labels: by id; they are changed.
        tagged: id, language and name of the names whose languages are known.
        small: name and country of the small places, by id.
    """
    languages = _languages()
    foreign = [
        (id_, language, name, place[0])
        for id_, language, name in tagged
        if (place := small.get(id_)) is not None
        and name != place[0]
        and language not in languages.get(place[1], ())[:1]
        and is_latin(name)
    ]
    mains, written = [main for *_, main in foreign], [name for _, _, name, _ in foreign]
    keys = zip(
        transliteration_keys(mains, fold_all(mains)), transliteration_keys(written, fold_all(written)), strict=True
    )
    for (id_, language, name, _), (main, other) in zip(foreign, keys, strict=True):
        if not main or not other or main[:_ALIKE] == other[:_ALIKE]:
            continue
        if labels.get(id_, {}).get(language) == name:
            del labels[id_][language]
        if language not in languages.get(small[id_][1], ()):
            names[id_].remove(name)


@cache
def _languages() -> Mapping[str, Sequence[str]]:
    return country_languages()


def _malformed(cells: Table) -> tuple[int, str]:
    """The first malformed row, counted from 1, and what is wrong with it."""
    for line, (id_, lat, lon, people) in enumerate(zip(cells[0], cells[4], cells[5], cells[14], strict=True), 1):
        try:
            int(id_), int(people or 0)
            point = float(lat), float(lon)
        except ValueError as error:
            return line, str(error)
        if not _in_world(*point):
            return line, msg("the point {lat} {lon} is not on Earth", lat=lat, lon=lon)
        if not _in_range(int(id_), int(people or 0)):
            return line, msg("the id {id} or the population {people} is out of range", id=id_[:30], people=people[:30])
    return 0, "unknown"


@cache
def _kinds() -> tuple[dict[str, int], dict[str, int]]:
    table = tomllib.loads(files("mapgen.gazetteer").joinpath("sources", "features.toml").read_text(encoding="utf-8"))
    numbers = {kind.value: number for number, kind in enumerate(KINDS)}
    return (
        {code: numbers[kind] for code, kind in table["codes"].items()},
        {class_: numbers[kind] for class_, kind in table["classes"].items()},
    )


def _kind_of_code(class_: str, code: str) -> int | None:
    codes, classes = _kinds()
    kind = codes.get(code)
    return kind if kind is not None else classes.get(class_)


def kind_of(class_: str, code: str, population: int) -> int:
    """Return the number of the kind that GeoNames' feature class and code stand for."""
    kind = _kind_of_code(class_, code)
    return kind if kind is not None else _settlement(population, 0)
