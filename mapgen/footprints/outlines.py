"""Approximate outlines of countries, of their regions and of their districts, computed on first use and stored.

No dependency of mapgen has polygons of regions: they are computed from the embedded gazetteer's cities, from coasts
and from border lines (`territory`), with a country pack from all its populated places. The outline of a region is
divided among its second-level divisions in the same way (`districts`). `docs/outlines.md` says how many places lie in
the right outline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mapgen.caches import Cache
from mapgen.footprints.outline_files import Stored, cache_path, keep, kept, pack_mark
from mapgen.footprints.packed import Packed, pack
from mapgen.model import Footprint, FootprintType, Frame, Kind, Place, Toponym

if TYPE_CHECKING:
    from mapgen.footprints.territory import Cities, Outlines
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


def region_outlines(gazetteer: Gazetteer, country: str) -> dict[str, Geometry]:
    """Return the outlines of a country's first-level regions.

    Args:
        gazetteer: its cities are used, or all populated places of the country's pack; the outlines are stored beside
            its file.
        country: ISO 3166-1 alpha-2 code.

    Returns:
        GeoJSON Polygons and MultiPolygons by GeoNames' admin-1 code; empty where no city has one.
    """
    return {code: packed.geometry() for code, packed in _outlines(gazetteer, country).parts.items()}


def district_outlines(gazetteer: Gazetteer, country: str, admin1: str) -> dict[str, Geometry]:
    """Return the outlines of the second-level divisions of a region, which lie inside that of the region.

    Args:
        gazetteer: the populated places of the country's pack are used, without one the embedded cities.
        country: ISO 3166-1 alpha-2 code.
        admin1: GeoNames' admin-1 code of the region.

    Returns:
        GeoJSON Polygons and MultiPolygons by GeoNames' admin-2 code; empty where of fewer than half of the region's
        places it is known which division they belong to.
    """
    return {code: packed.geometry() for code, packed in _districts(gazetteer, country, admin1).parts.items()}


def country_outline(gazetteer: Gazetteer, country: str) -> Geometry | None:
    """Return the outline of a country as a GeoJSON Polygon or MultiPolygon, or None where it has no city."""
    whole = _outlines(gazetteer, country).whole
    return None if whole is None else whole.geometry()


def outline(gazetteer: Gazetteer, place: Place) -> Geometry | None:
    """Return the approximate outline of a country, a region or a district; None of any other place.

    A district without a populated place of its own has none.
    """
    if not place.country:
        return None
    if place.kind is Kind.COUNTRY:
        return country_outline(gazetteer, place.country)
    part: Packed | None = None
    if place.kind is Kind.REGION and place.admin1:
        part = _outlines(gazetteer, place.country).parts.get(place.admin1)
    elif place.kind is Kind.DISTRICT and place.admin1 and place.admin2 and not place.inherited:
        part = _districts(gazetteer, place.country, place.admin1).parts.get(place.admin2)
    return None if part is None else part.geometry()


def context_outlines(
    toponyms: Iterable[Toponym], gazetteer: Gazetteer, drawn: Sequence[Footprint], scene: Frame | None
) -> tuple[Footprint, ...]:
    """Return the regions in and around the scene that a document does not name, as footprints without spans.

    They are those of the countries of which the document names a region.

    Args:
        toponyms: the document's, resolved.
        gazetteer: source of the regions' names and outlines.
        drawn: the footprints of the document; regions among them are left out.
        scene: the frame of the document's scene; without one there is no context.
    """
    if scene is None:
        return ()
    around = _around(scene)
    counts: dict[str, int] = {}
    for toponym in toponyms:
        place = toponym.place
        if place is not None and place.kind is Kind.REGION and place.admin1:
            counts[place.country] = counts.get(place.country, 0) + 1
    shown = {footprint.place_id for footprint in drawn if footprint.type is FootprintType.AREA}
    context: list[Footprint] = []
    for country in sorted(counts, key=lambda code: -counts[code])[:_CONTEXT_COUNTRIES]:
        near = {code: each for code, each in _outlines(gazetteer, country).parts.items() if each.touches(around)}
        if not near or len(near) > _CONTEXT_REGIONS:
            continue
        regions = {region.admin1: region for region in gazetteer.regions(country)}
        for code, packed in near.items():
            region = regions.get(code)
            if region is not None and region.id not in shown:
                context.append(
                    Footprint(
                        type=FootprintType.AREA, geometry=packed.geometry(), place_id=region.id, label=region.name
                    )
                )
    return tuple(context)


def _around(frame: Frame) -> Frame:
    """A frame with a strip of a third of its size around it."""
    south, west, north, east = frame
    up, side = (north - south) / 3, (east - west) / 3
    return (south - up, west - side, north + up, east + side)


def _outlines(gazetteer: Gazetteer, country: str) -> Stored:
    """The outlines of the country and of its regions."""
    return _cached(gazetteer, country, "", lambda: _computed(gazetteer, country))


def _districts(gazetteer: Gazetteer, country: str, region: str) -> Stored:
    """The outlines of the districts of a region."""
    return _cached(gazetteer, country, region, lambda: _computed_districts(gazetteer, country, region))


def _cached(gazetteer: Gazetteer, country: str, region: str, compute: Callable[[], Stored]) -> Stored:
    """Outlines from memory, from the file, or computed and stored."""
    cache: Cache[tuple[str, str, str], Stored] = gazetteer.caches.of("footprints.outlines", _stored_bytes)
    mark = pack_mark(gazetteer, country)
    key = (country, region, mark)
    stored = cache.get(key)
    if stored is None:
        path = cache_path(gazetteer, country, region, mark)
        stored = kept(path)
        if stored is None:
            stored = compute()
            keep(path, stored)
        cache.put(key, stored)
    return stored


def _stored_bytes(_: tuple[str, str, str], stored: Stored) -> int:
    return stored.nbytes


def _computed(gazetteer: Gazetteer, country: str) -> Stored:
    places = [row[:3] for row in gazetteer.pack_places(country)]
    computed = compute_outlines(gazetteer, country, places)
    whole = None if computed.country is None else pack(computed.country)
    return Stored(whole, {code: pack(geometry) for code, geometry in computed.regions.items()})


def _computed_districts(gazetteer: Gazetteer, country: str, admin1: str) -> Stored:
    from mapgen.footprints.districts import outline_districts

    region = _outlines(gazetteer, country).parts.get(admin1)
    if region is None:
        return Stored(None, {})
    # GeoNames often leaves out the second-level code of small places: then the cities know more than the pack.
    for rows in (gazetteer.pack_places(country), gazetteer.embedded_places(country)):
        places = [(lat, lon, admin2) for lat, lon, code, admin2 in rows if code == admin1]
        if districts := outline_districts(region.geometry(), places) if places else {}:
            return Stored(None, {code: pack(geometry) for code, geometry in districts.items()})
    return Stored(None, {})


def compute_outlines(gazetteer: Gazetteer, country: str, places: Sequence[tuple[float, float, str]] = ()) -> Outlines:
    """Compute the outlines of a country and of its first-level regions, without any cache.

    Args:
        gazetteer: its cities decide which country the land belongs to.
        country: ISO 3166-1 alpha-2 code.
        places: latitude, longitude and admin-1 code of the country's populated places, as many as are known; without
            any, the cities divide the country.
    """
    import numpy as np

    from mapgen.footprints.territory import Outlines, outline_regions, search_box

    points = {region.admin1: (region.lat, region.lon) for region in gazetteer.regions(country) if region.admin1}
    own = list(gazetteer.cities_of(country))
    # A region without a city has its own point.
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

    from mapgen.footprints.territory import Cities

    return Cities(
        lat=np.array([row[0] for row in rows]),
        lon=np.array([row[1] for row in rows]),
        country=np.array([row[2] for row in rows], dtype=object),
        admin1=np.array([row[3] for row in rows], dtype=object),
    )
