from __future__ import annotations

import re

import first_views
import pytest

from mapgen.rendering.insets import globe, insets


def test_places_together_far_from_the_scene_make_an_inset() -> None:
    document = first_views.parsed("two scenes")
    (one,) = insets(document, "fr")
    assert {dot.number for dot in one.dots} == {16, 17, 18, 19}
    assert all(10 <= dot.x <= one.width - 10 and 25 <= dot.y <= one.height - 10 for dot in one.dots)
    south, west, north, east = one.frame
    for dot in one.dots:
        place, _ = document.places[dot.number]
        assert south < place.lat < north and west < place.lon < east
        assert dot.x == pytest.approx((place.lon - west) / (east - west) * one.width, abs=0.2)
    assert one.title.endswith(" +2")
    assert re.fullmatch(r"(M[-\d. ]+z)*", one.land) and one.lines.startswith("M")


@pytest.mark.parametrize("name", ["one place", "county", "a false place far away"])
def test_a_lone_far_place_makes_none(name: str) -> None:
    assert insets(first_views.parsed(name), "fr") == ()


def test_the_globe_faces_the_scene() -> None:
    one = globe((44.0, 4.0, 46.0, 6.0))
    assert one is not None and one.mark is not None
    assert abs(one.mark[0]) < 1.0  # pixels from the middle
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", one.land)]
    assert max(map(abs, numbers)) <= one.radius + 0.5
    assert len(one.land) < 6_000


@pytest.mark.parametrize("scene", [None, (-50.0, -120.0, 70.0, 150.0)])
def test_the_world_needs_no_globe(scene: tuple[float, float, float, float] | None) -> None:
    assert globe(scene) is None


def test_a_scene_across_the_antimeridian_has_a_globe() -> None:
    one = globe((-20.0, 170.0, -10.0, 195.0))
    assert one is not None and one.scene.startswith("M")
