"""What a document says of its candidate spans: lists, cues, subjects, and the other occurrences of a name.

Several spans begin, or end, at the same token. What depends on that token alone is computed once for all of them
(`member_before`, `spread`, `head`; `member_after`); only the rest is computed for every span (`apart`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import attrgetter

from mapgen.languages import Language
from mapgen.recognition.features.neighbours import Neighbours, linking_words
from mapgen.recognition.features.parts import Elsewhere
from mapgen.recognition.features.profiles import NameProfile
from mapgen.recognition.spans import CandidateSpan
from mapgen.recognition.tokens import LOWER, NUMBER, Tokens, Word
from mapgen.recognition.tokens.vocabulary import CARRIED, flagged

__all__ = ["DocumentContext"]

_JOINTS = frozenset([",", "/", "-", "–", "—", "(", ";"])
"""Signs between the members of a list, or between a place and what it lies in."""
_HEAD_REACH = 8
_REMARK = 10
"""Tokens of a remark in brackets behind a member of a list."""
_TOPIC_REACH = 25
"""Words before and after a name whose subject is taken for that of the passage."""
_DASHES = frozenset("-–")
_CARRIED_THREE = re.compile(f"{flagged(CARRIED)}(?={flagged(CARRIED)}{{2}})".encode())
_topic_of = attrgetter("topic")


@lru_cache(maxsize=16)
def _stops(language: Language) -> frozenset[str]:
    """Return the words beyond which no noun governs a name."""
    return language.place_prepositions | language.reporting | {"et", "and", "que", "qui", "that", "who"}


def _topical(tokens: Tokens) -> list[tuple[int, str]]:
    """Return the words that belong to a subject, and the scores of games ("3-1")."""
    words = tokens.words
    topics = list(map(_topic_of, words))
    for match in _CARRIED_THREE.finditer(tokens.flags):
        at = match.start() + 1
        if words[at].text in _DASHES and not topics[at] and _goals(words[at - 1]) and _goals(words[at + 1]):
            topics[at] = "sport"
    return list(compress(enumerate(topics), topics))


def _counted(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Return each topic once, with how often it comes."""
    return tuple(f"{topic}{min(count, 3)}" for topic, count in sorted(Counter(topics).items())) or ("none",)


def _goals(word: Word) -> bool:
    return word.shape == NUMBER and len(word.text) <= 3


class DocumentContext:
    """The context of the candidate spans of one text.

    Args:
        tokens: the text.
        language: of the text.
        spans: its candidates.
        profiles: what the gazetteer says of each.
        neighbours: looks at the words next to them.
    """

    def __init__(
        self,
        tokens: Tokens,
        language: Language,
        spans: Sequence[CandidateSpan],
        profiles: Sequence[NameProfile],
        neighbours: Neighbours,
    ) -> None:
        self.tokens = tokens
        self._language = language
        self._neighbours = neighbours
        self._linking, self._stops = linking_words(language), _stops(language)
        self._known: dict[int, int] = {}
        self._singles: dict[int, str] = {}
        self._countries: dict[str, set[str]] = {}
        self._openings: dict[int, str] = {}
        self._closings: dict[int, str] = {}
        known = self._known
        for (first, last, surface, facts), (gaz, supports, _, _) in zip(spans, profiles, strict=True):
            if facts is None:
                continue
            for at in range(first, last + 1):
                if last - first >= known.get(at, 0):
                    known[at] = last - first
            self._openings[first] = self._closings[last] = gaz
            if first == last:
                self._singles[first] = gaz[0]
            for code in supports:
                self._countries.setdefault(code, set()).add(surface)
        topical = _topical(tokens)
        self._topic_places = [at for at, _ in topical]
        self._topic_names = [topic for _, topic in topical]
        self._topics: dict[int, tuple[str, ...]] = {}
        self._counts: dict[tuple[int, int], tuple[str, ...]] = {}
        self._spread = self._spread_cues(spans)
        self._gather(spans)

    def _spread_cues(self, spans: Sequence[CandidateSpan]) -> dict[int, str]:
        """Return the kind that a plural cue gives to its list: "les provinces de Hama et d'Idleb"."""
        words, linking = self.tokens.words, self._linking
        joints = linking | self._language.and_words | {",", ";"}
        spread: dict[int, str] = {}
        kinds_at_end: dict[int, str] = {}
        before = -1
        for first, last, _, _ in spans:
            if first != before and first not in spread:
                before, back = first, self._member_end(first, joints)
                if back in kinds_at_end and any(words[at].lower not in linking for at in range(back + 1, first)):
                    spread[first] = kinds_at_end[back]
                elif plural := self._plural_cue(first):
                    spread[first] = "=" + plural
            if first in spread:
                kinds_at_end[last] = spread[first].lstrip("=")
        spread = {at: kind for at, kind in spread.items() if not kind.startswith("=")}
        return spread | self._spread_from_behind(spans, joints, spread)

    def _member_end(self, first: int, joints: frozenset[str]) -> int:
        """Return the token before the joint and the remark in brackets that precede a member of a list."""
        words, back = self.tokens.words, first - 1
        while back >= 0 and first - back <= 4 and words[back].lower in joints:
            back -= 1
        if 0 <= back < first - 1 and words[back].text == ")":
            opening = next(
                (at for at in range(back - 1, max(back - _REMARK, 0), -1) if words[at].text == "("), back + 1
            )
            back = opening - 1
        return back

    def _spread_from_behind(
        self, spans: Sequence[CandidateSpan], joints: frozenset[str], known: Mapping[int, str]
    ) -> dict[int, str]:
        """Return the kind that a plural cue gives to the list before it: "Gedeo and Sidama zones"."""
        words, cues = self.tokens.words, self._language.cues
        spread: dict[int, str] = {}
        ends: dict[int, str] = {}
        for first, last, _, _ in reversed(spans):
            ahead = last + 1
            kind = ends.get(last, "")
            if not kind and ahead < len(words) and words[ahead].lower in self._language.plural_cues:
                kind = f"{cues[words[ahead].lower].value}-behind" if self.tokens.adjacent(ahead) else ""
            if not kind or (words[first - 1].start and self.tokens.adjacent(first)):
                continue
            back = self._member_end(first, joints)
            if back < first - 1 and any(words[at].lower not in self._linking for at in range(back + 1, first)):
                ends.setdefault(back, kind)
            elif last not in ends:
                continue
            if first not in known:
                spread[first] = kind
        return spread

    def _plural_cue(self, at: int) -> str:
        """Return the kind of a plural cue right before the word, or ""."""
        mark, kind, _ = self._neighbours.cue(at)
        if not mark:
            return ""
        words, back = self.tokens.words, at - 1
        while back >= 0 and at - back <= 4:
            if words[back].lower in self._language.plural_cues:
                return kind
            back -= 1
        return ""

    def spread(self, at: int) -> str:
        """Return the kind that a plural cue spreads to the word, or ""."""
        return self._spread.get(at, "")

    def member_before(self, first: int) -> str:
        """Return what the gazetteer says of the member of a list on the left."""
        words = self.tokens.words
        back = first - 1
        if back > 0 and words[back].lower in self._linking:
            back -= 1
        if back > 0 and (words[back].text in _JOINTS or words[back].lower in self._language.and_words):
            return self._closings.get(back - 1, "0" if words[back - 1].start else "")
        return ""

    def member_after(self, last: int) -> str:
        """Return what the gazetteer says of the member of a list on the right."""
        words, count = self.tokens.words, len(self.tokens.words)
        ahead = last + 1
        if ahead + 1 < count and (words[ahead].text in _JOINTS or words[ahead].lower in self._language.and_words):
            ahead += 1
            while ahead + 1 < count and words[ahead].lower in self._linking:
                ahead += 1
            return self._openings.get(ahead, "0" if words[ahead].start else "")
        return ""

    def head(self, at: int) -> str:
        """Return which noun governs the name from afar: "Ligue de hockey du", "observatoire syrien des droits de"."""
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

    def apart(self, span: CandidateSpan, name: NameProfile) -> Elsewhere:
        """Return what depends on the whole span.

        Args:
            span: the candidate.
            name: what the gazetteer says of its name.

        Returns:
            Whether the gazetteer knows a longer name around it; what other occurrences of the name, or of its last
            word, tell; what the gazetteer knows of the first and last words of a longer candidate; whether better
            known places of the text, or its readers, share a country with the name.
        """
        first, last, surface, facts = span
        extra, known = last - first, self._known
        inside = "longer" if known and (known.get(first, -1) > extra or known.get(last, -1) > extra) else ""
        placed, person = self._placed.get(surface), self._persons.get(self.tokens.words[last].lower)
        document = ""
        if placed and (len(placed) > 1 or first not in placed):
            document = "placed"
        if person and (len(person) > 1 or last not in person):
            document += "person"
        parts = ""
        if extra:
            singles = self._singles.get
            parts = f"{singles(first, '0')}{singles(last, '0')}{'' if facts is None else '!'}"
        return Elsewhere(inside, document, parts, self._company(surface, name) if name.home else "")

    def _company(self, surface: str, name: NameProfile) -> str:
        for code in name.kin:
            named = self._countries.get(code)
            if named is not None and (len(named) > 1 or surface not in named):
                return f"shared-{name.home}"
        return f"alone-{name.home}"

    def topics(self, at: int) -> tuple[str, ...]:
        """Return the subjects of the words around, each with a count."""
        known = self._topics.get(at)
        if known is None:
            low = bisect_left(self._topic_places, at - _TOPIC_REACH)
            high = bisect_left(self._topic_places, at + _TOPIC_REACH, low)
            known = self._counts.get((low, high))
            if known is None:
                known = self._counts[low, high] = _counted(tuple(self._topic_names[low:high]))
            self._topics[at] = known
        return known

    def _gather(self, spans: Sequence[CandidateSpan]) -> None:
        """Collect the names that follow a sure sign of a place, and the words that belong to persons."""
        self._placed: dict[str, set[int]] = {}
        self._persons: dict[str, set[int]] = {}
        words, prepositions, cue = self.tokens.words, self._language.place_prepositions, self._neighbours.cue
        seen, sure, person, given = -1, False, False, False
        for at, end, surface, _ in spans:
            if at != seen:
                seen = at
                before = words[at - 1] if at and self.tokens.adjacent(at) else None
                sure = person = False
                if before is not None:
                    person = before.group in ("title", "given")
                    sure = before.shape == LOWER and (before.lower in prepositions or cue(at)[0] == "+")
                given = words[at].group == "given"
            if sure and not self._capital(end + 1):
                self._placed.setdefault(surface, set()).add(at)
            if person or (given and end > at):
                last = words[end]
                if last.group != "given":
                    self._persons.setdefault(last.lower, set()).add(end)

    def _capital(self, at: int) -> bool:
        return at < len(self.tokens.words) and self.tokens.words[at].start and self.tokens.adjacent(at)
