"""JSON lines, gzipped or not: an object a line, with `text` and with `entities`, `toponyms` or both.

    {"text": "…", "entities": [[start, end, "LOC"], …]}
    {"id": "…", "lang": "fr", "title": "…", "text": "…", "toponyms": [{"start": 0, "end": 4, "name": "Alep",
        "lat": 36.2, "lon": 37.16, "geonameid": 170063, "kind": "city", "sense": "literal", "country": "SY"}, …]}

Offsets are code points. Of a toponym only `start` and `end` are needed; what is null or missing is not known. Where
there are both lists, a toponym that is no LOC entity is inside a longer name and is nested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.corpus_files import language_of, lines
from mapgen.evaluation.corpora.labels import PLACE, kind_of_feature, kind_of_label, shared_label
from mapgen.evaluation.gold import GoldDocument, GoldName, OtherName, arranged
from mapgen.evaluation.metrics import GoldPlace
from mapgen.messages import msg, reason_of
from mapgen.model import Document, Kind, Sense, Span

__all__ = ["read", "recognises"]

_COUNTRY_SOURCES = ("ne50_countries", "ne110_countries", "ne10_countries")
"""Sources of coordinates that hold whole countries only (Natural Earth)."""

_GEONAMES_OF_WIKIDATA = {
    "Q15": 6255146,  # Africa
    "Q18": 6255150,  # South America
    "Q46": 6255148,  # Europe
    "Q48": 6255147,  # Asia
    "Q49": 6255149,  # North America
    "Q538": 6255151,  # Oceania
    "Q4918": 363196,  # Mediterranean Sea
}
"""Continents and a sea that corpora give by Wikidata id (its property P1566): their middles differ by more than any
tolerance from source to source, so only the identity says whether an answer is right."""


def recognises(path: Path, beginning: list[str]) -> bool:
    """Say whether the file is of this format."""
    first = next((line for line in beginning if line.strip()), "")
    return path.name.endswith((".jsonl", ".jsonl.gz")) or (first.startswith("{") and '"text"' in first)


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a file.

    Raises:
        DocumentError: the file cannot be read, or a line is not of this form.
    """
    language = language_of(path)
    for number, line in lines(path):
        if not line.strip():
            continue
        try:
            yield _document(json.loads(line), language, f"{number}", path)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problem = msg("lacks {key}", key=str(error)) if isinstance(error, KeyError) else reason_of(error)
            raise DocumentError(
                msg("is no document with marked names: {problem}", problem=problem), path=path, line=number
            ) from error


def _document(data: Mapping[str, Any], language: str, number: str, path: Path) -> GoldDocument:
    text = data["text"]
    if not isinstance(text, str):
        raise TypeError(msg("text is no string"))
    if "entities" not in data and "toponyms" not in data:
        raise ValueError(msg("neither entities nor toponyms"))
    entities = [_entity(entity, text) for entity in data.get("entities") or ()]
    places = {(start, end): None for start, end, label in entities if shared_label(label) == PLACE}
    names = [GoldName(start=start, end=end) for start, end in places]
    if "toponyms" in data:
        known = set(places) if entities else None
        toponyms = [_toponym(toponym, text, known) for toponym in data["toponyms"]]
        placed = {name.span for name in toponyms}
        names = toponyms + [name for name in names if name.span not in placed]
    document = Document(
        text=text,
        title=data.get("title") or "",
        date=data.get("date") or "",
        language=data.get("lang") or language,
        source=path.name,
    )
    return GoldDocument(
        id=str(data.get("id") or number),
        document=document,
        names=arranged(names),
        others=tuple(OtherName(s, e, shared_label(label)) for s, e, label in entities if shared_label(label) != PLACE),
        split=data.get("split") or "",
    )


def _entity(entity: Any, text: str) -> tuple[int, int, str]:
    start, end, label = entity[:3]
    return (*_span(start, end, text), str(label))


def _span(start: Any, end: Any, text: str) -> Span:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise ValueError(msg("the span ({start}, {end}) is not in the text", start=start, end=end))
    return (start, end)


def _geonameid(toponym: Mapping[str, Any]) -> int | None:
    """The GeoNames id of a mark, or that of the continent or sea that its Wikidata id stands for."""
    number = toponym.get("geonameid") or _GEONAMES_OF_WIKIDATA.get(toponym.get("qid") or "")
    return int(number) if number else None


def _toponym(toponym: Mapping[str, Any], text: str, known: set[Span] | None) -> GoldName:
    start, end = _span(toponym["start"], toponym["end"], text)
    name = toponym.get("name")
    if name is not None and text[start:end] != name:
        raise ValueError(msg("the text has {text!r} where the mark says {name!r}", text=text[start:end], name=name))
    kind = _kind(toponym)
    country = toponym.get("country") or ""
    lat, lon = toponym.get("lat"), toponym.get("lon")
    place = None
    if lat is not None and lon is not None:
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(msg("{lat}, {lon} is not in the world", lat=lat, lon=lon))
        place = GoldPlace(
            lat=float(lat),
            lon=float(lon),
            geonameid=_geonameid(toponym),
            country=country if kind is Kind.COUNTRY else "",
        )
    sense = toponym.get("sense")
    return GoldName(
        start=start,
        end=end,
        kind=kind,
        sense=Sense(sense) if sense else None,
        place=place,
        country=country,
        nested=toponym.get("kind") == "nested" and (known is None or (start, end) not in known),
    )


def _kind(toponym: Mapping[str, Any]) -> Kind | None:
    """The kind as the corpus has it: in a word, by a fine label, by GeoNames' feature code, by its source."""
    for key in ("kind", "type"):
        if (word := toponym.get(key)) and (kind := kind_of_label(word)):
            return kind
    if code := toponym.get("fcode"):
        return kind_of_feature(code)
    return Kind.COUNTRY if toponym.get("coord_src") in _COUNTRY_SOURCES else None
