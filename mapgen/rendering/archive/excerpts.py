"""Lays the excerpts of a page in blocks, in the order in which they come, and gathers their numbers in columns."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

import numpy as np

from mapgen.rendering.archive.columns import packed, packed_json, packed_strings, packed_table
from mapgen.rendering.archive.model import Excerpt
from mapgen.rendering.archive.words import SINGLE, Vocabulary

__all__ = ["Excerpts"]

_COLUMNS: Final = {
    "place": np.uint32, "document": np.uint32, "start": np.uint32, "length": np.int32, "at": np.uint8, "p": np.uint8,
    "metonymic": np.uint8,
}  # fmt: skip
_CODES: Final = {"place": "I", "document": "I", "start": "I", "length": "i", "at": "B", "p": "B", "metonymic": "B"}
"""The types of `_COLUMNS` for the module array."""
_STEPS = 200
"""Steps of probability: the bins of the counts begin at some of them, so that none is in another bin than there."""
_BLOCK = 250_000
"""Letters of the excerpts in a block."""
_SAMPLE = 2_000_000
"""Letters of the excerpts that the shared words are counted in: the first, which are of all periods."""
_AROUND = 100
"""Letters of a passage before and after its name; the table has the whole sentence."""
_BLANKS = re.compile("[ \t\r\n]+")


class Excerpts:
    """Packs excerpts; `blocks` is read to its end first, then `described`."""

    def __init__(self) -> None:
        self._columns = {name: array(code) for name, code in _CODES.items()}
        self._names: dict[int, str] = {}
        self._starts: list[int] = []
        self._vocabulary = Vocabulary(())

    def blocks(self, excerpts: Iterable[Excerpt]) -> Iterator[str]:
        """Yield the blocks, packed; the excerpts of a place are in one."""
        rest = iter(excerpts)
        first = list(_until(rest, _SAMPLE))
        self._vocabulary = Vocabulary(excerpt.text for excerpt in first)
        texts: list[str] = []
        size = 0
        last = -1
        for excerpt in chain(first, rest):
            if excerpt.place != last and (size > _BLOCK or not self._starts):
                if texts:
                    yield packed(self._vocabulary.block(texts))
                self._starts.append(len(self._columns["place"]))
                texts, size = [], 0
            last = excerpt.place
            texts.append(self._added(excerpt))
            size += len(texts[-1])
        if texts:
            yield packed(self._vocabulary.block(texts))

    def described(self) -> dict[str, Any]:
        """Return what the page needs to read the blocks, JSON-ready.

        Keys: starts (number of the first excerpt of each block), table (the columns), single and words (see `words`),
        names (by number of the excerpt, where its passage spells the name otherwise).
        """
        columns = {name: np.array(self._columns[name], dtype=type_) for name, type_ in _COLUMNS.items()}
        return {
            "starts": self._starts,
            "table": packed_table(columns, _COLUMNS, {"place", "document"}),
            "single": SINGLE,
            "words": packed_strings(self._vocabulary.words),
            "names": packed_json(self._names),
        }

    def _added(self, excerpt: Excerpt) -> str:
        """Add the numbers of an excerpt, and return its passage."""
        text, at = _shortened(excerpt)
        length = excerpt.end - excerpt.start
        if _BLANKS.sub(" ", text[at : at + length]) != excerpt.name:
            self._names[len(self._columns["place"])] = excerpt.name
        values = (
            excerpt.place, excerpt.document, excerpt.start, length, at, int(excerpt.p * _STEPS + 1e-3),
            excerpt.metonymic,
        )  # fmt: skip
        for name, value in zip(_COLUMNS, values, strict=True):
            self._columns[name].append(int(value))
        return text


def _until(excerpts: Iterator[Excerpt], letters: int) -> Iterator[Excerpt]:
    """Excerpts, until they have that many letters."""
    for excerpt in excerpts:
        yield excerpt
        letters -= len(excerpt.text)
        if letters <= 0:
            return


def _shortened(excerpt: Excerpt) -> tuple[str, int]:
    """The passage around the name, cut at spaces, and where the name begins in it."""
    text, first = excerpt.text, max(0, excerpt.at - _AROUND)
    last = min(len(text), excerpt.at + excerpt.end - excerpt.start + _AROUND)
    if first:
        first = max(first, text.find(" ", first, excerpt.at) + 1)
    if last < len(text):
        cut = text.rfind(" ", excerpt.at + excerpt.end - excerpt.start, last)
        last = cut if cut > 0 else last
    before, after = "… " if first else "", " …" if last < len(text) else ""
    return before + text[first:last] + after, excerpt.at - first + len(before)
