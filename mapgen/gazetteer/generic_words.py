"""Names without the words that only say what sort of place they name: "Masisi Territory", "wilaya de Sétif"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from mapgen.gazetteer.names import fold

__all__ = [
    "DIVIDING",
    "NATURAL",
    "Generic",
    "Joined",
    "Sort",
    "bare_names",
    "generic_words",
    "is_airfield",
    "joined_generic",
    "without_generic",
]

_REPORTING = ("fr", "en", "es")
"""Languages of the texts: they put words of other languages before a name, with a link of their own ("caza de Zahlé",
"oblys de Turkestan")."""
_SHORTEST_FOREIGN = 4
"""Letters of such a word: shorter ones are words of other meaning in these languages ("do", "gun")."""
_ELISION = re.compile(r"^([dl]|dell)['’](?=\w)", re.IGNORECASE)


class Sort(StrEnum):
    """What a generic word says that a name names; the keys of `generic-words.toml`.

    A district is a division as well, mostly one of the second level.
    """

    DIVISION = "division"
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    AIRFIELD = "airfield"
    LAKE = "lake"
    RIVER = "river"
    MOUNTAIN = "mountain"
    ISLAND = "island"
    VALLEY = "valley"
    DESERT = "desert"
    FOREST = "forest"
    PARK = "park"


DIVIDING = (Sort.DIVISION, Sort.DISTRICT)
"""The sorts of administrative divisions."""
NATURAL = (
    Sort.LAKE, Sort.RIVER, Sort.MOUNTAIN, Sort.ISLAND, Sort.VALLEY, Sort.DESERT, Sort.FOREST, Sort.PARK,
)  # fmt: skip
"""The sorts of waters, relief and parks."""
_GOVERNED = (*DIVIDING, Sort.SETTLEMENT)


class Generic(NamedTuple):
    """A name without its generic word.

    Attributes:
        name: what is left, as written.
        sort: what the generic word says that it names.
    """

    name: str
    sort: Sort


class Joined(NamedTuple):
    """A name of one word without the generic word at its end.

    Attributes:
        name: what is left, as written.
        country: the country in whose names the word is joined, ISO 3166-1 alpha-2.
    """

    name: str
    country: str


class _Phrase(NamedTuple):
    """A generic word or phrase: its words, normalised; what it says; the links behind it; whether it needs one."""

    words: tuple[str, ...]
    sort: Sort
    links: tuple[tuple[str, ...], ...]
    needs_link: bool


@cache
def _phrases() -> tuple[dict[str, list[_Phrase]], dict[str, list[_Phrase]]]:
    """Phrases before a name by their first word, and behind one by their last; the longest of a word first."""
    before: dict[str, list[_Phrase]] = {}
    behind: dict[str, list[_Phrase]] = {}
    content = tomllib.loads(
        files("mapgen.gazetteer").joinpath("sources", "generic-words.toml").read_text(encoding="utf-8")
    )
    of_texts = "/".join(content[language]["links"] for language in _REPORTING)
    reported = _links(of_texts)
    for language, table in content.items():
        own = language.partition("-")[0] in _REPORTING
        links = _links(table["links"] if own else f"{table['links']}/{of_texts}")
        for sort in Sort:
            for line in table.get(sort.value, "").split("\n"):
                if not (words := tuple(map(_form, line.split()))):
                    continue
                phrase = _Phrase(words, sort, links, not table["unlinked"])
                if table["side"] in ("after", "both"):
                    behind.setdefault(words[-1], []).append(phrase)
                if table["side"] in ("before", "both"):
                    before.setdefault(words[0], []).append(phrase)
                elif not own and len(line) >= _SHORTEST_FOREIGN:
                    before.setdefault(words[0], []).append(_Phrase(words, sort, reported, needs_link=True))
    for index in (before, behind):
        for phrases in index.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))
    return before, behind


def _links(text: str) -> tuple[tuple[str, ...], ...]:
    """Links as tuples of words, the longest first."""
    links = dict.fromkeys(tuple(map(_form, link.split())) for link in text.split("/") if link)
    return tuple(sorted(links, key=len, reverse=True))


@cache
def _airfield_phrases() -> frozenset[tuple[str, ...]]:
    phrases = (phrase for index in _phrases() for each in index.values() for phrase in each)
    return frozenset(phrase.words for phrase in phrases if phrase.sort is Sort.AIRFIELD)


def is_airfield(words: str) -> bool:
    """Return whether words beside a name say that it is that of an airport or an air base ("aéroport militaire")."""
    return tuple(map(_form, words.split())) in _airfield_phrases()


@cache
def generic_words() -> frozenset[str]:
    """Return all folded words that name a rank of division and not the division, and the small words beside them."""
    before, behind = _phrases()
    phrases = [phrase for index in (before, behind) for each in index.values() for phrase in each]
    words = {word for phrase in phrases if phrase.sort in DIVIDING for word in phrase.words}
    links = {word for phrase in phrases for link in phrase.links for word in link}
    small = {"the", "and", "et", "les", "le", "al", "city", "town", "capital", "autonomous", "rif"}
    return frozenset(fold(word) for word in words | links | small) - {""}


def without_generic(name: str) -> Iterator[Generic]:
    """Yield the readings of a name without a generic word before or behind it; none where it has no such word.

    Args:
        name: as written.
    """
    words = name.split()
    before, behind = _phrases()
    if len(words) > 1:
        first, last = _form(_elided(words[0])[-1]), _form(words[-1])
        if first in before:
            yield from _behind_phrase(words, before[first])
        if last in behind:
            yield from _before_phrase(words, behind[last])
    head, hyphen, suffix = name.rpartition("-")
    if hyphen and head and suffix == suffix.lower() and (phrases := behind.get(_form(suffix))):
        yield Generic(head, phrases[0].sort)


_JOINED = {
    "CN": ("xian", "shi", "qu", "sheng", "zhou"),
    "TW": ("xian", "shi", "qu"),
    "JP": ("ken", "fu", "shi", "gun", "ku"),
    "KR": ("gun", "gu", "si", "do"),
    "KP": ("gun", "kun", "si", "do"),
}
"""Words for divisions that a romanisation may join to the name: "Maoxian", "Kanagawaken", "Gangwondo"."""
_JOINED_ENDS = tuple({end for ends in _JOINED.values() for end in ends})
_SHORTEST_JOINED = 2
"""Letters of a name before a joined word."""


def joined_generic(name: str) -> Iterator[Joined]:
    """Yield the readings of a name of one word that ends in a generic word, each with its country.

    Args:
        name: as written.
    """
    if not name.endswith(_JOINED_ENDS) or " " in name or "-" in name:
        return
    for country, ends in _JOINED.items():
        for end in ends:
            head = name.removesuffix(end).rstrip("'’")
            if name.endswith(end) and len(head) >= _SHORTEST_JOINED:
                yield Joined(head, country)


def bare_names(names: list[str]) -> Iterator[str]:
    """Yield what is left of names of divisions without their generic words, each once, short remains left out."""
    seen = set(names)
    for name in names:
        for each in without_generic(name):
            if each.sort in _GOVERNED and each.name not in seen and not _is_short(each.name):
                seen.add(each.name)
                yield each.name


def _is_short(name: str) -> bool:
    """Whether at most two letters of a name count."""
    # Of most names `fold` need not be asked.
    plain = name.isascii() and name.isalpha()
    return len(name if plain else fold(name)) <= 2


def _behind_phrase(words: list[str], phrases: list[_Phrase]) -> Iterator[Generic]:
    forms = [_form(_elided(words[0])[-1]), *map(_form, words[1 : len(phrases[0].words)])]
    for phrase in phrases:
        size = len(phrase.words)
        if tuple(forms[:size]) != phrase.words or len(words) == size:
            continue
        rest = words[size:]
        linked = _unlinked(rest, phrase.links)
        if linked != rest or not phrase.needs_link:
            if linked:
                yield Generic(" ".join(linked), phrase.sort)
            return


def _unlinked(words: list[str], links: tuple[tuple[str, ...], ...]) -> list[str]:
    """The words without the longest link that they begin with; a capital says that "La" is of the name."""
    forms = [_form(word) if word == word.lower() else "" for word in words]
    for link in links:
        if len(link) < len(words) and tuple(forms[: len(link)]) == link:
            return words[len(link) :]
        # "d'Alep", "de l'Ain": the last word of the link is one with the name.
        size = len(link) - 1
        if size < len(words) and tuple(forms[:size]) == link[:-1]:
            elided = _elided(words[size])
            if len(elided) > 1 and elided[0] == elided[0].lower() and _form(elided[0]) == link[-1]:
                return [elided[1], *words[size + 1 :]]
    return words


def _before_phrase(words: list[str], phrases: list[_Phrase]) -> Iterator[Generic]:
    forms = list(map(_form, words[-len(phrases[0].words) :]))
    for phrase in phrases:
        size = len(phrase.words)
        if tuple(forms[-size:]) == phrase.words and len(words) > size:
            yield Generic(" ".join(words[:-size]), phrase.sort)
            return


def _elided(word: str) -> list[str]:
    """The article or preposition that a word has lost a vowel to, with its apostrophe, and the word."""
    match = _ELISION.match(word) if "'" in word or "’" in word else None
    return [match[0], word[match.end() :]] if match else [word]


@lru_cache(maxsize=4096)
def _form(word: str) -> str:
    """The form in which words are compared: without case and accents."""
    # What `fold` makes of most words, several times faster.
    return word.lower() if word.isascii() and word.isalpha() else fold(word) or word
