"""The project's own lists: every .csv of this folder, each row with the source of its facts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from mapgen.errors import GazetteerError
from mapgen.gazetteer.records import KINDS
from mapgen.messages import msg

__all__ = ["ListedPlace", "list_files", "listed_places", "other_names"]

COLUMNS = ("id", "name", "kind", "country", "lat", "lon", "population", "labels", "names", "capital", "source", "note")
_GEONAMEID = re.compile(r"\bgn:(\d+)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlace:
    """A row of a list.

    Attributes:
        id: the slug of the row.
        name: the main name.
        kind: position in `records.KINDS`.
        country: ISO 3166-1 alpha-2, or "".
        lat: degrees north.
        lon: degrees east.
        population: inhabitants, 0 where unknown or where there are none.
        labels: "fr=Sahel|en=Sahel".
        names: other names.
        capital: whether the row says that it is a capital.
        source: where the fact comes from.
        geonameid: GeoNames id where the note tells it ("gn:170063").
    """

    id: str
    name: str
    kind: int
    country: str
    lat: float
    lon: float
    population: int
    labels: str
    names: tuple[str, ...]
    capital: bool
    source: str
    geonameid: int | None


def list_files() -> dict[str, bytes]:
    """Return the content of every list, by file name, in order of the names."""
    folder = files("mapgen.gazetteer").joinpath("sources")
    found = {item.name: item for item in folder.iterdir() if item.name.endswith(".csv")}
    return {name: found[name].read_bytes() for name in sorted(found)}


def listed_places() -> Iterator[ListedPlace]:
    """Yield the rows of all lists that have the columns of a list of places.

    Raises:
        GazetteerError: a row cannot be used; the message names file and line.
    """
    for file_name, content in list_files().items():
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        if tuple(rows.fieldnames or ()) != COLUMNS:
            continue
        for row in rows:
            try:
                yield _place(row)
            except (ValueError, KeyError, TypeError) as error:
                raise GazetteerError(
                    msg("unusable row: {error}", error=error), path=file_name, line=rows.line_num
                ) from error


def other_names() -> dict[str, list[str]]:
    """Return short and former names by the id of the place that they add to ("gn:2660128"), from `other-names.csv`."""
    names: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(list_files()["other-names.csv"].decode("utf-8"), newline="")):
        names.setdefault(row["place"], []).append(row["name"])
    return names


def _place(row: dict[str, str]) -> ListedPlace:
    geonameid = _GEONAMEID.search(row["note"] or "")
    return ListedPlace(
        id=row["id"].strip(),
        name=row["name"].strip(),
        kind=[kind.value for kind in KINDS].index(row["kind"].strip()),
        country=row["country"].strip(),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["population"] or 0),
        labels=row["labels"].strip(),
        names=tuple(name.strip() for name in row["names"].split("|") if name.strip()),
        capital=row["capital"].strip().lower() in {"1", "true", "yes"},
        source=row["source"].strip(),
        geonameid=int(geonameid[1]) if geonameid else None,
    )
