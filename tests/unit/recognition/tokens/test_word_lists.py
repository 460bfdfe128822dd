"""What large word lists say of single words."""

from importlib import resources

import pytest

from mapgen.languages import load
from mapgen.recognition.tokens import Lexicon
from mapgen.recognition.tokens.word_lists import WordList, name_classes, small_class

SAMPLE = "# de A=Müller B=Paris\n\nA1\tA\nAlbi\tB\nKennedy\tA\nÉvian\tB".encode()


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_every_word_of_a_list_is_found_and_no_other(end: bytes) -> None:
    words = WordList(SAMPLE + end)
    assert [words.find(word) for word in ("A1", "Albi", "Kennedy", "Évian")] == ["A", "B", "A", "B"]
    assert [words.find(word) for word in ("", "A", "Albig", "Kenned", "Kennedys", "Zug", "Île")] == [""] * 7
    assert words.labels == {"de": {"A": "Müller", "B": "Paris"}}


def test_an_empty_list_holds_nothing() -> None:
    assert WordList(b"").find("Paris") == ""


@pytest.mark.parametrize("name", ["names.txt", "words.en.txt"])
def test_the_shipped_lists_stand_in_the_order_of_their_bytes(name: str) -> None:
    body = (resources.files("mapgen.recognition.tokens") / name).read_bytes().partition(b"\n\n")[2]
    keys = [line.partition(b"\t")[0] for line in body.splitlines()]
    assert keys == sorted(set(keys))
    assert len(keys) > 50_000


def test_persons_and_cities_keep_other_company() -> None:
    surname, city = name_classes("Kennedy"), name_classes("Amsterdam")
    assert surname[0] != city[0]
    assert surname[3].startswith("person:A")
    assert "A" not in city[3]


def test_a_word_that_no_list_holds_has_no_class() -> None:
    assert name_classes("Qxzvbn") == ("de:", "en:", "es:", "person:..", "case:..")
    assert small_class("en", "qxzvbn") == ""
    assert small_class("fr", "soldat") == ""


def test_words_of_capitals_are_looked_up_as_names() -> None:
    words = Lexicon(load("fr"))
    assert words.word("KENNEDY").classes == words.word("Kennedy").classes
    assert words.word("le").classes == ()
    assert Lexicon(load("en")).word("soldier").classes[0].startswith("en:")
    assert words.word("buteur").topic == "sport"
