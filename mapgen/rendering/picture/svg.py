"""Composes the picture of a document's first view."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, log10, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mapgen.certainty import DOUBTFUL
from mapgen.footprints.ground_towns import town_zooms
from mapgen.geodesy import KM_PER_DEGREE
from mapgen.kinds import DIVISIONS
from mapgen.languages import reader_language
from mapgen.model import Footprint, FootprintType, Kind, ParsedDocument, Place, Sense, Toponym
from mapgen.rendering.escape import sound
from mapgen.rendering.ground.lines import layers, projected
from mapgen.rendering.ground.relief import relief_image
from mapgen.rendering.ground.seams import seams
from mapgen.rendering.ground.windows import picture_window
from mapgen.rendering.page_texts import page_texts
from mapgen.rendering.picture.layout import Box, Crowd, label_boxes, marker_boxes, text_width
from mapgen.rendering.picture.png import to_png
from mapgen.rendering.picture.view import HEIGHT, WIDTH, View, path
from mapgen.rendering.sentence import sentence

__all__ = ["IMAGE_SUFFIXES", "picture", "picture_file"]

IMAGE_SUFFIXES = (".svg", ".png")
"""The endings of files that a picture can be written to."""

COLOURS = {
    Kind.COUNTRY: "#4d4d4d", Kind.REGION: "#6f4e9b", Kind.DISTRICT: "#8f4690", Kind.CITY: "#0b6a97",
    Kind.VILLAGE: "#2b6cb0", Kind.QUARTER: "#3f5cab", Kind.FACILITY: "#b8501a", Kind.WATER: "#1d7f78",
    Kind.TERRAIN: "#66741f", Kind.ROAD: "#85601f", Kind.AREA: "#9b3d63", Kind.CONTINENT: "#5a5567",
}  # fmt: skip
"""The colours of kinds, those of `static/base.css` on paper."""

_RADIUS = 11.0
_LINE = 15.0
_TOWN_LINE = 12.0
_TOWNS = 26
_BAR = 90.0  # pixels of the scale bar, at most
_FARTHEST_BAR_KM = 1000.0  # a longer bar would not hold for the whole picture
_LOOKS = {FootprintType.AREA: (0.08, 0.0), FootprintType.CORRIDOR: (0.2, 0.0), FootprintType.SECTOR: (0.14, 0.0)}
_VAST = 0.3  # of the picture's width: a circle with a larger radius covers everything else
_OTHER_LOOK = (0.04, 0.7)


def picture_file(parsed: ParsedDocument, path: Path, *, language: str = "") -> str | bytes:
    """Return the picture as the content of a file, by its ending: SVG, else PNG.

    Args:
        parsed: the document.
        path: of the file, with one of `IMAGE_SUFFIXES`.
        language: ISO 639-1 code of the reader; `parsed.language` when not given.

    Raises:
        OptionError: PNG is wanted and resvg-py is not installed.
    """
    svg = str(picture(parsed, language=language))
    return svg if path.suffix.casefold() == ".svg" else to_png(svg)


def picture(parsed: ParsedDocument, *, language: str = "") -> Markup:
    """Return the first view of a document as SVG; the same input gives the same bytes.

    The number of a marker is that of its place in the order of the text, from 1.

    Args:
        parsed: the document with its toponyms and footprints.
        language: ISO 639-1 code of the reader; `parsed.language` when not given.
    """
    code = reader_language(language or parsed.language)
    view = View.of(parsed.scene)
    crowd = Crowd(WIDTH, HEIGHT, [(0, HEIGHT - 46, 150, HEIGHT), (WIDTH - 220, HEIGHT - 20, WIDTH, HEIGHT)])
    marks = list(_marks(parsed, view, crowd, code))
    return Markup(  # noqa: S704 - the template escapes
        _template().render(
            width=WIDTH,
            height=HEIGHT,
            sentence=sound(sentence(parsed, code)),
            ground=_ground(parsed, view),
            relief=_relief(parsed, view),
            shapes=list(_shapes(parsed, view)),
            marks=marks,
            names=list(_names(parsed, view, crowd, code)),
            towns=list(_towns(parsed, view, crowd, code)),
            bar=_bar(view, code),
        )
    )


def _ground(parsed: ParsedDocument, view: View) -> dict[str, str]:
    """The data of the paths of the ground."""
    lines = layers(picture_window(view.frame, view.scale))
    named, other = seams(parsed)
    found = {
        name: path((view.pixels(line) for line in parts), closed=name in ("land", "lakes", "islands"))
        for name, parts in lines.items()
    }
    for name, parts in (("named", named), ("other", other)):
        shown = [_clipped(view.pixels(projected(line))) for line in parts]
        found[name] = path(line for some in shown for line in some)
    return found


def _clipped(line: Any) -> list[Any]:
    inside = shapely.clip_by_rect(shapely.LineString(line), -9, -9, WIDTH + 9, HEIGHT + 9)
    parts = shapely.get_parts(shapely.simplify(inside, 0.4))
    return [shapely.get_coordinates(part) for part in parts if not part.is_empty]


def _relief(parsed: ParsedDocument, view: View) -> dict[str, Any] | None:
    found = None if parsed.scene is None else relief_image(parsed.scene)
    if found is None:
        return None
    south, west, north, east = found.frame
    ((x, y), (right, bottom)) = view.pixels(np.array([[west, north], [east, south]])).tolist()
    return {
        "x": round(2 * x), "y": round(2 * y), "width": round(2 * (right - x)), "height": round(2 * (bottom - y)),
        "image": f"data:image/webp;base64,{base64.b64encode(found.image).decode('ascii')}",
    }  # fmt: skip


def _shapes(parsed: ParsedDocument, view: View) -> Iterator[dict[str, Any]]:
    """The footprints that the text names, but for whole countries."""
    kinds = {place.id: place.kind for place, _ in parsed.places}
    for footprint in parsed.footprints:
        kind = kinds.get(footprint.place_id, Kind.ROAD)
        if not footprint.spans or kind in (Kind.COUNTRY, Kind.CONTINENT):
            continue
        if (footprint.radius_km or 0.0) > _VAST * WIDTH / view.scale * KM_PER_DEGREE:
            continue
        fill, line = _LOOKS.get(footprint.type, _OTHER_LOOK)
        d = path(_rings(footprint, view), closed=True)
        if d and (footprint.radius_km or footprint.type is not FootprintType.AREA or kind in DIVISIONS):
            yield {"d": d, "colour": COLOURS[kind], "fill": fill, "line": line}


def _rings(footprint: Footprint, view: View) -> Iterator[Any]:
    area: Any = shapely.geometry.shape(dict(footprint.geometry))
    middle = view.west + WIDTH / 2 / view.scale
    turn = 360.0 * round((middle - area.centroid.x) / 360.0) if not area.is_empty else 0.0
    flat = shapely.transform(area, lambda points: view.pixels(projected(points + np.array([turn, 0.0]))))
    seen = shapely.clip_by_rect(shapely.simplify(flat, 0.5), -9, -9, WIDTH + 9, HEIGHT + 9)
    parts = shapely.get_parts(seen)
    for part in parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]:
        yield shapely.get_coordinates(shapely.get_exterior_ring(part))


@dataclass(frozen=True, slots=True)
class _Spot:
    number: int
    place: Place
    toponyms: tuple[Toponym, ...]
    x: float
    y: float


def _marks(parsed: ParsedDocument, view: View, crowd: Crowd, language: str) -> Iterator[Mapping[str, Any]]:
    """The markers in the picture with their names; the most mentioned ones get their space first."""
    spots = [
        _Spot(n, place, toponyms, *view.point(place.lat, place.lon))
        for n, (place, toponyms) in enumerate(parsed.places)
    ]
    spots = [spot for spot in spots if 8 < spot.x < WIDTH - 8 and 8 < spot.y < HEIGHT - 8]
    spots.sort(key=lambda spot: (-len(spot.toponyms), spot.number))
    placed: list[tuple[_Spot, Box]] = []
    for spot in spots:
        box = crowd.take(marker_boxes(spot.x, spot.y, _RADIUS), 1.0)
        if box is not None:
            placed.append((spot, box))
    for spot, box in placed:
        yield _mark(spot, box, crowd, language)


def _mark(spot: _Spot, box: Box, crowd: Crowd, language: str) -> dict[str, Any]:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    name = sound(spot.place.label(language))
    label = crowd.take(label_boxes(x, y, _RADIUS, text_width(name, 13, bold=True), _LINE), 1.0)
    probability = max((each.resolution.probability for each in spot.toponyms if each.resolution), default=0.0)
    metonymic = all(each.sense is Sense.METONYMIC for each in spot.toponyms)
    moved = abs(x - spot.x) + abs(y - spot.y) > _RADIUS
    return {
        "number": spot.number, "kind": str(spot.place.kind), "colour": COLOURS[spot.place.kind], "name": name,
        "x": round(x, 1), "y": round(y, 1), "scale": round(_RADIUS / 12, 2),
        "hollow": metonymic or probability < DOUBTFUL, "dashed": metonymic,
        "leader": f"M{spot.x:.1f} {spot.y:.1f}L{x:.1f} {y:.1f}" if moved else "",
        "label": label and {"x": round(label[0], 1), "y": round(label[3] - 4, 1)},
    }  # fmt: skip


def _names(parsed: ParsedDocument, view: View, crowd: Crowd, language: str) -> Iterator[dict[str, Any]]:
    """The names of countries and waters at the largest of their free circles in the picture."""
    own = {place.id for place, _ in parsed.places}
    for name in parsed.ground_names:
        if name.place.id in own:
            continue
        label = name.place.label(language)
        country = name.place.kind is Kind.COUNTRY
        text = label.upper() if country else label[:1].upper() + label[1:]
        width = text_width(text, 11) + 2.0 * len(text) * country
        for lat, lon, reach in name.anchors:
            room = 2 * reach * view.scale / max(0.1, cos(radians(lat)))
            if width > room * (2.6 if country else 1.3):
                break
            x, y = view.point(lat, lon)
            box = (x - width / 2, y - 7, x + width / 2, y + 7)
            if crowd.take(iter([box]), 5.0):
                yield {"x": round(x, 1), "y": round(y + 4, 1), "text": sound(text), "kind": str(name.place.kind)}
                break


def _towns(parsed: ParsedDocument, view: View, crowd: Crowd, language: str) -> Iterator[dict[str, Any]]:
    """The towns of the ground that have space, the largest first."""
    own = {place.id for place, _ in parsed.places}
    rows = sorted(zip(town_zooms(parsed.towns), parsed.towns, strict=True), key=lambda row: row[0])
    left = _TOWNS
    for _, town in rows:
        x, y = view.point(town.lat, town.lon)
        text = sound(town.label(language))
        width = text_width(text, 11)
        dot = (x - 3, y - 3, x + 3, y + 3)
        if town.id in own or not crowd.free(dot, 4.0):
            continue
        box = crowd.take(label_boxes(x, y, 2.0, width, _TOWN_LINE), 9.0)
        if box is None:
            continue
        crowd.boxes.append(dot)
        yield {"x": round(x, 1), "y": round(y, 1), "left": round(box[0], 1), "base": round(box[3] - 3, 1), "text": text}
        left -= 1
        if not left:
            return


def _bar(view: View, language: str) -> dict[str, Any] | None:
    """A scale bar of a round length; None where the scale changes too much over the picture."""
    south, _, north, _ = view.frame
    km = KM_PER_DEGREE * cos(radians((south + north) / 2)) / view.scale
    most = _BAR * km
    power = 10.0 ** int(log10(most)) if most >= 1.0 else 0.1
    length = max((step * power for step in (1, 2, 5) if step * power <= most), default=power)
    if length >= _FARTHEST_BAR_KM:
        return None
    text = f"{length:g} {page_texts(language)['km']}".replace(".", page_texts(language)["decimal"])
    return {"x": 14, "width": round(length / km, 1), "text": text}


@lru_cache(maxsize=1)
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("mapgen.rendering"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("picture.svg.j2")
