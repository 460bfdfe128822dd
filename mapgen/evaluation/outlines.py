"""How well the approximate outlines of regions hold the places that GeoNames puts into those regions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mapgen.errors import PackError
from mapgen.footprints.outlines import region_outlines
from mapgen.footprints.planar import Plane

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = ["NEAR_KM", "OutlineScore", "measure_outlines", "populated_places"]

NEAR_KM = 15.0
"""What "near" means: inside an outline or at most so far from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineScore:
    """Counts of places against the outlines of their own regions.

    Attributes:
        places: how many were asked for.
        inside: how many lie inside the outline of their own region.
        near: how many lie inside it or within `NEAR_KM`.
    """

    places: int
    inside: int
    near: int

    def __add__(self, other: OutlineScore) -> OutlineScore:
        return OutlineScore(
            places=self.places + other.places, inside=self.inside + other.inside, near=self.near + other.near
        )


def populated_places(pack: Path, codes: set[str]) -> Iterator[tuple[float, float, str]]:
    """Yield latitude, longitude and admin-1 code of the populated places of a GeoNames dump.

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
                    yield float(column[4]), float(column[5]), column[10]
    except (OSError, KeyError, IndexError, ValueError, zipfile.BadZipFile) as error:
        raise PackError(f"is no GeoNames dump of {country}: {error}", path=pack) from error


def measure_outlines(gazetteer: Gazetteer, country: str, places: Iterable[tuple[float, float, str]]) -> OutlineScore:
    """Count how many places lie inside, and how many near, the outline of their own region.

    A place whose region has no outline counts as neither.

    Args:
        gazetteer: whose outlines are measured.
        country: ISO 3166-1 alpha-2 code.
        places: latitude, longitude and admin-1 code.
    """
    import shapely

    by_code: dict[str, list[tuple[float, float]]] = {}
    for lat, lon, code in places:
        by_code.setdefault(code, []).append((lat, lon))
    outlines = region_outlines(gazetteer, country)
    inside = near = 0
    for code, points in by_code.items():
        if code not in outlines:
            continue
        plane = Plane(*np.mean(points, axis=0).tolist())
        area = plane.area(outlines[code])
        shapely.prepare(area)
        on_plane = np.asarray(shapely.points(plane.points(points)), dtype=object)
        inside += int(shapely.intersects(area, on_plane).sum())
        near += int(shapely.dwithin(area, on_plane, NEAR_KM).sum())
    return OutlineScore(places=sum(map(len, by_code.values())), inside=inside, near=near)
