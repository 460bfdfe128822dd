"""Plain text, as it stands: nothing is altered, so that every offset leads back into the file."""

from __future__ import annotations

from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import Content, Format, Source

__all__ = ["FORMAT"]


def _no_mark(_: bytes) -> bool:
    """Plain text has no mark: it is what remains."""
    return False


def _read(source: Source) -> Content:
    return Content(text=decode(source.data, encoding=source.encoding), faithful=True)


FORMAT = Format(
    name="plain text",
    suffixes=(".txt", ".text"),
    marks=_no_mark,
    read=_read,
)
