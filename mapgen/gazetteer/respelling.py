"""Respellings of names of a language that is written in Latin letters by two habits: Burmese.

Newspapers write Burmese by ear, a syllable a word ("Ywar Ma", "Nyaung Pin Thar"); GeoNames has it by the rules of the
US Board on Geographic Names ("Ywama", "Nyaungbintha").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from mapgen.gazetteer.names import fold

__all__ = ["RESPELLED_COUNTRY", "respelled"]

RESPELLED_COUNTRY = "MM"
"""The country whose names are meant."""
_SHORTEST, _MOST_WORDS = 4, 4

# The sign of a long vowel, of a stop at the end of a syllable and of an aspirated consonant.
_SIGNS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=a)r$", ""),
        (r"^ah$", "a"),
        (r"(?<=o)ne$", "n"),
        (r"(?<=i)nt$", "n"),
        (r"^h(?=[tp])", ""),
        (r"ee$", "i"),
        (r"oo$", "u"),
    )
)
_VOICED = {"k": "g", "t": "d", "p": "b", "s": "z"}
"""A consonant is voiced inside a name: "Kone" is "-gon"."""


def respelled(name: str) -> Iterator[str]:
    """Yield the folded official spellings that a name in Latin letters by ear may have; none for names of one syllable.

    Args:
        name: as written.
    """
    syllables = [_without_signs(word) for word in fold(name).split()]
    if not 1 < len(syllables) <= _MOST_WORDS or sum(map(len, syllables)) < _SHORTEST:
        return
    for rest in product(*map(_voicings, syllables[1:])):
        yield "".join((syllables[0], *rest))


def _voicings(syllable: str) -> tuple[str, ...]:
    voiced = _VOICED.get(syllable[0], "")
    return (syllable, voiced + syllable[1:]) if voiced and syllable[1:2] != "h" else (syllable,)


def _without_signs(syllable: str) -> str:
    for pattern, replacement in _SIGNS:
        syllable = pattern.sub(replacement, syllable)
    return syllable
