"""Codes and abbreviations behind towns are names too."""

import pytest

from mapgen.model import Document
from mapgen.recognition import GazetteerRecogniser


@pytest.fixture(scope="module")
def recogniser(gazetteer):
    return GazetteerRecogniser(gazetteer)


def names(recogniser, text: str, language: str) -> list[str]:
    return [toponym.text for toponym in recogniser.recognise(Document(text=text, language=language))]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Schools in Santos, SP, were closed on Monday.", ["Santos", "SP"]),
        ("en", "Fires near Ballarat, Vic., were put out.", ["Ballarat", "Vic."]),
        ("en", "Rain fell in Mazatlán, Sin., and in Oaxaca, Oax.", ["Mazatlán", "Sin.", "Oaxaca", "Oax."]),
        ("en", "The police of Moncton, N.B., are looking for him.", ["Moncton", "N.B."]),
        ("en", "BOSTON MASS. The ferry sails again.", ["BOSTON", "MASS."]),
        ("fr", "Le match de Grenoble (Fra) est reporté.", ["Grenoble", "Fra"]),
        ("fr", "Les équipes de Saragosse (Esp) et de Brême (All) joueront.", ["Saragosse", "Esp", "Brême"]),
    ],
)
def test_codes_behind_towns_are_found(recogniser, language, text, found):
    assert names(recogniser, text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Elle habite à Grenoble (Tag) depuis mai.", ["Grenoble"]),
        ("fr", "Elle a quitté Grenoble, SNCF oblige.", ["Grenoble"]),
        ("en", "He left Santos (Ger) for good.", ["Santos"]),
        ("en", "In Boston Mr. Brown waited, in London Sen. Smith.", ["Boston", "London"]),
    ],
)
def test_other_words_behind_towns_are_none(recogniser, language, text, found):
    assert names(recogniser, text, language) == found
