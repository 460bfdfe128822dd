"""A filter over the names of a layer: tells of most names that are not there that they are not.

It is a Bloom filter (Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13, 1970) with two bits a
name, read off the number of its key. Of names that are not there it lets about one in fifty pass; those are looked up.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NameFilter", "write_filter"]

_BITS = 24
"""Binary logarithm of the bits of a filter, for a million names: 2 MB."""
_NUMBER_BITS = 63


class NameFilter:
    """The filter of a layer.

    Args:
        bits: as `write_filter` stores them.
    """

    def __init__(self, bits: bytes) -> None:
        import numpy as np

        self._bytes: NDArray[np.uint8] = np.frombuffer(bits, dtype=np.uint8)

    def passes(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each key number whether its name may be there; False is certain."""
        one, other = _positions(numbers)
        both: NDArray[np.bool_] = self._is_set(one) & self._is_set(other)
        return both

    def _is_set(self, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        bit: NDArray[np.bool_] = (self._bytes[at >> 3] >> (at & 7)) & 1 != 0
        return bit


def write_filter(connection: sqlite3.Connection, numbers: NDArray[np.int64]) -> None:
    """Write the filter over the key numbers of all names of a layer, inside the caller's transaction."""
    import numpy as np

    flags = np.zeros(1 << _BITS, dtype=np.bool_)
    for at in _positions(numbers):
        flags[at] = True
    connection.execute("CREATE TABLE name_filter (bits BLOB NOT NULL)")
    connection.execute("INSERT INTO name_filter VALUES (?)", (np.packbits(flags, bitorder="little").tobytes(),))


def _positions(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two bits of each number: its upper bits, which depend on all letters of the key."""
    upper = numbers >> (_NUMBER_BITS - _BITS)
    return upper, (numbers >> (_NUMBER_BITS - 2 * _BITS)) & ((1 << _BITS) - 1)
