import csv
from importlib.resources import files

import pytest

from mapgen.gazetteer.short_forms import peoples, short_forms
from mapgen.model import MatchType


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("Calif.", "iso:US-CA"),
        ("W.Va.", "iso:US-WV"),
        ("W. VA.", "iso:US-WV"),
        ("N.Y", "iso:US-NY"),
        ("Ill.", "iso:US-IL"),
        ("TX", "iso:US-TX"),
        ("B.C.", "iso:CA-BC"),
        ("N.-B.", "iso:CA-NB"),
        ("N.S.W.", "iso:AU-NSW"),
        ("R.D.C.", "iso:CD"),
        ("S.-et-M.", "iso:FR-77"),
    ],
)
def test_a_short_form_is_its_place(form: str, place: str) -> None:
    assert (place, MatchType.EXACT) in short_forms(form)


def test_a_form_without_its_stop_is_less_sure() -> None:
    assert short_forms("Calif") == (("iso:US-CA", MatchType.FOLDED),)


def test_some_forms_are_known_only_with_their_stop() -> None:
    assert ("iso:MX-VER", MatchType.EXACT) in short_forms("Ver.")
    assert short_forms("Ver") == short_forms("Col") == ()


@pytest.mark.parametrize("word", ["ill", "in", "me", "Tx", "miss", "IlL", "Paris", "", "."])
def test_words_are_no_short_forms(word: str) -> None:
    assert short_forms(word) == ()


@pytest.mark.parametrize(
    ("people", "place"), [("Texans", "iso:US-TX"), ("ohioan", "iso:US-OH"), ("Québécoises", "iso:CA-QC")]
)
def test_a_people_is_at_home_in_its_region(people: str, place: str) -> None:
    assert peoples(people) == (place,)
    assert peoples("Syrians") == ()


def test_the_list_is_tidy() -> None:
    text = files("mapgen.gazetteer").joinpath("sources", "short-forms.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({(row["form"], row["place"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["sort"] in ("abbreviation", "dotted", "postal", "demonym"), row
        assert row["source"], row
        assert (row["sort"] in ("abbreviation", "dotted")) == ("." in row["form"]), row
