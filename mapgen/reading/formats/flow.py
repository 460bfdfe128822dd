"""The text of an XML document whose elements stand inside its sentences: TEI, and vocabularies that are not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapgen.reading.formats.xmltext import local

__all__ = ["GENERIC", "TEI", "Rules", "flow"]

_OF_TEI = """p head l ab item cell row table list lg div div1 div2 div3 sp speaker stage quote byline dateline opener
closer salute signed titlePart docTitle docAuthor epigraph argument trailer body front back text group figure figDesc
entry label postscript"""
_OF_INLINE = """a b i u em strong bold italic underline sub sup span emph hi xref ulink link w pc c seg name placeName
persName geogName orgName date num ref abbr acronym sc styled-content named-content location person org money chron
event virtloc frac lb br pb anchor"""
_OF_ASIDE = """teiHeader header metadata meta docdata head revision-history style script article-meta journal-meta
ref-list bibliography indexterm articleinfo bookinfo info docinfo binary"""
_BREAKS = frozenset(("lb", "br", "newline"))
_NOTES = frozenset(("note", "footnote", "fn"))
_OTHER_READING = {"orig": "reg", "sic": "corr", "abbr": "expan"}
"""Of the two readings of a TEI `choice`, what is left out where the other is there."""
# Stands for the end of a line of the source until white space is collapsed: XML holds no such character.
_LINE_END = "\x1e"
# Likewise, for one inside a word.
_JOINT = "\x1d"
_BLANK = f" \t\r\n\xa0{_LINE_END}{_JOINT}"
_SPACE = re.compile(rf"[\s{_LINE_END}{_JOINT}]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which elements part paragraphs.

    Attributes:
        blocks: those that do; None where those do that stand among no words.
        skipped: those that are left out.
    """

    blocks: frozenset[str] | None
    skipped: frozenset[str]


TEI = Rules(
    blocks=frozenset(_OF_TEI.split()),
    skipped=frozenset(("teiHeader", "fw", "del", "facsimile", "sourceDoc", "standOff")),
)
"""TEI P5."""
GENERIC = Rules(blocks=None, skipped=frozenset(_OF_ASIDE.split()))
"""What has no vocabulary that is known."""
_INLINE = frozenset(_OF_INLINE.split())


class _Line:
    """The paragraph that is being gathered, and the notes in it."""

    def __init__(self) -> None:
        self.page = ""
        self.begun = False
        self.notes: list[str] = []
        self._start = ""
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        if not self.begun and text.strip(_BLANK):
            self.begun = True
            self._start = self.page
        self._pieces.append(text)

    def closed(self) -> Iterator[tuple[str, str]]:
        """Yield the paragraph and its notes, each with its page, and begin the next."""
        text = _SPACE.sub(_space, "".join(self._pieces)).strip()
        if text:
            yield text, self._start
        yield from ((note, self._start) for note in self.notes)
        self._pieces.clear()
        self.notes.clear()
        self.begun = False


def _space(found: re.Match[str]) -> str:
    """Keep the line end behind a hyphen: the normal form of texts decides what it is."""
    space = found.group()
    if found.start() and found.string[found.start() - 1] == "-" and (_LINE_END in space or _JOINT in space):
        return "\n"
    return "" if _JOINT in space else " "


def flow(root: Any, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs below `root`, each with the page on which it begins (`pb`), or ""."""
    line = _Line()
    stack: list[tuple[Any, bool, bool]] = [(root, True, False)]
    while stack:
        element, block, leaving = stack.pop()
        if leaving:
            if block:
                yield from line.closed()
            line.add(element.tail or "")
            continue
        name = local(element)
        if not name or name in rules.skipped or _is_other_reading(element, name):
            line.add(element.tail or "")
            continue
        if name in _NOTES and line.begun:
            line.notes += [text for text, _ in flow(_alone(element), rules)]
            line.add(element.tail or "")
            continue
        if block:
            yield from line.closed()
        _add_break(line, element, name)
        line.add(element.text or "")
        stack.append((element, block, True))
        among_words = rules.blocks is None and _holds_words(element)
        stack += [(child, _parts(child, rules, among_words), False) for child in reversed(element)]
    yield from line.closed()


def _alone(element: Any) -> Any:
    """Return a copy of an element without what stands behind it."""
    import copy

    alone = copy.copy(element)
    alone.tail = None
    return alone


def _parts(child: Any, rules: Rules, among_words: bool) -> bool:
    name = local(child)
    return name in rules.blocks if rules.blocks is not None else not among_words and name not in _INLINE


def _holds_words(element: Any) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _add_break(line: _Line, element: Any, name: str) -> None:
    if name == "pb":
        line.page = str(element.get("n") or "") or line.page
    if name in _BREAKS or name == "pb":
        line.add(_JOINT if element.get("break") == "no" else _LINE_END)


def _is_other_reading(element: Any, name: str) -> bool:
    parent = element.getparent() if name in _OTHER_READING else None
    return (
        parent is not None and local(parent) == "choice" and any(local(each) == _OTHER_READING[name] for each in parent)
    )
