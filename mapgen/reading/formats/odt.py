"""OpenDocument text (.odt, and .fodt, which is one XML file), by lxml: OASIS OpenDocument 1.3.

Notes follow the text, with the address of the paragraph that refers to them; headers and footers come once, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.formats.base import Blocks, Content, Format, Source
from mapgen.reading.formats.container import checked_archive, is_archive_with, parsed_xml, read_part
from mapgen.reading.formats.xmltext import Vocabulary, local, paragraphs

__all__ = ["FORMAT"]

_WHAT = msg("the .odt file")
_MIMETYPE = b"application/vnd.oasis.opendocument.text"


def _spaces(element: Any) -> str:
    count = next((value for key, value in element.attrib.items() if key.endswith("}c")), "1")
    return " " * min(int(count), 100) if count.isdigit() else " "


_SIGNS: Mapping[str, str | Callable[[Any], str]] = {"s": _spaces, "tab": "\t", "line-break": "\n"}
_NAMES = frozenset(("p", "h"))
_ASIDE = frozenset("annotation tracked-changes note-citation tracked-changes forms desc title ruby-text".split())  # noqa: SIM905
_TEXT = Vocabulary(paragraphs=_NAMES, skipped=_ASIDE | {"note"}, signs=_SIGNS)
_INSIDE = Vocabulary(paragraphs=_NAMES, skipped=_ASIDE, signs=_SIGNS)


def _read(source: Source) -> Content:
    if source.data.startswith(b"PK"):
        with checked_archive(source.data, _WHAT) as archive:
            roots = [
                parsed_xml(data, _WHAT) if (data := read_part(archive, name, _WHAT)) else None
                for name in ("content.xml", "styles.xml", "meta.xml")
            ]
    else:
        roots = [parsed_xml(source.data, _WHAT)] * 3
    content, styles, meta = roots
    if content is None:
        raise DocumentError(msg("{what} has no text in it (content.xml): open and save it again", what=_WHAT))
    blocks = Blocks()
    notes: list[tuple[int, str]] = []
    number = 0
    for body in _named(content, "body"):
        for element, text in paragraphs(body, _TEXT):
            number += bool(text.strip())
            blocks.add(text, Unit.PARAGRAPH, number)
            for note in _named(element, "note-body"):
                notes += [(number, words) for _, words in paragraphs(note, _INSIDE)]
    for place, text in notes:
        blocks.add(text.strip(), Unit.PARAGRAPH, place)
    _add_edges(blocks, styles)
    if not blocks.text:
        raise DocumentError(msg("{what} holds no text", what=_WHAT), kind="empty")
    title = next((" ".join("".join(each.itertext()).split()) for each in _named(meta, "title")), "")
    return Content(text=blocks.text, title=title, addresses=blocks.addresses)


def _add_edges(blocks: Blocks, styles: Any) -> None:
    texts: dict[str, None] = {}
    for page in _named(styles, "master-page"):
        for edge in page:
            if local(edge).startswith(("header", "footer")):
                texts |= dict.fromkeys(text.strip() for _, text in paragraphs(edge, _INSIDE))
    for number, text in enumerate((text for text in texts if any(map(str.isalpha, text))), start=1):
        blocks.add(text, Unit.EDGE, number)


def _named(root: Any, name: str) -> list[Any]:
    return [] if root is None else [each for each in root.iter() if local(each) == name]


def _marks(data: bytes) -> bool:
    flat = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return is_archive_with(data, "mimetype", content=_MIMETYPE) or (
        flat.startswith(b"<?xml") and b"<office:document" in flat and _MIMETYPE in flat
    )


FORMAT = Format(
    name=msg("OpenDocument text (.odt)"), suffixes=(".odt", ".ott", ".fodt"), marks=_marks, read=_read, binary=True
)
