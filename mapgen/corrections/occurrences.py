"""Names in a text as people copy them: spaces and composed letters may differ, words may not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mapgen.model import Span

__all__ = ["name_key", "occurrences", "same_words", "trimmed"]

_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same but for spaces, line ends and the composition of letters."""
    return _plain(one) == _plain(other)


def name_key(name: str) -> str:
    """Return the key that mentions of one name share: spaces, composition of letters and case do not count.

    The page has the same function (`nameKey` in rendering/static/changes.js). Both change letters to upper and then to
    lower case, as JavaScript has no case folding; a test compares the two over all letters.
    """
    return _plain(name).upper().lower()


def trimmed(text: str, span: Span) -> Span:
    """Return a passage that is not empty without the spaces at its edges."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def occurrences(text: str, name: str) -> Iterator[Span]:
    """Yield the passages where `name` stands in `text`, as whole words in scripts that part words by spaces."""
    words = name.split()
    if not words or words[0] not in text:
        return
    before = "" if _UNPARTED.match(words[0][0]) else r"(?<!\w)"
    after = "" if _UNPARTED.match(words[-1][-1]) else r"(?!\w)"
    for match in re.finditer(before + r"\s+".join(map(re.escape, words)) + after, text):
        yield match.span()


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
