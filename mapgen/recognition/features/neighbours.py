"""The words right before and right after a place in a text, and what they say of a name there."""

from __future__ import annotations

from functools import lru_cache

from mapgen.languages import Language
from mapgen.recognition.features.parts import NO_CUE, CueBefore, Left, Right
from mapgen.recognition.tokens import LOWER, NAME, SIGN, UPPER, Tokens, Word

__all__ = ["Neighbours", "linking_words"]

_EDGE = "|"
"""Represents what precedes the first and follows the last word of a sentence."""
_NEAR, _FAR = 3, 5
"""Words before a name that are looked at: the far ones where articles and "of" lie between."""


@lru_cache(maxsize=16)
def linking_words(language: Language) -> frozenset[str]:
    """Return the words that link a cue to its name: articles and "of"."""
    return language.of_words | language.articles


class Neighbours:
    """Looks at the words before and after the candidate spans of one text.

    Args:
        tokens: the text.
        language: of the text.
    """

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self._tokens = tokens
        self._language = language
        self._linking = linking_words(language)
        self._cues: dict[int, CueBefore] = {}

    def cue(self, at: int) -> CueBefore:
        """Return how a cue precedes the word ("+" linked, "=" directly), its kind and its noun."""
        cue = self._cues.get(at)
        if cue is None:
            cue = self._cues[at] = self._cue(self._before(at))
        return cue

    def _before(self, at: int) -> list[Word]:
        """Return the words before the word, as many as are ever looked at."""
        words = self._tokens.words
        far = at > _NEAR and words[at - 2].lower in self._linking
        return words[max(at - (_FAR if far else _NEAR), 0) : at]

    def _cue(self, window: list[Word]) -> CueBefore:
        cues = self._language.cues
        rest = self._unlinked(window)
        linked = len(rest) < len(window)
        if not rest or rest[-1].shape == SIGN:
            return NO_CUE
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

    def _unlinked(self, window: list[Word]) -> list[Word]:
        """Return the words without the articles and "of" at its end, three at most."""
        end = len(window)
        least = max(end - 3, 0)
        while end > least and window[end - 1].lower in self._linking and window[end - 1].shape == LOWER:
            end -= 1
        return window[:end]

    def _run_cue(self, at: int) -> str:
        """Return the cue before the run of capitalised words that the word continues: it applies to the whole run."""
        tokens, first = self._tokens, at - 1
        while first > 0 and at - first < 5 and tokens.words[first - 1].start and tokens.adjacent(first):
            first -= 1
        return self.cue(first)[0]

    def left(self, at: int) -> Left:
        """Return what precedes a span whose first word is `at`."""
        words, language = self._before(at), self._language
        opening, tied = self._tokens.sentence_start(at), self._tokens.adjacent(at)
        count = len(words)
        one = words[-1].group if words and not (opening and words[-1].shape != SIGN) else _EDGE
        two = words[-2].group if count > 1 and one != _EDGE else _EDGE
        three = words[-3].group if count > 2 and two != _EDGE else _EDGE
        sort1 = words[-1].sort if one != _EDGE else _EDGE
        sort2 = words[-2].sort if two != _EDGE else _EDGE
        capital = tied and words[-1].shape in (NAME, UPPER) and not language.nouns_cased
        linked = count > 1 and words[-1].lower in language.links and words[-2].start and tied
        cue = self.cue(at) if one != _EDGE else NO_CUE
        group = words[-2].group if linked else ""
        classes = words[-1].classes if one != _EDGE else ()
        classes2 = words[-2].classes if two != _EDGE else ()
        run = self._run_cue(at) if capital else ""
        governing = self._governing(words)
        return Left(opening, one, two, three, cue, capital, group, sort1, sort2, run, classes, classes2, governing)

    def _governing(self, window: list[Word]) -> tuple[str, ...]:
        """Return the classes of the small word that governs the name across articles, "of" and one adjective."""
        rest = self._unlinked(window)
        if len(rest) == len(window) or not rest or rest[-1].shape != LOWER:
            return ()
        if rest[-1].classes or len(rest) == 1 or rest[-2].shape != LOWER:
            return rest[-1].classes
        return rest[-2].classes

    def right(self, at: int) -> Right:
        """Return what follows a span whose last word is `at`."""
        words, language = self._tokens.words[at + 1 : self._tokens.line_end(at, at + 4)], self._language
        count = len(words)
        capital = count > 0 and words[0].start and not language.nouns_cased and self._tokens.adjacent(at + 1)
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
