"""Markdown (.md), by markdown-it-py: the text without its marks; links are their words, the lines are its addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import Blocks, Content, Format, Source
from mapgen.reading.formats.html import fragment_text
from mapgen.reading.header import parse_header

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["FORMAT"]

# Footnotes are no part of CommonMark, which would take a short one for the address of a link.
_NOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")


def _read(source: Source) -> Content:
    from markdown_it import MarkdownIt

    whole = decode(source.data, encoding=source.encoding)
    header = parse_header(whole)
    before = whole[: header.end].count("\n")
    text = _NOTE_MARK.sub("", _NOTE.sub("\n", whole[header.end :]))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    blocks = Blocks()
    title = ""
    row: list[str] | None = None
    line = 1
    heading = False
    for token in tokens:
        line = token.map[0] + 1 + before if token.map else line
        words = _words(token)
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.add("\t".join(row), Unit.LINE, line, between="\n")
            row = None
        elif row is not None and token.type == "inline":
            row.append(words)
        elif words:
            blocks.add(words, Unit.LINE, line)
        if heading and not title:
            title = " ".join(words.split())
        heading = token.type == "heading_open"
    if not blocks.text:
        raise DocumentError(msg("it holds no text"), kind="empty")
    return Content(
        text=blocks.text,
        title=header.title or title,
        date=header.date,
        language=header.language,
        addresses=blocks.addresses,
    )


def _words(token: Token) -> str:
    """Return the words of a block: of a paragraph those of its parts, of HTML its text, of code the code."""
    if token.type == "html_block":
        return fragment_text(token.content)
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    if token.type != "inline":
        return ""
    pieces: list[str] = []
    for part in token.children or ():
        if part.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif part.type == "image" or part.type in ("text", "code_inline"):
            pieces.append(part.content)
    return "".join(pieces)


FORMAT = Format(name="Markdown", suffixes=(".md", ".markdown", ".mdown", ".mkd"), marks=lambda _: False, read=_read)
