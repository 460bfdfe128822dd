"""The names of features, and the sum over the parts of a span."""

from __future__ import annotations

import random

import pytest

from mapgen.caches import Caches
from mapgen.languages import load
from mapgen.recognition.classifier import load_model
from mapgen.recognition.features import FeatureIndex, Features
from mapgen.recognition.features.context_features import (
    Part,
    beginning_parts,
    elsewhere_parts,
    ending_parts,
    joint_parts,
    left_parts,
    part_names,
    right_parts,
)
from mapgen.recognition.features.name_features import name_features
from mapgen.recognition.features.parts import NO_CUE, Beginning, Elsewhere, Ending, Left, Right
from mapgen.recognition.spans import read_spans
from mapgen.recognition.tokens import Lexicon, load_common
from mapgen.training.recognition_corpora import read_dispatches

BEGINNING = Beginning(False, "fr:à", "-er", NO_CUE, "at", "-er", (), (), "", "", "", "Name", ())
ENDING = Ending(".", "|", ".", (), False, "", ())
LEFT = Left(False, "fr:à", "-er", "low", NO_CUE, False, "", "at", "-er", "")
RIGHT = Right(".", "|", "|", False, "", "", ".", "|")


def named(parts: list[Part]) -> list[str]:
    return [name for part in parts for name in part_names(part)]


def test_features_of_the_beginning() -> None:
    plain = set(named(beginning_parts("P4", 0, BEGINNING)))
    assert {"g=P4&L1=fr:à", "g=1&L12=-er_fr:à", "g=P4&alone=Name&open=False", "words=0&L1=fr:à"} <= plain
    assert not any(name.startswith(("L.", "g=P4&many")) for name in plain)
    cued = BEGINNING._replace(cue=("+", "city", "ville"), head="org3", spread="region", member="P5")
    several = set(named(beginning_parts("0", 2, cued))) - set(named(beginning_parts("0", 2, BEGINNING)))
    assert {"L.cue=+&words=2", "L.head=org3", "L.spread=region", "L.member=P5", "L.member=P5&fr:à&0"} <= several
    assert "g=0&many=2" in named(beginning_parts("0", 2, cued))


def test_features_of_the_ending() -> None:
    listed = ENDING._replace(one=",", two="Name", sort1=",", member="P5")
    assert "R.member=P5&,&1" in named(ending_parts("P4", 0, listed))
    assert not any("member" in name for name in named(ending_parts("P4", 0, listed._replace(member=""))))


def test_features_of_both_sides() -> None:
    assert {"L1=fr:à&R1=.", "C12=-er_at&K1=.", "g=P4&L1=fr:à&R1=."} <= set(
        named(joint_parts("P4", 0, BEGINNING, ENDING))
    )
    assert "g=P4&L1=fr:à&R1=." not in named(joint_parts("P4", 1, BEGINNING, ENDING))
    cued = BEGINNING._replace(cue=("+", "city", "ville"))
    assert "L.cue&R.capital=False&1" in named(joint_parts("P4", 1, cued, ENDING))


def test_features_of_the_rest_of_the_document() -> None:
    assert elsewhere_parts("P4", "fr:à", Elsewhere("", "", "", "")) == []
    names = named(elsewhere_parts("P4", "fr:à", Elsewhere("longer", "placed", "0P", "shared-home")))
    assert {"g.longer&P4", "d=placed&L1=fr:à", "n.parts=0P", "d.company=shared-home&P4"} <= set(names)


def test_features_of_one_side() -> None:
    assert "L.list=-er_low_and" in named(left_parts(LEFT._replace(sort1="and")))
    assert "L.list=-er_low_at" not in named(left_parts(LEFT))
    assert {"L.cue=+", "L.cue=+city"} <= set(named(left_parts(LEFT._replace(cue=("+", "city", "ville")))))
    assert "R123=,_low_low" in named(right_parts(RIGHT._replace(one=",", two="low", three="low")))
    assert "R.cue=city" in named(right_parts(RIGHT._replace(cue="city")))


def test_features_of_the_subject() -> None:
    left = BEGINNING._replace(topics=("sport3",), classes=("fr:x",), governing=("fr:y",))
    assert {"T=sport3&P4", "T=sport3&C1=at&1", "g=P4&L1.class=fr:x", "g=P4&L.class=fr:y"} <= set(
        named(beginning_parts("P4", 0, left))
    )
    right = set(named(ending_parts("0", 0, ENDING._replace(topics=("sport3",)))))
    assert right - set(named(ending_parts("0", 0, ENDING))) == {"T=sport3&K1=.&0"}


def test_features_of_a_name() -> None:
    words = [Lexicon(load("fr")).word(form) for form in ("Val", "Dormeux")]
    names = name_features(words, None, load("fr"), frozenset(), opening=False)
    assert {"n.words=2", "n.unknown-words&2", "n.shapes=11&False"} <= set(names)
    common = name_features(words[1:], None, load("fr"), frozenset(["dormeux"]), opening=True)
    assert {"n.common=True&True", "n.opening-common&0", "n.end3=eux"} <= set(common)


@pytest.fixture(scope="module")
def texts(root):
    return [text for path in sorted((root / "data" / "dispatches").glob("fr*.txt")) for text in read_dispatches(path)]


def test_weights_are_the_sum_over_the_names(texts, gazetteer) -> None:
    """The two encoders agree: one integer with all weights, and the list of names that `--explain` shows."""
    model, lexicon, common = load_model(), Lexicon(load("fr")), load_common()["fr"]
    weighing = Features(lexicon, model.encode, common, Caches())
    naming = Features(lexicon, list, common, Caches())
    for text in texts[::40]:
        tokens, spans = read_spans(text.text, lexicon, gazetteer, common)
        values, names = weighing.of(tokens, spans), naming.of(tokens, spans)
        assert values == [model.encode(row) for row in names]


def test_tiny_caches_change_no_value(texts, gazetteer) -> None:
    model, common = load_model(), load_common()["fr"]
    large, tiny = Caches(), Caches(total=1 << 20)
    chosen = random.Random(3).sample(texts, 40)
    for text in chosen:
        read = []
        for caches in (large, tiny):
            lexicon = Lexicon(load("fr"), caches)
            tokens, spans = read_spans(text.text, lexicon, gazetteer, common)
            read.append(Features(lexicon, model.encode, common, caches).of(tokens, spans))
        assert read[0] == read[1]
    figures = tiny.figures()
    assert any(each.evictions for each in figures.values())
    assert all(each.bytes <= each.budget for each in figures.values())


def test_an_index_grows_only_in_training() -> None:
    index = FeatureIndex(growing=True)
    assert index.encode(["a", "b", "a"]) == [0, 1, 0]
    index.growing = False
    assert index.encode(["b", "c"]) == [1]
