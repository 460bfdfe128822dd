"""Names whose article the preposition before them contains."""

import pytest

from mapgen.languages import load
from mapgen.model import Kind
from mapgen.recognition.spans import read_spans
from mapgen.recognition.tokens import Lexicon


def facts_in(gazetteer, text: str, name: str, code: str = "fr"):
    _, spans = read_spans(text, Lexicon(load(code)), gazetteer)
    return next(span.facts for span in spans if span.surface == name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le maire du Creusot a signé.", "Creusot"),
        ("Il vit aux Ulis depuis un an.", "Ulis"),
        ("Elle revient des Mureaux ce soir.", "Mureaux"),
        ("Le train va au Vésinet.", "Vésinet"),
    ],
)
def test_a_town_is_known_by_its_article(gazetteer, text, name):
    facts = facts_in(gazetteer, text, name)
    assert facts.main and Kind.CITY in facts.kinds and "FR" in facts.countries


def test_without_the_preposition_the_name_is_what_it_was(gazetteer):
    assert facts_in(gazetteer, "Une usine nommée Creusot.", "Creusot") == gazetteer.facts(["Creusot"]).get("Creusot")


def test_a_better_known_place_keeps_its_facts(gazetteer):
    assert facts_in(gazetteer, "Le fleuve du Niger monte.", "Niger") == gazetteer.facts(["Niger"])["Niger"]


def test_a_language_without_contractions_is_left_alone(gazetteer):
    assert facts_in(gazetteer, "He lives at Ulis now.", "Ulis", "en") == gazetteer.facts(["Ulis"]).get("Ulis")
