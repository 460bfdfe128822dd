"""Numbers for countries, divisions and kinds, so that arrays can compare them."""

from __future__ import annotations

import itertools
from enum import IntEnum

from mapgen.model import Kind

__all__ = ["KIND_CODE", "Level", "Numbering", "code_of"]


class Level(IntEnum):
    """What is numbered: the rows of `CandidateSet.codes`. Countries and divisions have 0 where there is none."""

    COUNTRY = 0
    DIVISION = 1
    """Of the first level."""
    DISTRICT = 2
    """A division of the second level."""
    KIND = 3


KIND_CODE = {kind: number for number, kind in enumerate(Kind)}
"""Numbers of the kinds."""


class Numbering:
    """Gives each text a number, the same in every thread for as long as the process lives; 0 for "".

    Which number a text has depends on the order of the calls. Results must therefore depend on nothing but whether two
    numbers are equal.
    """

    def __init__(self) -> None:
        self._next = itertools.count(1)
        self._numbers: dict[str, int] = {"": 0}

    def of(self, text: str) -> int:
        """Return the number of `text`."""
        number = self._numbers.get(text)
        if number is None:
            # Two threads may both miss the text: `setdefault` is atomic and gives both the number that came first.
            number = self._numbers.setdefault(text, next(self._next))
        return number


code_of = Numbering().of
"""The numbering of countries and divisions; a few thousand texts at most."""
