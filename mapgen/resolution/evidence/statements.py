"""Containers that the text states: "Grantham, New Hampshire,", "X, a suburb of Y", "à X, en Finlande".

Stricter than the pattern of the feature `contained`, whose weight is learned: what is stated here excludes every
candidate that lies elsewhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, RelationType, Toponym
from mapgen.resolution.evidence.patterns import MOST_BETWEEN

__all__ = ["Statement", "stated_containers"]

MOST_WORDS = 9
"""Words and signs between a name and its container at most: ", a small fishing village in the northern province of"."""

MOST_ADJECTIVES = 2
"""Unknown words in small letters that may stand in an apposition: "un quartier populaire de"."""

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|[^\w\s]")
_ENDS = re.compile(r"\.?\s*(?:[,.;:!?)\]—–]|\n|$|-- |- |\([^()\n]{1,30}\)\s*(?:[—–]|--? ))")
"""What follows a container behind a bare comma: without a sign, the second name may begin a clause of its own.

A bracket with a dash behind it is the agency of a dateline."""


class Statement(NamedTuple):
    """A container that the text states.

    Attributes:
        container: position of the toponym that is the container.
        calls_part: whether the text calls the name a part of it ("a suburb of"), so that the container may be a town.
    """

    container: int
    calls_part: bool


def stated_containers(
    text: str, toponyms: Sequence[Toponym], lists: Sequence[tuple[int, ...]], language: Language
) -> Mapping[int, Statement]:
    """Return the statements on the toponyms whose containers the text states, by the positions of these toponyms.

    Args:
        text: of the document.
        toponyms: in text order.
        lists: for each toponym the members of its list, itself included.
        language: of the text.
    """
    statements = {}
    for position, (inner, outer) in enumerate(itertools.pairwise(toponyms)):
        if outer.start - inner.end > MOST_BETWEEN or (position + 1 in lists[position] and len(lists[position]) > 2):
            continue
        tokens = _TOKEN.findall(text[inner.end : outer.start].replace("’", "'").lower())
        if not tokens or len(tokens) > MOST_WORDS or not all(word[0].isalpha() for word in tokens[1:]):
            continue
        if _is_measured(outer, inner.end):
            continue  # "Och, aux portes du Ferghana": beside it, not inside
        if tokens[0] == "," and _is_apposition(tokens[1:], language):
            statements[position] = Statement(position + 1, calls_part=True)
        elif _states(text, inner, outer, tokens, language):
            statements[position] = Statement(position + 1, calls_part=False)
    return statements


def _is_measured(outer: Toponym, after: int) -> bool:
    """Whether a spatial phrase that begins behind `after` starts from a name, so that it is no container."""
    relation = outer.relation
    return relation is not None and relation.type is not RelationType.PART and relation.start >= after


def _states(text: str, inner: Toponym, outer: Toponym, tokens: Sequence[str], language: Language) -> bool:
    """Whether a bracket, a comma or a preposition places a name inside the next one."""
    if tokens[0] == "(":
        return text[outer.end : outer.end + 1] in (")", ",", ";") and _is_within(tokens[1:], language)
    words = tokens[1:] if tokens[0] == "," else tokens
    if not words:
        return _ENDS.match(text, outer.end) is not None
    before = _TOKEN.findall(text[max(0, inner.start - 20) : inner.start].replace("’", "'").lower())
    if len(words) == 1 and words[0] in before[-2:]:
        return False  # "en Angleterre, en Belgique" is a list
    is_town = inner.cue_kind in SETTLEMENTS
    ends = tokens[0] == "," and _ENDS.match(text, outer.end) is not None
    return (is_town or ends) and _is_within(words, language)


def _is_within(words: Sequence[str], language: Language) -> bool:
    """Whether words place a name inside the next: none in a bracket, "in the northern province of", "en"."""
    if not words:
        return True
    return words[0] in _prepositions(language) and all(word in _small(language) for word in words[1:])


def _is_apposition(words: Sequence[str], language: Language) -> bool:
    """Whether words call a name a part of the next: "un quartier de", "a fishing village in", "chef-lieu du"."""
    parts, small = _parts(language), _small(language)
    inside = language.of_words | _prepositions(language)
    head = next((at for at, word in enumerate(words) if word in parts), None)
    if head is None or not any(word in inside for word in words[head + 1 :]):
        return False
    if any(word in inside for word in words[1:head]):
        return False  # "deux à Fréjus, une dans le lac de Sainte-Croix": a pronoun, another member of an enumeration
    if words[0] not in language.articles and words[head] not in language.after_cues:
        return False  # "à Gao, villages de Mopti": a plural or a bare noun begins another member of a list
    return sum(word not in small and word not in inside for word in words) <= MOST_ADJECTIVES


@lru_cache(maxsize=16)
def _prepositions(language: Language) -> frozenset[str]:
    """Prepositions that place a name inside the next."""
    return frozenset().union(*(language.signs.get(table, frozenset()) for table in ("in", "within", "the_at")))


@lru_cache(maxsize=16)
def _parts(language: Language) -> frozenset[str]:
    """Single nouns for what lies inside something else: settlements, quarters, districts, suburbs."""
    inner = (*SETTLEMENTS, Kind.DISTRICT)
    nouns = {noun for noun, kind in (*language.cues.items(), *language.after_cues.items()) if kind in inner}
    return frozenset(noun for noun in nouns | language.part_nouns if noun not in language.plural_cues)


@lru_cache(maxsize=16)
def _small(language: Language) -> frozenset[str]:
    """Words that may stand between the preposition and the container."""
    phrases = (*language.cues, *language.directions, *language.direction_adjectives)
    return language.articles | language.of_words | frozenset(word for phrase in phrases for word in phrase.split())
