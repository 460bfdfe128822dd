from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

from rule_samples import place

from mapgen.model import Kind, Place
from mapgen.resolution.rules.anchors import DEFAULT_RADIUS_KM, LEAST_RADIUS_KM, Radii


def radius(region: Place, others: Sequence[Place] = (), towns: int = 0) -> float:
    rows = [(region.lat + 1.0, region.lon, region.admin1)] * towns
    return Radii(SimpleNamespace(cities_of=lambda _country: rows, regions=lambda _country: [region, *others]))(region)


REGION = place("Abc", Kind.REGION, 0.0, 20.0)
BESIDE = [replace(place(f"Beside {step}", Kind.REGION, 0.0, 20.0 + step), admin1=str(step)) for step in (2, 3, 4, 20)]


def test_a_region_with_towns_is_as_large_as_they_show() -> None:
    assert radius(REGION, BESIDE, towns=5) == 111.0


def test_a_region_without_towns_is_as_large_as_its_neighbours_leave_it() -> None:
    assert 260 < radius(REGION, BESIDE, towns=4) < 275


def test_regions_close_together_are_no_smaller_than_the_doubt_around_a_town() -> None:
    assert radius(REGION, [replace(BESIDE[0], lon=20.1)]) == LEAST_RADIUS_KM


def test_a_region_without_neighbours_has_the_usual_size() -> None:
    assert radius(REGION) == DEFAULT_RADIUS_KM
