"""Approximate outlines of countries, of their regions and of their districts, computed on demand and kept.

No package that mapgen builds on has polygons of regions; these come from the embedded gazetteer's cities, from coasts
and from border lines (`regions`), with a country pack from all its populated places, and then there are outlines of
second-level divisions too (`districts`). How well they hold the places that belong to them is told in
`docs/outlines.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from mapgen.footprints.outline_files import Stored, cache_path, keep, kept, pack_mark
from mapgen.footprints.scene import scene
from mapgen.geodesy import unwrap
from mapgen.model import Footprint, FootprintType, Frame, Kind, Place, Toponym

if TYPE_CHECKING:
    from mapgen.footprints.regions import Cities, Outlines
    from mapgen.gazetteer import Gazetteer

__all__ = [
    "compute_outlines",
    "context_outlines",
    "country_outline",
    "district_outlines",
    "outline",
    "region_outlines",
]

Geometry = Mapping[str, Any]

_CONTEXT_COUNTRIES = 2
_CONTEXT_REGIONS = 60

_known: WeakKeyDictionary[Gazetteer, dict[tuple[str, str], tuple[str, Stored]]] = WeakKeyDictionary()


def region_outlines(gazetteer: Gazetteer, country: str) -> dict[str, Geometry]:
    """Return the outlines of a country's first-level regions.

    Args:
        gazetteer: its cities are used, or all populated places of the country's pack; computed outlines are kept beside
            its file.
        country: ISO 3166-1 alpha-2 code.

    Returns:
        GeoJSON Polygons and MultiPolygons by GeoNames' admin-1 code; empty where no city has one.
    """
    return dict(_outlines(gazetteer, country)[1])


def district_outlines(gazetteer: Gazetteer, country: str, admin1: str) -> dict[str, Geometry]:
    """Return the outlines of the second-level divisions of a region, which lie inside that of the region.

    Args:
        gazetteer: the populated places of the country's pack are used.
        country: ISO 3166-1 alpha-2 code.
        admin1: GeoNames' admin-1 code of the region.

    Returns:
        GeoJSON Polygons and MultiPolygons by GeoNames' admin-2 code; empty without a pack, and where the pack says of
        fewer than half of the region's places which division they belong to.
    """
    if gazetteer.pack(country) is None:
        return {}
    return dict(_cached(gazetteer, country, admin1, lambda: _computed_districts(gazetteer, country, admin1))[1])


def country_outline(gazetteer: Gazetteer, country: str) -> Geometry | None:
    """Return the outline of a country as a GeoJSON Polygon or MultiPolygon, or None where it has no city."""
    return _outlines(gazetteer, country)[0]


def outline(gazetteer: Gazetteer, place: Place) -> Geometry | None:
    """Return the approximate outline of a country or of a first-level region, None of any other place.

    With the country's pack second-level divisions have one too.
    """
    if not place.country:
        return None
    if place.kind is Kind.COUNTRY:
        return country_outline(gazetteer, place.country)
    if place.kind is Kind.REGION and place.admin1:
        return _outlines(gazetteer, place.country)[1].get(place.admin1)
    if place.kind is Kind.DISTRICT:
        admin1, _, admin2 = gazetteer.division_code(place).partition(".")
        return district_outlines(gazetteer, place.country, admin1).get(admin2) if admin2 else None
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


def _outlines(gazetteer: Gazetteer, country: str) -> Stored:
    """The outlines of the country and of its regions."""
    return _cached(gazetteer, country, "", lambda: _computed(gazetteer, country))


def _cached(gazetteer: Gazetteer, country: str, region: str, compute: Callable[[], Stored]) -> Stored:
    """Outlines from memory, from the cache on disk, or computed and kept."""
    known = _known.setdefault(gazetteer, {})
    key = (country, region)
    mark = pack_mark(gazetteer, country)
    if key not in known or known[key][0] != mark:
        path = cache_path(gazetteer, country, region, mark)
        stored = kept(path)
        if stored is None:
            stored = compute()
            keep(path, stored)
        known[key] = (mark, stored)
    return known[key][1]


def _computed(gazetteer: Gazetteer, country: str) -> Stored:
    places = [row[:3] for row in gazetteer.pack_places(country)]
    computed = compute_outlines(gazetteer, country, places)
    return computed.country, dict(computed.regions)


def _computed_districts(gazetteer: Gazetteer, country: str, admin1: str) -> Stored:
    from mapgen.footprints.districts import outline_districts

    region = _outlines(gazetteer, country)[1].get(admin1)
    places = [(lat, lon, admin2) for lat, lon, code, admin2 in gazetteer.pack_places(country) if code == admin1]
    return None, outline_districts(region, places) if region is not None and places else {}


def compute_outlines(gazetteer: Gazetteer, country: str, places: Sequence[tuple[float, float, str]] = ()) -> Outlines:
    """Compute the outlines of a country and of its first-level regions, from no cache and into none.

    Args:
        gazetteer: its cities say whose the land is.
        country: ISO 3166-1 alpha-2 code.
        places: latitude, longitude and admin-1 code of the country's populated places, as many as are known; without
            any the cities divide the country.
    """
    import numpy as np

    from mapgen.footprints.regions import Outlines, outline_regions, search_box

    points = {region.admin1: (region.lat, region.lon) for region in gazetteer.regions(country) if region.admin1}
    own = list(gazetteer.cities_of(country))
    # A region that no city is in has its own point at least.
    without = [(*points[code], country, code) for code in sorted(points.keys() - {code for _, _, code in own})]
    known = [row[:2] for row in (*own, *without)]
    if not known:
        place = gazetteer.country(country)
        known = [(place.lat, place.lon)] if place else []
    if not known:
        return Outlines(None, {})
    box = search_box(np.array([lat for lat, _ in known]), np.array([lon for _, lon in known]))
    west, south, east, north = box
    cities = [*gazetteer.cities_within(south, west, north, east), *without]
    dense = [(lat, lon, country, code) for lat, lon, code in places if code in points]
    if dense:
        missing = points.keys() - {code for *_, code in dense}
        dense += [row for row in cities if row[2] == country and row[3] in missing]
    return outline_regions(country, _columns(cities), box, places=_columns(dense) if dense else None)


def _columns(rows: Sequence[tuple[float, float, str, str]]) -> Cities:
    import numpy as np

    from mapgen.footprints.regions import Cities

    return Cities(
        lat=np.array([row[0] for row in rows]),
        lon=np.array([row[1] for row in rows]),
        country=np.array([row[2] for row in rows], dtype=object),
        admin1=np.array([row[3] for row in rows], dtype=object),
    )
