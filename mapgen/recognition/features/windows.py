"""The few words right before and right behind a place in a text, and what they say of a name there.

All that is said here hangs on the words of the window and on little else. So a window is at the same time the key under
which callers remember it: the words themselves, of which there is one object a form, and how they are set off.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mapgen.languages import Language
from mapgen.recognition.features.parts import CueBefore, Left, Right
from mapgen.recognition.tokens import LOWER, NAME, SIGN, UPPER, Tokens, Word

__all__ = ["Following", "Preceding", "Windows", "linking_words"]

_EDGE = "|"
"""Stands for what lies before the first and after the last word of a sentence."""
_NEAR, _FAR = 3, 5
"""Words that are looked at before a name: the far ones where articles and "of" lie between."""
_NO_CUE = ("", "", "")
_LIMIT = 60_000
"""Windows after which their cues are forgotten."""


class Preceding(NamedTuple):
    """The words before a place in a text.

    Attributes:
        words: three of them, five behind articles and "of", fewer at the start of the text.
        opening: whether a sentence opens there.
        tied: whether no empty line sets the last of them off.
        run: the cue before the run of capitalised words that goes on there, or "".
    """

    words: tuple[Word, ...]
    opening: bool
    tied: bool
    run: str


class Following(NamedTuple):
    """The words behind a place in a text.

    Attributes:
        words: three of them, fewer at the end of the text.
        capital: whether the first has a capital and no empty line sets it off.
    """

    words: tuple[Word, ...]
    capital: bool


@lru_cache(maxsize=16)
def linking_words(language: Language) -> frozenset[str]:
    """Return the words that link a cue to its name: articles and "of"."""
    return language.of_words | language.articles


class Windows:
    """Looks at the words before and behind the names of texts of one language.

    Args:
        language: of the texts.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._linking = linking_words(language)
        self._cues: dict[tuple[Word, ...], CueBefore] = {}

    def words_before(self, tokens: Tokens, at: int) -> tuple[Word, ...]:
        """Return the words before the word, as many as are ever looked at."""
        words = tokens.words
        far = at > _NEAR and words[at - 2].lower in self._linking
        return tuple(words[max(at - (_FAR if far else _NEAR), 0) : at])

    def before(self, tokens: Tokens, at: int) -> Preceding:
        """Return the window before the word."""
        window, tied = self.words_before(tokens, at), tokens.adjacent(at)
        goes_on = tied and window[-1].shape in (NAME, UPPER) and not self._language.nouns_cased
        run = self._run_cue(tokens, at) if goes_on else ""
        return Preceding(window, tokens.sentence_start(at), tied, run)

    def after(self, tokens: Tokens, at: int) -> Following:
        """Return the window behind the word."""
        window = tuple(tokens.words[at + 1 : at + 4])
        capital = bool(window) and window[0].start and not self._language.nouns_cased and tokens.adjacent(at + 1)
        return Following(window, capital)

    def cue(self, window: tuple[Word, ...]) -> CueBefore:
        """Return how a cue stands last in the window ("+" linked, "=" directly) its kind and noun."""
        known = self._cues.get(window)
        if known is None:
            if len(self._cues) > _LIMIT:
                self._cues.clear()
            known = self._cues[window] = self._cue(window)
        return known

    def _cue(self, window: tuple[Word, ...]) -> CueBefore:
        cues = self._language.cues
        rest = self._unlinked(window)
        linked = len(rest) < len(window)
        if not rest or rest[-1].shape == SIGN:
            return _NO_CUE
        word = rest[-1]
        earlier = rest[-2].lower if len(rest) > 1 and rest[-2].shape == LOWER else ""
        kind = cues.get(f"{earlier} {word.lower}") or cues.get(word.lower)
        if kind is not None:
            return ("+" if linked else "=", kind.value, word.lower)
        if linked and earlier and word.shape == LOWER and word.lower not in self._language.stop:
            kind = cues.get(earlier)
            if kind is not None:
                return ("+", kind.value, earlier)
            return ("", f"{rest[-2].group}~{word.group}", "")
        return ("", word.group if linked else "", "")

    def _unlinked(self, window: tuple[Word, ...]) -> tuple[Word, ...]:
        """Return the window without the articles and "of" at its end, three at most."""
        end = len(window)
        least = max(end - 3, 0)
        while end > least and window[end - 1].lower in self._linking and window[end - 1].shape == LOWER:
            end -= 1
        return window[:end]

    def _run_cue(self, tokens: Tokens, at: int) -> str:
        """Return the cue before the run of capitalised words that the word continues: it speaks of the whole run."""
        first = at - 1
        while first > 0 and at - first < 5 and tokens.words[first - 1].start and tokens.adjacent(first):
            first -= 1
        return self.cue(self.words_before(tokens, first))[0]

    def left(self, window: Preceding) -> Left:
        """Return what stands left of a name behind the window."""
        words, opening, tied, run = window
        count, language = len(words), self._language
        one = words[-1].group if words and not (opening and words[-1].shape != SIGN) else _EDGE
        two = words[-2].group if count > 1 and one != _EDGE else _EDGE
        three = words[-3].group if count > 2 and two != _EDGE else _EDGE
        sort1 = words[-1].sort if one != _EDGE else _EDGE
        sort2 = words[-2].sort if two != _EDGE else _EDGE
        capital = tied and words[-1].shape in (NAME, UPPER) and not language.nouns_cased
        linked = count > 1 and words[-1].lower in language.links and words[-2].start and tied
        cue = self.cue(words) if one != _EDGE else _NO_CUE
        group = words[-2].group if linked else ""
        classes = words[-1].classes if one != _EDGE else ()
        classes2 = words[-2].classes if two != _EDGE else ()
        governing = self._governing(words)
        return Left(opening, one, two, three, cue, capital, group, sort1, sort2, run, classes, classes2, governing)

    def _governing(self, window: tuple[Word, ...]) -> tuple[str, ...]:
        """Return the classes of the small word that governs the name across articles, "of" and one adjective."""
        rest = self._unlinked(window)
        if len(rest) == len(window) or not rest or rest[-1].shape != LOWER:
            return ()
        if rest[-1].classes or len(rest) == 1 or rest[-2].shape != LOWER:
            return rest[-1].classes
        return rest[-2].classes

    def right(self, window: Following) -> Right:
        """Return what stands right of a name before the window."""
        words, capital = window
        count, language = len(words), self._language
        one = words[0].group if count > 0 else _EDGE
        two = words[1].group if count > 1 else _EDGE
        three = words[2].group if count > 2 else _EDGE
        cue = ""
        if one in (",", "("):
            ahead = 1
            if ahead < count and words[ahead].lower in language.articles:
                ahead += 1
            if ahead < count and (kind := language.after_cues.get(words[ahead].lower)) is not None:
                cue = kind.value
            elif one == "(" and ahead < count and words[ahead].lower in language.directions:
                cue = "direction"
        linked = count > 1 and words[0].lower in language.links and words[1].start
        sort1 = words[0].sort if count > 0 else _EDGE
        sort2 = words[1].sort if count > 1 else _EDGE
        group = words[1].group if linked else ""
        classes = words[0].classes if count > 0 else ()
        classes2 = words[1].classes if count > 1 else ()
        return Right(one, two, three, capital, cue, group, sort1, sort2, classes, classes2)
