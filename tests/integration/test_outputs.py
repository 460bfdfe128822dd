"""An output that is an input is refused before anything is read; what is no regular file is written through."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

import mapgen.session
from mapgen.cli import app

TEXT = "Il neige à Lyon."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with inputs, entered."""
    monkeypatch.chdir(tmp_path)
    for name in ("t.txt", "p.html", "q.html", "x.csv", "x.txt", "x.geojson"):
        Path(name).write_text(TEXT, encoding="utf-8")
    Path("places.csv").write_text("name,lat,lon\nSukayk,35,36\n", encoding="utf-8")
    Path("corrections.csv").write_text("name,scope,decision\nLyon,everywhere,no-place\n", encoding="utf-8")
    Path("geocoders.toml").write_text("", encoding="utf-8")
    Path("link.txt").symlink_to("t.txt")
    Path("hard.txt").hardlink_to("t.txt")
    Path("same").symlink_to(tmp_path)
    Path("output").mkdir()
    Path("output/made.html").write_text(TEXT, encoding="utf-8")
    return tmp_path


REFUSED = [
    "map t.txt -o t.txt",
    "map t.txt -o ./t.txt",
    "map t.txt -o same/t.txt",
    "map t.txt -o link.txt",
    "map link.txt -o t.txt",
    "map t.txt -o hard.txt",
    "map p.html -o .",
    "map p.html -o ./",
    "map p.html -o same",
    "map p.html q.html -o .",
    "map t.txt p.html -o .",
    "map output/made.html",
    "places x.csv -o x.csv",
    "places x.csv -f csv -o .",
    "places x.txt -o ./",
    "places x.geojson -f geojson -o same/",
    "map t.txt --places places.csv -o places.csv",
    "map t.txt --corrections corrections.csv -o same/corrections.csv",
    "places t.txt -p places.csv -f csv -o places.csv",
    "map t.txt --geocoder nominatim --geocoder-settings geocoders.toml -o geocoders.toml",
    "evaluate t.txt -o t.txt",
    "evaluate output -o output/made.html",
    "evaluate x.csv --compare x.geojson -o x.geojson",
]


@pytest.mark.parametrize("command", REFUSED)
def test_an_output_that_is_an_input_is_refused_before_anything_is_read(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError("something was read")

    monkeypatch.setattr(mapgen.session, "read", never)
    monkeypatch.setattr("mapgen.cli.Session", never)
    monkeypatch.setattr("mapgen.evaluation.command.evaluate", never)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = CliRunner().invoke(app, command.split())
    assert done.exit_code == 2, done.output
    (line,) = done.stderr.splitlines()
    assert line.startswith("mapgen: the output ")
    assert "is the input" in line
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_standard_input_is_an_input_too(folder: Path) -> None:
    with Path("t.txt").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "mapgen", "places", "-", "-o", "t.txt"], stdin=file, capture_output=True, check=False
        )
    assert done.returncode == 2
    assert b"the output t.txt is the input standard input" in done.stderr
    assert Path("t.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.usefixtures("gazetteer")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("command", ["map t.txt -o pipe", "places t.txt -f csv -o pipe"])
def test_a_pipe_gets_the_output_and_stays_a_pipe(command: str, folder: Path) -> None:
    os.mkfifo("pipe")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_text(encoding="utf-8")))
    reader.start()
    done = CliRunner().invoke(app, command.split())
    reader.join(60)
    assert done.exit_code == 0, done.output
    assert "Lyon" in got[0]
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)
    assert Path("t.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.usefixtures("gazetteer")
def test_files_that_are_no_inputs_are_written_as_ever(folder: Path) -> None:
    done = CliRunner().invoke(app, ["map", "t.txt", "-o", "same/output/"])
    assert done.exit_code == 0, done.output
    assert Path("output/t.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    again = CliRunner().invoke(app, ["map", "t.txt", "-o", "output/t.html"])
    assert again.exit_code == 0, again.output


@pytest.mark.usefixtures("gazetteer")
def test_a_new_name_without_a_suffix_is_a_folder_for_one_text_and_for_two(folder: Path) -> None:
    for texts in (["t.txt"], ["t.txt", "p.html"]):
        done = CliRunner().invoke(app, ["map", *texts, "-o", "maps3"])
        assert done.exit_code == 0, done.output
        assert Path("maps3/t.html").is_file()
    assert Path("maps3/p.html").is_file()


@pytest.mark.usefixtures("gazetteer")
def test_a_dash_is_standard_output(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    page = CliRunner().invoke(app, ["map", "t.txt", "-o", "-"])
    assert page.exit_code == 0, page.output
    assert page.stdout.startswith("<!doctype html>")
    assert page.stdout.rstrip().endswith("</html>")
    assert CliRunner().invoke(app, ["places", "t.txt", "-o", "-", "-f", "jsonl"]).stdout.startswith("{")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "command",
    ["map t.txt p.html -o -", "places t.txt p.html -f csv", "map t.txt -o - --open", "map t.txt p.html -o a.html"],
)
def test_what_standard_output_or_one_file_cannot_hold_is_refused(command: str, folder: Path) -> None:
    done = CliRunner().invoke(app, command.split())
    assert done.exit_code == 2, done.output
    assert "--output" in done.stderr
