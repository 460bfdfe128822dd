"""Lines of corpus files: plain or gzipped UTF-8; what cannot be read is an error that names file and line."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.languages import available
from mapgen.messages import msg, reason_of

__all__ = ["head", "language_of", "lines", "stem", "text_of"]

_HEAD = 64 * 1024


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers, counted from 1, without their ends.

    Raises:
        DocumentError: the file is missing, cannot be unpacked, or a line is not UTF-8.
    """
    number = 0
    try:
        with path.open("rb") as raw, _unpacked(path, raw) as stream:
            for number, line in enumerate(stream, start=1):
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                yield number, text.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DocumentError(
            msg("is not UTF-8 ({reason}); save it as UTF-8", reason=error.reason), path=path, line=number
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DocumentError(msg("cannot be unpacked: {error}", error=error), path=path, line=number + 1) from error
    except OSError as error:
        raise DocumentError(msg("cannot be read: {reason}", reason=reason_of(error)), path=path) from error


def _unpacked(path: Path, raw: io.BufferedReader) -> io.BufferedIOBase:
    return gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw


def text_of(path: Path) -> str:
    """Return the whole text of a file, its line ends as they are: offsets count from its first code point.

    Raises:
        DocumentError: the file is missing or not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError(
            msg("is not UTF-8 ({reason}); save it as UTF-8", reason=error.reason), path=path, line=line
        ) from error
    except OSError as error:
        raise DocumentError(msg("cannot be read: {reason}", reason=reason_of(error)), path=path) from error


def head(path: Path) -> list[str]:
    """Return the lines at the beginning of a file, enough to recognise its format; what is not UTF-8 is replaced.

    Raises:
        DocumentError: the file is missing or cannot be unpacked.
    """
    try:
        with path.open("rb") as raw, _unpacked(path, raw) as stream:
            return stream.read(_HEAD).decode("utf-8-sig", "replace").splitlines()
    except (EOFError, zlib.error, OSError) as error:
        raise DocumentError(msg("cannot be read: {error}", error=error), path=path) from error


def stem(path: Path) -> str:
    """Return the name of a file up to its first dot: "wikigold-en.test.jsonl.gz" -> "wikigold-en"."""
    return path.name.partition(".")[0]


def language_of(path: Path) -> str:
    """Return the ISO 639-1 code in a file's name, or "".

    It is at the end ("wikigold-en.test.jsonl.gz", "fr.txt"); a language that mapgen knows also at the beginning
    ("fr-notices.txt").
    """
    parts = stem(path).replace("_", "-").split("-")
    if len(parts[-1]) == 2 and parts[-1].isalpha() and parts[-1].islower():
        return parts[-1]
    return parts[0] if parts[0] in available() else ""
