"""The slots of a text, runs of words that overlapping candidate spans cover, and how they are joined to lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mapgen.languages import Language
from mapgen.recognition.spans import CandidateSpan
from mapgen.recognition.tokens import LOWER, Tokens

__all__ = ["NONE", "Joint", "Slot", "find_slots"]

NONE = -1
"""No slot."""
_SIGNS = frozenset([",", ";", "/", "-", "–", "—"])
_BULLETS = frozenset(["-", "–", "—", "•", "*"])
_DATES = frozenset(["day", "month"])
_REACH = 6
"""Tokens that may lie between two members of a list."""
_REMARK = 10
"""Tokens of a remark in brackets behind a member."""
_CUE_REACH = 4
"""Tokens before a list in which its cue is looked for."""


@dataclass(frozen=True, slots=True)
class Joint:
    """How a slot is joined to the next.

    Attributes:
        to: index of the next slot.
        type: the sign or "and" between members of a list, "line" for items on lines, "at" where a comma and a
            preposition of place introduce a container.
    """

    to: int
    type: str


@dataclass(slots=True)
class Slot:
    """A run of words that overlapping candidate spans cover: one name, mostly.

    Attributes:
        first: index of its first token.
        last: index of its last token.
        outer: index of the slot in whose brackets it is the first, or `NONE`.
        inner: index of the first slot in brackets right behind it, or `NONE`.
        before: index of the slot that is joined to it, or `NONE`.
        after: how it is joined to the next, or None.
        members: indices of the slots of its list, itself included.
        head: "plural" or "single" cue before its list, "behind" after it, or "".
    """

    first: int
    last: int
    outer: int = NONE
    inner: int = NONE
    before: int = NONE
    after: Joint | None = None
    members: Sequence[int] = ()
    head: str = ""


@lru_cache(maxsize=16)
def _between(language: Language) -> frozenset[str]:
    """Return the small words that may lie between a joint and the next member."""
    return language.of_words | language.articles | language.and_words


@lru_cache(maxsize=16)
def _openers(language: Language) -> frozenset[str]:
    """Return the function words that are no part of a name where they open a sentence."""
    return language.stop | language.place_prepositions


def find_slots(tokens: Tokens, language: Language, spans: Sequence[CandidateSpan]) -> list[Slot]:
    """Return the slots of a text in order, with the lists that they form.

    A function word that opens a sentence ("In Ghent") is in none.

    Args:
        tokens: the text.
        language: of the text.
        spans: its candidates.
    """
    slots: list[Slot] = []
    for first, last in sorted({(span.first, span.last) for span in spans if not _opens(tokens, language, span.first)}):
        if slots and first <= slots[-1].last:
            slots[-1].last = max(slots[-1].last, last)
        else:
            slots.append(Slot(first, last))
    for at in range(len(slots) - 1):
        _join(tokens, language, slots, at)
    _gather_lists(tokens, language, slots)
    return slots


def _opens(tokens: Tokens, language: Language, at: int) -> bool:
    """Tell whether a token is a function word that opens a sentence."""
    return tokens.words[at].lower in _openers(language) and tokens.sentence_start(at)


def _join(tokens: Tokens, language: Language, slots: list[Slot], at: int) -> None:
    """Note how a slot is joined to those behind it."""
    words, here, follows = tokens.words, slots[at], at + 1
    ahead = here.last + 1
    if words[ahead].text == "(" and tokens.adjacent(ahead):
        close = next(
            (place for place in range(ahead + 1, min(ahead + _REMARK, len(words))) if words[place].text == ")"), NONE
        )
        if close == NONE:
            return
        if slots[follows].first <= ahead + 2 and slots[follows].last < close:
            here.inner, slots[follows].outer = follows, at
        while follows < len(slots) and slots[follows].first < close:
            follows += 1
        if follows == len(slots):
            return
        ahead = close + 1
    if (kind := _joint(tokens, language, ahead, slots[follows].first)) and slots[follows].before == NONE:
        here.after = Joint(follows, kind)
        slots[follows].before = at


def _joint(tokens: Tokens, language: Language, start: int, end: int) -> str:
    """Return the type of the joint that the tokens `start` to `end` (excluded) make, or ""."""
    if end - start > _REACH:
        return ""
    words = tokens.words
    if words[start - 1].group in _DATES or words[end].group in _DATES:
        return ""
    line = "\n" in tokens.text[tokens.ends[start - 1] : tokens.starts[end]]
    if start == end:
        return "line" if line else ""
    between = words[start:end]
    sign = between[0]
    if line:
        items = between[:-1] if between[-1].text in _BULLETS else between
        if not items or (len(items) == 1 and items[0].text in ",;."):
            return "line"
    kind = sign.text if sign.text in _SIGNS else ""
    if sign.lower in language.and_words:
        kind = "and"
    if not kind:
        return ""
    linking, cues, rest = _between(language), language.cues, between[1:]
    if all(word.lower in linking or word.lower in cues for word in rest):
        return "and" if any(word.lower in language.and_words for word in rest) else kind
    if kind == "," and len(rest) <= 2 and rest[0].lower in language.place_prepositions:
        return "at"
    return ""


def _gather_lists(tokens: Tokens, language: Language, slots: Sequence[Slot]) -> None:
    """Note the members and the cue of every list."""
    for at, slot in enumerate(slots):
        if slot.members or (slot.before != NONE and _listed(slots[slot.before])):
            continue
        members = [at]
        while (after := slots[members[-1]].after) is not None and after.type != "at":
            members.append(after.to)
        head = _head(tokens, language, slot.first, slots[members[-1]].last)
        for member in members:
            slots[member].members, slots[member].head = members, head


def _listed(slot: Slot) -> bool:
    return slot.after is not None and slot.after.type != "at"


def _head(tokens: Tokens, language: Language, first: int, last: int) -> str:
    """Return the sort of cue before or behind a list, or ""."""
    words, linking = tokens.words, language.of_words | language.articles
    back = first - 1
    while back >= 0 and first - back <= _CUE_REACH and words[back].lower in linking:
        back -= 1
    for at in (back, back - 1):
        if at < 0 or words[at].shape != LOWER:
            break
        if words[at].lower in language.plural_cues:
            return "plural"
        if words[at].lower in language.cues:
            return "single"
        if words[at].lower in language.stop:
            break
    if last + 1 < len(words) and tokens.adjacent(last + 1):
        behind = words[last + 1].lower
        if behind in language.plural_cues:
            return "plural-behind"
        if behind in language.behind_cues:
            return "behind"
    return ""
