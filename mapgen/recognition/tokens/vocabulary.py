"""What the language file and the shape of a word say of it.

What is asked of every word of a text is kept as bits in `Word.flags`: a text is then a string of bytes, one a word, in
which regular expressions find the few places worth looking at (`flagged`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mapgen.kinds import DIVISIONS
from mapgen.languages import Language, given_names
from mapgen.recognition.tokens.word_lists import name_classes, small_class

__all__ = [
    "ADDRESS",
    "CARRIED",
    "COMPOUND",
    "CURRENCY",
    "HEADING",
    "LINK",
    "LOUD",
    "LOWER",
    "NAME",
    "NUMBER",
    "SIGN",
    "START",
    "TAIL",
    "UPPER",
    "WHOLLY_UPPER",
    "Vocabulary",
    "Word",
    "flagged",
    "joined_parts",
    "small_heads",
]

LOWER, NAME, UPPER, NUMBER, SIGN = range(5)
"""Shapes: all small (or without case), with a capital, all capitals (two letters and more), number, anything else."""

START, LOUD, WHOLLY_UPPER, CARRIED, COMPOUND, LINK, HEADING, TAIL = (1 << bit for bit in range(8))
"""Flags: can begin a name; in capitals; in capitals and of two letters or more; is allowed between words in capitals
without ending their run; parts with capitals ("Damas-Alep"); a small word inside names ("de"); a small noun that a
word of the next sort makes a name; a small word that ends names ("centrale")."""

ADDRESS = r"(?:https?://|www\.)[^\s<>\"«»()]*[^\s<>\"«»().,;:!?…]"
"""An address on the web: one word, whatever names it holds."""
_ADDRESS = re.compile(ADDRESS)
CURRENCY = r"\b[A-Z]{1,3}[$€£¥](?=\s?\d)"
"""The sign of a currency before an amount ("US$ 3.6 million"), whose letters name no country."""
_CURRENCY = re.compile(r"[A-Z]{1,3}[$€£¥]")
_HYPHENS = re.compile(r"[-‑]")
_MOST_PARTS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What is known of a word form. There is one `Word` a form and language: two are the same or differ.

    Attributes:
        text: the form as written.
        lower: in small letters, with a straight apostrophe.
        shape: one of LOWER, NAME, UPPER, NUMBER, SIGN.
        group: the word itself, with its language, for function words, the sign itself for signs, else the class that
            the language file gives it.
        sort: a class that is the same in all languages ("article", "at", "of", "and"; else the group), so that what is
            learned in one language serves another.
        start: whether it can begin a name.
        flags: the flags above, as bits.
        classes: what large word lists say of it: see `word_classes`.
        topic: the subject that it speaks of ("sport"), or "".
    """

    text: str
    lower: str
    shape: int
    group: str
    sort: str
    start: bool
    flags: int
    classes: tuple[str, ...]
    topic: str


class Vocabulary:
    """Finds out what is known of the words of a language.

    Args:
        language: what is known of the language.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._given = given_names()
        self._sorts = _sorts(language)
        self._tails = frozenset(tail.split(" ")[0] for tail in language.name_tails)
        self.groups = _groups(language)

    def make(self, form: str) -> Word:
        """Return what is known of a word form."""
        lower = self._language.spellings.get(form) or form.lower().replace("’", "'").replace("ʼ", "'")
        shape = _shape(form)
        group = self.groups.get(lower) or self.groups.get(lower.rstrip("."), "")
        if shape in (NAME, UPPER) and (not group or group in ("given", "low")):
            group = "given" if lower in self._given else "UPPER" if shape == UPPER else "Name"
        elif not group:
            group = {LOWER: _ending(lower), NUMBER: "num"}.get(shape) or (form if form in _KNOWN_SIGNS else "sign")
        start = shape in (NAME, UPPER) and lower not in _ELISIONS and lower != "à"
        flags = self._flags(form, lower, shape, start=start)
        topic = self._language.topics.get(lower, "")
        classes = self._classes(form, lower, shape) if start or shape == LOWER else ()
        return Word(form, lower, shape, group, self._sorts.get(lower, group), start, flags, classes, topic)

    def _classes(self, form: str, lower: str, shape: int) -> tuple[str, ...]:
        if shape != LOWER:
            return name_classes(form if shape == NAME else form.title())
        small = small_class(self._language.code, lower)
        family = self._language.families.get(lower) or self._language.topics.get(lower, "")
        return tuple(name for name in (small, f"family:{family}" if family else "") if name)

    def _flags(self, form: str, lower: str, shape: int, *, start: bool) -> int:
        language, flags = self._language, 0
        if start:
            flags = START | (COMPOUND if joined_parts(form) is not None else 0)
        elif lower in language.generics:
            flags = HEADING
        if shape == UPPER:
            flags |= LOUD | WHOLLY_UPPER
        elif len(form) <= 2 and form.isupper():
            flags |= LOUD
        elif shape in (NUMBER, SIGN):
            flags |= CARRIED if form not in ".?!" else 0
        elif shape == LOWER and lower in language.links:
            flags |= LINK
        return flags | (TAIL if lower in self._tails else 0)


def joined_parts(form: str) -> list[str] | None:
    """Return the parts of a word such as "Damas-Alep", each with a capital, or None."""
    if form.isalpha():
        return None
    parts = _HYPHENS.split(form)
    is_compound = 1 < len(parts) <= _MOST_PARTS and all(len(part) > 2 and part[0].isupper() for part in parts)
    return parts if is_compound else None


def flagged(flags: int) -> str:
    """Return the class of a regular expression over bytes that fits every word with one of the flags."""
    return "[" + "".join(rf"\x{byte:02x}" for byte in range(256) if byte & flags) + "]"


@lru_cache(maxsize=16)
def small_heads(language: Language) -> frozenset[str]:
    """Return the small nouns that may begin a name ("mer Noire", "lac de Tibériade").

    Nouns for divisions are cues and no part of the name: "le département du Var" names Var.
    """
    nouns = (word.lower() for word, kind in language.generic_kinds.items() if kind not in DIVISIONS)
    return frozenset(nouns) | language.name_heads


_KNOWN_SIGNS = frozenset(".,;:()[]\"'«»/-–—?!&%…’“”„•*|$€£")
_ELISIONS = frozenset(f"{letters}'" for letters in ("c", "j", "m", "t", "s", "qu", "jusqu", "lorsqu", "puisqu"))
_ENDINGS = frozenset(
    "aient ait ant ed er es eur eurs ies ing ique ly ment s tion é ée ées és".split()  # noqa: SIM905
)
_LONGEST_ENDING = max(map(len, _ENDINGS))


def _ending(lower: str) -> str:
    """Return the class of an unknown small word: its ending shows, roughly, whether it is a verb or a noun."""
    for size in range(min(_LONGEST_ENDING, len(lower) - 3), 0, -1):
        if lower[-size:] in _ENDINGS:
            return "-" + lower[-size:]
    return "low"


def _shape(form: str) -> int:
    first = form[0]
    if not (first.isalpha()):
        if first.isdigit():
            return NUMBER if not any(letter.isupper() for letter in form) else NAME
        return SIGN if not any(letter.isalpha() for letter in form) else LOWER
    if form.islower():
        return LOWER
    if form.isascii() and form.isalpha():
        # Most words: they hold no sign, and their capitals need no look at each letter.
        return UPPER if len(form) > 1 and form.isupper() else NAME
    if _ADDRESS.fullmatch(form):
        return LOWER
    if _CURRENCY.fullmatch(form):
        return NUMBER
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
