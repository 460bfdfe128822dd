"""The formats that can be read: one file each, one registry.

A new format is a new file with a `FORMAT`, and its name in the tuple below. The first whose mark stands in the bytes is
taken, then the first whose suffix fits, else plain text.
"""

from __future__ import annotations

from mapgen.errors import DocumentError
from mapgen.reading.formats import docx, html, pdf, plain
from mapgen.reading.formats.base import Content, Format

__all__ = ["FORMATS", "Content", "Format", "format_of"]

FORMATS: tuple[Format, ...] = (pdf.FORMAT, docx.FORMAT, html.FORMAT, plain.FORMAT)

# What people try, and what to do instead.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Office file (.doc): save it as .docx"),
    (b"{\\rtf", "it is RTF: save it as .docx or as plain text"),
    (b"PK\x03\x04", "it is an archive or an office document other than .docx: save it as .docx or as plain text"),
    (b"\x1f\x8b", "it is compressed (gzip): unpack it first"),
)


def format_of(data: bytes, suffix: str = "") -> Format:
    """Return the format of `data`.

    Args:
        data: the whole file.
        suffix: the end of its name (".html"), or "".

    Raises:
        DocumentError: it is a format that is known and not read.
    """
    suffix = suffix.lower()
    for candidate in FORMATS:
        if candidate.marks(data):
            return candidate
    for mark, message in _FOREIGN:
        if data.startswith(mark):
            raise DocumentError(message)
    for candidate in FORMATS:
        if suffix in candidate.suffixes:
            if candidate.binary:
                raise DocumentError(f"its name ends in {suffix}, but it is not {candidate.name}")
            return candidate
    return plain.FORMAT
