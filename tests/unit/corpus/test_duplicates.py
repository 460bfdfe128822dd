"""Near-duplicates: recall and precision on texts that were edited in known ways."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from mapgen.corpus.duplicates import THRESHOLD, similarity
from mapgen.corpus.signatures import SHORTEST, signature_row

VOCABULARY = [f"{a}{b}{c}" for a in ("ba", "ko", "ri", "tu", "me") for b in ("lan", "sor", "vit", "") for c in "aeiou"]
COUNT = 300


def article(rng: random.Random, length: int) -> list[str]:
    return rng.choices(VOCABULARY, k=length)


def edited(words: list[str], share: float, rng: random.Random) -> list[str]:
    """The text with a share of its words replaced, one after the other at random."""
    changed = set(rng.sample(range(len(words)), round(share * len(words))))
    return [f"autre{rng.randrange(10**6)}" if at in changed else word for at, word in enumerate(words)]


def alike(one: list[str], other: list[str]) -> bool:
    """Whether two texts are marked: they share a band, and enough of the sketch."""
    rows = [signature_row(" ".join(words), 0, 0) for words in (one, other)]
    assert rows[0] is not None
    assert rows[1] is not None
    if not any(a == b for a, b in zip(rows[0]["bands"], rows[1]["bands"], strict=True)):
        return False
    one_, other_ = (np.frombuffer(row["sketch"], dtype=np.uint8) for row in rows if row is not None)
    return bool(similarity(one_, other_) >= THRESHOLD)


@pytest.mark.parametrize("length", [60, 150, 400])
def test_recall_where_five_percent_of_the_words_changed(length: int) -> None:
    rng = random.Random(length)
    texts = [article(rng, length) for _ in range(COUNT)]
    assert sum(alike(text, edited(text, 0.05, rng)) for text in texts) / COUNT >= 0.95


@pytest.mark.parametrize("length", [150, 400])
def test_updates_with_a_new_paragraph_are_found(length: int) -> None:
    rng = random.Random(length)
    texts = [article(rng, length) for _ in range(COUNT)]
    assert sum(alike(text, text + article(rng, length // 5)) for text in texts) / COUNT >= 0.95


def test_texts_with_half_of_the_words_changed_and_others_are_left_alone() -> None:
    rng = random.Random(1)
    texts = [article(rng, 300) for _ in range(COUNT)]
    assert not any(alike(text, edited(text, 0.5, rng)) for text in texts)
    assert not any(alike(one, other) for one, other in itertools.pairwise(texts))


def test_case_and_signs_do_not_count_and_short_texts_have_no_signature() -> None:
    words = article(random.Random(2), 80)
    assert alike(words, [word.upper() + "," for word in words])
    assert signature_row(" ".join(words[: SHORTEST - 1]), 0, 0) is None
