"""Outlines from a handful of towns, and their cache on disk."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from mapgen.footprints import country_outline, district_outlines, outline, outlines, region_outlines
from mapgen.footprints.outline_files import Stored, geometry_modules
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.sql import query
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.model import Kind


@pytest.fixture
def computed(tiny: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The countries that were computed since the test began; nothing is in memory then."""
    tiny.caches.clear()
    countries: list[str] = []
    compute = outlines._computed

    def counted(gazetteer: Gazetteer, country: str) -> Stored:
        countries.append(country)
        return compute(gazetteer, country)

    monkeypatch.setattr(outlines, "_computed", counted)
    return countries


def files_of(gazetteer: Gazetteer) -> list[Path]:
    assert gazetteer.path is not None
    return [file for file in gazetteer.path.parent.rglob("*") if file.is_file()]


def test_islands_and_mainland(tiny: Gazetteer) -> None:
    regions = region_outlines(tiny, "IT")
    assert set(regions) == {"15", "14", "03", "02"}
    sicily, sardinia, calabria = (shape(regions[code]) for code in ("15", "14", "03"))
    assert sicily.contains(Point(14.0, 37.6))
    assert sardinia.contains(Point(9.0, 40.0))
    assert calabria.contains(Point(16.3, 39.0))
    assert not sicily.intersects(calabria)
    assert not sicily.intersects(sardinia)
    whole = shape(country_outline(tiny, "IT"))
    assert whole.contains(Point(14.0, 37.6))
    assert not whole.contains(Point(9.1, 42.2))  # Corsica, whose towns are French


def test_computed_once_and_kept(kept: Gazetteer, computed: list[str]) -> None:
    first = region_outlines(kept, "IT")
    assert region_outlines(kept, "IT") == first
    assert computed == ["IT"]
    kept.caches.clear()
    assert region_outlines(kept, "IT") == first
    assert country_outline(kept, "IT") is not None
    assert computed == ["IT"]
    (file,) = files_of(kept)
    assert file.name == "IT.json"
    assert file.parent.name.startswith("gazetteer-0123456789ab-")
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {"whole", "parts"}


@pytest.mark.parametrize("damage", [b"", b'{"whole": ', b"[]", b'{"whole": null}', b"\xff\xfe\x00"])
def test_a_damaged_file_is_made_anew(kept: Gazetteer, computed: list[str], damage: bytes) -> None:
    first = region_outlines(kept, "IT")
    (file,) = files_of(kept)
    whole = file.read_bytes()
    file.write_bytes(damage)
    kept.caches.clear()
    assert region_outlines(kept, "IT") == first
    assert computed == ["IT", "IT"]
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(kept: Gazetteer, computed: list[str]) -> None:
    assert kept.path is not None
    (kept.path.parent / "outlines").write_text("a file where the folder should be", encoding="utf-8")
    assert set(region_outlines(kept, "IT")) == {"15", "14", "03", "02"}


@pytest.mark.parametrize("country", ["", "Z", "ZZ", "../x", "I/", "\u0130T"])
def test_what_is_no_country_has_no_outline_and_leaves_no_file(
    kept: Gazetteer, computed: list[str], country: str
) -> None:
    assert region_outlines(kept, country) == {}
    assert country_outline(kept, country) is None
    assert [file for file in files_of(kept) if file.name != "ZZ.json"] == []


def test_a_gazetteer_in_memory_keeps_nothing(tiny: Gazetteer, computed: list[str], tmp_path: Path) -> None:
    region_outlines(tiny, "IT")
    region_outlines(tiny, "IT")
    assert computed == ["IT"]


SICILIANS = [  # name, province, latitude, longitude; facts of GeoNames
    ("Palermo", "PA", 38.132, 13.336),
    ("Cefalù", "PA", 38.039, 14.022),
    ("Corleone", "PA", 37.813, 13.302),
    ("Termini Imerese", "PA", 37.987, 13.696),
    ("Trapani", "TP", 38.018, 12.513),
    ("Marsala", "TP", 37.798, 12.434),
    ("Alcamo", "TP", 37.977, 12.964),
    ("Catania", "CT", 37.492, 15.070),
    ("Caltagirone", "CT", 37.238, 14.512),
    ("Messina", "ME", 38.194, 15.552),
    ("Milazzo", "ME", 38.221, 15.241),
    ("Enna", "", 37.567, 14.279),
]
PROVINCE = 2523918  # of Palermo, in GeoNames


def add_pack(gazetteer: Gazetteer, *, fetched: str = "2026-01-01", unknown: int = 0) -> Gazetteer:
    """The same gazetteer with a small pack of Sicily, of the first places no province being known."""
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    connection.executescript(query("packs"))
    village, district = KINDS.index(Kind.VILLAGE), KINDS.index(Kind.DISTRICT)
    entries = [
        Entry(
            2000 + number, "", "GeoNames", name, village, "IT", lat, lon, 0, "15", (),
            admin2=code if number >= unknown else "", geonameid=2000 + number,
        )
        for number, (name, code, lat, lon) in enumerate(SICILIANS)
    ]  # fmt: skip
    entries.append(
        Entry(PROVINCE, "", "GeoNames", "Palermo", district, "IT", 37.81, 13.58, 0, "15", (), admin2="PA",
              geonameid=PROVINCE)
    )  # fmt: skip
    write_entries(connection, entries)
    connection.execute("INSERT INTO divisions VALUES ('IT', '15.PA', ?)", (PROVINCE,))
    connection.execute("INSERT INTO packs VALUES ('IT', 'here', ?, ?, ?)", (fetched, len(entries), len(entries)))
    return Gazetteer([*gazetteer._layers, Layer(lambda: connection)], path=gazetteer.path)


def test_a_pack_divides_a_region_into_districts(kept: Gazetteer) -> None:
    with add_pack(kept) as packed:
        districts = {code: shape(geometry) for code, geometry in district_outlines(packed, "IT", "15").items()}
        sicily = shape(region_outlines(packed, "IT")["15"])
        province = packed.get(f"gn:{PROVINCE}")
        assert province is not None
        drawn = outline(packed, province)
    assert set(districts) == {"PA", "TP", "CT", "ME"}
    assert drawn is not None
    assert shape(drawn).equals(districts["PA"])
    for name, code, lat, lon in SICILIANS:
        if code:
            assert districts[code].buffer(0.03).contains(Point(lon, lat)), name
    assert sum(area.area for area in districts.values()) == pytest.approx(sicily.area, rel=1e-3)
    assert shape(drawn).intersection(sicily.boundary.buffer(1e-3)).area > 0
    assert districts["PA"].difference(sicily.buffer(1e-3)).is_empty
    assert districts["PA"].boundary.intersection(districts["TP"].boundary).length > 0.1


def test_no_districts_without_a_pack_or_without_codes(kept: Gazetteer) -> None:
    assert district_outlines(kept, "IT", "15") == {}
    with add_pack(kept, unknown=8) as packed:
        assert district_outlines(packed, "IT", "15") == {}
        assert district_outlines(packed, "IT", "99") == {}
        assert district_outlines(packed, "FR", "94") == {}


def test_a_replaced_pack_is_computed_anew_and_its_files_go(kept: Gazetteer) -> None:
    def names() -> set[str]:
        return {file.name for file in files_of(kept)}

    region_outlines(kept, "IT")
    for day in ("2026-01-01", "2026-02-02"):
        packed = add_pack(kept, fetched=day)
        region_outlines(packed, "IT")
        district_outlines(packed, "IT", "15")
        assert len(names()) == 3
        assert "IT.json" in names()
        before = names()
    region_outlines(add_pack(kept, fetched="2026-03-03"), "IT")
    assert len(names() & before) == 1
    packed.close()


def test_the_files_of_regions_stay_beside_each_other_without_a_pack_too(kept: Gazetteer) -> None:
    without = {"IT.json", "IT-15.json", "IT-14.json", "IT-03.json"}
    district_outlines(add_pack(kept), "IT", "15")
    for region in ("15", "14", "03"):
        district_outlines(kept, "IT", region)
    before = {file.name for file in files_of(kept)}
    assert without < before
    packed = add_pack(kept, fetched="2026-02-02")
    district_outlines(packed, "IT", "15")
    after = {file.name for file in files_of(kept)}
    assert without == before & after
    packed.close()


@pytest.mark.parametrize("region", ["", "..", "1/5", "\u0661"])
def test_what_is_no_region_leaves_no_file(kept: Gazetteer, region: str) -> None:
    with add_pack(kept) as packed:
        region_outlines(packed, "IT")
        before = files_of(kept)
        assert district_outlines(packed, "IT", region or "..") == {}
        assert files_of(kept) == before


def test_old_folders_go_when_a_new_one_is_made(kept: Gazetteer) -> None:
    assert kept.path is not None
    kept.path.touch()
    (kept.path.parent / "gazetteer-other.sqlite").touch()
    outlines_folder = kept.path.parent / "outlines"
    for name in ("gazetteer-gone-aaaa", "gazetteer-other-bbbb", "gazetteer-0123456789ab-cccc"):
        (outlines_folder / name).mkdir(parents=True)
        (outlines_folder / name / "IT.json").touch()
    long_ago = time.time() - 30 * 86400
    os.utime(outlines_folder / "gazetteer-0123456789ab-cccc", (long_ago, long_ago))
    region_outlines(kept, "IT")
    left = {folder.name for folder in outlines_folder.iterdir()}
    assert len(left) == 2
    assert "gazetteer-other-bbbb" in left


def test_a_region_without_a_town_has_the_cell_of_its_own_point(kept: Gazetteer) -> None:
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    region = KINDS.index(Kind.REGION)
    puglia = Entry(6, "iso:IT-67", "GeoNames", "Puglia", region, "IT", 40.83, 16.55, 0, "13", (), geonameid=6)
    write_entries(connection, [puglia])
    connection.execute("INSERT INTO divisions VALUES ('IT', '13', 6)")
    with Gazetteer([*kept._layers, Layer(lambda: connection)]) as more:
        assert shape(region_outlines(more, "IT")["13"]).contains(Point(16.5, 41.0))


def test_the_version_of_kept_outlines_covers_what_draws_them() -> None:
    names = {path.name for path in geometry_modules()}
    drawing = "cells coastlines districts geodesy geometry outlines packed planar projection territory"
    assert names >= {f"{name}.py" for name in drawing.split()}
    assert names.isdisjoint({"scene.py", "shapes.py", "crowding.py", "store.py"})
