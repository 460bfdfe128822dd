"""The forms that lie one edit from a folded name, by their key numbers.

A name of ten letters has some 500 such forms, of which a layer has hardly any: their numbers (`keys`) are computed
from that of the name, all at once, and only the forms whose numbers are wanted are written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapgen.gazetteer.keys import BASE, powers_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NearForms"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SWAP, _LEAVE_OUT, _FIRST_LETTER = range(3)
_EDITS = _FIRST_LETTER + 2 * len(_LETTERS)
"""Edits at one letter: it and the next swapped, it left out, then for each of `_LETTERS` it changed and one added."""
_LONGEST_LETTER = 4
"""Bytes of a letter."""
_INVERSE = pow(BASE, -1, 1 << 64)


class NearForms:
    """The forms one edit from a name: a letter left out, added, changed, or two swapped; each once.

    The first letter is trusted where a letter is changed; scanning errors that strike it are too many to try.

    Args:
        folded: the name, not empty.

    Attributes:
        numbers: key numbers of the forms, letter by letter.
    """

    def __init__(self, folded: str) -> None:
        self._name = folded
        data = np.frombuffer(folded.encode("utf-8", "surrogatepass"), dtype=np.uint8)
        lengths = np.array([len(letter.encode("utf-8", "surrogatepass")) for letter in folded])
        at = np.concatenate(([0], np.cumsum(lengths)))
        # Powers of the base by exponent, from -_LONGEST_LETTER on; sums and products wrap around, as in `keys`.
        start = np.uint64(pow(_INVERSE, _LONGEST_LETTER, 1 << 64))
        power = start * powers_of(BASE, len(data) + 2 * _LONGEST_LETTER)
        zero = _LONGEST_LETTER
        sums = np.zeros(len(data) + 1, dtype=np.uint64)
        np.cumsum((data + np.uint64(1)) * power[zero + 1 : zero + 1 + len(data)], out=sums[1:])
        before, after = sums[at], sums[-1] - sums[at]
        numbers = np.zeros((len(folded) + 1, _EDITS), dtype=np.uint64)
        made = np.zeros(numbers.shape, dtype=np.bool_)
        letter = np.diff(before)
        codes = np.array([ord(each) for each in folded])
        numbers[:-2, _SWAP] = (
            before[:-2] + letter[1:] * power[zero - lengths[:-1]] + letter[:-1] * power[zero + lengths[1:]] + after[2:]
        )
        made[:-2, _SWAP] = codes[:-1] != codes[1:]
        numbers[:-1, _LEAVE_OUT] = before[:-1] + after[1:] * power[zero - lengths]
        made[:-1, _LEAVE_OUT] = True
        others = np.array([ord(each) for each in _LETTERS])
        new = (others + 1).astype(np.uint64) * power[zero + 1 + at][:, None] + before[:, None]
        numbers[:-1, _FIRST_LETTER::2] = new[:-1] + (after[1:] * power[zero + 1 - lengths])[:, None]
        made[1:-1, _FIRST_LETTER::2] = codes[1:, None] != others
        numbers[:, _FIRST_LETTER + 1 :: 2] = new + (after * power[zero + 1])[:, None]
        made[:, _FIRST_LETTER + 1 :: 2] = True
        edits = np.flatnonzero(made)
        distinct, first = np.unique((numbers.reshape(-1)[edits] >> np.uint64(1)).astype(np.int64), return_index=True)
        order = np.argsort(first)
        self.numbers: NDArray[np.int64] = distinct[order]
        self._edits = edits[first[order]]

    def form(self, at: int) -> str:
        """Return the form that the number at a position is that of."""
        letter, edit = divmod(int(self._edits[at]), _EDITS)
        head, tail = self._name[:letter], self._name[letter:]
        if edit == _SWAP:
            return head + tail[1] + tail[0] + tail[2:]
        if edit == _LEAVE_OUT:
            return head + tail[1:]
        new, is_added = divmod(edit - _FIRST_LETTER, 2)
        return head + _LETTERS[new] + (tail if is_added else tail[1:])
