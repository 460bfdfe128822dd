"""A text as it is read: signs, spaces, line ends and hyphens in their normal form, aligned with the text as written.

What the form of a text does not decide, names decide: two words around a line end are one name where one is known, and
a hyphen at a line end is part of the name ("Aix-", "en-Provence") or of a broken syllable ("Mar-", "seille"). Nothing
is asked where nothing is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import pairwise, product

from mapgen import languages
from mapgen.alignment import Edit, NormalText, edited, trimmed
from mapgen.model import Document, Span, Toponym
from mapgen.reading.lines import line_ends
from mapgen.reading.signs import clean

__all__ = ["Knows", "Reading", "normal_text", "read_as"]

Knows = Callable[[Iterable[str]], Container[str]]
"""Takes names and returns those of them that a gazetteer knows."""

_MOST_BREAKS = 4
"""Hyphens at line ends in one word, of which every combination is tried."""

_CHAIN = re.compile(r"[^\W_][\w']*(?:-\n?[^\W_][\w']*)*-\n[^\W_][\w']*(?:-\n?[^\W_][\w']*)*")
_PARTING = re.compile(r"[\n\t]+")
_DASHED = re.compile(r"[^\W\d_][\w']*(?:[-\u2012\u2013\u2212][^\W\d_][\w']*)+")
_DASH = re.compile("[\u2012\u2013\u2212]")
_BETWEEN_LETTERS = re.compile(rf"(?<=[^\W\d_]){_DASH.pattern}(?=[^\W\d_])")
_HYPHENED_LINE = re.compile(r"(?<=[^\W_])-\n(?=[^\W_])")
_WINDOW = 80
"""Code points on either side in which the rest of a word is looked for: time stays linear in the length of a text."""
_BEFORE = re.compile(r"(?:[\w'.-]+[ \n]){0,2}[\w'-]+\.?$")
_AFTER = re.compile(r"[\w'-]+(?:[ \n][\w'-]+){0,2}")
_OCR_HYPHEN = "\u00ac\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and its normal form.

    Attributes:
        written: the document as written.
        document: the same with its text in the normal form and its language.
        normal: the two texts, aligned.
        names: passages of the normal form that the caller has named, in the order given; one may be empty.
        given: each of `names` -> the passage as written.
    """

    written: Document
    document: Document
    normal: NormalText
    names: tuple[Span, ...] = ()
    given: Mapping[Span, Span] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether the text is its own normal form."""
        return self.normal.text == self.normal.written

    def to_written(self, span: Span) -> Span:
        """Return the passage of the text as written from which a passage of the normal form was made."""
        return self.given.get(span) or self.normal.to_written(span)

    def entered(self, toponyms: Iterable[Toponym]) -> tuple[Toponym, ...]:
        """Return toponyms of the text as written with the offsets and the words of the normal form."""
        if self.same:
            return tuple(toponyms)
        return tuple(_moved(toponym, self.normal.to_normal, self.document.text) for toponym in toponyms)

    def restored(self, toponyms: Iterable[Toponym]) -> tuple[Toponym, ...]:
        """Return toponyms of the normal form with the offsets and the words of the text as written."""
        if self.same:
            return tuple(toponyms)
        return tuple(_moved(toponym, self.to_written, self.written.text, toponym.text) for toponym in toponyms)


def _moved(toponym: Toponym, move: Callable[[Span], Span], text: str, name: str = "") -> Toponym:
    """Return a toponym as it lies in another form of its text; its name is the words of that where none is given."""
    start, end = move(toponym.span)
    relation = toponym.relation
    if relation is not None:
        first, last = move((relation.start, relation.end))
        relation = replace(
            relation,
            start=min(first, start),
            end=max(last, end),
            phrase=_one_line(relation.phrase),
            anchors=tuple(map(move, relation.anchors)),
        )
    words = text[start:end]
    return replace(
        toponym, start=start, end=end, text=words, name=_one_line(name or words), cue=_one_line(toponym.cue),
        relation=relation,
    )  # fmt: skip


def read_as(
    document: Document, *, language: str = "", knows: Knows | None = None, names: Iterable[Span] = ()
) -> Reading:
    """Return a document as it is read.

    Args:
        document: the document as written.
        language: ISO 639-1; the document's own, else identified from the text, where it is not given.
        knows: tells names, to decide what the form of the text does not.
        names: passages of the text as written that are names: the line ends in them are spaces.
    """
    cleaned = clean(document.text)
    language = language or document.language or languages.identify(cleaned.text)
    given = tuple(names)
    normal = _decided(cleaned, language, knows, [cleaned.to_normal(span) for span in given])
    spans = tuple(trimmed(normal.text, normal.to_normal(span)) for span in given)
    return Reading(
        written=replace(document, language=language),
        document=replace(document, text=normal.text, language=language),
        normal=normal,
        names=spans,
        given=dict(zip(spans, given, strict=True)),
    )


def normal_text(text: str, *, language: str = "", knows: Knows | None = None) -> NormalText:
    """Return a text in its normal form.

    Args:
        text: the text as written.
        language: ISO 639-1, for its function words; "" where it is not known.
        knows: tells names, to decide what the form of the text does not.
    """
    return _decided(clean(text), language, knows, ())


def _one_line(words: str) -> str:
    return " ".join(words.split()) if "\n" in words or "\t" in words else words


def _decided(cleaned: NormalText, language: str, knows: Knows | None, names: Sequence[Span]) -> NormalText:
    """Return the text with its line ends, tabs and dashes decided."""
    text = cleaned.text.replace(_OCR_HYPHEN, "-\n") if _OCR_HYPHEN in cleaned.text else cleaned.text
    ends = line_ends(text, language)
    joints = [_Joint.of(text, at, language) for at, _ in ends.open]
    dashed = list(map(_Joint.dashed, _around(text, _BETWEEN_LETTERS, _DASHED)))
    chains = [_Chain.of(match, language) for match in _around(text, _HYPHENED_LINE, _CHAIN)] if "-\n" in text else []
    questions = {name for joint in (*joints, *dashed) for name in joint.names}
    questions.update(name for chain in chains for name in chain.names)
    known: Container[str] = knows(questions) if knows is not None and questions else frozenset()
    spaces = [*ends.wraps, *ends.spaces]
    spaces += [at for (at, likelier), joint in zip(ends.open, joints, strict=True) if likelier or joint.named(known)]
    edits: list[Edit] = [edit for chain in chains for edit in chain.edits(text, known)]
    edits += [(at, at + 1, "-") for joint in dashed if joint.named(known) for at in joint.positions]
    edits += [(at, at + 1, " ") for at in spaces]
    edits += [(*match.span(), " ") for start, end in names for match in _PARTING.finditer(text, start, end)]
    if not edits:
        return replace(cleaned, text=text)
    edits = _apart(edits)
    new, alignment = edited(text, edits)
    shown = new if cleaned.shown is cleaned.text is text else edited(cleaned.shown, edits)[0]
    return NormalText(cleaned.written, new, shown, cleaned.alignment.then(alignment))


def _around(text: str, sign: re.Pattern[str], word: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the matches of `word` that lie around a match of `sign`, each once."""
    done = 0
    for match in sign.finditer(text):
        if match.start() < done:
            continue
        for found in word.finditer(text, max(done, match.start() - _WINDOW), match.end() + _WINDOW):
            if found.end() > match.start():
                if found.start() < match.start():
                    done = found.end()
                    yield found
                break


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits in text order without those that lie across a longer one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


@dataclass(frozen=True, slots=True)
class _Joint:
    """Characters that are part of a name if one of `names` is known: a line end, dashes."""

    positions: tuple[int, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, text: str, at: int, code: str) -> _Joint:
        """Return the names that may lie across a line end."""
        before = _BEFORE.search(text, max(0, at - 80), at)
        after = _AFTER.match(text, at + 1)
        if before is None or after is None:
            return cls((at,), frozenset())
        heads = languages.load(code).generics
        left, right = before.group().split(), after.group().split()
        names: set[str] = set()
        for first in range(len(left)):
            for last in range(1, len(right) + 1):
                name = " ".join((*left[first:], *right[:last]))
                for whole in (name, _unelided(name)):
                    begins = whole[:1].isupper() or whole.partition(" ")[0] in heads
                    if begins and right[last - 1][:1].isupper():
                        names.add(whole)
        return cls((at,), frozenset(names))

    @classmethod
    def dashed(cls, match: re.Match[str]) -> _Joint:
        """Return the name that a word with dashes is if they are hyphens."""
        word = match.group()
        name = _DASH.sub("-", word)
        positions = tuple(match.start() + dash.start() for dash in _DASH.finditer(word))
        return cls(positions, frozenset((name, _unelided(name))))

    def named(self, known: Container[str]) -> bool:
        """Whether one of the names is known."""
        return any(name in known for name in self.names)


@dataclass(frozen=True, slots=True)
class _Chain:
    """A word that runs over line ends by hyphens: each either its own or that of a broken syllable.

    Attributes:
        start: where it begins.
        parts: what stands between the breaks, from the first to the last.
        before: up to two words before it.
        after: up to two words behind it.
        code: ISO 639-1.
    """

    start: int
    parts: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    code: str

    @classmethod
    def of(cls, match: re.Match[str], code: str) -> _Chain:
        """Return the chain of a match, with the words around it."""
        text = match.string
        before = _BEFORE.search(text, max(0, match.start() - 60), max(0, match.start() - 1))
        after = _AFTER.match(text, match.end() + 1)
        return cls(
            start=match.start(),
            parts=tuple(match.group().split("-\n")),
            before=tuple(before.group().split()[-2:]) if before and match.start() else (),
            after=tuple(after.group().split()[:2]) if after else (),
            code=code,
        )

    @property
    def names(self) -> Iterable[str]:
        """The names that it may be part of."""
        return (name for signs in self._ways() for name, _ in self._readings(signs))

    def _ways(self) -> Iterable[tuple[str, ...]]:
        """Return what each hyphen may be, in every combination; none where there is no name or there are too many."""
        breaks = len(self.parts) - 1
        named = any(letter.isupper() for part in self.parts for letter in part)
        return product(("", "-"), repeat=breaks) if named and breaks <= _MOST_BREAKS else ()

    def _readings(self, signs: Sequence[str]) -> Iterable[tuple[str, int]]:
        """Yield the names that the chain is part of if its hyphens are `signs`, with their numbers of words."""
        word = "".join(part + sign for part, sign in zip(self.parts, (*signs, ""), strict=True))
        for first in range(len(self.before) + 1):
            for last in range(len(self.after) + 1):
                words = (*self.before[first:], word, *self.after[:last])
                name = " ".join(words)
                yield name, len(words)
                yield _unelided(name), len(words)

    def edits(self, text: str, known: Container[str]) -> Iterable[Edit]:
        """Yield the edits that make it one word."""
        signs = self._signs(text, known)
        at = self.start
        for part, sign in zip(self.parts, signs, strict=False):
            at += len(part)
            yield at, at + 2, sign
            at += 2

    def _signs(self, text: str, known: Container[str]) -> Sequence[str]:
        """Return what each hyphen is: as in the longest name that is known, else what the letters around it say."""
        usual = self._usual(text)
        best: tuple[tuple[int, int], Sequence[str]] = ((0, 0), usual)
        for signs in self._ways():
            longest = max((words for name, words in self._readings(signs) if name in known), default=0)
            alike = sum(one == other for one, other in zip(signs, usual, strict=True))
            if longest and (longest, alike) > best[0]:
                best = ((longest, alike), signs)
        return best[1]

    def _usual(self, text: str) -> tuple[str, ...]:
        """Return what each hyphen is where no name is known: before a small letter that of a broken syllable."""
        return tuple(self._one(text, left, right) for left, right in zip(self.parts, self.parts[1:], strict=False))

    def _one(self, text: str, left: str, right: str) -> str:
        last, first = re.split("[-']", left)[-1], re.split("[-']", right)[0]
        # No syllable is one letter; a function word before another hyphen is a word of the name ("-sur-Mer").
        if not (last[-1:].islower() and first[:1].islower() and len(last) > 1 and len(first) > 1):
            return "-"
        language = languages.load(self.code)
        if last.lower() in language.numbers or (first != right and first in language.links | language.stop):
            return "-"
        whole = f"{last}-{first}"
        return "-" if whole.lower() in _hyphened(self.code) or _stands(text, whole) else ""


def _stands(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _unelided(name: str) -> str:
    """Return a name without an elided article or preposition before it."""
    head, sign, rest = name.partition("'")
    return rest if sign and rest[:1].isupper() and len(head) <= 2 else name


@lru_cache(maxsize=64)
def _hyphened(code: str) -> frozenset[str]:
    """Return the words of a language that have a hyphen of their own ("nord-est", "vis-à-vis")."""
    language = languages.load(code)
    tables = (getattr(language, each.name) for each in fields(language))
    words = (word for table in tables if isinstance(table, (frozenset, Mapping)) for word in table)
    parts = (part.lower() for word in words if isinstance(word, str) for part in word.split())
    return frozenset(pair for part in parts if "-" in part for pair in map("-".join, pairwise(part.split("-"))))
