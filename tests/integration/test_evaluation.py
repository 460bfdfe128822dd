"""`mapgen evaluate` over small corpora, with the recogniser, the resolver and the gazetteer of the package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mapgen.cli import app
from mapgen.gazetteer import Gazetteer

TEXT = "Deux explosions ont secoué Damas mardi. Les blessés ont été conduits à Homs, puis à Beyrouth."


@pytest.fixture
def corpus(tmp_path: Path, gazetteer: Gazetteer) -> Path:
    places = {"Damas": (33.51, 36.29), "Homs": (34.73, 36.71), "Beyrouth": (33.89, 35.5)}
    toponyms = [
        {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "name": name, "lat": lat, "lon": lon}
        for name, (lat, lon) in places.items()
    ]
    path = tmp_path / "dispatch-fr.jsonl"
    path.write_text(json.dumps({"text": TEXT, "toponyms": toponyms}) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("task", "figure"), [("recognition", "f1"), ("resolution", "accuracy"), ("end-to-end", "f1")])
def test_a_plain_dispatch_is_read_rightly(corpus: Path, tmp_path: Path, task: str, figure: str) -> None:
    output = tmp_path / "run.json"
    result = CliRunner().invoke(
        app, ["evaluate", str(corpus), "--task", task, "--format", "json", "-o", str(output)], catch_exceptions=False
    )
    assert (result.exit_code, result.stdout) == (0, "")
    run = json.loads(output.read_text(encoding="utf-8"))
    assert run["figures"][figure]["value"] == 1.0
    assert run["corpus"]["names"] == 3
    if task != "recognition":
        assert [group["name"] for group in run["by_country"]] == ["SY", "LB"]  # by the nearest town of the gazetteer


def test_the_same_text_in_other_formats(corpus: Path, tmp_path: Path) -> None:
    tags = {"Damas": "B-LOC", "Homs": "B-LOC", "Beyrouth": "B-LOC"}
    words = TEXT.replace(",", " ,").replace(".", " .").split()
    (tmp_path / "a-fr.conll").write_text("".join(f"{word}\t{tags.get(word, 'O')}\n" for word in words), "utf-8")
    head = "TOKEN\tNE-COARSE-LIT\tMISC\n# hipe2022:document_id = 1\n# hipe2022:language = fr\n"
    rows = "".join(f"{word}\t{'B-loc' if word in tags else 'O'}\t_\n" for word in words)
    (tmp_path / "b.tsv").write_text(head + rows, "utf-8")
    (tmp_path / "c-fr.txt").write_text(TEXT, "utf-8")
    marks = "".join(f"T{n}\tLOC {TEXT.index(w)} {TEXT.index(w) + len(w)}\t{w}\n" for n, w in enumerate(tags))
    (tmp_path / "c-fr.ann").write_text(marks, "utf-8")
    for name in ("a-fr.conll", "b.tsv", "c-fr.ann"):
        arguments = ["evaluate", str(tmp_path / name), "--task", "recognition", "--format", "json"]
        result = CliRunner().invoke(app, arguments, catch_exceptions=False)
        run = json.loads(result.stdout)
        assert (name, run["figures"]["f1"]["value"], run["corpus"]["names"]) == (name, 1.0, 3)


def test_a_bad_line_is_told_in_one_line(corpus: Path) -> None:
    with corpus.open("a", encoding="utf-8") as file:
        file.write('{"text": "Damas"}\n')
    result = CliRunner().invoke(app, ["evaluate", str(corpus), "--task", "recognition"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "dispatch-fr.jsonl:2: " in result.stderr
