"""Every language file loads, is sorted, and holds what recognition asks of it; the languages are found by listing."""

import re
import tomllib
from importlib import resources

import pytest

from mapgen import languages
from mapgen.languages import available, load
from mapgen.model import Kind, RelationType
from mapgen.recognition.description.relations import _regex

TEXTS = {
    item.name: item.read_text(encoding="utf-8")
    for item in resources.files("mapgen.languages").iterdir()
    if item.name.endswith(".toml")
}
COMPLETE = [code for code in available() if load(code).reasons]
PLAIN_TEXT = {"page", "reasons", "kinds", "relations", "spellings"}
"""Tables whose strings are no lists of words."""


def word_lists():
    for name, text in TEXTS.items():
        for table, values in tomllib.loads(text).items():
            if isinstance(values, str):
                yield name, "", table, values
            elif table not in PLAIN_TEXT and isinstance(values, dict):
                for key, value in values.items():
                    if isinstance(value, str):
                        yield name, table, key, value


def test_the_promised_languages_are_there():
    assert {"fr", "en", "de", "es", "it", "pt", "ar"} <= set(available())
    assert {"fr", "en", "es"} <= set(COMPLETE)


def test_lists_have_one_word_a_line_in_order():
    lists = list(word_lists())
    assert len(lists) > 500
    for name, table, key, value in lists:
        words = value.split("\n")
        if len(words) > 1:
            assert words[-1] == "", (name, table, key)
            words.pop()
        assert words == sorted(set(words)), (name, table, key)
        assert all(word == word.strip() for word in words), (name, table, key)


def test_no_line_is_long():
    for name, text in TEXTS.items():
        if name.count(".") == 1:
            assert max(map(len, text.splitlines())) <= 120, name


@pytest.mark.parametrize("code", available())
def test_every_file_loads_and_its_patterns_compile(code):
    language = load(code)
    assert language.known
    assert language.code == code
    assert language.cues
    assert language.stop
    for pattern in language.relations:
        assert isinstance(_regex(code, pattern.pattern), re.Pattern)
        assert isinstance(pattern.type, RelationType)


@pytest.mark.parametrize("code", available())
def test_every_plural_cue_is_a_cue(code):
    language = load(code)
    assert language.plural_cues <= set(language.cues)


@pytest.mark.parametrize("code", COMPLETE)
def test_the_complete_languages_are_complete(code):
    language = load(code)
    assert set(language.kinds) == set(Kind)
    assert all(words.singular and words.plural and words.definite and words.of for words in language.kinds.values())
    assert len(set(language.demonyms.values())) > 180
    assert {relation.type for relation in language.relations} == set(RelationType)
    assert set(language.directions.values()) == {"N", "NE", "E", "SE", "S", "SW", "W", "NW", "C"}
    assert len(language.months) >= 12
    assert len(language.days) >= 7
    assert language.page
    assert language.families
    assert language.topics


def test_cues_know_their_plurals():
    french = load("fr")
    assert french.cues["provinces"] == Kind.REGION
    assert "provinces" in french.plural_cues
    assert "province" not in french.plural_cues
    assert "pays" not in french.plural_cues


def test_demonyms_come_with_their_plurals():
    assert load("fr").demonyms["syriennes"] == "SY"
    assert load("fr").demonyms["français"] == "FR"
    assert load("en").demonyms["afghans"] == "AF"


def test_a_region_and_case_do_not_matter():
    assert load("FR-ca") is load("FR-ca")
    assert load("fr_CA").code == "fr"


def test_an_unknown_language_is_neutral():
    neutral = load("xx")
    assert not neutral.known
    assert not neutral.cues
    assert neutral.cased


def test_first_names_are_small_and_many():
    names = languages.given_names()
    assert len(names) > 1500
    assert all(name == name.lower() for name in names)
