"""From an annotated document to rows of the tables of an archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mapgen.corpus.dating import Dated, span_of
from mapgen.corpus.model import Failure, Record
from mapgen.model import AnnotatedDocument, Place, Toponym
from mapgen.rendering.passages import Excerpts

__all__ = ["document_row", "failure_row", "toponym_rows"]

_DIGITS = 4
"""Digits of probabilities: sums of them are exact then, in any order."""

Key = tuple[int, int]
"""Partition and row."""


def toponym_rows(annotated: AnnotatedDocument, key: Key, id_: str) -> list[dict[str, Any]]:
    """Return a row for each toponym, with the columns of `mapgen.corpus.schemas.TOPONYMS`."""
    if not annotated.toponyms:
        return []
    excerpts = Excerpts(annotated)
    before = annotated.document.source_offset
    text = annotated.document.text
    rows = []
    for toponym in annotated.toponyms:
        start, end = excerpts(toponym.span)
        rows.append(
            {
                "part": key[0],
                "row": key[1],
                "document_id": id_,
                "start": before + toponym.start,
                "end": before + toponym.end,
                "text": toponym.name,
                "sense": str(toponym.sense),
                "kind": None if toponym.kind is None else str(toponym.kind),
                "relation": None if toponym.relation is None else str(toponym.relation.type),
                "name_probability": round(toponym.probability, _DIGITS),
                "excerpt": text[start:end],
                "excerpt_start": before + start,
                **_place_columns(toponym, annotated.language),
            }
        )
    return rows


_NO_PLACE: Mapping[str, Any] = dict.fromkeys(
    ("match", "place_id", "place", "label", "region", "geonameid", "country", "lat", "lon", "radius_km")
) | {"place_probability": 0.0}


def _place_columns(toponym: Toponym, language: str) -> Mapping[str, Any]:
    resolution, place = toponym.resolution, toponym.place
    if resolution is None or place is None:
        return _NO_PLACE
    return {
        "match": None if resolution.match is None else str(resolution.match),
        "place_id": place.id,
        "place": place.name,
        "label": place.label(language),
        "region": _region(place, language),
        "geonameid": place.geonameid,
        "country": place.country or None,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": resolution.radius_km,
        "place_probability": round(resolution.probability, _DIGITS),
    }


def _region(place: Place, language: str) -> str | None:
    return place.admin[0].label(language) if place.admin else None


def document_row(record: Record, annotated: AnnotatedDocument, key: Key, dated: Dated) -> dict[str, Any]:
    """Return the row of a document that was read, with the columns of `mapgen.corpus.schemas.DOCUMENTS`."""
    document = annotated.document
    placed = sum(toponym.place is not None for toponym in annotated.toponyms)
    return _row(record, key, dated) | {
        "title": record.title or document.title or None,
        "language": document.language or None,
        "text_start": document.source_offset,
        "characters": len(document.text),
        "toponyms": len(annotated.toponyms),
        "placed": placed,
    }


def failure_row(record: Record, key: Key, dated: Dated, failure: Failure) -> dict[str, Any]:
    """Return the row of a document that could not be read."""
    return _row(record, key, dated) | {"error": failure.kind, "error_message": " ".join(failure.message.split())}


def _row(record: Record, key: Key, dated: Dated) -> dict[str, Any]:
    span = span_of(dated.date)
    return {
        "part": key[0],
        "row": key[1],
        "document_id": record.id,
        "title": record.title or None,
        "source": record.source or None,
        "language": None,
        "date": dated.date or None,
        "date_from": span and span[0],
        "date_to": span and span[1],
        "date_origin": dated.origin or None,
        "text_start": 0,
        "characters": len(record.text),
        "toponyms": 0,
        "placed": 0,
        "duplicate_of": None,
        "error": None,
        "error_message": None,
    }
