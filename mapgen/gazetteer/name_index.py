"""The index over the names of a layer that comes in chunks: of a country as of the whole world, in bounded memory.

Each chunk leaves a few bytes a place and a row a name. The rows of more names than memory should hold wait in files,
one for each run of key numbers; at the end each run is sorted and written by itself.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from mapgen.closing import Closing
from mapgen.gazetteer.records import Columns
from mapgen.gazetteer.writer import Hits, Names, PlaceFacts, write_cells, write_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NameIndex"]

_IN_MEMORY = 2_000_000
"""Names (13 bytes each, several times that while they are sorted) from which on they wait in files."""
_RUNS = 32
"""Runs of key numbers; the numbers have 63 bits and are spread evenly."""
_SHIFT = 63 - 5


class NameIndex(Closing):
    """Takes places chunk by chunk, and writes the indexes over all of them.

    Args:
        transliterated: countries whose names get a transliteration key; None for every place.
        folder: where files may wait; they are gone when the index is closed.

    Attributes:
        PREFIX: what the names of the folders begin with that files wait in.
    """

    PREFIX: ClassVar[str] = ".names."

    def __init__(self, transliterated: Collection[str] | None, *, folder: Path) -> None:
        self._transliterated = transliterated
        self._places: list[PlaceFacts] = []
        self._count = 0
        self._stack = contextlib.ExitStack()
        self._tables = {table: _Waiting(self._stack, folder, table) for table in ("names", "transliterations")}

    def __len__(self) -> int:
        return self._count

    def add(self, columns: Columns) -> None:
        """Take some places, each key once over all chunks."""
        import numpy as np

        names = Names(columns)
        self._places.append(names.places)
        for table, found in (
            ("names", names.folded()),
            ("transliterations", names.transliterated(self._transliterated)),
        ):
            self._tables[table].add(found._replace(owner=found.owner + np.uint32(self._count)))
        self._count += len(columns.pk)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write names, transliterations and cells, inside the caller's transaction."""
        import numpy as np

        if not self._places:
            return
        chunks, self._places = self._places, []
        places = PlaceFacts(*(np.concatenate(column) for column in zip(*chunks, strict=True)))
        del chunks
        for table, waiting in self._tables.items():
            for run in waiting.runs():
                write_index(connection, table, places, run)
        write_cells(connection, places)

    def close(self) -> None:
        """Remove the files."""
        self._stack.close()


class _Waiting:
    """The names of one table."""

    def __init__(self, stack: contextlib.ExitStack, folder: Path, table: str) -> None:
        self._stack = stack
        self._folder = folder
        self._table = table
        self._blocks: list[Hits] = []
        self._held = 0
        self._files: list[Path] = []

    def add(self, hits: Hits) -> None:
        self._blocks.append(hits)
        self._held += len(hits.number)
        if self._held > _IN_MEMORY:
            self._write_out()

    def _write_out(self) -> None:
        import numpy as np

        if not self._files:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix=NameIndex.PREFIX, dir=self._folder))
            self._files = [Path(folder, f"{self._table}-{run}") for run in range(_RUNS)]
        hits = self._taken()
        runs = hits.number >> _SHIFT
        rows = np.empty(len(runs), dtype=_ROW)
        rows["number"], rows["owner"], rows["main"] = hits
        for run, path in enumerate(self._files):
            with path.open("ab") as file:
                file.write(rows[runs == run].tobytes())

    def _taken(self) -> Hits:
        import numpy as np

        hits = Hits(*(np.concatenate(column) for column in zip(*self._blocks, strict=True)))
        self._blocks, self._held = [], 0
        return hits

    def runs(self) -> Iterator[Hits]:
        """Yield the names in runs of ascending numbers."""
        import numpy as np

        if not self._files:
            if self._blocks:
                yield self._taken()
            return
        if self._blocks:
            self._write_out()
        for path in self._files:
            rows: NDArray[Any] = np.fromfile(path, dtype=_ROW)
            yield Hits(rows["number"], rows["owner"], rows["main"])


_ROW = [("number", "<i8"), ("owner", "<u4"), ("main", "?")]
