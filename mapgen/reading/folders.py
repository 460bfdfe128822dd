"""The texts in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.messages import msg, msg_count, reason_of
from mapgen.reading.formats import SUFFIXES

__all__ = ["text_files"]

_OWN_PAGE = b'<meta name="generator" content="mapgen">'


def text_files(names: Iterable[str], *, recursive: bool = False, results: str = "") -> tuple[list[str], list[str]]:
    """Return the files that are meant by `names`, and one line on each folder in which files were left out.

    A folder stands for the files in it whose names end as those of a format that is read, in the order of their names;
    hidden files and folders and maps of mapgen are left out, and links to folders are not followed.

    Args:
        names: files, which stay as they are, and folders; "-" is standard input.
        recursive: whether the folders inside count too.
        results: a folder inside that results are written to, or "": nothing in it is a text.

    Raises:
        DocumentError: a folder cannot be read or holds no such file.
    """
    files: list[str] = []
    notes: list[str] = []
    for name in names:
        folder = Path(name)
        if name == "-" or not _is_folder(folder):
            files.append(name)
            continue
        inner = results if results and _lies_in(Path(results), folder) else ""
        found = [path for path in _files(folder, recursive=recursive) if not inner or not _lies_in(path, Path(inner))]
        taken = [str(path) for path in found if path.suffix.lower() in SUFFIXES and not _is_own_page(path)]
        if not taken:
            more = "" if recursive else msg("; --recursive reads the folders in it too")
            raise DocumentError(
                msg("this folder holds no file with a name of a text (.txt, .docx, …){more}", more=more), path=name
            )
        files += taken
        if len(taken) < len(found):
            left = len(found) - len(taken)
            notes.append(
                msg_count(
                    "{name}: {count} file was left out: its name is that of no text, or it is a map",
                    "{name}: {count} files were left out: their names are those of no texts, or they are maps",
                    left,
                    name=name,
                )
            )
    return files, notes


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(os.path.abspath(folder)) in Path(os.path.abspath(path)).parents  # noqa: PTH100 - ".." is resolved


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a zero byte in the name
        return False


def _is_own_page(path: Path) -> bool:
    """Say whether a file is a map that mapgen has made: pages of an earlier run may lie among the texts."""
    if path.suffix.lower() != ".html":
        return False
    with path.open("rb") as file:
        return _OWN_PAGE in file.read(2000)


def _files(folder: Path, *, recursive: bool) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise DocumentError(msg("it cannot be read ({reason})", reason=reason_of(error)), path=error.filename or folder)

    for path, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if recursive else []
        for name in sorted(names):
            file = Path(path, name)
            if not name.startswith(".") and file.is_file():
                yield file
