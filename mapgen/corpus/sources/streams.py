"""Opens files by path or address (fsspec), decompressed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from mapgen.corpus.extras import needed
from mapgen.errors import DocumentError
from mapgen.messages import msg, reason_of
from mapgen.reading.reader import MAX_BYTES

__all__ = ["BROKEN", "LONGEST_LINE", "lines_from", "open_binary", "plain_name", "skip"]

COMPRESSED = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
"""Ends of names of compressed files."""

LONGEST_LINE = 2 * MAX_BYTES
"""Bytes of the longest line that is kept in memory."""

BROKEN = (EOFError, OSError, zlib.error)
"""What reading of a damaged or unreadable file raises."""

_BUFFER = 1 << 16


def plain_name(path: str) -> str:
    """Return the name of a file without the end that tells its compression."""
    name = PurePosixPath(path.replace("\\", "/")).name
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and f".{suffix.lower()}" in COMPRESSED else name


@contextmanager
def open_binary(path: str) -> Iterator[BinaryIO]:
    """Open a file to read its decompressed bytes.

    Raises:
        DocumentError: it cannot be opened.
    """
    kind = COMPRESSED.get("." + path.rpartition(".")[2].lower())
    try:
        stored = needed("fsspec").open(path, "rb").open()
    except (OSError, ValueError) as error:
        raise DocumentError(msg("it cannot be read ({reason})", reason=reason_of(error)), path=path) from error
    with stored:
        if kind is None:
            # Files of object stores read no line of a limited length themselves.
            yield io.BufferedReader(stored, _BUFFER)
        elif kind == "gzip":
            with gzip.GzipFile(fileobj=stored) as unpacked:
                yield cast(BinaryIO, io.BufferedReader(unpacked, _BUFFER))
        else:
            pa = needed("pyarrow")
            with pa.CompressedInputStream(pa.PythonFile(stored, "r"), "zstd") as unpacked:
                yield cast(BinaryIO, io.BufferedReader(unpacked, _BUFFER))


def skip(stream: BinaryIO, start: int) -> None:
    """Go to a byte: by a seek where the file allows one, else by reading up to it."""
    if stream.seekable():
        stream.seek(start)
        return
    left = start
    while left > 0:
        block = stream.read(min(left, _BUFFER))
        if not block:
            return
        left -= len(block)


def lines_from(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a stream; None for a line longer than `LONGEST_LINE`, of which the rest is left out."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_BUFFER)) and not rest.endswith(b"\n"):
            pass
        yield None
