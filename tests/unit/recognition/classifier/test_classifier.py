"""The choice among candidates, and the weights that ship."""

import itertools
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.recognition.classifier import LINKED_CUE, agree, choose, load_model
from mapgen.recognition.spans import CandidateSpan
from mapgen.recognition.tokens import load_common


def span(first, last, surface="X"):
    return CandidateSpan(first, last, surface, None)


def test_the_greater_sum_wins():
    spans = [span(0, 0), span(0, 1), span(1, 1)]
    scores = np.array([[1.0, -5, -5], [-5, 3.0, -5], [1.5, -5, -5]])
    assert choose(spans, scores) == []
    scores[1, 1] = 2.0
    assert [at for at, _ in choose(spans, scores)] == [0, 2]


def test_what_is_below_zero_is_nothing():
    assert choose([span(0, 0)], np.array([[-0.1, -1, -1]])) == []
    assert choose([], np.zeros((0, 3))) == []


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.floats(-3, 3)), max_size=25))
def test_places_never_overlap_and_come_in_order(items):
    spans = [span(first, first + extra) for first, extra, _ in items]
    scores = np.array([[score, -9.0, -9.0] for *_, score in items]).reshape(len(items), 3)
    chosen = [spans[at] for at, _ in choose(spans, scores)]
    assert all(one.last < two.first for one, two in itertools.pairwise(chosen))


def test_occurrences_agree():
    spans = [span(0, 0, "Al-Fajr"), span(5, 5, "Al-Fajr"), span(9, 9, "Lyon")]
    scores = np.array([[0.2, -1, -1], [-1.8, -1, -1], [3.0, -1, -1]])
    drawn = agree(spans, scores, share=0.5)
    assert drawn[0, 0] < scores[0, 0]
    assert drawn[1, 0] > scores[1, 0]
    assert drawn[2, 0] == scores[2, 0]


def test_the_shipped_weights_load_and_are_small():
    model = load_model()
    assert len(model.packed) > 10_000
    assert len(model.senses) > 100
    assert LINKED_CUE in model.packed


def test_a_sum_of_packed_weights_is_the_sum_of_the_weights():
    model = load_model()
    names = [*itertools.islice(model.packed, 0, None, 137), "unheard of", LINKED_CUE]
    scores, linked = model.scores([model.encode(names), model.encode(names[:5]), 0])
    assert scores[0] == pytest.approx(np.sum([model.weights(name) for name in names], axis=0))
    assert scores[1] == pytest.approx(np.sum([model.weights(name) for name in names[:5]], axis=0))
    assert scores[2].tolist() == [0, 0, 0]
    assert linked.tolist() == [True, False, False]


def test_weights_are_those_of_the_file():
    lines = (resources.files("mapgen.recognition.classifier") / "weights.tsv").read_text(encoding="utf-8").splitlines()
    rows = dict(line.split("\t") for line in lines if not line.startswith("#"))
    model = load_model()
    for name in ("n", "L.open=True", LINKED_CUE):
        assert model.weights(name) == tuple(int(number) / 100 for number in rows[name].split())
    assert model.senses["s"] == int(rows["sense:s"])


def test_common_words_are_small_and_known():
    common = load_common()
    assert {"fr", "en"} <= set(common)
    assert "village" in common["fr"]
    assert all(word == word.lower() for words in common.values() for word in words)
