"""PDF, by pypdf: the text of every page in the order of the file."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mapgen.errors import DocumentError
from mapgen.reading.formats.base import Content, Format, Source

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["FORMAT"]

_SPACE = re.compile(r"\s+")


def _read(source: Source) -> Content:
    data = source.data
    import pypdf

    try:
        with _quiet():
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise DocumentError("the PDF is protected by a password: save it without one")
            text = _join(page.extract_text() for page in reader.pages)
            title = _title(reader, text)
    except DocumentError:
        raise
    except Exception as error:  # pypdf raises what it meets: KeyError, RecursionError, zlib.error and its own
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DocumentError(f"the PDF cannot be read ({detail})") from error
    if not text.strip():
        raise DocumentError(
            "the PDF holds no text, perhaps only scanned pages: run a text recognition (OCR) over it first"
        )
    return Content(text=text, title=title)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's log to itself for a while: it tells of every crooked object, and our users get one line or none."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _join(pages: Iterable[str]) -> str:
    """Return the text of the pages. Line ends stay: what they are, and what a hyphen before one is, is told later."""
    # Zero bytes come from broken fonts and mean nothing.
    return "\n".join(page.strip("\n") for page in pages).replace("\r\n", "\n").replace("\0", "")


def _title(reader: PdfReader, text: str) -> str:
    """Return the title that the file states, if its first page bears it: programs fill the field with file names."""
    metadata = reader.metadata
    stated = _SPACE.sub(" ", str(metadata.title or "") if metadata else "").strip()
    head = _SPACE.sub(" ", text[:4000]).casefold()
    return stated if stated and stated.casefold() in head else ""


FORMAT = Format(
    name="PDF",
    suffixes=(".pdf",),
    marks=lambda data: data[:1024].lstrip().startswith(b"%PDF-"),
    read=_read,
    binary=True,
)
