"""JSON, JSON lines, CSV and Excel: a text a row, from one of its fields."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from mapgen.errors import DocumentError
from mapgen.model import Document
from mapgen.reading import read

ROWS = [
    {"id": "a", "title": "Crue", "body": "La Loire déborde à Digoin et à Decize.", "url": "https://example.org/paris"},
    {"id": "b", "title": "Feu", "body": "Un incendie à Millau.", "date": "2019-07-02", "lang": "fr"},
]


def read_json(value: object, **options: str) -> Document:
    return read(io.BytesIO(json.dumps(value).encode()), **options)


def texts(document: Document) -> list[str]:
    return [each.text for each in document.texts()]


def test_an_array_of_objects() -> None:
    document = read_json(ROWS)
    assert texts(document) == ["Crue\n\nLa Loire déborde à Digoin et à Decize.", "Feu\n\nUn incendie à Millau."]
    assert [record.title for record in document.records] == ["Crue", "Feu"]
    assert (document.records[1].date, document.records[1].language) == ("2019-07-02", "fr")
    assert str(document.address(document.text.index("Millau"))) == "item=2"
    assert document.notes == ("the texts are read from the fields 'title' and 'body'; --field names another",)


def test_json_lines_name_their_lines() -> None:
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    document = read(io.BytesIO(lines.encode()), field="body")
    assert texts(document) == ["La Loire déborde à Digoin et à Decize.", "Un incendie à Millau."]
    assert [str(document.address(record.start)) for record in document.records] == ["line=1", "line=3"]
    assert document.notes == ()


def test_one_object_is_one_text() -> None:
    document = read_json({"article": {"corps": "<p>Vers B&eacute;thune.</p><p>Puis Lens.</p>"}, "n": 3})
    assert (document.text, document.records) == ("Vers Béthune.\n\nPuis Lens.", ())
    assert read_json({"a": "x", "t": {"de": "Nach Suhl."}}, field="T.DE").text == "Nach Suhl."


def test_objects_wrapped_in_an_object() -> None:
    assert texts(read_json({"status": "ok", "articles": ROWS}, field="title")) == ["Crue", "Feu"]
    assert texts(read_json({"hits": {"hits": ROWS}}, field="title")) == ["Crue", "Feu"]
    assert texts(read_json(["Vers Suhl.", "Vers Gera."])) == ["Vers Suhl.", "Vers Gera."]


def test_paragraphs_in_arrays_and_values_that_follow_each_other() -> None:
    parts = {"docs": [{"parts": [{"text": "Vers Suhl."}, {"text": "Vers Gera."}]}, {"parts": [{"text": "Vers Hof."}]}]}
    assert texts(read_json(parts)) == ["Vers Suhl.\n\nVers Gera.", "Vers Hof."]
    pretty = "\n".join(json.dumps({"text": text}, indent=1) for text in ("Vers Suhl.", "Vers Gera."))
    assert texts(read(io.BytesIO(pretty.encode()), field="text")) == ["Vers Suhl.", "Vers Gera."]


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ('{"text": "Vers Suhl."}\n{"text": ', "", "line is no JSON"),
        ('[{"text": "Vers Suhl."', "", "broken"),
        ('[{"n": 1}]', "", "no field with a text"),
        ('[{"text": "Vers Suhl."}]', "corps", "no field 'corps'.*text"),
        ('{"type": "FeatureCollection", "features": []}', "", "GeoJSON.*--places"),
        ("[" * 200_000, "", "nested|broken"),
    ],
)
def test_json_that_holds_no_text(data: str, field: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(DocumentError, match=message):
        read(path, field=field)


def test_a_text_that_begins_as_json_does_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("[1] Voir Millau, p. 3.\n{sic} Rodez.", encoding="utf-8")
    assert read(path).text.startswith("[1] Voir Millau")


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('n;titre;texte\n1;Crue;"Vers Digoin,\nsur la Loire"\n2;Feu;À Millau\n', encoding="cp1252")
    document = read(path)
    assert texts(document) == ["Crue\n\nVers Digoin,\nsur la Loire", "Feu\n\nÀ Millau"]
    assert str(document.address(document.text.index("Millau"))) == "line=4"
    assert texts(read(path, field="Titre")) == ["Crue", "Feu"]
    with pytest.raises(DocumentError, match=r"t\.csv.*no column 'corps'.*titre"):
        read(path, field="corps")


def test_a_column_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Un train va de Digoin à Decize.\nUn autre part de Millau.\n", encoding="utf-8")
    assert texts(read(path)) == ["Un train va de Digoin à Decize.", "Un autre part de Millau."]


def test_excel() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Dépêches"
    sheet.append(["date", "texte"])
    sheet.append([None, "Vers Digoin."])
    sheet.append([])
    sheet.append([20_000, "Vers Decize."])
    other = book.create_sheet("Autres")
    other.append(["texte"])
    other.append(["Vers Millau."])
    buffer = io.BytesIO()
    book.save(buffer)
    document = read(io.BytesIO(buffer.getvalue()))
    assert texts(document) == ["Vers Digoin.", "Vers Decize.", "Vers Millau."]
    addresses = [str(document.address(record.start)) for record in document.records]
    assert addresses == ["row=Dépêches!2", "row=Dépêches!4", "row=Autres!2"]
