"""Containers that the text states, and what only looks like one."""

from __future__ import annotations

import pytest
from resolution_samples import toponyms

from mapgen import languages
from mapgen.model import Kind
from mapgen.resolution.evidence.patterns import list_members
from mapgen.resolution.evidence.statements import Statement, stated_containers


def stated(language: str, text: str, *names: str, **facts: Kind) -> dict[int, Statement]:
    found = toponyms(text, *names, **facts)
    return dict(stated_containers(text, found, list_members(text, found), languages.load(language)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A mill closed in Xyz, Abc, on Friday."),
        ("en", "XYZ, Abc. (AP) — A mill closed."),
        ("en", "XYZ, Abc (WBZ)—A mill closed."),
        ("en", "A mill closed in Xyz (Abc)."),
        ("en", "A mill closed in Xyz, in northern Abc."),
        ("fr", "Une scierie ferme à Xyz (Abc)."),
        ("fr", "Une scierie ferme à Xyz, en Abc, faute de bois."),
        ("fr", "Une scierie ferme à Xyz, dans la province d'Abc."),
        ("fr", "Une scierie ferme à Xyz, au Abc."),
    ],
)
def test_what_a_comma_or_a_bracket_states(language: str, text: str) -> None:
    assert stated(language, text.replace("XYZ", "Xyz"), "Xyz", "Abc") == {0: Statement(1, calls_part=False)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Two houses burned in Xyz, a suburb of Abc."),
        ("en", "Two houses burned in Xyz, a small village in Abc."),
        ("fr", "Deux maisons ont brûlé à Xyz, un quartier populaire d'Abc."),
        ("fr", "Deux maisons ont brûlé à Xyz, chef-lieu de la région d'Abc, mardi."),
    ],
)
def test_what_an_apposition_states(language: str, text: str) -> None:
    assert stated(language, text, "Xyz", "Abc") == {0: Statement(1, calls_part=True)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "After a week in Xyz, Abc accused its neighbour."),
        ("en", "They toured Xyz and Abc."),
        ("en", "The envoy of Xyz in Abc resigned."),
        ("fr", "En Xyz, en Abc, partout on vote."),
        ("fr", "Il quitte Xyz, la capitale, pour Abc."),
        ("fr", "Des renforts de Xyz, villages de Abc compris, arrivent."),
        ("fr", "On compte deux morts à Xyz, un dans le quartier d'Abc."),
        ("en", "A mill closed in Xyz, Abc (and others) did too."),
    ],
)
def test_what_states_nothing(language: str, text: str) -> None:
    assert stated(language, text, "Xyz", "Abc") == {}


def test_a_list_of_three_states_nothing() -> None:
    assert stated("en", "Schools in Xyz, Abc, Def closed.", "Xyz", "Abc", "Def") == {}


def test_a_town_needs_no_comma() -> None:
    text = "The town of Xyz in Abc was spared."
    assert stated("en", text, "Xyz", "Abc") == {}
    assert stated("en", text, "Xyz", "Abc", cue_kind=Kind.CITY) == {0: Statement(1, calls_part=False)}
