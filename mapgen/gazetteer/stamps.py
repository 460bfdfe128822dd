"""Tells whether a database of the gazetteer is as it was written: a stamp beside it holds its digest.

SQLite reads many damaged pages without an error and returns other values. Reading a whole file to compare it costs a
tenth of a second for 70 MB; size and time of change tell at no cost when that is not needed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mapgen.errors import GazetteerError, OutputError
from mapgen.files import write_aside
from mapgen.messages import msg

__all__ = ["BUSY", "damage_named", "forget_stamp", "is_busy", "is_sound", "stamp", "stamp_path"]

_LARGEST_CHECKED = 1 << 30
"""Bytes up to which a file without a stamp is read whole: above, that takes minutes."""


BUSY = msg("another process is changing it: try again when that has ended")
"""What is wrong with a file that is locked, and what to do."""
_WAIT_S = 30.0
"""Seconds that the look at a file waits while another process writes into it."""
_BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PRIMARY_CODE = 0xFF


class _Stamp(NamedTuple):
    """What is noted of a file; time of change in nanoseconds."""

    size: int
    changed: int
    digest: str


def stamp_path(path: Path) -> Path:
    """Return where the stamp of a file lies."""
    return Path(f"{path}.stamp")


def stamp(path: Path) -> None:
    """Note what a file is now: it has just been written, or found to be sound. A home that is read-only has no stamps.

    Raises:
        OSError: the file cannot be read.
    """
    status = path.stat()
    noted = _Stamp(status.st_size, status.st_mtime_ns, _digest(path))
    with contextlib.suppress(OutputError):
        write_aside(stamp_path(path), json.dumps(noted._asdict()) + "\n")


def is_busy(error: BaseException) -> bool:
    """Whether SQLite failed only because another connection holds the file; nothing is damaged then."""
    return (
        isinstance(error, sqlite3.OperationalError)
        and getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY_CODE in _BUSY_CODES
    )


def forget_stamp(path: Path) -> None:
    """Remove the stamp of a file that is going to be changed or deleted.

    Raises:
        OSError: it cannot be removed.
    """
    stamp_path(path).unlink(missing_ok=True)


def is_sound(path: Path, *, changing: bool) -> bool:
    """Whether a database is as it was written, as far as its stamp tells; SQLite is asked where it has none.

    Args:
        path: the file, which must be there.
        changing: whether other processes change the file in place, so that only they may note what it is.

    Raises:
        OSError: the file cannot be read.
    """
    noted = _noted(path)
    if noted is None:
        if path.stat().st_size > _LARGEST_CHECKED:
            return True
        sound = _checked(path)
        if sound and not changing:
            stamp(path)
        return sound
    status = path.stat()
    if (noted.size, noted.changed) == (status.st_size, status.st_mtime_ns):
        return True
    if noted.size == status.st_size and noted.digest == _digest(path):
        stamp(path)
        return True
    # A change by another process takes the stamp away first.
    return _noted(path) != noted and is_sound(path, changing=changing)


@contextlib.contextmanager
def damage_named(files: Sequence[Path]) -> Iterator[None]:
    """Turn an error of SQLite into one that names the file which is damaged.

    Args:
        files: the databases that are read, that which is built anew when it is missing first.

    Raises:
        GazetteerError: a database could not be read.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_busy(error):  # the embedded gazetteer is never changed, so it is not that which is held
            held = next((path for path in files[1:] if path.exists()), None)
            raise GazetteerError(BUSY, path=held) from error
        for path in files:
            if path.exists() and not _checked(path):
                with contextlib.suppress(OSError):
                    forget_stamp(path)  # so that the next run looks again
                remedy = (
                    msg("the next run builds it anew") if path == files[0] else msg("delete it and add the packs again")
                )
                raise GazetteerError(msg("is damaged: {remedy}", remedy=remedy), path=path) from error
        raise GazetteerError(msg("cannot be read: {error}", error=error), path=files[0] if files else None) from error


def _noted(path: Path) -> _Stamp | None:
    """The stamp of a file; None where there is none, or a broken one."""
    try:
        content = json.loads(stamp_path(path).read_bytes())
        return _Stamp(int(content["size"]), int(content["changed"]), str(content["digest"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(path: Path) -> bool:
    """Whether SQLite finds the structure of a database whole; an empty file is none."""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=_WAIT_S)) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            return bool(tables) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError as error:
        # A file that another process holds, or that may not be opened, is not damaged.
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            raise OSError(BUSY if is_busy(error) else str(error)) from error
        return False
    except UnicodeDecodeError:  # the report of the damage itself holds damaged text
        return False
