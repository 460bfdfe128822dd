"""The registry of output formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mapgen.errors import OptionError
from mapgen.exports import csv, geojson, jsonl, kml, table
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
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[ParsedDocument], str | bytes]


FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(name="csv", suffix=".csv", media_type="text/csv", write=csv.write),
        Format(name="geojson", suffix=".geojson", media_type="application/geo+json", write=geojson.write),
        Format(name="jsonl", suffix=".jsonl", media_type="application/jsonl", write=jsonl.write),
        Format(name="kml", suffix=".kml", media_type="application/vnd.google-earth.kml+xml", write=kml.write),
        Format(name="table", suffix=".txt", media_type="text/plain", write=table.write),
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
