"""Word (.docx), transitional and strict: paragraphs, lists, tables and text boxes in the order of the document.

Foot- and endnotes follow the text, each with the address of the paragraph that refers to it; headers and footers come
once, at the end. Text that a reviewer has inserted counts, text that one has deleted does not: what stands there if all
is accepted. Parts are found by their relationships (ECMA-376, part 2), elements by their local names: python-docx reads
neither strict files nor notes.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.formats.base import Blocks, Content, Format, Source
from mapgen.reading.formats.container import checked_archive, parsed_xml, read_part
from mapgen.reading.formats.xmltext import Vocabulary, local, paragraphs, words

__all__ = ["FORMAT"]

_WHAT = msg("the .docx file")
_WORD = Vocabulary(
    paragraphs=frozenset(("p",)),
    # Deleted passages, comments' marks, and the second copy of a text box that old programs are given.
    skipped=frozenset("del moveFrom Fallback instrText delText delInstrText rPr pPr sectPr".split()),  # noqa: SIM905
    signs={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"},
    texts=frozenset(("t",)),
)
_TITLES = frozenset(("Title", "Titre", "Titel", "Ttulo", "Titolo"))
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_LIKELY_MAIN = "word/document.xml"


class _Package:
    """The parts of a file by their relationships."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}

    def related(self, part: str) -> list[tuple[str, str]]:
        """Return the kind and the name of each part that `part` refers to; "" is the package itself."""
        folder, name = posixpath.split(part)
        data = self._data(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: list[tuple[str, str]] = []
        for each in parsed_xml(data, _WHAT) if data else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target") or ""))
                found.append((str(each.get("Type") or "").rpartition("/")[2], target.lstrip("/")))
        return found

    def xml(self, part: str) -> Any:
        """Return the root of a part, or None where there is none."""
        data = self._data(part)
        return parsed_xml(data, f"{_WHAT} ({part})") if data else None

    def _data(self, part: str) -> bytes:
        return read_part(self._archive, self._names.get(part.casefold(), part), _WHAT)


def _read(source: Source) -> Content:
    with checked_archive(source.data, _WHAT) as archive:
        package = _Package(archive)
        top = package.related("")
        main = next((name for kind, name in top if kind == "officeDocument"), _LIKELY_MAIN)
        root = package.xml(main)
        if root is None:
            raise DocumentError(msg("{what} has no main part: open and save it again", what=_WHAT))
        blocks = Blocks()
        title, referring = _add_body(blocks, root)
        related = package.related(main)
        for kind, name in related:
            if kind in _NOTES:
                _add_notes(blocks, package.xml(name), referring)
        _add_edges(blocks, (package.xml(name) for kind, name in related if kind in ("header", "footer")))
        stated = next((package.xml(name) for kind, name in top if kind == "core-properties"), None)
    if not blocks.text:
        raise DocumentError(msg("{what} holds no text", what=_WHAT), kind="empty")
    return Content(text=blocks.text, title=title or _stated_title(stated), addresses=blocks.addresses)


def _add_body(blocks: Blocks, root: Any) -> tuple[str, dict[tuple[str, str], int]]:
    """Add the paragraphs of the text; return the one in the style of a title, and where notes are referred to."""
    title = ""
    referring: dict[tuple[str, str], int] = {}
    number = 0
    for paragraph, text in paragraphs(root, _WORD):
        if not text.strip():
            continue
        number += 1
        blocks.add(text, Unit.PARAGRAPH, number)
        if not title and number <= 20 and _style(paragraph) in _TITLES:
            title = " ".join(text.split())
        for element in paragraph.iter():
            if local(element) in _NOTES.values():
                referring.setdefault((local(element), _attribute(element, "id")), number)
    return title, referring


def _add_notes(blocks: Blocks, root: Any, referring: dict[tuple[str, str], int]) -> None:
    for note in () if root is None else root:
        if _attribute(note, "type") in _SEPARATORS:
            continue
        number = referring.get((f"{local(note)}Reference", _attribute(note, "id")))
        for _, text in paragraphs(note, _WORD):
            blocks.add(text.strip(), Unit.PARAGRAPH if number else Unit.NOTE, number or _attribute(note, "id"))


def _add_edges(blocks: Blocks, roots: Iterator[Any]) -> None:
    """Add what headers and footers say, each line once; page numbers are none."""
    texts = (text.strip() for root in roots if root is not None for _, text in paragraphs(root, _WORD))
    for number, text in enumerate(dict.fromkeys(text for text in texts if any(map(str.isalpha, text))), start=1):
        blocks.add(text, Unit.EDGE, number)


def _style(paragraph: Any) -> str:
    properties = next((each for each in paragraph if local(each) == "pPr"), ())
    return next((_attribute(each, "val") for each in properties if local(each) == "pStyle"), "")


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _stated_title(root: Any) -> str:
    everything = Vocabulary(paragraphs=frozenset())
    titles = (words(each, everything) for each in (() if root is None else root) if local(each) == "title")
    return " ".join(next(titles, "").split())


def _marks(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and b"word/" in data and b"xl/workbook" not in data


FORMAT = Format(name="Word (.docx)", suffixes=(".docx", ".docm", ".dotx"), marks=_marks, read=_read, binary=True)
