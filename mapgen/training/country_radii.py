"""Measures how far the towns of each country lie around its point, for the rules of resolution.

    python -m mapgen.training.country_radii

writes `mapgen/resolution/rules/country-radii.json`; the same gazetteer gives the same bytes.
"""

from __future__ import annotations

import sys

import numpy as np

from mapgen.gazetteer import Gazetteer
from mapgen.resolution.rules.anchors import FEWEST_TOWNS, radius_around
from mapgen.training.weight_files import write_weights

__all__ = ["main", "measured"]


def measured(gazetteer: Gazetteer) -> dict[str, int]:
    """Return the radius of each country that has towns enough, kilometres, by the id of its place."""
    radii: dict[str, int] = {}
    for country in gazetteer.countries():
        towns = [(lat, lon) for lat, lon, _ in gazetteer.cities_of(country.country)]
        if len(towns) >= FEWEST_TOWNS:
            radii[country.id] = int(radius_around(country, np.radians(towns)))
    return dict(sorted(radii.items()))


def main() -> int:
    """Write the table beside the module that reads it."""
    with Gazetteer.open() as gazetteer:
        write_weights("mapgen.resolution.rules", "country-radii.json", measured(gazetteer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
