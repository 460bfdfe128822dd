"""A person's decisions from file to map: the command line, the interface, other and edited texts, the documentation."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from commands import one_line, run

import mapgen
from mapgen.corrections import Correction, Scope, amend
from mapgen.corrections.reader import COLUMNS
from mapgen.errors import CorrectionsError
from mapgen.gazetteer import Gazetteer
from mapgen.model import Decision
from mapgen.reading import read_as
from mapgen.recognition import GazetteerRecogniser
from mapgen.rendering import render

pytestmark = pytest.mark.usefixtures("gazetteer")

TEXT = "Le train relie Lyon à Genève. Moscou accuse Paris, selon Washington. Une fête a eu lieu au Vieux Moulin."
HEAD = ",".join(COLUMNS)
ROWS = (
    "a.txt,44,49,Paris,here,place,gn:4717560,,,,,,",
    ",,,Moscou,everywhere,no-place,,,,,,,",
    "a.txt,91,103,Vieux Moulin,here,missing,,,,,45.75,4.85,",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.csv").write_text("\n".join((HEAD, *ROWS, "")), encoding="utf-8")
    return tmp_path


def told(output: str) -> dict[str, tuple[str | None, str | None]]:
    """Decision and place of each name."""
    rows = [json.loads(line) for line in output.splitlines()]
    return {row["text"]: (row["decision"], row["place_id"]) for row in rows}


EXPECTED = {
    "Lyon": (None, "gn:2996944"), "Genève": (None, "gn:2660646"), "Moscou": ("no-place", None),
    "Paris": ("place", "gn:4717560"), "Washington": (None, "gn:4140963"),
    "Vieux Moulin": ("missing", "said:vieux-moulin@45.75000,4.85000"),
}  # fmt: skip


def test_the_command_line_replays_decisions(folder: Path, home: Path) -> None:
    done = run("places", "a.txt", "--corrections", "c.csv", "-f", "jsonl", home=home, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert told(done.stdout) == EXPECTED
    for row in map(json.loads, done.stdout.splitlines()):
        if row["decision"] == "no-place":
            assert (row["probability"], row["reasons"]) == (None, "une personne a indiqué que ce n'est pas un lieu")
        elif row["decision"]:
            assert row["probability"] == 1.0
            assert "une personne" in row["reasons"]


def test_the_page_keeps_what_is_no_place_and_says_why(folder: Path, home: Path) -> None:
    done = run("map", "a.txt", "--corrections", "c.csv", "--page-language", "en", "-o", "b.html", home=home, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("6 mentions, 5 places, 1 unplaced\n")
    page = (folder / "b.html").read_text(encoding="utf-8")
    for reason in ("a person said that this is no place", "a person chose this place", "a person put it at this point"):
        assert reason in page


def test_decisions_over_other_texts_and_edited_ones(folder: Path, home: Path) -> None:
    (folder / "b.txt").write_text("Moscou accuse Paris.", encoding="utf-8")
    other = run("places", "b.txt", "--corrections", "c.csv", "-f", "jsonl", home=home, cwd=folder)
    assert other.stderr == ""
    assert told(other.stdout) == {"Moscou": ("no-place", None), "Paris": (None, "gn:2988507")}
    (folder / "a.txt").write_text(f"Lundi. {TEXT}", encoding="utf-8")
    edited = run("places", "a.txt", "--corrections", "c.csv", "-f", "jsonl", home=home, cwd=folder)
    assert edited.returncode == 0
    assert edited.stderr.splitlines() == [
        "mapgen: c.csv:2: 'Paris' does not stand at 44-49 of a.txt; not applied",
        "mapgen: c.csv:4: 'Vieux Moulin' does not stand at 91-103 of a.txt; not applied",
    ]
    assert told(edited.stdout)["Paris"] == (None, "gn:2988507")
    assert told(edited.stdout)["Moscou"] == ("no-place", None)


def test_explain_tells_that_a_person_decided(folder: Path, home: Path) -> None:
    done = run("places", "a.txt", "--corrections", "c.csv", "--explain=features", home=home, cwd=folder)
    for decision in ("place", "no-place", "missing"):
        assert f"  a person decided: {decision}" in done.stderr.splitlines()


def test_later_files_win_and_several_texts_share_them(folder: Path, home: Path) -> None:
    later = folder / "later.csv"
    later.write_text("name;scope;decision;place\nMoscou;everywhere;place;gn:524901\n", encoding="utf-8-sig")
    (folder / "b.txt").write_text("Moscou accuse Paris.", encoding="utf-8")
    files = ("--corrections", "c.csv", "--corrections", later)
    done = run("places", "a.txt", "b.txt", *files, "-f", "jsonl", "-o", "out/", home=home, cwd=folder)
    assert done.returncode == 0, done.stderr
    for name in ("a", "b"):
        assert told((folder / "out" / f"{name}.jsonl").read_text(encoding="utf-8"))["Moscou"] == ("place", "gn:524901")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (f"{HEAD}\na.txt,44,49,Paris,here,perhaps,,,,,,,\n,,,,,,x\n", ("c.csv", "line 2", "perhaps", "line 3")),
        ("a,b\n", ("c.csv", "no column")),
        (None, ("c.csv", "cannot be read")),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_run(
    content: str | None, named: tuple[str, ...], folder: Path, home: Path
) -> None:
    (folder / "c.csv").unlink()
    if content is not None:
        (folder / "c.csv").write_text(content, encoding="utf-8")
    done = run("map", "a.txt", "--corrections", "c.csv", home=home, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert all(word in one_line(done) for word in named)
    assert not (folder / "output").exists()


def test_standard_input_is_called_a_dash(home: Path, folder: Path) -> None:
    (folder / "c.csv").write_text("document,name,scope,decision\n-,Moscou,document,no-place\n", encoding="utf-8")
    done = run("places", "-", "--corrections", "c.csv", "-f", "jsonl", home=home, stdin=TEXT, cwd=folder)
    assert told(done.stdout)["Moscou"] == ("no-place", None)


def test_python_takes_files_or_corrections(folder: Path, gazetteer: Gazetteer) -> None:
    document = mapgen.read(folder / "a.txt")
    file = folder / "c.csv"
    for given in (file, str(file), [file], mapgen.Corrections.read(file)):
        parsed = mapgen.Geoparser(gazetteer=gazetteer, corrections=given).parse(document)
        assert {toponym.text: toponym.decision for toponym in parsed.toponyms if toponym.decision} == {
            "Paris": "place", "Moscou": "no-place", "Vieux Moulin": "missing",
        }  # fmt: skip
        assert [toponym.text for toponym in parsed.unplaced] == ["Moscou"]
        assert set(parsed.to_frame()["decision"].dropna()) == {"place", "no-place", "missing"}
    with pytest.raises(CorrectionsError, match="nowhere"):
        mapgen.Geoparser(gazetteer=gazetteer, corrections=folder / "nowhere.csv")


def test_what_else_a_name_could_mean_is_kept(folder: Path, gazetteer: Gazetteer) -> None:
    plain = mapgen.Geoparser(gazetteer=gazetteer).parse(mapgen.read(folder / "a.txt"))
    parsed = mapgen.Geoparser(gazetteer=gazetteer, corrections=folder / "c.csv").parse(mapgen.read(folder / "a.txt"))

    def meanings(of: mapgen.Parsed, name: str) -> set[str]:
        (toponym,) = (toponym for toponym in of.toponyms if toponym.text == name)
        assert toponym.resolution is not None
        places = [candidate.place.id for candidate in toponym.resolution.alternatives]
        return {*places, *([toponym.place.id] if toponym.place else [])}

    for name in ("Paris", "Moscou"):
        # A decision makes the rest equally unlikely: more of them than before may be listed.
        assert meanings(parsed, name) >= meanings(plain, name)
    (paris,) = (toponym for toponym in parsed.toponyms if toponym.text == "Paris")
    assert paris.resolution is not None
    assert {candidate.probability for candidate in paris.resolution.alternatives} == {0.0}
    chosen = parsed.to_frame(candidates=True).query("text == 'Paris' and chosen")
    assert list(chosen["place_id"]) == ["gn:4717560"]


def test_other_names_profit_from_a_decision(gazetteer: Gazetteer) -> None:
    text = "Rain fell in Valencia and San Carlos."
    found: dict[str, str] = {}
    for match in gazetteer.lookup("San Carlos"):
        found.setdefault(match.place.country, match.place.id)

    def valencia(country: str) -> str:
        row = Correction(name="San Carlos", decision=Decision.PLACE, scope=Scope.EVERYWHERE, place=found[country])
        parsed = mapgen.Geoparser(gazetteer=gazetteer, corrections=mapgen.Corrections((row,))).parse(text)
        other = parsed.toponyms[0]
        assert (other.text, other.decision) == ("Valencia", None)
        assert other.place is not None
        return other.place.country

    assert {country: valencia(country) for country in ("ES", "VE")} == {"ES": "ES", "VE": "VE"}


def test_resolve_honours_decisions_too(gazetteer: Gazetteer) -> None:
    text = "Alep et Damas et Homs"
    rows = (
        Correction(name="Damas", decision=Decision.NO_PLACE, scope=Scope.DOCUMENT, document="-"),
        Correction(name="Homs", decision=Decision.MISSING, scope=Scope.HERE, span=(17, 21), document="-"),
    )
    parsed = mapgen.Geoparser(gazetteer=gazetteer, corrections=mapgen.Corrections(rows)).resolve(
        text, [(0, 4), (8, 13)]
    )
    assert [(toponym.text, toponym.decision) for toponym in parsed.toponyms] == [
        ("Alep", None), ("Damas", Decision.NO_PLACE), ("Homs", Decision.MISSING),
    ]  # fmt: skip
    homs = parsed.toponyms[2]
    assert homs.place is not None
    assert homs.place.country == "SY"
    assert homs.resolution is not None
    assert homs.resolution.reasons[0] == "une personne a signalé ce nom dans le texte"
    assert homs.resolution.probability < 1


def test_a_name_with_a_cue_that_is_no_place_is_not_put_into_a_region(gazetteer: Gazetteer) -> None:
    text = "Dans la province de Hama, les collines de Zouktach ont été prises."
    geoparser = mapgen.Geoparser(gazetteer=gazetteer)
    start = text.index("Zouktach")
    placed = geoparser.resolve(text, [(20, 24), (start, start + 8)]).toponyms[1]
    assert placed.place is not None
    row = Correction(name="Zouktach", decision=Decision.NO_PLACE, scope=Scope.DOCUMENT, document="-")
    corrected = mapgen.Geoparser(gazetteer=gazetteer, corrections=mapgen.Corrections((row,)))
    assert corrected.resolve(text, [(20, 24), (start, start + 8)]).toponyms[1].place is None


def test_no_online_geocoder_is_asked_for_what_a_person_has_decided(gazetteer: Gazetteer) -> None:
    asked: list[str] = []

    class Source:
        def places(self, name: str, **_options: str) -> tuple[mapgen.Place, ...]:
            asked.append(name)
            return ()

    row = Correction(name="Zouktach", decision=Decision.NO_PLACE, scope=Scope.DOCUMENT, document="-")
    text = "Zouktach et Xyvakk"
    corrections = mapgen.Corrections((row,))
    geoparser = mapgen.Geoparser(gazetteer=gazetteer, corrections=corrections, geocoder=Source())
    geoparser.resolve(text, [(0, 8), (12, 18)])
    assert asked == ["Xyvakk"]


def test_hostile_words_in_a_file_of_corrections_stay_words(gazetteer: Gazetteer, folder: Path, home: Path) -> None:
    evil = '</script><img src=x onerror="alert(1)">\x1b[31m'
    row = Correction(
        name="Paris", decision=Decision.PLACE, scope=Scope.EVERYWHERE, label=evil, point=(1.0, 2.0), path=evil
    )
    page = render(mapgen.Geoparser(gazetteer=gazetteer, corrections=mapgen.Corrections((row,))).parse(TEXT))
    assert "<img src=x" not in page
    (folder / "c.csv").write_text("document,name,scope,decision\na.txt,\x1b[31mx,document,no-place\n", encoding="utf-8")
    done = run("places", "a.txt", "--corrections", "c.csv", home=home, cwd=folder)
    assert done.returncode == 0
    assert "\x1b" not in done.stderr
    assert "does not occur" in done.stderr


def blocks(page: str) -> dict[str, str]:
    """The fenced blocks of a page, by their language."""
    return dict(re.findall(r"^```(\w+)\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL))


def test_the_example_of_the_documentation(root: Path, home: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    (tmp_path / "note.txt").write_text(blocks(page)["text"], encoding="utf-8")
    (tmp_path / "corrections.csv").write_text(blocks(page)["csv"], encoding="utf-8")
    (command,) = re.findall(r"`mapgen (places note\.txt[^`]*)` then prints", page)
    done = run(*command.split(), home=home, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    table = page[page.index("then prints") :].split("\n\n")[1].splitlines()
    cells: list[list[str]] = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    expected = [dict(zip(cells[0], line, strict=True)) for line in cells[2:]]
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [{column: row[column] for column in cells[0]} for row in rows] == expected


def test_the_documentation_names_every_column(root: Path) -> None:
    page = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    table = page[page.index("| column |") :].split("\n\n")[0]
    assert set(re.findall(r"`([\w-]+)`", "".join(line.split("|")[1] for line in table.splitlines()[2:]))) == {*COLUMNS}


def test_marking_a_missed_name_changes_no_other_name(gazetteer: Gazetteer, root: Path) -> None:
    recogniser = GazetteerRecogniser(gazetteer)
    marked = 0
    for language in ("fr", "en"):
        passages = (root / "data" / "dispatches" / f"{language}.txt").read_text(encoding="utf-8").split("\n\n")
        for number, passage in enumerate(passages[5:300:5]):
            # Headlines in capitals are read otherwise than sentences: every third passage begins with one.
            text = re.sub(r"\[\[([^|\]]*)[^\]]*\]\]", r"\1", passage.partition("\n")[2])
            text = f"{text[:60].upper()}\n\n{text}" if number % 3 == 0 else text
            document = read_as(mapgen.Document(text=text, language=language)).document
            text = document.text
            before = recogniser.recognise(document)
            spans = [match.span() for match in re.finditer(r"[^\W\d_]{4,}", text)]
            missed = [
                span
                for span in spans
                if all(end <= span[0] or span[1] <= start for start, end in (t.span for t in before))
            ]
            if not missed:
                continue
            span = missed[len(missed) // 2]
            row = Correction(
                name=text[slice(*span)], decision=Decision.MISSING, scope=Scope.HERE, span=span, document="-"
            )
            after = amend(
                read_as(document), before, mapgen.Corrections((row,)), gazetteer, describe=recogniser.describe
            )
            assert tuple(toponym for toponym in after.toponyms if toponym.span != span) == before
            assert len(after.toponyms) == len(before) + 1
            marked += 1
    assert marked > 50
