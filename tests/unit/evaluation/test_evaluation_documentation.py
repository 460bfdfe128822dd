import json
from pathlib import Path

import pytest
from fake_subject import FakeSubject, place

from mapgen.errors import OptionError
from mapgen.evaluation.command import run_over
from mapgen.evaluation.corpora import FORMATS
from mapgen.evaluation.documentation import figures, held_out, placed
from mapgen.evaluation.report import REPORTS
from mapgen.evaluation.run import Run
from mapgen.evaluation.tasks import TASKS

PAGE = "before\n<!-- figures -->\nold\n<!-- figures -->\nafter\n"


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    assert placed(PAGE, "figures", ["new", ""]) == PAGE.replace("old", "new")
    assert placed(placed(PAGE, "figures", ["x", ""]), "figures", ["old", ""]) == PAGE
    with pytest.raises(OptionError, match="two marks <!-- other -->"):
        placed(PAGE, "other", [])


def test_the_section_holds_figures_kinds_and_errors(tmp_path: Path) -> None:
    corpus = tmp_path / "letemps_fr.jsonl"
    toponyms = [
        {"start": 0, "end": 4, "lat": 36.2, "lon": 37.1, "kind": "city", "sense": "literal"},
        {"start": 5, "end": 9, "lat": 35.1, "lon": 36.7, "kind": "region"},
    ]
    corpus.write_text(
        json.dumps({"text": "Alep [Ha] Homs", "toponyms": toponyms, "lang": "fr"}) + "\n", encoding="utf-8"
    )
    corpus = corpus.rename(tmp_path / "letemps_fr.jsonl.gz.jsonl")
    subject = FakeSubject({"Alep": place("Alep", 36.2, 37.1), "Homs": place("Homs", 34.7, 36.7)})

    def measured(task: str) -> Run:
        return run_over(corpus, subject, Run(task=task, corpus="letemps_fr.jsonl.gz", sha256="", version="1"))

    parsed = [measured("end-to-end")]
    text = "\n".join(figures([measured("recognition")], [measured("resolution")], parsed, parsed))
    assert "| letemps_fr | 2 | 0.500 | 0.500 |" in text.partition("### End to end")[2]
    assert "| letemps_fr, demonyms found too | 2 | 0.500 | 0.500 |" in text
    assert "| letemps_fr | 2 | 0.500 | 0.500 | **0.500** (0.000 – 1.000) |" in text
    assert "| city | 1.000 of 1 |\n| region | 0.000 of 1 |" in text
    assert "| 0.8 – 0.9 | 1 | 0.800 | 1.000 |" in text
    assert "letemps_fr, taken for places (1): Homs ×1." in text
    assert "letemps_fr, left without a place (1): \\[Ha\\] (region) ×1." in text
    table = list(held_out([measured("resolution")]))
    assert table[2].startswith("| letemps_fr |  | 0.500 | **0.500**")


def test_the_page_tells_all_that_there_is(root: Path) -> None:
    page = (root / "docs" / "evaluation.md").read_text(encoding="utf-8")
    for word in (*FORMATS, *TASKS, *REPORTS):
        assert f"`{word}`" in page, word
    for mark in ("figures", "held-out"):
        assert "|---" in page.split(f"<!-- {mark} -->")[1], f"{mark} have not been measured"
