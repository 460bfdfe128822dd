"""The filter over the names of a layer passes every name that is there, and few others."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from mapgen.gazetteer.keys import key_numbers
from mapgen.gazetteer.name_filter import NameFilter, write_filter


@pytest.fixture
def names() -> list[str]:
    return [f"name {number}" for number in range(20_000)]


@pytest.fixture
def built(names: list[str]) -> NameFilter:
    connection = sqlite3.connect(":memory:")
    write_filter(connection, key_numbers("\n".join(names)))
    (bits,) = connection.execute("SELECT bits FROM name_filter").fetchone()
    connection.close()
    return NameFilter(bits)


def test_every_name_passes(names: list[str], built: NameFilter) -> None:
    assert built.passes(key_numbers("\n".join(names))).all()


def test_hardly_another_name_passes(built: NameFilter) -> None:
    others = key_numbers("\n".join(f"other {number}" for number in range(20_000)))
    assert built.passes(others).mean() < 0.001


def test_the_empty_list_passes(built: NameFilter) -> None:
    assert len(built.passes(np.empty(0, dtype=np.int64))) == 0
