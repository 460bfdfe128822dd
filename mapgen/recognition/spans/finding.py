"""Candidate spans: every run of words that could be a name, its parts, and what the gazetteer says of each."""

from __future__ import annotations

import re
from typing import NamedTuple

from mapgen.languages import Language
from mapgen.recognition.spans.articles import facts_of
from mapgen.recognition.spans.compounds import split_compounds
from mapgen.recognition.spans.facts import Facts, FactsSource
from mapgen.recognition.tokens import LOWER, SIGN, Lexicon, Tokens
from mapgen.recognition.tokens.vocabulary import HEADING, LINK, START, TAIL, flagged, small_heads

__all__ = ["CandidateSpan", "candidate_spans", "read_spans", "read_tokens"]

_LONGEST = 7
"""Words of the longest candidate."""
_MEMBERS = 5
"""Capitalised words of the longest candidate."""
_POSSESSIVE = "'s"
_OPENING = re.compile(flagged(START | HEADING).encode())


class CandidateSpan(NamedTuple):
    """A candidate: words `first` to `last` (included) of the text.

    Attributes:
        first: index of its first token.
        last: index of its last token.
        surface: its words as one line.
        facts: what the gazetteer says of it, or None.
    """

    first: int
    last: int
    surface: str
    facts: Facts | None


def read_tokens(text: str, words: Lexicon, gazetteer: FactsSource, common: frozenset[str] = frozenset()) -> Tokens:
    """Return the tokens of a text, headlines in capitals read as if in small letters, compounds and prefixes cut.

    Args:
        text: the text.
        words: the lexicon of its language.
        gazetteer: asked what it knows of names.
        common: words of the language that are common in small letters.
    """
    tokens = split_compounds(words.calm(words.tokens(text), common), words, gazetteer, common)
    return words.bare(tokens, gazetteer.facts) if words.language.prefixes else tokens


def read_spans(
    text: str, words: Lexicon, gazetteer: FactsSource, common: frozenset[str] = frozenset()
) -> tuple[Tokens, list[CandidateSpan]]:
    """Return the tokens and the candidates of a text; arguments as those of `read_tokens`."""
    tokens = read_tokens(text, words, gazetteer, common)
    return tokens, candidate_spans(tokens, words.language, gazetteer)


def candidate_spans(tokens: Tokens, language: Language, gazetteer: FactsSource) -> list[CandidateSpan]:
    """Return every candidate of the text with its facts, in text order, the shorter before the longer.

    Names that only a list can admit (small letters at either end, "and" or a possessive) are kept only where the
    gazetteer knows them; one with a possessive at its end ("St John's") only by its main name.
    """
    found = _cased(tokens, language) if language.cased else _caseless(tokens, language)
    text, words, starts, ends = tokens.text, tokens.words, tokens.starts, tokens.ends
    surfaces = [
        text[starts[first] : ends[last]] if first == last else tokens.surface(first, last) for first, last, _ in found
    ]
    facts_of_names = facts_of(tokens, language, found, surfaces, gazetteer)
    make = tuple.__new__  # a named tuple's own __new__ does the same, at twice the price
    return [
        make(CandidateSpan, (first, last, surface, facts))
        for (first, last, listed), surface, facts in zip(found, surfaces, facts_of_names, strict=True)
        if not listed or (facts is not None and (facts.main or words[last].lower != _POSSESSIVE))
    ]


def _caseless(tokens: Tokens, language: Language) -> list[tuple[int, int, bool]]:
    """Every run of up to four words that does not begin or end with a function word: only known names count."""
    words = tokens.words
    plain = [word.shape != SIGN and word.lower not in language.stop for word in words]
    return [
        (first, last, True)
        for first in range(len(words))
        if plain[first]
        for last in range(first, min(first + 4, len(words)))
        if plain[last] and all(words[at].shape != SIGN for at in range(first, last))
    ]


def _cased(tokens: Tokens, language: Language) -> list[tuple[int, int, bool]]:
    """Runs of capitalised words with links between them, all their parts, names with small words or a possessive."""
    words, flags = tokens.words, tokens.flags
    found: list[tuple[int, int, bool]] = []
    count, behind = len(words), 0
    heads, and_words = small_heads(language), language.and_words
    dates = language.months | language.days
    for match in _OPENING.finditer(flags):
        at = match.start()
        if at < behind:
            continue
        ahead = flags[at + 1] if at + 1 < count else 0
        if not flags[at] & START:
            if ahead & TAIL:
                found.append((at, at + 1, True))
            continue
        members = _run(tokens, at, dates) if ahead & (START | LINK) else [at]
        for place, first in enumerate(members):
            for last in members[place : place + _MEMBERS]:
                if last - first >= _LONGEST:
                    break
                joined = last - first > 1 and any(words[inner].lower in and_words for inner in range(first + 1, last))
                found.append((first, last, joined))
                if last + 1 < count and flags[last + 1] & TAIL and tokens.adjacent(last + 1):
                    found.extend((first, end, True) for end in _tailed(tokens, last, language))
        if members[-1] + 1 < count and words[members[-1] + 1].lower == _POSSESSIVE:
            ends = _possessive_ends(tokens, members[-1] + 1, dates)
            found.extend(
                (first, end, True)
                for first in members[-_MEMBERS:]
                for end in ends
                # "Steele's" is what is Steele's, whatever hamlet has that name.
                if 1 < end - first < _LONGEST
            )
        if at and (before := words[at - 1]).shape == LOWER and (before.lower in heads or flags[at - 1] & LINK):
            found.extend(_headed(tokens, members, heads, language))
        behind = members[-1] + 1
    return found


def _tailed(tokens: Tokens, last: int, language: Language) -> list[int]:
    """Ends of names that go on in small letters: "Asie centrale", "République démocratique du Congo"."""
    words, flags, ends = tokens.words, tokens.flags, []
    for end in range(last + 1, min(last + 5, len(words))):
        ending = flags[end] & (TAIL | START)
        if not tokens.adjacent(end) or not (ending or words[end].lower in language.links):
            break
        if ending:
            ends.append(end)
    return ends


def _possessive_ends(tokens: Tokens, at: int, dates: frozenset[str]) -> list[int]:
    """Ends of names with the possessive at `at` in them or at their end: "King's Lynn", "St John's"."""
    if tokens.starts[at] != tokens.ends[at - 1]:
        return []
    ahead = at + 1
    if ahead >= len(tokens.flags) or not tokens.flags[ahead] & START or not tokens.adjacent(ahead):
        return [at]
    return [at, *_run(tokens, ahead, dates)[:_MEMBERS]]


def _run(tokens: Tokens, at: int, dates: frozenset[str]) -> list[int]:
    """Return the indices of the capitalised words of the run that starts at `at`; no link leads to a date."""
    words, flags, count = tokens.words, tokens.flags, len(tokens.flags)
    members = [at]
    while True:
        here = members[-1]
        ahead = here + 1
        while ahead < count and ahead - here <= 3 and flags[ahead] & LINK and tokens.adjacent(ahead):
            ahead += 1
        if ahead >= count or not flags[ahead] & START or not tokens.adjacent(ahead):
            return members
        if ahead - here > 1 and words[ahead].lower in dates:
            return members
        members.append(ahead)


def _headed(
    tokens: Tokens, members: list[int], heads: frozenset[str], language: Language
) -> list[tuple[int, int, bool]]:
    """Names that begin with a small noun of their own: "mer Noire", "lac de Tibériade", "golfe du Morbihan"."""
    words, at = tokens.words, members[0]
    head, back = -1, at - 1
    while back >= 0 and at - back <= 4 and words[back].shape == LOWER and tokens.adjacent(back + 1):
        if words[back].lower in heads:
            head = back
            break
        if words[back].lower not in language.links:
            break
        back -= 1
    if head < 0:
        return []
    listed = words[head].lower in language.name_heads
    return [(head, last, listed) for last in members[:_MEMBERS] if last - head < _LONGEST]
