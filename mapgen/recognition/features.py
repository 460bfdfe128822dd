"""What speaks for and against a candidate, as numbers of named features.

A feature is a string; the classifier knows it by number. Raw words enter only where they are function words of the
language file; everything else is a class, a shape, or a fact of the gazetteer, so that what is learned on one sort of
text carries to another. The names are made in `templates`, once for each picture that is met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from mapgen.recognition.candidates import Span
from mapgen.recognition.context import Context
from mapgen.recognition.templates import (
    Left,
    Pair,
    Right,
    gazetteer_class,
    left_names,
    name_features,
    pair_names,
    right_names,
)
from mapgen.recognition.tokens import Lexicon, Tokens

__all__ = ["FeatureIndex", "Features"]

_Key = TypeVar("_Key")
_SKIPPED = 120_000
"""Entries after which a cache is emptied."""


@dataclass(slots=True)
class FeatureIndex:
    """Feature names and their numbers.

    Attributes:
        numbers: name -> number.
        growing: whether unknown names are added (in training) or skipped.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    growing: bool = False

    def encode(self, names: Sequence[str]) -> list[int]:
        """Return the numbers of the names that are known."""
        if self.growing:
            return [self.numbers.setdefault(name, len(self.numbers)) for name in names]
        known = self.numbers.get
        return [number for name in names if (number := known(name)) is not None]


class Features:
    """Makes the features of the candidates of texts of one language.

    Args:
        lexicon: the words of the language.
        index: feature names and numbers.
        common: words that are common in small letters.
    """

    def __init__(self, lexicon: Lexicon, index: FeatureIndex, common: frozenset[str] = frozenset()) -> None:
        self._lexicon = lexicon
        self._language = lexicon.language
        self._index = index
        self._common = common
        self._lefts: dict[Left, list[int]] = {}
        self._rights: dict[Right, list[int]] = {}
        self._names: dict[tuple[str, bool], list[int]] = {}
        self._pairs: dict[Pair, list[int]] = {}

    def of(self, tokens: Tokens, spans: Sequence[Span]) -> list[list[int]]:
        """Return the feature numbers of each candidate."""
        context = Context(tokens, self._language, spans)
        lefts: dict[int, tuple[Left, list[int]]] = {}
        rights: dict[int, tuple[Right, list[int]]] = {}
        rows: list[list[int]] = []
        for span in spans:
            left = lefts.get(span.first)
            if left is None:
                before = context.left(span.first)
                left = lefts[span.first] = (before, self._cached(self._lefts, before, left_names))
            right = rights.get(span.last)
            if right is None:
                after = context.right(span.last)
                right = rights[span.last] = (after, self._cached(self._rights, after, right_names))
            pair = self._cached(self._pairs, _pair(left[0], right[0], span, context), pair_names)
            rows.append([*left[1], *right[1], *self._name(tokens, span, left[0].opening), *pair])
        return rows

    def _cached(self, cache: dict[_Key, list[int]], key: _Key, make: Callable[[_Key], list[str]]) -> list[int]:
        found = cache.get(key)
        if found is None:
            if len(cache) > _SKIPPED:
                cache.clear()
            found = cache[key] = self._index.encode(make(key))
        return found

    def _name(self, tokens: Tokens, span: Span, opening: bool) -> list[int]:
        key = (span.surface, opening)
        found = self._names.get(key)
        if found is None:
            if len(self._names) > _SKIPPED:
                self._names.clear()
            words = tokens.words[span.first : span.last + 1]
            names = name_features(words, span.facts, self._language, self._common, opening=opening)
            found = self._names[key] = self._index.encode(names)
        return found


def _pair(left: Left, right: Right, span: Span, context: Context) -> Pair:
    lead = context.tokens.words[span.first].group
    return Pair(
        gaz=gazetteer_class(span.facts),
        opening=left.opening,
        one=left.one,
        two=left.two,
        cue=left.cue,
        sort1=left.sort1,
        sort2=left.sort2,
        next_sort=right.sort1,
        after=right.one,
        after2=right.two,
        capital=right.capital,
        alone=lead if span.first == span.last else "many",
        inside=context.inside(span),
        document=context.document(span),
        extra=span.last - span.first,
        neighbours=context.neighbours(span),
        spread=context.spread(span.first),
        head=context.head(span.first),
        parts=context.parts(span),
        company=context.company(span),
        lead=lead,
    )
