"""Each format is read back by a tool that had no part in writing it: pandas, GDAL, gpxpy, lxml."""

import json
import sqlite3
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gpxpy
import pandas as pd
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mapgen.exports import FORMATS, convert
from mapgen.exports.rows import COLUMNS, rows
from mapgen.model import (
    Decision,
    Document,
    Footprint,
    FootprintType,
    ParsedDocument,
    Toponym,
)

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
SCHEMA = Path(__file__).parent / "tei.rng"
HOSTILE = 'a\x00\x1b</name>&"\ufffe]]><b>\r\n'


@pytest.fixture
def rich(parsed: ParsedDocument) -> ParsedDocument:
    """The document with lines, areas of several parts over the 180th meridian, and a name that is no place."""
    spans = ((32, 36),)
    shapes: tuple[dict[str, Any], ...] = (
        {"type": "LineString", "coordinates": [[179.0, 1.0], [181.0, 1.0], [182.0, 2.0]]},
        {
            "type": "MultiPolygon",
            "coordinates": [
                [[[0, 0], [4, 0], [4, 4], [0, 0]], [[1, 0.5], [2, 0.5], [2, 1], [1, 0.5]]],
                [[[10, 10], [11, 10], [11, 11], [10, 10]]],
            ],
        },
    )
    more = tuple(Footprint(type=FootprintType.CORRIDOR, geometry=shape, spans=spans, label=HOSTILE) for shape in shapes)
    first, second, third = parsed.toponyms
    third = replace(third, decision=Decision.NO_PLACE)
    context = Footprint(type=FootprintType.AREA, geometry=shapes[1], label="context")
    return replace(parsed, toponyms=(first, second, third), footprints=(*parsed.footprints, *more, context))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[ParsedDocument, str], Path]:
    def write(parsed: ParsedDocument, format_: str) -> Path:
        content = convert(parsed, format_)
        path = tmp_path / f"a{FORMATS[format_].suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


Written = Callable[[ParsedDocument, str], Path]


def layer(path: Path, name: str | None = None) -> tuple[dict[str, list[Any]], list[Any]]:
    """What GDAL reads: the values by column, and the geometries."""
    with warnings.catch_warnings():
        # pyogrio's own, with NumPy 2.5: its columns of dates.
        warnings.filterwarnings("ignore", "The 'generic' unit for NumPy timedelta is deprecated", DeprecationWarning)
        meta, _, shapes, values = pyogrio.raw.read(path, layer=name)
    columns = {field: list(column) for field, column in zip(meta["fields"], values, strict=True)}
    return columns, [shapely.from_wkb(each) for each in shapes]


def test_csv_is_read_by_pandas(rich: ParsedDocument, file: Written) -> None:
    frame = pd.read_csv(file(rich, "csv"))
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["text"]) == ["Moscou", "Alep", "Xyz"]
    assert frame["lat"].tolist()[:2] == [55.75222, 36.20124]
    assert frame["decision"].tolist()[2] == "no-place"


def test_json_lines_are_read_by_pandas(rich: ParsedDocument, file: Written) -> None:
    frame = pd.read_json(file(rich, "jsonl"), lines=True)
    assert set(frame.columns) == set(COLUMNS)
    assert frame["place_id"].tolist()[:2] == ["gn:524901", "gn:170063"]


def test_geojson_is_read_by_gdal(rich: ParsedDocument, file: Written) -> None:
    columns, shapes = layer(file(rich, "geojson"))
    assert columns["text"][:3] == ["Moscou", "Alep", "Xyz"]
    assert (shapes[1].x, shapes[1].y, shapes[2]) == (37.16117, 36.20124, None)
    assert [each.geom_type for each in shapes[3:]] == ["Polygon", "LineString", "MultiPolygon"]


def test_kml_is_read_by_gdal(rich: ParsedDocument, file: Written) -> None:
    path = file(rich, "kml")
    names = [name for name, _ in pyogrio.list_layers(path)]
    columns, shapes = layer(path, names[0])
    assert columns["Name"] == ["Moscow", "Alep"]
    assert (shapes[1].x, shapes[1].y) == (37.16117, 36.20124)
    columns, shapes = layer(path, "footprints")
    assert [each.geom_type for each in shapes] == ["Polygon", "LineString", "MultiPolygon"]
    assert [len(polygon.interiors) for polygon in shapes[2].geoms] == [1, 0]
    assert columns["Name"][0] == "près d'Alep"


def test_gpx_is_read_by_gpxpy(rich: ParsedDocument, file: Written) -> None:
    gpx = gpxpy.parse(file(rich, "gpx").read_text(encoding="utf-8"))
    assert gpx.name == "Essai"
    assert [(point.name, point.latitude, point.longitude, point.type) for point in gpx.waypoints] == [
        ("Moscow", 55.75222, 37.61556, "city"), ("Alep", 36.20124, 37.16117, "city"),
    ]  # fmt: skip
    assert gpx.waypoints[1].description == "On se bat près d'Alep."
    assert gpx.waypoints[1].source == "GeoNames gn:170063"
    assert gpx.waypoints[1].link == "https://www.geonames.org/170063"
    ring, line, areas = gpx.tracks
    assert (ring.name, ring.type) == ("près d'Alep", "ring")
    # Cut where it crosses the 180th meridian; a point alone is no line.
    assert [[(point.longitude, point.latitude) for point in part.points] for part in line.segments] == [
        [(-179.0, 1.0), (-178.0, 2.0)]
    ]
    assert [len(part.points) for part in areas.segments] == [4, 4, 4]


def test_gpx_longitudes_lie_in_the_world(parsed: ParsedDocument) -> None:
    moscow = parsed.toponyms[0]
    assert moscow.place is not None
    assert moscow.resolution is not None
    at_the_edge = replace(moscow, resolution=replace(moscow.resolution, place=replace(moscow.place, lon=180.0)))
    gpx = gpxpy.parse(str(convert(replace(parsed, toponyms=(at_the_edge,)), "gpx")))
    assert gpx.waypoints[0].longitude == -180.0


def test_gpkg_is_read_by_gdal(rich: ParsedDocument, file: Written) -> None:
    path = file(rich, "gpkg")
    assert dict(pyogrio.list_layers(path)) == {"mentions": "Point", "footprints": "Unknown"}
    columns, shapes = layer(path, "mentions")
    assert list(columns) == list(COLUMNS)
    assert columns["text"] == ["Moscou", "Alep", "Xyz"]
    assert columns["start"] == [0, 32, 51]
    assert columns["decision"] == [None, None, "no-place"]
    assert columns["geonameid"][:2] == [524901, 170063]
    assert (shapes[1].x, shapes[1].y, shapes[2]) == (37.16117, 36.20124, None)
    columns, shapes = layer(path, "footprints")
    assert [each.geom_type for each in shapes] == ["Polygon", "LineString", "MultiPolygon"]
    assert columns["approximate"] == [True, True, True]
    info = pyogrio.read_info(path, layer="mentions")
    assert info["crs"] == "EPSG:4326"
    assert tuple(info["total_bounds"]) == (37.16117, 36.20124, 37.61556, 55.75222)
    assert tuple(pyogrio.read_info(path, layer="footprints")["total_bounds"]) == (0.0, 0.0, 182.0, 11.0)


def test_gpkg_has_each_value_in_the_column_of_its_name(rich: ParsedDocument, file: Written) -> None:
    connection = sqlite3.connect(file(rich, "gpkg"))
    connection.row_factory = sqlite3.Row
    try:
        found = [dict(row) for row in connection.execute("SELECT * FROM mentions ORDER BY fid")]
    finally:
        connection.close()
    expected = list(rows(rich))
    assert any(row["relation"] for row in expected)
    assert [{name: row[name] for name in COLUMNS} for row in found] == expected


def test_gpkg_is_a_geopackage_by_the_letter(rich: ParsedDocument, file: Written) -> None:
    path = file(rich, "gpkg")
    assert path.read_bytes()[68:72] == b"GPKG"
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        systems = {row[0] for row in connection.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        contents = connection.execute("SELECT table_name, data_type, last_change, srs_id FROM gpkg_contents").fetchall()
        headers = [row[0][:8] for row in connection.execute("SELECT geom FROM mentions WHERE geom IS NOT NULL")]
    connection.close()
    assert {-1, 0, 4326} <= systems
    assert contents == [
        ("mentions", "features", "1970-01-01T00:00:00.000Z", 4326),
        ("footprints", "features", "1970-01-01T00:00:00.000Z", 4326),
    ]
    assert set(headers) == {b"GP\0\x01\xe6\x10\0\0"}


def test_tei_is_valid_and_holds_places_and_names(rich: ParsedDocument, file: Written) -> None:
    root = etree.parse(file(rich, "tei")).getroot()
    etree.RelaxNG(etree.parse(SCHEMA)).assertValid(root)
    body = root.find("t:text/t:body", TEI)
    assert body is not None
    assert "".join(body.itertext()) == rich.document.text
    names = body.findall(".//t:placeName", TEI)
    assert [(name.text, name.get("type"), name.get("ref"), name.get("cert")) for name in names] == [
        ("Moscou", "metonymic", "#place-1", "0.9877"), ("Alep", "literal", "#place-2", "0.9000"),
    ]  # fmt: skip
    assert [name.text for name in body.findall(".//t:name[@type='no-place']", TEI)] == ["Xyz"]
    (alep,) = root.xpath("//t:place[@xml:id='place-2']", namespaces=TEI)
    assert [name.text for name in alep.findall("t:placeName", TEI)] == ["Alep", "Aleppo"]
    assert alep.findtext("t:location/t:geo", namespaces=TEI) == "36.20124 37.16117"
    assert alep.find("t:country", TEI).get("key") == "SY"
    assert [each.text for each in alep.findall("t:idno", TEI)] == ["gn:170063", "https://sws.geonames.org/170063/"]


def test_tei_of_a_text_without_a_place_is_valid(parsed: ParsedDocument) -> None:
    for date in ("", "2021", "2021-10", "2021-10-11", "soon"):
        bare = replace(parsed, toponyms=(), document=replace(parsed.document, title="", date=date, language=""))
        root = etree.fromstring(str(convert(bare, "tei")).encode())
        etree.RelaxNG(etree.parse(SCHEMA)).assertValid(root)
        assert root.find("t:standOff", TEI) is None


@pytest.mark.parametrize("text", ["\u00a0\nHere.\n\u2028\n\u00a0There.\x0c \n", "", " \n"])
def test_no_space_that_xml_does_not_know_stands_between_paragraphs(text: str) -> None:
    root = etree.fromstring(str(convert(ParsedDocument(document=Document(text=text)), "tei")).encode())
    etree.RelaxNG(etree.parse(SCHEMA)).assertValid(root)
    assert "".join(root.find("t:text/t:body", TEI).itertext()) == text.replace("\x0c", "\ufffd")


def test_a_name_across_paragraphs_makes_them_one() -> None:
    text = "Near Khan\n\nCheikhoun.\n\nHere  Alep."
    names = [Toponym(start=5, end=20, text=text[5:20]), Toponym(start=29, end=33, text="Alep")]
    parsed = ParsedDocument(document=Document(text=text), toponyms=tuple(names))
    body = etree.fromstring(str(convert(parsed, "tei")).encode()).find("t:text/t:body", TEI)
    assert ["".join(each.itertext()) for each in body] == ["Near Khan\n\nCheikhoun.", "Here  Alep."]
    assert [each.text for each in body.iter("{*}placeName")] == ["Khan\n\nCheikhoun", "Alep"]


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip), st.data())
def test_any_text_stands_in_tei_at_the_offsets_it_has(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    spans = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if text[start:end].strip()]
    toponyms = tuple(
        Toponym(start=start, end=end, text=text[start:end])
        for start, end in spans
        if not text[start].isspace() and not text[end - 1].isspace()
    )
    parsed = ParsedDocument(document=Document(text=text, title=text), toponyms=toponyms)
    root = etree.fromstring(str(convert(parsed, "tei")).encode())
    etree.RelaxNG(etree.parse(SCHEMA)).assertValid(root)
    body = root.find("t:text/t:body", TEI)
    told = "".join(body.itertext())
    assert len(told) == len(text)
    assert all(one == two or two == "\ufffd" for one, two in zip(text, told, strict=True))
    at, found = 0, []
    for event, each in etree.iterwalk(body, events=("start", "end", "comment")):
        if event == "start":
            if each.tag.endswith("placeName"):
                found.append((at, at + len(each.text)))
            at += len(each.text or "")
        elif event == "end" and each is not body:
            at += len(each.tail or "")
    assert found == [toponym.span for toponym in toponyms]


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "table"])
def test_hostile_names_are_read_back_too(format_: str, rich: ParsedDocument, file: Written) -> None:
    first = rich.toponyms[0]
    assert first.place is not None
    assert first.resolution is not None
    place = replace(first.place, name=HOSTILE, source=HOSTILE, labels=())
    evil = replace(
        rich,
        toponyms=(replace(first, text=HOSTILE, resolution=replace(first.resolution, place=place)), *rich.toponyms[1:]),
        document=replace(rich.document, title=HOSTILE, source=HOSTILE),
    )
    path = file(evil, format_)
    match format_:
        case "csv":
            assert len(pd.read_csv(path)) == 3
        case "jsonl":
            assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["name"] == HOSTILE
        case "gpx":
            assert len(gpxpy.parse(path.read_text(encoding="utf-8")).waypoints) == 2
        case "tei":
            etree.RelaxNG(etree.parse(SCHEMA)).assertValid(etree.parse(path))
        case _:
            assert len(layer(path, pyogrio.list_layers(path)[0][0])[1]) >= 2


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_document_gives_the_same_bytes(format_: str, rich: ParsedDocument) -> None:
    assert convert(rich, format_) == convert(rich, format_)
    assert isinstance(convert(rich, format_), bytes) is FORMATS[format_].binary
