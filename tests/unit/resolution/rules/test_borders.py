"""The border of two countries, from the towns on both sides of it."""

from types import SimpleNamespace

import pytest
from rule_samples import place

from mapgen.geodesy import distance_km
from mapgen.model import Kind, Place
from mapgen.resolution.rules.anchors import Radii
from mapgen.resolution.rules.borders import BORDER_KM, border_spot

WEST = place("West", Kind.COUNTRY, 10.0, 18.0, country="WW")
EAST = place("East", Kind.COUNTRY, 10.0, 22.0, country="EE")
VILLAGE = place("Village", Kind.VILLAGE, 10.0, 20.0, country="WW")


def radii(gap: float = 0.2, towns: int = 20) -> Radii:
    """Two countries on both sides of 20 degrees east, their towns in rows of ten from 8 to 12 degrees north."""
    rows = {
        code: [(8.0 + 4.0 * (number % 10) / 9, 20.0 + side * (gap / 2 + number // 10), "") for number in range(towns)]
        for code, side in (("WW", -1), ("EE", 1))
    }
    return Radii(SimpleNamespace(cities_of=lambda country: rows[country], regions=lambda _country: []))


def test_the_middle_of_a_border_lies_between_the_towns_on_both_sides() -> None:
    spot = border_spot(WEST, EAST, radii(towns=100))
    assert spot is not None
    assert distance_km(spot.lat, spot.lon, 10.0, 20.0) < 15
    assert 150 < spot.radius_km < 225


def test_the_order_of_the_countries_does_not_matter() -> None:
    one, two = border_spot(WEST, EAST, radii()), border_spot(EAST, WEST, radii())
    assert one is not None
    assert two is not None
    assert distance_km(one.lat, one.lon, two.lat, two.lon) < 0.001


@pytest.mark.parametrize("gap", [BORDER_KM / 111.0 + 0.1, 20.0])
def test_countries_far_apart_have_no_border(gap: float) -> None:
    assert border_spot(WEST, EAST, radii(gap=gap)) is None


@pytest.mark.parametrize("other", [VILLAGE, place("Sea", Kind.WATER, 10.0, 22.0, country="EE")])
def test_only_countries_and_regions_have_borders(other: Place) -> None:
    assert border_spot(WEST, other, radii()) is None


def test_a_country_with_few_towns_has_no_known_border() -> None:
    assert border_spot(WEST, EAST, radii(towns=4)) is None


def test_two_districts_meet_between_their_points() -> None:
    spot = border_spot(place("One", Kind.DISTRICT, 10.0, 19.0), place("Two", Kind.DISTRICT, 10.0, 21.0), radii())
    assert spot is not None
    assert (spot.lat, spot.lon) == pytest.approx((10.0, 20.0))
    assert spot.radius_km > 100
