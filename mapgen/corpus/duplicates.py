"""Marks near-duplicates: documents whose shingles agree with an earlier one's. Originals stay, and nothing is removed.

Bands of the workers' signatures are joined in DuckDB; a pair counts where the estimated share of common shingles
reaches `THRESHOLD`. What is a near-duplicate of a near-duplicate has the same original.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from mapgen.corpus.arrow import int_array, ints, string_array
from mapgen.corpus.database import statement, tables
from mapgen.corpus.extras import needed
from mapgen.corpus.signatures import BANDS, MINIMA
from mapgen.corpus.store import Store

__all__ = ["THRESHOLD", "mark_duplicates", "similarity"]

THRESHOLD = 0.55
"""Estimated share of common shingles (Jaccard). Where 5 % of the words have changed it is .75 on average; see
`tests/unit/corpus/test_duplicates.py` for what is measured."""

_BATCH = 20_000
_CHANCE = 1 / 256
"""How often two bytes of a sketch agree by chance."""


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
    with tables(store, "signatures", "documents") as database:
        database.execute(statement("ordered"))
        originals = _originals(database)
        marks = _marks(database, originals)
    for name in store.names("documents.parquet"):
        _mark(store, f"documents.parquet/{name}", marks)
    return int(np.count_nonzero(originals >= 0))


def _originals(database: Any) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The number of the original of each document, -1 where it is one itself."""
    count = database.execute("select count(*) from ordered").fetchall()[0][0]
    database.execute("create temporary table pairs (first integer, rank integer)")
    for band in range(BANDS):
        database.execute(statement("band"), {"band": band + 1})
    found = np.full(count, -1, dtype=np.int32)
    for batch in database.sql(statement("duplicates")).to_arrow_reader(_BATCH):
        one, other = (_sketches(batch[name]) for name in ("first_sketch", "sketch"))
        alike = np.flatnonzero(similarity(one, other) >= THRESHOLD)
        firsts, ranks = (ints(batch[name])[alike].tolist() for name in ("first", "rank"))
        for first, rank in zip(firsts, ranks, strict=True):
            # Pairs come in the order of the later document: what its partner is a duplicate of is known.
            if found[rank] < 0:
                found[rank] = found[first] if found[first] >= 0 else first
    return found


def _marks(database: Any, originals: np.ndarray[Any, np.dtype[np.int32]]) -> dict[int, dict[int, str]]:
    """The names of the originals by partition and row of the near-duplicates."""
    ranks = np.flatnonzero(originals >= 0).astype(np.int32)
    columns = [int_array(ranks), int_array(originals[ranks])]
    database.register("originals", needed("pyarrow").Table.from_arrays(columns, names=["rank", "first"]))
    marks: dict[int, dict[int, str]] = {}
    for batch in database.sql(statement("marks")).to_arrow_reader(_BATCH):
        for part, row, name in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            marks.setdefault(part, {})[row] = name
    return marks


def _sketches(column: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(b"".join(column.to_pylist()), dtype=np.uint8).reshape(-1, MINIMA)


def _mark(store: Store, name: str, marks: dict[int, dict[int, str]]) -> None:
    pq = needed("pyarrow.parquet")
    with store.reading(name) as file:
        table = pq.ParquetFile(file).read()
    if table.num_rows == 0:
        return
    own = marks.get(table["part"][0].as_py(), {})
    values = [own.get(row) for row in table["row"].to_pylist()]
    if values == table["duplicate_of"].to_pylist():
        return
    column = table.schema.get_field_index("duplicate_of")
    marked = table.set_column(column, table.schema.field(column), string_array(values))
    stream = io.BytesIO()
    pq.write_table(marked, stream, compression="zstd")
    store.write(name, stream.getvalue())
