"""The forms one edit from a name, and their key numbers."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.gazetteer.keys import key_number
from mapgen.gazetteer.near_names import NearForms


def forms_of(name: str) -> list[str]:
    near = NearForms(name)
    return [near.form(at) for at in range(len(near.numbers))]


def edited(name: str) -> set[str]:
    """All forms one edit from a name, by the definition."""
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1 and tail[0] != tail[1]}
    shorter = {head + tail[1:] for head, tail in cuts if tail}
    longer = {head + letter + tail for head, tail in cuts for letter in string.ascii_lowercase}
    changed = {
        head + letter + tail[1:]
        for head, tail in cuts
        for letter in string.ascii_lowercase
        if head and tail and letter != tail[0]
    }
    return swapped | shorter | longer | changed


@pytest.mark.parametrize("wrong", ["montpelier", "montpellierr", "motnpellier", "montpallier"])
def test_one_edit_is_near(wrong: str) -> None:
    assert "montpellier" in forms_of(wrong)


def test_two_edits_are_not_near() -> None:
    assert "montpellier" not in forms_of("montpelir")


@given(st.text(st.sampled_from("aabz é\u0633北\U0001f600\ud800"), min_size=1, max_size=9))
def test_the_forms_are_all_within_one_edit_each_once_with_their_numbers(name: str) -> None:
    forms = forms_of(name)
    assert set(forms) == edited(name)
    assert len(forms) == len(set(forms))
    assert NearForms(name).numbers.tolist() == [key_number(form) for form in forms]
