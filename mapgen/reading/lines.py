"""What the line ends and tabs of a text are: wraps of a sentence, or boundaries of paragraphs, items and cells.

The input is a text whose signs are in their normal form (`mapgen.reading.signs`): a blank line is a boundary
anyway; only single line ends and tabs are asked about. The evidence, the surest first:

- the form of the two lines: bullets, cells of a table, labels ("Date : 3 mai"), runs of short items;
- a small letter behind the line end, or a comma or a function word before it;
- the width to which the text was wrapped: a line that had space for the next word was ended by its writer.

Where nothing of this decides, the line end is open: a caller who knows names may decide it, else the answer is given
that is likelier for prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from mapgen import languages

__all__ = ["LineEnds", "line_ends"]

_WIDEST_WRAP = 120
"""Code points: where lines are longer, nobody wrapped them."""
_FULL = 0.8
"""A line that would still be shorter than this share of the width with the next word was not wrapped there."""
_LOOSELY_FULL = 0.6
"""The same where the width is that of the longest line beside it."""
_PROSE = 0.25
"""Least share of line ends inside sentences, of all that are full, in wrapped text."""
_SAMPLE = 20_000
_FEWEST = 3
"""Lines that make a list, whatever they hold."""
_ITEM_WORDS = 5
_CELL = 40
_TAIL = 30
"""Code points at the end of a line in which its last word or sign is looked for."""

_SINGLE = re.compile(r"(?<!\n)\n(?!\n)")
_BULLET = re.compile(r"(?:([-*•·–—‣▪])|\(?(\d{1,3}|[a-z])[.)]|(#{1,6})) |\|")
_LABEL = re.compile(r"[^\W\d_][\w'/-]*(?: [\w'/-]+){0,2} ?: \S")
_ENDED = re.compile(r"[.!?…؟۔।。！？][\"'»”’)\]]*$")
_SHORTENED = re.compile(r"([^\W\d_](?:[^\W\d_]|[.-])*)\.$")
_INITIALS = re.compile(r"[^\W\d_]|(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_OPEN = re.compile(r"(?:[,(\[«“]|[^\W\d_]['’])$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[\"'«“‘(\[]*([^\W\d_]+['’]?)")
_UP_TO_BLANK = re.compile(r"[^ \n\t]{0,200}")
_WORD = re.compile(r"[^\W\d_]+['’]?")
_SENTENCE_MARKS = frozenset(".!?;:…")


@dataclass(frozen=True, slots=True)
class LineEnds:
    """The single line ends and the tabs of a text.

    Attributes:
        wraps: positions of line ends inside a sentence.
        open: position of a line end that its form does not decide -> whether it is likelier a wrap.
        spaces: positions of tabs that part no cells.
    """

    wraps: tuple[int, ...] = ()
    open: tuple[tuple[int, bool], ...] = ()
    spaces: tuple[int, ...] = ()


def line_ends(text: str, language: str = "") -> LineEnds:
    """Return what the line ends and tabs of `text` are.

    Args:
        text: with its signs in their normal form.
        language: ISO 639-1, for its function words; "" where it is not known.
    """
    singles = [match.start() for match in _SINGLE.finditer(text)]
    tabs = "\t" in text
    if not singles and not tabs:
        return LineEnds()
    words = _words(language)
    wraps: list[int] = []
    undecided: list[tuple[int, bool]] = []
    spaces: list[int] = []
    page = _Page.of(text, singles, words)
    for block in _blocks(text, words):
        table = block.cells()
        for number, line in enumerate(block.lines):
            if "\t" in line.text and not table[number]:
                spaces += [line.start + at for at, character in enumerate(line.text) if character == "\t"]
            if number + 1 == len(block.lines):
                continue
            answer = False if table[number] or table[number + 1] else _wraps(block, number, page)
            end = line.start + len(line.text)
            if answer is True:
                wraps.append(end)
            elif answer is None:
                undecided.append((end, not page.width and _likelier_wrap(block, number)))
    return LineEnds(tuple(wraps), tuple(undecided), tuple(spaces))


@dataclass(frozen=True)
class _Words:
    """Words of a language that tell whether a line goes on."""

    function: frozenset[str]
    articles: frozenset[str]
    links: frozenset[str]
    short: frozenset[str]
    cased: bool
    nouns_cased: bool


@lru_cache(maxsize=64)
def _words(code: str) -> _Words:
    language = languages.load(code or "en")
    function = language.articles | language.links | language.of_words | language.and_words
    function |= language.stop | language.place_prepositions | language.weak_prepositions
    return _Words(
        function=frozenset(word for word in function if " " not in word),
        articles=language.definite or language.articles,
        links=language.links | language.articles | language.of_words | language.and_words,
        short=frozenset(
            form
            for word in language.titles | language.abbreviations | language.place_abbreviations
            for form in (word.rstrip("."), word.rstrip(".").capitalize())
        ),
        cased=language.cased,
        nouns_cased=language.nouns_cased,
    )


@dataclass(frozen=True)
class _Line:
    """A line, with what its form says. All is found out when it is asked for."""

    text: str
    start: int
    words: _Words

    @property
    def small(self) -> bool:
        """Whether it begins with a small letter."""
        return self.text[:1].islower()

    @cached_property
    def ended(self) -> bool:
        """Whether a sentence ends with it: its full stop is not that of an abbreviation or an initial."""
        tail = self.text[-_TAIL:]
        if not _ENDED.search(tail):
            return False
        short = _SHORTENED.search(tail)
        return short is None or not (short[1] in self.words.short or _INITIALS.fullmatch(short[1]))

    @cached_property
    def goes_on(self) -> bool:
        """Whether its end calls for more: a comma, a hyphen or dash, an elision, an article, a function word."""
        if self.text.endswith((" -", " –", " —")) and not self.bullet:
            return True
        if _OPEN.search(self.text[-_TAIL:]) or (self.text[-1:] == "-" and self.text[-2:-1].isalpha()):
            return True
        last = _LAST_WORD.search(self.text, max(0, len(self.text) - _TAIL))
        if last is None:
            return False
        word = last.group()
        several = " " in self.text
        if word.istitle() and several and word.lower() in self.words.articles:  # "ont quitté La"
            return True
        loud = len(word) > 1 and several and self.text.isupper()
        return (word.islower() or loud) and word.lower() in self.words.function

    @property
    def bullet(self) -> str:
        """The sort of sign that it begins with as an item does, or ""."""
        return _bullet(self.text)

    @cached_property
    def label(self) -> bool:
        """Whether it is a label with a value: "Date : 3 mai"."""
        return _LABEL.match(self.text) is not None

    @property
    def first_length(self) -> int:
        """Length of its first word, with what is tied to it."""
        return len(self.text.partition(" ")[0])

    @cached_property
    def prose(self) -> bool:
        """Whether it is part of a sentence: it holds small words other than those inside names, or its end."""
        if not self.words.cased:
            return self.text.count(" ") >= _ITEM_WORDS
        return self.ended or any(
            word.islower() and len(word) > 1 and word not in self.words.links for word in _WORD.findall(self.text)
        )

    @cached_property
    def several(self) -> bool:
        """Whether it holds small words or commas inside."""
        return any(word.islower() for word in self.text.split()) or "," in self.text[:-1]

    @cached_property
    def item(self) -> bool:
        """Whether it has the form of an item: a few words, names and numbers alone."""
        words = self.text.split()
        return (
            len(words) <= _ITEM_WORDS
            and not self.goes_on
            and not self.small
            and self.text[-1:] not in _SENTENCE_MARKS
            and (not self.words.cased or not self.prose)
        )

    @cached_property
    def cells(self) -> bool:
        """Whether what its tabs part has the form of cells: short, and no part of a sentence."""
        cells = (_Line(cell, 0, self.words) for cell in self.text.split("\t"))
        return all(len(cell.text) <= _CELL and not cell.prose for cell in cells)

    @cached_property
    def opens_sentence(self) -> bool:
        """Whether it begins with a function word that has a capital."""
        first = _FIRST_WORD.match(self.text)
        return first is not None and first[1][:1].isupper() and first[1].lower() in self.words.function


def _bullet(line: str) -> str:
    match = _BULLET.match(line)
    return "" if match is None else match[1] or ("1" if match[2] else match.group())


@dataclass(frozen=True)
class _Block:
    """Lines without a blank line between them."""

    lines: tuple[_Line, ...]

    def cells(self) -> list[bool]:
        """Tell of each line whether its tabs part cells: a neighbour has as many, or all cells are short."""
        counts = [line.text.count("\t") for line in self.lines]
        table = []
        for at, count in enumerate(counts):
            beside = counts[max(0, at - 1) : at] + counts[at + 1 : at + 2]
            table.append(count > 0 and (count in beside or (count > 1 and self.lines[at].cells)))
        return table

    @cached_property
    def in_list(self) -> list[bool]:
        """Tell of each line end whether it lies in a run of items: of three at least, or of all that there is."""
        lines = self.lines
        found = [False] * (len(lines) - 1)
        at = 0
        while at < len(lines):
            end = at
            while end < len(lines) and lines[end].item:
                end += 1
            if end - at >= _FEWEST or (end - at == len(lines) and end > 1):
                found[at : end - 1] = [True] * (end - 1 - at)
            at = max(end, at + 1)
        return found

    @cached_property
    def headlines(self) -> bool:
        """Whether every line begins anew: none of three or more goes on in the next."""
        lines = self.lines
        if len(lines) < _FEWEST or not lines[0].words.cased or lines[0].words.nouns_cased:
            return False
        return not any(one.goes_on or other.small for one, other in pairwise(lines))

    @cached_property
    def width(self) -> int:
        """The length of the longest line."""
        return max(len(line.text) for line in self.lines)


@dataclass(frozen=True)
class _Page:
    """How a text was wrapped.

    Attributes:
        width: in code points; 0 where it was not.
        bullets: signs that several lines begin with.
    """

    width: int
    bullets: frozenset[str]

    @classmethod
    def of(cls, text: str, singles: list[int], words: _Words) -> _Page:
        """Return how `text` was wrapped. A sign behind a full line is not counted: it may be a dash of a sentence."""
        width = _width(text, singles, words)
        signs: Counter[str] = Counter()
        lines = text.split("\n")
        for before, line in zip(["", *lines], lines, strict=False):
            sign = _bullet(line)
            if sign and (not width or _had_space(len(before), 1, width, _FULL) or _Line(before, 0, words).ended):
                signs[sign] += 1
        return cls(width, frozenset(sign for sign, count in signs.items() if count > 1))


def _width(text: str, singles: list[int], words: _Words) -> int:
    """Return the width to which the lines of `text` were wrapped, or 0 where they were not."""
    sample = text[:_SAMPLE]
    lengths = sorted(len(line) for line in sample.split("\n") if line)
    if len(lengths) < _FEWEST:
        return 0
    width = lengths[-1 - len(lengths) // 20]
    if width > _WIDEST_WRAP:
        return 0
    full = inside = 0
    for at in singles:
        if at >= len(sample):
            break
        start, word = text.rfind("\n", 0, at) + 1, _UP_TO_BLANK.match(text, at + 1)
        if _had_space(at - start, word.end() - at - 1 if word else 0, width, _FULL):
            continue
        full += 1
        inside += text[at + 1 : at + 2].islower() or text[at - 1] == ","
    if not words.cased:
        return width if 2 * full >= len(lengths) else 0
    return width if full * 2 >= len(singles) and inside >= max(1, _PROSE * full) else 0


def _had_space(length: int, word: int, width: int, share: float) -> bool:
    return length + 1 + word < share * width


def _blocks(text: str, words: _Words) -> Iterator[_Block]:
    """Yield the blocks that have something to decide: two lines, or a tab."""
    start = 0
    for block in text.split("\n\n"):
        if "\n" in block or "\t" in block:
            lines: list[_Line] = []
            at = start
            for line in block.split("\n"):
                lines.append(_Line(line, at, words))
                at += len(line) + 1
            yield _Block(tuple(lines))
        start += len(block) + 2


def _wraps(block: _Block, number: int, page: _Page) -> bool | None:
    """Say whether the line end behind a line of a block is a wrap; None where its form does not decide."""
    line, following = block.lines[number : number + 2]
    if not line.text or not following.text:
        return False
    full = bool(page.width) and not _had_space(len(line.text), following.first_length, page.width, _FULL)
    if bullet := following.bullet:
        # A dash may also be part of a wrapped sentence.
        return full and not line.ended and bullet not in page.bullets and bullet[0] in "-–—1"
    if following.label and not full:
        return False
    if following.small:
        return len(line.text) <= _WIDEST_WRAP
    if line.goes_on:
        return True
    if block.in_list[number] and not full:
        return False
    if full:
        return True
    if line.ended or len(line.text) > _WIDEST_WRAP or block.in_list[number]:
        return False
    return None if line.prose or following.prose else False


def _likelier_wrap(block: _Block, number: int) -> bool:
    """Say whether an open line end is likelier a wrap than a boundary."""
    line, following = block.lines[number : number + 2]
    return (
        line.prose
        and (following.prose or following.several)
        and not following.opens_sentence
        and not block.headlines
        and not _had_space(len(line.text), following.first_length, block.width, _LOOSELY_FULL)
    )
