"""Populated places as arrays: the same whether some or all have been read."""

from __future__ import annotations

import numpy as np

from mapgen.gazetteer.cities import CityReader
from mapgen.gazetteer.layer import Layer


class _Rows(Layer):
    """A layer of a few cities that counts how it is read."""

    ROWS = ((2, 45.0, 9.0, "IT"), (5, 46.0, 7.0, "CH"), (9, -10.0, 179.5, "FJ"))

    def __init__(self) -> None:
        self.asked: list[str] = []

    def cities(self, pks: object) -> list[tuple[int, float, float, str]]:
        self.asked.append("some")
        return [row for row in reversed(self.ROWS) if row[0] in set(pks)]  # type: ignore[call-overload]

    def all_cities(self) -> object:  # type: ignore[override]
        self.asked.append("all")
        return iter(self.ROWS)


def test_some_and_all_give_the_same() -> None:
    layer = _Rows()
    reader = CityReader(layer)
    keys = np.array([2, 3, 9, 12])
    first = reader.of(keys)
    assert first.lat.tolist() == [45.0, -10.0]
    assert first.lon.tolist() == [9.0, 179.5]
    assert first.country.tolist() == ["IT", "FJ"]
    many = reader.of(np.arange(20_000))
    assert many.country.tolist() == ["IT", "CH", "FJ"]
    again = reader.of(keys)
    assert [column.tolist() for column in again] == [column.tolist() for column in first]
    assert layer.asked == ["some", "all"]
    assert len(CityReader(layer).of(np.array([], dtype=np.int64)).lat) == 0
