"""Keys of names as numbers: 63 bits of a polynomial hash, alike for one name and for a million at once.

A number sorts, stores and compares faster than its name. That any two of a million names share a
number has a probability of about one in ten million.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BASE", "key_number", "key_numbers", "powers_of"]

BASE = 0x9E37_79B9_7F4A_7C15
_MASK = (1 << 64) - 1
_LINES = 1 << 15
_TABLE = 256
"""Bytes of a key up to which the powers of the base are tabulated; hardly any name has more."""
_POWERS = tuple(pow(BASE, exponent, 1 << 64) for exponent in range(1, _TABLE + 1))
_SUMS = (0, *accumulate(_POWERS, lambda total, power: total + power & _MASK))
"""Sums of the first powers, by their number. Both tables never change: threads read them without a lock."""


@lru_cache(maxsize=16384)
def key_number(key: str) -> int:
    """Return the number of a key; 0 for the empty one.

    Over the UTF-8 bytes b of the key it is the sum of (b[i] + 1) * base ** (i + 1) modulo 2 ** 64, without the last
    bit; one more than each byte, so that a NUL counts too.
    """
    data = key.encode("utf-8", "surrogatepass")
    if len(data) <= _TABLE:
        number: int = sum(map(mul, data, _POWERS)) + _SUMS[len(data)]
    else:
        number = 0
        for byte in reversed(data):
            number = (number + byte + 1) * BASE & _MASK
    return (number & _MASK) >> 1


def key_numbers(lines: str) -> NDArray[np.int64]:
    """Return `key_number` of every line of a text, in order."""
    import numpy as np

    data = np.frombuffer(lines.encode("utf-8", "surrogatepass") + b"\n", dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    numbers = np.empty(len(ends), dtype=np.int64)
    powers = inverses = np.empty(0, dtype=np.uint64)
    for first in range(0, len(ends), _LINES):
        stops = ends[first : first + _LINES]
        begin = 0 if first == 0 else int(ends[first - 1]) + 1
        length = int(stops[-1]) + 1 - begin
        if length > len(powers):
            powers = powers_of(BASE, length)
            inverses = powers_of(pow(BASE, -1, 1 << 64), length) * np.uint64(BASE)
        sums = np.zeros(length + 1, dtype=np.uint64)
        # Sums and products wrap around, as they do modulo 2 ** 64.
        np.cumsum((data[begin : begin + length] + np.uint64(1)) * powers[:length], out=sums[1:])
        stops = stops - begin
        starts = np.concatenate(([0], stops[:-1] + 1))
        numbers[first : first + len(stops)] = ((sums[stops] - sums[starts]) * inverses[starts]) >> np.uint64(1)
    return numbers


def powers_of(base: int, count: int) -> NDArray[np.uint64]:
    """Return the first powers of a base modulo 2 ** 64, from the power 0 on; at least one."""
    import numpy as np

    factors = np.full(count, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)
