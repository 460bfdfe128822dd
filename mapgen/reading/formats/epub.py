"""EPUB 2 and 3: the chapters in the order of the spine, each read as HTML.

The EPUB itself is read by the standard library: ebooklib, which is kept, has the AGPL.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats import html
from mapgen.reading.formats.base import Blocks, Content, Format, Source
from mapgen.reading.formats.container import checked_archive, is_archive_with, parsed_xml, read_part
from mapgen.reading.formats.xmltext import local

__all__ = ["FORMAT"]

_WHAT = msg("the EPUB")
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("obfuscation", "/embedding", "RC")  # fonts are scrambled in books that are not protected


def _read(source: Source) -> Content:
    with checked_archive(source.data, _WHAT) as archive:
        _refuse_protected(archive)
        path = next((str(each.get("full-path")) for each in _elements(archive, _CONTAINER, "rootfile")), "")
        data = read_part(archive, path, _WHAT)
        if not data:
            raise DocumentError(msg("{what} has no list of its chapters: it is damaged", what=_WHAT))
        package = parsed_xml(data, _WHAT)
        blocks = Blocks()
        number = 0
        for chapter in _chapters(package, posixpath.dirname(path)):
            text = html.page_text(decode(read_part(archive, chapter, _WHAT) or b" "))
            number += bool(text)
            blocks.add(text, Unit.CHAPTER, number)
    if not blocks.text:
        raise DocumentError(msg("{what} holds no text, perhaps only pictures of pages", what=_WHAT), kind="empty")
    return Content(
        text=blocks.text,
        title=_stated(package, "title"),
        date=_stated(package, "date"),
        language=_stated(package, "language"),
        addresses=blocks.addresses,
    )


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> list[Any]:
    data = read_part(archive, part, _WHAT)
    return [each for each in parsed_xml(data, _WHAT).iter() if local(each) == name] if data else []


def _refuse_protected(archive: zipfile.ZipFile) -> None:
    for method in _elements(archive, _ENCRYPTION, "EncryptionMethod"):
        algorithm = str(method.get("Algorithm") or "")
        if not any(word in algorithm for word in _FONTS):
            raise DocumentError(msg("{what} is protected against copying (DRM): give one that is not", what=_WHAT))


def _chapters(package: Any, folder: str) -> Iterator[str]:
    """Yield the parts of the spine in its order, without the table of contents."""
    items = {each.get("id"): each for each in package.iter() if local(each) == "item"}
    for reference in package.iter():
        item = items.get(reference.get("idref")) if local(reference) == "itemref" else None
        if item is None or "nav" in str(item.get("properties") or "").split():
            continue
        if "html" in str(item.get("media-type") or "html"):
            yield posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href") or ""))))


def _stated(package: Any, name: str) -> str:
    found = ("".join(each.itertext()) for each in package.iter() if local(each) == name)
    return " ".join(next(found, "").split())


FORMAT = Format(
    name="EPUB",
    suffixes=(".epub",),
    marks=lambda data: is_archive_with(data, _CONTAINER),
    read=_read,
    binary=True,
)
