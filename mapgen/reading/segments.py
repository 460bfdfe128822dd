"""Sentences and paragraphs of a text, as spans. Both take time linear in the length of the text, whatever stands in it.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; a line end does where it is a
boundary (`mapgen.reading.lines`). A heading that a collector put in line between dashes (" - Combats entre EI et
rebelles - ") is a sentence of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mapgen import languages
from mapgen.alignment import NormalText
from mapgen.model import Span
from mapgen.reading.normal import normal_text

__all__ = ["MAX_SENTENCE", "paragraphs", "sentences"]

MAX_SENTENCE = 1000
"""The longest sentence that is told, in code points; what is longer is cut at a pause."""

_CLOSERS = "\"'»”’)\\]›"
# Every alternative matches wherever it begins to: nothing is looked at twice.
_MARK = re.compile(rf"(?P<full>[。！？｡]+[」』”’）]*)|(?P<stop>[.!?…؟۔।]+[{_CLOSERS}]*)|(?P<line>\n+)")
_LATE_CLOSER = re.compile(r" [»›]")
_NOTE = re.compile(r"(?:\[\d{1,3}\])+")
_SPACE = re.compile(r"\s*")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]|[.'’-])+$|\d+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+['’]?")
_QUOTES = "\"'«“‘„‹"
_OPENERS = "\"'«“‘„([{‹¿¡*_#"
_DASHES = "-–—"
_HEADING = re.compile(rf"[{_DASHES}] [^\W_][^.!?…\n]{{1,100}}? [{_DASHES}](?=\s|$)")
_PARAGRAPH_END = re.compile(r"\n+")
_PAUSE = re.compile(r"[;:,،；：，、]\s|[;:]\s|\s[-–—]\s|\s")
_STRONG_PAUSE = re.compile(r"[;:]\s|\s[-–—]\s")

# Abbreviations of many languages, without the last stop; a language's own file adds to the second group.
# Before a name, with a capital: never the end of a sentence.
_TITLES = """m mm mr mrs ms mme mmes mlle mgr dr drs pr prof st ste sr sra gen gén col lt sgt cpt capt cdt maj adm
hon rev sens reps const det insp supt"""
# Before a number.
_COUNTING = "no nos nr núm n art vol fig p pp t ch chap al"
# The next word decides: a function word with a capital begins a sentence.
_OTHERS = """vs op cit ca cf ed éd eds av bd blvd ave apr jan janv feb févr fév mar sept sep oct nov dec déc juil jul
aug inc ltd co corp jr ph.d e.g i.e z.b d.h p.ex env hab approx dept dép gov sen rep etc a.m p.m j.-c mt ft gén lt
col st"""
# Languages that write ordinal numbers with a stop ("am 3. Oktober").
_ORDINAL_STOP = frozenset(
    ("de", "da", "nb", "nn", "no", "fi", "cs", "sk", "sl", "hr", "sr", "hu", "pl", "et", "lv", "is")
)
# "J", "J.-C", "U.S", "W.Va", "Det.-Sgt".
_INITIALS = re.compile(r"[^\W\d_]$|(?:[^\W\d_]{1,4}\.-?)+[^\W\d_]{1,4}$")


def sentences(text: str | NormalText, language: str = "") -> tuple[Span, ...]:
    """Return the sentences of `text` in order.

    The spans never overlap, none begins or ends with white space, none is empty or longer than `MAX_SENTENCE`, and
    whatever is not white space lies in one of them.

    Args:
        text: the text as written, or with its normal form where that is known; the spans are of the text as written.
        language: ISO 639-1, for its abbreviations; "" for those that many languages share.
    """
    normal = _normal(text, language)
    spans = _pieces(normal, _sentence_cuts(normal.text, language))
    return tuple(part for span in spans for part in _shortened(normal.written, span))


def paragraphs(text: str | NormalText, language: str = "") -> tuple[Span, ...]:
    """Return the paragraphs of `text` in order: parts between blank lines, or lines where the text is not wrapped.

    As with sentences, whatever is not white space lies in one of them.
    """
    normal = _normal(text, language)
    return tuple(_pieces(normal, (match.end() for match in _PARAGRAPH_END.finditer(normal.text))))


def _normal(text: str | NormalText, language: str) -> NormalText:
    return normal_text(text, language=language) if isinstance(text, str) else text


def _pieces(normal: NormalText, cuts: Iterable[int]) -> Iterator[Span]:
    """Yield what lies between the cuts (ascending) of the text as written, without white space around it."""
    text = normal.written
    start = 0
    for cut in (*(normal.to_written((cut, cut + 1))[0] for cut in cuts if cut < len(normal.text)), len(text)):
        piece = text[start:cut]
        bare = piece.strip()
        if bare:
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(bare)
        start = max(start, cut)


def _sentence_cuts(text: str, language: str) -> Iterator[int]:
    rules = _rules(language)
    yield from _after_heading(text, _skip_space(text, 0))
    for mark in _MARK.finditer(text):
        position = mark.end()
        if mark.lastgroup == "stop":
            if late := _LATE_CLOSER.match(text, position):
                position = late.end()
            if note := _NOTE.match(text, position):
                position = note.end()
            if not _ends_sentence(text, mark.start(), position, rules):
                continue
        position = _skip_space(text, position)
        yield position
        yield from _after_heading(text, position)


def _after_heading(text: str, position: int) -> Iterator[int]:
    heading = _HEADING.match(text, position)
    if heading:
        following = _skip_space(text, heading.end())
        if following >= len(text) or text[following] in _OPENERS or not text[following].islower():
            yield following


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What ends no sentence in one language."""

    titles: frozenset[str]
    counting: frozenset[str]
    others: frozenset[str]
    starters: frozenset[str]
    ordinal_stop: bool


@lru_cache(maxsize=64)
def _rules(code: str) -> _Rules:
    language = languages.load(code)
    return _Rules(
        titles=frozenset(_TITLES.split()),
        counting=frozenset(_COUNTING.split()),
        others=frozenset(_OTHERS.split()) | {word.rstrip(".") for word in language.abbreviations},
        starters=language.stop | language.articles,
        ordinal_stop=code in _ORDINAL_STOP,
    )


def _ends_sentence(text: str, start: int, end: int, rules: _Rules) -> bool:
    """Say whether the stop at `start`, with what closes after it until `end`, ends a sentence."""
    following = _skip_space(text, end)
    if following == len(text):
        return True
    if following == end or not _may_begin(text, following):  # "3.5", "www.example.org"; "etc. puis"
        return False
    if text[start:end].rstrip(_CLOSERS + "\u00a0\u202f ") != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if not before:
        return True
    word = before.group()
    if word.isdigit():
        first_of_line = not text[max(0, before.start() - 4) : before.start()].rpartition("\n")[2].strip()
        return not (len(word) <= 2 and (first_of_line or rules.ordinal_stop))
    return not _runs_on(word, text, following, rules)


def _runs_on(word: str, text: str, following: int, rules: _Rules) -> bool:
    """Say whether `word` with its stop is an abbreviation after which the sentence goes on at `following`."""
    bare = re.split(r"['’]", word.casefold())[-1].strip(".-")
    capital = word.lstrip("'’-.")[:1].isupper()
    if capital and bare in rules.titles:
        return True
    if bare in rules.counting and not (capital and len(bare) == 1):
        return text[following].isdigit()
    # "J.", "J.-C.", "U.S.", "George W."; one small letter ends a sentence as often as it shortens a word.
    initials = bool(_INITIALS.match(word)) and (capital or "." in word)
    return (bare in rules.others or initials) and not _starter(text, following, rules)


def _starter(text: str, position: int, rules: _Rules) -> bool:
    """Say whether the word at `position` is one that begins sentences: a function word with a capital."""
    word = _WORD_AFTER.match(text, position)
    if not word:  # "LONDON, Ky. (AP) -" goes on, 'Inc. "We' does not
        return text[position] in _QUOTES
    bare = word.group().casefold()
    return bare in rules.starters or bare.rstrip("'’") in rules.starters


def _may_begin(text: str, position: int) -> bool:
    """Say whether a sentence may begin at `position`: after quotes and dashes comes no small letter."""
    for offset in range(position, min(position + 6, len(text))):
        char = text[offset]
        if char in _OPENERS or char in _DASHES or char.isspace():
            continue
        return not char.islower() and char not in ",;:.)]}»”%"
    return True


def _shortened(text: str, span: Span) -> Iterator[Span]:
    """Yield `span`, cut at pauses into parts no longer than `MAX_SENTENCE`."""
    start, end = span
    while end - start > MAX_SENTENCE:
        cut = _cut(text, start, start + MAX_SENTENCE)
        stop = cut
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = cut
        while text[start].isspace():
            start += 1
    yield start, end


def _cut(text: str, start: int, limit: int) -> int:
    """Return where to cut before `limit`: after the last pause of the second half, else anywhere between letters."""
    half = (start + limit) // 2
    for pattern in (_STRONG_PAUSE, _PAUSE):
        found = [match.end() for match in pattern.finditer(text, half, limit)]
        if found:
            return found[-1]
    while limit > half and (
        unicodedata.combining(text[limit]) or text[limit] == "\u200d" or text[limit - 1] == "\u200d"
    ):
        limit -= 1
    return limit
