"""The normal forms of names: folding, the transliteration key, and spellings one edit away.

Every function works on one name or, joined by line ends, on a million at once: no rule reaches over a line end. A whole
gazetteer is folded in a handful of passes that run in C, and a look-up uses the very same code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import compress
from operator import not_

__all__ = [
    "fold", "fold_all", "fold_lines", "is_latin", "stem", "stems", "transliteration_key",
    "transliteration_keys",
]  # fmt: skip

# Letters that Unicode does not decompose into a base letter and marks.
_LETTERS = {
    "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ŧ": "t",
    "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɛ": "e", "ɔ": "o", "ɖ": "d", "ƒ": "f", "ɣ": "g", "ĸ": "k",
    "ى": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ی": "ي", "ـ": "",
}  # fmt: skip
# Signs that stand for a glottal stop, an ayn, a soft sign or an elision are left out …
_SILENT = (
    "'’‘`´ʹʺʻʼʽʾʿˈˊˋ′″“”\"«»‛ʔʕ"
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
)
# … and signs that part words count as a space.
_PARTING = "-‐‑‒–—―−_/\\.,;:()[]{}&·・\t\u00a0\u3000+*!?"

_ASCII_TABLE = str.maketrans({**dict.fromkeys(_PARTING, " "), **dict.fromkeys(_SILENT, None)})
_FULL_TABLE = str.maketrans(
    {
        **dict.fromkeys(_PARTING, " "),
        **dict.fromkeys(_SILENT, None),
        **_LETTERS,
        **{chr(mark): None for mark in (*range(0x300, 0x370), *range(0x591, 0x5BD), 0x5BF, 0x5C1, 0x5C2)},
    }
)
# "St-Denis", "Ste Anne", "Mt. Hood": an abbreviation only before another word, whichever of its forms is written.
_ABBREVIATIONS = tuple(
    (f"{before}{short} ", f"{before}{word} ")
    for short, word in {
        "st": "saint",
        "ste": "saint",
        "sainte": "saint",
        "mt": "mont",
        "mount": "mont",
        "ft": "fort",
    }.items()
    for before in "\n "
)


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return `name` without what writers vary freely: case, accents, apostrophes, hyphens, "St" for "Saint".

    Returns:
        Small letters and single spaces; equal for "Khân-Cheikhoun" and "khan cheikhoun".
    """
    return _fold(name)


def _fold(name: str) -> str:
    """Fold a name, or several joined by line ends, which stay."""
    if name.isascii():
        text = name.lower().translate(_ASCII_TABLE)
    else:
        text = unicodedata.normalize("NFKD", name.casefold()).translate(_FULL_TABLE)
    return _tidy(text) if " " in text else text


def _tidy(text: str) -> str:
    """Make spaces single, drop them at line ends, and write abbreviations out."""
    while "  " in text:
        text = text.replace("  ", " ")
    text = f"\n{text}\n".replace("\n ", "\n").replace(" \n", "\n")
    if "t " in text or "te " in text:  # the ends of all that are written out
        for short, word in _ABBREVIATIONS:
            text = text.replace(short, word)
    return text[1:-1]


def fold_all(names: Sequence[str]) -> list[str]:
    """Return the folded form of every name, in order; many times faster than one by one."""
    plain = list(map(str.isascii, names))
    folded_plain = iter(_many(_fold, list(compress(names, plain))))
    folded_other = iter(_many(_fold, list(compress(names, map(not_, plain)))))
    return [next(folded_plain if is_plain else folded_other) for is_plain in plain]


def fold_lines(names: Iterable[str]) -> str:
    """Return the folded forms of names, one a line; quickest where all are ASCII or none is."""
    return _fold("\n".join(names))


def _many(function: Callable[[str], str], names: list[str]) -> list[str]:
    return function("\n".join(names)).split("\n") if names else []


_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u0250-\u02ff\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]")


def is_latin(name: str) -> bool:
    """Tell whether every letter of `name` is of the Latin script."""
    return name.isascii() or _NOT_LATIN.search(name) is None


# An accent says that a last e is spoken: "Hassaké" is "Hasakah", "Noomane" is "Nu'man".
_SPOKEN_E = re.compile(r"[éèêÉÈÊ](?![^\W\d_])")

# What is done to a folded name, in order. The classes that stay: S for sh, ch, sch, tch; j for g, gh, j, dj, zh;
# x for kh; k for k, q, c, ck; u for every o, u, w; a for every other vowel.
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # The Arabic article, a word of its own or not: "al-Bab", "Deir ez-Zor", "ech-Cheikh".
        (r"\b[aeou]l(?: |(?=l))(?=[a-z]{2})", ""),
        (r"\b[aeou](?:([rsdznt]) (?=\1[a-z])|d ?(?=dh)|t ?(?=th)|s ?(?=s[hc])|(?:sh|ch) ?(?=[sc]h))", ""),
        (r"(?<= )[ae]([rsdznt])(?=\1[a-z]{2})|\b[ae]([rsdznt])(?=\2[a-z]{3})", ""),
        (r"t?s?ch|tsh|sh|cz", "S"),
        (r"d?zh|dj|gh|g|zj", "j"),
        (r"kh", "x"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"c(?=[eiy])", "s"),
        (r"qu(?=[aeiouy])|ck?|q", "k"),
        (r"(?<=[aeiouyw])h\b|(?<=[bcdfjklmnprstvxzS])e\b", ""),
        (r"(?<=[a-zS])[aeiy]?(?:o|u|w|(?<=[aeiou])w)[ouw]*|[ouw]+", "u"),
        (r"[aeiy]+", "a"),
        (r" ", ""),
        (r"([a-zS])\1+", r"\1"),
    )
)


@lru_cache(maxsize=8192)
def transliteration_key(name: str) -> str:
    """Return a key that the ways of writing one Arabic, Russian, Persian … name in Latin letters have in common.

    French and English follow different habits (Cheikhoun, Shaykhun; Raqa, Raqqah; Tchernihiv, Chernihiv): the key keeps
    the consonants as classes and the vowels as two, and drops the article, doubled letters and silent endings.

    Args:
        name: a name in Latin script.
    """
    return _key(fold(_speak(name)))


def transliteration_keys(names: Sequence[str], folded: Sequence[str]) -> list[str]:
    """Return the transliteration key of every name, in order; many times faster than one by one.

    Args:
        names: the names as written.
        folded: their folded forms.
    """
    spoken = [
        form if name.isascii() or not _SPOKEN_E.search(name) else fold(_speak(name))
        for name, form in zip(names, folded, strict=True)
    ]
    distinct = list(dict.fromkeys(spoken))
    keys = dict(zip(distinct, _many(_key, distinct), strict=True))
    return [keys[form] for form in spoken]


def _speak(name: str) -> str:
    return name if name.isascii() else _SPOKEN_E.sub("a", unicodedata.normalize("NFC", name))


def _key(text: str) -> str:
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text


# "Kuwayris Sharqī" is East Kuwayris: a text says Kuwayris. North, south, east, west, upper, lower, great, little, new,
# old, in the Arabic and Persian of place names.
_PART_WORDS = frozenset(
    map(
        transliteration_key,
        re.findall(
            r"\w+",
            """
            shamali shimali janubi sharqi charki gharbi rharbi kabir kebir kabirah saghir seghir saghirah fawqani
            fawqaniyah fauqani tahtani tahtaniyah wusta wustani jadid jadidah qadim qadimah olya sofla bala pain bozorg
            kuchek
            """,
        ),
    )
)


def stem(name: str) -> str:
    """Return a name of several words without the word at its end that parts it from a namesake, or ""."""
    head, _, last = name.rstrip().rpartition(" ")
    return head if head and is_latin(last) and _part_word(last) else ""


@lru_cache(maxsize=4096)
def _part_word(word: str) -> bool:
    return transliteration_key(word) in _PART_WORDS


def stems(names: Sequence[str]) -> list[str]:
    """Return `stem` of every name, in order; many times faster than one by one."""
    parted = [name.rstrip().rpartition(" ") for name in names]
    words = [word for word in {last for head, _, last in parted if head} if is_latin(word)]
    keys = transliteration_keys(words, fold_all(words))
    parting = {word for word, key in zip(words, keys, strict=True) if key in _PART_WORDS}
    return [head if last in parting else "" for head, _, last in parted]
