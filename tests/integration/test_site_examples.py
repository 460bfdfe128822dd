"""The examples of the documentation run, page by page and in their order.

A block with a title is a file of that name; `sh` blocks are commands, `python` blocks are run one after the other.
`console` blocks need a network or other packages and are only read.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from mapgen.cli import app
from mapgen.pipeline import Geoparser
from mapgen.reading import read

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = [
    page
    for page in sorted(DOCS.rglob("*.md"))
    if page.parent.name in ("how-to", "explanation") or page.stem.startswith(("tutorial", "index"))
]
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def own_home(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with the gazetteer of the tests, in which examples may keep files of places."""
    made = tmp_path / "home"
    made.mkdir()
    with Geoparser():  # builds it where it is not there yet
        pass
    for path in home.glob("gazetteer-*"):
        shutil.copy2(path, made / path.name)
    monkeypatch.setenv("MAPGEN_HOME", str(made))


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    yield from BLOCK.findall(page.read_text(encoding="utf-8"))


def run_command(line: str) -> str:
    words = shlex.split(line)
    assert words[0] == "mapgen", line
    done = CliRunner().invoke(app, words[1:])
    assert done.exit_code == 0, f"{line}\n{done.output}"
    return done.stdout


@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    names: dict[str, object] = {"__name__": "example"}
    for language, title, content in blocks(page):
        if title:
            (folder / title).write_text(content, encoding="utf-8")
        elif language == "sh":
            for line in content.splitlines():
                run_command(line)
        elif language == "python":
            exec(compile(content, str(page), "exec"), names)  # noqa: S102 - the examples of our own pages


def test_the_table_of_the_tutorial_is_what_is_printed(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for page in sorted(DOCS.glob("tutorial*.md")):
        found = list(blocks(page))
        (text,) = [content for _, title, content in found if title == "note.txt"]
        (table,) = [content for language, title, content in found if language == "text" and not title]
        (tmp_path / "note.txt").write_text(text, encoding="utf-8")
        # The names and places, not the digits of probabilities, which every training of the weights changes.
        printed, written = (
            [re.sub(r"\b[01]\.\d{4}\b", "p", line.rstrip()) for line in each.splitlines()]
            for each in (run_command("mapgen places note.txt"), table)
        )
        assert printed == written, page


def section(name: str) -> str:
    page = (DOCS / "reference" / "exports.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/exports.md has no section {name}"
    return found[1]


@pytest.fixture(scope="module")
def exported(home: Path) -> dict[str, str | bytes]:
    """A text with areas, an estimate and a relation in every format."""
    from mapgen.exports import FORMATS, convert

    with Geoparser(places=ROOT / "data" / "places.csv") as geoparser:
        parsed = geoparser.parse(read(ROOT / "data" / "dispatch.txt"))
    return {name: convert(parsed, name) for name in FORMATS}


def test_every_field_of_geojson_is_documented(exported: dict[str, str | bytes]) -> None:
    from mapgen.exports.rows import COLUMNS

    features = json.loads(exported["geojson"])["features"]
    named = [set(feature["properties"]) for feature in features]
    names = [fields for fields in named if "footprint" not in fields]
    assert all(fields == COLUMNS.keys() - {"lat", "lon"} for fields in names)
    drawn = [fields for fields in named if "footprint" in fields]
    assert drawn
    assert set().union(*drawn) == set(re.findall(r"`(\w+)`", section("geojson")))


def test_tables_have_the_documented_columns(exported: dict[str, str | bytes]) -> None:
    from mapgen.exports.rows import COLUMNS

    assert str(exported["csv"]).splitlines()[0].split(",") == list(COLUMNS)
    for line in str(exported["jsonl"]).splitlines():
        assert list(json.loads(line)) == list(COLUMNS)


def test_every_column_of_a_geopackage_is_documented(exported: dict[str, str | bytes]) -> None:
    from mapgen.exports.rows import COLUMNS

    assert isinstance(exported["gpkg"], bytes)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(exported["gpkg"])
    columns = {
        layer: [row[1] for row in connection.execute(f"PRAGMA table_info({layer})")]
        for layer in ("mentions", "footprints")
    }
    connection.close()
    assert set(columns["mentions"]) == {"fid", "geom", *COLUMNS}
    assert set(columns["footprints"]) <= set(re.findall(r"`(\w+)`", section("gpkg")))


def test_the_columns_of_the_terminal_are_documented(exported: dict[str, str | bytes]) -> None:
    head = str(exported["table"]).splitlines()[0].split()
    assert re.findall(r"`(\w+)`", section("table")) == head


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        ("kml", {"kml", "Document", "Placemark", "ExtendedData", "Data", "value", "Folder"}),
        ("gpx", {"gpx", "metadata", "trkseg", "trkpt"}),
        ("tei", {"TEI", "text", "body", "standOff"}),
    ],
)
def test_every_element_of_xml_is_documented(name: str, frame: set[str], exported: dict[str, str | bytes]) -> None:
    documented = set(re.findall(r"`(\w+)`", section(name)))
    root = ElementTree.fromstring(exported[name])  # noqa: S314 - our own
    geometry = {"Point", "coordinates", "LineString", "Polygon", "MultiGeometry", "LinearRing"}
    geometry |= {"outerBoundaryIs", "innerBoundaryIs"}
    for each in root.iter():
        tag = each.tag.rpartition("}")[2]
        if tag == "Data":
            assert each.get("name") in documented
        elif tag not in frame | geometry and not in_header(root, each):
            assert tag in documented, f"{name}: {tag}"


def in_header(root: ElementTree.Element, element: ElementTree.Element) -> bool:
    return any(element in header.iter() for header in root.iter() if header.tag.endswith("}teiHeader"))
