"""A text in a language that mapgen has not learned: said in the reader's language."""

from __future__ import annotations

import pytest

from mapgen.languages import strangeness


@pytest.mark.parametrize("code", ["fr", "en", ""])
def test_nothing_is_said_of_languages_that_are_learned(code: str) -> None:
    assert strangeness(code, "fr") == ""


def test_a_language_with_a_small_file_is_known_a_little() -> None:
    assert "German, of which mapgen knows little" in strangeness("de", "en")
    assert "allemand, langue que mapgen connaît peu" in strangeness("de", "fr")


def test_a_language_without_a_file_is_not_known() -> None:
    assert "Polish, which mapgen does not know" in strangeness("pl", "en")
    assert "polonais, langue que mapgen ne connaît pas" in strangeness("pl", "fr")


def test_a_reader_without_words_is_told_in_english() -> None:
    assert strangeness("pl", "sv") == strangeness("pl", "en")
    assert strangeness("qq", "en").startswith("the text is in qq,")
