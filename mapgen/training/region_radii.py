"""Measures how far the towns of countries and regions lie around their points, for the rules of resolution.

    python -m mapgen.training.region_radii

writes `mapgen/resolution/rules/region-radii.json`; the same gazetteer gives the same bytes.
"""

from __future__ import annotations

import sys

from mapgen.gazetteer import Gazetteer
from mapgen.resolution.rules.anchors import FEWEST_TOWNS, Radii, radius_around
from mapgen.training.weight_files import write_weights

__all__ = ["main", "measured"]


def measured(gazetteer: Gazetteer) -> dict[str, int]:
    """Return the radius of each country and region that has towns enough, kilometres, by the id of its place."""
    radii: dict[str, int] = {}
    towns_of = Radii(gazetteer).towns_of
    for country in gazetteer.countries():
        regions = [region for region in gazetteer.regions(country.country) if region.radius_km is None]
        for place in (country, *regions):
            towns = towns_of(place)
            if len(towns) >= FEWEST_TOWNS:
                radii[place.id] = int(radius_around(place, towns))
    return dict(sorted(radii.items()))


def main() -> int:
    """Write the table beside the module that reads it."""
    with Gazetteer.open() as gazetteer:
        write_weights("mapgen.resolution.rules", "region-radii.json", measured(gazetteer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
