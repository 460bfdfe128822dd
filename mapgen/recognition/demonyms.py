"""Adjectives and names of peoples as place names: "les forces turques", "Turkish soldiers" refer to a country.

This is an option, as most readers do not want each "syrien" on their map. Such toponyms are metonymic: a people, an
army or a product has the name of its country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mapgen.languages import Language, identify, load
from mapgen.model import Document, Sense, Span, Toponym
from mapgen.recognition.protocol import Recogniser

__all__ = ["WithDemonyms", "demonyms"]

PROBABILITY = 0.74
"""That annotators call such a word a place name: of the words found in LGL and TR-News they marked 447 of 605."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MOST_WORDS = 3


class WithDemonyms:
    """Finds what another recogniser finds, and the demonyms of the document's language beside it.

    Args:
        recogniser: finds the names of places.
    """

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    @property
    def learned_languages(self) -> frozenset[str]:
        """Those of the recogniser that finds the names."""
        return self._recogniser.learned_languages

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order, never overlapping."""
        found = self._recogniser.recognise(document)
        language = load(document.language or identify(document.text))
        text = document.text
        new = [
            Toponym(start=start, end=end, text=text[start:end], sense=Sense.METONYMIC, probability=PROBABILITY)
            for start, end in _apart(demonyms(text, language), [toponym.span for toponym in found])
        ]
        return tuple(sorted((*found, *new), key=lambda toponym: toponym.start))

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return given spans with sense, cue and relation; demonyms are metonymic, and have neither of the others."""
        known = load(document.language or identify(document.text)).demonyms
        return tuple(
            replace(toponym, sense=Sense.METONYMIC, cue="", cue_kind=None, relation=None)
            if " ".join(toponym.text.lower().split()) in known
            else toponym
            for toponym in self._recogniser.describe(document, toponyms)
        )


def demonyms(text: str, language: Language) -> Iterator[Span]:
    """Yield the spans of the demonyms of a language in a text, the longest first where several begin together.

    Names of languages are left out: "in English", "il parle turc".
    """
    known = language.demonyms
    if not known:
        return
    words = [match.span() for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        for last in range(min(at + _MOST_WORDS, len(words)) - 1, at - 1, -1):
            start, end = words[at][0], words[last][1]
            if _is_one(text[start:end], language) and not _is_language(text, words, at, last, language):
                yield start, end
                at = last
                break
        else:
            yield from _inside(text, words[at], language)
        at += 1


def _is_one(name: str, language: Language) -> bool:
    """Return whether a word or several are a demonym, written as the language writes them."""
    parts = name.split()
    if " ".join(parts).lower() not in language.demonyms:
        return False
    return not language.peoples_cased or all(part[0].isupper() for part in parts)


def _inside(text: str, word: Span, language: Language) -> Iterator[Span]:
    """Yield the demonyms inside a word with hyphens: "franco-allemand", "anti-Russian"."""
    at = word[0]
    for part in text[slice(*word)].split("-"):
        if len(part) < word[1] - word[0] and _is_one(part, language):
            yield at, at + len(part)
        at += len(part) + 1


def _is_language(text: str, words: Sequence[Span], first: int, last: int, language: Language) -> bool:
    """Return whether the demonym names a language: behind a verb of speaking, or behind "in" with no noun to follow."""
    if first == 0:
        return False
    before = text[slice(*words[first - 1])].lower()
    if text[words[first - 1][1] : words[first][0]].strip():
        return False
    if before in language.speaking:
        return True
    if before not in language.in_language:
        return False
    if last + 1 == len(words):
        return True
    between = text[words[last][1] : words[last + 1][0]]
    return bool(between.strip()) or text[slice(*words[last + 1])].lower() in language.stop


def _apart(spans: Iterator[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans that overlap none of `taken`; both in text order."""
    at = 0
    for start, end in spans:
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at == len(taken) or end <= taken[at][0]:
            yield start, end
