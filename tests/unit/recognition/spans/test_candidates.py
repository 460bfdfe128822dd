"""What can be a candidate: the nouns of divisions are cues, and stay outside."""

import pytest

from mapgen.languages import load
from mapgen.recognition.spans import read_spans
from mapgen.recognition.tokens import Lexicon


@pytest.mark.parametrize(
    ("code", "text", "inside", "outside"),
    [
        ("fr", "Il pleut sur le département du Var.", "Var", "département du Var"),
        ("fr", "Un séisme dans la province de Grenade.", "Grenade", "province de Grenade"),
        ("fr", "Une tempête sur la mer de Java.", "mer de Java", "Une tempête"),
        ("es", "Llueve en la provincia de Granada.", "Granada", "provincia de Granada"),
        ("en", "Rain fell in Dorset county.", "Dorset", "Dorset county"),
        ("en", "A fire near Lyon airport.", "Lyon airport", "A fire"),
        ("fr", "Ils vivent dans le Pays basque.", "Pays basque", "le Pays basque"),
        ("fr", "Le Marais poitevin est sous l'eau.", "Marais poitevin", "poitevin"),
        ("en", "It burned in Antonivka on Monday.", "Antonivka", "Antonivka on Monday"),
        ("en", "He left Bor on March 3.", "Bor", "Bor on March"),
        ("en", "It cost US$3.6 million in Mali.", "Mali", "US"),
        ("en", "He left Bishop's Stortford on foot.", "Bishop's Stortford", "Bishop's"),
        ("fr", "Elle vient de King’s Lynn, en Angleterre.", "King’s Lynn", "King’s"),
        ("en", "Flights to St John's are late.", "St John's", "John's"),
        ("en", "He met Smith's wife at London's Heathrow.", "Heathrow", "London's Heathrow"),
        ("en", "Smith's wife was in London.", "London", "Smith's"),
    ],
)
def test_candidates(gazetteer, code, text, inside, outside):
    surfaces = {span.surface for span in read_spans(text, Lexicon(load(code)), gazetteer)[1]}
    assert inside in surfaces
    assert outside not in surfaces
