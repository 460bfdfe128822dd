"""A tiny real gazetteer: the towns of two Italian islands, Calabria, Malta and Tunis; facts of GeoNames."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.model import Kind

TOWNS = [
    ("Palermo", "IT", "15", 38.132, 13.336, 668405),
    ("Catania", "IT", "15", 37.492, 15.070, 311584),
    ("Enna", "IT", "15", 37.567, 14.279, 28077),
    ("Messina", "IT", "15", 38.194, 15.552, 219948),
    ("Trapani", "IT", "15", 38.018, 12.513, 70547),
    ("Cagliari", "IT", "14", 39.231, 9.119, 154460),
    ("Sassari", "IT", "14", 40.725, 8.556, 127525),
    ("Nuoro", "IT", "14", 40.321, 9.331, 36672),
    ("Reggio Calabria", "IT", "03", 38.111, 15.662, 180353),
    ("Catanzaro", "IT", "03", 38.882, 16.601, 89364),
    ("Cosenza", "IT", "03", 39.299, 16.253, 67546),
    ("Potenza", "IT", "02", 40.644, 15.809, 67122),
    ("Matera", "IT", "02", 40.667, 16.604, 60436),
    ("Ajaccio", "FR", "94", 41.927, 8.737, 54364),
    ("Bastia", "FR", "94", 42.703, 9.450, 43675),
    ("Tunis", "TN", "38", 36.819, 10.166, 693210),
    ("Valletta", "MT", "60", 35.899, 14.515, 6794),
]


def entries() -> list[Entry]:
    city, country, region = (KINDS.index(kind) for kind in (Kind.CITY, Kind.COUNTRY, Kind.REGION))
    made = [
        Entry(1000 + number, "", "GeoNames", name, city, code, lat, lon, people, admin1, (), geonameid=1000 + number)
        for number, (name, code, admin1, lat, lon, people) in enumerate(TOWNS)
    ]
    made.append(Entry(1, "iso:IT", "GeoNames", "Italia", country, "IT", 42.83, 12.83, 60_000_000, "", (), geonameid=1))
    made.append(Entry(2, "iso:IT-82", "GeoNames", "Sicilia", region, "IT", 37.75, 14.25, 0, "15", (), geonameid=2))
    made.append(Entry(3, "iso:IT-88", "GeoNames", "Sardegna", region, "IT", 40.0, 9.0, 0, "14", (), geonameid=3))
    made.append(Entry(4, "iso:IT-78", "GeoNames", "Calabria", region, "IT", 39.0, 16.5, 0, "03", (), geonameid=4))
    made.append(Entry(5, "iso:IT-77", "GeoNames", "Basilicata", region, "IT", 40.5, 16.5, 0, "02", (), geonameid=5))
    return made


def open_tiny(path: Path | None) -> Gazetteer:
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    write_entries(connection, entries())
    divisions = [("IT", entry.admin1, entry.pk) for entry in entries() if entry.id.startswith("iso:IT-")]
    connection.executemany("INSERT INTO divisions VALUES (?, ?, ?)", divisions)
    connection.execute("INSERT INTO countries VALUES ('IT', 1)")
    return Gazetteer([Layer(lambda: connection)], path=path)


@pytest.fixture(scope="session")
def towns() -> list[tuple[str, str, str, float, float, int]]:
    """Name, country, first-level code, latitude, longitude and inhabitants."""
    return TOWNS


@pytest.fixture(scope="module")
def tiny() -> Iterator[Gazetteer]:
    with open_tiny(None) as opened:
        yield opened


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Gazetteer]:
    """The same with a place on disk, beside which outlines are kept."""
    with open_tiny(tmp_path / "gazetteer-0123456789ab.sqlite") as opened:
        yield opened
