from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from mapgen.rendering.ground.rivers import courses


def _lines(*lines: list[tuple[float, float]]) -> Any:
    return np.array([shapely.LineString(line) for line in lines], dtype=object)


def test_a_river_cut_into_short_pieces_stays_whole() -> None:
    stem = [[(x / 10, 0.0), ((x + 1) / 10, 0.0)] for x in range(30)]
    kept = courses(_lines(*stem), least=1.0)
    assert shapely.length(kept).sum() == 3.0


def test_brooks_go_and_the_river_that_they_join_stays() -> None:
    stem = [[(0.0, 0.0), (1.0, 0.0)], [(1.0, 0.0), (1.2, 0.0)], [(1.2, 0.0), (3.0, 0.0)]]
    brooks = [[(1.0, 0.0), (1.0, 0.2)], [(1.2, 0.0), (1.2, 0.3)]]
    kept = courses(_lines(*stem, *brooks), least=0.9)
    assert len(kept) == 1
    assert shapely.length(kept).sum() == 3.0


def test_long_tributaries_stay() -> None:
    kept = courses(_lines([(0, 0), (2, 0)], [(2, 0), (4, 0)], [(2, 0), (2, 2)]), least=1.5)
    assert len(kept) == 3


def test_a_small_river_of_its_own_goes() -> None:
    assert len(courses(_lines([(0, 0), (0.1, 0.1)], [(5, 5), (9, 5)]), least=1.0)) == 1
    assert len(courses(_lines(), least=1.0)) == 0
