"""Cuts a document with very many names into parts that are resolved one by one: time and memory stay linear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mapgen.corrections import Ruling
from mapgen.model import Document, Span, Toponym

__all__ = ["MOST_NAMES", "Part", "parts"]

MOST_NAMES = 1_000
"""Names that are evidence for each other at most: about 30 pages of a dispatch or a list."""

_LEAST_NAMES = 750
"""Names from which on a part ends where a line does."""

_MARGIN = 1_000
"""Code points around a part in which the words beside its names are read."""


class Part(NamedTuple):
    """A part of a document.

    Attributes:
        document: the text around its names.
        toponyms: its names, with offsets into that text.
        written: the same names with offsets into the whole text.
        offset: code points of the whole text before that of the part.
    """

    document: Document
    toponyms: Sequence[Toponym]
    written: Sequence[Toponym]
    offset: int

    def moved(self, rulings: Mapping[Span, Ruling] | None) -> Mapping[Span, Ruling]:
        """Return the rulings on names of the part, by their spans in its text."""
        if not rulings or self.toponyms is self.written:
            return rulings or {}
        return {
            toponym.span: ruling
            for toponym, old in zip(self.toponyms, self.written, strict=True)
            if (ruling := rulings.get(old.span)) is not None
        }

    def restored(self, resolved: Sequence[Toponym]) -> Sequence[Toponym]:
        """Return resolved names of the part with offsets into the whole text."""
        if self.toponyms is self.written:
            return resolved
        pairs = zip(resolved, self.written, strict=True)
        return [replace(new, start=old.start, end=old.end, relation=old.relation) for new, old in pairs]


def parts(document: Document, toponyms: Sequence[Toponym]) -> Iterator[Part]:
    """Yield the parts of a document: itself, unless it has more than `MOST_NAMES` names.

    Args:
        document: the text.
        toponyms: in text order.
    """
    if len(toponyms) <= MOST_NAMES:
        yield Part(document, toponyms, toponyms, 0)
        return
    first = 0
    while first < len(toponyms):
        last = _end(document.text, toponyms, first)
        start = max(0, toponyms[first].start - _MARGIN)
        text = document.text[start : toponyms[last - 1].end + _MARGIN]
        written = toponyms[first:last]
        yield Part(replace(document, text=text), [_moved(each, -start) for each in written], written, start)
        first = last


def _end(text: str, toponyms: Sequence[Toponym], first: int) -> int:
    """The position behind the last name of a part: at a line end where there is one, to part no sentence or list."""
    most = first + MOST_NAMES
    if most >= len(toponyms):
        return len(toponyms)
    for last in range(most, first + _LEAST_NAMES, -1):
        if text.find("\n", toponyms[last - 1].end, toponyms[last].start) >= 0:
            return last
    return most


def _moved(toponym: Toponym, by: int) -> Toponym:
    relation = toponym.relation
    if relation is not None:
        anchors = tuple((start + by, end + by) for start, end in relation.anchors)
        relation = replace(relation, start=relation.start + by, end=relation.end + by, anchors=anchors)
    return replace(toponym, start=toponym.start + by, end=toponym.end + by, relation=relation)
