"""Places of a box: the arrays give what a scan of one place after the other gives."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.space import largest_in_box, members_in_box, nearest_in_box
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.geodesy import distance_km
from mapgen.model import Kind


def layer(seed: int, count: int, south: float = -90, west: float = -180, high: float = 180, wide: float = 360) -> Layer:
    chance = random.Random(seed)
    city = KINDS.index(Kind.CITY)
    entries = [
        Entry(
            pk, "", "t", f"N{pk}", city, "IT", chance.uniform(south, south + high),
            (chance.uniform(west, west + wide) + 180) % 360 - 180,
            chance.choice([0, 10, 10, 5000, 90000]), "", (), geonameid=pk,
        )
        for pk in range(1, count)
    ]  # fmt: skip
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    write_entries(connection, entries)
    return Layer(lambda: connection)


@pytest.fixture(scope="module")
def layers() -> Iterator[list[Layer]]:
    """Two, which have half of the keys in common, with other populations."""
    made = [layer(1, 400), layer(2, 200)]
    yield made
    for each in made:
        each.close()


@given(
    st.floats(-90, 80), st.floats(0, 100), st.floats(-180, 180), st.floats(0, 360), st.sampled_from([0, 10, 5000]),
    st.sampled_from([0, 1, 7, 1000]),
)  # fmt: skip
def test_the_largest_of_a_box_are_those_of_a_scan(
    layers: list[Layer], south: float, high: float, west: float, wide: float, least: int, limit: int
) -> None:
    box = (south, west, min(90.0, south + high), west + wide)
    found: dict[int, int] = {}
    for pk, _, _, population in members_in_box(layers, *box):
        if population >= least:
            found[pk] = max(population, found.get(pk, 0))
    expected = sorted(found, key=lambda pk: (-found[pk], pk))[:limit]
    assert largest_in_box(layers, box, min_population=least, limit=limit) == expected


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (48.5, 2.5), (-17.0, 179.8), (71.0, -179.9), (87.0, 20.0)])
def test_the_nearest_of_a_box_come_in_the_order_of_a_scan(lat: float, lon: float) -> None:
    crowd = [layer(3, 300, lat - 0.6, lon - 0.6, 1.2, 1.2), layer(4, 90, lat - 0.6, lon - 0.6, 1.2, 1.2)]
    members = members_in_box(crowd, lat - 0.4, lon - 0.5, lat + 0.4, lon + 0.5)
    scan = sorted((distance_km(lat, lon, there_lat, there_lon), pk) for pk, there_lat, there_lon, _ in members)
    assert len(scan) > 60
    assert list(nearest_in_box(crowd, lat, lon, north=0.4, east=0.5)) == [pk for _, pk in scan]
