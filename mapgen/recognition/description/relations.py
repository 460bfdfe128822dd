"""Spatial phrases: "dans le nord-est de la province de X", "à 3 km de X", "la route X/Y", "about 12 miles north of X".

The patterns are those of the language file. They are matched on the text with every name masked, so that a slot for a
name fits names and nothing else:

- `{name}`: a name; `{place}`: a name with the nouns before it ("la zone industrielle de X"), article included;
- `{of}`, `{the}`: the language's "of" and articles; `{direction}`, `{adjective}`: compass points; `{number}`, `{unit}`.

A pattern is tried only near a name with one of the pattern's own words close by, and of all that fit the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, count

from mapgen.languages import Language, RelationPattern, load
from mapgen.model import Relation, RelationType, Sense, Span
from mapgen.recognition.tokens import Tokens

__all__ = ["find_relations"]

_HEAD, _BODY = "\ue000", "\ue001"
"""Stand for the first and for every further code point of a masked name."""
_NAME_SLOT = re.compile(r"\{(?:name|place)\}")
_REACH_LEFT, _REACH_RIGHT = 110, 70
_WORDS_LEFT, _WORDS_RIGHT = 16, 7


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A pattern, with its triggers.

    Attributes:
        pattern: as the language file has it.
        triggers: words of which one must be near a name.
        leads: whether they precede its names.
        several: whether it has more than one name.
        ends: whether it ends with a name.
    """

    pattern: RelationPattern
    triggers: frozenset[str]
    leads: bool
    several: bool
    ends: bool


def find_relations(
    tokens: Tokens, names: Sequence[tuple[int, int]], senses: Sequence[Sense], language: Language
) -> dict[int, Relation]:
    """Return the spatial phrases by the number of their first name.

    Args:
        tokens: the text.
        names: first and last token of each name, in text order.
        senses: the sense of each name; between two governments there is no area.
        language: of the text.
    """
    patterns = _prepared(language.code)
    if not patterns or not names:
        return {}
    near = _near(tokens, names, language.code)
    if not near:
        return {}
    spans = [(tokens.starts[first], tokens.ends[last]) for first, last in names]
    masked = _mask(tokens.text, spans)
    numbers = {start: number for number, (start, _) in enumerate(spans)}
    found: dict[int, Relation] = {}
    for number, close in near.items():
        fitting = [item for item in patterns if not item.triggers.isdisjoint(close)]
        best = _best(masked, spans[number], spans[number - 1][1] if number else 0, fitting, language)
        if best is None:
            continue
        relation = _relation(tokens.text, best[0], best[1].pattern, language)
        anchors = [numbers[at] for at in range(best[0].start(), best[0].end()) if masked[at] == _HEAD]
        if anchors[0] != number or not _spatial(relation, best[0].start(), anchors, senses, tokens.text, language):
            continue
        found[number] = _with_anchors(relation, tuple(spans[anchor] for anchor in anchors))
    return found


def _near(tokens: Tokens, names: Sequence[tuple[int, int]], code: str) -> dict[int, set[str]]:
    """Return the triggers near each name that a phrase can begin with, by its number.

    Most patterns have their trigger before their first name. A trigger before another name belongs to that name.
    """
    words = tokens.words
    leading, trailing = _triggering(code)
    near: dict[int, set[str]] = {}
    end = 0
    for number, (first, last) in enumerate(names):
        left = max(0, first - _WORDS_LEFT)
        close = {word.lower for word in words[max(left, end) : first]} & leading
        end = last + 1
        if close or trailing:
            around = {word.lower for word in chain(words[left:first], words[end : end + _WORDS_RIGHT])}
            if close or not trailing.isdisjoint(around):
                near[number] = around
    return near


def _mask(text: str, spans: Sequence[Span]) -> str:
    """Return the text in small letters, code point for code point, with its names masked."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)
    text = small.replace("’", "'").replace("ſ", "s").replace(_HEAD, " ").replace(_BODY, " ")
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], _HEAD, _BODY * (end - start - 1)]
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _best(
    masked: str, span: Span, before: int, patterns: Sequence[_Prepared], language: Language
) -> tuple[re.Match[str], _Prepared] | None:
    """Return the longest match that holds the name, and its pattern; `before` is the end of the name before it."""
    best: tuple[re.Match[str], _Prepared] | None = None
    longest = 0
    left, right = max(0, span[0] - _REACH_LEFT), min(len(masked), span[1] + _REACH_RIGHT)
    for item in patterns:
        # What has one name only cannot reach over another, nor beyond the one that it ends with but for a look.
        low = left if item.several else max(left, before)
        high = span[1] + 1 if item.ends and not item.several else right
        for match in _regex(language.code, item.pattern.pattern).finditer(masked, low, high):
            start, end = match.span()
            if start > span[0]:
                break
            if end - start > longest and span[1] <= end and _sound(match, language):
                best, longest = (match, item), end - start
    return best


def _relation(text: str, match: re.Match[str], pattern: RelationPattern, language: Language) -> Relation:
    groups: Mapping[str, str | None] = match.groupdict()
    phrase = match[0].replace(_HEAD, "").replace(_BODY, "")
    direction = pattern.direction
    if not direction and pattern.type != RelationType.BETWEEN:
        words = groups.get("direction") or groups.get("adjective") or ""
        direction = language.directions.get(" ".join(words.lower().split()), "") or _inner_direction(phrase, language)
    distance = pattern.distance_km
    approximate = pattern.approximate
    number, unit = groups.get("number"), groups.get("unit")
    if number and unit:
        distance = round(_number(number, language) * language.units[" ".join(unit.lower().split())], 4)
        lower = phrase.lower()
        approximate = approximate or " ".join(number.lower().split()) in language.rough_numbers
        approximate = approximate or any(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lower) for word in language.rough
        )
    return Relation(
        type=pattern.type, start=match.start(), end=match.end(), phrase=text[match.start() : match.end()],
        direction=direction, distance_km=distance, approximate=approximate,
    )  # fmt: skip


def _with_anchors(relation: Relation, anchors: tuple[Span, ...]) -> Relation:
    return replace(relation, anchors=anchors)


def _inner_direction(phrase: str, language: Language) -> str:
    """Return the direction of a part between the relation and the name: "de la périphérie nord de"."""
    found = ""
    for word in re.findall(r"[\w-]+", phrase.lower()):
        found = language.directions.get(word, found)
    return found


def _number(words: str, language: Language) -> float:
    plain = " ".join(words.lower().split())
    if plain in language.numbers:
        return language.numbers[plain]
    digits = re.sub(r"[\s\u00a0\u202f]", "", plain)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits) and language.decimal != ",":
        digits = digits.replace(",", "")
    return float(digits.replace(",", "."))


def _spatial(
    relation: Relation, start: int, anchors: Sequence[int], senses: Sequence[Sense], text: str, language: Language
) -> bool:
    """Return whether the phrase describes an area: "un accord entre X et Y" does not."""
    before = re.findall(r"[\w'-]+", text[max(0, start - 60) : start].replace("’", "'").lower())[-4:]
    acts = any(senses[anchor] == Sense.METONYMIC for anchor in anchors)
    if relation.type == RelationType.BETWEEN and relation.phrase.lower().startswith(tuple(language.between)):
        return not acts and language.between_others.isdisjoint(before)
    first = relation.phrase.split(maxsplit=1)[0].lower()
    if relation.type == RelationType.NEAR and first in language.near_figurative:
        # "Une milice proche de X" is its ally; so is what is close to a government.
        return not acts and language.near_others.isdisjoint(before[-2:])
    if relation.type == RelationType.NEAR and first in language.near_members:
        return language.plural_cues.isdisjoint(before[-1:])
    return not (relation.type == RelationType.PART and _is_apposition(relation.phrase, language))


def _is_apposition(phrase: str, language: Language) -> bool:
    """Return whether an adjective belongs to a noun that is the name itself: "the northern Indian state of"."""
    words = phrase.lower().split()
    link = next((at for at, word in enumerate(words) if word in language.of_words), 0)
    return (
        link > 1
        and words[0] in language.direction_adjectives
        and words[link - 1] in language.cues
        and words[link - 1] not in language.plural_cues
        and words[link - 1] not in language.part_nouns
    )


@lru_cache(maxsize=16)
def _prepared(code: str) -> tuple[_Prepared, ...]:
    """Return the patterns of a language with their triggers; they are compiled when one is first met."""
    language = load(code)
    prepared = []
    for pattern in language.relations:
        triggers = _triggers(pattern.pattern, language)
        pieces = _NAME_SLOT.split(pattern.pattern)
        leads = triggers == _triggers(pieces[0], language)
        ends = pieces[-1] == "" and not language.behind_cues
        prepared.append(_Prepared(pattern, triggers, leads, several=len(pieces) > 2, ends=ends))
    return tuple(prepared)


@lru_cache(maxsize=16)
def _triggering(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the triggers of the patterns that have them before their first name, and of the others."""
    leading, trailing = (
        frozenset().union(*(item.triggers for item in _prepared(code) if item.leads is leads))
        for leads in (True, False)
    )
    return leading, trailing


@lru_cache(maxsize=512)
def _regex(code: str, pattern: str) -> re.Pattern[str]:
    """Compile one pattern of a language."""
    counter = count()
    slots = _slots(load(code))

    def slot(match: re.Match[str]) -> str:
        return slots[match[1]].replace("<nouns>", f"<nouns{next(counter)}>")

    source = re.sub(r"\{(\w+)\}", slot, pattern).replace(" ", r"\s+").replace(r"\s+?", r"\s*")
    return re.compile(rf"(?<![\w'-]){source}(?![\w-])")


def _alternation(words: Iterable[str]) -> str:
    """Return an alternation of words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=16)
def _nouns(code: str) -> frozenset[str]:
    """Return the nouns that may come between a relation and its name."""
    language = load(code)
    phrases = {*language.cues, *language.part_nouns, *(word.lower() for word in language.generics)}
    return frozenset(phrase.split(" ")[0] for phrase in phrases)


def _slots(language: Language) -> dict[str, str]:
    number = rf"(?P<number>\d{{1,3}}(?:[\s\u00a0\u202f.]\d{{3}})+|\d+(?:[.,]\d+)*|(?:{_alternation(language.numbers)}))"
    the, of = _joined(language.definite), _joined(language.of_forms)
    name = f"{_HEAD}{_BODY}*"
    noun = r"[^\W\d_][\w-]*(?: [\w'-]+){0,2}"
    behind = f"(?: (?:{_alternation(language.behind_cues)}))?" if language.behind_cues else ""
    place = rf"(?:{the})?(?P<nouns>(?:{noun} {of}(?:{the})?){{0,3}}(?:{noun} )??){name}{behind}"
    return {
        "name": name, "place": place, "of": of, "the": the, "number": number,
        "unit": rf"(?P<unit>{_alternation(language.units)})",
        "direction": rf"(?P<direction>{_alternation(language.directions)})",
        "adjective": rf"(?P<adjective>{_alternation(language.direction_adjectives)})",
    }  # fmt: skip


def _joined(words: frozenset[str]) -> str:
    """Return an alternation of articles, each with the space behind it where it is not elided."""
    return "(?:" + "|".join(word if word.endswith("'") else word + " " for word in _ordered(words)) + ")"


def _sound(match: re.Match[str], language: Language) -> bool:
    """Return whether only a chain of nouns for places separates the relation from each name."""
    nouns = _nouns(language.code)
    for group, words in match.groupdict().items():
        if group.startswith("nouns") and words and words.strip():
            chain = re.split(rf"\s{_joined(language.of_forms).replace(' ', chr(92) + 's+')}", words.lower())
            if not all(nouns & set(link.split()[:2]) for link in chain if link.strip()):
                return False
    return True


def _ordered(words: frozenset[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _triggers(pattern: str, language: Language) -> frozenset[str]:
    """Return words of which one must be near a name before the pattern is worth trying."""
    bare = pattern
    while (shorter := re.sub(r"\((?:[^()]*)\) ?\?", " ", bare)) != bare:
        bare = shorter
    if "{unit}" in bare:
        return frozenset(word.split(" ")[-1] for word in language.units) | frozenset(
            word.split(" ")[0] for word in language.units
        )
    if "{adjective}" in bare:
        return frozenset(part for word in language.direction_adjectives for part in (word, word.split(" ")[0]))
    if "{direction}" in bare:
        return frozenset(part for word in language.directions for part in (word, word.split(" ")[0]))
    bare = re.sub(r"\{\w+\}|\[[^\]]*\]|[+*?]", " ", bare)
    groups = re.findall(r"\(([^()]*)\)|([\w'-]+)", bare)
    best: frozenset[str] = frozenset()
    for group, word in groups:
        words = frozenset(option.split()[0] for option in (group or word).split("|") if option.split())
        if words and not words & language.stop and len(min(words, key=len)) > 2:
            return frozenset(part for option in words for part in (option, option.split("'")[-1]))
        best = best or words
    return best
