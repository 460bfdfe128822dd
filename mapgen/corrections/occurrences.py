"""Names in a text as people copy them: spaces and composed letters may differ, words may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapgen.model import Span
from mapgen.reading.signs import clean

__all__ = ["name_key", "occurrences", "readings", "same_words"]

_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same but for spaces, line ends, invisible signs and the composition of letters."""
    return not set(readings(one)).isdisjoint(readings(other))


def readings(name: str) -> tuple[str, ...]:
    """Return a name in its normal form: with and without the hyphen where one stands at a line end."""
    text = clean(name).text
    return tuple(dict.fromkeys(" ".join(text.replace("-\n", sign).split()) for sign in ("-", "")))


def name_key(name: str) -> str:
    """Return the key that mentions of one name share: spaces, composition of letters and case do not count.

    The page has the same function (`nameKey` in rendering/static/changes.js). Both change letters to upper and then to
    lower case, as JavaScript has no case folding; a test compares the two over all letters.
    """
    return readings(name)[0].upper().lower()


def occurrences(text: str, name: str) -> Iterator[Span]:
    """Yield the passages where `name` stands in `text`, as whole words in scripts that part words by spaces.

    Args:
        text: in its normal form, as the passages are.
        name: in any form.
    """
    for reading in readings(name):
        words = reading.split()
        if not words or words[0] not in text:
            continue
        before = "" if _UNPARTED.match(words[0][0]) else r"(?<!\w)"
        after = "" if _UNPARTED.match(words[-1][-1]) else r"(?!\w)"
        for match in re.finditer(before + r"\s+".join(map(re.escape, words)) + after, text):
            yield match.span()
