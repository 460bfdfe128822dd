"""Windows: the words next to a name say the same wherever they stand."""

from __future__ import annotations

import pytest

from mapgen.languages import load
from mapgen.recognition.features.windows import Windows
from mapgen.recognition.tokens import lexicon

FRENCH = load("fr")


def at_name(text: str) -> tuple[Windows, object, object]:
    tokens = lexicon(FRENCH).tokens(text)
    at = next(number for number, word in enumerate(tokens.words) if word.text == "Xxville")
    windows = Windows(FRENCH)
    return windows, windows.before(tokens, at), windows.after(tokens, at)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("la ville de Xxville", ("+", "city", "ville")),
        ("Il a vu la ville de la Xxville", ("+", "city", "ville")),
        ("Il y a une ville Xxville", ("=", "city", "ville")),
        ("Xxville", ("", "", "")),
        (". Xxville", ("", "", "")),
    ],
)
def test_cue_of_a_window(text: str, cue: tuple[str, str, str]) -> None:
    tokens = lexicon(FRENCH).tokens(text)
    windows = Windows(FRENCH)
    assert windows.cue(windows.words_before(tokens, len(tokens.words) - 1)) == cue


def test_equal_windows_are_one_key() -> None:
    _, before, after = at_name("Hier, les habitants de Xxville ont tous fui la ville.")
    _, other_before, other_after = at_name("Tous, puis les habitants de Xxville ont tous fui, dit-on.")
    assert (before, after) == (other_before, other_after)
    assert hash(before) == hash(other_before)


def test_windows_tell_sentences_and_lines_apart() -> None:
    _, plain, _ = at_name("les habitants de Xxville")
    _, other, _ = at_name("les habitants de\n\nXxville")
    assert plain != other


def test_start_of_the_text_is_no_window_within() -> None:
    windows, before, _ = at_name("de la Xxville")
    _, within, _ = at_name("On parle de la ville de la Xxville")
    assert before != within
    assert windows.left(before).three == "|"  # type: ignore[arg-type]


def test_a_run_of_capitals_has_the_cue_before_it() -> None:
    windows, before, _ = at_name("la ville de Saint Pierre Xxville")
    assert windows.left(before).run == "+"  # type: ignore[arg-type]


def test_apposition_is_read_behind_an_article() -> None:
    windows, _, after = at_name("Xxville, une ville")
    assert windows.right(after).cue == "city"  # type: ignore[arg-type]
