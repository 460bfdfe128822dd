"""Toponyms as flat rows, the common content of tables, CSV, JSON lines and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mapgen.languages import place_name
from mapgen.model import AnnotatedDocument, Candidate, Footprint, FootprintType, ParsedDocument, Place, Toponym
from mapgen.reading import sentences

__all__ = ["CANDIDATE_COLUMNS", "COLUMNS", "by_place", "candidate_rows", "containing", "excerpts", "rows", "shapes"]

COLUMNS: dict[str, str] = {
    "start": "first code point of the name in the text",
    "end": "one past its last code point",
    "text": "the name as read: one line, without invisible signs",
    "sense": "literal or metonymic",
    "cue": "the words around that say what it is",
    "kind": "kind of the place, else of the cue",
    "name": "name of the place for the reader",
    "gazetteer_name": "name of the place in the gazetteer",
    "country": "ISO 3166-1 alpha-2, empty at sea",
    "region": "first-level division",
    "lat": "degrees north",
    "lon": "degrees east",
    "geonameid": "GeoNames' id, empty where there is none",
    "place_id": "id in the gazetteer",
    "source": "source of the place",
    "match": "how the name was reached: exact, folded, transliterated, near",
    "probability": "that the place is right, 0 to 1",
    "radius_km": "radius of doubt of an estimate",
    "relation": "spatial phrase: its type",
    "direction": "of the relation: N, NE, …",
    "distance_km": "of the relation",
    "phrase": "of the relation: its words",
    "reasons": "why this place, or why none",
    "decision": "decision of a person on the name: place, no-place, missing; else empty",
    "sentence": "the sentence of the source",
    "source_start": "first code point of the name in the source file",
    "address": "where in the source: page=3, paragraph=12, t=00:01:02.500, row=5, …",
    "document": "the source of the text: its file; else its title",
}
"""Column names in their order, each with what it holds."""

CANDIDATE_COLUMNS: dict[str, str] = {
    "start": "first code point of the name in the text",
    "end": "one past its last code point",
    "text": "the name as read",
    "rank": "1 for the likeliest candidate of the name",
    "chosen": "whether it is the place of the name",
    "place_id": "id in the gazetteer",
    "geonameid": "GeoNames' id, empty where there is none",
    "name": "name of the place in the gazetteer",
    "kind": "kind of the place",
    "country": "ISO 3166-1 alpha-2, empty at sea",
    "lat": "degrees north",
    "lon": "degrees east",
    "population": "inhabitants, 0 where unknown",
    "match": "how the name was reached: exact, folded, transliterated, near",
    "score": "the ranker's, comparable among the candidates of one name",
    "probability": "that this candidate is right, 0 to 1",
}
"""Columns of `candidate_rows`, each with what it holds; the features follow in columns named `feature_…`."""


def rows(parsed: AnnotatedDocument) -> Iterator[dict[str, Any]]:
    """Yield a row for each toponym, in text order: the keys of `COLUMNS` in their order, None where no value is."""
    text = parsed.aligned
    spans = sentences(text, parsed.document.language)
    position = 0
    for toponym in parsed.toponyms:
        while position + 1 < len(spans) and spans[position][1] <= toponym.start:
            position += 1
        row = {
            **_text_columns(toponym),
            **_place_columns(toponym, parsed.language),
            **_relation_columns(toponym),
            "decision": None if toponym.decision is None else str(toponym.decision),
            "sentence": text.one_line(spans[position]) if spans else "",
            "source_start": parsed.document.source_offset + toponym.start,
            "address": None if (address := parsed.document.address(toponym.start)) is None else str(address),
            "document": parsed.document.source or parsed.document.title or None,
        }
        yield {column: row[column] for column in COLUMNS}


def by_place(parsed: AnnotatedDocument) -> tuple[list[dict[str, Any]], ...]:
    """Return the rows of each place, its mentions, in the order of the first mentions."""
    places: dict[str, list[dict[str, Any]]] = {}
    for row in rows(parsed):
        if row["place_id"] is not None:
            places.setdefault(row["place_id"], []).append(row)
    return tuple(places.values())


def excerpts(mentions: Iterable[Mapping[str, Any]]) -> str:
    """Return the sentences of mentions, each once and on a line of its own, with its address in brackets."""
    lines = (f"{row['sentence']} [{row['address']}]" if row["address"] else row["sentence"] for row in mentions)
    return "\n".join(dict.fromkeys(lines))


def shapes(parsed: ParsedDocument) -> tuple[Footprint, ...]:
    """Return the footprints of toponyms that are more than a point."""
    return tuple(each for each in parsed.footprints if each.spans and each.type is not FootprintType.POINT)


def _text_columns(toponym: Toponym) -> dict[str, Any]:
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.name,
        "sense": str(toponym.sense),
        "cue": toponym.cue or None,
        "kind": None if toponym.kind is None else str(toponym.kind),
    }


def _place_columns(toponym: Toponym, language: str) -> dict[str, Any]:
    resolution, place = toponym.resolution, toponym.place
    row: dict[str, Any] = dict.fromkeys(
        ("name", "gazetteer_name", "country", "region", "lat", "lon", "geonameid", "place_id", "source", "match")
    )
    if place is not None:
        row |= {
            "name": place_name(place, language, [toponym.text]),
            "gazetteer_name": place.name,
            "country": place.country or None,
            "region": containing(place, language)[0] if place.admin else None,
            "lat": place.lat,
            "lon": place.lon,
            "geonameid": place.geonameid,
            "place_id": place.id,
            "source": place.source,
            "match": str(resolution.match) if resolution and resolution.match else None,
        }
    row["probability"] = round(resolution.probability, 4) if resolution and place else None
    row["radius_km"] = resolution.radius_km if resolution else None
    row["reasons"] = "; ".join(resolution.reasons) if resolution else None
    return row


def containing(place: Place, language: str) -> tuple[str, ...]:
    """Return the names of the divisions that `place` lies in, broadest first, for readers of `language`."""
    return tuple(place_name(division, language) for division in place.admin)


def _relation_columns(toponym: Toponym) -> dict[str, Any]:
    relation = toponym.relation
    if relation is None:
        return dict.fromkeys(("relation", "direction", "distance_km", "phrase"))
    return {
        "relation": str(relation.type),
        "direction": relation.direction or None,
        "distance_km": relation.distance_km,
        "phrase": relation.phrase,
    }


def candidate_rows(parsed: AnnotatedDocument) -> Iterator[dict[str, Any]]:
    """Yield a row for each candidate of each toponym, best first, its features in columns `feature_…`."""
    for toponym in parsed.toponyms:
        resolution = toponym.resolution
        if resolution is None:
            continue
        winner = () if resolution.place is None or resolution.match is None else (_winner(toponym),)
        for rank, candidate in enumerate((*winner, *resolution.alternatives), start=1):
            yield {
                "start": toponym.start,
                "end": toponym.end,
                "text": toponym.name,
                "rank": rank,
                "chosen": bool(winner) and rank == 1,
                **_candidate_columns(candidate),
            }


def _winner(toponym: Toponym) -> Candidate:
    resolution = toponym.resolution
    if resolution is None or resolution.place is None or resolution.match is None:
        raise ValueError("the toponym has no place")
    return Candidate(
        place=resolution.place,
        match=resolution.match,
        name=toponym.name,
        features=resolution.features,
        score=resolution.score,
        probability=resolution.probability,
    )


def _candidate_columns(candidate: Candidate) -> Mapping[str, Any]:
    place = candidate.place
    return {
        "place_id": place.id,
        "geonameid": place.geonameid,
        "name": place.name,
        "kind": str(place.kind),
        "country": place.country or None,
        "lat": place.lat,
        "lon": place.lon,
        "population": place.population,
        "match": str(candidate.match),
        "score": candidate.score,
        "probability": candidate.probability,
    } | {f"feature_{name}": value for name, value in candidate.features.items()}
