"""The sense of a place name: the place itself, or the government or institution that goes by its name.

A small logistic classifier over the words that decide: the preposition, the noun or verb that governs the
name, the verb behind it, and whether the name is one that governments go by at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mapgen.languages import Language
from mapgen.model import Kind
from mapgen.recognition.description.cues import Cue
from mapgen.recognition.spans import Facts
from mapgen.recognition.tokens import LOWER, NUMBER, SIGN, Tokens

__all__ = ["SensePicture", "list_bounds", "sense_features", "sense_names", "sense_picture"]

_VERB_REACH = 7
_DATELINE_REACH = 12
_DASHES = frozenset("–—-")
_DATELINE_SIGNS = frozenset(",.()/")
_CLAUSE_ENDS = frozenset(".;:!?")
_TELLING = frozenset(["power", "partner", "report", "person"])
_COUNTRY, _FACILITY, _CITY = frozenset([Kind.COUNTRY]), frozenset([Kind.FACILITY]), frozenset([Kind.CITY])
_REGIONS = frozenset([Kind.REGION, Kind.AREA, Kind.CONTINENT])


def list_bounds(tokens: Tokens, names: Sequence[tuple[int, int]], language: Language) -> list[tuple[int, int]]:
    """Return for each name the first and last token of the list of names around it: they share one sense.

    Args:
        tokens: the text.
        names: first and last token of each name, in text order.
        language: of the text.
    """
    words = tokens.words
    articles = language.articles - language.contracted
    bounds: list[tuple[int, int]] = []
    start, ended = 0, False
    for number, (_, last) in enumerate(names):
        follows = names[number + 1][0] if number + 1 < len(names) else -1
        between = words[last + 1 : follows] if follows > 0 else []
        joined = 0 < len(between) <= 2 and (between[0].text == "," or between[0].lower in language.and_words)
        if not joined or (len(between) == 2 and between[1].lower not in articles):
            # A sequence without "and" is no list: "A Washington, le Pentagone".
            one_list = ended or number == start
            bounds += [(names[start][0], last)] * (number + 1 - start) if one_list else names[start : number + 1]
            start, ended = number + 1, False
        else:
            ended = ended or between[0].lower in language.and_words
    return bounds


def sense_features(
    tokens: Tokens, first: int, last: int, facts: Facts | None, cue: Cue, language: Language
) -> list[str]:
    """Return the named features of one place name.

    Args:
        tokens: the text.
        first: first token of the name, or of the list around it.
        last: its last token, or that of the list.
        facts: what the gazetteer says of the name.
        cue: what the words around say that it is.
        language: of the text.
    """
    return sense_names(sense_picture(tokens, first, last, facts, cue, language))


class SensePicture(NamedTuple):
    """The words and facts that decide the sense of a name.

    Attributes:
        size: the class of `power_class`; "seat" for the names by which governments go ("Kremlin").
        opening: whether the name, or its article, opens a sentence.
        article: before the name, or "".
        before: what governs it: a preposition, the group of another word, "|" at the start of a sentence.
        kind: class of that.
        governing: group of the word before that, or "" where there is none.
        exact: that word where it is a preposition, else "".
        near: group of the nearest word of power, partnership, report or person before it, or "".
        after: group of the word behind the name, "|" at the end of the text.
        second: of the word behind that, or "".
        verb: how near the first verb of saying or acting follows, or "".
        cue: the kind that the words around say that it is, or "".
        dateline: whether the name opens a line that a dash follows after names, numbers and brackets alone.
    """

    size: str
    opening: bool
    article: str
    before: str
    kind: str
    governing: str
    exact: str
    near: str
    after: str
    second: str
    verb: str
    cue: str
    dateline: bool


def sense_picture(
    tokens: Tokens, first: int, last: int, facts: Facts | None, cue: Cue, language: Language
) -> SensePicture:
    """Return the words and facts that decide the sense of a name; arguments as those of `sense_features`."""
    words, count = tokens.words, len(tokens.words)
    opening = tokens.sentence_start(first)
    at = first - 1
    article = ""
    if at >= 0 and words[at].lower in language.articles and words[at].shape != SIGN and not opening:
        article = words[at].lower
        opening = tokens.sentence_start(at)
        if article not in language.contracted:
            at -= 1
    prepositions = _governing(language)
    before = "|" if opening or at < 0 else words[at].lower if words[at].lower in prepositions else words[at].group
    governing = exact = near = ""
    if before != "|" and at > 0:
        governing = words[at - 1].group
        exact = words[at - 1].lower if words[at - 1].lower in prepositions else ""
        for back in range(at - 1, max(-1, at - 5), -1):
            if words[back].group in _TELLING:
                near = words[back].group
                break
    seat = tokens.surface(first, last).lower().replace("’", "'") in language.seats
    size = "seat" if seat else power_class(facts)
    return SensePicture(
        size, opening, article, before, _preposition_class(tokens, at, before, language),
        governing, exact, near,
        words[last + 1].group if last + 1 < count else "|", words[last + 2].group if last + 2 < count else "",
        _verb(tokens, last, language), cue[1].value if cue[1] is not None else "",
        opening and _dateline(tokens, last),
    )  # fmt: skip


def sense_names(it: SensePicture) -> list[str]:
    """Return the named features of a picture."""
    size, before, after = it.size, it.before, it.after
    names = ["s", f"s.size={size}"]
    names += [f"s.class={it.kind}", f"s.class={it.kind}&{size}", f"s.class={it.kind}&{it.article != ''}"]
    names += [f"s.L={before}", f"s.L={before}&{size}", f"s.L={before}&{it.article}", f"s.article={it.article}"]
    if it.governing:
        names += [f"s.LL={it.governing}_{before}", f"s.L2={it.governing}"]
        if it.exact:
            names.append(f"s.LL={it.exact}_{before}")
        if it.near:
            names.append(f"s.near={it.near}_{before}")
    names += [f"s.R={after}", f"s.R={after}&{before}", f"s.R={after}&{size}"]
    if it.second:
        names.append(f"s.RR={after}_{it.second}")
    verb = f"s.verb={it.verb}" if it.verb else "s.no-verb"
    names += [verb, f"{verb}&{before}", f"{verb}&{size}"]
    if it.cue:
        names += ["s.cue", f"s.cue={it.cue}"]
    if it.dateline:
        names.append("s.dateline")
    if it.opening:
        names += [f"s.open&{size}", f"s.open&{after}"]
    return names


def _dateline(tokens: Tokens, last: int) -> bool:
    """Tell whether a dash follows the name after nothing but names, numbers, months and brackets."""
    words = tokens.words
    for at in range(last + 1, tokens.line_end(last, last + _DATELINE_REACH)):
        word = words[at]
        if word.text in _DASHES:
            return True
        if not (word.start or word.shape == NUMBER or word.group == "month" or word.text in _DATELINE_SIGNS):
            return False
    return False


def power_class(facts: Facts | None) -> str:
    """Return how likely governments go by the name: a country, a big city, a building, anything else."""
    if facts is None:
        return "0"
    kinds = facts.kinds
    if not kinds.isdisjoint(_COUNTRY):
        return "country"
    if not kinds.isdisjoint(_FACILITY):
        return "facility"
    if facts.population >= 100_000 and not kinds.isdisjoint(_CITY):
        return "known" if facts.name_count >= 40 else "city"
    return "small" if kinds.isdisjoint(_REGIONS) else "region"


def _preposition_class(tokens: Tokens, at: int, before: str, language: Language) -> str:
    """Return the class of what governs the name: a word of saying, of partnership, of place, any other."""
    if before == "|":
        return "subject"
    words = tokens.words
    for size in (3, 2) if words[at].lower in _phrase_ends(language) else ():
        if at - size + 1 >= 0:
            phrase = " ".join(word.lower for word in words[at - size + 1 : at + 1]).replace("' ", "'")
            for name, group in (("partner", language.partner_words), ("place", language.place_prepositions)):
                if phrase in group:
                    return name
    kind = _preposition_classes(language).get(before)
    if kind is not None:
        return kind
    return "verb" if words[at].group == "report" else "sign" if words[at].shape == SIGN else "word"


@lru_cache(maxsize=16)
def _preposition_classes(language: Language) -> dict[str, str]:
    """Return preposition -> its class, the most telling where it has several."""
    classes: dict[str, str] = {}
    for name, group in (
        ("saying", language.reporting_prepositions),
        ("partner", language.partner_words),
        ("place", language.place_prepositions),
        ("of", language.of_words),
        ("weak", language.weak_prepositions | language.contracted),
        ("list", language.and_words),
    ):
        for word in group:
            classes.setdefault(word, name)
    return classes


@lru_cache(maxsize=16)
def _phrase_ends(language: Language) -> frozenset[str]:
    """Return the last words of prepositions of several words: all that follows a space or an apostrophe."""
    phrases = language.partner_words | language.place_prepositions
    return frozenset(phrase[at + 1 :] for phrase in phrases for at, sign in enumerate(phrase) if sign in " '")


@lru_cache(maxsize=16)
def _governing(language: Language) -> frozenset[str]:
    return (
        language.reporting_prepositions
        | language.partner_words
        | language.place_prepositions
        | language.weak_prepositions
    )


def _verb(tokens: Tokens, last: int, language: Language) -> str:
    """Return how near the first verb of saying or acting follows the name, as long as the clause lasts, or ""."""
    words, count = tokens.words, len(tokens.words)
    reporting, prepositions = language.reporting, language.place_prepositions
    for at in range(last + 1, min(last + _VERB_REACH, count)):
        word = words[at]
        if word.text in _CLAUSE_ENDS:
            break
        if word.shape == LOWER and word.lower in reporting:
            return "1" if at == last + 1 else "2" if at <= last + 3 else "far"
        if at > last + 1 and word.lower in prepositions:
            break
    return ""
