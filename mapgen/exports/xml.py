"""Shared by the XML formats: elements with any text in them, and the finished file."""

from __future__ import annotations

import re
from xml.etree import ElementTree

__all__ = ["add", "finished", "holdable"]

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any form (its production 2, Char)."""


def holdable(text: str) -> str:
    """Return `text` with what XML cannot hold as U+FFFD, so that no offset moves."""
    return _NOT_XML.sub("\ufffd", text)


def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Add an element with text and attributes to `parent`; what XML cannot hold becomes U+FFFD."""
    child = ElementTree.SubElement(parent, tag, {name: holdable(value) for name, value in attributes.items()})
    child.text = holdable(text) or None
    return child


def finished(root: ElementTree.Element) -> str:
    """Return a file; carriage returns are written as references, since readers turn bare ones into line feeds."""
    text = ElementTree.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
