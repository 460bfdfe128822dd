from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.reading.dates import iso_date
from mapgen.reading.header import language_code, parse_header


def test_in_line_with_the_text() -> None:
    text = " date 2021-10 Les forces du régime"
    header = parse_header(text)
    assert (header.date, text[header.end :]) == ("2021-10", "Les forces du régime")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_closed_by_a_blank_one(end: str) -> None:
    lines = [
        "Title: Combats à Alep",
        "DATE : 11 octobre 2021",
        "langue: fr",
        "source: Une agence",
        "url: https://a.org/x",
        "author: N. N.",
    ]
    text = end.join([*lines, "", "Le texte: commence.", ""])
    header = parse_header(text)
    assert header.title == "Combats à Alep"
    assert (header.date, header.language, header.source) == ("2021-10-11", "fr", "Une agence")
    assert text[header.end :] == f"Le texte: commence.{end}"


def test_front_matter() -> None:
    lines = [
        "---",
        'title: "Raids: le bilan"',
        "date: 2015-10-11T08:00:00Z",
        "tags:",
        "  - syrie",
        "# note",
        "lang: fr-FR",
    ]
    text = "\n".join([*lines, "---", "", "Le texte."])
    header = parse_header(text)
    assert (header.title, header.date, header.language) == ("Raids: le bilan", "2015-10-11", "fr")
    assert text[header.end :] == "Le texte."


def test_the_address_stands_in_for_a_source() -> None:
    assert parse_header("url: https://a.org/x\n\nTexte").source == "https://a.org/x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Les forces du régime",
        "Date limite 2021-10 pour Alep",
        "date 2021 elections were held",
        "Damas: douze morts\n\nLe texte.",
        "Title: sans ligne vide\nLe texte commence.",
        "Title: rien d'autre",
        "Source:\n\nTexte",
        "---\nUn trait, puis du texte\n---\nFin",
        "---\ntitle: jamais fermé\n\ntexte",
        "title: " + "x" * 5000 + "\n\nTexte",
    ],
)
def test_no_header(text: str) -> None:
    assert parse_header(text).end == 0


@pytest.mark.parametrize(
    ("written", "language", "iso"),
    [
        ("2021-10", "", "2021-10"),
        ("2021", "", "2021"),
        ("2021-10-11T08:00:00+02:00", "", "2021-10-11"),
        ("2021/10/11", "", "2021-10-11"),
        ("20211011", "", "2021-10-11"),
        ("11/10/2021", "fr", "2021-10-11"),
        ("11/10/2021", "", "2021"),
        ("25.12.2021", "", "2021-12-25"),
        ("12/25/2021", "en", "2021-12-25"),
        ("11 octobre 2021", "", "2021-10-11"),
        ("1er août 2021, 08:30", "", "2021-08-01"),
        ("October 11, 2021", "", "2021-10-11"),
        ("Oct 2021", "", "2021-10"),
        ("Mon, 11 Oct 2021 08:00:00 GMT", "", "2021-10-11"),
        ("11. März 2022", "", "2022-03-11"),
        ("2021-13-40", "", ""),
        ("30 février 2021", "", ""),
        ("demain", "", ""),
        ("", "", ""),
    ],
)
def test_dates(written: str, language: str, iso: str) -> None:
    assert iso_date(written, language=language) == iso


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("EN_us", "en"),
        ("français", "fr"),
        ("French", "fr"),
        ("Deutsch", "de"),
        ("alemán", "de"),
        ("klingonais du sud", ""),
        ("", ""),
    ],
)
def test_languages(name: str, code: str) -> None:
    assert language_code(name) == code


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\n\r -:date0123456789"), max_size=200))
def test_a_header_never_reaches_beyond_the_text(text: str) -> None:
    assert 0 <= parse_header(text).end <= len(text)


@given(st.text(min_size=1, max_size=50).filter(lambda text: text.strip() == text))
def test_what_follows_the_header_is_the_text(body: str) -> None:
    for header in (" date 2021-10-11 ", "date: 2021-10-11\nlang: fr\n\n", "---\ndate: 2021-10-11\n---\n"):
        found = parse_header(header + body)
        assert (header + body)[found.end :] == body
        assert found.date == "2021-10-11"
