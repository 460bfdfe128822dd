"""The formats that can be read: one file each, one registry.

A new format is a new file with a `FORMAT`, and its name in the tuple below. The first whose mark stands in the bytes is
taken, then the first whose suffix fits, else plain text.
"""

from __future__ import annotations

from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.formats import (
    docx,
    epub,
    html,
    jsontext,
    latex,
    mail,
    markdown,
    odt,
    pdf,
    plain,
    rtf,
    subtitles,
    table,
    xml,
)
from mapgen.reading.formats.base import Content, Format, Source
from mapgen.reading.formats.foreign import refuse_foreign

__all__ = ["FORMATS", "SUFFIXES", "Content", "Format", "Source", "format_of"]

FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    docx.FORMAT,
    odt.FORMAT,
    epub.FORMAT,
    rtf.FORMAT,
    table.EXCEL,
    html.FORMAT,
    xml.FORMAT,
    jsontext.FORMAT,
    subtitles.FORMAT,
    mail.FORMAT,
    latex.FORMAT,
    table.CSV,
    markdown.FORMAT,
    plain.FORMAT,
)

SUFFIXES = frozenset(suffix for each in FORMATS for suffix in each.suffixes)
"""Ends of the names of files that can be read, lower case, with the dot."""


def format_of(source: Source) -> Format:
    """Return the format of a file: by its bytes, then by its name.

    Raises:
        DocumentError: it is a format that is known and not read.
    """
    for candidate in FORMATS:
        if candidate.marks(source.data):
            return candidate
    refuse_foreign(source.data)
    for candidate in FORMATS:
        if source.suffix in candidate.suffixes:
            if candidate.binary:
                raise DocumentError(
                    msg("its name ends in {suffix}, but it is not {name}", suffix=source.suffix, name=candidate.name)
                )
            return candidate
    return plain.FORMAT
