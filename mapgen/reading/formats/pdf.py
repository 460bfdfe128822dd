"""PDF, by pypdf: the text of every page in the order of the file."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mapgen.errors import DocumentError
from mapgen.reading.formats.base import Content, Format

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["FORMAT"]

# A word that the typesetter broke: lower case on both sides.
_BROKEN = re.compile(r"([^\W\d_]{1,40})-\n([^\W\d_]{1,40})")
_SPACE = re.compile(r"\s+")


def _read(data: bytes, _encoding: str) -> Content:
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
    text = "\n".join(page.strip("\n") for page in pages)
    # Zero bytes come from broken fonts and mean nothing.
    text = text.replace("\r\n", "\n").replace("\0", "")
    return _mend(text)


def _mend(text: str) -> str:
    """Join words broken at the end of a line; "Deir-" + "ez-Zor" keeps its hyphen if the text has it elsewhere."""
    whole = {f"{left}-{right}" for left, right in re.findall(r"([^\W\d_]{1,40})-(?=([^\W\d_]{1,40}))", text)}

    def join(match: re.Match[str]) -> str:
        left, right = match.groups()
        if f"{left}-{right}" in whole or not right[0].islower():
            return f"{left}-{right}"
        return left + right

    return _BROKEN.sub(join, text)


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
