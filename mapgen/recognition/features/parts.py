"""The features by name: of the name itself, of the words on either side, and of both together.

Prefixes: `n` the name itself, `g` the gazetteer, `L` left of it, `R` right of it (`C` and `K` the same with the classes
that all languages share), `d` the rest of the document, `T` what the passage speaks of; two joined by `&` are a
conjunction. `class` is what large word lists say of a word (see `word_classes`).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["After", "Aside", "Before", "CueBefore", "Left", "Pair", "Right"]

CueBefore = tuple[str, str, str]
"""How a cue stands before a word ("+" linked, "=" directly, "" not at all), its kind, its noun."""


class Left(NamedTuple):
    """What stands left of a candidate.

    Attributes:
        opening: whether it opens a sentence.
        one: group of the word before.
        two: of the one before that.
        three: and before that.
        cue: the cue before it.
        capital: whether the word before has a capital.
        linked: group of the capitalised word that a link ties to it ("Canadiens de"), or "".
        sort1: class of the word before.
        sort2: of the one before that.
        run: the cue before the run of capitalised words that it continues.
        classes: what word lists say of the word before.
        classes2: of the one before that.
        governing: of the word that governs it across articles and "of" ("crue de la", "enjambe le").
    """

    opening: bool
    one: str
    two: str
    three: str
    cue: CueBefore
    capital: bool
    linked: str
    sort1: str
    sort2: str
    run: str
    classes: tuple[str, ...] = ()
    classes2: tuple[str, ...] = ()
    governing: tuple[str, ...] = ()


class Right(NamedTuple):
    """What stands right of a candidate.

    Attributes:
        one: group of the word after.
        two: of the one after that.
        three: and after that.
        capital: whether the word after has a capital.
        cue: what an apposition says ("a town"), or "".
        linked: group of the capitalised word that a link ties to it, or "".
        sort1: class of the word after.
        sort2: of the one after that.
        classes: what word lists say of the word after.
        classes2: of the one after that.
    """

    one: str
    two: str
    three: str
    capital: bool
    cue: str
    linked: str
    sort1: str
    sort2: str
    classes: tuple[str, ...] = ()
    classes2: tuple[str, ...] = ()


class Aside(NamedTuple):
    """What one side of a candidate has to say together with what the gazetteer says of it.

    Attributes:
        side: "L" or "R".
        topics: the subjects that the passage speaks of, with how much ("sport3").
        sort: class of the word on that side.
        classes: what word lists say of that word.
        governing: of the word that governs the candidate from the left.
    """

    side: str
    topics: tuple[str, ...]
    sort: str
    classes: tuple[str, ...]
    governing: tuple[str, ...] = ()


class Before(NamedTuple):
    """The part of a `Pair` that hangs on the first word of a candidate and what stands before it.

    Attributes are those of `Pair`; `neighbour` is the left one of its `neighbours`.
    """

    opening: bool
    one: str
    two: str
    cue: CueBefore
    sort1: str
    sort2: str
    neighbour: str
    spread: str
    head: str
    lead: str


class After(NamedTuple):
    """The part of a `Pair` that hangs on the last word of a candidate and what stands behind it.

    Attributes:
        one: `after` of the pair.
        two: `after2` of it.
        sort1: `next_sort` of it.
        capital: as there.
        neighbour: the right one of its `neighbours`.
    """

    one: str
    two: str
    sort1: str
    capital: bool
    neighbour: str


class Pair(NamedTuple):
    """What the parts of the picture say together.

    Attributes:
        gaz: what the gazetteer says, as a class.
        opening: whether the candidate opens a sentence.
        one: group of the word before.
        two: of the one before that.
        cue: the cue before it.
        sort1: class of the word before.
        sort2: of the one before that.
        next_sort: class of the word after.
        after: group of the word after.
        after2: of the one after that.
        capital: whether the word after has a capital.
        alone: group of a candidate of one word.
        inside: whether a longer name is known around it.
        document: what other occurrences say.
        extra: words beyond the first.
        neighbours: what the gazetteer says of the members of its list, left and right.
        spread: the kind that a plural cue spreads to it.
        head: the noun that governs it from afar.
        parts: what the gazetteer says of its first and last word.
        company: whether places of its country are near.
        lead: group of its first word.
    """

    gaz: str
    opening: bool
    one: str
    two: str
    cue: CueBefore
    sort1: str
    sort2: str
    next_sort: str
    after: str
    after2: str
    capital: bool
    alone: str
    inside: str
    document: str
    extra: int
    neighbours: tuple[str, str]
    spread: str
    head: str
    parts: str
    company: str
    lead: str
