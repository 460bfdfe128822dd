"""Burmese names by ear in their official spelling."""

from __future__ import annotations

import pytest

from mapgen.gazetteer.respelling import respelled


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("Ywar Ma", "ywama"),
        ("Nyaung Pin Thar", "nyaungbintha"),
        ("Pauk Kone", "paukkon"),
        ("Pauk Kone", "paukgon"),
        ("Htan Pin", "tanbin"),
        ("Ah Lone", "alon"),
        ("Chaung Zone", "chaungzon"),
        ("Taung-Myint", "taungmyin"),
    ],
)
def test_syllables_by_ear_are_joined_without_their_signs(name: str, official: str) -> None:
    assert official in list(respelled(name))


@pytest.mark.parametrize("name", ["Yangon", "", "a b", "One Two Three Four Five"])
def test_names_of_one_syllable_or_of_many_have_no_other_spelling(name: str) -> None:
    assert list(respelled(name)) == []


def test_a_name_has_few_spellings() -> None:
    assert len(list(respelled("Ka Ta Pa Sa"))) == 8
