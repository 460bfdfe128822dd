"""Converts a parsed document to the plain data of the page, which `static/data.js` reads.

Offsets count UTF-16 units, as in JavaScript; a code point is added where a reader may want to find the name in the
source. Repeated strings and alternatives are stored once and referred to by number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from mapgen.addresses import Address
from mapgen.certainty import DOUBTFUL
from mapgen.footprints.crowding import ASIDE, CELL, MANY, NARROW, RADII, UNGATHERED_ZOOM, USUAL
from mapgen.footprints.ground_towns import town_zooms
from mapgen.footprints.itinerary import itineraries
from mapgen.footprints.scene import scene
from mapgen.geodesy import unwrap
from mapgen.languages import place_name
from mapgen.model import (
    WRITTEN,
    Candidate,
    Document,
    Footprint,
    FootprintType,
    Frame,
    GroundName,
    Kind,
    Origin,
    ParsedDocument,
    Place,
    Relation,
    Resolution,
    Sense,
    Toponym,
)
from mapgen.rendering.archives import scene_tiles
from mapgen.rendering.page_texts import kind_names, page_texts
from mapgen.rendering.passages import Excerpts, Offsets
from mapgen.rendering.polylines import encode
from mapgen.rendering.tiles import OPENSTREETMAP, TileLayer

__all__ = ["MENTION_COLUMNS", "payload"]

MENTION_COLUMNS = (
    "start",
    "end",
    "point",
    "excerptStart",
    "excerptEnd",
    "place",
    "metonymic",
    "p",
    "reasons",
    "rivals",
    "relation",
    "kind",
    "name",
    "address",
)
"""What a mention's row holds, in this order. The page reads the names from its data (`static/data.js`):

- `start`, `end`, `excerptStart`, `excerptEnd`: UTF-16 units; `point`: the start in code points;
- `place`: a number in `places`, -1 for none; `metonymic`: 1 or 0; `p`: the probability of the place;
- `reasons`: numbers in `strings`; `rivals`: pairs of a number in `rivals` and a probability;
- `relation`: start, end and type, or 0; `kind`: of the place, else of the cue;
- `name`: as it is read, on one line, where that differs from the text, else "";
- `address`: where in the source it stands, a number in `strings`, or -1.
"""

_RUNNERS_UP = 4
_LEAST = 0.01  # probability below which a name that is only spelled alike is noise, unless the place is doubtful
_OWN_LISTS = "own compilation"  # the source of rows in gazetteer/sources
_OUTLINE_STEPS = 500  # in a degree: outlines are approximate, 200 m are precise enough
_FINE_STEPS = 20_000  # rings of a few kilometres need more


class _Table:
    """Values stored once, each known by its number."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Hashable, int] = {}

    def number(self, key: Hashable, value: Any) -> int:
        """Return the number of `value`; equal values have the same `key`."""
        if key not in self._numbers:
            self._numbers[key] = len(self.values)
            self.values.append(value)
        return self._numbers[key]


def payload(parsed: ParsedDocument, language: str, *, tiles: Sequence[TileLayer] = (OPENSTREETMAP,)) -> dict[str, Any]:
    """Return the page's data as JSON-ready values.

    Args:
        parsed: the document with its toponyms, resolved.
        language: of the reader, one that the page has texts in.
        tiles: layers that the reader may switch on.
    """
    gathered = parsed.places
    numbers = {place.id: number for number, (place, _) in enumerate(gathered)}
    strings, rivals = _Table(), _Table()
    utf16 = Offsets(parsed.document.text)
    excerpt = Excerpts(parsed)
    values = (
        _mention(toponym, numbers, strings, rivals, utf16, excerpt(toponym.span), language)
        | {"address": _address(parsed.document.address(toponym.start), strings, language)}
        for toponym in parsed.toponyms
    )
    mentions = [[row[column] for column in MENTION_COLUMNS] for row in values]
    positions = {toponym.span: number for number, toponym in enumerate(parsed.toponyms)}
    places = [_place(place, toponyms, language) for place, toponyms in gathered]
    return {
        "document": {"name": parsed.document.source, "key": _key(parsed.document)},
        "language": language,
        "words": dict(page_texts(language)),
        "kinds": kind_names(language),
        "places": places,
        "columns": MENTION_COLUMNS,
        "mentions": mentions,
        "given": [
            [number, str(toponym.decision)] for number, toponym in enumerate(parsed.toponyms) if toponym.decision
        ],
        "strings": strings.values,
        "rivals": rivals.values,
        "shapes": [
            _shape(footprint, numbers, positions) | _vastness(footprint, parsed.scene)
            for footprint in parsed.footprints
            if _is_own(footprint)
        ],
        "doubt": DOUBTFUL,
        "gathering": {
            "aside": ASIDE,
            "cell": CELL,
            "many": MANY,
            "radii": RADII,
            "usual": USUAL,
            "zoom": UNGATHERED_ZOOM,
        },
        "tiles": [_tiles(layer, parsed.scene) for layer in tiles],
        "threads": [[numbers[stop.id] for stop in stops] for stops in itineraries(parsed)],
        "towns": _towns(parsed.towns, numbers, language),
        "groundNames": _ground_names(parsed.ground_names, numbers, language),
        "scene": None if parsed.scene is None else [round(side, 4) for side in parsed.scene],
        "narrowScene": _narrow_scene(parsed),
    }


def _narrow_scene(parsed: ParsedDocument) -> list[float] | None:
    """The first view of a narrow window, at the same turn of the world as the scene."""
    narrow = None if parsed.scene is None else scene(parsed.toponyms, size=NARROW)
    if parsed.scene is None or narrow is None:
        return None
    south, west, north, east = narrow
    turn = unwrap((west + east) / 2, (parsed.scene[1] + parsed.scene[3]) / 2) - (west + east) / 2
    return [round(side, 4) for side in (south, west + turn, north, east + turn)]


def _key(document: Document) -> str:
    """A hash that identifies a text: the page stores the reader's corrections under it."""
    content = f"{document.source}\0{document.text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:16]


def _tiles(layer: TileLayer, scene: Frame | None) -> dict[str, Any]:
    held = None if layer.archive is None else scene_tiles(layer.archive, scene, budget=layer.budget)
    options: dict[str, Any] = dict(layer.options)
    if held is not None:
        options |= {"minNativeZoom": held.least, "maxNativeZoom": held.most}
    return {
        "held": None if held is None else held.tiles,
        "name": layer.name,
        "host": layer.host,
        "url": layer.url,
        "subdomains": layer.subdomains,
        "max": layer.max_zoom,
        "options": options,
        "turned": layer.turned,
        "credits": layer.credits,
    }


def _probability(toponyms: Iterable[Toponym]) -> float:
    """The highest of the names: a marker is right when one is, and they are mostly right or wrong together."""
    return max((toponym.resolution.probability for toponym in toponyms if toponym.resolution), default=0.0)


def _mention(
    toponym: Toponym,
    numbers: Mapping[str, int],
    strings: _Table,
    rivals: _Table,
    utf16: Offsets,
    passage: tuple[int, int],
    language: str,
) -> dict[str, Any]:
    """A row by the columns of `MENTION_COLUMNS`, without its address."""
    resolution, relation = toponym.resolution, toponym.relation
    reasons = resolution.reasons if resolution else ()
    others = _runners_up(resolution) if resolution else ()
    return {
        "start": utf16(toponym.start),
        "end": utf16(toponym.end),
        "point": toponym.start,
        "excerptStart": utf16(passage[0]),
        "excerptEnd": utf16(passage[1]),
        "place": numbers[toponym.place.id] if toponym.place else -1,
        "metonymic": int(toponym.sense is Sense.METONYMIC),
        "p": round(resolution.probability, 3) if resolution else 0.0,
        "reasons": [strings.number(reason, reason) for reason in reasons],
        "rivals": [_rival(candidate, rivals, language) for candidate in others],
        "relation": 0 if relation is None else _relation(relation, utf16),
        "kind": str(toponym.kind or ""),
        "name": toponym.name if toponym.name != toponym.text else "",
    }


def _address(address: Address | None, strings: _Table, language: str) -> int:
    """The number of an address in words of the reader's language; -1 where there is none."""
    if address is None:
        return -1
    line = page_texts(language)[f"address_{address.unit.name.lower()}"].replace("{n}", address.value)
    return strings.number(line, line)


def _runners_up(resolution: Resolution) -> Sequence[Candidate]:
    """Places of the same name; likely ones of a similar name; the next best of a doubtful place in any case."""
    likely = [
        each for each in resolution.alternatives[:_RUNNERS_UP] if each.probability >= _LEAST or each.match in WRITTEN
    ]
    return likely or resolution.alternatives[: resolution.place is None or resolution.probability < DOUBTFUL]


def _relation(relation: Relation, utf16: Offsets) -> list[Any]:
    return [utf16(relation.start), utf16(relation.end), str(relation.type)]


def _rival(candidate: Candidate, rivals: _Table, language: str) -> list[Any]:
    """A row: number of the place in `rivals`, probability."""
    place = candidate.place
    return [rivals.number(place.id, _facts(place, language, ())), round(candidate.probability, 3)]


def _facts(place: Place, language: str, toponyms: Iterable[Toponym]) -> dict[str, Any]:
    """The facts of a place that the page shows, named as its toponyms write it; unknown ones are left out."""
    facts: dict[str, Any] = {
        "id": place.id,
        "name": place_name(place, language, [toponym.text for toponym in toponyms]),
        "kind": str(place.kind),
        "country": place.country,
        "at": [round(place.lat, 5), round(place.lon, 5)],
        "source": _source(place, language),
    }
    if place.name != facts["name"]:
        facts["own"] = place.name
    if place.admin:
        facts["admin"] = _divisions(place, facts["name"], language)
    if place.geonameid is not None:
        facts["geonameid"] = place.geonameid
    if place.population:
        facts["population"] = place.population
    return facts


def _source(place: Place, language: str) -> str:
    """The source; in the reader's language for the program's own lists and for the text itself."""
    words = page_texts(language)
    return words["source_text"] if place.origin is Origin.TEXT else place.source.replace(_OWN_LISTS, words["own_lists"])


def _divisions(place: Place, name: str, language: str) -> list[str]:
    """The divisions of the place, the narrowest first; one with the name of the place has its kind in brackets."""
    words = kind_names(language)
    labels = []
    for level, division in enumerate(place.admin):
        label = place_name(division, language)
        kind = Kind.DISTRICT if level else Kind.REGION
        labels.append(f"{label} ({words[kind][0]})" if label == name else label)
    return labels[::-1]


def _place(place: Place, toponyms: tuple[Toponym, ...], language: str) -> dict[str, Any]:
    facts = _facts(place, language, toponyms)
    facts["p"] = round(_probability(toponyms), 3)
    radii = [
        toponym.resolution.radius_km for toponym in toponyms if toponym.resolution and toponym.resolution.radius_km
    ]
    if radii:
        facts["radius"] = round(max(radii), 2)
    return facts


def _shape(
    footprint: Footprint, numbers: Mapping[str, int], positions: Mapping[tuple[int, int], int]
) -> dict[str, Any]:
    geometry = footprint.geometry
    steps = _FINE_STEPS if (footprint.radius_km or 99.0) < 40.0 else _OUTLINE_STEPS
    shape: dict[str, Any] = {
        # The circle of an estimate is drawn as its doubt: while it is pointed at, focused or open.
        "type": "doubt" if footprint.type is FootprintType.AREA and footprint.radius_km else str(footprint.type),
        "form": str(geometry["type"]),
        "q": steps,
        "lines": encode(list(_lines(geometry)), per_degree=steps),
        "label": footprint.label,
        "place": numbers.get(footprint.place_id, -1),
        "mentions": [positions[span] for span in footprint.spans if span in positions],
    }
    if footprint.radius_km:
        shape["radius"] = round(footprint.radius_km, 2)
    if not footprint.approximate:
        shape["exact"] = 1
    return shape


def _vastness(footprint: Footprint, scene: Frame | None) -> dict[str, int]:
    """Whether a ring or a sector is larger than the scene: "2,000 km from X" would cover everything."""
    lines = list(_lines(footprint.geometry)) if footprint.type in (FootprintType.RING, FootprintType.SECTOR) else []
    if not lines or scene is None:
        return {}
    south, west, north, east = scene
    width, height = np.ptp(np.concatenate(lines), axis=0)
    return {"vast": 1} if width > east - west and height > north - south else {}


def _is_own(footprint: Footprint) -> bool:
    """Whether the text speaks of it; the other regions are drawn by their borders alone (`ground.seams`)."""
    return bool(footprint.spans) or footprint.type is not FootprintType.AREA


def _lines(geometry: Mapping[str, Any]) -> Iterable[Any]:
    """All lines and rings of a GeoJSON geometry, each as an array of points."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _lines(part)
        return
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            yield np.asarray(coordinates, dtype=float)[:, :2]
        case "Polygon" | "MultiLineString":
            yield from (np.asarray(line, dtype=float)[:, :2] for line in coordinates)
        case "MultiPolygon":
            yield from (np.asarray(ring, dtype=float)[:, :2] for polygon in coordinates for ring in polygon)
        case _:
            return  # a point has a marker and no line


def _towns(towns: Sequence[Place], numbers: Mapping[str, int], language: str) -> list[list[Any]]:
    """Towns of the ground without a marker: name, latitude, longitude, 1 for a capital, zoom from which it is shown."""
    return [
        [place.label(language), round(place.lat, 3), round(place.lon, 3), int(place.capital), zoom]
        for place, zoom in zip(towns, town_zooms(towns), strict=True)
        if place.id not in numbers
    ]


def _ground_names(names: Iterable[GroundName], numbers: Mapping[str, int], language: str) -> list[list[Any]]:
    """Names on the ground without a marker: kind, name, and each anchor's latitude, longitude, reach in degrees."""
    return [
        [
            str(name.place.kind),
            _capital(place_name(name.place, language)),
            [n for at in name.anchors for n in _short(at)],
        ]
        for name in names
        if name.place.id not in numbers
    ]


def _short(anchor: tuple[float, float, float]) -> tuple[float, ...]:
    """An anchor, no more precise than a name needs."""
    digits = 1 if anchor[2] > 1.0 else 2
    return tuple(round(value, digits) for value in anchor)


def _capital(name: str) -> str:
    """The name as it stands alone: with a capital letter."""
    return name[:1].upper() + name[1:]
