"""Tables in zip archives from elsewhere: damaged, encrypted and overpacked ones are told."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import IO

from mapgen.errors import PackError
from mapgen.messages import msg

__all__ = ["DAMAGED", "checked_member"]

_LARGEST_UNCHECKED, _MOST_PACKED = 16 << 20, 100
"""Bytes up to which a table may be packed as densely as it likes, and how many times a larger one may be packed: those
of GeoNames are packed three to six times."""

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
"""Errors of the standard library for a zip that is damaged, encrypted or packed in a way that it does not know."""


def checked_member(archive: zipfile.ZipFile, member: str, file_name: str) -> IO[bytes]:
    """Open a table in a zip.

    Raises:
        KeyError: there is no such table.
        PackError: it says that it is encrypted, or unpacks to more than any table of text does.
    """
    info = archive.getinfo(member)
    if info.flag_bits & 1:
        raise PackError(msg("is encrypted: GeoNames' files are not"), path=file_name)
    if info.file_size > _LARGEST_UNCHECKED and info.file_size > _MOST_PACKED * max(1, info.compress_size):
        raise PackError(
            msg(
                "unpacks to {file_size:,} bytes from {compress_size:,}: it is no table of places",
                file_size=info.file_size,
                compress_size=info.compress_size,
            ),
            path=file_name,
        )
    return archive.open(info)
