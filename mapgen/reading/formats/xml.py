"""XML: TEI without its header, feeds (RSS, Atom) item by item, ALTO and PAGE of text recognition, TTML, any other.

Of a vocabulary that is not known, an element with words of its own is a paragraph, and what describes the document is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import BETWEEN, Blocks, Content, Format, Source, Text, of_records
from mapgen.reading.formats.container import parsed_xml
from mapgen.reading.formats.flow import GENERIC, TEI, Rules, flow
from mapgen.reading.formats.html import fragment_text
from mapgen.reading.formats.xmltext import local

__all__ = ["FORMAT"]

_WHAT = msg("the XML file")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ROOT = re.compile(
    rb"<(?:[\w.-]{1,30}:)?(?:tei(?:\.2|corpus)?|rss|feed|rdf|alto|pcgts|tt|nitf|newsml|newsitem|article|book)\b",
    re.IGNORECASE,
)
_BODIES = frozenset(("body", "body.content"))
_CONTENTS = frozenset(("description", "summary", "content", "encoded"))
_DATES = ("pubDate", "published", "date", "updated")
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")
_SECONDS = re.compile(r"(\d+)(?:\.\d+)?s$")


def _read(source: Source) -> Content:
    data = source.data.lstrip(b" \t\r\n")
    if source.encoding:
        data = _DECLARATION.sub("", decode(data, encoding=source.encoding)).encode()
    root = parsed_xml(data, _WHAT)
    content = _READERS.get(local(root).casefold(), _any)(root)
    if not content.text:
        raise DocumentError(msg("{what} holds no text", what=_WHAT), kind="empty")
    return content


def _in_pages(paragraphs: Iterable[tuple[str, str]], *, title: str = "", language: str = "") -> Content:
    blocks = Blocks()
    for text, page in paragraphs:
        blocks.add(text, Unit.PAGE if page else None, page)
    return Content(text=blocks.text, title=title, language=language, addresses=blocks.addresses)


def _tei(root: Any) -> Content:
    texts = [each for each in root.iter() if local(each) == "text" and "text" not in map(local, each.iterancestors())]
    stated = next((each for each in texts if each.get(_LANG)), root)
    return _in_pages(
        (paragraph for text in texts or [root] for paragraph in flow(text, TEI)),
        title=_first_text(root, "title"),
        language=str(stated.get(_LANG) or ""),
    )


def _any(root: Any) -> Content:
    """Read its bodies where it marks them, else all of it."""
    inside = [each for each in root.iter() if local(each) in _BODIES]
    bodies = [each for each in inside if not any(local(above) in _BODIES for above in each.iterancestors())]
    rules = Rules(blocks=None, skipped=frozenset()) if not bodies and local(root) in GENERIC.skipped else GENERIC
    title = next(
        (text for text in (_first_text(root, name) for name in ("title", "article-title", "headline")) if text), ""
    )
    paragraphs = [paragraph for body in bodies or [root] for paragraph in flow(body, rules)]
    if bodies and title and title not in (text for text, _ in paragraphs[:3]):
        paragraphs.insert(0, (title, ""))
    return _in_pages(paragraphs, title=title, language=str(root.get(_LANG) or ""))


def _first_text(root: Any, name: str) -> str:
    found = (" ".join("".join(each.itertext()).split()) for each in root.iter() if local(each) == name)
    return next((text for text in found if text), "")


def _feed(root: Any) -> Content:
    entries = [each for each in root.iter() if local(each) in ("item", "entry")]
    if not entries:
        raise DocumentError(msg("the feed holds no items"), kind="empty")
    return of_records(
        (_entry(each, number) for number, each in enumerate(entries, start=1)),
        Unit.ITEM,
        language=_first_text(root, "language") or str(root.get(_LANG) or ""),
    )


def _entry(entry: Any, number: int) -> Text:
    title = date = ""
    contents: list[str] = []
    for each in entry:
        name = local(each)
        if name == "title" and not title:
            title = _markup_text(each)
        elif name in _DATES:
            date = date or (each.text or "")
        elif name in _CONTENTS:
            contents.append(_markup_text(each))
    longest = max(contents, key=len, default="")
    text = longest if longest.startswith(title) else f"{title}{BETWEEN}{longest}"
    return Text(text=text, value=number, title=title, date=date, language=str(entry.get(_LANG) or ""))


def _markup_text(element: Any) -> str:
    """Return the text of an element that holds HTML, escaped or as elements (`type="xhtml"`)."""
    from lxml import etree  # type: ignore[import-untyped]

    inside = [etree.tostring(child, encoding="unicode") for child in element]
    return fragment_text((element.text or "") + "".join(inside))


def _alto(root: Any) -> Content:
    return _in_pages(
        ("\n".join(filter(None, map(_alto_line, _named(block, "TextLine")))), str(number))
        for number, page in enumerate(_named(root, "Page"), start=1)
        for block in _named(page, "TextBlock")
    )


def _alto_line(line: Any) -> str:
    """Return the words of a line of ALTO, its hyphen at the end where it is marked."""
    words = [str(each.get("CONTENT") or "") for each in line if local(each) == "String"]
    hyphen = "-" if any(local(each) == "HYP" for each in line) and not "".join(words).endswith("-") else ""
    return " ".join(words) + hyphen


def _page_xml(root: Any) -> Content:
    return _in_pages(
        ("\n".join(map(_page_line, _named(region, "TextLine"))), str(number))
        for number, page in enumerate(_named(root, "Page"), start=1)
        for region in _named(page, "TextRegion")
    )


def _page_line(line: Any) -> str:
    """Return the text of a line of PAGE as a whole, not that of its words."""
    whole = (each for each in line if local(each) == "TextEquiv")
    return next(("".join(unicode.itertext()) for each in whole for unicode in each if local(unicode) == "Unicode"), "")


def _ttml(root: Any) -> Content:
    blocks = Blocks()
    for paragraph in _named(root, "p"):
        text = " ".join(text for text, _ in flow(paragraph, GENERIC))
        blocks.add(text, Unit.TIME, _clock(str(paragraph.get("begin") or "")), between=" ")
    return Content(text=blocks.text, language=str(root.get(_LANG) or ""), addresses=blocks.addresses)


def _clock(begin: str) -> str:
    if found := _CLOCK.match(begin):
        return ":".join(part.zfill(2) for part in found.groups())
    seconds = int(found[1]) if (found := _SECONDS.match(begin)) else 0
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _map(_: Any) -> Content:
    raise DocumentError(msg("it is a map (KML, GPX), not a text: give places with --places, as GeoJSON or CSV"))


def _named(root: Any, name: str) -> Iterator[Any]:
    return (each for each in root.iter() if local(each) == name)


_READERS: dict[str, Callable[[Any], Content]] = {
    "tei": _tei, "tei.2": _tei, "teicorpus": _tei, "rss": _feed, "feed": _feed, "rdf": _feed, "alto": _alto,
    "pcgts": _page_xml, "tt": _ttml, "kml": _map, "gpx": _map,
}  # fmt: skip
"""The vocabularies that are known, by the name of the root in small letters."""


def _marks(data: bytes) -> bool:
    head = data[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<?xml") or (head.startswith(b"<") and _ROOT.match(head) is not None)


FORMAT = Format(name="XML", suffixes=(".xml", ".tei", ".rss", ".atom", ".ttml", ".dfxp"), marks=_marks, read=_read)
