"""The value of a candidate span: the sum over its features, part by part.

A feature is a string; the classifier knows it by number or by weight. Raw words enter only where they are function
words of the language file; everything else is a class, a shape or a fact of the gazetteer, so that what is learned on
one sort of text applies to another.

The parts of a span are its name, its sides (`Left`, `Right`), what either side says together with the gazetteer
(`Beginning`, `Ending`, `Aside`), both sides together (`Joint`) and the rest of the document (`Elsewhere`). Each part is
looked up as a key; only where it is new its features are named and turned into a value by an `Encoder`: a list of
numbers for training and for `--explain`, one integer that holds all weights for everything else.

A new feature belongs to the smallest part that has all it reads: parts with few fields are met again more often.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from mapgen.caches import Cache, Caches
from mapgen.recognition.features.context_features import (
    aside_names,
    beginning_names,
    elsewhere_names,
    ending_names,
    joint_names,
    left_names,
    right_names,
)
from mapgen.recognition.features.document_context import DocumentContext
from mapgen.recognition.features.name_features import name_features
from mapgen.recognition.features.neighbours import Neighbours
from mapgen.recognition.features.parts import Aside, Beginning, Elsewhere, Ending, Joint, Left, Right
from mapgen.recognition.features.profiles import ABBREVIATED, UNKNOWN, NameProfile, is_abbreviated, name_profile
from mapgen.recognition.spans import CandidateSpan, Facts
from mapgen.recognition.tokens import Lexicon, Tokens, Word

__all__ = ["Encoder", "FeatureIndex", "Features", "Value"]

_PART_BYTES = 300
"""Size of a part as a key with its value, without the strings, which parts share."""
_PROFILE_BYTES = 700
"""Size of a profile and of the facts that it is made from."""


class Value(Protocol):
    """What becomes of the features of a part: anything that can be summed over the parts."""

    def __add__(self, other: Self, /) -> Self:
        """Return the value of both parts."""
        ...


_V = TypeVar("_V", bound=Value)
_Key = TypeVar("_Key", bound=Hashable)
Encoder = Callable[[Sequence[str]], _V]
"""Turns the features of a part into their value."""
_Start = tuple[_V, Beginning, Aside]
_End = tuple[_V, Ending, Aside]
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
        self._profiles: Cache[tuple[Facts, str], NameProfile] = caches.of("recognition.profiles", _PROFILE_BYTES)
        self._names: Cache[_Name, _V] = caches.of("recognition.names", _name_bytes)
        self._sides: Cache[Left | Right, _V] = caches.of("recognition.sides", _PART_BYTES)
        self._asides: Cache[tuple[str, Aside], _V] = caches.of("recognition.asides", _PART_BYTES)
        self._beginnings: Cache[tuple[str, int, Beginning], _V] = caches.of("recognition.beginnings", _PART_BYTES)
        self._endings: Cache[tuple[str, int, Ending], _V] = caches.of("recognition.endings", _PART_BYTES)
        self._joints: Cache[tuple[str, int, Joint], _V] = caches.of("recognition.joints", _PART_BYTES)
        self._elsewhere: Cache[tuple[str, str, Elsewhere], _V] = caches.of("recognition.elsewhere", _PART_BYTES)

    def of(self, tokens: Tokens, spans: Sequence[CandidateSpan]) -> list[_V]:
        """Return the value of each span."""
        profiles = self._profiles_of(tokens.words, spans)
        neighbours = Neighbours(tokens, self._language)
        context = DocumentContext(tokens, self._language, spans, profiles, neighbours)
        lefts: dict[int, _Start[_V]] = {}
        rights: dict[int, _End[_V]] = {}
        words = tokens.words
        # A look-up in the recent entries of a cache is one of a plain dictionary; `_made` does all the rest.
        names, beginnings, endings = self._names.recent, self._beginnings.recent, self._endings.recent
        asides, joints, elsewhere = self._asides.recent, self._joints.recent, self._elsewhere.recent
        made = self._made
        values: list[_V] = []
        for span, profile in zip(spans, profiles, strict=True):
            first, last, surface, facts = span
            left, beginning, before = lefts.get(first) or self._left(lefts, context, neighbours, first)
            right, ending, behind = rights.get(last) or self._right(rights, context, neighbours, last)
            gaz, extra = profile.gaz, last - first
            name_key = (surface, beginning.opening, tuple(words[first : last + 1]), facts)
            value = names.get(name_key)
            if value is None:
                value = self._name(name_key)
            start_key = (gaz, extra, beginning)
            start = beginnings.get(start_key)
            if start is None:
                start = made(self._beginnings, start_key, lambda key: beginning_names(*key))
            end_key = (gaz, extra, ending)
            end = endings.get(end_key)
            if end is None:
                end = made(self._endings, end_key, lambda key: ending_names(*key))
            one = beginning.one
            joint = Joint(
                one, beginning.sort1, beginning.sort2, beginning.cue[0] != "", ending.one, ending.sort1, ending.capital
            )
            joint_key = (gaz, extra, joint)
            both = joints.get(joint_key)
            if both is None:
                both = made(self._joints, joint_key, lambda key: joint_names(*key))
            rest_key = (gaz, one, context.apart(span, profile))
            rest = elsewhere.get(rest_key)
            if rest is None:
                rest = made(self._elsewhere, rest_key, lambda key: elsewhere_names(*key))
            on_left = asides.get((gaz, before))
            if on_left is None:
                on_left = made(self._asides, (gaz, before), lambda key: aside_names(*key))
            on_right = asides.get((gaz, behind))
            if on_right is None:
                on_right = made(self._asides, (gaz, behind), lambda key: aside_names(*key))
            values.append(left + right + value + start + end + both + rest + on_left + on_right)
        return values

    def _made(self, cache: Cache[_Key, _V], key: _Key, names: Callable[[_Key], Sequence[str]]) -> _V:
        """Return the value of a part that is not among the recent entries of its cache."""
        value = cache.get(key)
        if value is None:
            value = self._encode(names(key))
            cache.put(key, value)
        return value

    def _name(self, key: _Name) -> _V:
        _, opening, words, facts = key
        return self._made(
            self._names, key, lambda _: name_features(words, facts, self._language, self._common, opening=opening)
        )

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
        value = self._made(self._sides, left, left_names)  # type: ignore[arg-type]
        beginning = Beginning(
            left.opening, left.one, left.two, left.cue, left.sort1, left.sort2,
            context.member_before(at), context.spread(at), context.head(at), context.tokens.words[at].group,
        )  # fmt: skip
        aside = Aside("L", context.topics(at), left.sort1, left.classes, left.governing)
        lefts[at] = shared = (value, beginning, aside)
        return shared

    def _right(
        self, rights: dict[int, _End[_V]], context: DocumentContext, neighbours: Neighbours, at: int
    ) -> _End[_V]:
        """Note and return what all spans with this last token share."""
        right = neighbours.right(at)
        value = self._made(self._sides, right, right_names)  # type: ignore[arg-type]
        ending = Ending(right.one, right.two, right.sort1, right.capital, context.member_after(at))
        rights[at] = shared = (value, ending, Aside("R", context.topics(at), right.sort1, right.classes))
        return shared


def _name_bytes(key: _Name, _: object) -> int:
    return 500 + 4 * len(key[0]) + 8 * len(key[2])
