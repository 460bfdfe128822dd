"""Office documents and books are ZIP archives of XML: opened and parsed within bounds of size, depth and expansion."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any

from mapgen.errors import DocumentError
from mapgen.messages import msg

__all__ = ["checked_archive", "is_archive_with", "parsed_xml", "read_part"]

_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_UNPACKED = 400 * 2**20
_LARGEST_PART = 80 * 2**20
_MOST_PARTS = 20_000
_BOUND = msg("more than is read: divide it")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def is_archive_with(data: bytes, name: str, *, content: bytes = b"") -> bool:
    """Say whether `data` is a ZIP archive with a part of that name, which begins with `content`."""
    if not data.startswith(_ARCHIVE) or name.encode() not in data:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if name not in archive.namelist():
                return False
            if not content:
                return True
            with archive.open(name) as part:
                return part.read(len(content)) == content
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return False


def checked_archive(data: bytes, what: str) -> zipfile.ZipFile:
    """Open an archive.

    Args:
        data: the file.
        what: as a message names it ("the .docx file").

    Raises:
        DocumentError: it is damaged, encrypted, or would unpack to more than is read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DocumentError(msg("{what} is damaged: it is no whole archive", what=what)) from error
    size = sum(entry.file_size for entry in entries)
    if size > _MOST_UNPACKED or len(entries) > _MOST_PARTS:
        raise DocumentError(
            msg(
                "{what} unpacks to {size:.0f} MB in {count} parts, {bound}",
                what=what,
                size=size / 2**20,
                count=len(entries),
                bound=_BOUND,
            )
        )
    for entry in entries:
        if entry.file_size > _LARGEST_PART and entry.filename.endswith((".xml", ".xhtml", ".html", ".rels")):
            raise DocumentError(
                msg(
                    "{what} unpacks to more than {limit:.0f} MB in one part, {bound}",
                    what=what,
                    limit=_LARGEST_PART / 2**20,
                    bound=_BOUND,
                )
            )
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(msg("{what} is protected by a password: save it without one", what=what))
    return archive


def read_part(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    """Return the bytes of a part of an archive; b"" where there is none of that name.

    Raises:
        DocumentError: it is damaged, or larger than is read.
    """
    try:
        size = archive.getinfo(name).file_size
    except KeyError:
        return b""
    if size > _LARGEST_PART:
        raise DocumentError(
            msg(
                "{what} unpacks to more than {limit:.0f} MB in {name}, {bound}",
                what=what,
                limit=_LARGEST_PART / 2**20,
                name=name,
                bound=_BOUND,
            )
        )
    try:
        return archive.read(name)
    except Exception as error:  # zlib.error, BadZipFile, EOFError, NotImplementedError, RuntimeError
        raise DocumentError(
            msg("{what} is damaged in {name} ({error})", what=what, name=name, error=type(error).__name__)
        ) from error


def parsed_xml(data: bytes, what: str) -> Any:
    """Return the root element of an XML document; entities that it declares, and those of HTML, are replaced.

    Raises:
        DocumentError: it is not well formed, nested deeper than 256 elements, or its entities multiply.
    """
    from lxml import etree  # type: ignore[import-untyped]

    if b"<!DOCTYPE" not in data[:5000]:
        data = _ENTITY.sub(_letter, data)
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            msg(
                "{what} cannot be read, its XML is not well formed ({reason})",
                what=what,
                reason=str(error.msg or error)[:120],
            )
        ) from error
    except ValueError as error:
        raise DocumentError(
            msg("{what} cannot be read, its XML is broken ({error})", what=what, error=str(error)[:120])
        ) from error
    if root is None:
        raise DocumentError(msg("{what} is empty", what=what))
    return root


def _letter(entity: re.Match[bytes]) -> bytes:
    """Return the letter of an entity of HTML, which XML does not know, as a reference by its number."""
    if entity[1] in _OF_XML:
        return entity[0]
    letters = html.unescape(entity[0].decode("ascii"))
    return entity[0] if letters.startswith("&") else "".join(f"&#{ord(letter)};" for letter in letters).encode()
