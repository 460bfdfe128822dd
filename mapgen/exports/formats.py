"""The list of output formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from mapgen.errors import OptionError
from mapgen.exports import csv, geojson, gpkg, gpx, jsonl, kml, table, tei
from mapgen.messages import msg
from mapgen.model import AnnotatedDocument, ParsedDocument

__all__ = ["FORMATS", "Format", "convert"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An output format.

    Attributes:
        name: as on the command line.
        suffix: of its files, with the dot.
        media_type: IANA media type.
        write: the document as text or bytes of this format.
        binary: whether it is not text and must not be written to a terminal.
        geometry: whether it holds footprints, so that `write` takes a document only after it has been drawn.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[ParsedDocument], str | bytes]
    binary: bool = False
    geometry: bool = False


FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(name="csv", suffix=".csv", media_type="text/csv", write=csv.write),
        Format(
            name="geojson", suffix=".geojson", media_type="application/geo+json", write=geojson.write, geometry=True
        ),
        Format(
            name="gpkg",
            suffix=".gpkg",
            media_type="application/geopackage+sqlite3",
            write=gpkg.write,
            binary=True,
            geometry=True,
        ),
        Format(name="gpx", suffix=".gpx", media_type="application/gpx+xml", write=gpx.write, geometry=True),
        Format(name="jsonl", suffix=".jsonl", media_type="application/jsonl", write=jsonl.write),
        Format(
            name="kml", suffix=".kml", media_type="application/vnd.google-earth.kml+xml", write=kml.write, geometry=True
        ),
        Format(name="table", suffix=".txt", media_type="text/plain", write=table.write),
        Format(name="tei", suffix=".xml", media_type="application/tei+xml", write=tei.write),
    )
}


def convert(annotated: AnnotatedDocument, format: str) -> str | bytes:  # noqa: A002 - the word that the user types
    """Return a document in `format`, a key of `FORMATS`.

    Args:
        annotated: the document; for a format with `geometry`, a `ParsedDocument`.
        format: name of the format.

    Raises:
        OptionError: no such format, or the format needs geometry and the document has not been drawn.
    """
    try:
        chosen = FORMATS[format]
    except KeyError:
        raise OptionError(
            msg("unknown format {format!r}; known: {formats}", format=format, formats=", ".join(sorted(FORMATS)))
        ) from None
    if chosen.geometry and not isinstance(annotated, ParsedDocument):
        raise OptionError(msg("{format} holds footprints: draw the document first (Geoparser.draw)", format=format))
    return chosen.write(cast(ParsedDocument, annotated))
