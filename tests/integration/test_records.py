"""A file of several texts: each is analysed by itself, and all are on one map, with their places in the file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import mapgen
from mapgen.exports import FORMATS, convert

ROWS = [
    {"texte": "Un train relie Limoges à Brive-la-\nGaillarde. Le maire de Limoges s'en réjouit.", "lang": "fr"},
    {"texte": "The ferry from Galway was late. Galway is in Ireland.", "lang": "en"},
    {"texte": "Des pluies tombent sur Agen, à 12 km de Nérac.", "lang": "fr"},
]


def parsed(tmp_path: Path, home: Path) -> mapgen.Parsed:
    path = tmp_path / "texts.json"
    path.write_text(json.dumps(ROWS), encoding="utf-8")
    with mapgen.Geoparser(home=home) as geoparser:
        document = mapgen.read(path)
        whole = geoparser.parse(document)
        alone = [geoparser.annotate(text) for text in document.texts()]
    assert [one.name for one in whole.toponyms] == [one.name for part in alone for one in part.toponyms]
    return whole


def test_offsets_names_and_addresses(tmp_path: Path, home: Path) -> None:
    whole = parsed(tmp_path, home)
    text = whole.document.text
    assert all(text[one.start : one.end] == one.text for one in whole.toponyms)
    assert [one.name for one in whole.toponyms] == ["Limoges", "Brive-la-Gaillarde", "Limoges", "Galway", "Galway",
                                                    "Ireland", "Agen", "Nérac"]  # fmt: skip
    relation = whole.toponyms[-1].relation
    assert relation is not None
    assert text[relation.start : relation.end] == relation.phrase == "à 12 km de Nérac"
    rows = list(csv.DictReader(io.StringIO(str(convert(whole, "csv")))))
    assert [row["address"] for row in rows] == ["item=1"] * 3 + ["item=2"] * 3 + ["item=3"] * 2
    assert rows[1]["sentence"].startswith("Un train relie Limoges à Brive-la-Gaillarde.")


def test_every_export_and_the_page_hold_the_address(tmp_path: Path, home: Path) -> None:
    whole = parsed(tmp_path, home)
    for name in set(FORMATS) - {"gpkg"}:
        assert "item=2" in str(convert(whole, name)), name
    assert b"item=2" in bytes(convert(whole, "gpkg"))  # type: ignore[arg-type]
    page = whole.save(tmp_path / "p.html").read_text(encoding="utf-8")
    assert "article 2" in page


def test_a_correction_of_one_mention_counts_in_its_record(tmp_path: Path, home: Path) -> None:
    whole = parsed(tmp_path, home)
    galway = [one for one in whole.toponyms if one.name == "Galway"][1]
    path = tmp_path / "corrections.csv"
    row = f"texts.json,{galway.start},{galway.end},Galway,here,no-place"
    path.write_text(f"document,start,end,name,scope,decision\n{row}\n", encoding="utf-8")
    again = parsed_with(tmp_path, home, path)
    assert [one.place is None for one in again.toponyms if one.name == "Galway"] == [False, True]


def parsed_with(tmp_path: Path, home: Path, corrections: Path) -> mapgen.Parsed:
    with mapgen.Geoparser(home=home, corrections=corrections) as geoparser:
        return geoparser.parse(mapgen.read(tmp_path / "texts.json"))
