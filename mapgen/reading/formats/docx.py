"""Word (.docx), by python-docx: paragraphs, lists, tables and text boxes in the order of the document.

Text that a reviewer has inserted counts, text that one has deleted does not: what stands there if all is accepted.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mapgen.errors import DocumentError
from mapgen.reading.formats.base import Content, Format, Source

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["FORMAT"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Deleted passages, and the second copy of a text box that old programs are given.
_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}instrText", f"{_W}delText"))
_MAX_UNPACKED = 400 * 2**20


def _read(source: Source) -> Content:
    data = source.data
    import docx

    _check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(paragraph for paragraph in _paragraphs(document.element.body) if paragraph.strip())
        title = _title(document)
    except Exception as error:  # a broken package surfaces as KeyError, ValueError, lxml's and python-docx's own errors
        raise DocumentError(
            f"the .docx file cannot be read ({type(error).__name__}): open and save it again"
        ) from error
    if not text:
        raise DocumentError("the .docx file holds no text", kind="empty")
    return Content(text=text, title=title)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise DocumentError("the .docx file is damaged: it is no whole archive") from error
    if size > _MAX_UNPACKED:
        raise DocumentError(f"the .docx file unpacks to {size / 2**20:.0f} MB, more than is read")


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the text of each paragraph; one inside a text box comes after the one that holds the box."""
    for paragraph in body.iter(f"{_W}p"):
        if not any(above.tag in _SKIPPED for above in paragraph.iterancestors()):
            yield "".join(_runs(paragraph))


def _runs(paragraph: Any) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _TEXT:
            yield _TEXT[element.tag]
        elif element.tag not in _SKIPPED and element.tag != f"{_W}p":
            stack.extend(reversed(element))


def _title(document: WordDocument) -> str:
    """Return the paragraph in the style "Title", else the title in the properties."""
    for paragraph in document.paragraphs[:20]:
        style = paragraph.style
        if style is not None and style.style_id == "Title" and paragraph.text.strip():
            return " ".join(paragraph.text.split())
    return " ".join((document.core_properties.title or "").split())


FORMAT = Format(
    name="Word (.docx)",
    suffixes=(".docx", ".docm"),
    marks=lambda data: data.startswith(b"PK\x03\x04") and b"word/document.xml" in data,
    read=_read,
    binary=True,
)
