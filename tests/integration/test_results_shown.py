"""How results show themselves, and the forms that other tools take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import mapgen
from mapgen.errors import OptionError
from mapgen.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def parsed(gazetteer: Gazetteer) -> mapgen.Parsed:
    return mapgen.Geoparser(gazetteer=gazetteer).parse("On se bat à Lyon, à Metz & dans le village de Vuorkala <b>.")


def test_reprs_are_one_short_line(parsed: mapgen.Parsed) -> None:
    shown = [repr(parsed), *map(repr, parsed.toponyms), *(repr(place) for place, _ in parsed.places)]
    assert all(len(line) < 250 and "\n" not in line for line in shown)
    assert "3 toponyms" in shown[0]
    assert "'Lyon'" in shown[1]


def test_a_notebook_shows_the_table(parsed: mapgen.Parsed) -> None:
    table = parsed._repr_html_()
    assert table.count("<tr>") == 4
    assert "<td>Metz</td>" in table
    assert "<b>" not in table


def test_results_can_be_kept_in_sets(parsed: mapgen.Parsed) -> None:
    assert len({parsed, parsed}) == 1
    assert {parsed: 1}[parsed] == 1


def test_forms_for_other_tools(parsed: mapgen.Parsed) -> None:
    content = parsed.to_dict()
    assert [row["text"] for row in content["toponyms"]] == ["Lyon", "Metz", "Vuorkala"]
    collection = parsed.to_geojson()
    assert collection["type"] == "FeatureCollection"
    shapes = [feature["geometry"] and feature["geometry"]["type"] for feature in collection["features"]]
    assert {"Point", None} <= set(shapes)  # a name without a place has no geometry


def test_a_geodataframe_has_a_point_a_placed_toponym(parsed: mapgen.Parsed) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed; it is no dependency")
    frame = parsed.to_geodataframe()
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.iloc[0].y == pytest.approx(parsed.toponyms[0].place.lat)  # type: ignore[union-attr]


@pytest.mark.parametrize("given", [Path("data/dispatch.txt"), "data/dispatch.txt", "C:\\texts\\a.docx", 12, None])
def test_what_is_no_text_is_told(given: Any, gazetteer: Gazetteer) -> None:
    geoparser = mapgen.Geoparser(gazetteer=gazetteer)
    for use in (geoparser.parse, geoparser.annotate, lambda text: geoparser.resolve(text, [])):
        with pytest.raises(OptionError, match=r"mapgen\.read|neither a text"):
            use(given)
