"""Makes `countries.csv` of the footprints: where there is space for the name of each country on a map of the world.

    python -m mapgen.training.country_points

Coasts and borders cut the land into pieces, which belong to the country of most of their cities; the middle of the
largest circle inside the largest piece is the point, and the sides of that piece say how far the country reaches.
"""

from __future__ import annotations

import csv
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import shapely

from mapgen.footprints.ground_names import free_circle, land_of_countries
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.cities import Cities

__all__ = ["main"]

WORLD = (-180.0, -58.0, 180.0, 83.0)
LEAST = 0.05
"""Degrees: a smaller country gets its name from the neighbourhood of a scene alone."""


def main() -> int:
    """Write the table beside the module that reads it."""
    target = Path(str(files("mapgen.footprints").joinpath("countries.csv")))
    rows = []
    with Gazetteer.open() as gazetteer:
        west, south, east, north = WORLD
        lat, lon, codes, _ = zip(*gazetteer.cities_within(south, west, north, east), strict=True)
        cities = Cities(np.array(lat), np.array(lon), np.array(codes))
        for country, land in land_of_countries(cities, WORLD).items():
            circle = free_circle(land)
            if circle is not None and circle[2] >= LEAST:
                west, south, east, north = max(shapely.get_parts(land), key=shapely.area).bounds
                sides = (south, west, north, east)
                rows.append((-circle[2], country, *(round(value, 2) for value in (*circle, *sides))))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "lat", "lon", "reach", "south", "west", "north", "east"))
        writer.writerows(row[1:] for row in sorted(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
