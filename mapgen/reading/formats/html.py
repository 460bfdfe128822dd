"""HTML, by lxml: the article without what stands around it.

Where a page marks its article (`<article>`, `<main>`), that is read, else the body; navigation, scripts, forms, hidden
parts and the like never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import Content, Format, Source, paragraph_addresses
from mapgen.reading.formats.html_article import article_of

__all__ = ["FORMAT", "fragment_text", "page", "page_text"]

_ASIDE = """script style noscript template nav aside footer form button select textarea svg math iframe object video
audio canvas head dialog menu"""
_SKIPPED = frozenset(_ASIDE.split())
_BLOCK = """address article blockquote body dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6
header hr li main ol p pre section summary table tbody ul caption center"""
_BLOCKS = frozenset(_BLOCK.split())
_CELLS = frozenset(("td", "th"))
# Stands for `<br>` until white space is collapsed; the parser lets no such character through.
_BREAK = "\x1e"
# Stand for the borders of a row and a cell, likewise.
_ROW = "\x1d"
_CELL = "\x1f"
_ROWS = re.compile(rf"[ {_CELL}]*{_ROW}[ {_ROW}{_CELL}]*")
_CELL_SPACE = re.compile(rf" *(?:{_CELL} *)+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DATE_NAMES = frozenset(("article:published_time", "date", "dc.date", "dc.date.issued", "dcterms.date", "pubdate"))
# An article must hold this share of the page's text to be taken for the page.
_ARTICLE_SHARE = 0.3


def _read(source: Source) -> Content:
    charset = _CHARSET.search(source.data[:4096])
    declared = charset.group(1).decode("ascii") if charset else ""
    return page(decode(source.data, encoding=source.encoding, declared=declared))


def page(text: str) -> Content:
    """Return the article of a page, with what the page states of it.

    Raises:
        DocumentError: it holds no text, or is nested too deeply.
    """
    root = _root(text)
    content = _plain(article_of(_article(root)))
    if not content:
        raise DocumentError(msg("the HTML page holds no text: perhaps a script would have brought it"), kind="empty")
    return Content(
        text=content,
        title=_title(root),
        date=_date(root) or _searched_date(root),
        language=str(root.get("lang") or ""),
        addresses=paragraph_addresses(content),
    )


def page_text(text: str) -> str:
    """Return all the text of a page or a letter in HTML; "" where it has none.

    Raises:
        DocumentError: it is nested too deeply.
    """
    return _plain(_body(_root(text))) if text.strip() else ""


def fragment_text(text: str) -> str:
    """Return the text of a piece of HTML, as feeds and tables hold it.

    Raises:
        DocumentError: it is nested too deeply.
    """
    return page_text(f"<html><body>{text}</body></html>")


def _root(text: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(msg("the HTML page holds nothing that can be read")) from error
    limits = [entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if limits:  # the parser has left out what lies beyond them
        raise DocumentError(
            msg("the HTML page is too deeply nested or too large ({message})", message=limits[0].message)
        )
    return root


def _body(root: Any) -> Any:
    body = root.find("body")
    return root if body is None else body


def _article(root: Any) -> Any:
    body = _body(root)
    best = max(_marked(body), key=lambda element: len(_plain(element)), default=body)
    return best if len(_plain(best)) >= _ARTICLE_SHARE * len(_plain(body)) else body


def _marked(body: Any) -> Iterator[Any]:
    """Yield the elements that are marked as articles; one inside another is a part of it."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag in ("article", "main") and element is not body:
            yield element
        elif element is body or not (isinstance(element.tag, str) and _is_skipped(element)):
            stack.extend(reversed(element))


def _plain(root: Any) -> str:
    """Return the text below `root`: blank lines between blocks, a line for `<br>` and each row, tabs between cells."""
    blocks: list[str] = []
    line: list[str] = []

    def close() -> None:
        lines = _ROWS.sub(_BREAK, "".join(line)).split(_BREAK)
        block = "\n".join(_CELL_SPACE.sub("\t", part.strip()) for part in lines).strip()
        line.clear()
        if block:
            blocks.append(block)

    for is_text, piece in _walk(root):
        if is_text:
            line.append(_SPACES.sub(" ", piece))
        elif piece in _CELLS:
            line.append(_CELL)
        elif piece == "tr":
            line.append(_ROW)
        elif piece in _BLOCKS:
            close()
    close()
    return "\n\n".join(re.sub(r" {2,}", " ", block) for block in blocks)


def _walk(root: Any) -> Iterator[tuple[bool, str]]:
    """Yield (True, text) and (False, tag) at each border of an element, in document order; deep trees do no harm."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            yield False, element.tag
            if element is not root and element.tail:
                yield True, element.tail
            continue
        if not isinstance(element.tag, str) or _is_skipped(element):
            if element is not root and element.tail:
                yield True, element.tail
            continue
        if element.tag == "br":
            yield True, _BREAK
        yield False, element.tag
        if element.text:
            yield True, element.text
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _is_skipped(element: Any) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
        or (element.tag == "header" and not any(above.tag in ("article", "main") for above in element.iterancestors()))
    )


def _title(root: Any) -> str:
    stated = (meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:title")
    elements = (element.text_content() for tag in ("h1", "title") for element in root.iter(tag))
    return next((title for title in (" ".join((text or "").split()) for text in (*stated, *elements)) if title), "")


def _date(root: Any) -> str:
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold()
        if name in _DATE_NAMES or name == "datepublished":
            return str(meta.get("content") or "")
    return next((str(time.get("datetime")) for time in root.iter("time") if time.get("datetime")), "")


def _searched_date(root: Any) -> str:
    """The date that htmldate finds in other metadata and marked elements, where it is installed; never in the text."""
    try:
        from htmldate import find_date
    except ImportError:
        return ""
    return find_date(root, extensive_search=False, original_date=True) or ""


def _marks(data: bytes) -> bool:
    # Without zero bytes and marks, UTF-16 shows its ASCII.
    head = data[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head)


FORMAT = Format(name="HTML", suffixes=(".html", ".htm", ".xhtml"), marks=_marks, read=_read)
