"""A text in another language is read, and the program says once what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import mapgen
from mapgen.cli import app

POLISH = "W Kijowie doszło do wybuchów, ale nikt nie zginął. Warszawa potępiła atak na stolicę, a Rosja zaprzecza."


def test_it_is_said_once_of_each_text_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPGEN_LANG", "fr")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(POLISH, encoding="utf-8")
    run = CliRunner().invoke(
        app, ["map", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-o", str(tmp_path), "--page-language", "fr"]
    )
    assert run.exit_code == 0
    told = [line for line in run.stderr.splitlines() if "polonais" in line]
    assert [name in line for line, name in zip(told, ("a.txt", "b.txt"), strict=True)] == [True, True]
    assert "polonais, langue que mapgen ne connaît pas" in (tmp_path / "b.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["Combats à Alep et à Damas, en Syrie, samedi.", "Fighting in Aleppo, Syria."])
def test_nothing_is_said_of_french_and_english(text: str) -> None:
    parsed = mapgen.Geoparser().parse(text)
    assert parsed.warnings == ()


def test_a_plugged_recogniser_is_not_blamed_for_what_ours_does_not_know() -> None:
    class Nothing:
        def recognise(self, document: mapgen.Document) -> tuple[mapgen.Toponym, ...]:  # noqa: ARG002
            return ()

    with mapgen.Geoparser(recogniser=Nothing(), language="pl") as geoparser:
        assert geoparser.parse(POLISH).warnings == ()
