"""Tables of places: the columns that people name in many ways, the rows with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mapgen.errors import PlacesError
from mapgen.gazetteer.names import fold
from mapgen.messages import msg
from mapgen.tables import table_rows

__all__ = ["COLUMNS", "Row", "column_of", "csv_rows"]

Row = Mapping[str, str]
"""Cells by column: `COLUMNS`, and "wrong" with what is wrong with the row."""

COLUMNS = ("name", "names", "kind", "country", "lat", "lon", "point", "lonlat", "source", "population")

_WORDS = {
    "name": "name|nom|place|place name|placename|lieu|toponym|toponyme|title|titre|nom du lieu|localite|nombre|label|"
    "lugar|localidad|toponimo|nombre del lugar",
    "names": "names|other names|other name|alternate names|alternatenames|alt names|aliases|alias|autres noms|"
    "otros nombres",
    "kind": "kind|type|feature type|feature code|categorie|category|nature|place type|tipo|categoria|clase",
    "country": "country|country code|countrycode|pays|code pays|country name|iso2|iso|cc|land|iso a2|pais|"
    "codigo pais|codigo de pais",
    "lat": "lat|latitude|latitud|latitudine|breite|breitengrad|lat n|y coord|ycoord",
    "lon": "lon|lng|long|longitude|longitud|longitudine|lange|laengengrad|langengrad|lon e|long e|x coord|xcoord",
    "point": "point|lat lon|lat long|lat lng|latlon|latlng|latlong|latitude longitude|coordinates|coordonnees|coords|"
    "coordinate|gps|geo|geo point|geopoint|geo point 2d|location|position|wkt|geom|geometry|the geom|geometrie|"
    "coordenadas|ubicacion",
    "lonlat": "lon lat|long lat|lng lat|lonlat|lnglat|longitude latitude",
    "source": "source|sources|origine|fuente|origen",
    "population": "population|pop|habitants|inhabitants|einwohner|poblacion|habitantes",
}
_COLUMN_OF = {word: column for column, words in _WORDS.items() for word in words.split("|")}
_WEAK = {"y": "lat", "x": "lon"}
"""Headers that mean degrees only where no other column does: tables have metres beside them."""
_UNITS = frozenset(
    ("wgs", "wgs84", "84", "deg", "degs", "degree", "degrees", "degres", "dd", "dec", "decimal", "decimale",
     "decimales", "epsg", "4326", "gps")
)  # fmt: skip
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[ \t]*\r?\n?", re.IGNORECASE)
_NEEDED = msg(
    'the first row names the columns name, names, kind, country, lat, lon (or one with both: "lat, lon"), source'
)


def column_of(header: str) -> str:
    """Return the column that a header means, or ""."""
    words = fold(header.lstrip("\ufeff")).split()
    plain = " ".join(words)
    return _COLUMN_OF.get(plain) or _COLUMN_OF.get(" ".join(word for word in words if word not in _UNITS), "")


def csv_rows(path: Path, text: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table, each with its line.

    Raises:
        PlacesError: the table is none, or its header lacks a column or has one twice.
    """
    delimiter, skipped = "", 0
    if match := _SEPARATOR.match(text):  # as table programs write it for themselves
        delimiter, skipped = match[1], 1
        text = text[match.end() :]
    columns: list[str] = []
    rows = table_rows(text, path=path, error=PlacesError, delimiter=delimiter, is_column=_is_column)
    for line, cells in rows:
        if columns:
            yield line + skipped, _row(columns, cells)
        else:
            columns = _header(cells, path, line + skipped)


def _is_column(header: str) -> bool:
    return bool(column_of(header)) or fold(header) in _WEAK


def _header(cells: Sequence[str], path: Path, line: int) -> list[str]:
    columns = [column_of(cell) for cell in cells]
    for column in ("lat", "lon"):
        if column not in columns:
            columns = [
                known or (column if _WEAK.get(fold(cell)) == column else "")
                for cell, known in zip(cells, columns, strict=True)
            ]
    for column in COLUMNS:
        positions = [number for number, each in enumerate(columns) if each == column]
        headers = [cells[number] for number in positions]
        if len({fold(header) for header in headers}) < len(headers) or (column in ("lat", "lon") and len(headers) > 1):
            raise PlacesError(
                msg("has two columns {column} ({headers}): leave one", column=column, headers=", ".join(headers)),
                path=path,
                line=line,
            )
        for number in positions[1:]:  # "name" and "nom": the first counts, the others are other names
            columns[number] = "names" if column == "name" else ""
    has_point = {"lat", "lon"} <= set(columns) or "point" in columns or "lonlat" in columns
    missing = [] if "name" in columns else ["name"]
    missing += [] if has_point else [column for column in ("lat", "lon") if column not in columns]
    if missing:
        raise PlacesError(
            msg("has no column {missing}: {needed}", missing=", ".join(missing), needed=_NEEDED), path=path, line=line
        )
    return columns


def _row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    row: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column == "names" and row.get("names"):
            row["names"] += f"|{cell}"
        elif column:
            row[column] = cell
    if any(cells[len(columns) :]):
        row["wrong"] = msg(
            "it has {count} cells where the first row has {columns}: numbers with a decimal comma need "
            "quotes, or semicolons between the cells",
            count=len(cells),
            columns=len(columns),
        )
    return row
