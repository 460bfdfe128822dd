import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mapgen.errors import OptionError
from mapgen.exports import FORMATS, convert
from mapgen.exports.rows import COLUMNS, rows
from mapgen.model import ParsedDocument


def test_a_row_has_every_column_and_the_sentence_word_for_word(parsed: ParsedDocument) -> None:
    found = list(rows(parsed))
    assert all(list(row) == list(COLUMNS) for row in found)
    assert [row["sentence"] for row in found] == ["Moscou accuse.", "On se bat près d'Alep.", "Le hameau de Xyz brûle."]
    assert found[1]["name"] == "Alep"
    assert (found[1]["gazetteer_name"], found[1]["region"], found[1]["relation"]) == ("Aleppo", "Alep", "near")
    assert found[1]["source_start"] == 39
    assert (found[2]["kind"], found[2]["lat"], found[2]["probability"]) == ("village", None, None)


def test_csv_is_read_back_by_the_standard_reader(parsed: ParsedDocument) -> None:
    read = list(csv.DictReader(io.StringIO(str(convert(parsed, "csv")))))
    assert [row["text"] for row in read] == ["Moscou", "Alep", "Xyz"]
    assert read[0]["probability"] == "0.9877"
    assert read[2]["lat"] == ""


def test_csv_cells_never_become_formulas(parsed: ParsedDocument) -> None:
    evil = replace(parsed.toponyms[0], text="=HYPERLINK(1)", name="=HYPERLINK(1)")
    read = list(csv.DictReader(io.StringIO(str(convert(replace(parsed, toponyms=(evil,)), "csv")))))
    assert read[0]["text"] == "'=HYPERLINK(1)"


def test_jsonl_is_one_object_a_line(parsed: ParsedDocument) -> None:
    lines = str(convert(parsed, "jsonl")).splitlines()
    assert [json.loads(line)["geonameid"] for line in lines] == [524901, 170063, None]


def test_geojson_puts_longitude_first_and_keeps_the_unplaced(parsed: ParsedDocument) -> None:
    features = json.loads(convert(parsed, "geojson"))["features"]
    assert features[1]["geometry"] == {"type": "Point", "coordinates": [37.16117, 36.20124]}
    assert features[2]["geometry"] is None
    assert features[3]["properties"]["footprint"] == "ring"


def test_kml_holds_the_places_and_survives_control_characters(parsed: ParsedDocument) -> None:
    hostile = replace(parsed, document=replace(parsed.document, title="a\x00</name>b"))
    root = ElementTree.fromstring(str(convert(hostile, "kml")))  # noqa: S314 - our own output
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert root.findtext("k:Document/k:name", namespaces=space) == "a\ufffd</name>b"
    assert [p.findtext("k:name", namespaces=space) for p in root.iterfind("k:Document/k:Placemark", space)] == [
        "Moscow",
        "Alep",
    ]
    assert root.findtext(".//k:coordinates", namespaces=space) == "37.61556,55.75222"


def test_the_table_is_aligned_and_shows_no_control_characters(parsed: ParsedDocument) -> None:
    evil = replace(parsed.toponyms[0], text="Mos\x1b[31mcou")
    lines = str(convert(replace(parsed, toponyms=(evil, *parsed.toponyms[1:])), "table")).splitlines()
    assert len(lines) == 4
    assert "\x1b" not in lines[1]
    assert (
        len({line.index(word) for line, word in zip(lines[1:], ("metonymic", "literal", "literal"), strict=True)}) == 1
    )


def test_every_format_has_a_suffix_and_an_unknown_one_is_named(parsed: ParsedDocument) -> None:
    assert len({format_.suffix for format_ in FORMATS.values()}) == len(FORMATS)
    with pytest.raises(OptionError, match="shapefile"):
        convert(parsed, "shapefile")
