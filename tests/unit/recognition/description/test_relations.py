"""Spatial phrases: the golden ones, and what looks like one and is none."""

from pathlib import Path

import pytest

from mapgen.languages import load
from mapgen.model import RelationType, Sense
from mapgen.recognition.description import find_relations
from mapgen.recognition.tokens import Lexicon

GOLDEN = Path(__file__).parents[3] / "golden"
RIGHT = 0.9
"""Share of the golden phrases that must be found whole, with kind, direction and distance."""


def relations(text, names, code="fr", senses=None):
    """Find the relations of a text whose names are given in text order."""
    spans, position = [], 0
    for name in names:
        start = text.index(name, position)
        position = start + len(name)
        spans.append((start, position))
    words = Lexicon(load(code))
    tokens = words.cut(words.tokens(text), spans)
    pairs = [(tokens.starts.index(start), tokens.ends.index(end)) for start, end in spans]
    return find_relations(tokens, pairs, senses or [Sense.LITERAL] * len(names), load(code))


def golden(code):
    lines = (GOLDEN / f"relations-{code}.txt").read_text(encoding="utf-8").splitlines()
    return [(line.split("\t") + [""] * 6)[:6] for line in lines if line.strip() and not line.startswith("#")]


def is_right(text, phrase, kind, direction, distance, names, code):
    found = relations(text[text.index(phrase) :], names.split("|"), code).get(0)
    whole = relations_at(text, phrase, names, code)
    return any(
        relation is not None
        and relation.phrase == phrase
        and relation.type == kind
        and relation.direction == direction
        and len(relation.anchors) == names.count("|") + 1
        and (not distance or relation.distance_km == pytest.approx(float(distance), rel=0.05))
        for relation in (whole, found)
    )


def relations_at(text, phrase, names, code):
    """The relation of the first name at or after the phrase's start, in the whole text."""
    start = text.index(phrase)
    padded = "·" * start + text[start:]
    spans = relations(padded, names.split("|"), code)
    return spans.get(0)


@pytest.mark.parametrize("code", sorted(path.stem[-2:] for path in GOLDEN.glob("relations-??.txt")))
def test_golden_phrases(code):
    cases = golden(code)
    wrong = [case[0] for case in cases if not is_right(*case, code)]
    assert len(cases) >= 60
    assert len(wrong) <= (1 - RIGHT) * len(cases), wrong


def test_number_words_and_doubt():
    (relation,) = relations("L'armée est à une dizaine de km de Homs.", ["Homs"]).values()
    assert (relation.distance_km, relation.approximate) == (10, True)
    (relation,) = relations("L'armée est à 12 km de Homs.", ["Homs"]).values()
    assert (relation.distance_km, relation.approximate) == (12, False)
    (relation,) = relations("L'armée est à 1 200 km de Homs.", ["Homs"]).values()
    assert relation.distance_km == 1200
    (relation,) = relations("They camped 1,500 feet from Bern.", ["Bern"], "en").values()
    assert relation.distance_km == pytest.approx(0.457, abs=0.001)


def test_the_longest_reading_wins():
    (relation,) = relations("à 12 km au nord de la ville de Gao", ["Gao"]).values()
    assert relation.type == RelationType.DISTANCE
    assert relation.direction == "N"
    assert relation.phrase == "à 12 km au nord de la ville de Gao"


def test_a_preposition_inside_another_is_not_taken():
    (relation,) = relations("jusqu'à 3 km de Gao", ["Gao"]).values()
    assert relation.phrase == "3 km de Gao"


def test_two_names_share_a_relation_once():
    found = relations("entre Tunis et Sfax", ["Tunis", "Sfax"])
    assert list(found) == [0]
    assert len(found[0].anchors) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("un accord entre Paris et Rome", ["Paris", "Rome"]),
        ("le match entre Nice et Lens", ["Nice", "Lens"]),
        ("près du domicile du père de Lyon", ["Lyon"]),
        ("Il a perdu le nord. Lyon dort.", ["Lyon"]),
    ],
)
def test_what_is_no_spatial_phrase(text, names):
    assert relations(text, names) == {}


@pytest.mark.parametrize(
    ("code", "text", "is_place"),
    [
        ("fr", "Un groupe armé proche de Lyon a signé.", False),
        ("fr", "Des officiers jugés proches de Lyon ont signé.", False),
        ("fr", "Une ferme proche de Lyon a brûlé.", True),
        ("fr", "Les villages voisins de Lyon ont voté.", False),
        ("fr", "Un champ voisin de Lyon a brûlé.", True),
        ("en", "A newspaper close to Lyon denied it.", False),
        ("en", "A farm close to Lyon burned.", True),
        ("en", "Dust covers the eastern Ruritanian state of Lyon.", False),
        ("en", "Dust covers the eastern province of Lyon.", False),
        ("en", "Dust covers the eastern suburbs of Lyon.", True),
        ("en", "Dust covers the eastern part of Lyon.", True),
    ],
)
def test_an_alliance_a_member_and_an_apposition_are_no_places_beside(code, text, is_place):
    assert bool(relations(text, ["Lyon"], code)) is is_place


def test_governments_are_nothing_to_be_between():
    assert relations("entre Paris et Rome", ["Paris", "Rome"], senses=[Sense.METONYMIC] * 2) == {}
    assert relations("il est proche de Rome", ["Rome"], senses=[Sense.METONYMIC]) == {}


@pytest.mark.parametrize(
    "text", ["La route entre Homs et \ue000 est coupée.", "Le front court entre \ue000\ue001 et Homs."]
)
def test_signs_of_private_use_are_no_names(text):
    assert relations(text, ["Homs"]) == {}
