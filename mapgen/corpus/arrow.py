"""Arrow arrays from and to buffers: `pyarrow.array` of Python values and `to_numpy` load pandas.

That takes 50 MB, which the client has not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from mapgen.corpus.extras import needed

__all__ = ["binary_array", "int_array", "ints", "string_array"]


def int_array(values: np.ndarray[Any, np.dtype[np.int32]]) -> Any:
    """Return numbers as an Arrow array of int32."""
    pa = needed("pyarrow")
    return pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def ints(array: Any) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return an Arrow array of int32 without nulls as numbers."""
    return np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array)]


def binary_array(rows: np.ndarray[Any, Any]) -> Any:
    """Return the bytes of each row as an Arrow array of binary.

    Args:
        rows: a structured array, packed.
    """
    pa = needed("pyarrow")
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * rows.dtype.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(rows.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(rows), buffers)


def string_array(values: Sequence[str | None]) -> Any:
    """Return strings as an Arrow array of string, with null for None."""
    pa = needed("pyarrow")
    encoded = [b"" if value is None else value.encode("utf-8") for value in values]
    offsets = np.fromiter(accumulate(map(len, encoded), initial=0), dtype=np.int32, count=len(values) + 1)
    known = np.packbits([value is not None for value in values], bitorder="little")
    buffers = [pa.py_buffer(known), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)
