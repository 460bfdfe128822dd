"""How well the approximate outlines of regions and districts hold the places that GeoNames puts into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mapgen.errors import PackError
from mapgen.footprints.districts import outline_districts
from mapgen.footprints.outlines import compute_outlines, district_outlines, region_outlines
from mapgen.footprints.planar import Plane
from mapgen.messages import msg

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = [
    "NEAR_DISTRICT_KM",
    "NEAR_KM",
    "OutlineScore",
    "measure_districts",
    "measure_outlines",
    "measure_with_pack",
    "populated_places",
]

NEAR_KM = 15.0
"""What "near" means: inside an outline or at most so far from it."""
NEAR_DISTRICT_KM = 10.0
"""The same for districts that are drawn from the embedded cities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineScore:
    """Counts of places against the outlines of their own regions.

    Attributes:
        places: how many were asked for.
        inside: how many lie inside the outline of their own region.
        near: how many lie inside it or near it.
    """

    places: int
    inside: int
    near: int

    def __add__(self, other: OutlineScore) -> OutlineScore:
        return OutlineScore(
            places=self.places + other.places, inside=self.inside + other.inside, near=self.near + other.near
        )


def populated_places(pack: Path, codes: set[str]) -> Iterator[tuple[float, float, str, str]]:
    """Yield latitude, longitude, admin-1 and admin-2 code of the populated places of a GeoNames dump.

    Args:
        pack: a country's zip file as published (19 columns); named by the country's code.
        codes: the admin-1 codes that exist ("SY.09"); places with another one are left out.

    Raises:
        PackError: the file is no such dump.
    """
    country = pack.stem
    try:
        with zipfile.ZipFile(pack) as archive, archive.open(f"{country}.txt") as raw:
            for line in io.TextIOWrapper(raw, encoding="utf-8"):
                column = line.split("\t")
                if column[6] == "P" and f"{country}.{column[10]}" in codes:
                    yield float(column[4]), float(column[5]), column[10], column[11]
    except (OSError, KeyError, IndexError, ValueError, zipfile.BadZipFile) as error:
        raise PackError(
            msg("is no GeoNames dump of {country}: {error}", country=country, error=error), path=pack
        ) from error


def measure_outlines(
    gazetteer: Gazetteer, country: str, places: Iterable[tuple[float, float, str, str]]
) -> OutlineScore:
    """Count how many places lie inside, and how many near, the outline of their own region.

    A place whose region has no outline counts as neither.

    Args:
        gazetteer: whose outlines are measured.
        country: ISO 3166-1 alpha-2 code.
        places: latitude, longitude, admin-1 and admin-2 code.
    """
    return _score(region_outlines(gazetteer, country), (place[:3] for place in places))


def measure_districts(
    gazetteer: Gazetteer, country: str, places: Iterable[tuple[float, float, str, str]]
) -> OutlineScore:
    """Count how many places lie inside, and how many within `NEAR_DISTRICT_KM` of, the outline of their own district.

    Only places whose district has an outline are asked for.

    Args:
        gazetteer: whose outlines are measured.
        country: ISO 3166-1 alpha-2 code.
        places: latitude, longitude, admin-1 and admin-2 code.
    """
    by_region: dict[str, list[tuple[float, float, str]]] = {}
    for lat, lon, region, district in places:
        if district:
            by_region.setdefault(region, []).append((lat, lon, district))
    total = OutlineScore(places=0, inside=0, near=0)
    for region, members in by_region.items():
        outlines = district_outlines(gazetteer, country, region)
        total += _score(outlines, (row for row in members if row[2] in outlines), near_km=NEAR_DISTRICT_KM)
    return total


def measure_with_pack(gazetteer: Gazetteer, country: str, *, withheld: int = 5) -> tuple[OutlineScore, OutlineScore]:
    """Count how many places of a pack lie inside the outlines of their regions and districts, drawn without them.

    Every so many-th populated place is withheld, outlines are computed from the others, and the withheld are counted:
    for regions all with a first-level code, for districts those of them with a second-level code whose region is
    divided into districts at all.

    Args:
        gazetteer: with the pack.
        country: ISO 3166-1 alpha-2 code.
        withheld: which share is withheld, one in so many.

    Returns:
        The scores of regions and of districts.
    """
    rows = sorted(gazetteer.pack_places(country))
    codes = {region.admin1 for region in gazetteer.regions(country)}
    shown = [row for number, row in enumerate(rows) if number % withheld]
    hidden = [row for row in rows[::withheld] if row[2] in codes]
    regions = compute_outlines(gazetteer, country, [row[:3] for row in shown]).regions
    districts = OutlineScore(places=0, inside=0, near=0)
    for admin1, region in regions.items():
        divided = outline_districts(region, [(lat, lon, code) for lat, lon, own, code in shown if own == admin1])
        if divided:
            districts += _score(divided, ((lat, lon, code) for lat, lon, own, code in hidden if own == admin1 and code))
    return _score(regions, (row[:3] for row in hidden)), districts


def _score(
    outlines: Mapping[str, Mapping[str, Any]], places: Iterable[tuple[float, float, str]], *, near_km: float = NEAR_KM
) -> OutlineScore:
    import shapely

    by_code: dict[str, list[tuple[float, float]]] = {}
    for lat, lon, code in places:
        by_code.setdefault(code, []).append((lat, lon))
    inside = near = 0
    for code, points in by_code.items():
        if code not in outlines:
            continue
        plane = Plane(*np.mean(points, axis=0).tolist())
        area = plane.area(outlines[code])
        shapely.prepare(area)
        on_plane = np.asarray(shapely.points(plane.points(points)), dtype=object)
        inside += int(shapely.intersects(area, on_plane).sum())
        near += int(shapely.dwithin(area, on_plane, near_km).sum())
    return OutlineScore(places=sum(map(len, by_code.values())), inside=inside, near=near)
