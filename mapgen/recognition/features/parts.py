"""What is looked at around a candidate span.

Spans that begin, or end, at the same token share what is found there.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NO_CUE", "Beginning", "CueBefore", "Elsewhere", "Ending", "Left", "Right"]

CueBefore = tuple[str, str, str]
"""How a cue precedes a word ("+" linked, "=" directly, "" not at all), its kind, its noun."""
NO_CUE: CueBefore = ("", "", "")


class Left(NamedTuple):
    """What precedes a candidate span.

    Attributes:
        opening: whether it opens a sentence.
        one: group of the word before it.
        two: group of the second word before it.
        three: group of the third word before it.
        cue: the cue before it.
        capital: whether the word before has a capital.
        linked: group of the capitalised word that a link ties to it ("Canadiens de"), or "".
        sort1: class of the word before.
        sort2: group of the second word before it.
        run: the cue before the run of capitalised words that it continues.
        classes: what word lists say of the word before.
        classes2: group of the second word before it.
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
    """What follows a candidate span.

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


class Beginning(NamedTuple):
    """The first token of a span and what precedes it, for the features that join them with the gazetteer class.

    Attributes:
        opening: whether the span begins a sentence.
        one: group of the word before it.
        two: group of the second word before.
        cue: the cue before the span.
        sort1: language-independent class of the word before.
        sort2: language-independent class of the second word before.
        classes: classes of the word before in the word lists.
        governing: classes of the word that governs the span.
        member: gazetteer class of the member of its list on the left, or "".
        spread: the kind that a plural cue gives to the whole list, or "".
        head: the noun that governs the span from afar, or "".
        lead: group of the first token.
        topics: the subjects that the passage belongs to, with a count ("sport3").
    """

    opening: bool
    one: str
    two: str
    cue: CueBefore
    sort1: str
    sort2: str
    classes: tuple[str, ...]
    governing: tuple[str, ...]
    member: str
    spread: str
    head: str
    lead: str
    topics: tuple[str, ...]


class Ending(NamedTuple):
    """What follows the last token of a span, for the features that join it with the gazetteer class.

    Attributes:
        one: group of the word after.
        two: group of the second word after.
        sort1: language-independent class of the word after.
        classes: classes of the word after in the word lists.
        capital: whether the word after has a capital.
        member: gazetteer class of the member of its list on the right, or "".
        topics: the subjects that the passage belongs to, with a count.
    """

    one: str
    two: str
    sort1: str
    classes: tuple[str, ...]
    capital: bool
    member: str
    topics: tuple[str, ...]


class Elsewhere(NamedTuple):
    """What the rest of the document says of a span.

    Attributes:
        inside: "longer" where the gazetteer has a longer name around it, else "".
        document: what other occurrences of the name say, or "".
        parts: gazetteer classes of its first and last token, or "".
        company: whether the document names places of the same country, or "".
    """

    inside: str
    document: str
    parts: str
    company: str
