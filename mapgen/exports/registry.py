"""The registry of output formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mapgen.errors import OptionError
from mapgen.exports import csv, geojson, gpkg, gpx, jsonl, kml, table, tei
from mapgen.model import ParsedDocument

__all__ = ["FORMATS", "Format", "convert"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An output format.

    Attributes:
        name: as the user types it.
        suffix: of its files, with the dot.
        media_type: IANA media type.
        write: the document as text or bytes of this format.
        binary: whether it is no text, and nothing for a terminal.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[ParsedDocument], str | bytes]
    binary: bool = False


FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(name="csv", suffix=".csv", media_type="text/csv", write=csv.write),
        Format(name="geojson", suffix=".geojson", media_type="application/geo+json", write=geojson.write),
        Format(name="gpkg", suffix=".gpkg", media_type="application/geopackage+sqlite3", write=gpkg.write, binary=True),
        Format(name="gpx", suffix=".gpx", media_type="application/gpx+xml", write=gpx.write),
        Format(name="jsonl", suffix=".jsonl", media_type="application/jsonl", write=jsonl.write),
        Format(name="kml", suffix=".kml", media_type="application/vnd.google-earth.kml+xml", write=kml.write),
        Format(name="table", suffix=".txt", media_type="text/plain", write=table.write),
        Format(name="tei", suffix=".xml", media_type="application/tei+xml", write=tei.write),
    )
}


def convert(parsed: ParsedDocument, format: str) -> str | bytes:  # noqa: A002 - the word that the user types
    """Return `parsed` in `format`, a key of `FORMATS`.

    Raises:
        OptionError: no such format.
    """
    try:
        chosen = FORMATS[format]
    except KeyError:
        raise OptionError(f"unknown format {format!r}; known: {', '.join(sorted(FORMATS))}") from None
    return chosen.write(parsed)
