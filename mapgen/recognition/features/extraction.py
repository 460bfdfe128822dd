"""The value of a candidate span: the sum over its features, part by part.

A feature is a string; the classifier knows it by number or by weight. Raw words enter only where they are function
words of the language file; everything else is a class, a shape or a fact of the gazetteer, so that what is learned on
one sort of text applies to another.

The features come in parts (`context_features`): a part is looked up as a key, and only where it is new its features are
named and turned into a value by an `Encoder`: a list of numbers for training and for `--explain`, one integer that
holds all weights for everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from mapgen.caches import Cache, Caches
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
from mapgen.recognition.features.document_context import DocumentContext
from mapgen.recognition.features.name_features import name_features
from mapgen.recognition.features.neighbours import Neighbours
from mapgen.recognition.features.parts import Beginning, Ending
from mapgen.recognition.features.profiles import ABBREVIATED, UNKNOWN, NameProfile, is_abbreviated, name_profile
from mapgen.recognition.spans import CandidateSpan, Facts
from mapgen.recognition.tokens import Lexicon, Tokens, Word

__all__ = ["Encoder", "FeatureIndex", "Features", "Value"]

_PART_BYTES = 160
"""Size of a part as a key with its value, without the strings, which parts share."""
_PROFILE_BYTES = 700
"""Size of a profile and of the facts that it is made from."""


class Value(Protocol):
    """What becomes of the features of a part: anything that can be summed over the parts."""

    def __add__(self, other: Self, /) -> Self:
        """Return the value of both parts."""
        ...


_V = TypeVar("_V", bound=Value)
Encoder = Callable[[Sequence[str]], _V]
"""Turns the features of a part into their value."""
_Start = tuple[_V, Beginning]
_End = tuple[_V, Ending]
_Name = tuple[str, bool, tuple[Word, ...], Facts | None]
"""A name as key: its surface, whether it begins a sentence, its words (a headline in capitals changes them), what the
gazetteer says of it, which the article before it and the countries that the text speaks of change."""


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
        number_of = self.numbers.get
        return [number for name in names if (number := number_of(name)) is not None]


class Features(Generic[_V]):
    """Makes the values of the candidate spans of texts of one language.

    Args:
        lexicon: the words of the language.
        encode: turns the features of a part into their value.
        common: words that are common in small letters.
        caches: where the values of parts are kept; they belong to one `encode`.
    """

    def __init__(self, lexicon: Lexicon, encode: Encoder[_V], common: frozenset[str], caches: Caches) -> None:
        self._language = lexicon.language
        self._encode = encode
        self._common = common
        self._nothing = encode(())
        self._profiles: Cache[tuple[Facts, str], NameProfile] = caches.of("recognition.profiles", _PROFILE_BYTES)
        self._names: Cache[_Name, _V] = caches.of("recognition.names", _name_bytes)
        self._parts: Cache[Part, _V] = caches.of(
            "recognition.parts", _PART_BYTES, lambda part: encode(part_names(part))
        )

    def of(self, tokens: Tokens, spans: Sequence[CandidateSpan]) -> list[_V]:
        """Return the value of each span."""
        profiles = self._profiles_of(tokens.words, spans)
        neighbours = Neighbours(tokens, self._language)
        context = DocumentContext(tokens, self._language, spans, profiles, neighbours)
        lefts: dict[int, _Start[_V]] = {}
        rights: dict[int, _End[_V]] = {}
        words = tokens.words
        # A look-up in the recent entries of a cache is one of a plain dictionary.
        names, value_of = self._names.recent, self._parts.recent.__getitem__
        values: list[_V] = []
        for span, profile in zip(spans, profiles, strict=True):
            first, last, surface, facts = span
            left, beginning = lefts.get(first) or self._left(lefts, context, neighbours, first)
            right, ending = rights.get(last) or self._right(rights, context, neighbours, last)
            gaz, extra = profile.gaz, last - first
            name_key = (surface, beginning.opening, tuple(words[first : last + 1]), facts)
            value = names.get(name_key)
            if value is None:
                value = self._name(name_key)
            parts = beginning_parts(gaz, extra, beginning)
            parts += ending_parts(gaz, extra, ending)
            parts += joint_parts(gaz, extra, beginning, ending)
            parts += elsewhere_parts(gaz, beginning.one, context.apart(span, profile))
            values.append(sum(map(value_of, parts), left + right + value))
        return values

    def _name(self, key: _Name) -> _V:
        """Return the value of a name that is not among the recent ones."""
        value = self._names.get(key)
        if value is None:
            _, opening, words, facts = key
            value = self._encode(name_features(words, facts, self._language, self._common, opening=opening))
            self._names.put(key, value)
        return value

    def _profiles_of(self, words: Sequence[Word], spans: Sequence[CandidateSpan]) -> list[NameProfile]:
        code = self._language.code
        recent = self._profiles.recent
        profiles: list[NameProfile] = []
        for first, last, surface, facts in spans:
            if first == last and surface[-1] == "." and is_abbreviated(words[first : first + 1]):
                profiles.append(ABBREVIATED)
                continue
            if facts is None:
                profiles.append(UNKNOWN)
                continue
            key = (facts, code)
            profile = recent.get(key) or self._profiles.get(key)
            if profile is None:
                profile = name_profile(facts, self._language)
                self._profiles.put(key, profile)
            profiles.append(profile)
        return profiles

    def _left(
        self, lefts: dict[int, _Start[_V]], context: DocumentContext, neighbours: Neighbours, at: int
    ) -> _Start[_V]:
        """Note and return what all spans with this first token share."""
        left = neighbours.left(at)
        beginning = Beginning(
            left.opening, left.one, left.two, left.cue, left.sort1, left.sort2, left.classes, left.governing,
            context.member_before(at), context.spread(at), context.head(at), context.tokens.words[at].group,
            context.topics(at),
        )  # fmt: skip
        value = sum(map(self._parts.recent.__getitem__, left_parts(left)), self._nothing)
        lefts[at] = shared = (value, beginning)
        return shared

    def _right(
        self, rights: dict[int, _End[_V]], context: DocumentContext, neighbours: Neighbours, at: int
    ) -> _End[_V]:
        """Note and return what all spans with this last token share."""
        right = neighbours.right(at)
        ending = Ending(
            right.one,
            right.two,
            right.sort1,
            right.classes,
            right.capital,
            context.member_after(at),
            context.topics(at),
        )
        value = sum(map(self._parts.recent.__getitem__, right_parts(right)), self._nothing)
        rights[at] = shared = (value, ending)
        return shared


def _name_bytes(key: _Name, _: object) -> int:
    return 500 + 4 * len(key[0]) + 8 * len(key[2])
