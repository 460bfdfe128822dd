"""What surrounds the candidates of a text: neighbours, cues, lists, and the other occurrences of a name.

Several candidates begin, or end, at the same word. What hangs on that word alone is found out once for all of them
(`left`, `before`; `right`, `after`); what hangs on the name alone is known from earlier texts (`Standing`); only the
rest is asked of every candidate (`inside`, `document`, `parts`, `company`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from mapgen.languages import Language
from mapgen.model import Kind
from mapgen.recognition.candidates import Facts, Span
from mapgen.recognition.templates import After, Before, CueBefore, Left, Right, gazetteer_class
from mapgen.recognition.tokens import LOWER, NAME, NUMBER, SIGN, UPPER, Tokens, Word
from mapgen.recognition.words import CARRIED, flagged

__all__ = ["UNKNOWN", "Context", "Standing", "standing"]

_EDGE = "|"
"""Stands for what lies before the first and after the last word of a sentence."""
_JOINTS = frozenset([",", "/", "-", "–", "—", "(", ";"])
"""Signs between the members of a list, or between a place and what it lies in."""
_NO_CUE = ("", "", "")
_HEAD_REACH = 8
_WELL_KNOWN = 100_000
"""Inhabitants of a place that vouches for others of its country."""
_MANY = 6
"""Countries with a place of a name from which that it shares one with other names says nothing."""
_TOPIC_REACH = 25
"""Words before and after a name whose subject is taken for that of the passage."""
_DASHES = frozenset("-–")
_CARRIED_THREE = re.compile(f"{flagged(CARRIED)}(?={flagged(CARRIED)}{{2}})".encode())
_topic_of = attrgetter("topic")
_NOBODY: frozenset[str] = frozenset()
_COUNTRY = frozenset([Kind.COUNTRY])


class Standing(NamedTuple):
    """What the gazetteer says of a name, as far as the context of any candidate asks for it.

    Attributes:
        gaz: the class of `templates.gazetteer_class`.
        vouches: countries that its being named makes likelier for other names.
        kin: countries of which another name may have been named, for its sake.
        home: "home" where it has a place in the country of the readers, else "away".
    """

    gaz: str
    vouches: frozenset[str]
    kin: frozenset[str]
    home: str


UNKNOWN = Standing("0", _NOBODY, _NOBODY, "")
"""The standing of a name that the gazetteer does not know."""


def standing(facts: Facts | None, language: Language) -> Standing:
    """Return the standing of a name among the readers of a language."""
    if facts is None:
        return UNKNOWN
    country = not _COUNTRY.isdisjoint(facts.kinds)
    known = facts.main and (country or facts.population > _WELL_KNOWN)
    asked = not country and len(facts.countries) <= _MANY
    return Standing(
        gazetteer_class(facts),
        facts.countries if known else _NOBODY,
        facts.countries if asked else _NOBODY,
        ("home" if facts.countries & language.countries else "away") if asked else "",
    )


@lru_cache(maxsize=16)
def _word_sets(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that link a cue to its name, and those beyond which no noun governs a name."""
    stops = language.place_prepositions | language.reporting | {"et", "and", "que", "qui", "that", "who"}
    return language.of_words | language.articles, stops


def _topical(tokens: Tokens) -> list[tuple[int, str]]:
    """Return the words that speak of a subject, and the scores of games ("3-1")."""
    words = tokens.words
    topics = list(map(_topic_of, words))
    for match in _CARRIED_THREE.finditer(tokens.flags):
        at = match.start() + 1
        if words[at].text in _DASHES and not topics[at] and _goals(words[at - 1]) and _goals(words[at + 1]):
            topics[at] = "sport"
    return list(compress(enumerate(topics), topics))


@lru_cache(maxsize=8192)
def _counted(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Return each topic once, with how often it comes."""
    return tuple(f"{topic}{min(count, 3)}" for topic, count in sorted(Counter(topics).items())) or ("none",)


def _goals(word: Word) -> bool:
    return word.shape == NUMBER and len(word.text) <= 3


class Context:
    """The words around the candidates of one text, and what one occurrence of a name says of the others.

    Args:
        tokens: the text.
        language: of the text.
        spans: its candidates.
        standings: what the gazetteer says of each.
    """

    def __init__(
        self, tokens: Tokens, language: Language, spans: Sequence[Span], standings: Sequence[Standing]
    ) -> None:
        self.tokens = tokens
        self._language = language
        self._linking, self._stops = _word_sets(language)
        self._known: dict[int, int] = {}
        self._singles: dict[int, str] = {}
        self._countries: dict[str, set[str]] = {}
        self._openings: dict[int, str] = {}
        self._closings: dict[int, str] = {}
        self._cues: dict[int, CueBefore] = {}
        known = self._known
        for (first, last, surface, facts), (gaz, vouches, _, _) in zip(spans, standings, strict=True):
            if facts is None:
                continue
            for at in range(first, last + 1):
                if last - first >= known.get(at, 0):
                    known[at] = last - first
            self._openings[first] = self._closings[last] = gaz
            if first == last:
                self._singles[first] = gaz[0]
            for code in vouches:
                self._countries.setdefault(code, set()).add(surface)
        topical = _topical(tokens)
        self._topic_places = [at for at, _ in topical]
        self._topic_names = [topic for _, topic in topical]
        self._topics: dict[int, tuple[str, ...]] = {}
        self._spread = self._spread_cues(spans)
        self._gather(spans)

    def _spread_cues(self, spans: Sequence[Span]) -> dict[int, str]:
        """Carry the kind of a plural cue along its list: "les provinces de Damas, d'Alep, de Hama et d'Idleb"."""
        words, linking = self.tokens.words, self._linking
        joints = linking | self._language.and_words | {","}
        spread: dict[int, str] = {}
        kinds_at_end: dict[int, str] = {}
        before = -1
        for first, last, _, _ in spans:
            if first != before and first not in spread:
                before, back = first, first - 1
                while back >= 0 and first - back <= 4 and words[back].lower in joints:
                    back -= 1
                if back in kinds_at_end and any(words[at].lower not in linking for at in range(back + 1, first)):
                    spread[first] = kinds_at_end[back]
                elif plural := self._plural_cue(first):
                    spread[first] = "=" + plural
            if first in spread:
                kinds_at_end[last] = spread[first].lstrip("=")
        return {at: kind for at, kind in spread.items() if not kind.startswith("=")}

    def _plural_cue(self, at: int) -> str:
        """Return the kind of a plural cue right before the word, or ""."""
        mark, kind, _ = self.cue(at)
        if not mark:
            return ""
        words, back = self.tokens.words, at - 1
        while back >= 0 and at - back <= 4:
            if words[back].lower in self._language.plural_cues:
                return kind
            back -= 1
        return ""

    def before(self, at: int, left: Left) -> Before:
        """Return what the words up to the first of a candidate have to say to what comes with it.

        Args:
            at: its first word.
            left: what stands left of it.
        """
        return Before(
            left.opening, left.one, left.two, left.cue, left.sort1, left.sort2, self._member_before(at),
            self._spread.get(at, ""), self._head(at), self.tokens.words[at].group,
        )  # fmt: skip

    def after(self, at: int, right: Right) -> After:
        """Return what the words behind the last of a candidate have to say to what comes with it.

        Args:
            at: its last word.
            right: what stands right of it.
        """
        return After(right.one, right.two, right.sort1, right.capital, self._member_after(at))

    def _member_before(self, first: int) -> str:
        """Return what the gazetteer says of the member of a list on the left."""
        words = self.tokens.words
        back = first - 1
        if back > 0 and words[back].lower in self._linking:
            back -= 1
        if back > 0 and (words[back].text in _JOINTS or words[back].lower in self._language.and_words):
            return self._closings.get(back - 1, "0" if words[back - 1].start else "")
        return ""

    def _member_after(self, last: int) -> str:
        """Return what the gazetteer says of the member of a list on the right."""
        words, count = self.tokens.words, len(self.tokens.words)
        ahead = last + 1
        if ahead + 1 < count and (words[ahead].text in _JOINTS or words[ahead].lower in self._language.and_words):
            ahead += 1
            while ahead + 1 < count and words[ahead].lower in self._linking:
                ahead += 1
            return self._openings.get(ahead, "0" if words[ahead].start else "")
        return ""

    def _head(self, at: int) -> str:
        """Say which noun governs the name from afar: "Ligue de hockey du", "observatoire syrien des droits de"."""
        words = self.tokens.words
        back = at - 1
        if back < 0 or words[back].lower not in self._language.links:
            return ""
        while back >= 0 and at - back <= _HEAD_REACH and self.tokens.adjacent(back + 1):
            word = words[back]
            if word.start:
                return f"{word.group}{min(at - back, 4)}" if at - back > 2 else ""
            if word.group in ("org", "power", "title", "person"):
                return f"{word.lower}-small{'' if at - back <= 2 else '-far'}"
            if word.shape != LOWER or word.lower in self._stops:
                return ""
            back -= 1
        return ""

    def parts(self, span: Span) -> str:
        """Say what the gazetteer knows of the first and last words of a longer candidate."""
        if span.first == span.last:
            return ""
        first = self._singles.get(span.first, "0")
        return f"{first}{self._singles.get(span.last, '0')}{'' if span.facts is None else '!'}"

    def company(self, span: Span, name: Standing) -> str:
        """Say whether better known places of the text, or its readers, share a country with the name."""
        if not name.home:
            return ""
        for code in name.kin:
            named = self._countries.get(code)
            if named is not None and (len(named) > 1 or span.surface not in named):
                return f"shared-{name.home}"
        return f"alone-{name.home}"

    def topics(self, at: int) -> tuple[str, ...]:
        """Return the subjects that the words around speak of, with how much they do."""
        known = self._topics.get(at)
        if known is None:
            low = bisect_left(self._topic_places, at - _TOPIC_REACH)
            high = bisect_left(self._topic_places, at + _TOPIC_REACH, low)
            known = self._topics[at] = _counted(tuple(self._topic_names[low:high]))
        return known

    def _gather(self, spans: Sequence[Span]) -> None:
        """Note which names stand after a sure sign of a place somewhere, and which words belong to persons."""
        self._placed: dict[str, set[int]] = {}
        self._persons: dict[str, set[int]] = {}
        words, prepositions = self.tokens.words, self._language.place_prepositions
        seen, sure, person, given = -1, False, False, False
        for at, end, surface, _ in spans:
            if at != seen:
                seen = at
                before = words[at - 1] if at and self.tokens.adjacent(at) else None
                sure = person = False
                if before is not None:
                    person = before.group in ("title", "given")
                    sure = before.shape == LOWER and (before.lower in prepositions or self.cue(at)[0] == "+")
                given = words[at].group == "given"
            if sure and not self._capital(end + 1):
                self._placed.setdefault(surface, set()).add(at)
            if person or (given and end > at):
                last = words[end]
                if last.group != "given":
                    self._persons.setdefault(last.lower, set()).add(end)

    def _capital(self, at: int) -> bool:
        return at < len(self.tokens.words) and self.tokens.words[at].start and self.tokens.adjacent(at)

    def cue(self, at: int) -> CueBefore:
        """Return how a cue stands before the word ("+" linked, "=" directly) its kind and noun."""
        known = self._cues.get(at)
        if known is None:
            known = self._cues[at] = self._cue(at)
        return known

    def _cue(self, at: int) -> CueBefore:
        words, cues = self.tokens.words, self._language.cues
        back, linked = at - 1, False
        while back >= 0 and at - back <= 3 and words[back].lower in self._linking and words[back].shape == LOWER:
            linked = True
            back -= 1
        if back < 0 or words[back].shape == SIGN:
            return _NO_CUE
        word = words[back]
        earlier = words[back - 1].lower if back and words[back - 1].shape == LOWER else ""
        kind = cues.get(f"{earlier} {word.lower}") or cues.get(word.lower)
        if kind is not None:
            return ("+" if linked else "=", kind.value, word.lower)
        if linked and earlier and word.shape == LOWER and word.lower not in self._language.stop:
            kind = cues.get(earlier)
            if kind is not None:
                return ("+", kind.value, earlier)
            return ("", f"{words[back - 1].group}~{word.group}", "")
        return ("", word.group if linked else "", "")

    def left(self, at: int) -> Left:
        """Return what stands left of the word."""
        tokens, words = self.tokens, self.tokens.words
        opening = tokens.sentence_start(at)
        one = words[at - 1].group if at else _EDGE
        if opening and at and words[at - 1].shape != SIGN:
            one = _EDGE
        two = words[at - 2].group if at > 1 and one != _EDGE else _EDGE
        three = words[at - 3].group if at > 2 and two != _EDGE else _EDGE
        sort1 = words[at - 1].sort if one != _EDGE else _EDGE
        sort2 = words[at - 2].sort if two != _EDGE else _EDGE
        capital = at > 0 and words[at - 1].shape in (NAME, UPPER) and tokens.adjacent(at)
        capital = capital and not self._language.nouns_cased
        linked = at > 1 and words[at - 1].lower in self._language.links and words[at - 2].start and tokens.adjacent(at)
        cue = self.cue(at) if one != _EDGE else _NO_CUE
        run = self._run_cue(at) if capital else ""
        group = words[at - 2].group if linked else ""
        classes = words[at - 1].classes if one != _EDGE else ()
        classes2 = words[at - 2].classes if two != _EDGE else ()
        governing = self._governing(at)
        return Left(opening, one, two, three, cue, capital, group, sort1, sort2, run, classes, classes2, governing)

    def _governing(self, at: int) -> tuple[str, ...]:
        """Return the classes of the small word that governs the name across articles, "of" and one adjective."""
        words, back = self.tokens.words, at - 1
        while back >= 0 and at - back <= 3 and words[back].lower in self._linking and words[back].shape == LOWER:
            back -= 1
        if back == at - 1 or back < 0 or words[back].shape != LOWER:
            return ()
        if words[back].classes or back == 0 or words[back - 1].shape != LOWER:
            return words[back].classes
        return words[back - 1].classes

    def _run_cue(self, at: int) -> str:
        """Return the cue before the run of capitalised words that the word continues: it speaks of the whole run."""
        first = at - 1
        while first > 0 and at - first < 5 and self.tokens.words[first - 1].start and self.tokens.adjacent(first):
            first -= 1
        return self.cue(first)[0]

    def right(self, at: int) -> Right:
        """Return what stands right of the word."""
        words, count = self.tokens.words, len(self.tokens.words)
        one = words[at + 1].group if at + 1 < count else _EDGE
        two = words[at + 2].group if at + 2 < count else _EDGE
        three = words[at + 3].group if at + 3 < count else _EDGE
        capital = self._capital(at + 1) and not self._language.nouns_cased
        cue = ""
        if one in (",", "("):
            ahead = at + 2
            if ahead < count and words[ahead].lower in self._language.articles:
                ahead += 1
            if ahead < count and (kind := self._language.after_cues.get(words[ahead].lower)) is not None:
                cue = kind.value
            elif one == "(" and ahead < count and words[ahead].lower in self._language.directions:
                cue = "direction"
        linked = at + 2 < count and words[at + 1].lower in self._language.links and words[at + 2].start
        sort1 = words[at + 1].sort if at + 1 < count else _EDGE
        sort2 = words[at + 2].sort if at + 2 < count else _EDGE
        group = words[at + 2].group if linked else ""
        classes = words[at + 1].classes if at + 1 < count else ()
        classes2 = words[at + 2].classes if at + 2 < count else ()
        return Right(one, two, three, capital, cue, group, sort1, sort2, classes, classes2)

    def inside(self, span: Span) -> str:
        """Say whether the gazetteer knows a longer name around the candidate."""
        known, extra = self._known.get, span.last - span.first
        return "longer" if known(span.first, -1) > extra or known(span.last, -1) > extra else ""

    def document(self, span: Span) -> str:
        """Say what other occurrences of the name, or of its last word, tell."""
        placed = self._placed.get(span.surface)
        person = self._persons.get(self.tokens.words[span.last].lower)
        note = ""
        if placed and (len(placed) > 1 or span.first not in placed):
            note += "placed"
        if person and (len(person) > 1 or span.last not in person):
            note += "person"
        return note
