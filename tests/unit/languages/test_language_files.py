"""Every language file loads, is sound, and holds what recognition asks of it."""

import re

import pytest

from mapgen import languages
from mapgen.languages import load
from mapgen.model import Kind, RelationType
from mapgen.recognition.relations import _regex, find_relations  # noqa: F401


def test_the_promised_languages_are_there():
    assert {"fr", "en", "de", "es", "it", "pt", "ar"} <= set(languages.available())


@pytest.mark.parametrize("code", languages.available())
def test_every_file_loads_and_its_patterns_compile(code):
    language = load(code)
    assert language.known
    assert language.code == code
    assert language.cues
    assert language.stop
    for pattern in language.relations:
        assert isinstance(_regex(code, pattern.pattern), re.Pattern)
        assert isinstance(pattern.type, RelationType)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_complete_languages_are_complete(code):
    language = load(code)
    assert set(language.kinds) == set(Kind)
    assert all(words.singular and words.plural and words.definite and words.of for words in language.kinds.values())
    assert len(set(language.demonyms.values())) > 180
    assert {relation.type for relation in language.relations} == set(RelationType)
    assert set(language.directions.values()) == {"N", "NE", "E", "SE", "S", "SW", "W", "NW", "C"}
    assert len(language.months) >= 12
    assert len(language.days) >= 7


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
