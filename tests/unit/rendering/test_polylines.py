from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.rendering.polylines import ALPHABET, encode


def decode(packed: str, per_degree: int) -> list[list[tuple[float, float]]]:
    """The reader's side, as `static/polylines.js` does it."""
    numbers, value, shift = [], 0, 0
    for character in packed:
        digit = ALPHABET.index(character)
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            numbers.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lines, x, y, position = [], 0, 0, 0
    while position < len(numbers):
        count, line = numbers[position], []
        position += 1
        for _ in range(count):
            x, y = x + numbers[position], y + numbers[position + 1]
            position += 2
            line.append((x / per_degree, y / per_degree))
        lines.append(line)
    return lines


def test_lines_come_back_rounded() -> None:
    lines = [np.array([[35.1234, 36.0], [35.2, -36.5], [180.0, 85.05]]), np.array([[-180.0, -90.0], [0.0, 0.0]])]
    assert decode(encode(lines, per_degree=100), 100) == [
        [(35.12, 36.0), (35.2, -36.5), (180.0, 85.05)],
        [(-180.0, -90.0), (0.0, 0.0)],
    ]


def test_packed_as_the_readers_side_expects() -> None:
    lines = [np.array([[35.1234, 36.0], [35.2, -36.5], [180.0, 85.05]]), np.array([[-180.0, -90.0], [0.0, 0.0]])]
    assert (
        encode(lines, per_degree=100) == "Gw7GghHQllOgpc23XEhqmCjmiBgljBwyR"
    )  # the same stands in tests/js/lines.test.js


def test_points_that_fall_together_are_left_out() -> None:
    line = np.array([[1.0, 1.0], [1.0001, 1.0], [1.0, 1.0002], [2.0, 2.0]])
    assert decode(encode([line], per_degree=100), 100) == [[(1.0, 1.0), (2.0, 2.0)]]
    assert encode([line[:3]], per_degree=100) == ""
    assert encode([], per_degree=100) == ""


coordinates = st.tuples(st.integers(-180_000, 180_000), st.integers(-90_000, 90_000))


@given(st.lists(st.lists(coordinates, min_size=2, unique=True), max_size=4))
def test_any_lines_come_back(lines: list[list[tuple[int, int]]]) -> None:
    arrays = [np.array(line, dtype=float) / 1000 for line in lines]
    found = decode(encode(arrays, per_degree=1000), 1000)
    assert [len(line) for line in found] == [len(line) for line in lines]
    for got, wanted in zip(found, lines, strict=True):
        assert np.array(got) == pytest.approx(np.array(wanted) / 1000)
