"""A text as tokens: words, numbers, signs, with what the language file and their shape say of each.

A text is cut by one regular expression in one pass, each piece with the space after it. What is known of a word form is
kept in a cache, so that a frequent word takes one look-up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Iterable
from functools import lru_cache
from operator import add

from mapgen.caches import Cache, Caches
from mapgen.languages import Language
from mapgen.recognition.tokens.tokens import Tokens
from mapgen.recognition.tokens.vocabulary import (
    ADDRESS,
    CARRIED,
    CURRENCY,
    LOUD,
    WHOLLY_UPPER,
    Vocabulary,
    Word,
    flagged,
)

__all__ = ["Lexicon"]

_LEAST_BARE = 4
"""Letters below which no prefix is cut off."""
_LOUD = 3
"""Words in capitals, one of them a common one, that make a headline."""
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f"
_LETTERS = rf"[\w{_MARKS}]"
_APOSTROPHES = "'’ʼ"
# No elision: "N'Dali", "M'Sila", "O'Brien". The French "n'" and "m'" stand before verbs, not before capitals.
_OWN_APOSTROPHE = rf"(?![GKMNO][{_APOSTROPHES}][A-ZÀ-Þ][a-zß-ÿ])"
_ELIDED = (
    rf"{_OWN_APOSTROPHE}(?:[A-Za-zÀ-ÿ]|[Dd]ell|[Dd]all|[Nn]ell|[Ss]ull|[Aa]ll|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu)"
    rf"[{_APOSTROPHES}](?={_LETTERS})"
)
_PLAIN = rf"[a-zß-öø-ÿ]{{2,}}+(?![\w{_MARKS}{_APOSTROPHES}.‑-])"
"""A word in small letters that nothing is tied to. The other branches would say the same of it, but more slowly."""
_SAINTS = frozenset(["st", "ste"])
_ELIDING = frozenset(["fr", "it", "ca"])
_LOUD_RUN = re.compile(f"{flagged(LOUD)}{flagged(LOUD | CARRIED)}{{{_LOUD - 1},}}".encode())
_LOUD_WORD = re.compile(flagged(LOUD).encode())
_UPPER_WORD = re.compile(flagged(WHOLLY_UPPER).encode())


class Lexicon:
    """Cuts texts of a language into tokens and looks their words up.

    Args:
        language: of the texts.
        caches: where words are kept; caches of its own when not given.
    """

    def __init__(self, language: Language, caches: Caches | None = None) -> None:
        self.language = language
        self._vocabulary = _vocabulary(language)
        self._pattern = _pattern(language)
        self._words: Cache[tuple[str, str], Word] = (caches or Caches()).of("recognition.words", _word_bytes)

    def word(self, form: str) -> Word:
        """Return what is known of a word form."""
        key = (form, self.language.code)
        word = self._words.get(key)
        if word is None:
            word = self._vocabulary.make(form)
            self._words.put(key, word)
        return word

    def calm(self, tokens: Tokens, common: frozenset[str]) -> Tokens:
        """Read runs in capitals ("INCENDIE DANS LE VAR") as if they were written like the rest of a text.

        Args:
            tokens: the text.
            common: words that are common in small letters.
        """
        runs = [match.span() for match in _LOUD_RUN.finditer(tokens.flags)]
        if not runs or len(_UPPER_WORD.findall(tokens.flags)) < _LOUD - 1:
            return tokens
        words, changed = tokens.words, list(tokens.words)
        for at, end in runs:
            places = [match.start() for match in _LOUD_WORD.finditer(tokens.flags, at, end)]
            small = [self._small(words[place], common) for place in places]
            if len(places) < _LOUD or not any(small):
                continue
            for place, is_small in zip(places, small, strict=True):
                form = words[place].text
                changed[place] = self.word(form.lower() if is_small else form.title())
        return Tokens(tokens.text, changed, tokens.starts, tokens.ends) if changed != words else tokens

    def _small(self, word: Word, common: frozenset[str]) -> bool:
        lower = word.lower
        group = self._vocabulary.groups.get(lower, "")
        return lower in common or (bool(group) and group not in ("after", "generic")) or lower in self.language.stop

    def tokens(self, text: str) -> Tokens:
        """Cut a text into tokens."""
        pieces = self._pattern.findall(text)
        forms = list(map(str.rstrip, pieces))
        recent: Callable[[tuple[str, str]], Word | None] = self._words.recent.get
        seen = list(map(recent, zip(forms, itertools.repeat(self.language.code))))
        words = [word or self.word(form) for word, form in zip(seen, forms, strict=True)]
        starts = list(itertools.accumulate(map(len, pieces), initial=len(text) - len(text.lstrip())))
        starts.pop()
        ends = list(map(add, starts, map(len, forms)))
        return Tokens(text, words, starts, ends)

    def cut(self, tokens: Tokens, spans: Iterable[tuple[int, int]]) -> Tokens:
        """Return the tokens such that every given span begins and ends at one.

        Args:
            tokens: the text.
            spans: in text order, not overlapping; not empty.
        """
        text = tokens.text
        words: list[Word] = []
        starts: list[int] = []
        ends: list[int] = []
        borders = sorted({border for span in spans for border in span})
        at = 0
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            while at < len(borders) and borders[at] <= start:
                at += 1
            cuts = [start]
            while at < len(borders) and borders[at] < end:
                cuts.append(borders[at])
                at += 1
            cuts.append(end)
            for low, high in itertools.pairwise(cuts):
                piece = text[low:high]
                words.append(word if len(cuts) == 2 else self.word(piece))
                starts.append(low)
                ends.append(high)
        return Tokens(text, words, starts, ends)

    def bare(self, tokens: Tokens, known: Callable[[set[str]], Container[str]]) -> Tokens:
        """Cut off letters that are written together with a name ("وبغداد"), where that makes it a known one.

        Args:
            tokens: the text.
            known: says which of the names that it is given are known.
        """
        prefixes = sorted(self.language.prefixes, key=len, reverse=True)
        halves = {
            word.text: [(prefix, word.text[len(prefix) :]) for prefix in prefixes if word.text.startswith(prefix)]
            for word in tokens.words
            if len(word.text) > _LEAST_BARE and word.text.startswith(tuple(prefixes))
        }
        names = known({*halves, *(rest for pairs in halves.values() for _, rest in pairs)})
        borders: list[tuple[int, int]] = []
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            if word.text in halves and word.text not in names:
                cut = next((len(prefix) for prefix, rest in halves[word.text] if rest in names), 0)
                if cut:
                    borders.append((start + cut, end))
        return self.cut(tokens, borders) if borders else tokens


def _word_bytes(key: tuple[str, str], _: Word) -> int:
    """Return the size of a word: its object, its tuple of classes, its form in three spellings."""
    return 400 + 6 * len(key[0])


@lru_cache(maxsize=16)
def _vocabulary(language: Language) -> Vocabulary:
    return Vocabulary(language)


@lru_cache(maxsize=16)
def _pattern(language: Language) -> re.Pattern[str]:
    """Return the pattern of a token; elided articles are tokens of their own where the language has them."""
    short_titles = {word.rstrip(".") for word in language.titles if len(word.rstrip(".")) < 6}
    # In capitals only saints: "ST. LOUIS" is a dateline, "CAPT." mostly the end of a sentence.
    written = {word.capitalize() for word in short_titles} | {word.upper() for word in short_titles & _SAINTS}
    titles = "|".join(sorted(map(re.escape, written)))
    short = language.place_abbreviations
    places = "|".join(re.escape(word) for word in sorted(short | {word.upper() for word in short if len(word) > 2}))
    branches = [
        ADDRESS,
        CURRENCY,
        _PLAIN,
        *([_ELIDED] if language.code in _ELIDING else []),
        *([rf"\b(?:{titles})\.(?=\s)"] if titles else []),
        *([rf"\b(?:{places})\.(?=\s|,|$)"] if places else []),
        r"(?:[^\W\d_]\.){2,}",
        r"\b[^\W\d_a-z]\.(?=[\s-]?[^\W\d_])",
        r"\d+(?:[.,]\d+)*(?![\w])",
        rf"{_LETTERS}+(?:[-‑{_APOSTROPHES}](?!s\b|S\b){_LETTERS}+)*",
        rf"[{_APOSTROPHES}][sS]\b",
        r"\S",
    ]
    return re.compile(rf"(?:{'|'.join(branches)})\s*")
