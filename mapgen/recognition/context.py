"""What surrounds the candidates of a text: neighbours, cues, lists, and the other occurrences of a name."""

from __future__ import annotations

from collections.abc import Sequence

from mapgen.languages import Language
from mapgen.model import Kind
from mapgen.recognition.candidates import Span
from mapgen.recognition.templates import CueBefore, Left, Right, gazetteer_class
from mapgen.recognition.tokens import LOWER, NAME, SIGN, UPPER, Tokens

__all__ = ["Context"]

_EDGE = "|"
"""Stands for what lies before the first and after the last word of a sentence."""
_JOINTS = frozenset([",", "/", "-", "–", "—", "(", ";"])
"""Signs between the members of a list, or between a place and what it lies in."""
_NO_CUE = ("", "", "")
_HEAD_REACH = 8
_WELL_KNOWN = 100_000
"""Inhabitants of a place that vouches for others of its country."""
_NOBODY: frozenset[str] = frozenset()


class Context:
    """The words around the candidates of one text, and what one occurrence of a name says of the others.

    Args:
        tokens: the text.
        language: of the text.
        spans: its candidates.
    """

    def __init__(self, tokens: Tokens, language: Language, spans: Sequence[Span]) -> None:
        self.tokens = tokens
        self._language = language
        self._linking = language.of_words | language.articles
        self._longest: dict[int, int] = {}
        self._known: dict[int, int] = {}
        self._heads: dict[int, str] = {}
        self._singles: dict[int, str] = {}
        self._countries: dict[str, set[str]] = {}
        self._stops = language.place_prepositions | language.reporting | {"et", "and", "que", "qui", "that", "who"}
        self._openings: dict[int, str] = {}
        self._closings: dict[int, str] = {}
        for span in spans:
            if span.facts is None:
                continue
            for at in range(span.first, span.last + 1):
                if span.last - span.first >= self._known.get(at, 0):
                    self._known[at] = span.last - span.first
            self._openings[span.first] = self._closings[span.last] = gazetteer_class(span.facts)
            if span.first == span.last:
                self._singles[span.first] = gazetteer_class(span.facts)[0]
            if span.facts.main and (Kind.COUNTRY in span.facts.kinds or span.facts.population > _WELL_KNOWN):
                for code in span.facts.countries:
                    self._countries.setdefault(code, set()).add(span.surface)
        self._spread = self._spread_cues(spans)
        self._gather(spans)

    def _spread_cues(self, spans: Sequence[Span]) -> dict[int, str]:
        """Carry the kind of a plural cue along its list: "les provinces de Damas, d'Alep, de Hama et d'Idleb"."""
        words = self.tokens.words
        joints = self._linking | self._language.and_words | {","}
        spread: dict[int, str] = {}
        kinds_at_end: dict[int, str] = {}
        for span in spans:
            first = span.first
            if first not in spread:
                back = first - 1
                while back >= 0 and first - back <= 4 and words[back].lower in joints:
                    back -= 1
                listed = any(words[at].lower not in self._linking for at in range(back + 1, first))
                if listed and back in kinds_at_end:
                    spread[first] = kinds_at_end[back]
                else:
                    plural = self._plural_cue(first)
                    if plural:
                        spread[first] = "=" + plural
            if first in spread:
                kinds_at_end[span.last] = spread[first].lstrip("=")
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

    def neighbours(self, span: Span) -> tuple[str, str]:
        """Return what the gazetteer says of the members of a list on the left and on the right of the candidate."""
        words = self.tokens.words
        back, ahead = span.first - 1, span.last + 1
        joints = self._language.and_words
        left = right = ""
        if back > 0 and (words[back].lower in self._linking):
            back -= 1
        if back > 0 and (words[back].text in _JOINTS or words[back].lower in joints):
            left = self._closings.get(back - 1, "0" if words[back - 1].start else "")
        count = len(words)
        if ahead + 1 < count and (words[ahead].text in _JOINTS or words[ahead].lower in joints):
            ahead += 1
            while ahead + 1 < count and words[ahead].lower in self._linking:
                ahead += 1
            right = self._openings.get(ahead, "0" if words[ahead].start else "")
        return left, right

    def head(self, at: int) -> str:
        """Say which noun governs the name from afar: "Ligue de hockey du", "observatoire syrien des droits de"."""
        known = self._heads.get(at)
        if known is None:
            known = self._heads[at] = self._head(at)
        return known

    def _head(self, at: int) -> str:
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

    def company(self, span: Span) -> str:
        """Say whether better known places of the text, or its readers, share a country with the name."""
        facts = span.facts
        if facts is None or len(facts.countries) > 6 or Kind.COUNTRY in facts.kinds:
            return ""
        shared = any(self._countries.get(code, _NOBODY) - {span.surface} for code in facts.countries)
        home = "home" if facts.countries & self._language.countries else "away"
        return f"{'shared' if shared else 'alone'}-{home}"

    def spread(self, at: int) -> str:
        """Return the kind of the plural cue that reaches the word through a list, or ""."""
        return self._spread.get(at, "")

    def _gather(self, spans: Sequence[Span]) -> None:
        """Note which names stand after a sure sign of a place somewhere, and which words belong to persons."""
        self._placed: dict[str, set[int]] = {}
        self._persons: dict[str, set[int]] = {}
        words = self.tokens.words
        for span in spans:
            at = span.first
            before = words[at - 1] if at else None
            if before is not None and before.shape == LOWER and self.tokens.adjacent(at):
                sure = before.lower in self._language.place_prepositions or self.cue(at)[0] == "+"
                if sure and not self._capital(span.last + 1):
                    self._placed.setdefault(span.surface, set()).add(at)
            person = before is not None and before.group in ("title", "given") and self.tokens.adjacent(at)
            if person or words[at].group == "given":
                last = words[span.last]
                if (person or span.last > at) and last.group != "given":
                    self._persons.setdefault(last.lower, set()).add(span.last)

    def _capital(self, at: int) -> bool:
        return at < len(self.tokens.words) and self.tokens.words[at].start and self.tokens.adjacent(at)

    def cue(self, at: int) -> CueBefore:
        """Return how a cue stands before the word ("+" linked, "=" directly) its kind and noun."""
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
        return Left(opening, one, two, three, cue, capital, words[at - 2].group if linked else "", sort1, sort2, run)

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
        return Right(one, two, three, capital, cue, words[at + 2].group if linked else "", sort1, sort2)

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
