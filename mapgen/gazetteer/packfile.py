"""The file of the country packs: one layer over all of them, changed in one transaction."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from mapgen.errors import PackError
from mapgen.files import home_directory
from mapgen.gazetteer.build import no_collection
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import Entry
from mapgen.gazetteer.sql import query
from mapgen.gazetteer.writer import create_tables, write_entries

__all__ = ["Dump", "Pack", "PackInfo", "changed", "kept_packs", "list_packs", "open_packs", "packs_path", "write_packs"]

_WAIT_S = 600.0
SEAS = "XY"
"""GeoNames' code for what lies at sea and in no country."""
_LAYER_TABLES = ("places", "names", "transliterations", "cells", "divisions", "countries", "meta")


class Dump(NamedTuple):
    """What a country's files hold.

    Attributes:
        entries: the places.
        divisions: (country, "09" or "09.123", key).
    """

    entries: list[Entry]
    divisions: list[tuple[str, str, int]]


class PackInfo(NamedTuple):
    """A country pack.

    Attributes:
        country: ISO 3166-1 alpha-2.
        source: URL or folder that it came from.
        fetched: when, ISO 8601.
        places: how many places it holds.
        names: how many names they have.
    """

    country: str
    source: str
    fetched: str
    places: int
    names: int


class Pack(NamedTuple):
    """A pack in memory: what it is, and what it holds."""

    info: PackInfo
    dump: Dump


def packs_path(home: Path) -> Path:
    """Return where the packs lie, whether there are any or not."""
    return home / "packs.sqlite"


def list_packs(*, home: Path | None = None) -> tuple[PackInfo, ...]:
    """Return the packs that are there, by country."""
    layer = open_packs(home if home is not None else home_directory())
    if layer is None:
        return ()
    with contextlib.closing(layer):
        rows = layer.connection.execute("SELECT country, source, fetched, places, names FROM packs ORDER BY country")
        return tuple(PackInfo(*row) for row in rows)


def open_packs(home: Path) -> Layer | None:
    """Open the layer of the packs, or return None where there are none.

    Packs that an older version indexed are indexed anew.

    Raises:
        PackError: the file is damaged.
    """
    path = packs_path(home)
    if not path.exists():
        return None
    layer = Layer.open(path, immutable=False)
    try:
        tables = layer.connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'packs'").fetchone()[0]
        if not tables or not layer.connection.execute("SELECT count(*) FROM packs").fetchone()[0]:
            layer.close()
            return None
        if layer.meta().get("form") != _form():
            layer.close()
            with no_collection(), changed(home) as connection:
                write_packs(connection, kept_packs(connection, ()), ())
            layer = Layer.open(path, immutable=False)
    except sqlite3.Error as error:
        layer.close()
        raise PackError(f"is damaged ({error}): delete it and add the packs again", path=path) from error
    return layer


@cache
def _form() -> str:
    """A mark that changes with the code that makes keys and rows."""
    digest = hashlib.sha256()
    room = files("mapgen.gazetteer")
    for name in ("keys.py", "names.py", "records.py", "writer.py", "queries/schema.sql"):
        digest.update(room.joinpath(*name.split("/")).read_bytes())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def changed(home: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the packs in a transaction; one change at a time, all of it or nothing.

    Raises:
        PackError: another change takes too long, or the file cannot be written.
    """
    from filelock import FileLock, Timeout

    path = packs_path(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_WAIT_S):
            new = not path.exists()
            try:
                with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=30.0)) as connection:
                    connection.executescript("PRAGMA page_size = 16384; PRAGMA cache_size = -100000")
                    connection.execute("BEGIN IMMEDIATE")
                    try:
                        yield connection
                        connection.execute("COMMIT")
                    except BaseException:
                        # A full disk has ended the transaction already.
                        if connection.in_transaction:
                            connection.execute("ROLLBACK")
                        raise
            except BaseException:
                if new:
                    with contextlib.suppress(OSError):
                        path.unlink(missing_ok=True)
                raise
    except Timeout as error:
        raise PackError("another import has been at work for ten minutes: try later", path=path) from error
    except sqlite3.Error as error:
        raise PackError(f"cannot be written ({error}); the packs are as they were", path=path) from error
    except OSError as error:
        raise PackError(f"cannot be written: {error.strerror or error}", path=path) from error


def kept_packs(connection: sqlite3.Connection, codes: Sequence[str]) -> list[Pack]:
    """The packs of all other countries, as they were added."""
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'packs'").fetchone()[0]:
        return []
    layer = Layer(lambda: connection)
    packs = []
    for row in connection.execute("SELECT country, source, fetched, places, names FROM packs").fetchall():
        info = PackInfo(*row)
        if info.country in codes:
            continue
        # Places at sea have no country: they come from the pack of the seas.
        country = "" if info.country == SEAS else info.country
        keys = connection.execute("SELECT pk FROM places WHERE country = ?", (country,)).fetchall()
        entries = [entry for (pk,) in keys if (entry := layer.entry(pk)) is not None]
        divisions = connection.execute(
            "SELECT country, code, pk FROM divisions WHERE country = ?", (country,)
        ).fetchall()
        packs.append(Pack(info, Dump(entries, divisions)))
    return packs


def write_packs(connection: sqlite3.Connection, kept: Sequence[Pack], added: Sequence[Pack]) -> None:
    """Write all packs and the index over them, in the caller's transaction."""
    from mapgen.gazetteer.sources.countries import transliterated_countries

    for table in (*_LAYER_TABLES, "packs"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    create_tables(connection)
    for statement in query("packs").split(";"):
        connection.execute(statement)
    entries: dict[int, Entry] = {}
    for pack in (*kept, *added):
        connection.execute("INSERT INTO packs VALUES (?, ?, ?, ?, ?)", pack.info)
        connection.executemany("INSERT OR REPLACE INTO divisions VALUES (?, ?, ?)", pack.dump.divisions)
        entries |= {entry.pk: entry for entry in pack.dump.entries}
    longest = write_entries(connection, list(entries.values()), transliterated=transliterated_countries())
    meta = {"longest": longest, "places": len(entries), "form": _form()}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, json.dumps(value)) for key, value in meta.items()])
