"""The division of an area among labelled points."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapgen.footprints.cells import split

SQUARE = shapely.box(0, 0, 100, 100)
POINTS = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from("abcd")),
    min_size=1,
    max_size=40,
    unique_by=lambda point: point[:2],
)


def parts_of(points: list[tuple[float, float, str]]) -> dict[str, shapely.Geometry]:
    xy = np.array([point[:2] for point in points], dtype=float)
    labels = np.array([point[2] for point in points], dtype=object)
    pieces = split(SQUARE, xy, labels)
    return {label: shapely.union_all([area for own, area in pieces if own == label]) for label, _ in pieces}


def test_one_label_has_all() -> None:
    assert parts_of([(10, 10, "a"), (90, 90, "a")])["a"].equals(SQUARE)


def test_two_points_halve_the_square() -> None:
    parts = parts_of([(25, 50, "a"), (75, 50, "b")])
    assert parts["a"].area == pytest.approx(5000, rel=0.01)
    assert parts["b"].area == pytest.approx(5000, rel=0.01)
    assert parts["a"].contains(shapely.Point(10, 50))


def test_a_point_among_others_keeps_its_cell() -> None:
    around = [(50 + 12 * x, 50 + 12 * y, "a") for x in range(-3, 4) for y in range(-3, 4) if x or y]
    parts = parts_of([*around, (50, 50, "b")])
    assert parts["b"].area == pytest.approx(144, rel=0.3)
    assert parts["b"].contains(shapely.Point(50, 50))


def test_a_speck_of_a_label_is_given_to_what_surrounds_it() -> None:
    points = [(float(x), float(y), "a" if x < 50 else "b") for x in range(2, 100, 4) for y in range(2, 100, 4)]
    points = [(x, y, "b" if (x, y) == (22.0, 50.0) else label) for x, y, label in points]
    parts = parts_of(points)
    assert parts["a"].contains(shapely.Point(22, 50))
    assert parts["b"].geom_type == "Polygon"


def test_seams_are_smooth() -> None:
    # The seam between two rows of points that are set off against each other zigzags.
    points = [(float(x), 46.0 + 6 * (x % 20 == 0), "a") for x in range(0, 101, 10)]
    points += [(float(x), 64.0 - 6 * (x % 20 == 5), "b") for x in range(-5, 111, 10)]
    seam = shapely.intersection(*(shapely.boundary(area) for area in parts_of(points).values()))
    seam = shapely.intersection(seam, shapely.box(1, 1, 99, 99))
    assert 97 < seam.length < 101
    cells = shapely.voronoi_polygons(shapely.MultiPoint([point[:2] for point in points]), ordered=True)
    rough = shapely.union_all(
        [cell for cell, point in zip(shapely.get_parts(cells), points, strict=True) if point[2] == "a"]
    )
    zigzag = shapely.intersection(rough.boundary, shapely.box(1, 20, 99, 90))
    assert seam.length < 0.97 * zigzag.length


@settings(max_examples=60, deadline=None)
@given(POINTS)
def test_the_parts_are_the_whole(points: list[tuple[int, int, str]]) -> None:
    scaled = [(x / 10, y / 10, label) for x, y, label in points]
    parts = parts_of(scaled)
    assert sum(area.area for area in parts.values()) == pytest.approx(10000, rel=1e-6)
    assert shapely.union_all(list(parts.values())).area == pytest.approx(10000, rel=1e-6)
    assert set(parts) == {label for _, _, label in points}
