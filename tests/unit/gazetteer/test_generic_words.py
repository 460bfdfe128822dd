"""Names with and without the words that only say what they name."""

from __future__ import annotations

import pytest

from mapgen.gazetteer.generic_words import (
    DIVIDING,
    Sort,
    bare_names,
    generic_words,
    is_airfield,
    joined_generic,
    without_generic,
)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Lubero Territory", "Lubero"),
        ("territoire de Lubero", "Lubero"),
        ("Territoire de l’Ituri", "Ituri"),
        ("wilaya de Sétif", "Sétif"),
        ("County of Devon", "Devon"),
        ("Gandaki Pradesh", "Gandaki"),
        ("District de Kayonza", "Kayonza"),
        ("Distrito de Santa Rita", "Santa Rita"),
        ("district de La Higuera", "La Higuera"),
        ("province de la Bouenza", "Bouenza"),
        ("Rylskiy Rayon", "Rylskiy"),
        ("Рыльский район", "Рыльский"),
        ("Shahrestān-e Lār", "Lār"),
        ("Hitachi-shi", "Hitachi"),
        ("Bolu İlçesi", "Bolu"),
        ("Huyện Sa Pa", "Sa Pa"),
        ("Hsipaw Township", "Hsipaw"),
        ("Manafwa Sub-County", "Manafwa"),
        ("Rural Municipality of Lorne", "Lorne"),
        ("Dinapur tehsil", "Dinapur"),
        ("Feni Sadar Upazila", "Feni"),
        ("chefferie de Bali", "Bali"),
        ("sous-préfecture de Kaga-Bandoro", "Kaga-Bandoro"),
        ("cercle de Kangaba", "Kangaba"),
        ("Paro Dzongkhag", "Paro"),
        ("partido de Azul", "Azul"),
        ("Regierungsbezirk Schwaben", "Schwaben"),
        ("Bəsrə mühafəzəsi", "Bəsrə"),
        ("Kabupaten Kediri", "Kediri"),
        ("Jihočeský kraj", "Jihočeský"),
        ("caza de Zahlé", "Zahlé"),
        ("xian de Litang", "Litang"),
        ("kabupaten de Kediri", "Kediri"),
        ("oblys of Turkistan", "Turkistan"),
    ],
)
def test_a_division_without_its_generic_word(name: str, rest: str) -> None:
    (found,) = without_generic(name)
    assert found.name == rest
    assert found.sort in DIVIDING


@pytest.mark.parametrize("name", ["Paris", "Comté", "County", "Val-de-Marne", "New Town", "", "Loire-Atlantique"])
def test_a_name_without_a_generic_word_has_no_other_reading(name: str) -> None:
    assert [each for each in without_generic(name) if each.sort is not Sort.SETTLEMENT] == []


@pytest.mark.parametrize(
    ("name", "rest", "country"),
    [("Litangxian", "Litang", "CN"), ("Kanagawaken", "Kanagawa", "JP"), ("Gangwondo", "Gangwon", "KR")],
)
def test_a_romanised_name_may_have_its_generic_word_joined(name: str, rest: str, country: str) -> None:
    assert (rest, country) in list(joined_generic(name))


@pytest.mark.parametrize("name", ["shi", "Kota Kinabalushi", "Hitachi-shi", "Paris"])
def test_only_a_single_word_has_its_generic_word_joined(name: str) -> None:
    assert list(joined_generic(name)) == []


@pytest.mark.parametrize(
    ("name", "rest", "sort"),
    [
        ("lac Albert", "Albert", Sort.LAKE),
        ("Albert Lake", "Albert", Sort.LAKE),
        ("Comoé River", "Comoé", Sort.RIVER),
        ("massif du Vercors", "Vercors", Sort.MOUNTAIN),
        ("Pantelleria Island", "Pantelleria", Sort.ISLAND),
        ("Isle of Skye", "Skye", Sort.ISLAND),
        ("vallée de la Bekaa", "Bekaa", Sort.VALLEY),
        ("désert du Néguev", "Néguev", Sort.DESERT),
        ("Białowieża Forest", "Białowieża", Sort.FOREST),
        ("parc national de la Salonga", "Salonga", Sort.PARK),
        ("Parque Nacional Canaima", "Canaima", Sort.PARK),
    ],
)
def test_waters_relief_and_parks_without_their_generic_word(name: str, rest: str, sort: Sort) -> None:
    assert (rest, sort) in [(each.name, each.sort) for each in without_generic(name)]


def test_natural_words_are_no_part_of_the_name_of_a_division() -> None:
    assert list(bare_names(["Green Lake", "Forest Park"])) == []


def test_towns_and_airfields_have_their_own_words() -> None:
    assert [(each.name, each.sort) for each in without_generic("ville de Bâle")] == [("Bâle", Sort.SETTLEMENT)]
    assert [(each.name, each.sort) for each in without_generic("Taji Air Base")] == [("Taji", Sort.AIRFIELD)]
    assert [(each.name, each.sort) for each in without_generic("aéroport international d'Oran")] == [
        ("Oran", Sort.AIRFIELD)
    ]
    assert is_airfield("aéroport militaire")
    assert is_airfield("air base")
    assert not is_airfield("hôpital")


def test_bare_names_are_new_ones_of_some_length() -> None:
    assert list(bare_names(["Kayonza District", "District de Kayonza", "Ho District"])) == ["Kayonza"]


def test_words_of_rank_are_no_part_of_a_division() -> None:
    assert {"province", "oblast", "pradesh", "wilaya", "of", "de"} <= generic_words()
    assert not {"north", "nord", "new"} & generic_words()
