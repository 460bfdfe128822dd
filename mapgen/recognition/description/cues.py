"""The nouns around a name that say what kind of place it is: "la zone industrielle de X", "les provinces de X et de Y".

A cue is searched for, in this order, before the name, after it ("Anbar province"), in apposition (", une ville clé"),
within it ("lac Tchad", "Columbia River"), and in the list that it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from mapgen.languages import Language
from mapgen.model import Kind
from mapgen.recognition.spans import Facts
from mapgen.recognition.tokens import LOWER, SIGN, Tokens

__all__ = ["Cue", "find_cues"]

Cue = tuple[str, Kind | None]
"""The words of the cue and the kind that they mean; ("", None) where there is none."""

NO_CUE: Cue = ("", None)
_ADJECTIVES = 3
_LINKS = 3


def find_cues(
    tokens: Tokens, names: Sequence[tuple[int, int]], language: Language, facts: Sequence[Facts | None] = ()
) -> list[Cue]:
    """Return the cue of each name.

    Args:
        tokens: the text.
        names: first and last token of each name, in text order.
        language: of the text.
        facts: what the gazetteer says of each name; "Lake Charles" is a city, whatever its first word.
    """
    found: list[Cue] = []
    spreading: list[Cue] = []
    for number, (first, last) in enumerate(names):
        before, plural = _before(tokens, first, language)
        spread = NO_CUE
        if before == NO_CUE and number and _listed(tokens, names[number - 1][1], first, language):
            spread = spreading[-1]
        spreading.append(before if plural else spread)
        cue = before
        within = _within(tokens, first, last, language)
        known = facts[number] if facts else None
        if known is not None and within[1] not in known.kinds:
            within = NO_CUE
        for other in (_behind(tokens, last, language), within, spread):
            if cue[1] is None:
                cue = other
        apposition = _apposition(tokens, last, language)
        found.append(cue if cue[1] is not None else apposition)
    return found


def _before(tokens: Tokens, first: int, language: Language) -> tuple[Cue, bool]:
    """Return the cue before a name and whether it is a plural that spreads."""
    words = tokens.words
    linking, ends = _linking(language), _ends(language)
    at, links = first - 1, 0
    while at >= 0 and links < _LINKS and words[at].shape == LOWER and words[at].lower in linking:
        at -= 1
        links += 1
    end = at
    while at >= 0 and end - at <= _ADJECTIVES and words[at].shape != SIGN and tokens.adjacent(at + 1):
        for size in (3, 2, 1) if words[at].lower in ends else ():
            if at - size + 1 < 0 or at + 1 - size + 1 > end + 1:
                continue
            phrase = " ".join(word.lower for word in words[at - size + 1 : at + 1])
            kind = language.cues.get(phrase)
            if kind is None or (size == 1 and words[at].shape != LOWER):
                continue
            relational = phrase in language.relational and links > 0
            if relational or (links == 0 and at < end):
                return NO_CUE, False
            text = tokens.text[tokens.starts[at - size + 1] : tokens.ends[end]]
            return (" ".join(text.split()), kind), phrase in language.plural_cues
        if words[at].lower in language.stop or words[at].lower in language.directions or words[at].shape != LOWER:
            return NO_CUE, False
        at -= 1
    return NO_CUE, False


@lru_cache(maxsize=16)
def _linking(language: Language) -> frozenset[str]:
    return language.of_words | language.articles


@lru_cache(maxsize=16)
def _inside(language: Language) -> frozenset[str]:
    """Return the prepositions that begin what a place lies in."""
    return language.signs.get("in", frozenset()) | language.signs.get("within", frozenset())


@lru_cache(maxsize=16)
def _joints(language: Language) -> frozenset[str]:
    """Return what may lie between the names of a list; "au" begins a container ("Sfax et Gabès, au sud")."""
    return (_linking(language) - (language.contracted - language.of_words)) | language.and_words | {",", ";"}


@lru_cache(maxsize=16)
def _ends(language: Language) -> frozenset[str]:
    """Return the last words of all cues: only before them is it worth looking for one."""
    return frozenset(phrase.rpartition(" ")[2] for phrase in language.cues)


@lru_cache(maxsize=16)
def _beginnings(language: Language) -> frozenset[str]:
    """Return the first words of all cues that follow a name."""
    return frozenset(phrase.partition(" ")[0] for phrase in language.behind_cues)


def _behind(tokens: Tokens, last: int, language: Language) -> Cue:
    """Return the cue right after the name: "Anbar province", "Kweires air base"."""
    words = tokens.words
    if last + 1 >= len(words) or words[last + 1].lower not in _beginnings(language):
        return NO_CUE
    for size in (2, 1):
        if last + size < len(words) and all(tokens.adjacent(last + step) for step in range(1, size + 1)):
            phrase = " ".join(word.lower for word in words[last + 1 : last + 1 + size])
            kind = language.behind_cues.get(phrase)
            if kind is not None and words[last + size].shape == LOWER:
                return phrase, kind
    return NO_CUE


def _within(tokens: Tokens, first: int, last: int, language: Language) -> Cue:
    """Return the noun inside the name: "lac Tchad", "Lake Victoria", "Columbia River"."""
    if first == last:
        return NO_CUE
    head, tail = tokens.words[first], tokens.words[last]
    for word in (head.text, head.lower):
        if word in language.generic_kinds:
            return head.text, language.generic_kinds[word]
    kind = language.behind_cues.get(tail.lower)
    return (tail.text, kind) if kind is not None else NO_CUE


def _apposition(tokens: Tokens, last: int, language: Language) -> Cue:
    """Return the cue after a comma or a bracket: ", une ville clé", ", capitale de", "(village)"."""
    words, count = tokens.words, len(tokens.words)
    at = last + 1
    if at >= count or words[at].text not in (",", "(", "–", "—"):
        return NO_CUE
    at += 1
    start = at
    # ", in the province of Y" speaks of what the name lies in.
    if at < count and words[at].lower in _inside(language):
        return NO_CUE
    while at < count and at - start < 4 and words[at].shape == LOWER:
        for size in (2, 1):
            phrase = " ".join(word.lower for word in words[at : at + size])
            kind = language.after_cues.get(phrase)
            if kind is not None:
                text = tokens.text[tokens.starts[at] : tokens.ends[min(at + size, count) - 1]]
                return text, kind
        if at > start and words[at].lower in language.stop and words[at].lower not in language.articles:
            return NO_CUE
        at += 1
    return NO_CUE


def _listed(tokens: Tokens, end: int, start: int, language: Language) -> bool:
    """Return whether only joints of a list lie between two names."""
    if not 1 < start - end <= 6:
        return False
    between = tokens.words[end + 1 : start]
    joints = _joints(language)
    return all(word.lower in joints for word in between) and any(
        word.lower in language.and_words or word.text in ",;" for word in between
    )
