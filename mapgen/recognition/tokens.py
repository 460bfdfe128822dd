"""A text as tokens: words, numbers, signs, with what the language file and their shape say of each.

Words are looked up once and remembered, so that a common word costs one dictionary access.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import lru_cache

from mapgen.languages import Language, given_names

__all__ = ["LOWER", "NAME", "NUMBER", "SIGN", "UPPER", "Lexicon", "Tokens", "Word", "lexicon"]

LOWER, NAME, UPPER, NUMBER, SIGN = range(5)
"""Shapes: all small (or without case), with a capital, all capitals (two letters and more), number, anything else."""

_LEAST_BARE = 4
"""Letters below which no prefix is cut off."""
_LOUD = 3
"""Words in capitals, one of them a common one, that make a headline."""
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f"
_LETTERS = rf"[\w{_MARKS}]"
_APOSTROPHES = "'’ʼ"
_ELIDED = (
    "(?:[A-Za-zÀ-ÿ]|[Dd]ell|[Dd]all|[Nn]ell|[Ss]ull|[Aa]ll|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu)"
    rf"[{_APOSTROPHES}](?={_LETTERS})"
)
_ELIDING = frozenset(["fr", "it", "ca"])
_SENTENCE_ENDS = frozenset(".?!…؟。")
_OPENERS = frozenset("\"'«“‘„(-–—•*>[")


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word form.

    Attributes:
        text: the form as written.
        lower: in small letters, with a straight apostrophe.
        shape: one of LOWER, NAME, UPPER, NUMBER, SIGN.
        group: the word itself, with its language, for function words, the sign itself for signs, else the class that
            the language file gives it.
        sort: a class that is the same in all languages ("article", "at", "of", "and"; else the group), so that what is
            learned in one language serves another.
        start: whether it can begin a name.
    """

    text: str
    lower: str
    shape: int
    group: str
    sort: str
    start: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: parallel lists.

    Attributes:
        text: the text.
        words: what is known of each.
        starts: first code point of each.
        ends: one past the last.
    """

    text: str
    words: list[Word]
    starts: list[int]
    ends: list[int]

    def sentence_start(self, index: int) -> bool:
        """Tell whether the token opens a sentence, a line or a quotation after a full stop."""
        words, text = self.words, self.text
        position = index - 1
        while position >= 0 and words[position].text in _OPENERS:
            position -= 1
        if position < 0 or words[position].text in _SENTENCE_ENDS:
            return True
        gap = text[self.ends[position] : self.starts[position + 1]]
        return "\n" in gap and ("\n\n" in gap or words[position].shape == SIGN)

    def adjacent(self, index: int) -> bool:
        """Tell whether only space, and no empty line, lies between the token and the one before it."""
        if index <= 0:
            return False
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        return gap in (" ", "") or (not gap.strip() and gap.count("\n") < 2)

    def surface(self, first: int, last: int) -> str:
        """Return the words `first` to `last`, both included, as one line."""
        name = self.text[self.starts[first] : self.ends[last]]
        return " ".join(name.split()) if "\n" in name or "  " in name or "\t" in name else name


class Lexicon:
    """The words of a language, ready for the reading of texts.

    Args:
        language: what is known of the language.
    """

    _LIMIT = 200_000

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words: dict[str, Word] = {}
        self._groups = _groups(language)
        self._sorts = _sorts(language)
        self._given = given_names()
        self._pattern = _pattern(language)

    def word(self, form: str) -> Word:
        """Return what is known of a word form."""
        known = self._words.get(form)
        if known is None:
            if len(self._words) > self._LIMIT:
                self._words.clear()
            known = self._words[form] = self._make(form)
        return known

    def calm(self, tokens: Tokens, common: frozenset[str]) -> Tokens:
        """Read runs in capitals ("INCENDIE DANS LE VAR") as if they were written like the rest of a text.

        Args:
            tokens: the text.
            common: words that are common in small letters.
        """
        words = tokens.words
        if sum(word.shape == UPPER for word in words) < _LOUD - 1:
            return tokens
        loud = [word.shape == UPPER or (len(word.text) <= 2 and word.text.isupper()) for word in words]
        changed = list(words)
        at = 0
        while at < len(words):
            end = at
            while (
                end < len(words) and (loud[end] or words[end].shape in (NUMBER, SIGN)) and words[end].text not in ".?!"
            ):
                end += 1
            run = [word for word, is_loud in zip(words[at:end], loud[at:end], strict=True) if is_loud]
            if len(run) >= _LOUD and any(self._small(word, common) for word in run):
                for place in range(at, end):
                    if loud[place]:
                        small = self._small(words[place], common)
                        form = words[place].text
                        changed[place] = self.word(form.lower() if small else form.title())
            at = max(end, at + 1)
        return Tokens(tokens.text, changed, tokens.starts, tokens.ends) if changed != words else tokens

    def _small(self, word: Word, common: frozenset[str]) -> bool:
        lower = word.lower
        group = self._groups.get(lower, "")
        return lower in common or (bool(group) and group not in ("after", "generic")) or lower in self.language.stop

    def tokens(self, text: str) -> Tokens:
        """Cut a text into tokens."""
        words: list[Word] = []
        starts: list[int] = []
        ends: list[int] = []
        known, make = self._words.get, self.word
        for match in self._pattern.finditer(text):
            form = match.group()
            start, end = match.span()
            words.append(known(form) or make(form))
            starts.append(start)
            ends.append(end)
        return Tokens(text, words, starts, ends)

    def tokens_around(self, text: str, spans: list[tuple[int, int]]) -> Tokens:
        """Cut a text into tokens such that every given span begins and ends at one.

        Args:
            text: the text.
            spans: in text order, not overlapping; not empty.
        """
        plain = self.tokens(text)
        words: list[Word] = []
        starts: list[int] = []
        ends: list[int] = []
        borders = sorted({border for span in spans for border in span})
        at = 0
        for word, start, end in zip(plain.words, plain.starts, plain.ends, strict=True):
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
        return self.tokens_around(tokens.text, borders) if borders else tokens

    def _make(self, form: str) -> Word:
        lower = self.language.spellings.get(form) or form.lower().replace("’", "'").replace("ʼ", "'")
        shape = _shape(form)
        group = self._groups.get(lower) or self._groups.get(lower.rstrip("."), "")
        if shape in (NAME, UPPER) and (not group or group in ("given", "low")):
            group = "given" if lower in self._given else "UPPER" if shape == UPPER else "Name"
        elif not group:
            group = {LOWER: _ending(lower), NUMBER: "num"}.get(shape) or (form if form in _KNOWN_SIGNS else "sign")
        start = shape in (NAME, UPPER) and lower not in _ELISIONS and lower != "à"
        return Word(form, lower, shape, group, self._sorts.get(lower, group), start)


_KNOWN_SIGNS = frozenset(".,;:()[]\"'«»/-–—?!&%…’“”„•*|")
_ELISIONS = frozenset(f"{letters}'" for letters in ("c", "j", "m", "t", "s", "qu", "jusqu", "lorsqu", "puisqu"))
_ENDINGS = (
    "ment",
    "tion",
    "eurs",
    "eur",
    "ées",
    "és",
    "ée",
    "é",
    "er",
    "ant",
    "ait",
    "aient",
    "ique",
    "ing",
    "ed",
    "ly",
    "ies",
    "es",
    "s",
)


def _ending(lower: str) -> str:
    """Return the class of an unknown small word: its ending says whether it is a verb or a noun, roughly."""
    for ending in _ENDINGS:
        if len(lower) > len(ending) + 2 and lower.endswith(ending):
            return "-" + ending
    return "low"


def _shape(form: str) -> int:
    first = form[0]
    if not (first.isalpha()):
        if first.isdigit():
            return NUMBER if not any(letter.isupper() for letter in form) else NAME
        return SIGN if not any(letter.isalpha() for letter in form) else LOWER
    if form.islower():
        return LOWER
    letters = [letter for letter in form if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return UPPER
    if first.isupper() or any(form[at + 1 : at + 2].isupper() for at, sign in enumerate(form) if sign in "-'’"):
        return NAME
    return LOWER if not any(letter.isupper() for letter in form) else NAME


def _groups(language: Language) -> dict[str, str]:
    """Return word -> class, the classes that say most of a following name last, so that they win."""
    groups: dict[str, str] = {}
    for name, words in (
        ("motion", language.motion),
        ("dir", language.directions),
        ("num", language.numbers),
        ("unit", language.units),
        ("partner", language.partner_words),
        ("report", language.reporting),
        ("dem", language.demonyms),
        ("generic", {word.lower() for word in language.generics}),
        ("after", language.after_cues),
        ("cue", language.cues),
        ("orgtail", language.organisation_tails),
        ("org", language.organisation_heads),
        ("power", language.power_nouns),
        ("person", language.person_nouns),
        ("title", {word.rstrip(".") for word in language.titles}),
        ("place-abbreviation", {f"{word.lower()}." for word in language.place_abbreviations}),
        ("month", language.months),
        ("day", language.days),
    ):
        groups.update((word, name) for word in words if " " not in word)
    functions = language.stop | language.articles | language.place_prepositions | language.weak_prepositions
    functions |= language.of_words | language.and_words
    groups.update((word, f"{language.code}:{word}") for word in functions if " " not in word)
    return groups


def _sorts(language: Language) -> dict[str, str]:
    """Return function word -> its class in all languages, the most telling class last."""
    sorts: dict[str, str] = {}
    for name, words in (
        ("function", language.stop),
        ("partner", language.partner_words),
        ("weak", language.weak_prepositions),
        ("saying", language.reporting_prepositions),
        ("article", language.articles),
        ("of", language.of_words),
        ("at", language.place_prepositions),
        ("contracted", language.contracted),
        ("and", language.and_words),
    ):
        sorts.update((word, name) for word in words if " " not in word)
    return sorts


def _pattern(language: Language) -> re.Pattern[str]:
    """Return the pattern of a token; elided articles are tokens of their own where the language has them."""
    titles = "|".join(
        sorted({re.escape(word.rstrip(".").capitalize()) for word in language.titles if len(word.rstrip(".")) < 6})
    )
    places = "|".join(re.escape(word) for word in sorted(language.place_abbreviations))
    branches = [
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
    return re.compile("|".join(branches))


@lru_cache(maxsize=16)
def lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language, made once."""
    return Lexicon(language)
