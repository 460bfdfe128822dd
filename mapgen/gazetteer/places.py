"""Places of the user's own: CSV or GeoJSON, checked row by row."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from mapgen.coordinates import LATITUDE, LONGITUDE, degrees, point
from mapgen.errors import PlacesError
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.place_extents import Extents, Towns
from mapgen.gazetteer.place_features import geojson_rows
from mapgen.gazetteer.place_tables import Row, csv_rows
from mapgen.gazetteer.place_words import country_named, kind_named
from mapgen.gazetteer.records import FIRST_OWN_PK, KINDS, Entry
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.messages import joined, msg, reason_of
from mapgen.tables import table_text

__all__ = ["own_layer", "read_places"]

_MOST_PEOPLE = 10_000_000_000
_LONGEST = 200
"""Letters of a name at most: a longer one is a cell whose quote was never closed."""
_LINE_ENDS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_GROUPED = re.compile(r"\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+")
_WHOLE = re.compile(r"(\d+)(?:[.,]0*)?")


def own_layer(files: Sequence[Path], *, towns: Towns | None = None) -> tuple[Layer, list[str]]:
    """Read files of places into a layer in memory.

    Args:
        files: CSV or GeoJSON files; a later file's place counts after an earlier one's.
        towns: returns the towns of a country, which tell points that lie elsewhere; nothing is told without it.

    Returns:
        The layer, and a line on every row that could not be used: file, line, reason.

    Raises:
        PlacesError: a file cannot be read, or no row of it can be used.
    """
    entries: list[Entry] = []
    warnings: list[str] = []
    extents = Extents(towns or _no_towns)
    for path in files:
        found, wrong = read_places(path, first=len(entries), extents=extents)
        entries += found
        warnings += wrong
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create_tables(connection)
        write_entries(connection, _distinct(entries))
        connection.execute("INSERT INTO meta VALUES ('places', ?)", (str(len(entries)),))
        return Layer.in_memory(connection.serialize(), own=True), warnings


def _no_towns(_country: str) -> Iterable[tuple[float, float, str]]:
    return ()


def read_places(path: Path, *, first: int = 0, extents: Extents | None = None) -> tuple[list[Entry], list[str]]:
    """Read one file of places.

    Args:
        path: a CSV file with the columns name, names (`|` between), kind, country, lat, lon, source, population, in any
            order and under many names (`place_tables`), or a GeoJSON file of points with these properties.
        first: the number from which its places count on.
        extents: where countries lie; points outside of the country that their row names are told.

    Returns:
        The places, and a line on every row that could not be used.

    Raises:
        PlacesError: the file cannot be read, or no row of it can be used.
    """
    text = table_text(path, error=PlacesError, what=msg("places come as CSV or GeoJSON"))
    rows = geojson_rows(path, text) if text.lstrip("\ufeff\x1e \t\r\n")[:1] in ("{", "[") else csv_rows(path, text)
    entries: list[Entry] = []
    notes: list[tuple[int, str]] = []
    for line, row in rows:
        try:
            entry, note = _entry(row, FIRST_OWN_PK + first + len(entries), path.name)
            if extents is not None and entry.country:
                note = _told_outside(entry, extents) or note
            entries.append(entry)
        except ValueError as error:
            note = reason_of(error)
        if note:
            notes.append((line, note))
    if not entries:
        if not notes:
            raise PlacesError(msg("holds no usable place"), path=path)
        number, note = notes[0]
        raise PlacesError(
            msg("holds no usable place; the first row: {line}: {note}", line=number, note=note), path=path
        )
    return entries, [joined("", (f"{path}:{line}: ", note)) for line, note in notes]


def _told_outside(entry: Entry, extents: Extents) -> str:
    """What is told of a point far from the country of its row, or "".

    Raises:
        ValueError: it lies there with latitude and longitude swapped.
    """
    where = f"lat {entry.lat}, lon {entry.lon}"
    if extents.is_swapped(entry.country, entry.lat, entry.lon):
        raise ValueError(
            msg(
                "{where} lies outside {country}, and inside with lat and lon swapped",
                where=where,
                country=entry.country,
            )
        )
    return (
        msg("{where} lies far outside {country}", where=where, country=entry.country)
        if extents.is_outside(entry.country, entry.lat, entry.lon)
        else ""
    )


def _entry(row: Row, pk: int, file_name: str) -> tuple[Entry, str]:
    """Check a row.

    Returns:
        The place, and what is told of it although it is used, or "".

    Raises:
        ValueError: what is wrong with it.
    """
    if wrong := row.get("wrong"):
        raise ValueError(wrong)
    name = _checked_name(row.get("name", "").strip())
    kind = kind_named(row.get("kind", ""))
    if kind is None:
        raise ValueError(
            msg(
                "kind {kind!r} is none of {kinds}",
                kind=row.get("kind", "")[:40],
                kinds=", ".join(known.value for known in KINDS),
            )
        )
    country = country_named(row.get("country", ""))
    lat, lon = _point(row)
    others = [_checked_name(other.strip()) for other in row.get("names", "").split("|") if other.strip()]
    names = tuple(dict.fromkeys(other for other in others if other != name))
    source = row.get("source", "")
    if source and re.fullmatch(r"[-+]?\d{1,3}", source.strip()):
        raise ValueError(msg("source {source!r} is a number: numbers with a decimal comma need quotes", source=source))
    slug = re.sub(r"\W+", "-", fold(name)).strip("-") or str(pk - FIRST_OWN_PK)
    people, note = _people(row.get("population", "").strip())
    entry = Entry(
        pk, f"own:{slug}", " ".join(source.split()) or file_name, name, KINDS.index(kind), country, lat, lon,
        people, "", names, "", len(names),
    )  # fmt: skip
    return entry, note


def _checked_name(name: str) -> str:
    """Return a name.

    Raises:
        ValueError: the gazetteer cannot hold it.
    """
    if not fold(name):
        raise ValueError(msg("name {name!r} has no letter", name=name[:40]) if name else msg("it has no name"))
    if _LINE_ENDS.search(name):
        raise ValueError(
            msg("its name {name!r} has a line end: is a quote missing?", name=_LINE_ENDS.sub(" ", name)[:40])
        )
    if len(name) > _LONGEST:
        raise ValueError(
            msg("its name {name!r} has {count} letters: is a quote missing?", name=name[:40], count=len(name))
        )
    return name


def _point(row: Row) -> tuple[float, float]:
    lat, lon = row.get("lat", ""), row.get("lon", "")
    if not lat and not lon:
        for column in ("point", "lonlat"):
            if cell := row.get(column, "").strip():
                return point(cell, longitude_first=column == "lonlat")
    return degrees(lat, LATITUDE), degrees(lon, LONGITUDE)


def _people(cell: str) -> tuple[int, str]:
    """Inhabitants, 0 where the cell does not say; and what is wrong with the cell, or ""."""
    plain = re.sub(r"\D", "", cell) if _GROUPED.fullmatch(cell) else cell
    if not plain:
        return 0, ""
    match = _WHOLE.fullmatch(plain)
    if match is None or len(match[1]) > len(str(_MOST_PEOPLE)) or int(match[1]) > _MOST_PEOPLE:
        return 0, msg("population {cell!r} is no number of inhabitants: it is left out", cell=cell[:40])
    return int(match[1]), ""


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Number the ids of places that share a name."""
    taken: dict[str, int] = {}
    distinct = []
    for entry in entries:
        count = taken[entry.id] = taken.get(entry.id, 0) + 1
        distinct.append(entry if count == 1 else entry._replace(id=f"{entry.id}-{count}"))
    return distinct
