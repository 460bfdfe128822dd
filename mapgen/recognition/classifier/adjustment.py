"""Corrections of the scores by what no weight expresses: long names after a cue, large places, the user's places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mapgen.languages import Language
from mapgen.recognition.classifier.model import PLACE, Flags, Floats
from mapgen.recognition.spans import CandidateSpan
from mapgen.recognition.tokens import Tokens

__all__ = ["adjust"]

_DOUBTFUL, _WHOLE_NAME = -1.0, 3.0
"""A cue applies to the whole name after it ("le quartier de Cheikh Othman"): a span of several words with at least the
first value as log-odds gets the second for each further word. Between -0.5 and -1.0 the held-out dispatches, Le Temps,
wikineural-fr.dev and newseye-fr.test differ by no more than .0005 in F1; the lower value finds more such names."""
_LARGE = 50_000
_RELATED, _UNRELATED = 0.7, 2.0
"""Log-odds of a place with more than `_LARGE` inhabitants in a language without weights of its own: the first where the
language file has prepositions and names have capitals, the second where the gazetteer alone decides. A name behind a
noun or a title of persons ("o presidente Lula") gets none."""
_PERSONS = ("person", "title")
"""Groups of words that stand before the name of a person."""
_OWN = 2.0
"""Log-odds that the user's own list adds to a name: it is on the list because it is in the texts."""


def adjust(
    scores: Floats,
    linked: Flags,
    tokens: Tokens,
    spans: Sequence[CandidateSpan],
    language: Language,
    *,
    learned: bool,
) -> Floats:
    """Return the scores with the corrections.

    Args:
        scores: log-odds, spans x classes; they are changed in place.
        linked: whether a cue is linked to each span.
        tokens: the text.
        spans: the candidates.
        language: of the text.
        learned: whether the weights were trained on texts of the language.
    """
    for at in np.flatnonzero(linked & (scores[:, PLACE] > _DOUBTFUL)).tolist():
        first, last, _, _ = spans[at]
        if last > first and tokens.words[first].start:
            scores[at, PLACE] += _WHOLE_NAME * (last - first)
    if not learned:
        large = [
            span.facts is not None and span.facts.population > _LARGE and not _is_behind_person(tokens, span.first)
            for span in spans
        ]
        scores[large, PLACE] += _RELATED if language.known and language.cased else _UNRELATED
    if own := [at for at, span in enumerate(spans) if span.facts is not None and span.facts.own]:
        scores[own, PLACE] += _OWN
    return scores


def _is_behind_person(tokens: Tokens, first: int) -> bool:
    """Whether a noun or a title of persons stands before the word, in its sentence."""
    return first > 0 and not tokens.sentence_start(first) and tokens.words[first - 1].group in _PERSONS
