"""The words before and after a place in a text."""

from __future__ import annotations

import pytest

from mapgen.languages import load
from mapgen.recognition.features.neighbours import Neighbours
from mapgen.recognition.tokens import Lexicon

FRENCH = load("fr")


def at_name(text: str) -> tuple[Neighbours, int]:
    tokens = Lexicon(FRENCH).tokens(text)
    at = next(number for number, word in enumerate(tokens.words) if word.text == "Xxville")
    return Neighbours(tokens, FRENCH), at


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
def test_cue_before_a_word(text: str, cue: tuple[str, str, str]) -> None:
    neighbours, at = at_name(text)
    assert neighbours.cue(at) == cue


def test_equal_words_make_equal_parts() -> None:
    neighbours, at = at_name("Hier, les habitants de Xxville ont tous fui la ville.")
    others, other_at = at_name("Tous, puis les habitants de Xxville ont tous fui, dit-on.")
    assert neighbours.left(at) == others.left(other_at)
    assert neighbours.right(at) == others.right(other_at)
    assert hash(neighbours.left(at)) == hash(others.left(other_at))


def test_an_empty_line_sets_a_name_apart() -> None:
    (plain, at), (other, other_at) = at_name("les Habitants Xxville"), at_name("les Habitants\n\nXxville")
    assert plain.left(at).capital
    assert not other.left(other_at).capital


def test_nothing_precedes_the_start_of_the_text() -> None:
    neighbours, at = at_name("de la Xxville")
    within, within_at = at_name("On parle de la ville de la Xxville")
    assert neighbours.left(at) != within.left(within_at)
    assert neighbours.left(at).three == "|"


def test_a_run_of_capitals_has_the_cue_before_it() -> None:
    neighbours, at = at_name("la ville de Saint Pierre Xxville")
    assert neighbours.left(at).run == "+"


def test_apposition_is_read_after_an_article() -> None:
    neighbours, at = at_name("Xxville, une ville")
    assert neighbours.right(at).cue == "city"
