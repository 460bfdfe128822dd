"""Outlines from a handful of towns, and their cache on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point, shape

from mapgen.footprints import country_outline, outlines, region_outlines
from mapgen.gazetteer import Gazetteer


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Forget what is in memory, and count what is computed."""
    computed: list[str] = []
    compute = outlines._computed

    def counted(gazetteer: Gazetteer, country: str) -> Any:
        computed.append(country)
        return compute(gazetteer, country)

    monkeypatch.setattr(outlines, "_computed", counted)
    monkeypatch.setattr(outlines, "_known", type(outlines._known)())
    return computed


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


def test_computed_once_and_kept(kept: Gazetteer, forgetful: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = region_outlines(kept, "IT")
    assert region_outlines(kept, "IT") == first
    assert forgetful == ["IT"]
    monkeypatch.setattr(outlines, "_known", type(outlines._known)())
    assert region_outlines(kept, "IT") == first
    assert country_outline(kept, "IT") is not None
    assert forgetful == ["IT"]
    (file,) = files_of(kept)
    assert file.name == "IT.json"
    assert file.parent.name.startswith("gazetteer-0123456789ab-")
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {"country", "regions"}


@pytest.mark.parametrize("damage", [b"", b'{"country": ', b"[]", b'{"country": null}', b"\xff\xfe\x00"])
def test_a_damaged_file_is_made_anew(
    kept: Gazetteer, forgetful: list[str], monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    first = region_outlines(kept, "IT")
    (file,) = files_of(kept)
    whole = file.read_bytes()
    file.write_bytes(damage)
    monkeypatch.setattr(outlines, "_known", type(outlines._known)())
    assert region_outlines(kept, "IT") == first
    assert forgetful == ["IT", "IT"]
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(kept: Gazetteer, forgetful: list[str]) -> None:
    assert kept.path is not None
    (kept.path.parent / "outlines").write_text("a file where the folder should be", encoding="utf-8")
    assert set(region_outlines(kept, "IT")) == {"15", "14", "03", "02"}


@pytest.mark.parametrize("country", ["", "Z", "ZZ", "../x", "I/", "\u0130T"])
def test_what_is_no_country_has_no_outline_and_leaves_no_file(
    kept: Gazetteer, forgetful: list[str], country: str
) -> None:
    assert region_outlines(kept, country) == {}
    assert country_outline(kept, country) is None
    assert [file for file in files_of(kept) if file.name != "ZZ.json"] == []


def test_a_gazetteer_in_memory_keeps_nothing(tiny: Gazetteer, forgetful: list[str], tmp_path: Path) -> None:
    region_outlines(tiny, "IT")
    region_outlines(tiny, "IT")
    assert forgetful == ["IT"]
