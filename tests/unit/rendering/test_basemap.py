from __future__ import annotations

from mapgen.rendering.basemap import WORLD, basemap, windows
from mapgen.rendering.polylines import ALPHABET

SYRIA = (32.7, 35.0, 37.1, 39.9)


def test_the_world_comes_first_and_the_scene_last() -> None:
    chosen = windows(SYRIA, [(55.75, 37.6), (36.2, 37.1), (38.9, -77.0)])
    assert chosen[0].frame == WORLD
    south, west, north, east = chosen[-1].frame
    assert south < SYRIA[0] and west < SYRIA[1] and north > SYRIA[2] and east > SYRIA[3]
    assert len(chosen) == 4, "Moscow and Washington have windows of their own, Aleppo lies in the scene"


def test_a_text_that_names_the_whole_earth_has_few_windows() -> None:
    chosen = windows(WORLD, [(lat, lon) for lat in range(-60, 70, 10) for lon in range(-170, 180, 20)])
    assert len(chosen) < 12


def test_without_a_scene_there_is_the_world() -> None:
    assert [window.frame for window in windows(None, [])] == [WORLD]


def test_layers_are_packed_and_small() -> None:
    layers = basemap(windows(SYRIA, []))
    size = sum(len(value) for layer in layers for value in layer.values() if isinstance(value, str))
    assert size < 200_000
    for layer in layers:
        assert set(layer) == {"frame", "q", "land", "lakes", "islands", "borders", "rivers"}
        assert set(layer["land"]) <= set(ALPHABET)
    assert layers[-1]["borders"] and layers[-1]["rivers"] and layers[-1]["lakes"]


def test_a_frame_across_the_antimeridian_has_land_on_both_sides() -> None:
    fiji = basemap(windows((-18.5, 177.0, -16.0, 181.0), []))[-1]
    assert fiji["frame"][3] > 180
    assert len(fiji["land"]) > 50
