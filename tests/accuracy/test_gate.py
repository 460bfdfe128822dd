"""The gate itself, on corpora of a line or two; the real floors are measured by `python -m mapgen.evaluation.gate`."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest

from mapgen.evaluation.gate import main, read_floors
from mapgen.evaluation.tasks import TASKS
from mapgen.model import Document, Kind, Place, Resolution, Toponym

PLACE = Place(id="gn:1", source="test", name="Alep", kind=Kind.CITY, country="SY", lat=36.2, lon=37.16, geonameid=1)


class FewWords:
    """Takes the words it was told for places, and every place for Aleppo; counts what it reads."""

    atlas = None

    def __init__(self, *words: str, probability: float = 0.9) -> None:
        self.words = words
        self.probability = probability
        self.read: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        self.read.append(document.text)
        found = [(document.text.find(word), word) for word in self.words]
        return tuple(
            Toponym(start=start, end=start + len(word), text=word) for start, word in sorted(found) if start >= 0
        )

    def describe(self, _document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        return tuple(toponyms)

    def resolve(self, _document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        answer = Resolution(place=PLACE, probability=self.probability)
        return tuple(replace(toponym, resolution=answer) for toponym in toponyms)


class Project:
    """A checkout with corpora and floors."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.floors = folder / "tests" / "accuracy" / "floors.toml"
        self.floors.parent.mkdir(parents=True)
        self.corpus = folder / "data" / "en.txt"
        self.corpus.parent.mkdir()
        self.corpus.write_text("[[Alep]] and [[Hama]].\n\n[[Homs]] and [[Raqa]].\n", encoding="utf-8")
        self.placed = folder / "shared" / "placed.jsonl"
        self.placed.parent.mkdir()
        toponym = {"start": 0, "end": 4, "lat": 36.2, "lon": 37.1}
        self.placed.write_text(json.dumps({"text": "Alep", "lang": "en", "toponyms": [toponym]}) + "\n", "utf-8")

    def write(self, *floors: dict[str, Any]) -> None:
        text = "# Figures that must be reached.\n"
        for floor in floors:
            text += "\n[[floor]]  # a remark\n" + "".join(f"{key} = {json.dumps(floor[key])}\n" for key in floor)
        self.floors.write_text(text, encoding="utf-8")

    def f1(self, bound: float, **facts: Any) -> dict[str, Any]:
        floor = {"name": "en-f1", "corpus": "data/en.txt", "task": "recognition", "metric": "f1", "floor": bound}
        return floor | {"sha256": sha256(self.corpus)} | facts

    def calibration(self, bound: float, **facts: Any) -> dict[str, Any]:
        floor = {"name": "placed-ece", "shared": True, "corpus": "placed.jsonl", "task": "resolution"}
        return floor | {"metric": "calibration_error", "ceiling": bound, "sha256": sha256(self.placed)} | facts

    def gate(self, *arguments: str, subject: FewWords | None = None) -> int:
        subject = subject or FewWords("Alep", "Hama", "Homs")
        return main(["--floors", str(self.floors), *arguments], opener=lambda: subject)

    def bound(self, name: str) -> float:
        return next(floor.bound for floor in read_floors(self.floors) if floor.name == name)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    monkeypatch.setenv("MAPGEN_SHARED", str(made.placed.parent))
    return made


F1 = 2 * 1 * 0.75 / 1.75  # three of four found, nothing invented


def test_what_holds_passes(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.857), project.calibration(0.101))
    before = project.floors.read_bytes()
    assert project.gate() == 0
    assert "ok    en-f1: 0.8571 ≥ 0.857" in capsys.readouterr().out
    assert project.floors.read_bytes() == before


def test_what_falls_fails(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.858), project.calibration(0.099))
    assert project.gate() == 1
    told = capsys.readouterr().out
    assert "FAIL  en-f1: 0.8571 ≥ 0.858; below its floor" in told
    assert "FAIL  placed-ece: 0.1000 ≤ 0.099; above its ceiling" in told


def test_a_changed_corpus_fails_however_good_the_figure(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.1))
    project.corpus.write_text("[[Alep]].\n", encoding="utf-8")
    assert project.gate() == 1
    assert project.gate("--raise") == 1
    assert "the corpus has changed" in capsys.readouterr().out
    assert project.bound("en-f1") == 0.1


def test_raise_writes_what_is_reached_and_nothing_else(project: Project) -> None:
    project.write(project.f1(0.5), project.calibration(0.2), project.f1(0.857, name="held"))
    before = project.floors.read_text(encoding="utf-8")
    assert project.gate("--raise") == 0
    after = project.floors.read_text(encoding="utf-8")
    assert after == before.replace("floor = 0.5\n", "floor = 0.857\n").replace("ceiling = 0.2\n", "ceiling = 0.100\n")
    assert project.gate() == 0


def test_raise_never_lowers_and_never_hides_a_fall(project: Project) -> None:
    project.write(project.f1(0.9), project.calibration(0.2))
    before = project.floors.read_bytes()
    assert project.gate("--raise") == 1
    assert project.floors.read_bytes() == before


def test_lower_needs_the_name(project: Project) -> None:
    project.write(project.f1(0.9), project.f1(0.95, name="other"))
    assert project.gate("--lower", "en-f1") == 1  # the other one falls: nothing is written
    assert project.bound("en-f1") == 0.9
    assert project.gate("--lower", "en-f1", "--lower", "other") == 0
    assert (project.bound("en-f1"), project.bound("other")) == (0.857, 0.857)


def test_lower_takes_a_changed_corpus_for_good(project: Project) -> None:
    project.write(project.f1(0.9, sha256=""))
    assert project.gate() == 1
    assert project.gate("--lower", "en-f1") == 0
    assert read_floors(project.floors)[0].sha256 == sha256(project.corpus)
    assert project.gate() == 0


def test_a_name_that_is_none(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.5))
    assert project.gate("--lower", "nothing") == 2
    assert "no floor named nothing" in capsys.readouterr().err


def test_without_the_shared_corpora_it_says_so(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MAPGEN_SHARED")
    project.write(project.f1(0.5), project.calibration(0.0))
    assert project.gate() == 0
    told = capsys.readouterr().out
    assert "MAPGEN_SHARED is not set" in told
    assert "placed-ece: not measured" in told
    assert project.gate("--lower", "placed-ece") == 2


def test_a_corpus_that_is_gone_is_no_pass(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.5))
    project.corpus.unlink()
    assert project.gate() == 2
    assert "is not there" in capsys.readouterr().err


def test_floors_of_one_measurement_are_measured_once(project: Project) -> None:
    subject = FewWords("Alep")
    project.write(project.f1(0.1), project.f1(0.1, name="recall", metric="recall"))
    assert project.gate(subject=subject) == 0
    assert len(subject.read) == 1 + 2  # once to warm up
    project.write(project.f1(0.1, documents=1), project.f1(0.1, name="all"))
    assert project.gate(subject=subject) == 0
    assert len(subject.read) == (1 + 2) + (1 + 1) + (1 + 2)


def test_an_interrupted_gate_changes_nothing(project: Project) -> None:
    class Interrupted(FewWords):
        def recognise(self, _document: Document) -> tuple[Toponym, ...]:
            raise KeyboardInterrupt

    project.write(project.f1(0.1))
    before = project.floors.read_bytes()
    assert project.gate("--raise", subject=Interrupted()) == 130
    assert project.floors.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "holds no floors"),
        ("[[floor]\n", "is no TOML"),
        ('[[floor]]\nname = "x"\n', "lacks corpus, task, metric, sha256, floor"),
        (
            '[[floor]]\nname = "x"\ncorpus = "c"\ntask = "recognition"\nmetric = "f1"\nfloor = 1\nsha256 = ""\n'
            "odd = 1\n",
            "unknown key: odd",
        ),
    ],
)
def test_an_unsound_file_of_floors(
    project: Project, capsys: pytest.CaptureFixture[str], content: str, problem: str
) -> None:
    project.floors.write_text(content, encoding="utf-8")
    assert project.gate() == 2
    assert problem in capsys.readouterr().err


def test_two_floors_of_one_name(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.5), project.f1(0.6))
    assert project.gate() == 2
    assert "two floors are named 'en-f1'" in capsys.readouterr().err


def test_a_figure_that_the_task_has_not(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(project.f1(0.5, metric="accuracy"))
    assert project.gate() == 2
    assert "no figure 'accuracy'" in capsys.readouterr().err


def test_the_floors_of_the_project_are_sound(root: Path) -> None:
    floors = read_floors(root / "tests" / "accuracy" / "floors.toml")
    text = (root / "tests" / "accuracy" / "floors.toml").read_text(encoding="utf-8")
    assert len(tomllib.loads(text)["floor"]) == len(floors)
    for floor in floors:
        assert floor.task in TASKS
        assert 0 < floor.bound < 1, floor.name
        assert len(floor.sha256) == 64, f"{floor.name} has not been measured: --lower {floor.name}"
        assert floor.shared or (root / floor.corpus).exists()
