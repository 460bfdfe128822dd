"""Divisions without a point of their own lie at the town of their name that a country pack has."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence

import pytest

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.pack_seats import with_seat
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.model import Kind


def entry(pk: int, name: str, kind: Kind, lat: float, lon: float, *, admin1: str = "04", radius: int = 0) -> Entry:
    return Entry(
        pk, "", "GeoNames", name, KINDS.index(kind), "MZ", lat, lon, 0, admin1, [], "", 1, inherited_km=radius
    )  # fmt: skip


def pack(towns: Sequence[Entry]) -> Layer:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create_tables(connection)
        write_entries(connection, towns)
        return Layer.in_memory(connection.serialize())


DISTRICT = entry(1, "Distrito de Mavago", Kind.DISTRICT, -13.0, 36.0, radius=190)


@pytest.mark.parametrize(
    ("towns", "point"),
    [
        ([entry(2, "Mavago", Kind.VILLAGE, -12.5, 36.5)], (-12.5, 36.5)),
        ([entry(2, "Mavago", Kind.VILLAGE, -12.5, 36.5), entry(3, "Mavago", Kind.VILLAGE, -12.6, 36.5)], (-12.5, 36.5)),
        ([entry(2, "Mavago", Kind.VILLAGE, -12.5, 36.5), entry(3, "Mavago", Kind.VILLAGE, -14.5, 36.5)], None),
        ([entry(2, "Mavago", Kind.VILLAGE, -12.5, 36.5, admin1="07")], None),
        ([entry(2, "Mavago", Kind.WATER, -12.5, 36.5)], None),
        ([entry(2, "Mavaga", Kind.VILLAGE, -12.5, 36.5)], None),
    ],
)
def test_a_division_lies_at_the_only_town_of_its_name_in_its_region(
    towns: Sequence[Entry], point: tuple[float, float] | None
) -> None:
    layer = pack(towns)
    found = with_seat(DISTRICT, [layer])
    layer.close()
    assert (found == DISTRICT) if point is None else ((found.lat, found.lon, found.inherited_km) == (*point, 0))
