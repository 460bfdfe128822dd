"""Finds the files of an input: a folder, a pattern, a file; local or at an address that fsspec knows. Always sorted."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mapgen.corpus.extras import needed
from mapgen.corpus.sources.base import Found
from mapgen.errors import DocumentError
from mapgen.messages import msg, reason_of

__all__ = ["found_files", "is_remote", "root_of"]

_MAGIC = re.compile(r"[*?[]")


def is_remote(path: str) -> bool:
    """Whether a path is an address of fsspec ("s3://bucket/key"); "file://" counts as one too."""
    return "://" in path


def root_of(given: str) -> str:
    """Return the folder that the names of documents are told from, with its separator at the end."""
    if is_remote(given):
        head = _MAGIC.split(given)[0]
        return head if head.endswith("/") else (head.rpartition("/")[0] + "/" if _is_one_file(given) else head + "/")
    given = _native(given)
    if Path(given).is_dir():
        return given.rstrip(os.sep) + os.sep
    folder = _MAGIC.split(given)[0].rpartition(os.sep)[0]
    return folder + os.sep if folder or given.startswith(os.sep) else ""


def found_files(given: str) -> Iterator[Found]:
    """Yield the files of an input in the order of their names; names that begin with a dot are left out.

    Args:
        given: a folder, a file, or a pattern with `*`, `?`, `[…]`, `**`.

    Raises:
        DocumentError: there is no such file or folder.
    """
    yield from _remote(given) if is_remote(given) else _local(_native(given))


def _native(path: str) -> str:
    """Return a local path with one separator: on Windows both may be written, and names are told from either."""
    return path.replace(os.altsep, os.sep) if os.altsep else path


def _local(given: str) -> Iterator[Found]:
    if Path(given).is_dir():
        yield from _folder(given)
    elif os.path.lexists(given):
        yield _found(given)
    elif _MAGIC.search(given):
        matches = sorted(path for path in glob.iglob(given, recursive=True) if not Path(path).is_dir())  # noqa: PTH207 - any pattern
        if not matches:
            raise DocumentError(msg("no file has such a name"), path=given)
        yield from map(_found, matches)
    else:
        raise DocumentError(msg("there is no such file or folder"), path=given)


def _folder(folder: str) -> Iterator[Found]:
    """The files below a folder; links to folders are not followed, as they may lead in a circle."""
    try:
        with os.scandir(folder) as entries:
            names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        raise DocumentError(
            msg("the folder cannot be read ({reason})", reason=reason_of(error)), path=folder
        ) from error
    for name, is_folder in names:
        path = folder.rstrip(os.sep) + os.sep + name
        if name.startswith("."):
            continue
        if is_folder:
            yield from _folder(path)
        elif not Path(path).is_dir():
            yield _found(path)


def _found(path: str) -> Found:
    try:
        status = Path(path).stat()
    except OSError:
        return Found(path=path, size=0, stamp="missing", regular=False)
    regular = stat.S_ISREG(status.st_mode)
    return Found(
        path=path,
        size=status.st_size if regular else 0,
        stamp=f"{status.st_size}-{status.st_mtime_ns}",
        regular=regular,
    )


def _remote(given: str) -> Iterator[Found]:
    system, path = needed("fsspec").core.url_to_fs(given)
    if _MAGIC.search(path):
        infos = system.glob(path, detail=True)
    elif system.isdir(path):
        infos = system.find(path, detail=True)
    elif system.exists(path):
        infos = {path: system.info(path)}
    else:
        raise DocumentError(msg("there is no such file or folder"), path=given)
    for name, info in sorted(infos.items()):
        if info.get("type") == "file" and not name.rpartition("/")[2].startswith("."):
            yield Found(path=system.unstrip_protocol(name), size=int(info.get("size") or 0), stamp=_stamp(info))


def _stamp(info: dict[str, Any]) -> str:
    changed = next((info[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if info.get(key)), "")
    return f"{info.get('size')}-{changed}"


def _is_one_file(given: str) -> bool:
    system, path = needed("fsspec").core.url_to_fs(given)
    return bool(system.isfile(path))
