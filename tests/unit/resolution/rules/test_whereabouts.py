import numpy as np
import pytest

from mapgen.geodesy import distance_km
from mapgen.resolution.arrays import Array, on_sphere
from mapgen.resolution.rules.whereabouts import Whereabouts, log_kernel, whereabouts_model


def spread(*anchors: tuple[float, float, float, float], tail: float = 1.0) -> Whereabouts:
    """A distribution from latitude, longitude, share and scale of each anchor."""
    lat, lon, shares, scales = np.array(anchors).T
    return Whereabouts(on_sphere(np.radians(lat), np.radians(lon)), shares, scales, np.full(len(anchors), tail))


def degrees(point: Array) -> tuple[float, float]:
    return float(np.degrees(np.arcsin(point[2]))), float(np.degrees(np.arctan2(point[1], point[0])))


@pytest.mark.parametrize("tail", [0.5, 1.0, 3.0])
def test_the_radius_around_one_anchor_holds_the_share_that_its_tail_says(tail: float) -> None:
    there = spread((45.0, 2.0, 1.0, 30.0), tail=tail)
    middle = there.middle()
    masses = there.masses(middle)
    assert degrees(middle) == pytest.approx((45.0, 2.0))
    for held in (0.55, 0.75, 0.95):
        assert masses.radius_km(held) == pytest.approx(30.0 * ((1 - held) ** (-1 / tail) - 1) ** 0.5, rel=0.01)


def test_what_lies_elsewhere_is_in_no_radius() -> None:
    there = spread((45.0, 2.0, 0.6, 30.0))
    masses = there.masses(there.middle())
    assert masses.radius_km(0.7) == float("inf")
    assert masses.within(5_000.0) == pytest.approx(0.6, abs=0.04)


def test_the_middle_is_among_the_anchors_that_agree() -> None:
    there = spread((45.0, 2.0, 0.25, 20.0), (45.2, 2.0, 0.25, 20.0), (33.7, -95.6, 0.4, 20.0))
    lat, lon = degrees(there.middle())
    assert distance_km(lat, lon, 45.1, 2.0) < 15


def test_a_density_sums_to_one() -> None:
    kilometres = np.linspace(0.0, 20_000.0, 2_000_001)
    for tail in (0.8, 2.0):
        density = np.exp(log_kernel((kilometres / 25.0) ** 2, np.log(25.0), np.array(tail)))
        assert float(np.trapezoid(density * 2 * np.pi * kilometres, kilometres)) == pytest.approx(1.0, abs=0.01)


def test_the_learned_numbers_are_those_of_known_features() -> None:
    model = whereabouts_model()
    assert np.abs(model.weight).sum() > 1
    assert np.abs(model.scale).sum() > 1


def test_every_point_has_some_density() -> None:
    there = spread((45.0, 2.0, 1.0 + 1e-15, 1.0), tail=90.0)
    antipode = on_sphere(np.radians([-45.0]), np.radians([-178.0]))
    assert there.density(antipode)[0] > 0
