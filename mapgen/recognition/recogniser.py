"""From a document to its toponyms: candidates, classifier, sense, cues, relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mapgen.languages import Language, identify, load
from mapgen.model import Document, Sense, Toponym
from mapgen.recognition.classifier import CLASSES, PLACE, Floats, Model, agree, choose, load_model
from mapgen.recognition.description import (
    SensePicture,
    find_cues,
    find_relations,
    list_bounds,
    sense_names,
    sense_picture,
)
from mapgen.recognition.features import Features
from mapgen.recognition.spans import CandidateSpan, FactsSource, read_spans, read_tokens
from mapgen.recognition.tokens import Tokens, lexicon, load_common
from mapgen.recognition.trace import NO_TRACE, NoTrace, Reason

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = ["GazetteerRecogniser"]

_CHUNK = 200_000
"""Code points that are read at once; longer documents are cut at line ends, to bound memory."""

_DOUBTFUL, _WHOLE = -0.5, 3.0
"""A cue speaks of the whole name behind it ("le quartier de Cheikh Othman"): to a reading of several words that is not
below the first it adds the second, log-odds a word. Measured: nothing lost on nine corpora, .001 gained on our own."""
_KNOWN = 50_000
_KIN, _STRANGE = 0.7, 2.0
"""Log-odds that a place of more than `_KNOWN` inhabitants is given in a language without weights of its own: little
where a language file knows its prepositions and names have capitals, more where the gazetteer stands alone."""
_REMEMBERED = 30_000
"""Surroundings of names after which their senses are forgotten."""
_OWN = 2.0
"""Log-odds that the user's own list adds to a name: it was put there because it is in the texts."""


class GazetteerRecogniser:
    """Finds place names by what the gazetteer says of candidates and what the words around them say.

    Args:
        gazetteer: asked what it knows of names; anything with its method `facts`.
        explain: told why each candidate was taken or left.
    """

    def __init__(self, gazetteer: Gazetteer | FactsSource, *, explain: NoTrace | None = None) -> None:
        self._gazetteer: FactsSource = gazetteer
        self._trace = explain or NO_TRACE
        self._model: Model | None = None
        self._common = load_common()
        self._features: dict[str, Features[int]] = {}
        self._senses: dict[SensePicture, Sense] = {}

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
        found: list[Toponym] = []
        for start, end in _chunks(document.text):
            text = document.text[start:end] if (start, end) != (0, len(document.text)) else document.text
            found += [_shifted(toponym, start) for toponym in self._recognise(text, language)]
        return tuple(found)

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return toponyms found elsewhere (given spans, another recogniser's) with sense, cue and relation.

        Args:
            document: the text that they lie in.
            toponyms: in text order, not overlapping; what they say of themselves is replaced.
        """
        language = load(document.language or identify(document.text))
        words = lexicon(language)
        common = self._common.get(language.code, frozenset())
        tokens = read_tokens(document.text, words, self._gazetteer, common)
        tokens = words.cut(tokens, [toponym.span for toponym in toponyms])
        at_start = {start: at for at, start in enumerate(tokens.starts)}
        at_end = {end: at for at, end in enumerate(tokens.ends)}
        bounds = [(at_start[toponym.start], at_end[toponym.end]) for toponym in toponyms]
        surfaces = [tokens.surface(first, last) for first, last in bounds]
        facts = self._gazetteer.facts(set(surfaces))
        spans = [
            CandidateSpan(first, last, surface, facts.get(surface))
            for (first, last), surface in zip(bounds, surfaces, strict=True)
        ]
        described = self._described(tokens, spans, [toponym.probability for toponym in toponyms], language)
        return tuple(
            replace(new, start=old.start, end=old.end, text=old.text, resolution=old.resolution)
            for new, old in zip(described, toponyms, strict=True)
        )

    def _loaded(self) -> Model:
        if self._model is None:
            self._model = load_model()
        return self._model

    def _recognise(self, text: str, language: Language) -> list[Toponym]:
        model, words = self._loaded(), lexicon(language)
        common = self._common.get(language.code, frozenset())
        if language.code not in self._features:
            self._features[language.code] = Features(words, model.encode, common)
        tokens, spans = read_spans(text, words, self._gazetteer, common)
        if not spans:
            return []
        first_scores, linked = model.scores(self._features[language.code].of(tokens, spans))
        scores = agree(spans, first_scores)
        for at in np.flatnonzero(linked & (scores[:, PLACE] > _DOUBTFUL)).tolist():
            first, last, _, _ = spans[at]
            if last > first and tokens.words[first].start:
                scores[at, PLACE] += _WHOLE * (last - first)
        if language.code not in self._common:
            known = [span.facts is not None and span.facts.population > _KNOWN for span in spans]
            scores[known, PLACE] += _KIN if language.known and language.cased else _STRANGE
        if own := [at for at, span in enumerate(spans) if span.facts is not None and span.facts.own]:
            scores[own, PLACE] += _OWN
        chosen = choose(spans, scores)
        if self._trace.wanted:
            names = Features(words, list, common).of(tokens, spans)
            self._trace.note(_reasons(tokens, spans, names, scores, chosen, model))
        return self._described(
            tokens, [spans[at] for at, _ in chosen], [probability for _, probability in chosen], language
        )

    def _sense(self, picture: SensePicture) -> Sense:
        known = self._senses.get(picture)
        if known is None:
            if len(self._senses) > _REMEMBERED:
                self._senses.clear()
            metonymic = self._loaded().metonymic(sense_names(picture))
            known = self._senses[picture] = Sense.METONYMIC if metonymic else Sense.LITERAL
        return known

    def _described(
        self, tokens: Tokens, spans: Sequence[CandidateSpan], probabilities: Sequence[float], language: Language
    ) -> list[Toponym]:
        """Give the chosen spans their sense, cue and relation."""
        names = [(span.first, span.last) for span in spans]
        cues = find_cues(tokens, names, language, [span.facts for span in spans])
        senses = [
            self._sense(sense_picture(tokens, *bounds, span.facts, cue, language))
            for span, cue, bounds in zip(spans, cues, list_bounds(tokens, names, language), strict=True)
        ]
        relations = find_relations(tokens, names, senses, language)
        # What something is near to, or north of, is the place itself, whatever the verb behind it.
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
    """Say of each candidate what became of it and what weighed most."""
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
