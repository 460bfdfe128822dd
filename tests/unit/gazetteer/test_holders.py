"""Codes and abbreviations behind towns."""

import csv
from importlib.resources import files

import pytest

from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.holders import country_of_code, is_code
from mapgen.gazetteer.sources.countries import load_countries


@pytest.mark.parametrize("text", ["SP", "Esp", "F", "B.C.S.", "N.-B.", "Q. Roo", "W. Va.", "J&K", "Jal."])
def test_forms_of_codes(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", ["sp", "Valparaíso", "2", "", "Q Roo", "Rue de la Paix"])
def test_names_are_no_codes(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize(
    ("code", "country"),
    [("Esp", "ES"), ("SUI", "CH"), ("Deu", "DE"), ("GER", "DE"), ("D", "DE"), ("PL", "PL"), ("Xyz", ""), ("fra", "")],
)
def test_codes_of_countries(code: str, country: str) -> None:
    assert country_of_code(code) == country


def test_the_list_of_codes_names_countries_and_adds_to_iso() -> None:
    text = files("mapgen.gazetteer").joinpath("sources", "country-codes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    countries = load_countries()
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert row["country"] in countries and row["source"], row
        assert row["code"] not in (row["country"], countries[row["country"]]["iso3"]), row


@pytest.mark.parametrize(
    ("town", "code", "ids"),
    [
        ("Santos", "SP", ["iso:BR-SP"]),
        ("Fribourg", "FR", ["iso:CH-FR"]),  # the canton, which the sign of France would hide
        ("Oaxaca", "Oax.", ["iso:MX-OAX"]),
        ("Ballarat", "Vic.", ["iso:AU-VIC"]),
        ("Coimbatore", "T.N.", ["iso:IN-TN"]),
        ("Moncton", "N.-B.", ["iso:CA-NB"]),
        ("Grenoble", "Fra", ["iso:FR"]),
        ("Grenoble", "Ger", []),
        ("Zzyzzx Wells", "Neb.", ["iso:US-NE"]),
        ("Zzyzzx Wells", "Aut", []),
    ],
)
def test_a_code_is_what_holds_the_town(gazetteer: Gazetteer, town: str, code: str, ids: list[str]) -> None:
    assert [place.id for place in gazetteer.holders(town, code)] == ids


def test_outside_brackets_no_code_is_a_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.holders("Grenoble", "Fra", countries=False) == ()
    assert [place.id for place in gazetteer.holders("Santos", "SP", countries=False)] == ["iso:BR-SP"]
