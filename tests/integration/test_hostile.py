"""Hostile or unprepared texts: a correct page, or one clear line and exit 2, and nothing half written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mapgen
from mapgen.gazetteer import Gazetteer
from mapgen.rendering import render

PAYLOADS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "Paris</title><script>document.title='x'</script>",
    "\u2028Paris\u2029",
    "\u202eyrartnoc\u202c Paris \u2066x\u2069",
    "{{ 7*7 }} {% for x in y %}",
    "]]> <!-- --><!--<script>",
    "Paris \\u003c/script\\u003e 'quote\" `tick` ${x}",
)


def scripts_that_run(page: str) -> list[str]:
    """The scripts of a page that a browser would run: those without a type of data."""
    found = re.findall(r"<script([^>]*)>(.*?)</script>", page, flags=re.DOTALL | re.IGNORECASE)
    return [body for attributes, body in found if "application/json" not in attributes]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_the_text_stays_text(payload: str, gazetteer: Gazetteer) -> None:
    geoparser = mapgen.Geoparser(gazetteer=gazetteer)
    harmless = render(geoparser.parse("On se bat à Paris. Plus rien."))
    page = render(geoparser.parse(f"On se bat à Paris. {payload} Et à Lyon."))
    assert len(scripts_that_run(page)) == len(scripts_that_run(harmless))
    assert "<img src=x" not in page
    for block in re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, flags=re.DOTALL):
        json.loads(block)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=300).filter(str.strip))
def test_any_text_gets_a_page(gazetteer: Gazetteer, text: str) -> None:
    parsed = mapgen.Geoparser(gazetteer=gazetteer, language="fr").parse("À Paris, " + text)
    for toponym in parsed.toponyms:
        assert parsed.document.text[toponym.start : toponym.end] == toponym.text
    assert render(parsed).rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"Paris\x00\x01\x02" * 9, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "picture (PNG)"),
    ],
    ids=["empty", "blank", "nul", "png"],
)
def test_what_is_no_text_gets_one_line_and_exit_2(
    content: bytes, message: str, tmp_path: Path, gazetteer: Gazetteer, home: Path
) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "a.html"
    source.write_bytes(content)
    target.write_text("old", encoding="utf-8")
    done = run("map", str(source), "-o", str(target), home=home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "a.txt" in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.txt"]


@pytest.mark.parametrize("missing", ["nowhere.txt", "."])
def test_a_missing_file_and_a_folder_are_named(missing: str, tmp_path: Path, gazetteer: Gazetteer, home: Path) -> None:
    done = run("map", str(tmp_path / missing), "-o", str(tmp_path / "a.html"), home=home)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings_are_told_apart(encoding: str, tmp_path: Path, gazetteer: Gazetteer, home: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes("Des combats ont éclaté près de Besançon, à l'est de la forêt.".encode(encoding))
    done = run("places", str(source), "--format", "jsonl", home=home)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["Besançon"]


def test_a_line_of_five_megabytes(tmp_path: Path, gazetteer: Gazetteer, home: Path) -> None:
    source = tmp_path / "long.txt"
    source.write_text(("On se bat à Alep et " + "la pluie tombe sans fin " * 50) * 4200, encoding="utf-8")
    done = run("map", str(source), "-o", str(tmp_path / "long.html"), home=home)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "long.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_standard_input_and_a_document_without_places(tmp_path: Path, gazetteer: Gazetteer, home: Path) -> None:
    target = tmp_path / "none.html"
    done = run("map", "-", "-o", str(target), home=home, stdin=b"Il pleut et rien ne se passe.")
    assert done.returncode == 0, done.stderr
    assert target.exists()


def test_one_bad_text_does_not_lose_the_others(tmp_path: Path, gazetteer: Gazetteer, home: Path) -> None:
    (tmp_path / "good.txt").write_text("Il neige à Lyon.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    out = tmp_path / "out"
    done = run("map", str(tmp_path / "bad.txt"), str(tmp_path / "good.txt"), "-o", str(out), home=home)
    assert done.returncode == 2
    assert [path.name for path in out.iterdir()] == ["good.html"]
