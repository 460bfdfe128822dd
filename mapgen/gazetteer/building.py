"""What every build of a layer needs: a database without a journal, and no garbage collection."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
from collections.abc import Iterator
from pathlib import Path

__all__ = ["no_collection", "open_for_building"]


def open_for_building(path: Path) -> sqlite3.Connection:
    """Open a file that is thrown away when anything goes wrong, so that it needs no journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -200000;"
    )
    return connection


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Stop the collector, which would look again and again at millions of objects that no cycle holds."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
