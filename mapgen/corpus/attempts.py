"""Finds the document that ends its process: before each document its number is written down.

A task that finds the note of an earlier attempt in the same run knows that this attempt has ended without a commit,
and at which document. A document at which two attempts have ended is left out of the next. Notes of other runs mean
nothing: there a person, or the machine, may have ended all processes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from pathlib import Path

from mapgen.corpus.store import Store

__all__ = ["Attempt"]

_MOST = 2
"""Attempts that may end at one document."""
_NONE = -1


class Attempt:
    """One attempt at a partition.

    Args:
        store: where the note lies.
        session: of the run.
        number: of the partition.
    """

    def __init__(self, store: Store, session: str, number: int) -> None:
        self._store = store
        self._session = session
        self._name = f"attempts/{number:06d}.json"
        before = store.read_json(self._name)
        mine = isinstance(before, dict) and before.get("session") == session
        self._ended = Counter({int(row): int(n) for row, n in before["ended"].items()} if mine else {})
        if mine and before["row"] != _NONE:
            self._ended[before["row"]] += 1
        # An object store takes too long for a note a document; there only a second attempt is exact.
        self._exact = store.local is not None or mine
        self._file = None if store.local is None else _opened(store.local / self._name)
        self._note(_NONE)

    @property
    def hopeless(self) -> frozenset[int]:
        """Rows that have ended their process too often."""
        return frozenset(row for row, count in self._ended.items() if count >= _MOST)

    def begin(self, row: int) -> None:
        """Note that a document is begun."""
        if self._exact:
            self._note(row)

    def rest(self) -> None:
        """Note that no document is being read."""
        self._note(_NONE)

    def close(self) -> None:
        """Remove the note: the partition is committed, or its task ends with an error."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        with contextlib.suppress(OSError):
            self._store.remove(self._name)

    def _note(self, row: int) -> None:
        values = {"session": self._session, "row": row, "ended": dict(self._ended)}
        data = json.dumps(values).encode()
        if self._file is None:
            self._store.write(self._name, data)
            return
        # In place, without a flush to the disk: it outlives the process, which is what it is for. Padded to a fixed
        # length, as one write of a short line is not seen half.
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, data.ljust(256))


def _opened(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
