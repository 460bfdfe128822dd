"""What speaks for and against a candidate: named features of the name, of the words around it, of the rest of the text.

A feature is a string; the classifier knows it by number. Raw words enter only where they are function words of the
language file; everything else is a class, a shape, or a fact of the gazetteer, so that what is learned on one sort of
text carries to another.

Prefixes: `n` the name itself, `g` the gazetteer, `L` left of it, `R` right of it, `d` the rest of the document; two
joined by `&` are a conjunction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mapgen.languages import Language
from mapgen.model import Kind, MatchType
from mapgen.recognition.candidates import Facts, Span
from mapgen.recognition.tokens import LOWER, NAME, NUMBER, SIGN, UPPER, Lexicon, Tokens, Word

__all__ = ["FeatureIndex", "Features"]

_EDGE = "|"
"""Stands for what lies before the first and after the last word of a sentence."""
_JOINTS = frozenset([",", "/", "-", "–", "—", "(", ";"])
"""Signs between the members of a list, or between a place and what it lies in."""
_NO_CUE = ("", "", "")
_HEAD_REACH = 8
_WELL_KNOWN = 100_000
"""Inhabitants of a place that vouches for others of its country."""
_NOBODY: frozenset[str] = frozenset()
_SKIPPED = 120_000
"""Entries after which a cache is emptied."""


@dataclass(slots=True)
class FeatureIndex:
    """Feature names and their numbers.

    Attributes:
        numbers: name -> number.
        growing: whether unknown names are added (in training) or skipped.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    growing: bool = False

    def encode(self, names: Sequence[str]) -> list[int]:
        """Return the numbers of the names that are known."""
        if self.growing:
            return [self.numbers.setdefault(name, len(self.numbers)) for name in names]
        known = self.numbers.get
        return [number for name in names if (number := known(name)) is not None]


class Features:
    """Makes the features of the candidates of texts of one language.

    Args:
        lexicon: the words of the language.
        index: feature names and numbers.
        common: words that are common in small letters.
    """

    def __init__(self, lexicon: Lexicon, index: FeatureIndex, common: frozenset[str] = frozenset()) -> None:
        self._lexicon = lexicon
        self._language = lexicon.language
        self._index = index
        self._common = common
        self._lefts: dict[tuple[object, ...], list[int]] = {}
        self._rights: dict[tuple[object, ...], list[int]] = {}
        self._names: dict[tuple[object, ...], list[int]] = {}
        self._pairs: dict[tuple[object, ...], list[int]] = {}

    def of(self, tokens: Tokens, spans: Sequence[Span]) -> list[list[int]]:
        """Return the feature numbers of each candidate."""
        context = _Context(tokens, self._language, spans)
        lefts: dict[int, tuple[tuple[object, ...], list[int]]] = {}
        rights: dict[int, tuple[tuple[object, ...], list[int]]] = {}
        rows: list[list[int]] = []
        for span in spans:
            left = lefts.get(span.first)
            if left is None:
                key = context.left(span.first)
                left = lefts[span.first] = (key, self._cached(self._lefts, key, _left_names))
            right = rights.get(span.last)
            if right is None:
                key = context.right(span.last)
                right = rights[span.last] = (key, self._cached(self._rights, key, _right_names))
            rows.append(
                [
                    *left[1],
                    *right[1],
                    *self._name(tokens, span, bool(left[0][0])),
                    *self._pair(left[0], right[0], span, context),
                ]
            )
        return rows

    def _cached(self, cache: dict[tuple[object, ...], list[int]], key: tuple[object, ...], make: object) -> list[int]:
        found = cache.get(key)
        if found is None:
            if len(cache) > _SKIPPED:
                cache.clear()
            found = cache[key] = self._index.encode(make(*key))  # type: ignore[operator]
        return found

    def _name(self, tokens: Tokens, span: Span, opening: bool) -> list[int]:
        key = (span.surface, opening)
        found = self._names.get(key)
        if found is None:
            if len(self._names) > _SKIPPED:
                self._names.clear()
            words = tokens.words[span.first : span.last + 1]
            names = name_features(words, span.facts, self._language, self._common, opening=opening)
            found = self._names[key] = self._index.encode(names)
        return found

    def _pair(self, left: tuple[object, ...], right: tuple[object, ...], span: Span, context: _Context) -> list[int]:
        words = context.tokens.words
        alone = words[span.first].group if span.first == span.last else "many"
        key = (
            gazetteer_class(span.facts),
            left[0],
            left[1],
            left[2],
            left[4],
            left[7],
            left[8],
            right[6],
            right[0],
            right[1],
            right[3],
            alone,
            context.inside(span),
            context.document(span),
            span.last - span.first,
            context.neighbours(span),
            context.spread(span.first),
            context.head(span.first),
            context.parts(span),
            context.company(span),
        )
        return self._cached(self._pairs, key, _pair_names)


def gazetteer_class(facts: Facts | None) -> str:
    """Return one letter or two for what the gazetteer says of a name: the coarse class that conjunctions use."""
    if facts is None:
        return "0"
    if facts.own:
        return "O"
    kinds = facts.kinds
    if Kind.COUNTRY in kinds or Kind.CONTINENT in kinds:
        return "C"
    if kinds & _FEATURE_KINDS and not facts.population:
        return "F"
    if Kind.REGION in kinds:
        return "R" if facts.main else "r"
    size = (
        "5"
        if facts.population >= 300_000
        else "4"
        if facts.population >= 30_000
        else "3"
        if facts.population >= 4_000
        else "1"
    )
    return ("P" if facts.main else "p") + size + ("~" if facts.match == MatchType.TRANSLITERATED else "")


_FEATURE_KINDS = frozenset([Kind.WATER, Kind.TERRAIN, Kind.AREA, Kind.FACILITY])


def name_features(
    words: Sequence[Word], facts: Facts | None, language: Language, common: frozenset[str], *, opening: bool
) -> list[str]:
    """Return the features of a name by itself.

    Args:
        words: its words.
        facts: what the gazetteer says of it.
        language: of the text.
        common: words that are common in small letters.
        opening: whether it opens a sentence.
    """
    first, last = words[0], words[-1]
    gaz = gazetteer_class(facts)
    names = ["n", f"g={gaz}", f"n.words={len(words)}", f"n.first={first.group if len(words) > 1 else ''}"]
    names.append(f"n.last={last.group if len(words) > 1 else 'one:' + last.group}")
    shapes = "".join(str(word.shape) for word in words[:4])
    names.append(f"n.shapes={shapes}&{opening}")
    lower = last.lower
    if last.shape == UPPER and len(lower) > 4:
        names.append("n.long-capitals")
    names.append(f"n.length={min(len(lower), 9)}&{last.shape}")
    if len(words) == 1 or facts is None:
        names += [f"n.end3={lower[-3:]}", f"n.end2={lower[-2:]}"]
    if "-" in last.text:
        names.append(f"n.hyphen&{gaz}")
    if len(words) == 1:
        is_common = last.lower in common
        names += [f"n.common={is_common}&{opening}", f"n.common={is_common}&{gaz}", f"n.one={last.group}&{gaz}"]
        if opening and is_common:
            names.append(f"n.opening-common&{gaz}")
    else:
        inner = {word.sort for word in words[1:-1]}
        names += [f"n.inside={group}" for group in inner if group in _TELLING]
        names.append(f"n.pair={first.group}+{last.group}")
        if any(word.shape == LOWER for word in words[1:-1]):
            names.append(f"n.linked&{gaz}")
        names.append(f"n.unknown-words&{len(words)}" if facts is None else f"n.known-words&{gaz}")
        if first.shape == LOWER:
            names += [f"n.small={first.lower}", f"n.small&{gaz}"]
    if last.lower in language.not_places or words[0].lower in language.not_places:
        names += ["n.not-place", f"n.not-place&{gaz}&{len(words) > 1}"]
    if last.lower in language.demonyms or (len(words) > 1 and words[0].lower in language.demonyms):
        names.append(f"n.demonym&{len(words) > 1}&{facts is not None}")
    if any(word.shape == NUMBER for word in words):
        names.append("n.number")
    if last.lower in language.behind_cues and len(words) > 1:
        names.append(f"n.behind-cue={language.behind_cues[last.lower].value}")
    if facts is not None:
        names += _gazetteer_names(facts)
    return names


_TELLING = frozenset(
    ["org", "orgtail", "title", "given", "person", "of", "article", "and", "at", "weak", "dem", "cue", "generic"]
)


def _gazetteer_names(facts: Facts) -> list[str]:
    names = [f"g.match={facts.match.value}", f"g.main={facts.main}"]
    names.append(f"g.population={len(str(facts.population)) if facts.population else 0}&{facts.main}")
    names.append(f"g.names={min(facts.name_count.bit_length(), 8)}")
    names.append(f"g.places={min(facts.places.bit_length(), 6)}")
    names += [f"g.kind={kind.value}" for kind in facts.kinds]
    return names


class _Context:
    """The words around the candidates of one text, and what one occurrence of a name says of the others."""

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
        """Say whether better known places of the text, or the readers of the language, share a country with the name."""
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
        """Note which names stand after a sure sign of a place, and which words belong to persons, somewhere in the text."""
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

    def cue(self, at: int) -> tuple[str, str, str]:
        """Return how a cue stands before the word ("+" linked, "~" with an adjective between, "=" directly) its kind and noun."""
        words, cues = self.tokens.words, self._language.cues
        back, linked = at - 1, False
        while back >= 0 and at - back <= 3 and words[back].lower in self._linking and words[back].shape == LOWER:
            linked = True
            back -= 1
        if back < 0 or words[back].shape == SIGN:
            return _NO_CUE
        word = words[back]
        kind = cues.get(word.lower)
        if kind is not None:
            return ("+" if linked else "=", kind.value, word.lower)
        if linked and word.shape == LOWER and back > 0 and word.lower not in self._language.stop:
            kind = cues.get(words[back - 1].lower)
            if kind is not None:
                return ("~", kind.value, words[back - 1].lower)
            return ("", f"{words[back - 1].group}~{word.group}", "")
        return ("", word.group if linked else "", "")

    def left(self, at: int) -> tuple[object, ...]:
        """Return (opens a sentence, word before, the one before that, third, cue, capital before, list before)."""
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
        linked = at > 1 and words[at - 1].lower in self._language.links and words[at - 2].start and tokens.adjacent(at)
        cue = self.cue(at) if one != _EDGE else _NO_CUE
        return (opening, one, two, three, cue, capital, linked and words[at - 2].group, sort1, sort2)

    def right(self, at: int) -> tuple[object, ...]:
        """Return (word after, the one after that, third, capital after, cue after, linked capital after)."""
        tokens, words, count = self.tokens, self.tokens.words, len(self.tokens.words)
        one = words[at + 1].group if at + 1 < count else _EDGE
        two = words[at + 2].group if at + 2 < count else _EDGE
        three = words[at + 3].group if at + 3 < count else _EDGE
        capital = self._capital(at + 1)
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
        return (one, two, three, capital, cue, linked and words[at + 2].group, sort1, sort2)

    def inside(self, span: Span) -> str:
        """Say whether the gazetteer knows a longer name around the candidate."""
        longest = max((self._known.get(at, -1) for at in (span.first, span.last)), default=-1)
        return "longer" if longest > span.last - span.first else ""

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


def _left_names(
    opening: bool,
    one: str,
    two: str,
    three: str,
    cue: tuple[str, str, str],
    capital: bool,
    linked: str | bool,
    sort1: str,
    sort2: str,
) -> list[str]:
    names = [
        f"L.open={opening}",
        f"L1={one}",
        f"L2={two}",
        f"L12={two}_{one}",
        f"L3={three}",
        f"L.capital={capital}&{one if capital else ''}",
    ]
    if cue[0]:
        names += [f"L.cue={cue[0]}", f"L.cue={cue[0]}{cue[1]}", f"L.cue-noun={cue[2]}_{one}"]
    elif cue[1]:
        names.append(f"L.noun={cue[1]}_{one}")
    if linked:
        names.append(f"L.linked={linked}_{one}")
    names += [f"C1={sort1}", f"C12={sort2}_{sort1}", f"C12={sort2}_{sort1}&{opening}"]
    if sort1 in (",", "and", "/", "-", "–", "—"):
        names.append(f"L.list={two}_{three}_{sort1}")
    return names


def _right_names(
    one: str, two: str, three: str, capital: bool, cue: str, linked: str | bool, sort1: str, sort2: str
) -> list[str]:
    names = [
        f"K1={sort1}",
        f"K12={sort1}_{sort2}",
        f"R1={one}",
        f"R2={two}",
        f"R12={one}_{two}",
        f"R.capital={capital}&{one if capital else ''}",
    ]
    if cue:
        names += ["R.cue", f"R.cue={cue}"]
    if linked:
        names.append(f"R.linked={one}_{linked}")
    if one in (",", "("):
        names.append(f"R123={one}_{two}_{three}")
    return names


def _pair_names(
    gaz: str, opening: bool, one: str, two: str, cue: tuple[str, str, str],
    sort1: str, sort2: str, next_sort: str, after: str, after2: str, capital: bool,
    alone: str, inside: str, document: str, extra: int,
    neighbours: tuple[str, str], spread: str, head: str, parts: str, company: str,
) -> list[str]:  # fmt: skip
    known = "0" if gaz == "0" else "1"
    names = [
        f"g={gaz}&L1={one}",
        f"g={known}&L12={two}_{one}",
        f"g={gaz}&R1={after}",
        f"g={known}&R12={after}_{after2}",
        f"L1={one}&R1={after}",
        f"g={gaz}&C1={sort1}",
        f"g={gaz}&C12={sort2}_{sort1}",
        f"g={gaz}&K1={next_sort}",
        f"C12={sort2}_{sort1}&K1={next_sort}",
        f"g={known}&C1={sort1}&K1={next_sort}&{min(extra, 2)}",
        f"g={gaz}&L1={one}&R1={after}" if extra == 0 else f"g={gaz}&many={min(extra, 3)}",
        f"g={gaz}&alone={alone}&open={opening}",
        f"words={min(extra, 4)}&L1={one}",
        f"words={min(extra, 4)}&R.capital={capital}&{gaz}",
    ]
    if cue[0]:
        names += [
            f"g={gaz}&L.cue={cue[0]}",
            f"g={known}&L.cue={cue[0]}{cue[1]}",
            f"L.cue={cue[0]}&words={min(extra, 3)}",
        ]
        names.append(f"L.cue&R.capital={capital}&{known}")
    if head:
        group = "small" if "-small" in head else head
        names += [f"L.head={head}", f"L.head={group}", f"L.head={group}&{gaz}", f"L.head={group}&L1={one}"]
    if parts:
        names += [f"n.parts={parts}", f"n.parts={parts}&{gaz}"]
    if company:
        names += [f"d.company={company}", f"d.company={company}&{gaz}"]
    if spread:
        names += ["L.spread", f"L.spread={spread}", f"L.spread&{known}&{min(extra, 3)}"]
    for side, neighbour in zip("LR", neighbours, strict=True):
        if neighbour:
            joint = one if side == "L" else after
            names += [f"{side}.member={neighbour}", f"{side}.member={neighbour}&{joint}&{known}"]
    if inside:
        names += ["g.longer", f"g.longer&{gaz}"]
    if document:
        names += [f"d={document}", f"d={document}&{gaz}", f"d={document}&L1={one}"]
    return names
