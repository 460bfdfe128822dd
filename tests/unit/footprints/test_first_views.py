"""The scenes of made-up documents of every spread, and how many places an estimate lets stand singly in them."""

from __future__ import annotations

import first_views
import numpy as np
import pytest

from mapgen.footprints import crowding, scene
from mapgen.geodesy import unwrap
from mapgen.model import Frame, ParsedDocument


def inside(frame: Frame, document: ParsedDocument) -> list[int]:
    """The numbers of the places whose points lie in a frame."""
    south, west, north, east = frame
    return [
        int(place.id.removeprefix("own:"))
        for place, _ in document.places
        if south <= place.lat <= north and west <= unwrap(place.lon, (west + east) / 2) <= east
    ]


def estimated(frame: Frame, document: ParsedDocument, size: crowding.MapSize) -> float:
    """The part of the places in a frame that stand singly."""
    south, west, north, east = frame
    chosen = [document.places[number] for number in inside(frame, document)]
    lat = np.array([place.lat for place, _ in chosen])
    lon = np.array([unwrap(place.lon, (west + east) / 2) for place, _ in chosen])
    corners = crowding.mercator(np.array([north, south]), np.array([west, east]))
    width, height = (float(side) for side in corners[1] - corners[0])
    mentions = np.array([len(toponyms) for _, toponyms in chosen])
    zoom = crowding.zoom_for(width, height, size)
    return float(crowding.single(crowding.mercator(lat, lon), mentions, zoom).mean())


@pytest.mark.parametrize("size", [crowding.WIDE, crowding.NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", sorted(first_views.TEXTS.keys() - {"150 places"}))
def test_most_places_of_a_scene_stand_singly(name: str, size: crowding.MapSize) -> None:
    document = first_views.parsed(name)
    frame = scene(document.toponyms, size=size)
    assert frame is not None
    assert estimated(frame, document, size) >= size.least
    held = inside(frame, document)
    mentions = [len(toponyms) for _, toponyms in document.places]
    assert sum(mentions[number] for number in held) >= 0.5 * sum(mentions)


@pytest.mark.parametrize(("name", "far"), [("a false place far away", {7}), ("a false place in the country", {9})])
def test_a_lone_outlier_is_left_to_the_edge(name: str, far: set[int]) -> None:
    document = first_views.parsed(name)
    assert document.scene is not None
    assert set(inside(document.scene, document)) == set(range(len(document.places))) - far


def test_estimates_do_not_widen_the_scene() -> None:
    document = first_views.parsed("estimates")
    assert document.scene is not None
    assert inside(document.scene, document) == list(range(8))


def test_a_vast_place_reaches_no_further_than_its_neighbours_spread() -> None:
    document = first_views.parsed("county")
    assert document.scene is not None
    south, _, north, _ = document.scene
    lats = [place.lat for place, _ in document.places]
    assert north - south < 1.6 * (max(lats) - min(lats))


def test_a_single_place_is_shown_with_its_surroundings() -> None:
    frame = first_views.parsed("one place").scene
    assert frame is not None
    assert 0.15 < frame[2] - frame[0] < 0.4


def test_a_narrow_map_gets_a_part_of_the_scene() -> None:
    document = first_views.parsed("country")
    wide, narrow = (scene(document.toponyms, size=size) for size in (crowding.WIDE, crowding.NARROW))
    assert wide is not None
    assert narrow is not None
    assert set(inside(narrow, document)) < set(inside(wide, document))


def test_many_places_at_one_point_are_gathered_and_few_are_not() -> None:
    def alone(count: int, zoom: float) -> int:
        return int(crowding.single(np.zeros((count, 2)), np.ones(count, dtype=np.int64), zoom).sum())

    assert alone(3, 5.0) == 3
    assert alone(40, 5.0) == 0
    assert alone(40, crowding.UNGATHERED_ZOOM) == 40


def test_what_touches_a_crowd_is_gathered_with_it() -> None:
    points = np.array([[0.0, 0.0]] * 20 + [[20.0, 0.0], [200.0, 0.0]])
    alone = crowding.single(points, np.ones(22, dtype=np.int64), 0.0)
    assert alone.tolist() == [False] * 21 + [True]


def test_very_many_places_are_gathered_by_cells() -> None:
    points = np.array([[1.0, 1.0], [crowding.CELL - 1.0, 1.0], [crowding.CELL + 1.0, 1.0]])
    assert crowding.single(points, np.ones(3, dtype=np.int64), 0.0, many=True).tolist() == [False, False, True]


def test_the_zoom_fills_the_map_in_quarters_and_has_an_end() -> None:
    size = crowding.MapSize(512.0, 512.0, 0.8)
    assert crowding.zoom_for(256.0, 128.0, size) == 1.0
    assert crowding.zoom_for(200.0, 1.0, size) == 1.25
    assert crowding.zoom_for(1e-12, 0.0, size) == crowding.UNGATHERED_ZOOM


def test_a_text_about_the_world_shows_all_its_places_cut_at_the_widest_gap() -> None:
    document = first_views.parsed("world")
    assert document.scene is not None
    south, west, north, east = document.scene
    assert len(inside(document.scene, document)) == len(document.places)
    assert -60.0 <= south <= -40.0 and 60.0 <= north <= 80.0
    assert 180.0 < east - west <= 360.0
