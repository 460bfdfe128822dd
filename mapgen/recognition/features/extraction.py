"""What speaks for and against a candidate: its named features, as numbers or as the sum of their weights.

A feature is a string; the classifier knows it by number or by weight. Raw words enter only where they are function
words of the language file; everything else is a class, a shape, or a fact of the gazetteer, so that what is learned on
one sort of text carries to another. The names are made in `templates`, once for each picture that is met.

A candidate's features fall into parts: what stands left of it, what stands right of it, its name, what either side
says together with the gazetteer (`Aside`), and what all of these say together. Each part is looked up by its picture (a
tuple of `templates`), and only where that is new its names are made and turned into a value by an `Encoder`: a list of
numbers for training and for `--explain`, one whole number that holds all weights for everything else. The value of a
candidate is the sum of those of its parts.

So a new feature costs nothing as long as it is asked for where it belongs: of the first or of the last word (a field of
`Left` or `Right`, of `Before` or `After` where it goes into conjunctions), of the name alone (`name_features`), and
only else of every candidate. Whatever a template reads must be a field of the picture that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from mapgen.recognition.features.context_features import aside_names, left_names, pair_names, right_names
from mapgen.recognition.features.document_context import DocumentContext
from mapgen.recognition.features.name_features import name_features
from mapgen.recognition.features.parts import After, Aside, Before, Left, Pair, Right
from mapgen.recognition.features.profiles import UNKNOWN, NameProfile, name_profile
from mapgen.recognition.features.windows import Following, Preceding, Windows
from mapgen.recognition.spans import CandidateSpan, Facts
from mapgen.recognition.tokens import Lexicon, Tokens, Word

__all__ = ["Encoder", "FeatureIndex", "Features"]

_LIMIT = 60_000
"""Entries after which a cache is emptied."""
_WINDOWS = 20_000
"""Windows of words after which all pictures are forgotten."""
_LONGEST = 100
"""Letters of the longest name that is remembered."""


class Value(Protocol):
    """What becomes of the features of a part: anything that can be summed over the parts."""

    def __add__(self, other: Self, /) -> Self:
        """Return the value of both parts."""
        ...


_V = TypeVar("_V", bound=Value)
_Key = TypeVar("_Key")
_Near = TypeVar("_Near")
_Picture = TypeVar("_Picture")
Encoder = Callable[[Sequence[str]], _V]
"""Turns the features of a part into their value."""


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


@dataclass(frozen=True, slots=True)
class _Side(Generic[_V, _Near, _Key, _Picture]):
    """What is known of a window beside a candidate.

    Attributes:
        near: what stands in it.
        value: of the features of that alone.
        pictures: what the rest of the document says of the place -> what both say to what comes with it, numbered.
        asides: the subjects of the passage -> what both say together with the gazetteer, numbered.
    """

    near: _Near
    value: _V
    pictures: dict[_Key, tuple[_Picture, int]] = field(default_factory=dict)
    asides: dict[tuple[str, ...], tuple[Aside, int]] = field(default_factory=dict)


_Spoken = tuple[str, str, str, str]
"""The last four fields of `Before`: they hang on more than the window."""
_Beginning = tuple[_V, Before, int, Aside, int]
_Ending = tuple[_V, After, int, Aside, int]


class Features(Generic[_V]):
    """Makes the features of the candidates of texts of one language.

    Args:
        lexicon: the words of the language.
        encode: turns the features of a part into their value.
        common: words that are common in small letters.
    """

    def __init__(self, lexicon: Lexicon, encode: Encoder[_V], common: frozenset[str] = frozenset()) -> None:
        self._language = lexicon.language
        self._encode = encode
        self._common = common
        self._profiles: dict[str, NameProfile] = {}
        self._windows = Windows(lexicon.language)
        self._preceding: dict[Preceding, _Side[_V, Left, _Spoken, Before]] = {}
        self._following: dict[Following, _Side[_V, Right, str, After]] = {}
        self._met: set[int] = set()
        self._noted = 0
        self._lefts: dict[Left, _V] = {}
        self._rights: dict[Right, _V] = {}
        self._names: dict[tuple[str, bool, tuple[Word, ...]], _V] = {}
        self._befores: dict[Before, int] = {}
        self._afters: dict[After, int] = {}
        self._pairs: dict[tuple[object, ...], _V] = {}
        self._asides: dict[Aside, int] = {}
        self._besides: dict[tuple[int, str], _V] = {}

    def of(self, tokens: Tokens, spans: Sequence[CandidateSpan]) -> list[_V]:
        """Return the value of each candidate."""
        self._forget()
        profiles = self._profiles_of(spans)
        context = DocumentContext(tokens, self._language, spans, profiles, self._windows)
        firsts: dict[int, _Beginning[_V]] = {}
        lasts: dict[int, _Ending[_V]] = {}
        names, pairs, besides = self._names, self._pairs, self._besides
        words = tokens.words
        values: list[_V] = []
        for span, known in zip(spans, profiles, strict=True):
            first, last, surface, facts = span
            left, before, before_number, aside, aside_number = firsts.get(first) or self._first(firsts, context, first)
            right, after, after_number, behind, behind_number = lasts.get(last) or self._last(lasts, context, last)
            form = (surface, before.opening, tuple(words[first : last + 1]))
            name = names.get(form)
            if name is None:
                name = self._name(form, facts)
            gaz, apart = known.gaz, context.apart(span, known)
            key = (before_number, after_number, gaz, last - first, apart)
            pair = pairs.get(key)
            if pair is None:
                pair = pairs[key] = self._encode(pair_names(_pair(gaz, before, after, last - first, *apart)))
            on_left = besides.get((aside_number, gaz))
            if on_left is None:
                on_left = besides[aside_number, gaz] = self._encode(aside_names(aside, gaz))
            on_right = besides.get((behind_number, gaz))
            if on_right is None:
                on_right = besides[behind_number, gaz] = self._encode(aside_names(behind, gaz))
            values.append(left + right + name + pair + on_left + on_right)
        return values

    def _profiles_of(self, spans: Sequence[CandidateSpan]) -> list[NameProfile]:
        known = self._profiles
        profiles: list[NameProfile] = []
        for _, _, surface, facts in spans:
            if facts is None:
                profiles.append(UNKNOWN)
                continue
            found = known.get(surface)
            if found is None:
                found = name_profile(facts, self._language)
                if len(surface) <= _LONGEST:
                    known[surface] = found
            profiles.append(found)
        return profiles

    def _first(self, firsts: dict[int, _Beginning[_V]], context: DocumentContext, at: int) -> _Beginning[_V]:
        """Note and return what hangs on the first word of candidates: a value, two pictures and their numbers."""
        window = self._windows.before(context.tokens, at)
        side = self._preceding.get(window)
        if side is None:
            left = self._windows.left(window)
            side = _Side(left, self._cached(self._lefts, left, left_names))
            if self._met_before(window):
                self._preceding[window] = side
        left = side.near
        word = context.tokens.words[at]
        spoken = (context.member_before(at), context.spread(at), context.head(at), word.group)
        numbered = side.pictures.get(spoken)
        if numbered is None:
            self._noted += 1
            before = Before(left.opening, left.one, left.two, left.cue, left.sort1, left.sort2, *spoken)
            numbered = side.pictures[spoken] = (before, self._befores.setdefault(before, len(self._befores)))
        topics = context.topics(at)
        beside = side.asides.get(topics)
        if beside is None:
            self._noted += 1
            aside = Aside("L", topics, left.sort1, left.classes, left.governing)
            beside = side.asides[topics] = (aside, self._asides.setdefault(aside, len(self._asides)))
        firsts[at] = found = (side.value, *numbered, *beside)
        return found

    def _last(self, lasts: dict[int, _Ending[_V]], context: DocumentContext, at: int) -> _Ending[_V]:
        """Note and return what hangs on the last word of candidates: a value, two pictures and their numbers."""
        window = self._windows.after(context.tokens, at)
        side = self._following.get(window)
        if side is None:
            right = self._windows.right(window)
            side = _Side(right, self._cached(self._rights, right, right_names))
            if self._met_before(window):
                self._following[window] = side
        right = side.near
        neighbour = context.member_after(at)
        numbered = side.pictures.get(neighbour)
        if numbered is None:
            self._noted += 1
            after = After(right.one, right.two, right.sort1, right.capital, neighbour)
            numbered = side.pictures[neighbour] = (after, self._afters.setdefault(after, len(self._afters)))
        topics = context.topics(at)
        beside = side.asides.get(topics)
        if beside is None:
            self._noted += 1
            aside = Aside("R", topics, right.sort1, right.classes)
            beside = side.asides[topics] = (aside, self._asides.setdefault(aside, len(self._asides)))
        lasts[at] = found = (side.value, *numbered, *beside)
        return found

    def _met_before(self, window: Preceding | Following) -> bool:
        """Tell whether a window comes for the second time at least: most never do, and are not worth remembering."""
        sign = hash(window)
        if sign in self._met:
            return True
        self._met.add(sign)
        return False

    def _cached(self, cache: dict[_Key, _V], key: _Key, make: Callable[[_Key], Sequence[str]]) -> _V:
        found = cache.get(key)
        if found is None:
            found = cache[key] = self._encode(make(key))
        return found

    def _name(self, form: tuple[str, bool, tuple[Word, ...]], facts: Facts | None) -> _V:
        """Return the value of a name by itself; headlines give one surface several readings, so its words count."""
        surface, opening, words = form
        value = self._encode(name_features(words, facts, self._language, self._common, opening=opening))
        if len(surface) <= _LONGEST:
            self._names[form] = value
        return value

    def _forget(self) -> None:
        """Empty caches that have grown too large; between two texts only, for some know pictures by number."""
        for cache in (self._profiles, self._lefts, self._rights, self._names):
            if len(cache) > _LIMIT:
                cache.clear()
        if len(self._met) > _LIMIT:
            self._met.clear()
        many = max(len(self._befores), len(self._afters), len(self._pairs), len(self._asides), len(self._besides))
        if max(many, self._noted) > _LIMIT or max(len(self._preceding), len(self._following)) > _WINDOWS:
            self._noted = 0
            for numbered in (
                self._preceding, self._following, self._befores, self._afters, self._pairs, self._asides, self._besides,
            ):  # fmt: skip
                numbered.clear()


def _pair(
    gaz: str, before: Before, after: After, extra: int, inside: str, document: str, parts: str, company: str
) -> Pair:
    return Pair(
        gaz=gaz,
        opening=before.opening,
        one=before.one,
        two=before.two,
        cue=before.cue,
        sort1=before.sort1,
        sort2=before.sort2,
        next_sort=after.sort1,
        after=after.one,
        after2=after.two,
        capital=after.capital,
        alone=before.lead if extra == 0 else "many",
        inside=inside,
        document=document,
        extra=extra,
        neighbours=(before.neighbour, after.neighbour),
        spread=before.spread,
        head=before.head,
        parts=parts,
        company=company,
        lead=before.lead,
    )
