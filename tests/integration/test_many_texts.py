"""Runs over several texts: a bad one does not end them, results that are there are kept, warnings name their text."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from commands import environment, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("Il neige à Lyon.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    (tmp_path / "two.txt").write_text("Il neige à Metz.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", [("map",), ("places", "-f", "csv")])
def test_a_bad_text_does_not_lose_the_others(command: tuple[str, ...], folder: Path, home: Path) -> None:
    done = run(*command, "one.txt", "bad.txt", "two.txt", "-o", "out/", home=home, cwd=folder)
    assert done.returncode == 2
    assert "bad.txt" in done.stderr
    assert sorted(path.stem for path in (folder / "out").iterdir()) == ["one", "two"]


def test_results_that_are_there_are_left_alone(folder: Path, home: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "one.html").write_text("kept", encoding="utf-8")
    done = run("map", "one.txt", "two.txt", "-o", "out", "--skip-existing", home=home, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "1 of 2" in done.stderr
    assert (folder / "out" / "one.html").read_text(encoding="utf-8") == "kept"
    assert (folder / "out" / "two.html").exists()


@pytest.mark.parametrize("command", [("map",), ("places", "-f", "csv", "--explain")])
def test_several_processes_write_and_say_what_one_does(command: tuple[str, ...], folder: Path, home: Path) -> None:
    places = folder / "places.csv"
    places.write_text("name,lat,lon\nZorga,10,20\nZorgb,x,y\n", encoding="utf-8")
    said, written = [], []
    for jobs in ("1", "2"):
        more = ("-p", "places.csv", "-o", "out/", "--jobs", jobs, "-v")
        done = run(*command, "one.txt", "bad.txt", "two.txt", *more, home=home, cwd=folder)
        assert done.returncode == 2
        said.append(done.stderr)
        written.append({path.name: path.read_bytes() for path in (folder / "out").iterdir()})
    assert said[0] == said[1]
    assert said[0].count("places.csv:3") == 1
    assert written[0] == written[1]
    assert len(written[0]) == 2


def test_csv_names_its_document_and_has_a_mark_as_that_of_the_page(folder: Path, home: Path) -> None:
    plain = run("places", "one.txt", "-f", "csv", "--no-bom", "-o", "plain.csv", home=home, cwd=folder)
    marked = run("places", "one.txt", "-f", "csv", "-o", "marked.csv", home=home, cwd=folder)
    assert (plain.returncode, marked.returncode) == (0, 0)
    content = (folder / "plain.csv").read_bytes()
    assert (folder / "marked.csv").read_bytes() == b"\xef\xbb\xbf" + content
    (row,) = csv.DictReader(content.decode("utf-8").splitlines())
    assert row["document"] == "one.txt"
    frames = [pd.read_csv(folder / name) for name in ("plain.csv", "marked.csv")]
    assert list(frames[0].columns) == list(frames[1].columns)
    assert run("places", "one.txt", "--bom", home=home, cwd=folder).returncode == 2


def test_several_processes_cannot_ask(folder: Path, home: Path) -> None:
    done = run("map", "one.txt", "two.txt", "-o", "out", "-j2", "--packs", "ask", home=home, cwd=folder)
    assert done.returncode == 2
    assert "--packs auto" in done.stderr
    assert not (folder / "out").exists()


def test_quiet_tells_errors_only_and_verbose_what_each_text_holds(folder: Path, home: Path) -> None:
    quiet = run("map", "one.txt", "two.txt", "-o", "out", "-q", home=home, cwd=folder)
    assert (quiet.returncode, quiet.stderr) == (0, "")
    bad = run("map", "bad.txt", "-o", "out", "-q", home=home, cwd=folder)
    assert "bad.txt" in bad.stderr
    verbose = run("places", "one.txt", "-v", home=home, cwd=folder)
    assert "1 name, 1 with a place" in verbose.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_end_in_no_traceback(closed: str, folder: Path, home: Path) -> None:
    command = f"{sys.executable} -m mapgen map one.txt -o out.html {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment(home), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    assert (folder / "out.html").exists()


def test_a_browser_that_cannot_be_started_is_told(folder: Path, home: Path) -> None:
    done = run("map", "one.txt", "-o", "a.html", "--open", home=home, cwd=folder, env={"BROWSER": "no-such-browser"})
    assert done.returncode == 0, done.stderr
    if "no browser" in done.stderr:
        assert "a.html" in done.stderr


def test_options_of_a_file_are_taken_and_told(folder: Path, home: Path) -> None:
    (folder / "mapgen.toml").write_text('page-language = "en"\n[places]\nformat = "csv"\n', encoding="utf-8")
    done = run("places", "one.txt", home=home, cwd=folder)
    assert done.stdout.lstrip("\ufeff").startswith("start,end,text")
    assert "options of mapgen.toml: page-language, places" in done.stderr
    quiet = run("places", "one.txt", "-q", home=home, cwd=folder)
    assert quiet.stderr == ""
    (folder / "mapgen.toml").write_text("colour = 1\n", encoding="utf-8")
    bad = run("places", "one.txt", home=home, cwd=folder)
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "colour" in bad.stderr
