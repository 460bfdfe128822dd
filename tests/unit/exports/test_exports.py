import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mapgen.errors import OptionError
from mapgen.exports import FORMATS, convert
from mapgen.exports.rows import COLUMNS, rows
from mapgen.model import (
    Division,
    Document,
    Footprint,
    FootprintType,
    Kind,
    MatchType,
    ParsedDocument,
    Place,
    Relation,
    RelationType,
    Resolution,
    Sense,
    Toponym,
)

TEXT = "Moscou accuse. On se bat près d'Alep. Le hameau de Xyz brûle."

MOSCOW = Place(
    id="gn:524901", source="GeoNames", name="Moscow", kind=Kind.CITY, country="RU", lat=55.75222, lon=37.61556,
    geonameid=524901,
)  # fmt: skip


@pytest.fixture
def parsed() -> ParsedDocument:
    alep = Place(
        id="gn:170063", source="GeoNames", name="Aleppo", kind=Kind.CITY, country="SY", lat=36.20124, lon=37.16117,
        geonameid=170063, labels=(("fr", "Alep"),),
        admin=(Division(id="iso:SY-HL", name="Halab", labels=(("fr", "Alep"),)),),
    )  # fmt: skip
    near = Relation(type=RelationType.NEAR, start=25, end=36, phrase="près d'Alep", anchors=((32, 36),))
    toponyms = (
        Toponym(
            start=0, end=6, text="Moscou", sense=Sense.METONYMIC,
            resolution=Resolution(
                place=MOSCOW,
                probability=0.98765, match=MatchType.EXACT, reasons=("capitale",),
            ),
        ),
        Toponym(
            start=32, end=36, text="Alep", relation=near,
            resolution=Resolution(place=alep, probability=0.9, match=MatchType.EXACT, reasons=("un", "deux")),
        ),
        Toponym(
            start=51, end=54, text="Xyz", cue="hameau", cue_kind=Kind.VILLAGE,
            resolution=Resolution(place=None, probability=0.0, reasons=("inconnu",)),
        ),
    )  # fmt: skip
    ring = Footprint(
        type=FootprintType.RING, geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        spans=((32, 36),), place_id="gn:170063", label="près d'Alep",
    )  # fmt: skip
    document = Document(text=TEXT, title="Essai", language="fr", source="a.txt", source_offset=7)
    return ParsedDocument(document=document, toponyms=toponyms, footprints=(ring,), language="fr")


def test_a_row_has_every_column_and_the_sentence_word_for_word(parsed: ParsedDocument) -> None:
    found = list(rows(parsed))
    assert all(list(row) and set(row) == set(COLUMNS) for row in found)
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
    evil = replace(parsed.toponyms[0], text="=HYPERLINK(1)")
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
    assert [p.findtext("k:name", namespaces=space) for p in root.iterfind(".//k:Placemark", space)] == [
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
