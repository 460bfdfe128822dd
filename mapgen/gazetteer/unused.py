"""Gazetteers of other versions in the home: 70 MB each, deleted once this one works and they are out of use."""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

from mapgen.files import forget_left
from mapgen.gazetteer.stamps import forget_stamp

__all__ = ["UNUSED_DAYS", "forget_unused", "note_use"]

UNUSED_DAYS = 3
"""Two installed versions may take turns; one that has not been opened for so long is taken to be gone."""

_DAY_S = 86400.0
_BUILT = re.compile(r"gazetteer-[0-9a-f]{12}\.sqlite")


def note_use(path: Path) -> bool:
    """Note that a gazetteer is in use, as its time of change, which means nothing else; at most once a day.

    Returns:
        Whether it was noted, which is the time to look for those that are out of use.
    """
    with contextlib.suppress(OSError):  # a home that may only be read is fine
        if time.time() - path.stat().st_mtime > _DAY_S:
            os.utime(path)
            return True
    return False


def forget_unused(home: Path, *, keep: Path) -> tuple[Path, ...]:
    """Delete the built gazetteers of other versions that have not been used for `UNUSED_DAYS`, and their locks.

    One that is locked, because another version is building it, stays; so does one that the system holds on to
    because it is open. Where the system deletes open files, as POSIX does, whoever has it open keeps reading it.

    Args:
        home: the folder.
        keep: the gazetteer of this version.

    Returns:
        What was deleted.
    """
    from filelock import FileLock, Timeout

    gone: list[Path] = []
    for path in sorted(home.glob("gazetteer-*.sqlite")):
        if path == keep or not _BUILT.fullmatch(path.name) or not _unused(path):
            continue
        lock = Path(f"{path}.lock")
        with contextlib.suppress(OSError, Timeout), FileLock(lock, timeout=0):
            if _unused(path):
                forget_left(home, f".{path.stem}.*")
                forget_stamp(path)
                path.unlink()
                gone.append(path)
                lock.unlink(missing_ok=True)
    return tuple(gone)


def _unused(path: Path) -> bool:
    """Whether a file has neither been changed nor, as far as the system notes that, read for long enough."""
    stat = path.stat()
    return time.time() - max(stat.st_mtime, stat.st_atime) > UNUSED_DAYS * _DAY_S
