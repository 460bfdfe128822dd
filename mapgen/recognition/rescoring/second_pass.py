"""The second pass: values of the candidate spans that what is accepted around them may change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np

from mapgen.caches import Cache, Caches
from mapgen.languages import Language
from mapgen.recognition.classifier import PLACE, Floats, Model
from mapgen.recognition.features import Encoder, Value
from mapgen.recognition.rescoring.evidence import Accepted, Evidence, evidence_names
from mapgen.recognition.rescoring.lists import find_slots
from mapgen.recognition.spans import CandidateSpan
from mapgen.recognition.tokens import Tokens

__all__ = ["SecondPass", "rescore"]

_LEAST, _MOST = -7.0, 7.0
"""Log-odds of a place beyond which a span keeps its first scores."""
_EVIDENCE_BYTES = 400

_V = TypeVar("_V", bound=Value)


class SecondPass(Generic[_V]):
    """Makes the values of the second pass for texts of one language.

    Args:
        language: of the texts.
        encode: turns the features of a span into their value.
        caches: where values are kept; they belong to one `encode`.
    """

    def __init__(self, language: Language, encode: Encoder[_V], caches: Caches) -> None:
        self._language = language
        self._encode = encode
        self._values: Cache[Evidence, _V] = caches.of("recognition.evidence", _EVIDENCE_BYTES)

    def of(self, tokens: Tokens, spans: Sequence[CandidateSpan], scores: Floats) -> list[tuple[int, _V]]:
        """Return the spans whose first scores are not beyond doubt, each with its value.

        Args:
            tokens: the text.
            spans: its candidates.
            scores: their log-odds in the first pass, candidates x classes.
        """
        places = scores[:, PLACE]
        doubtful = np.flatnonzero((places > _LEAST) & (places < _MOST)).tolist()
        if not doubtful:
            return []
        accepted = Accepted(tokens, spans, scores, find_slots(tokens, self._language, spans))
        values: list[tuple[int, _V]] = []
        for at in doubtful:
            evidence = accepted.around(at)
            if evidence is None:
                continue
            value = self._values.get(evidence)
            if value is None:
                value = self._encode(evidence_names(evidence))
                self._values.put(evidence, value)
            values.append((at, value))
        return values


def rescore(
    second: SecondPass[int], model: Model, tokens: Tokens, spans: Sequence[CandidateSpan], scores: Floats
) -> Floats:
    """Return the scores with the weights of the second pass added.

    Args:
        second: makes the sums of weights.
        model: the weights.
        tokens: the text.
        spans: its candidates.
        scores: their log-odds in the first pass; they are not changed.
    """
    values = second.of(tokens, spans, scores)
    if not values:
        return scores
    added, _ = model.scores([value for _, value in values])
    result = scores.copy()
    result[[at for at, _ in values]] += added
    return result
