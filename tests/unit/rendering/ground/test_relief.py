from __future__ import annotations

import io

import numpy as np
from PIL import Image

from mapgen.rendering.ground.relief import MIDDLE, packed_relief, relief_image

ALPS = (44.5, 6.0, 48.0, 13.0)


def _pixels(image: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.asarray(Image.open(io.BytesIO(image)).convert("L"), dtype=np.int16)


def test_mountains_have_shadow_and_light_and_the_edge_none() -> None:
    found = relief_image(ALPS)
    assert found is not None
    pixels = _pixels(found.image)
    assert pixels.std() > 10.0
    assert np.abs(pixels[:2] - MIDDLE).max() < 12
    assert np.abs(pixels[:, -2:] - MIDDLE).max() < 12
    assert abs(pixels.mean() - MIDDLE) < 6.0, "flat land keeps the colour of the page"
    assert len(found.image) < 45_000


def test_the_sea_has_no_relief() -> None:
    assert relief_image((20.0, -45.0, 30.0, -35.0)) is None
    found = relief_image((39.0, 2.0, 43.5, 10.0))
    assert found is not None
    pixels = _pixels(found.image)
    south, west, north, east = found.frame
    column = round((6.0 - west) / (east - west) * pixels.shape[1])
    row = round((1 - (45.0 - south) / (north - south)) * pixels.shape[0])
    assert np.abs(pixels[row - 3 : row + 3, column - 3 : column + 3] - MIDDLE).max() < 8


def test_a_small_scene_has_none() -> None:
    assert packed_relief((48.8, 2.2, 49.0, 2.5)) is None
    assert packed_relief(None) is None


def test_the_frame_holds_the_scene_and_crosses_the_antimeridian() -> None:
    found = relief_image((-20.0, 174.0, -12.0, 186.0))
    assert found is not None
    assert found.frame[1] < 174.0 and found.frame[3] > 186.0
    world = relief_image((-45.0, -120.0, 65.0, 150.0))
    assert world is not None
    assert world.frame[1] == -180.0 and world.frame[3] == 180.0
    assert len(world.image) < 45_000


def test_the_same_scene_gives_the_same_bytes() -> None:
    first = packed_relief(ALPS)
    relief_image.cache_clear()
    assert packed_relief(ALPS) == first
