"""Texts with marked places, as plain text that anyone can extend: `data/dispatches/*.txt`, and golden cases.

    # topic: flood, split: train
    A [[Valence]], le [[Rhône|water]] est sorti de son lit. [[Paris|m]] promet une aide.

One sentence a line; a blank line ends a document, so that what one sentence says of a name can help in the next. A mark
holds the name as in the text, then any of: `m` (metonymic), a kind of place. A line that begins with `#` is a
header of "key: value" pairs, or a remark. The lines of a document are joined by spaces; below a header with
"lines: kept" they stay lines, for headlines and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.model import Kind, Sense

__all__ = ["MarkedSpan", "MarkedText", "parse_marked", "read_marked"]

_MARK = re.compile(r"\[\[([^\[\]|]*)((?:\|[^\[\]|]*)*)\]\]")
_HEADER = re.compile(r"(topic|split|language|source|lines)\s*:\s*", re.IGNORECASE)
_SPLITS = ("train", "heldout")
_BETWEEN_LINES = {"joined": " ", "kept": "\n"}
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """A marked place name.

    Attributes:
        start: first code point in the text without marks.
        end: one past the last.
        sense: literal or metonymic.
        kind: what it is, or None where the mark does not say.
    """

    start: int
    end: int
    sense: Sense = Sense.LITERAL
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text with its marks.

    Attributes:
        text: without the marks; its sentences joined by spaces, or by line ends where the header says so.
        spans: the marks in text order.
        topic: from the header above it.
        split: "train" or "heldout".
        line: its line in the file, counted from 1.
    """

    text: str
    spans: tuple[MarkedSpan, ...]
    topic: str = ""
    split: str = "train"
    line: int = 0


def read_marked(path: Path, *, by_sentence: bool = False) -> tuple[MarkedText, ...]:
    """Read a file of marked sentences.

    Args:
        path: the file, UTF-8.
        by_sentence: every line a text of its own; else the lines up to a blank line or a header are one text.

    Raises:
        DocumentError: a mark or a header is unsound; the error names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(msg("the marked text cannot be read: {error}", error=error), path=path) from error
    return tuple(_texts(lines, path, by_sentence=by_sentence))


def _texts(lines: list[str], path: Path, *, by_sentence: bool) -> Iterator[MarkedText]:
    topic, split, between = "", "train", "joined"
    texts: list[MarkedText] = []
    for number, line in enumerate([*lines, ""], start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            texts.append(parse_marked(stripped, topic=topic, split=split, path=path, line=number))
        if texts and (by_sentence or not stripped or stripped.startswith("#")):
            yield _joined(texts, _BETWEEN_LINES[between])
            texts = []
        if stripped.startswith("#"):
            header = _header(stripped)
            if "topic" in header:
                topic, split, between = header["topic"], "train", "joined"
            split, between = header.get("split", split), header.get("lines", between)
            if split not in _SPLITS:
                raise DocumentError(
                    msg("split is {split!r}; it may be train or heldout", split=split), path=path, line=number
                )
            if between not in _BETWEEN_LINES:
                raise DocumentError(
                    msg("lines is {between!r}; it may be joined or kept", between=between), path=path, line=number
                )


def _header(line: str) -> dict[str, str]:
    """Read "# topic: flood, split: train"."""
    parts = _HEADER.split(line.lstrip("# "))
    if parts[0].strip():
        return {}
    return {key.lower(): value.strip(" ,;.") for key, value in zip(parts[1::2], parts[2::2], strict=True)}


def _joined(texts: list[MarkedText], between: str) -> MarkedText:
    if len(texts) == 1:
        return texts[0]
    spans: list[MarkedSpan] = []
    offset = 0
    for text in texts:
        spans += [
            MarkedSpan(start=span.start + offset, end=span.end + offset, sense=span.sense, kind=span.kind)
            for span in text.spans
        ]
        offset += len(text.text) + 1
    first = texts[0]
    joined = between.join(text.text for text in texts)
    return MarkedText(text=joined, spans=tuple(spans), topic=first.topic, split=first.split, line=first.line)


def parse_marked(
    sentence: str, *, topic: str = "", split: str = "train", path: Path | None = None, line: int = 0
) -> MarkedText:
    """Read one marked sentence.

    Raises:
        DocumentError: an empty mark, one whose name begins or ends with a space, an unknown property, a bracket left
            over, a name cut out of a word.
    """
    plain: list[str] = []
    spans: list[MarkedSpan] = []
    position = length = 0
    for match in _MARK.finditer(sentence):
        before = sentence[position : match.start()]
        plain += [before, name := match.group(1)]
        start = length + len(before)
        length = start + len(name)
        position = match.end()
        if not name or name != name.strip():
            raise DocumentError(
                msg("the mark {mark!r} is empty or has a space at its edge", mark=match.group()), path=path, line=line
            )
        if before[-1:].isalnum() or sentence[position : position + 1].isalnum():
            raise DocumentError(msg("the mark {mark!r} is cut out of a word", mark=match.group()), path=path, line=line)
        sense, kind = Sense.LITERAL, None
        for word in match.group(2).split("|")[1:]:
            if word == "m":
                sense = Sense.METONYMIC
            elif word in _KINDS:
                kind = Kind(word)
            else:
                raise DocumentError(
                    msg("the mark {mark!r} says {word!r}, which is no kind", mark=match.group(), word=word),
                    path=path,
                    line=line,
                )
        spans.append(MarkedSpan(start=start, end=length, sense=sense, kind=kind))
    plain.append(sentence[position:])
    text = "".join(plain)
    if "[[" in text or "]]" in text:
        raise DocumentError(msg("a mark is not closed"), path=path, line=line)
    return MarkedText(text=text, spans=tuple(spans), topic=topic, split=split, line=line)
