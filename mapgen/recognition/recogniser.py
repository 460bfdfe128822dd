"""The recogniser of the package: runs the steps from a document to its toponyms in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mapgen.caches import Cache, Caches
from mapgen.languages import Language, identify, load
from mapgen.model import Document, Sense, Toponym
from mapgen.recognition.classifier import CLASSES, PLACE, Floats, Model, adjust, agree, choose, load_model
from mapgen.recognition.description import (
    SensePicture,
    find_cues,
    find_relations,
    list_bounds,
    sense_names,
    sense_picture,
)
from mapgen.recognition.features import Features
from mapgen.recognition.qualifiers import with_qualifiers
from mapgen.recognition.rescoring import SecondPass, rescore
from mapgen.recognition.spans import CandidateSpan, FactsSource, facts_of, read_spans, read_tokens
from mapgen.recognition.tokens import Lexicon, Tokens, load_common
from mapgen.recognition.trace import NO_TRACE, NoTrace, Reason

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = ["GazetteerRecogniser"]

_CHUNK = 200_000
"""Code points that are read at once; a longer document is cut at line ends, which bounds memory."""
_SENSE_BYTES = 300


class GazetteerRecogniser:
    """Finds place names by the facts of the gazetteer on candidate spans and the words around them.

    One object may be used from several threads at once if its gazetteer may.

    Args:
        gazetteer: a `Gazetteer`, or anything with its method `facts`.
        explain: records why each span was taken or not.
        caches: where words and features are kept; caches of its own when not given.
    """

    def __init__(
        self,
        gazetteer: Gazetteer | FactsSource,
        *,
        explain: NoTrace | None = None,
        caches: Caches | None = None,
    ) -> None:
        self._gazetteer: FactsSource = gazetteer
        self._trace = explain or NO_TRACE
        self._common = load_common()
        self._caches = caches or Caches()
        self._senses: Cache[SensePicture, Sense] = self._caches.of("recognition.senses", _SENSE_BYTES)

    @property
    def learned_languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages whose texts the weights were trained on."""
        return frozenset(self._common)

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order, never overlapping.

        Args:
            document: its language is identified from the text where it is not given.
        """
        language = load(document.language or identify(document.text))
        toponyms: list[Toponym] = []
        for start, end in _chunks(document.text):
            text = document.text[start:end] if (start, end) != (0, len(document.text)) else document.text
            toponyms += [_shifted(toponym, start) for toponym in self._recognise(text, language)]
        return with_qualifiers(document.text, toponyms, language, self._gazetteer)

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return toponyms of other origin (given spans, another recogniser's) with sense, cue and relation.

        Args:
            document: the text that they lie in.
            toponyms: in text order, not overlapping; their own sense, cue and relation are replaced.
        """
        language = load(document.language or identify(document.text))
        lexicon = Lexicon(language, self._caches)
        common = self._common.get(language.code, frozenset())
        tokens = read_tokens(document.text, lexicon, self._gazetteer, common)
        tokens = lexicon.cut(tokens, [toponym.span for toponym in toponyms])
        at_start = {start: at for at, start in enumerate(tokens.starts)}
        at_end = {end: at for at, end in enumerate(tokens.ends)}
        bounds = [(at_start[toponym.start], at_end[toponym.end]) for toponym in toponyms]
        surfaces = [tokens.surface(first, last) for first, last in bounds]
        facts = facts_of(tokens, language, bounds, surfaces, self._gazetteer)
        spans = [
            CandidateSpan(first, last, surface, known)
            for (first, last), surface, known in zip(bounds, surfaces, facts, strict=True)
        ]
        described = self._described(tokens, spans, [toponym.probability for toponym in toponyms], language)
        return tuple(
            replace(new, start=old.start, end=old.end, text=old.text, resolution=old.resolution)
            for new, old in zip(described, toponyms, strict=True)
        )

    def _recognise(self, text: str, language: Language) -> list[Toponym]:
        model, lexicon = load_model(), Lexicon(language, self._caches)
        common = self._common.get(language.code, frozenset())
        tokens, spans = read_spans(text, lexicon, self._gazetteer, common)
        if not spans:
            return []
        values = Features(lexicon, model.encode, common, self._caches).of(tokens, spans)
        scores, linked = model.scores(values)
        learned = language.code in self._common
        first = adjust(agree(spans, scores), linked, tokens, spans, language, learned=learned)
        scores = rescore(SecondPass(language, model.encode, self._caches), model, tokens, spans, first)
        chosen = choose(spans, scores)
        if self._trace.wanted:
            names = Features(lexicon, list, common, Caches()).of(tokens, spans)
            for at, more in SecondPass(language, list, Caches()).of(tokens, spans, first):
                names[at] = names[at] + more
            self._trace.note(_reasons(tokens, spans, names, scores, chosen, model))
        return self._described(
            tokens, [spans[at] for at, _ in chosen], [probability for _, probability in chosen], language
        )

    def _sense(self, picture: SensePicture) -> Sense:
        sense = self._senses.get(picture)
        if sense is None:
            sense = Sense.METONYMIC if load_model().metonymic(sense_names(picture)) else Sense.LITERAL
            self._senses.put(picture, sense)
        return sense

    def _described(
        self, tokens: Tokens, spans: Sequence[CandidateSpan], probabilities: Sequence[float], language: Language
    ) -> list[Toponym]:
        """Return the chosen spans as toponyms with sense, cue and relation."""
        names = [(span.first, span.last) for span in spans]
        cues = find_cues(tokens, names, language, [span.facts for span in spans])
        senses = [
            self._sense(sense_picture(tokens, *bounds, span.facts, cue, language))
            for span, cue, bounds in zip(spans, cues, list_bounds(tokens, names, language), strict=True)
        ]
        relations = find_relations(tokens, names, senses, language)
        # An anchor of a relation ("north of Paris") is the place itself, whatever verb follows.
        numbers = {tokens.starts[first]: at for at, (first, _) in enumerate(names)}
        for relation in relations.values():
            for start, _ in relation.anchors:
                senses[numbers[start]] = Sense.LITERAL
        return [
            Toponym(
                start=tokens.starts[span.first], end=tokens.ends[span.last],
                text=tokens.text[tokens.starts[span.first] : tokens.ends[span.last]],
                sense=senses[at], cue=cues[at][0], cue_kind=cues[at][1],
                relation=relations.get(at), probability=round(probabilities[at], 4),
            )
            for at, span in enumerate(spans)
        ]  # fmt: skip


def _chunks(text: str) -> list[tuple[int, int]]:
    """Cut a very long text at line ends, else at spaces."""
    bounds: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > _CHUNK:
        cut = max(text.rfind("\n", start, start + _CHUNK), 0) or max(text.rfind(" ", start, start + _CHUNK), 0)
        end = cut + 1 if cut > start else start + _CHUNK
        bounds.append((start, end))
        start = end
    bounds.append((start, len(text)))
    return bounds


def _shifted(toponym: Toponym, by: int) -> Toponym:
    """Move a toponym of a chunk to its place in the document."""
    if not by:
        return toponym
    relation = toponym.relation
    if relation is not None:
        anchors = tuple((start + by, end + by) for start, end in relation.anchors)
        relation = replace(relation, start=relation.start + by, end=relation.end + by, anchors=anchors)
    return replace(toponym, start=toponym.start + by, end=toponym.end + by, relation=relation)


def _reasons(
    tokens: Tokens, spans: Sequence[CandidateSpan], names: Sequence[Sequence[str]], scores: Floats,
    chosen: Sequence[tuple[int, float]], model: Model,
) -> list[Reason]:  # fmt: skip
    """Return the verdict on each candidate span and its features, the largest weights first."""
    taken = {at for at, _ in chosen}
    odds = np.exp(np.minimum(scores, 50.0))
    probabilities = odds[:, PLACE] / (1 + odds.sum(axis=1)) if len(spans) else odds
    reasons = []
    for at, span in enumerate(spans):
        best = int(scores[at].argmax())
        verdict = "nothing" if scores[at][best] <= 0 else CLASSES[best]
        if verdict == "place" and at not in taken:
            verdict = "overlapped"
        weights = [(name, model.weights(name)[PLACE]) for name in names[at] if name in model.packed]
        weighed = sorted(weights, key=lambda item: -abs(item[1]))
        reasons.append(
            Reason(
                tokens.starts[span.first], tokens.ends[span.last], span.surface, verdict, float(probabilities[at]),
                tuple(weighed),
            )
        )  # fmt: skip
    return reasons
