"""The arguments of a geoparser, checked: texts and spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from os import PathLike, fspath

from mapgen.errors import OptionError
from mapgen.messages import msg
from mapgen.model import Document, Span
from mapgen.reading import from_text

__all__ = ["as_document", "checked_spans", "distinct_spans"]

_LONGEST_PATH = 400
_PATH = re.compile(
    r"[^\s<>|]*[^\s<>|.]\.(?:txt|md|html?|docx?|pdf|odt|rtf|epub|eml|json|jsonl|csv|xlsx|xml|srt|vtt|tex)"
)


def as_document(document: Document | str) -> Document:
    """Return the text as a document.

    Raises:
        OptionError: it is the path of a file, or neither a text nor a document.
    """
    if isinstance(document, Document):
        return document
    if isinstance(document, PathLike) or (isinstance(document, str) and _is_path(document)):
        raise OptionError(msg("{path!r} is a file, not a text: mapgen.read({path!r}) reads it", path=fspath(document)))
    if not isinstance(document, str):
        raise OptionError(msg("a {name} is neither a text nor a Document", name=type(document).__name__))
    return from_text(document)


def _is_path(text: str) -> bool:
    return len(text) <= _LONGEST_PATH and "\n" not in text and _PATH.fullmatch(text.strip()) is not None


def checked_spans(spans: list[Span], text: str) -> list[Span]:
    """Return the spans.

    Raises:
        OptionError: one is empty, outside the text, across another, or has a space at its edge.
    """
    end_before = 0
    for start, end in spans:
        if not end_before <= start < end <= len(text):
            raise OptionError(
                msg("the span ({start}, {end}) is empty, outside the text or across another", start=start, end=end)
            )
        if text[start].isspace() or text[end - 1].isspace():
            raise OptionError(msg("the span ({start}, {end}) begins or ends with a space", start=start, end=end))
        end_before = end
    return spans


def distinct_spans(normal: Sequence[Span], written: Sequence[Span]) -> Sequence[Span]:
    """Return the spans of the normal form.

    Raises:
        OptionError: one holds nothing but invisible signs, or shares a letter with another.
    """
    end_before = 0
    for (start, end), span in zip(normal, written, strict=True):
        if not end_before <= start < end:
            raise OptionError(msg("the span {span} holds no letter, or a part of one", span=span))
        end_before = end
    return normal
