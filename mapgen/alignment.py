"""Offsets of two forms of one text: where a passage of one lies in the other.

An edit replaces a passage of the old text by other characters, or by none. Whatever lies between two edits is the same
in both texts, so that a few edits describe a whole text. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Alignment", "Edit", "NormalText", "edited", "trimmed"]

Span = tuple[int, int]
Row = tuple[int, int, int, int]
Edit = tuple[int, int, str]
"""Start and end of a passage that is not empty, and what replaces it."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The edits that lead from an old text to a new one: parallel, ascending, never overlapping.

    Attributes:
        old_starts: first code point of each edited passage in the old text.
        old_ends: one past its last code point.
        new_starts: first code point of its replacement in the new text.
        new_ends: one past its last code point; equal to the start where the passage is left out.
    """

    old_starts: tuple[int, ...] = ()
    old_ends: tuple[int, ...] = ()
    new_starts: tuple[int, ...] = ()
    new_ends: tuple[int, ...] = ()

    def to_new(self, span: Span) -> Span:
        """Return the smallest passage of the new text that holds what `span` of the old text became.

        It is empty where the old passage is left out.
        """
        if not self.old_starts:
            return span
        start = _first(span[0], self.old_starts, self.old_ends, self.new_starts, self.new_ends)
        return start, max(start, _last(span[1], self.old_starts, self.old_ends, self.new_ends))

    def to_old(self, span: Span) -> Span:
        """Return the smallest passage of the old text from which `span` of the new text was made."""
        if not self.old_starts:
            return span
        start = _first(span[0], self.new_starts, self.new_ends, self.old_starts, self.old_ends)
        return start, max(start, _last(span[1], self.new_starts, self.new_ends, self.old_ends))

    def then(self, following: Alignment) -> Alignment:
        """Return the alignment of this old text with the new text that `following` makes of this new one."""
        if not self.old_starts:
            return following
        if not following.old_starts:
            return self
        between = [*zip(self.new_starts, self.new_ends, strict=True)]
        between += zip(following.old_starts, following.old_ends, strict=True)
        merged: list[Span] = []
        for start, end in sorted(between):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        own = {
            new: (first, last)
            for new, last, first, empty in zip(
                self.new_starts, self.old_ends, self.old_starts, self.new_ends, strict=True
            )
            if new == empty
        }
        rows: list[Row] = [
            # A passage left out has no characters between: its place is known from the edit alone.
            (*(own[start] if start == end else self.to_old((start, end))), *_moved(following, (start, end)))
            for start, end in merged
        ]
        return _of_rows(rows)


def _of_rows(rows: Sequence[Row]) -> Alignment:
    """Return the alignment of edits; those that touch each other become one, so that each has a place of its own."""
    joined: list[Row] = []
    for row in rows:
        if joined and joined[-1][1] == row[0]:
            joined[-1] = (joined[-1][0], row[1], joined[-1][2], row[3])
        else:
            joined.append(row)
    return Alignment(*zip(*joined, strict=True)) if joined else Alignment()


def _moved(following: Alignment, span: Span) -> Span:
    """Return what a passage became; an empty one has the place of what comes behind it."""
    if span[0] < span[1]:
        return following.to_new(span)
    start = _first(span[0], following.old_starts, following.old_ends, following.new_starts, following.new_ends)
    return start, start


def _first(
    at: int, starts: Sequence[int], ends: Sequence[int], other_starts: Sequence[int], other_ends: Sequence[int]
) -> int:
    """Return where in the other text the code point `at` begins."""
    edit = bisect_right(starts, at) - 1
    if edit < 0:
        return at
    return other_starts[edit] if at < ends[edit] else at - ends[edit] + other_ends[edit]


def _last(at: int, starts: Sequence[int], ends: Sequence[int], other_ends: Sequence[int]) -> int:
    """Return where in the other text the code point before `at` ends."""
    edit = bisect_left(starts, at) - 1
    if edit < 0:
        return at
    return other_ends[edit] if at <= ends[edit] else at - ends[edit] + other_ends[edit]


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in its normal form, aligned with the text as written.

    In the normal form a line end is a boundary: of a paragraph, a heading, an item; a tab parts the cells of a table;
    every other white space is one space.

    Attributes:
        written: the text as written.
        text: its normal form, which recognition and look-up read.
        shown: the normal form with the apostrophes and hyphens as written, for readers; as long as `text`.
        alignment: from `written` to `text`.
    """

    written: str
    text: str
    shown: str
    alignment: Alignment = Alignment()

    @classmethod
    def same(cls, text: str) -> NormalText:
        """Return a text that is its own normal form."""
        return cls(written=text, text=text, shown=text)

    @classmethod
    def joined(cls, parts: Sequence[NormalText], written: str, starts: Sequence[int]) -> NormalText:
        """Return the normal form of a text of several parts, each of which has its own.

        Args:
            parts: the normal forms, in the order of the text.
            written: the whole text; what lies between its parts is white space and stays.
            starts: where each part begins in `written`.
        """
        text: list[str] = []
        shown: list[str] = []
        rows: list[Row] = []
        done = length = 0
        for part, start in zip(parts, starts, strict=True):
            between = written[done:start]
            text += (between, part.text)
            shown += (between, part.shown)
            length += len(between)
            edits = part.alignment
            rows += [
                (old + start, old_end + start, new + length, new_end + length)
                for old, old_end, new, new_end in zip(
                    edits.old_starts, edits.old_ends, edits.new_starts, edits.new_ends, strict=True
                )
            ]
            done = start + len(part.written)
            length += len(part.text)
        rest = written[done:]
        return cls(written, "".join((*text, rest)), "".join((*shown, rest)), _of_rows(rows))

    def to_written(self, span: Span) -> Span:
        """Return the passage of the text as written from which `span` of the normal form was made."""
        return self.alignment.to_old(span)

    def to_normal(self, span: Span) -> Span:
        """Return the passage of the normal form that `span` of the text as written became; it may be empty."""
        return self.alignment.to_new(span)

    def one_line(self, span: Span) -> str:
        """Return the words of `span`, a passage of the text as written, as one line for readers."""
        start, end = self.to_normal(span)
        return " ".join(self.shown[start:end].split())


def edited(text: str, edits: Sequence[Edit]) -> tuple[str, Alignment]:
    """Return `text` with its edits made, and the alignment.

    Args:
        text: the text.
        edits: ascending, not overlapping.
    """
    if not edits:
        return text, Alignment()
    pieces: list[str] = []
    rows: list[Row] = []
    done = length = 0
    for start, end, replacement in edits:
        length += start - done
        pieces += (text[done:start], replacement)
        if end - start != 1 or len(replacement) != 1:  # one character for one moves nothing
            rows.append((start, end, length, length + len(replacement)))
        length += len(replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces), _of_rows(rows)


def trimmed(text: str, span: Span) -> Span:
    """Return a passage without the spaces at its edges."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
