"""The pieces of land that borders cut the world into."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from mapgen.footprints.coastlines import faces, read_lines


def land_of(box: tuple[float, float, float, float]) -> np.ndarray:
    return np.concatenate(faces(box))


def face_at(pieces: np.ndarray, lat: float, lon: float) -> int | None:
    found = np.flatnonzero(shapely.contains(pieces, shapely.Point(lon, lat)))
    assert len(found) <= 1
    return int(found[0]) if len(found) else None


def test_files_are_read_whole() -> None:
    for name, closed in (("gshhs", True), ("countries", False), ("states", False)):
        lines = read_lines(name)
        assert lines.lengths.sum() == len(lines.points)
        assert len(lines.starts) == len(lines.types) == len(lines.areas) == len(lines.boxes)
        assert (np.abs(lines.points[:, 1]) <= 90).all()
        if closed:
            big = int(lines.areas.argmax())
            ring = lines.points[lines.starts[big] : lines.starts[big] + lines.lengths[big]]
            assert ring[0] == pytest.approx(ring[-1])


def test_borders_part_neighbours() -> None:
    pieces = land_of((32.0, 30.0, 46.0, 39.0))
    capitals = {"Damas": (33.6, 36.4), "Beyrouth": (33.8, 35.6), "Amman": (31.95, 35.95), "Bagdad": (33.3, 44.4)}
    at = {name: face_at(pieces, *point) for name, point in capitals.items()}
    assert None not in at.values()
    assert len(set(at.values())) == 4
    assert face_at(pieces, 36.2, 37.2) == at["Damas"]
    assert face_at(pieces, 34.5, 34.0) is None  # the sea
    assert shapely.is_valid(pieces).all()


def test_borders_whose_ends_hang_loose_are_joined() -> None:
    pieces = land_of((19.0, 52.0, 50.0, 61.0))
    at = [face_at(pieces, *point) for point in ((56.9, 24.5), (55.3, 23.9), (58.6, 25.5), (53.9, 27.6), (55.7, 37.6))]
    assert len(set(at)) == 5  # Latvia, Lithuania, Estonia, Belarus, Russia
    assert None not in at


def test_states_of_large_countries_are_faces() -> None:
    pieces = land_of((-126.0, 30.0, -100.0, 50.0))
    at = [face_at(pieces, *point) for point in ((39.0, -105.5), (43.0, -107.5), (39.3, -116.6), (47.0, -109.6))]
    assert len(set(at)) == 4  # Colorado, Wyoming, Nevada, Montana
    assert None not in at


def test_land_across_the_antimeridian_is_one() -> None:
    pieces = land_of((170.0, 60.0, 195.0, 72.0))
    assert face_at(pieces, 67.0, 178.0) == face_at(pieces, 66.5, 183.0) is not None
    again = land_of((-190.0, 60.0, -165.0, 72.0))
    assert face_at(again, 67.0, -182.0) == face_at(again, 66.5, -177.0) is not None


def test_the_open_sea_has_no_land() -> None:
    assert len(land_of((-40.0, 20.0, -35.0, 25.0))) == 0


def test_borders_of_countries_alone_cut_no_states_and_leave_out_large_lakes() -> None:
    pieces = np.concatenate(faces((-91.0, 41.0, -84.5, 45.5), "i", ("countries",)))
    illinois, wisconsin, michigan = (face_at(pieces, *at) for at in ((41.9, -88.5), (43.1, -89.0), (43.0, -85.5)))
    assert illinois is not None
    assert illinois == wisconsin == michigan
    assert face_at(pieces, 43.0, -87.0) is None  # Lake Michigan
    assert shapely.is_valid(pieces).all()
