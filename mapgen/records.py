"""Several texts of one source, each analysed by itself, as one annotated document.

Offsets move to the joined text. A place that only the text knows is a place of its record: two records may use one
name for two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mapgen.alignment import NormalText
from mapgen.model import AnnotatedDocument, Document, Origin, Place, Span, Toponym

__all__ = ["join_records"]


def join_records(document: Document, parts: Sequence[AnnotatedDocument]) -> AnnotatedDocument:
    """Return the annotations of a document's records as those of the document.

    Args:
        document: with records.
        parts: the annotated `document.texts()`, in their order.
    """
    starts = [record.start for record in document.records]
    places: dict[str, Place] = {}
    toponyms = tuple(
        _moved(toponym, start, places) for part, start in zip(parts, starts, strict=True) for toponym in part.toponyms
    )
    languages = Counter(part.document.language for part in parts)
    readers = Counter(part.language for part in parts)
    same = all(part.normal is None for part in parts)
    return AnnotatedDocument(
        document=replace(document, language=document.language or languages.most_common(1)[0][0]),
        toponyms=toponyms,
        language=readers.most_common(1)[0][0],
        warnings=tuple(dict.fromkeys(line for part in parts for line in part.warnings)),
        hints=tuple(dict.fromkeys(line for part in parts for line in part.hints)),
        normal=None if same else NormalText.joined([part.aligned for part in parts], document.text, starts),
    )


def _moved(toponym: Toponym, by: int, places: dict[str, Place]) -> Toponym:
    relation = toponym.relation
    if relation is not None:
        relation = replace(
            relation,
            start=relation.start + by,
            end=relation.end + by,
            anchors=tuple(_shifted(anchor, by) for anchor in relation.anchors),
        )
    resolution = toponym.resolution
    place = toponym.place
    if resolution is not None and place is not None and place.origin is Origin.TEXT:
        resolution = replace(resolution, place=_distinct(place, places))
    return replace(toponym, start=toponym.start + by, end=toponym.end + by, relation=relation, resolution=resolution)


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _distinct(place: Place, places: dict[str, Place]) -> Place:
    """Return a place that the text alone knows under an id that no other point has."""
    id_, number = place.id, 1
    while (known := places.setdefault(id_, place)) is not place and (known.lat, known.lon) != (place.lat, place.lon):
        number += 1
        id_ = f"{place.id}~{number}"
    return place if id_ == place.id else replace(place, id=id_)
