"""Sizes of places by kind and inhabitants."""

from __future__ import annotations

from typing import cast

import pytest

from mapgen.footprints.extents import EXTENT_KM, REACH_KM, extent_km, reach_km
from mapgen.model import Kind, Place


def place(kind: Kind, population: int = 0) -> Place:
    return Place(id="own:x", source="t", name="X", kind=kind, country="IT", lat=37.5, lon=14.2, population=population)


def test_every_kind_has_an_extent_within_its_reach() -> None:
    assert set(EXTENT_KM) == set(REACH_KM) == set(Kind)
    for kind in Kind:
        assert 0.0 < extent_km(place(kind)) < reach_km(kind)


def test_inhabitants_say_more_than_the_kind() -> None:
    assert extent_km(place(Kind.CITY, 2_000_000)) > extent_km(place(Kind.CITY, 20_000)) > 0.5
    assert extent_km(place(Kind.VILLAGE, 10)) == extent_km(place(Kind.VILLAGE, 20))
    assert extent_km(place(Kind.CITY, 10**9)) == extent_km(place(Kind.CITY, 10**8))
    assert extent_km(place(Kind.REGION, 5_000_000)) == EXTENT_KM[Kind.REGION]


def test_a_kind_that_no_table_knows_has_a_size_too() -> None:
    new = cast("Kind", "reef")
    assert reach_km(new) == pytest.approx(extent_km(place(new)))
