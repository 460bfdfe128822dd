"""Divides the text for the page: blocks, excerpts, and the offsets of JavaScript.

No word is changed, added or left out: the blocks joined are the text, and an excerpt is a slice of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mapgen.alignment import NormalText
from mapgen.model import AnnotatedDocument, Span
from mapgen.reading import sentences

__all__ = ["Block", "Excerpts", "Offsets", "blocks"]

_LONG_LINE = 700  # code points: a longer line is split for the eye
_PARAGRAPH = 420  # … into parts of about so many, at the ends of sentences
_MOST_SENTENCES = 5
_EXCERPT = 480  # a sentence may be no sentence (tables, lists): longer ones are shown around the name
_CONTEXT = 200

# Agencies set a subhead inside the running text: "… dans ces régions. - Combats entre EI et rebelles - Sur un autre …"
_SUBHEAD = re.compile(r"(?<=[.!?»\"”…] )- (?=[^\W\d_a-zà-öø-ÿ])[^\n.!?]{3,90}?[^\s] - (?=[\"«“A-ZÀ-ÖØ-Þ])")

_LONGEST_HEADLINE = 200
_SENTENCE_END = tuple('.!?…,;:»”"')

BlockType = Literal["p", "h", "headline"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("p"), a subhead ("h") or the headline: where it begins and ends in the text, code points."""

    type: BlockType
    start: int
    end: int


class Offsets:
    """Turns code points into the UTF-16 units that JavaScript strings are indexed by."""

    def __init__(self, text: str) -> None:
        self._astral = (
            [] if text.isascii() else [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]
        )

    def __call__(self, offset: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return offset + bisect_right(self._astral, offset - 1) if self._astral else offset


class Excerpts:
    """Finds the passage that is shown for a name: its sentence, or the part of it around the name."""

    def __init__(self, annotated: AnnotatedDocument) -> None:
        self._text = annotated.document.text
        self._sentences = sentences(annotated.aligned, annotated.document.language)
        self._starts = [start for start, _ in self._sentences]

    def __call__(self, span: Span) -> Span:
        """Return start and end of the passage around `span`, code points, without white space at its ends."""
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        last = max(first, bisect_right(self._starts, span[1] - 1) - 1)
        start, end = (self._sentences[first][0], self._sentences[last][1]) if self._sentences else span
        start, end = min(start, span[0]), max(end, span[1])
        if end - start > _EXCERPT:
            start, end = self._shorter(start, end, span)
        passage = self._text[start:end]
        return start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())

    def _shorter(self, start: int, end: int, span: Span) -> Span:
        """Cut a long passage at white space some way before and after the name."""
        if span[0] - start > _CONTEXT:
            cut = self._text.find(" ", span[0] - _CONTEXT, span[0])
            start = cut + 1 if cut >= 0 else span[0] - _CONTEXT
        if end - span[1] > _CONTEXT:
            cut = self._text.rfind(" ", span[1], span[1] + _CONTEXT)
            end = cut if cut > 0 else span[1] + _CONTEXT
        return start, end


def blocks(annotated: AnnotatedDocument) -> tuple[Block, ...]:
    """Split the text into blocks that joined are the text.

    What lies between two boundaries of the normal form is a paragraph; blank lines belong to the one before. A long one
    is split at sentence ends into parts of three to five sentences, and subheads inside it are blocks of their own. So
    is a headline: the first line, where the first paragraph ends as no sentence does and the next one as one does.
    """
    text = annotated.document.text
    lines = list(_lines(annotated.aligned))
    ends: list[int] = []
    if any(end - start > _LONG_LINE for start, end in lines):
        ends = [end for _, end in sentences(annotated.aligned, annotated.document.language)]
    found: list[Block] = []
    if len(lines) > 1 and _ends(text[slice(*lines[1])]) and (headline := _headline_end(text, *lines[0])):
        found.append(Block("headline", lines[0][0], headline))
        lines = [(headline, lines[0][1])] * (headline < lines[0][1]) + lines[1:]
    for start, end in lines:
        if end - start <= _LONG_LINE:
            found.append(Block("p", start, end))
            continue
        for type_, one, other in _subheads(text, start, end):
            found += [Block("h", one, other)] if type_ == "h" else _paragraphs(ends, one, other)
    return tuple(found)


def _headline_end(text: str, start: int, end: int) -> int:
    """Where the headline at the beginning of a text ends, with the white space behind it; 0 where there is none.

    A line under it is a date, a place or a name, and does not go on with it: it begins with a capital or a number.
    """
    paragraph = text[start:end]
    if len(paragraph.strip()) > _LONGEST_HEADLINE or _ends(paragraph):
        return 0
    for match in re.finditer(r"\n\s*(?=[^\Wa-zß-öø-ÿ_])", paragraph):
        if not _ends(paragraph[: match.start()]):
            return start + match.end()
    return end


def _ends(line: str) -> bool:
    """Whether a line ends as a sentence or a part of one does."""
    return line.rstrip().endswith(_SENTENCE_END)


def _lines(normal: NormalText) -> Iterator[Span]:
    """What lies between boundaries, with the white space behind it."""
    text = normal.written
    start = 0
    for match in re.finditer(r"\n+", normal.text):
        if match.end() == len(normal.text):
            break
        end = normal.to_written((match.end(), match.end() + 1))[0]
        if text[start:end].strip():
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _subheads(text: str, start: int, end: int) -> Iterator[tuple[BlockType, int, int]]:
    position = start
    for match in _SUBHEAD.finditer(text, start, end):
        if position < match.start():
            yield "p", position, match.start()
        yield "h", match.start(), match.end()
        position = match.end()
    if position < end:
        yield "p", position, end


def _paragraphs(ends: Sequence[int], start: int, end: int) -> list[Block]:
    """Group the sentences of a long line, given the ends of all; a last sentence is not left alone."""
    own = [*ends[bisect_right(ends, start) : bisect_left(ends, end)], end]
    cuts = _cuts(own, start)
    return [Block("p", one, other) for one, other in zip([start, *cuts[:-1]], cuts, strict=True)]


def _cuts(ends: Sequence[int], start: int) -> list[int]:
    cuts: list[int] = []
    begin, count = start, 0
    for index, stop in enumerate(ends):
        count += 1
        left = ends[-1] - stop
        if index == len(ends) - 1 or (
            left > _PARAGRAPH // 3 and (stop - begin >= _PARAGRAPH or count >= _MOST_SENTENCES)
        ):
            cuts.append(stop)
            begin, count = stop, 0
    return cuts
