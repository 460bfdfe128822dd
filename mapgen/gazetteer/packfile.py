"""The file of the country packs: one layer over all of them, changed in one transaction."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from mapgen.errors import PackError
from mapgen.files import forget_left, home_directory
from mapgen.gazetteer.build import embedded_path, fingerprint
from mapgen.gazetteer.building import no_collection
from mapgen.gazetteer.dumps import SEAS, Dump
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.merging import Known, with_known
from mapgen.gazetteer.name_index import NameIndex
from mapgen.gazetteer.records import Columns
from mapgen.gazetteer.sql import query
from mapgen.gazetteer.stamps import BUSY, forget_stamp, is_busy, is_sound, stamp
from mapgen.gazetteer.writer import create_tables, write_places
from mapgen.messages import msg, reason_of

__all__ = [
    "Pack", "PackInfo", "changed", "code_mark", "damaged", "list_packs", "open_packs", "packs_path", "sound",
    "write_packs",
]  # fmt: skip

_WAIT_S = 600.0
_CHUNK = 20_000
"""Places that are indexed at once."""
_LAYER_TABLES = ("places", "names", "transliterations", "cells", "divisions", "countries", "meta")


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
    if not sound(path, changing=True):
        raise damaged(path, msg("delete it and add the packs again"))
    layer = None
    try:
        layer = Layer.open(path, immutable=False)
        tables = layer.connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'packs'").fetchone()[0]
        if not tables or not layer.connection.execute("SELECT count(*) FROM packs").fetchone()[0]:
            layer.close()
            return None
        if layer.meta().get("form") != _form(home):
            layer.close()
            with no_collection(), changed(home) as connection:
                write_packs(connection, home)
            layer = Layer.open(path, immutable=False)
    except sqlite3.Error as error:
        if layer is not None:
            layer.close()
        if is_busy(error):
            raise PackError(BUSY, path=path) from error
        raise damaged(path, msg("delete it and add the packs again")) from error
    return layer


def sound(path: Path, *, changing: bool) -> bool:
    """Whether a file of packs is as it was written (`stamps.is_sound`).

    Raises:
        PackError: it cannot be read.
    """
    try:
        return is_sound(path, changing=changing)
    except OSError as error:
        raise PackError(msg("cannot be read: {reason}", reason=reason_of(error)), path=path) from error


def damaged(path: Path, remedy: str) -> PackError:
    """The error for a damaged file of packs."""
    return PackError(msg("is damaged: {remedy}", remedy=remedy), path=path)


def _form(home: Path) -> str:
    """A mark that changes with what the index over the packs depends on: code, and the embedded gazetteer.

    The index ranks a place with what the embedded gazetteer says of it, where that has been built.
    """
    return f"{code_mark()} {fingerprint() if embedded_path(home).exists() else ''}"


@cache
def code_mark() -> str:
    """Return a mark that changes with the code that makes keys and rows."""
    digest = hashlib.sha256()
    folder = files("mapgen.gazetteer")
    for name in ("keys.py", "merging.py", "names.py", "records.py", "writer.py", "queries/schema.sql"):
        digest.update(folder.joinpath(*name.split("/")).read_bytes())
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
            forget_left(home, f"{NameIndex.PREFIX}*")
            forget_stamp(path)
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
            finally:
                if path.exists():
                    stamp(path)
    except Timeout as error:
        raise PackError(msg("another import has been at work for ten minutes: try later"), path=path) from error
    except sqlite3.Error as error:
        raise PackError(
            msg("cannot be written ({error}); the packs are as they were", error=error), path=path
        ) from error
    except OSError as error:
        raise PackError(msg("cannot be written: {reason}", reason=reason_of(error)), path=path) from error


def write_packs(
    connection: sqlite3.Connection, home: Path, *, replaced: Collection[str] = (), added: Iterable[Pack] = ()
) -> None:
    """Remove packs and add others, and write the index over all of them anew, in the caller's transaction.

    Args:
        connection: what `changed` gives.
        home: folder of the gazetteer.
        replaced: codes of packs that go.
        added: packs that come; each is let go before the next is taken.
    """
    from mapgen.gazetteer.sources.countries import transliterated_countries

    if not _has_table(connection, "packs"):
        for table in _LAYER_TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        create_tables(connection)
        connection.execute(query("packs"))
    for code in replaced:
        country = _country(code)
        for table, value in (("places", country), ("divisions", country), ("packs", code)):
            connection.execute(f"DELETE FROM {table} WHERE country = ?", (value,))  # noqa: S608 - three known tables
    for table in ("names", "transliterations", "cells", "meta"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - four known tables
    known = _embedded(home)
    with NameIndex(transliterated_countries(), folder=home) as index:
        kept = [code for (code,) in connection.execute("SELECT country FROM packs ORDER BY country").fetchall()]
        for code in kept:
            for columns in _stored(connection, _country(code)):
                index.add(with_known(columns, known(_country(code))))
        for pack in added:
            write_places(connection, pack.dump.columns, replace=True)
            connection.executemany("INSERT OR REPLACE INTO divisions VALUES (?, ?, ?)", pack.dump.divisions)
            connection.execute("INSERT INTO packs VALUES (?, ?, ?, ?, ?)", pack.info)
            index.add(with_known(pack.dump.columns, known(_country(pack.info.country))))
        index.write(connection)
        meta = {"places": len(index), "form": _form(home)}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, json.dumps(value)) for key, value in meta.items()])


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def _country(code: str) -> str:
    """The country of the places of a pack; those at sea have none."""
    return "" if code == SEAS else code


def _stored(connection: sqlite3.Connection, country: str) -> Iterator[Columns]:
    """The places of a pack that is there already, chunk by chunk."""
    rows = connection.execute(query("places_of_country"), (country,))
    while chunk := rows.fetchmany(_CHUNK):
        columns = Columns(*zip(*chunk, strict=True))
        yield columns._replace(names=[str(names).split("\n") if names else () for names in columns.names])


def _embedded(home: Path) -> Callable[[str], dict[int, Known]]:
    """What the embedded gazetteer says of the places of a country; nothing where it has not been built."""
    path = embedded_path(home)
    if not path.exists():
        return lambda country: {}  # noqa: ARG005

    def known(country: str) -> dict[int, Known]:
        with contextlib.closing(Layer.open(path, immutable=True)) as layer:
            rows = layer.connection.execute(query("known_of_country"), (country,))
            return {pk: Known(kind, population, count) for pk, kind, population, count in rows}

    return known
