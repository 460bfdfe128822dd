"""Names of places as readers of a language write them."""

from dataclasses import replace

import pytest

from mapgen.languages import load, page_languages, place_name
from mapgen.model import Division, Kind, Place


def division(name: str, **labels: str) -> Division:
    return Division(id="x", name=name, labels=tuple(labels.items()))


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Province of Albay", "fr", "province d'Albay"),
        ("Cavite Province", "fr", "province de Cavite"),
        ("Vlorë County", "fr", "comté de Vlorë"),
        ("Oblast Pleven", "fr", "oblast de Pleven"),
        ("Osun State", "fr", "État d'Osun"),
        ("Southern Province", "fr", "province du Sud"),
        ("Federal District", "fr", "district fédéral"),
        ("Région du Poro", "en", "Poro Region"),
        ("département d'Orellana", "en", "Orellana Department"),
        ("Vlorë County", "en", "Vlorë County"),
        ("province de Cavite", "fr", "province de Cavite"),
        ("Bavaria", "fr", "Bavaria"),
        ("Vlorë County", "de", "Vlorë County"),  # no page is offered in it
    ],
)
def test_the_generic_word_is_translated(name: str, language: str, expected: str) -> None:
    assert place_name(division(name), language) == expected


@pytest.mark.parametrize("name", ["Central Kalahari Region", "Upper City District", "North West Province"])
def test_no_name_is_translated_by_halves(name: str) -> None:
    assert place_name(division(name), "fr") == name


def test_a_label_in_the_language_comes_first() -> None:
    assert place_name(division("Bavaria", fr="Bavière"), "fr") == "Bavière"
    assert place_name(division("Bavaria", fr="Kerak Governorate"), "fr") == "gouvernorat de Kerak"


def test_towns_keep_their_names_and_the_accents_of_the_text() -> None:
    town = Place(id="t", source="s", name="Kansas City", kind=Kind.CITY, country="US", lat=39.1, lon=-94.6)
    assert place_name(town, "fr") == "Kansas City"
    perce = Place(id="p", source="s", name="Perce", kind=Kind.CITY, country="CA", lat=48.5, lon=-64.2)
    assert place_name(perce, "fr", ["Perce", "Percé"]) == "Percé"
    assert place_name(perce, "fr", ["Perçant", "PERCE"]) == "Perce"


def test_a_town_without_a_label_is_called_as_the_text_calls_it() -> None:
    names = ("Firenze", "Florencia", "FLR")
    town = Place(id="f", source="s", name="Florence", kind=Kind.CITY, country="IT", lat=43.8, lon=11.3, names=names)
    assert place_name(town, "es", ["FLORENCIA", "FLR", "Florentia", "Florencia"]) == "Florencia"
    assert place_name(town, "es", ["FLORENCIA", "Florentia"]) == "Florence"
    assert place_name(town, "en", ["Firenze"]) == "Florence"
    assert place_name(replace(town, labels=(("es", "Florencia"),)), "es", ["Firenze"]) == "Florencia"
    assert place_name(replace(town, kind=Kind.FACILITY), "es", ["Florencia"]) == "Florence"


def test_all_pages_have_the_same_ranks_each_with_one_place_for_the_name() -> None:
    tables = [load(code) for code in page_languages()]
    for table in tables:
        assert table.ranks.keys() == tables[0].ranks.keys()
        assert table.rank_places.keys() == tables[0].rank_places.keys()
        assert all(form.count("{}") == 1 for forms in table.ranks.values() for form in forms)
