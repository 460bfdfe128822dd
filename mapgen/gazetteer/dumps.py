"""Reads GeoNames' country dumps: places and alternate names into entries, every line checked."""

from __future__ import annotations

import tomllib
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from pathlib import Path

from mapgen.errors import PackError
from mapgen.gazetteer.packfile import Dump
from mapgen.gazetteer.records import KINDS, Entry, labels_text
from mapgen.gazetteer.sources.cities import TOWN, useful_names
from mapgen.gazetteer.sources.countries import LABEL_LANGUAGES
from mapgen.model import Kind

__all__ = ["kind_of", "read_dump"]

DUMP_COLUMNS, NAME_COLUMNS = 19, 10
_CITY, _VILLAGE = KINDS.index(Kind.CITY), KINDS.index(Kind.VILLAGE)
_REGION, _DISTRICT = KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT)
_LABELLED = frozenset(LABEL_LANGUAGES)


def read_dump(dump: Path, alternate: Path | None, codes: Mapping[str, tuple[int, str]]) -> Dump:
    """Read the two files of a country.

    Args:
        dump: `XX.zip` of GeoNames' `export/dump`, 19 columns.
        alternate: `XX.zip` of `export/dump/alternatenames`, 10 columns; None without.
        codes: GeoNames id and name of administrative divisions by code ("SY.09", "SY.09.123"), for divisions that
            places name and the dump does not describe.

    Raises:
        PackError: a file is no whole zip, holds no table of the country, or a line has not the columns it must have.
    """
    names, labels = _names(_rows(alternate, NAME_COLUMNS)) if alternate is not None else (None, {})
    rows = _rows(dump, DUMP_COLUMNS)
    try:
        entries = _entries(rows, names, labels)
    except ValueError as error:
        line, reason = _malformed(rows)
        raise PackError(f"is malformed: {reason}", path=dump.name, line=line) from error
    divisions = [
        (entry.country, entry.admin1 if row[7] == "ADM1" else f"{entry.admin1}.{entry.admin2}", entry.pk)
        for entry, row in zip(entries, rows, strict=True)
        if row[7] in ("ADM1", "ADM2")
    ]
    if not entries:
        raise PackError("holds no places", path=dump.name)
    _add_missing_divisions(entries, divisions, codes)
    return Dump(entries, divisions)


def _rows(path: Path, columns: int) -> list[list[str]]:
    """The lines of the table in a zip as cells; the zip's checksum is verified on the way."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(f"{path.stem}.txt").decode("utf-8")
    except KeyError as error:
        raise PackError(f"is no dump of a country: it holds no {path.stem}.txt", path=path.name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError) as error:
        raise PackError(f"is damaged ({error}): fetch it again", path=path.name) from error
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    rows = [line.split("\t") for line in lines]
    if set(map(len, rows)) - {columns}:
        number, row = next((number, row) for number, row in enumerate(rows, 1) if len(row) != columns)
        raise PackError(f"has {len(row)} columns where {columns} belong", path=path.name, line=number)
    return rows


def _names(rows: Sequence[Sequence[str]]) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """All names of each place, and the best of each language that counts as a label, by GeoNames id.

    Codes of airports, postcodes and links stand among the names; their "languages" have four letters and more.
    """
    names: dict[str, list[str]] = {}
    labels: dict[str, dict[str, str]] = {}
    preferred: set[tuple[str, str]] = set()
    for _, geonameid, language, name, prefer, _, colloquial, historic, _, _ in rows:
        if len(language) > 3:
            continue
        names.setdefault(geonameid, []).append(name)
        if language in _LABELLED and not colloquial and not historic:
            known = labels.setdefault(geonameid, {})
            if language not in known or (prefer and (geonameid, language) not in preferred):
                known[language] = name
            if prefer:
                preferred.add((geonameid, language))
    return names, labels


def _entries(
    rows: Sequence[Sequence[str]], names: Mapping[str, list[str]] | None, labels: Mapping[str, dict[str, str]]
) -> list[Entry]:
    """Turn the rows of a dump into entries, column by column: a country has a hundred thousand places.

    The names in the dump itself are those of the table of alternate names, and their ASCII forms (a convenience, says
    GeoNames' readme): they count only where that table is missing.

    Raises:
        ValueError: some row is malformed.
    """
    if not rows:
        return []
    ids, main, _, listed, lats, lons, classes, codes, countries, _, admin1, admin2, *_ = columns = list(
        zip(*rows, strict=True)
    )
    pks, lat, lon = list(map(int, ids)), list(map(float, lats)), list(map(float, lons))
    population = [int(people) if people else 0 for people in columns[14]]
    if not (min(lat) >= -90 and max(lat) <= 90 and min(lon) >= -180 and max(lon) <= 180):
        raise ValueError
    known = {feature: _kind_of_code(*feature) for feature in set(zip(classes, codes, strict=True))}
    kinds = [
        kind if kind is not None else _CITY if people >= TOWN else _VILLAGE
        for kind, people in zip(map(known.__getitem__, zip(classes, codes, strict=True)), population, strict=True)
    ]
    if names is None:
        others: list[Sequence[str]] = [text.split(",") if text else () for text in listed]
    else:
        others = [names.get(id_, ()) for id_ in ids]
    others = [
        useful_names(name, dict.fromkeys(other)) if other else () for name, other in zip(main, others, strict=True)
    ]
    return list(
        map(
            Entry,
            pks,
            repeat(""),
            repeat("GeoNames"),
            main,
            kinds,
            countries,
            lat,
            lon,
            population,
            ["" if code == "00" else code for code in admin1],
            others,
            [labels_text(labels[id_]) if id_ in labels else "" for id_ in ids],
            [len(other) + 1 for other in others],
            [code == "PPLC" for code in codes],
            admin2,
            pks,
        )
    )


def _malformed(rows: Sequence[Sequence[str]]) -> tuple[int, str]:
    """The first malformed row, counted from 1, and what is wrong with it."""
    for line, row in enumerate(rows, 1):
        try:
            int(row[0]), int(row[14] or 0)
            lat, lon = float(row[4]), float(row[5])
        except ValueError as error:
            return line, str(error)
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return line, f"the point {row[4]} {row[5]} is not on Earth"
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
    return kind if kind is not None else _CITY if population >= TOWN else _VILLAGE


def _add_missing_divisions(
    entries: list[Entry], divisions: list[tuple[str, str, int]], codes: Mapping[str, tuple[int, str]]
) -> None:
    """Place divisions that only the lists of codes know at the middle of their places."""
    known = {(country, code) for country, code, _ in divisions}
    members: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.admin2 and entry.admin1:
            members.setdefault((entry.country, f"{entry.admin1}.{entry.admin2}"), []).append(entry)
        if entry.admin1:
            members.setdefault((entry.country, entry.admin1), []).append(entry)
    if all(key in known or f"{key[0]}.{key[1]}" not in codes for key in members):
        return
    keys = {entry.pk for entry in entries}
    for (country, code), inside in members.items():
        if (country, code) in known or f"{country}.{code}" not in codes:
            continue
        geonameid, name = codes[f"{country}.{code}"]
        if geonameid in keys:
            divisions.append((country, code, geonameid))
            continue
        keys.add(geonameid)
        lat, lon = (sum(axis) / len(inside) for axis in zip(*((e.lat, e.lon) for e in inside), strict=True))
        admin1, _, admin2 = code.partition(".")
        kind = _DISTRICT if admin2 else _REGION
        entry = Entry(geonameid, "", "GeoNames", name, kind, country, lat, lon, 0, admin1, ())
        entries.append(entry._replace(name_count=1, admin2=admin2, geonameid=geonameid))
        divisions.append((country, code, geonameid))
