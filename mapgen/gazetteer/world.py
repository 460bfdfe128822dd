"""The pack of the whole world: GeoNames' allCountries and alternateNamesV2, twelve million places, streamed.

It is a layer of its own, `world.sqlite`, below the packs of single countries: written aside and renamed, never half of
it. The two tables are first dealt into files by runs of GeoNames ids, so that one run of places and its names is in
memory at a time. On the disk they take five gigabytes while the pack is made, and four afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from mapgen.errors import PackError
from mapgen.files import forget_left, home_directory
from mapgen.gazetteer.archives import DAMAGED, checked_member
from mapgen.gazetteer.building import no_collection, open_for_building
from mapgen.gazetteer.dumps import DUMP_COLUMNS, NAME_COLUMNS, Dump, DumpReader, table
from mapgen.gazetteer.fetching import OFFICIAL, Tell, fetch, locate
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.name_index import NameIndex
from mapgen.gazetteer.packfetch import FETCHING, fetch_codes, forget_files, read_codes, side_by_side
from mapgen.gazetteer.packfile import PackInfo, code_mark, damaged, sound
from mapgen.gazetteer.sql import query
from mapgen.gazetteer.stamps import forget_stamp, stamp
from mapgen.gazetteer.writer import Progress, create_tables, write_places
from mapgen.messages import msg

__all__ = ["WORLD", "add_world", "open_world", "remove_world", "world_info", "world_path"]

WORLD = "world"
"""The name of the pack on the command line and among the packs."""
_DUMP, _NAMES = "allCountries", "alternateNamesV2"
_REMEDY = msg("mapgen gazetteer remove world deletes it")
_SCRATCH = ".world."
_RUN_BITS = 16
"""Places with ids that differ in these bits alone are read at once: 65,536 ids."""
_RUNS = 220
"""Files that the tables are dealt into, all open at once; ids beyond the last run go into it."""
_BLOCK = 1 << 24
"""Bytes of a table that are dealt at once."""


def world_path(home: Path) -> Path:
    """Return where the pack of the world is, if there is one."""
    return home / "world.sqlite"


def open_world(home: Path) -> tuple[Layer | None, str]:
    """Open the layer of the world.

    Returns:
        The layer, or None where there is none that this version can read; and a line that says so, or "".

    Raises:
        PackError: the file is damaged.
    """
    path = world_path(home)
    if not path.exists():
        return None, ""
    if not sound(path, changing=False):
        raise damaged(path, _REMEDY)
    layer = Layer.open(path, immutable=True)
    try:
        if layer.meta().get("form") == code_mark():
            return layer, ""
    except sqlite3.Error as error:
        layer.close()
        raise damaged(path, _REMEDY) from error
    layer.close()
    return None, msg(
        "the pack of the world is of another version and not used: mapgen gazetteer add world makes it anew"
    )


def world_info(home: Path) -> PackInfo | None:
    """Return what is known of the pack of the world, or None where there is none that can be used."""
    layer, _ = open_world(home)
    if layer is None:
        return None
    with contextlib.closing(layer):
        meta = layer.meta()
    return PackInfo(WORLD, str(meta["source"]), str(meta["fetched"]), int(meta["places"]), int(meta["names"]))


def remove_world(*, home: Path | None = None) -> bool:
    """Delete the pack of the world; return whether there was one."""
    path = world_path(home if home is not None else home_directory())
    if not path.exists():
        return False
    forget_stamp(path)
    path.unlink()
    return True


def add_world(*, source: str | Path = OFFICIAL, home: Path | None = None, progress: Progress | None = None) -> PackInfo:
    """Fetch the tables of the whole world and make them a layer; one that is there is replaced.

    Args:
        source: URL of a mirror, or a folder, laid out as GeoNames' `export/dump`: `allCountries.zip`,
            `alternateNamesV2.zip`, and the lists of codes; names and codes may be missing.
        home: folder of the gazetteer; `MAPGEN_HOME`, else the user's cache folder.
        progress: called with the step and the share of the whole.

    Raises:
        PackError: a file is out of reach, broken or malformed, or the disk is full. The gazetteer is as it was.
    """
    folder = home if home is not None else home_directory()
    tell = progress or (lambda what, share: None)  # noqa: ARG005
    downloads = folder / "downloads"
    base = locate(source, f"{_DUMP}.zip")
    jobs = [partial(_fetched, base, f"{name}.zip", downloads) for name in (_DUMP, _NAMES)]
    dump, names = side_by_side(jobs, (f"{_DUMP}.zip", f"{_NAMES}.zip"), tell)
    if dump is None:
        raise PackError(msg("holds no {dump}.zip", dump=_DUMP), path=base)
    lists = fetch_codes(base, downloads)
    try:
        info = _make(folder, dump, names, read_codes(lists), str(base), tell)
    except PackError:
        forget_files((dump, names), downloads)
        raise
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise PackError(
            msg("cannot be written ({reason}); the gazetteer is as it was", reason=reason), path=world_path(folder)
        ) from error
    forget_files((dump, names, *lists), downloads)
    tell(msg("done"), 1.0)
    return info


def _fetched(base: str | Path, name: str, downloads: Path, note: Tell) -> Path | None:
    return fetch(base, name, downloads, note, required=False)


def _make(
    home: Path, dump: Path, names: Path | None, codes: Mapping[str, tuple[int, str]], source: str, tell: Progress
) -> PackInfo:
    from filelock import FileLock

    path = world_path(home)
    home.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        stack.enter_context(FileLock(f"{path}.lock"))
        forget_left(home, f"{_SCRATCH}*")
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=home))
        stack.enter_context(no_collection())
        work = Path(scratch)
        tell(msg("dealing places"), FETCHING)
        places = _deal(dump, f"{_DUMP}.txt", DUMP_COLUMNS, 0, work / "places")
        tell(msg("dealing names"), FETCHING + 0.05)
        named = _deal(names, f"{_NAMES}.txt", NAME_COLUMNS, 1, work / "names") if names is not None else None
        aside = work / path.name
        with contextlib.closing(open_for_building(aside)) as connection:
            info = _write(connection, places, named, codes, source, work, tell)
        with aside.open("r+b") as file:
            os.fsync(file.fileno())
        forget_stamp(path)
        aside.replace(path)
        stamp(path)
    return info


def _deal(archive_path: Path, member: str, columns: int, id_column: int, folder: Path) -> list[Path]:
    """Deal the lines of a zipped table into files by runs of ids; the zip's checksum is verified on the way.

    Raises:
        PackError: the zip is damaged or holds no such table, or a line has other columns.
    """
    folder.mkdir()
    paths = [folder / str(run) for run in range(_RUNS)]
    tabs = columns - 1
    line_number = 0
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(path.open("wb", buffering=1 << 16)) for path in paths]
        for lines in _blocks(archive_path, member):
            for line in lines:
                line_number += 1
                if line.count(b"\t") != tabs:
                    found = line.count(b"\t") + 1
                    raise PackError(
                        msg("has {found} columns where {columns} belong", found=found, columns=columns),
                        path=archive_path.name,
                        line=line_number,
                    )
                id_ = line.split(b"\t", id_column + 1)[id_column]
                if not id_.isdigit():
                    raise PackError(
                        msg("is malformed: {id!r} is no GeoNames id", id=id_[:20]),
                        path=archive_path.name,
                        line=line_number,
                    )
                run = int(id_) >> _RUN_BITS
                files[min(run, _RUNS - 1)].write(line + b"\n")
    return paths


def _blocks(path: Path, member: str) -> Iterator[list[bytes]]:
    try:
        with zipfile.ZipFile(path) as archive, checked_member(archive, member, path.name) as table_file:
            rest = b""
            while block := table_file.read(_BLOCK):
                lines = (rest + block).split(b"\n")
                rest = lines.pop()
                yield lines
            if rest:
                yield [rest]
    except KeyError as error:
        raise PackError(msg("holds no {member}", member=member), path=path.name) from error
    except DAMAGED as error:
        raise PackError(msg("is damaged ({error}): fetch it again", error=error), path=path.name) from error


def _write(
    connection: sqlite3.Connection,
    places: Sequence[Path],
    names: Sequence[Path] | None,
    codes: Mapping[str, tuple[int, str]],
    source: str,
    work: Path,
    tell: Progress,
) -> PackInfo:
    from mapgen.gazetteer.sources.countries import transliterated_countries

    connection.execute("PRAGMA cache_size = -50000")
    create_tables(connection)
    connection.execute(query("packs"))
    connection.execute("BEGIN")
    reader = DumpReader(codes)
    counts: Counter[str] = Counter()
    spellings: Counter[str] = Counter()
    with NameIndex(transliterated_countries(), folder=work) as index:
        for run, path in enumerate(places):
            tell(msg("writing places"), FETCHING + 0.1 + 0.12 * run / _RUNS)
            cells = table(path.read_bytes(), DUMP_COLUMNS, _DUMP)
            path.unlink()
            others = table(names[run].read_bytes(), NAME_COLUMNS, _NAMES) if names is not None else None
            read = reader.read(cells, others, file_name=f"{_DUMP}.zip")
            _add(connection, index, read, counts, spellings)
        _add(connection, index, reader.missing(), counts, spellings)
        if not len(index):
            raise PackError(msg("holds no places"), path=f"{_DUMP}.zip")
        tell(msg("writing names"), FETCHING + 0.22)
        index.write(connection)
        total = len(index)
    fetched = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [(country, source, fetched, counts[country], spellings[country]) for country in sorted(counts) if country]
    connection.executemany("INSERT INTO packs VALUES (?, ?, ?, ?, ?)", rows)
    meta = {
        "places": total, "names": spellings.total(), "form": code_mark(), "source": source,
        "fetched": fetched,
    }  # fmt: skip
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, json.dumps(value)) for key, value in meta.items()])
    connection.execute("COMMIT")
    connection.execute("CREATE INDEX places_country ON places (country)")
    return PackInfo(WORLD, source, fetched, total, spellings.total())


def _add(
    connection: sqlite3.Connection, index: NameIndex, read: Dump, counts: Counter[str], spellings: Counter[str]
) -> None:
    columns = read.columns
    write_places(connection, columns, replace=True)
    connection.executemany("INSERT OR REPLACE INTO divisions VALUES (?, ?, ?)", read.divisions)
    counts.update(columns.country)
    for country, count in zip(columns.country, columns.name_count, strict=True):
        spellings[country] += count
    index.add(columns)
