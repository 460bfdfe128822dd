"""Marks near-duplicates: documents whose shingles agree with an earlier one's. Originals stay, and nothing is removed.

Bands of the workers' signatures are joined in DuckDB; a pair counts where the estimated share of common shingles
reaches `THRESHOLD`. What is a near-duplicate of a near-duplicate has the same original.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from mapgen.corpus.database import statement, tables
from mapgen.corpus.extras import needed
from mapgen.corpus.signatures import MINIMA
from mapgen.corpus.store import Store

__all__ = ["THRESHOLD", "mark_duplicates", "similarity"]

THRESHOLD = 0.55
"""Estimated share of common shingles (Jaccard). Where 5 % of the words have changed it is .75 on average; see
`tests/unit/corpus/test_duplicates.py` for what is measured."""

_BATCH = 20_000
_CHANCE = 1 / 256
"""How often two bytes of a sketch agree by chance."""

Key = tuple[int, int]


def similarity(one: np.ndarray[Any, np.dtype[np.uint8]], other: np.ndarray[Any, np.dtype[np.uint8]]) -> Any:
    """Estimate the share of common shingles from sketches, arrays of shape (…, 128)."""
    agree = (one == other).mean(axis=-1)
    return np.clip((agree - _CHANCE) / (1 - _CHANCE), 0.0, 1.0)


def mark_duplicates(store: Store) -> int:
    """Fill `duplicate_of` in the table of documents; return how many near-duplicates there are.

    Parts that have none, and parts that are marked already, stay as they are.

    Raises:
        OutputError: a part cannot be written.
    """
    if not store.is_folder("documents.parquet"):
        return 0  # the parts were marked before they became one file
    originals = _originals(store)
    names = _names(store, set(originals.values()))
    marks: dict[int, dict[int, str]] = {}
    for (part, row), original in originals.items():
        marks.setdefault(part, {})[row] = names[original]
    for name in store.names("documents.parquet"):
        _mark(store, f"documents.parquet/{name}", marks)
    return len(originals)


def _originals(store: Store) -> dict[Key, Key]:
    """The original of each near-duplicate; keys are partition and row."""
    found: dict[Key, Key] = {}
    for first, key in _pairs(store):
        # Pairs come in the order of the later document: what its partner is a duplicate of is known.
        found.setdefault(key, found.get(first, first))
    return found


def _pairs(store: Store) -> Iterator[tuple[Key, Key]]:
    with tables(store, "signatures", "documents") as database:
        for batch in database.sql(statement("duplicates")).to_arrow_reader(_BATCH):
            one, other = (_sketches(batch[name]) for name in ("first_sketch", "sketch"))
            alike = np.flatnonzero(similarity(one, other) >= THRESHOLD)
            columns = [batch[name].to_numpy() for name in ("first_part", "first_row", "part", "row")]
            for at in alike.tolist():
                first_part, first_row, part, row = (int(column[at]) for column in columns)
                yield (first_part, first_row), (part, row)


def _sketches(column: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(b"".join(column.to_pylist()), dtype=np.uint8).reshape(-1, MINIMA)


def _names(store: Store, keys: set[Key]) -> dict[Key, str]:
    """The names of documents."""
    names: dict[Key, str] = {}
    pq = needed("pyarrow.parquet")
    parts = {part for part, _ in keys}
    for name in store.names("documents.parquet"):
        with store.reading(f"documents.parquet/{name}") as file:
            table = pq.read_table(file, columns=["part", "row", "document_id"])
        if table.num_rows == 0 or table["part"][0].as_py() not in parts:
            continue
        rows = zip(*(table[column].to_pylist() for column in ("part", "row", "document_id")), strict=True)
        names.update({(part, row): id_ for part, row, id_ in rows if (part, row) in keys})
    return names


def _mark(store: Store, name: str, marks: dict[int, dict[int, str]]) -> None:
    pa, pq = needed("pyarrow"), needed("pyarrow.parquet")
    with store.reading(name) as file:
        table = pq.read_table(file)
    if table.num_rows == 0:
        return
    own = marks.get(table["part"][0].as_py(), {})
    values = [own.get(row) for row in table["row"].to_pylist()]
    if values == table["duplicate_of"].to_pylist():
        return
    column = table.schema.get_field_index("duplicate_of")
    marked = table.set_column(column, table.schema.field(column), pa.array(values, pa.string()))
    stream = io.BytesIO()
    pq.write_table(marked, stream, compression="zstd")
    store.write(name, stream.getvalue())
