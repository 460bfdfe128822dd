"""The names of features, and the sum over the parts of a span."""

from __future__ import annotations

import random

import pytest

from mapgen.caches import Caches
from mapgen.languages import load
from mapgen.recognition.classifier import load_model
from mapgen.recognition.features import FeatureIndex, Features
from mapgen.recognition.features.context_features import (
    aside_names,
    beginning_names,
    elsewhere_names,
    ending_names,
    joint_names,
    left_names,
    right_names,
)
from mapgen.recognition.features.name_features import name_features
from mapgen.recognition.features.parts import Aside, Beginning, Elsewhere, Ending, Joint, Left, Right
from mapgen.recognition.spans import read_spans
from mapgen.recognition.tokens import Lexicon, load_common
from mapgen.training.recognition_corpora import read_dispatches

BEGINNING = Beginning(False, "fr:à", "-er", ("", "", ""), "at", "-er", "", "", "", "Name")
LEFT = Left(False, "fr:à", "-er", "low", ("", "", ""), False, "", "at", "-er", "")
RIGHT = Right(".", "|", "|", False, "", "", ".", "|")


def test_features_of_the_beginning() -> None:
    plain = set(beginning_names("P4", 0, BEGINNING))
    assert {"g=P4&L1=fr:à", "g=1&L12=-er_fr:à", "g=P4&alone=Name&open=False", "words=0&L1=fr:à"} <= plain
    assert not any(name.startswith(("L.", "g=P4&many")) for name in plain)
    cued = BEGINNING._replace(cue=("+", "city", "ville"), head="org3", spread="region", member="P5")
    several = set(beginning_names("0", 2, cued)) - set(beginning_names("0", 2, BEGINNING))
    assert {"L.cue=+&words=2", "L.head=org3", "L.spread=region", "L.member=P5", "L.member=P5&fr:à&0"} <= several
    assert "g=0&many=2" in beginning_names("0", 2, cued)


def test_features_of_the_ending() -> None:
    assert "R.member=P5&,&1" in ending_names("P4", 0, Ending(",", "Name", ",", False, "P5"))
    assert not any("member" in name for name in ending_names("P4", 0, Ending(",", "Name", ",", False, "")))


def test_features_of_both_sides() -> None:
    joint = Joint("fr:à", "at", "-er", False, ".", ".", False)
    assert {"L1=fr:à&R1=.", "C12=-er_at&K1=.", "g=P4&L1=fr:à&R1=."} <= set(joint_names("P4", 0, joint))
    assert "g=P4&L1=fr:à&R1=." not in joint_names("P4", 1, joint)
    assert "L.cue&R.capital=False&1" in joint_names("P4", 1, joint._replace(cued=True))


def test_features_of_the_rest_of_the_document() -> None:
    assert elsewhere_names("P4", "fr:à", Elsewhere("", "", "", "")) == []
    names = elsewhere_names("P4", "fr:à", Elsewhere("longer", "placed", "0P", "shared-home"))
    assert {"g.longer&P4", "d=placed&L1=fr:à", "n.parts=0P", "d.company=shared-home&P4"} <= set(names)


def test_features_of_one_side() -> None:
    assert "L.list=-er_low_and" in left_names(LEFT._replace(sort1="and"))
    assert "L.list=-er_low_at" not in left_names(LEFT)
    assert {"L.cue=+", "L.cue=+city"} <= set(left_names(LEFT._replace(cue=("+", "city", "ville"))))
    assert "R123=,_low_low" in right_names(RIGHT._replace(one=",", two="low", three="low"))
    assert "R.cue=city" in right_names(RIGHT._replace(cue="city"))


def test_features_of_the_subject() -> None:
    left, right = Aside("L", ("sport3",), "at", ("fr:x",), ("fr:y",)), Aside("R", ("sport3",), ".", ())
    assert {"T=sport3&P4", "T=sport3&C1=at&1", "g=P4&L1.class=fr:x", "g=P4&L.class=fr:y"} <= set(
        aside_names("P4", left)
    )
    assert aside_names("0", right) == ["T=sport3&K1=.&0"]


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
