"""JSON and JSON lines: a text an object, from one of its fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import Content, Format, Source
from mapgen.reading.formats.prose import Row, content_of_rows

__all__ = ["FORMAT"]

_OPENING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_DEEPEST = 8
_OF_GEOJSON = """FeatureCollection Feature GeometryCollection Point MultiPoint LineString MultiLineString Polygon
MultiPolygon"""
_GEOJSON = frozenset(_OF_GEOJSON.split())
_ENDS = (".json", ".jsonl", ".ndjson")


def _read(source: Source) -> Content:
    text = decode(source.data, encoding=source.encoding)
    try:
        values, unit = _values(text)
    except RecursionError as error:
        raise DocumentError(msg("its JSON is nested too deeply")) from error
    if any(isinstance(value, dict) and value.get("type") in _GEOJSON for _, value in values[:1]):
        raise DocumentError(msg("it is GeoJSON, places and no text: give it with --places"))
    rows = [Row(number, _fields(value)) for number, value in values]
    return content_of_rows(rows, unit, field=source.field)


def _values(text: str) -> tuple[list[tuple[int, Any]], Unit]:
    """Return the objects with their numbers: those of an array, of the longest array in an object, or of lines.

    Raises:
        DocumentError: it is no JSON.
    """
    try:
        whole = json.loads(text)
    except ValueError as error:
        lines = _lines(text)
        if lines is None and (found := _sequence(text)):
            return found, Unit.ITEM
        if lines is None:
            place = (
                msg("line {lineno}", lineno=error.lineno)
                if isinstance(error, json.JSONDecodeError)
                else msg("a number in it")
            )
            raise DocumentError(
                msg("its JSON is broken ({place}: {error})", place=place, error=str(error).partition(":")[0])
            ) from error
        return lines, Unit.LINE
    listed = whole if isinstance(whole, list) else _longest_list(whole)
    return list(enumerate(listed if listed else [whole], start=1)), Unit.ITEM


def _lines(text: str) -> list[tuple[int, Any]] | None:
    """Return the objects of JSON lines by their line numbers, or None where the text is none.

    Raises:
        DocumentError: the first line is an object and a later one is broken.
    """
    found: list[tuple[int, Any]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip(" \t\r\x1e\ufeff"):
            continue
        try:
            found.append((number, json.loads(line.strip("\x1e\ufeff"))))
        except ValueError as error:
            if not found:
                return None
            raise DocumentError(msg("this line is no JSON: mend it, or leave it out"), line=number) from error
    return found


def _sequence(text: str) -> list[tuple[int, Any]]:
    """Return the values of a text in which several follow each other over lines; [] where it is none."""
    decoder = json.JSONDecoder()
    found: list[tuple[int, Any]] = []
    position = 0
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except ValueError:
            return []
        found.append((len(found) + 1, value))
        while position < len(text) and text[position] in " \t\r\n\x1e,":
            position += 1
    return found


def _longest_list(value: Any) -> list[Any]:
    """Return the longest array of objects in an object that wraps them ("articles", "hits.hits"), or []."""
    found: list[Any] = []
    if isinstance(value, dict) and value.get("type") not in _GEOJSON:
        for each in value.values():
            inner = each if _is_list_of_objects(each) else []
            if isinstance(each, dict):
                inner = next((one for one in each.values() if _is_list_of_objects(one)), [])
            found = max(found, inner, key=len)
    return found


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _fields(value: Any) -> dict[str, str]:
    """Return the strings in a value by their names; those of one name are the paragraphs of one text."""
    fields: dict[str, list[str]] = {}
    for name, text in _strings(value):
        fields.setdefault(name, []).append(text)
    return {name: "\n\n".join(texts) for name, texts in fields.items()}


def _strings(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the strings in a value by their dotted names; what stands in an array has the name of the array."""
    if isinstance(value, str):
        yield name or "text", value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _strings(inner, f"{name}.{key}" if name else key, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for inner in value:
            yield from _strings(inner, name, depth + 1)


def _marks(data: bytes) -> bool:
    """Say whether the file begins with a value of JSON, and behind it ends or goes on with another."""
    if not data[:200].lstrip(b"\xef\xbb\xbf \t\r\n\x1e").startswith((b"{", b"[")):
        return False
    text = data.decode("utf-8-sig", "replace")
    if not _OPENING.match(text.lstrip("\x1e")):
        return False
    try:
        _, end = json.JSONDecoder().raw_decode(text.lstrip("\x1e \t\r\n"))
    except (ValueError, RecursionError):
        return False
    rest = text.lstrip("\x1e \t\r\n")[end : end + 200].lstrip("\x1e \t\r\n,")
    return not rest or _OPENING.match(rest) is not None


FORMAT = Format(name="JSON", suffixes=_ENDS, marks=_marks, read=_read)
