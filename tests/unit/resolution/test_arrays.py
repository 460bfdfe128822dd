import numpy as np
import pytest

from mapgen.geodesy import distance_km
from mapgen.resolution.arrays import chord_distances, haversine, on_sphere


def test_haversine_agrees_with_the_meridian() -> None:
    quarter = haversine(np.array(0.0), np.array(0.0), np.array(np.pi / 2), np.array(0.0))
    assert float(quarter) == pytest.approx(10007.557, abs=0.01)


def test_chords_give_the_distances_of_the_sphere() -> None:
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(-90, 90, 40), rng.uniform(-180, 180, 40)
    points = on_sphere(np.radians(lat), np.radians(lon))
    expected = [[distance_km(lat[i], lon[i], lat[j], lon[j]) for j in range(40)] for i in range(40)]
    assert chord_distances(points, points) == pytest.approx(np.array(expected), abs=1e-3)
