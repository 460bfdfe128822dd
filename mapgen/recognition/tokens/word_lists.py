"""Classes of single words out of large word lists: clusters of words used alike, names of persons, capital or small.

The files (`names.txt`, `words.en.txt`, made by `mapgen.training.word_classes`) stay one block of bytes in the order of
their words, with an index of their lines: nothing else is parsed at the start, and a word takes a few microseconds.
Clusters are Brown et al.'s (Class-based n-gram models of natural language, Computational Linguistics 18, 1992); as
features they generalise to words that no training text contains (Miller, Guinness & Zamanian 2004; Turian et al. 2010).
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CODES", "NONE", "OTHER", "RATIOS", "WordList", "name_classes", "small_class"]

CODES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
"""Letters for clusters."""
RATIOS = "0123456"
"""From much rarer with a capital than without to hardly ever without."""
NONE, OTHER = ".", "+"
"""The list does not hold the word; it holds it in a small cluster that says nothing."""
_SOURCES = ("de", "en", "es")
_FIRST = 4
"""Bytes of a word, with the tab behind it, that its number is made of."""


class WordList:
    """Words in order, each with a few letters, found by the number of their first bytes.

    Args:
        data: header lines with `#`, an empty line, then `word<TAB>letters` in the order of their bytes.
    """

    def __init__(self, data: bytes) -> None:
        head, _, lines = data.partition(b"\n\n")
        # A line end before each word, the first one too: a search finds whole words only.
        self._body = b"\n" + lines.rstrip(b"\n")
        letters = np.frombuffer(self._body, np.uint8)
        starts: NDArray[np.int64] = np.flatnonzero(letters == ord("\n"))
        numbers: NDArray[np.int64] = np.zeros(len(starts), np.int64)
        within = np.full(len(starts), 255)
        for place in range(1, _FIRST + 1):
            byte = letters.take(starts + place, mode="clip")
            numbers = numbers << 8 | byte & within
            within[byte == ord("\t")] = 0
        # One element at a time, these arrays are read faster than those of numpy.
        self._numbers, self._starts = array("I"), array("I")
        self._numbers.frombytes(numbers.astype(np.uintc).tobytes())
        self._starts.frombytes(np.append(starts, len(self._body)).astype(np.uintc).tobytes())
        self.labels: dict[str, dict[str, str]] = {}
        for line in head.decode().splitlines():
            _, code, *pairs = line.split(" ")
            if len(code) == 2 and pairs and "=" in pairs[0]:
                self.labels[code] = dict(pair.split("=", 1) for pair in pairs)

    def find(self, word: str) -> str:
        """Return the letters of a word, or ""."""
        body, key = self._body, f"\n{word}\t".encode()
        number = int.from_bytes(key[1 : _FIRST + 1].ljust(_FIRST, b"\0"), "big")
        low = bisect_left(self._numbers, number)
        high = bisect_right(self._numbers, number, low)
        # Few words have the same first bytes: one search of all their lines is quicker than further steps.
        at = body.find(key, self._starts[low], self._starts[high]) if low < high else -1
        if at < 0:
            return ""
        start = at + len(key)
        end = body.find(b"\n", start)
        return body[start : end if end >= 0 else len(body)].decode()


@lru_cache(maxsize=16)
def _word_list(name: str) -> WordList:
    """Return a list of the package; an empty one where a language has none."""
    file = resources.files(__package__) / name
    return WordList(file.read_bytes() if file.is_file() else b"")


def name_classes(form: str) -> tuple[str, ...]:
    """Return what the lists say of a word with a capital.

    Args:
        form: the word, capital first ("Kennedy").

    Returns:
        Its clusters in three languages ("de:Müller"; "de:" where it has none), whether it is a surname and a first
        name, and whether it is commoner with a capital than without.
    """
    names = _word_list("names.txt")
    letters = names.find(form) or NONE * 7
    clusters = [
        sys.intern(f"{code}:{names.labels[code].get(letter, letter.strip(NONE))}")
        for code, letter in zip(_SOURCES, letters, strict=False)
    ]
    return (*clusters, sys.intern(f"person:{letters[3:5]}"), sys.intern(f"case:{letters[5:]}"))


def small_class(code: str, lower: str) -> str:
    """Return the cluster of a small word of a language ("en:said"), or ""."""
    words = _word_list(f"words.{code}.txt")
    letters = words.find(lower)
    return sys.intern(f"{code}:{words.labels[code][letters]}") if letters else ""
