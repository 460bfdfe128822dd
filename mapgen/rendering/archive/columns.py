"""Packs tables for a page: typed columns, gzipped, in base64.

The bytes of one significance of a column stand together, and what is sorted is written as differences: both compress
better. `archive/columns.js` reads them.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Mapping, Set
from typing import Any

import numpy as np

from mapgen.rendering.archive.model import Columns
from mapgen.rendering.escape import sound

__all__ = ["packed", "packed_json", "packed_strings", "packed_table"]

_LEVEL = 9


def packed(data: bytes) -> str:
    """Return bytes gzipped, in base64."""
    return base64.b64encode(gzip.compress(data, _LEVEL, mtime=0)).decode("ascii")


def packed_json(value: Any) -> str:
    """Return a value as JSON, packed."""
    return packed(sound(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode("utf-8"))


def packed_strings(values: Iterable[str]) -> str:
    """Return strings with NUL between them, packed; a NUL in one of them becomes U+FFFD."""
    return packed("\0".join(map(sound, values)).encode("utf-8"))


def packed_table(columns: Columns, types: Mapping[str, Any], sorted_: Set[str] = frozenset()) -> dict[str, Any]:
    """Return a table as the page reads it, JSON-ready.

    Args:
        columns: of one length, by name.
        types: of numpy, by name: what is packed, and in which order.
        sorted_: names of those that are written as differences, modulo 2^32.
    """
    rows = len(columns[next(iter(types))])
    parts = [(name, np.dtype(type_), columns[name].astype(type_)) for name, type_ in types.items()]
    return {
        "rows": rows,
        "columns": [[name, type_.name, int(name in sorted_)] for name, type_, _ in parts],
        "packed": packed(b"".join(_planes(_differences(part) if name in sorted_ else part) for name, _, part in parts)),
    }


def _differences(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The first value, and what each has more than the one before; what overflows goes round."""
    whole = column.astype(np.int64)
    return np.diff(whole, prepend=np.int64(0)).astype(np.uint64).astype(np.uint32)


def _planes(column: np.ndarray[Any, Any]) -> bytes:
    """The bytes of a column, the lowest of all numbers first: bytes of one significance compress better together."""
    little = np.ascontiguousarray(column.astype(column.dtype.newbyteorder("<")))
    return little.view(np.uint8).reshape(len(column), column.itemsize).T.tobytes()
