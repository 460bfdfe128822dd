"""GeoJSON of places: collections, single features, lists of them, one feature a line; each with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from mapgen.errors import PlacesError
from mapgen.gazetteer.place_tables import Row, column_of
from mapgen.messages import msg

__all__ = ["geojson_rows"]

_DEGREES = re.compile(r"crs:?84|(?:^|\D)(?:4326|4979|4258|4269)(?:\D|$)|wgs.?(?:19)?84", re.IGNORECASE)
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_LABEL = re.compile(r"(?:name|nom)[:_ ]\w{2,3}")
"""Keys of names in a language, as OpenStreetMap has them: "name:fr"."""


def geojson_rows(path: Path, text: str) -> Iterator[tuple[int, Row]]:
    """Yield the features of a file, each with its line.

    Raises:
        PlacesError: the file is no GeoJSON, or its coordinates are no degrees.
    """
    try:
        content = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        if (lines := _by_line(text)) is None:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else None
            raise PlacesError(msg("is no GeoJSON: {error}", error=str(error)[:120]), path=path, line=line) from error
        for line, feature in lines:
            _check_system(feature, path, line)
            yield line, _row(feature)
        return
    _check_system(content, path, None)
    features = _features(content)
    if features is None:
        raise PlacesError(msg("is no GeoJSON: it has no list of features"), path=path)
    lines_of = _lines(text, len(features), inside=isinstance(content, dict))
    for line, feature in zip(lines_of, features, strict=True):
        yield line, _row(feature)


def _refused(constant: str) -> NoReturn:
    raise ValueError(msg("{constant} is no number", constant=constant))


def _by_line(text: str) -> list[tuple[int, Any]] | None:
    """The features of a text with one a line (GeoJSON text sequences), or None where it is something else."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not (plain := line.strip("\x1e \t\r\ufeff")):
            continue
        try:
            found.append((number, json.loads(plain, parse_constant=_refused)))
        except (ValueError, RecursionError):
            return None
    return found if len(found) > 1 and all(isinstance(feature, dict) for _, feature in found) else None


def _features(content: Any) -> Sequence[Any] | None:
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return None
    if isinstance(features := content.get("features"), list):
        return features
    return [content] if content.get("type") == "Feature" else None


def _check_system(content: Any, path: Path, line: int | None) -> None:
    """Refuse coordinates in another system than degrees: the old member `crs` of GeoJSON."""
    crs = content.get("crs") if isinstance(content, dict) else None
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name") or properties.get("code") or crs) if isinstance(properties, dict) else str(crs)
    if not _DEGREES.search(name):
        raise PlacesError(
            msg("has coordinates in {name}, not in degrees (WGS 84, EPSG:4326): convert them", name=name[:60]),
            path=path,
            line=line,
        )


def _lines(text: str, count: int, *, inside: bool) -> list[int]:
    """The line on which each feature begins; its number where that cannot be told."""
    match = _FEATURES.search(text) if inside else re.match(r"\s*\[", text)
    if match is None:
        return [1] * count
    decoder, at, line, lines, before = json.JSONDecoder(), match.end(), 1, [], 0
    skipped = re.compile(r"[\s,]*")
    try:
        for _ in range(count):
            start = skipped.match(text, at)
            at = start.end() if start is not None else at
            line += text.count("\n", before, at)
            before = at
            lines.append(line)
            _, at = decoder.raw_decode(text, at)
    except ValueError:
        return list(range(1, count + 1))
    return lines


def _row(feature: Any) -> Row:
    row: dict[str, str] = {}
    if not isinstance(feature, dict):
        return {"wrong": msg("it is no feature")}
    properties = feature.get("properties")
    for key, value in properties.items() if isinstance(properties, Mapping) else ():
        column = "names" if _LABEL.fullmatch(str(key).casefold()) else column_of(str(key))
        if not column or column in ("lat", "lon", "point", "lonlat") or value is None or isinstance(value, dict):
            continue
        cell = "|".join(map(str, value)) if isinstance(value, list) else str(value)
        if column == "names" and row.get("names"):
            row["names"] += f"|{cell}"
        else:
            row.setdefault(column, cell)
    point, wrong = _point(feature.get("geometry"))
    if wrong:
        row["wrong"] = wrong
    elif point is not None:
        row |= {"lon": str(point[0]), "lat": str(point[1])}
    return row


def _point(geometry: Any) -> tuple[Sequence[Any] | None, str]:
    """The coordinates of a point, or what is wrong with the geometry."""
    if not isinstance(geometry, dict):
        return None, ""
    kind, point = geometry.get("type"), geometry.get("coordinates")
    several = geometry.get("geometries")
    if kind == "GeometryCollection" and isinstance(several, list) and len(several) == 1:
        return _point(several[0])
    if kind == "MultiPoint" and isinstance(point, list):
        if len(point) != 1:
            return None, msg("its geometry is a MultiPoint of {count}, not one point", count=len(point))
        point = point[0]
    elif kind != "Point":
        return None, msg("its geometry is a {kind}, not a Point", kind=str(kind)[:40])
    if not isinstance(point, list) or len(point) < 2 or any(isinstance(each, (bool, list, dict)) for each in point):
        return None, msg("its coordinates are no longitude and latitude")
    return point, ""
