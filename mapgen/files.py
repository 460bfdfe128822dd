"""The folder of mapgen's own files, and how files are written: aside first, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TextIO

from mapgen.errors import OptionError, OutputError
from mapgen.messages import msg, reason_of

try:
    import fcntl
except ImportError:  # Windows, where no other process can delete a file that is open
    fcntl = None  # type: ignore[assignment]

__all__ = ["check_outputs", "create_aside", "forget_left", "home_directory", "write_aside"]

_PREFIX = ".mapgen"
_swept: set[tuple[int, str]] = set()
"""Folders, each with the process, in which what killed runs have left has been looked for."""


def home_directory() -> Path:
    """Return the folder of gazetteer and caches: `MAPGEN_HOME`, else the user's cache folder (platformdirs)."""
    if override := os.environ.get("MAPGEN_HOME"):
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("mapgen", appauthor=False)


def write_aside(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` so that the file holds either its old content or all of the new one.

    Folders above `path` are made. Text is written as UTF-8 with its newlines untouched. A symbolic link is followed.
    What is no regular file (a device, a pipe, /dev/stdout) is written to, and never replaced.

    Raises:
        OutputError: the folder or the file cannot be written; an existing file is unchanged.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        status = _status(path)
        if status is not None and stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if status is not None and (stream := _standard_stream(path, status)) is not None:
            sys.stdout.flush()
            with os.fdopen(os.dup(stream), "wb") as file:
                file.write(data)
        elif status is not None and not stat.S_ISREG(status.st_mode):
            with path.open("wb", buffering=0) as device:
                device.write(data)
        else:
            _replace(target, data, status)
    except OSError as error:
        raise OutputError(msg("cannot be written: {reason}", reason=reason_of(error)), path=path) from error


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path | str]) -> None:
    """Refuse an output that is an input, by whatever path or link it is named.

    Args:
        outputs: files that are going to be written.
        inputs: files that are going to be read; "-" is standard input.

    Raises:
        OptionError: an output is an input; nothing has been read or written.
    """
    read: dict[tuple[int, int], Path | str] = {}
    for name in inputs:
        status = os.fstat(sys.stdin.fileno()) if str(name) == "-" and _has_file(sys.stdin) else _status(Path(name))
        # A terminal may be both: it is no file that could be lost.
        if status is not None and stat.S_ISREG(status.st_mode):
            read.setdefault((status.st_dev, status.st_ino), name)
    for output in outputs:
        status = _status(output)
        if status is not None and (name := read.get((status.st_dev, status.st_ino), "")):
            what = msg("standard input") if str(name) == "-" else str(name)
            raise OptionError(
                msg(
                    "the output {output} is the input {what}: name another file or folder with --output",
                    output=output,
                    what=what,
                )
            )


def create_aside(folder: Path, *, prefix: str = _PREFIX, suffix: str = "") -> Path:
    """Create an empty file in `folder`, with the mode that the umask leaves, and return its path.

    The name is short, as the name of the file that it becomes may be as long as the file system permits.

    Raises:
        OSError: the file cannot be created.
    """
    path = folder / f"{prefix}.{secrets.token_hex(6)}{suffix}"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    return path


def _status(path: Path) -> os.stat_result | None:
    """What the file system says of a path, links followed; None where nothing is there."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _has_file(stream: TextIO | None) -> bool:
    """Whether a stream of the process is open and belongs to a file descriptor."""
    try:
        return stream is not None and stream.fileno() >= 0
    except (OSError, ValueError):
        return False


def _standard_stream(path: Path, status: os.stat_result) -> int | None:
    """The descriptor of standard output or error where `path` names it (/dev/stdout, /dev/fd/2), else None.

    Such a path may lead to a regular file that the shell has opened: it must not be replaced, nor written from its
    beginning.
    """
    if path.absolute().parts[1:2] not in (("dev",), ("proc",)):
        return None
    for stream in (1, 2):
        try:
            if os.path.samestat(status, os.fstat(stream)):
                return stream
        except OSError:  # closed
            continue
    return None


def _replace(path: Path, data: bytes, status: os.stat_result | None) -> None:
    """Write a file aside and rename it to `path`; a new file gets the mode that the umask leaves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    with _held_aside(path.parent) as (aside, file):
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if status is not None:
            aside.chmod(stat.S_IMODE(status.st_mode))
        if fcntl is None:
            file.close()  # Windows renames no open file
        aside.replace(path)


@contextlib.contextmanager
def _held_aside(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file in `folder` that is locked while it is written, so that others see that it is no leftover."""
    while True:
        aside = create_aside(folder)
        try:
            with aside.open("wb") as file:
                if fcntl is not None:
                    with contextlib.suppress(OSError):  # a file system without locks
                        fcntl.flock(file, fcntl.LOCK_EX)
                    if not _is_open_at(file, aside):
                        continue  # another run took it for a leftover before it was locked
                yield aside, file
                return
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)


def _is_open_at(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _sweep(folder: Path) -> None:
    """Remove what killed runs have left aside in a folder: files that nobody holds. Once a folder and process."""
    key = (os.getpid(), str(folder.absolute()))
    if key in _swept:
        return
    _swept.add(key)
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_PREFIX}.{'[0-9a-f]' * 12}"):
            _remove_unheld(left)


def _remove_unheld(path: Path) -> None:
    with contextlib.suppress(OSError):
        if fcntl is None:
            path.unlink()
            return
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def forget_left(folder: Path, pattern: str) -> None:
    """Remove files and folders that killed runs have left; the caller holds the lock under which they are made.

    Args:
        folder: where they lie.
        pattern: of their names, as for `Path.glob`.
    """
    for left in folder.glob(pattern):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
