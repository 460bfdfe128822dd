"""Why names have no right candidate."""

from __future__ import annotations

import pytest

from mapgen.evaluation.cases import Answer, Case, Outcome
from mapgen.evaluation.run import Run
from mapgen.evaluation.uncovered import Cause, uncovered, uncovered_lines
from mapgen.gazetteer import Gazetteer


def case(name: str, lat: float, lon: float, *, kind: str = "", country: str = "", id_: str = "") -> Case:
    truth = Answer(name="", id=id_, kind=kind, country=country, lat=lat, lon=lon)
    return Case(
        document="1", start=0, end=len(name), name=name, outcome=Outcome.UNANSWERED, kind=kind, country=country,
        truth=truth, covered=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "cause"),
    [
        (case("Afrique", 21.6, 3.9), Cause.WIDE),
        (case("Texans", 31.0, -99.0, kind="region", country="US"), Cause.PEOPLE),
        (case("Alema", 51.0, 9.7, kind="country", country="DE"), Cause.PIECE),
        (case("Tulouse", 43.6, 1.44, country="FR"), Cause.SPELLING),
        (case("Xyzzqvard", 43.6, 1.44, country="FR", id_="gn:2972315"), Cause.OTHER_NAME),
        (case("Lyon", -54.0, -36.0, kind="village"), Cause.NAMESAKE),
        (case("Xyzzqvard", -54.0, -36.0, kind="village"), Cause.UNKNOWN),
    ],
)
def test_the_cause_is_told(gazetteer: Gazetteer, one: Case, cause: Cause) -> None:
    run = Run(task="resolution", corpus="c", sha256="", version="", cases=(one,))
    assert uncovered(run, gazetteer) == {cause: (one,)}


def test_names_with_a_right_candidate_are_left_out_and_the_others_listed(gazetteer: Gazetteer) -> None:
    right = Case(document="1", start=0, end=4, name="Lyon", outcome=Outcome.RIGHT, covered=True)
    wrong = case("Xyz*vard", -54.0, -36.0, kind="village", country="GS")
    run = Run(task="resolution", corpus="c", sha256="", version="", names=3, cases=(right, wrong, wrong))
    first, *rest = uncovered_lines(uncovered(run, gazetteer), "c", run.names)
    assert first.startswith("c: 2 of 3 names (66.7%)")
    assert rest == [f"- **{Cause.UNKNOWN}**: 2 (village 2): Xyz\\*vard (GS) ×2", ""]
