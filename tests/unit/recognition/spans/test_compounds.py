"""Words of two names with a hyphen."""

import pytest

from mapgen.languages import load
from mapgen.recognition.spans import read_tokens
from mapgen.recognition.tokens import Lexicon, load_common


def words(gazetteer, text: str) -> list[str]:
    tokens = read_tokens(text, Lexicon(load("fr")), gazetteer, load_common()["fr"])
    return [word.text for word in tokens.words]


@pytest.mark.parametrize("text", ["Oslo-Bergen", "Damas-Lyon"])
def test_two_places_are_cut(gazetteer, text):
    assert words(gazetteer, text) == text.replace("-", " - ").split()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oslo-Bergen-Lyon", "Oslo Bergen Lyon"),
        ("Lyon-Port-Vila", "Lyon Port-Vila"),
        ("Petit-Lyon-Oslo", "Petit-Lyon-Oslo"),
        ("Lyon-Zarqanoubié-Oslo", "Lyon-Zarqanoubié-Oslo"),
        ("Bergen-Saint-Denis", "Bergen-Saint-Denis"),
    ],
)
def test_several_places_are_cut_into_the_fewest_names(gazetteer, text, names):
    assert [word for word in words(gazetteer, text) if word != "-"] == names.split()


def test_an_agency_and_the_place_of_its_dispatch_are_cut(gazetteer):
    assert words(gazetteer, "XNP-Lomé") == ["XNP", "-", "Lomé"]
    assert words(gazetteer, "XNP-Zarqanoubié") == ["XNP-Zarqanoubié"]


def test_an_adjective_belongs_to_its_name(gazetteer):
    assert words(gazetteer, "Petit-Bergen") == ["Petit-Bergen"]


def test_syllables_that_only_sound_like_places_stay_together(gazetteer):
    assert words(gazetteer, "Zaghreb-Bergan") == ["Zaghreb-Bergan"]
