"""The sense of a place name: the place itself, or the government or institution that goes by its name.

A small logistic classifier over the words that carry the choice: the preposition, the noun or verb that governs the
name, the verb behind it, and whether the name is one that governments go by at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from mapgen.languages import Language
from mapgen.model import Kind
from mapgen.recognition.candidates import Facts
from mapgen.recognition.cues import Cue
from mapgen.recognition.tokens import LOWER, SIGN, Tokens

__all__ = ["list_bounds", "sense_features"]

_VERB_REACH = 7


def list_bounds(tokens: Tokens, names: Sequence[tuple[int, int]], language: Language) -> list[tuple[int, int]]:
    """Return for each name the first and last token of the list of names that it stands in: they share one sense.

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
            # Without an "and" it is no list: "A Washington, le Pentagone".
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
        first: first token of the name, or of the list that it stands in.
        last: its last token, or that of the list.
        facts: what the gazetteer says of the name.
        cue: what the words around say that it is.
        language: of the text.
    """
    words = tokens.words
    size = power_class(facts)
    names = ["s", f"s.size={size}"]
    opening = tokens.sentence_start(first)
    at = first - 1
    article = ""
    if at >= 0 and words[at].lower in language.articles and words[at].shape != SIGN and not opening:
        article = words[at].lower
        opening = tokens.sentence_start(at)
        if article not in language.contracted:
            at -= 1
    before = (
        "|" if opening or at < 0 else words[at].lower if words[at].lower in _governing(language) else words[at].group
    )
    kind = _preposition_class(tokens, at, before, language)
    names += [f"s.class={kind}", f"s.class={kind}&{size}", f"s.class={kind}&{article != ''}"]
    names += [f"s.L={before}", f"s.L={before}&{size}", f"s.L={before}&{article}", f"s.article={article}"]
    if before != "|" and at > 0:
        governing = words[at - 1].group
        names += [f"s.LL={governing}_{before}", f"s.L2={governing}"]
        exact = words[at - 1].lower
        if exact in _governing(language):
            names.append(f"s.LL={exact}_{before}")
        for back in range(at - 1, max(-1, at - 5), -1):
            if words[back].group in ("power", "partner", "report", "person"):
                names.append(f"s.near={words[back].group}_{before}")
                break
    after = words[last + 1].group if last + 1 < len(words) else "|"
    names += [f"s.R={after}", f"s.R={after}&{before}", f"s.R={after}&{size}"]
    if last + 2 < len(words):
        names.append(f"s.RR={after}_{words[last + 2].group}")
    names += _verbs(tokens, last, before, size, language)
    if cue[1] is not None:
        names += ["s.cue", f"s.cue={cue[1].value}"]
    if opening and after in ("–", "—", "-", "("):
        names.append("s.dateline")
    if opening:
        names += [f"s.open&{size}", f"s.open&{after}"]
    return names


def power_class(facts: Facts | None) -> str:
    """Return how likely governments go by the name: a country, a big city, a seat of power, anything else."""
    if facts is None:
        return "0"
    if Kind.COUNTRY in facts.kinds:
        return "country"
    if Kind.FACILITY in facts.kinds:
        return "seat"
    if Kind.CITY in facts.kinds and facts.population >= 100_000:
        return "known" if facts.name_count >= 40 else "city"
    if facts.kinds & {Kind.REGION, Kind.AREA, Kind.CONTINENT}:
        return "region"
    return "small"


def _preposition_class(tokens: Tokens, at: int, before: str, language: Language) -> str:
    """Say what governs the name: a word of saying, of dealing with someone, of place, of much else."""
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
    """Return what may stand last where several words make a preposition: all that follows a space or an apostrophe."""
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


def _verbs(tokens: Tokens, last: int, before: str, size: str, language: Language) -> list[str]:
    """The first verb of saying or acting behind the name, as long as the clause lasts."""
    words = tokens.words
    for step in range(1, _VERB_REACH):
        at = last + step
        if at >= len(words) or words[at].text in (".", ";", ":", "!", "?"):
            break
        word = words[at]
        if word.shape == LOWER and (word.lower in language.reporting):
            near = "1" if step == 1 else "2" if step <= 3 else "far"
            return [f"s.verb={near}", f"s.verb={near}&{before}", f"s.verb={near}&{size}"]
        if word.lower in language.place_prepositions and step > 1:
            break
    return ["s.no-verb", f"s.no-verb&{before}", f"s.no-verb&{size}"]
