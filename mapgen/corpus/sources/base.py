"""What a source is: it divides a file into pieces, and reads the documents of a piece as often as they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from mapgen.corpus.model import Piece, Record

__all__ = ["CHUNK", "Found", "Source", "record_names"]

CHUNK = 256 * 1024
"""Bytes of text in a piece of a table; partitions are made of whole pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of the input.

    Attributes:
        path: path or address.
        size: bytes, as stored.
        stamp: its size and time of modification, which tell whether it has changed.
        regular: whether it is a regular file: a pipe or a device is never opened.
    """

    path: str
    size: int
    stamp: str
    regular: bool = True


class Source(Protocol):
    """One way to read files; frozen and picklable, as it travels to workers."""

    def pieces(self, number: int, found: Found) -> Iterator[Piece]:
        """Divide a file into pieces.

        Args:
            number: of this source in its job.
            found: the file.

        Raises:
            InputError: the file is no such table.
        """
        ...

    def records(self, piece: Piece) -> Iterator[Record]:
        """Yield the documents of a piece, `piece.rows` of them, whatever fails."""
        ...


def record_names(id_: str, count: int) -> tuple[str, ...]:
    """Return the names of the texts of one file or document: its own, numbered from 1 where it holds several."""
    return (id_,) if count == 1 else tuple(f"{id_}#{number + 1}" for number in range(count))
