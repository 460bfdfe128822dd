import json
import re
from pathlib import Path

import pytest
from fake_subject import FakeSubject, place

from mapgen.errors import DocumentError, OptionError, OutputError
from mapgen.evaluation.command import evaluate
from mapgen.evaluation.compare import compare, sign_test
from mapgen.evaluation.report.json_report import from_json, to_json
from mapgen.evaluation.report.page import MOST_ON_MAP
from mapgen.evaluation.report.wording import number, signed

ALEPPO = place("Alep", 36.2, 37.16, geonameid=170063)
PITTSBURGH = place("Aleppo", 40.5, -80.3, country="US")
HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = []
    for number_ in range(12):
        text = f"Alep {number_} {HOSTILE} Hama\x1b[31m"
        toponyms = [
            {"start": 0, "end": 4, "lat": 36.2, "lon": 37.1, "kind": "city", "country": "SY"},
            {"start": text.index("Hama"), "end": text.index("Hama") + 4, "lat": 35.1, "lon": 36.7, "country": "SY"},
        ]
        lines.append(json.dumps({"id": f"d{number_}", "lang": "fr", "text": text, "toponyms": toponyms}))
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("task", ["recognition", "resolution", "end-to-end"])
@pytest.mark.parametrize("report", ["table", "json", "html"])
def test_every_task_has_every_report(corpus: Path, tmp_path: Path, task: str, report: str) -> None:
    output = tmp_path / "out" / "report"
    subject = FakeSubject({"Alep": ALEPPO, "Hama": PITTSBURGH, "img": None})
    text = evaluate(corpus, task=task, report=report, output=output, subject=subject)
    assert output.read_text(encoding="utf-8") == text
    assert "corpus.jsonl" in text
    assert list(output.parent.iterdir()) == [output]


def test_the_table_shows_figures_and_no_control_characters(corpus: Path) -> None:
    table = evaluate(corpus, task="resolution", subject=FakeSubject({"Alep": ALEPPO}))
    assert "12 documents, 24 names" in table
    assert re.search(r"^accuracy@161 km +0\.500 +0\.500 – 0\.500$", table, re.MULTILINE)
    assert "not the distance to its" in table
    assert "\x1b" not in table
    assert "12 × Hama (SY)" in table


def test_json_is_read_back_whole(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    text = evaluate(
        corpus, task="resolution", report="json", output=path, subject=FakeSubject({"Alep": ALEPPO, "Hama": PITTSBURGH})
    )
    assert to_json(from_json(path)) == text
    data = json.loads(text)
    assert data["figures"]["accuracy"]["value"] == 0.5
    assert data["corpus"]["sha256"] == from_json(path).sha256
    assert len(data["cases"]) == 24


def test_the_page_is_one_file_and_nothing_of_the_corpus_becomes_markup(corpus: Path) -> None:
    page = evaluate(corpus, task="resolution", report="html", subject=FakeSubject({"Alep": ALEPPO, "Hama": PITTSBURGH}))
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "default-src &#39;none&#39;" in page
    for outside in ("http://", "https://", "//cdn", "@import", "url(h"):
        assert outside not in page.replace("http://www.w3.org", "").split('id="data"')[0].split("<body>")[1]
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    (error,) = data["errors"]
    assert (error["name"], error["count"], error["answer"]["lon"]) == ("Hama", 12, -80.3)
    assert len(error["examples"]) == 3
    assert len(data["errors"]) <= MOST_ON_MAP


def test_a_page_without_errors_has_no_map(corpus: Path) -> None:
    right = FakeSubject({"Alep": ALEPPO, "Hama": place("Hama", 35.1, 36.7)})
    page = evaluate(corpus, task="resolution", report="html", subject=right)
    assert 'id="map"' not in page
    assert "<script" not in page


def test_two_runs_are_compared(corpus: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    evaluate(corpus, task="resolution", report="json", output=old, subject=FakeSubject({"Alep": ALEPPO}))
    better = FakeSubject({"Alep": ALEPPO, "Hama": place("Hama", 35.1, 36.7)})
    table = evaluate(corpus, task="resolution", against=old, subject=better)
    assert re.search(r"^accuracy@161 km +0\.500 +1\.000 +\+0\.500$", table, re.MULTILINE)
    assert "12 names fixed, 0 broken (by chance: p = 0.00049)" in table
    assert "fixed: Hama ×12" in table
    page = evaluate(corpus, task="resolution", report="html", against=old, subject=better)
    assert 'class="better">+0.500' in page
    assert 'class="better">−0.5' in page  # the error curve: less is better
    data = json.loads(evaluate(corpus, task="resolution", report="json", against=old, subject=better))
    change = next(change for change in data["comparison"]["changes"] if change["name"] == "accuracy")
    assert change == {"name": "accuracy", "old": 0.5, "new": 1.0, "difference": 0.5}


def test_runs_over_different_texts_are_not_compared(corpus: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    subject = FakeSubject({"Alep": ALEPPO})
    evaluate(corpus, task="resolution", report="json", output=old, subject=subject)
    with pytest.raises(OptionError, match="differ in the task"):
        evaluate(corpus, task="end-to-end", against=old, subject=subject)
    with pytest.raises(OptionError, match="differ in the part"):
        evaluate(corpus, task="resolution", limit=3, against=old, subject=subject)
    corpus.write_text(corpus.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(OptionError, match="differ in the corpus"):
        evaluate(corpus, task="resolution", against=old, subject=subject)


@pytest.mark.parametrize("content", ["", "[]", '{"form": 99}', '{"form": 1}'])
def test_what_is_no_run(corpus: Path, tmp_path: Path, content: str) -> None:
    old = tmp_path / "old.json"
    old.write_text(content, encoding="utf-8")
    with pytest.raises(OptionError, match=r"old\.json: is no run") as caught:
        evaluate(corpus, task="resolution", against=old, subject=FakeSubject({"Alep": ALEPPO}))
    assert caught.value.exit_code == 2


def test_options_that_make_no_sense(corpus: Path) -> None:
    subject = FakeSubject({"Alep": ALEPPO})
    with pytest.raises(OptionError, match="unknown report 'pdf'; known: table, json, html"):
        evaluate(corpus, task="resolution", report="pdf", subject=subject)
    with pytest.raises(OptionError, match="unknown task"):
        evaluate(corpus, task="all", subject=subject)
    with pytest.raises(OptionError, match="unknown format"):
        evaluate(corpus, task="resolution", format="xml", subject=subject)
    with pytest.raises(OptionError, match="limit"):
        evaluate(corpus, task="resolution", limit=-1, subject=subject)


def test_nothing_is_left_half_written(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "report.json"
    evaluate(corpus, task="resolution", report="json", output=output, subject=FakeSubject({"Alep": ALEPPO}))
    before = output.read_bytes()

    def interrupt(_what: str, share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(corpus, task="resolution", output=output, subject=FakeSubject({}), progress=interrupt)
    with corpus.open("a", encoding="utf-8") as file:
        file.write("rubbish\n")
    with pytest.raises(DocumentError, match=r"corpus\.jsonl:13"):
        evaluate(corpus, task="resolution", output=output, subject=FakeSubject({}))
    assert output.read_bytes() == before
    assert list(output.parent.iterdir()) == [output]


def test_an_output_that_cannot_be_written(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        evaluate(corpus, task="resolution", output=tmp_path / "file" / "x", subject=FakeSubject({"Alep": ALEPPO}))


def test_sign_test() -> None:
    assert sign_test(0, 0) == sign_test(5, 5) == 1.0
    assert sign_test(5, 0) == pytest.approx(2 / 32)
    assert sign_test(1, 3) == pytest.approx(2 * 5 / 16)
    assert sign_test(1100, 900) == pytest.approx(sign_test(1101, 900), rel=0.2)


def test_a_run_against_itself(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    evaluate(corpus, task="recognition", report="json", output=path, subject=FakeSubject({"Alep": None, "img": None}))
    found = compare(from_json(path), from_json(path))
    assert (found.fixed_count, found.broken_count, found.chance) == (0, 0, 1.0)
    assert (found.invented_more, found.invented_less) == (0, 0)
    assert all(change.difference == 0 for change in found.changes)


def test_numbers() -> None:
    assert [number(0.12345), number(12345.6, "mean_km"), number(3.14, "median_km"), number(None)] == [
        "0.123",
        "12,346",
        "3.1",
        "–",
    ]
    assert [signed(0.0004), signed(-0.5), signed(1500, "mean_km"), signed(None)] == ["0.000", "−0.500", "+1,500", "–"]
