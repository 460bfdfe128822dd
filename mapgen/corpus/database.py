"""DuckDB over the tables of an archive, in bounded memory: what does not fit is put aside on the disk."""

from __future__ import annotations

import ctypes
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any

from mapgen.corpus.extras import needed
from mapgen.corpus.store import Store
from mapgen.errors import MapgenError
from mapgen.messages import msg

__all__ = ["MEMORY", "give_back", "statement", "tables"]

MEMORY = "120MB"
"""What DuckDB may use; the client stays below 300 MB."""
_THREADS = 2


class TablesError(MapgenError):
    """The tables of an archive cannot be read."""


@lru_cache(maxsize=16)
def statement(name: str) -> str:
    """Return the text of a file of `sql/`."""
    return (files("mapgen.corpus") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def give_back() -> None:
    """Give memory that is free back to the system, where the libraries keep it: Arrow and glibc do."""
    if (arrow := sys.modules.get("pyarrow")) is not None:
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)


@contextmanager
def tables(store: Store, *names: str) -> Iterator[Any]:
    """Open a database in which the tables of these names are views over the parts of the store.

    Args:
        store: the results.
        names: "toponyms", "documents", "signatures", "places".

    Raises:
        TablesError: they are missing or damaged, or there is no room for what does not fit into memory.
    """
    duckdb = needed("duckdb")
    with tempfile.TemporaryDirectory(prefix="mapgen-") as folder, duckdb.connect() as database:
        database.execute("set memory_limit = ?", [MEMORY])
        database.execute("set threads = ?", [_THREADS])
        database.execute("set temp_directory = ?", [folder])
        database.execute("set preserve_insertion_order = false")
        # In a notebook without ipywidgets the bar is off, and DuckDB refuses to set it.
        if database.execute("select current_setting('enable_progress_bar')").fetchone()[0]:
            database.execute("set enable_progress_bar = false")
        if store.local is None:
            database.register_filesystem(store.system()[0])
        try:
            _open_views(database, store, names)
            yield database
        except duckdb.Error as error:
            reason = " ".join(str(error).partition("LINE 1:")[0].split())
            raise TablesError(msg("the tables cannot be read: {error}", error=reason), path=store.output) from error
    give_back()


def _open_views(database: Any, store: Store, names: tuple[str, ...]) -> None:
    for name in names:
        # A table is a folder of parts, or one file.
        pattern = f"{name}.parquet/*.parquet" if store.is_folder(f"{name}.parquet") else f"{name}.parquet"
        path = _quoted(store.path(pattern))
        database.execute(f"create view {name} as select * from read_parquet({path})")  # noqa: S608 - quoted


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
