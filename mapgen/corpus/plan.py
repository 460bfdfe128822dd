"""Divides the input into partitions of some megabytes of text, the same each time, and keeps them in `plan.jsonl`.

Partitions are as large as `LARGEST` in a large archive; a small one is divided into at least `FEWEST`, so that all
processes have work. The plan is written before the first task; a later run compares its own with it.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from mapgen.corpus.model import Partition, Piece
from mapgen.corpus.store import Store
from mapgen.messages import Message, msg

__all__ = ["FEWEST", "FILE", "LARGEST", "Plan", "difference", "make_plan", "partitions_of", "read_plan"]

LARGEST = 5_000_000
"""Bytes of text in a partition."""
FEWEST = 64
"""Partitions that a small archive is divided into, where its pieces allow it."""
_SMALLEST = 200_000
_MOST_DOCUMENTS = 5_000

FILE = "plan.jsonl"
"""The file of the plan in the store: a line a partition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is known of a plan as a whole.

    Attributes:
        partitions: how many there are.
        documents: how many documents they hold.
        bytes: of text, as estimated from the sizes of files.
        fingerprint: a hash of all partitions.
    """

    partitions: int
    documents: int
    bytes: int
    fingerprint: str


def partitions_of(pieces: Iterable[Piece], size: int = LARGEST) -> Iterator[Partition]:
    """Gather pieces into partitions of about `size` bytes; pieces of a table that follow each other become one."""
    gathered: list[Piece] = []
    bytes_ = rows = number = 0
    for piece in pieces:
        if gathered and (bytes_ + piece.bytes > size or rows + piece.rows > _MOST_DOCUMENTS):
            yield Partition(number=number, pieces=tuple(gathered))
            number += 1
            gathered, bytes_, rows = [], 0, 0
        if gathered and _follows(gathered[-1], piece):
            last = gathered[-1]
            gathered[-1] = replace(last, rows=last.rows + piece.rows, bytes=last.bytes + piece.bytes)
        else:
            gathered.append(piece)
        bytes_ += piece.bytes
        rows += piece.rows
    if gathered:
        yield Partition(number=number, pieces=tuple(gathered))


def _follows(last: Piece, piece: Piece) -> bool:
    """Whether two pieces are one run of rows in one table."""
    one, other = ((each.source, each.path, each.group) for each in (last, piece))
    return bool(last.path) and one == other and last.first + last.rows == piece.first


def make_plan(pieces: Iterable[Piece], store: Store, name: str = FILE) -> Plan:
    """Divide the input and write the plan into the store, in bounded memory.

    Args:
        pieces: of the input, in order.
        store: where the plan is kept.
        name: of its file.

    Raises:
        InputError: the input cannot be read.
        OutputError: the plan cannot be written.
    """
    with tempfile.TemporaryFile("w+", encoding="ascii") as listed:
        total = 0
        for piece in pieces:
            total += piece.bytes
            listed.write(Partition(number=0, pieces=(piece,)).line() + "\n")
        listed.seek(0)
        size = max(_SMALLEST, min(LARGEST, total // FEWEST))
        every = (Partition.from_line(line).pieces[0] for line in listed)
        return _written(partitions_of(every, size), total, store, name)


def _written(partitions: Iterable[Partition], total: int, store: Store, name: str) -> Plan:
    digest = hashlib.sha256()
    count = documents = 0
    with store.writing(name) as file:
        for partition in partitions:
            line = (partition.line() + "\n").encode("ascii")
            digest.update(line)
            file.write(line)
            count += 1
            documents += partition.documents
    return Plan(partitions=count, documents=documents, bytes=total, fingerprint=digest.hexdigest()[:16])


def read_plan(store: Store, name: str = FILE) -> Iterator[Partition]:
    """Yield the partitions of the plan that the store holds."""
    with store.reading(name) as file:
        for line in file:
            yield Partition.from_line(line.decode("ascii"))


def difference(store: Store, before: str, now: str) -> Message:
    """Return in a few words the first file in which two plans of the store differ."""
    for one, other in zip_longest(read_plan(store, before), read_plan(store, now)):
        if one == other:
            continue
        old = {} if one is None else {piece.path: piece.stamp for piece in one.pieces}
        new = {} if other is None else {piece.path: piece.stamp for piece in other.pieces}
        for path in (*new, *old):
            if path not in old:
                return msg("{path} is new or another one", path=path)
            if path not in new:
                return msg("{path} is gone", path=path)
            if old[path] != new[path]:
                return msg("{path} has another size or date", path=path)
    return msg("its division")
