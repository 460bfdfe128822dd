"""What the words around a name say that it is."""

import pytest

from mapgen.languages import load
from mapgen.model import Kind
from mapgen.recognition.description import find_cues
from mapgen.recognition.tokens import Lexicon


def cues(text, names, code="fr"):
    spans, position = [], 0
    for name in names:
        start = text.index(name, position)
        position = start + len(name)
        spans.append((start, position))
    words = Lexicon(load(code))
    tokens = words.cut(words.tokens(text), spans)
    pairs = [(tokens.starts.index(start), tokens.ends.index(end)) for start, end in spans]
    return find_cues(tokens, pairs, load(code))


@pytest.mark.parametrize(
    ("text", "name", "cue", "kind"),
    [
        ("dans la province de Homs", "Homs", "province", Kind.REGION),
        ("la ville d'Homs", "Homs", "ville", Kind.CITY),
        ("l'aéroport militaire de Taftanaz", "Taftanaz", "aéroport militaire", Kind.FACILITY),
        ("la zone industrielle de Bouskoura", "Bouskoura", "zone industrielle", Kind.FACILITY),
        ("les collines voisines de Taoura", "Taoura", "collines voisines", Kind.TERRAIN),
        ("vers Taoura, une petite ville minière", "Taoura", "ville", Kind.CITY),
        ("le long du lac Tchad", "lac Tchad", "lac", Kind.WATER),
        ("il vit à Homs", "Homs", "", None),
        ("Homs, capitale de la Syrie", "Syrie", "", None),
    ],
)
def test_french(text, name, cue, kind):
    assert cues(text, [name]) == [(cue, kind)]


@pytest.mark.parametrize(
    ("text", "name", "cue", "kind"),
    [
        ("in the village of Tora", "Tora", "village", Kind.VILLAGE),
        ("in Anbar province", "Anbar", "province", Kind.REGION),
        ("at Taji air base", "Taji", "air base", Kind.FACILITY),
        ("on the Columbia River", "Columbia River", "River", Kind.WATER),
        ("near Tora, a market town", "Tora", "market town", Kind.CITY),
        ("the capital of Peru", "Peru", "", None),
    ],
)
def test_english(text, name, cue, kind):
    found = cues(text, [name], "en")[0]
    assert found[1] == kind
    assert found[0] in (cue, cue.split(" ")[-1])


def test_a_plural_spreads_over_its_list():
    found = cues("les provinces de Homs, d'Idlib, de Deraa et de Raqqa", ["Homs", "Idlib", "Deraa", "Raqqa"])
    assert found == [("provinces", Kind.REGION)] * 4


def test_the_country_behind_a_list_is_no_member():
    found = cues("les provinces de Homs et de Hama, au Liban", ["Homs", "Hama", "Liban"])
    assert [cue for cue, _ in found] == ["provinces", "provinces", ""]


def test_a_singular_does_not():
    assert cues("la province de Homs et Idlib", ["Homs", "Idlib"]) == [("province", Kind.REGION), ("", None)]


def test_a_list_ends_with_the_clause():
    found = cues("les provinces de Homs et d'Idlib, puis il a rejoint Paris", ["Homs", "Idlib", "Paris"])
    assert found[2] == ("", None)
