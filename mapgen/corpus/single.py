"""Makes one file of the parts of each table; a run that is killed in between goes on.

The files are written beside the parts (`single/`), the run notes it, the parts are removed and the files renamed.
"""

from __future__ import annotations

from mapgen.corpus.extras import needed
from mapgen.corpus.schemas import TABLES, schema_of
from mapgen.corpus.store import Store

__all__ = ["finish_single", "make_single"]

_TABLES = ("toponyms", "documents", "signatures")


def make_single(store: Store) -> None:
    """Write each table that is in parts as one file in `single/`, in the order of the partitions.

    Raises:
        OutputError: a file cannot be written.
    """
    pq = needed("pyarrow.parquet")
    for table in _TABLES:
        folder = f"{table}.parquet"
        if not store.is_folder(folder):
            continue
        schema = schema_of(TABLES[table])
        with store.writing(f"single/{folder}") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for name in store.names(folder):
                with store.reading(f"{folder}/{name}") as part:
                    writer.write_table(pq.read_table(part))


def finish_single(store: Store) -> None:
    """Put the files of `single/` in the place of the parts; call it again after a kill."""
    for name in store.names("single"):
        if name in {f"{table}.parquet" for table in _TABLES}:
            if store.is_folder(name):
                store.remove(name)
            store.move(f"single/{name}", name)
    store.remove("single")
