"""Applies a person's corrections to the toponyms of a document: names added, places decided."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapgen.alignment import trimmed
from mapgen.corrections.chosen import Chosen
from mapgen.corrections.occurrences import name_key, occurrences, readings, same_words
from mapgen.corrections.reader import Corrections
from mapgen.corrections.records import Correction, Ruling, Scope
from mapgen.errors import CorrectionsError
from mapgen.gazetteer import Gazetteer
from mapgen.messages import Message, msg
from mapgen.model import Decision, Document, Span, Toponym
from mapgen.reading import Reading

__all__ = ["Amended", "Describe", "amend"]

_NOT_APPLIED = msg("; not applied")

Describe = Callable[[Document, tuple[Toponym, ...]], tuple[Toponym, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What corrections make of a document's toponyms.

    Attributes:
        toponyms: in text order, never overlapping; those that a correction concerns carry the decision.
        rulings: by span, the place that a person has decided; the resolver is bound by it.
        warnings: a line on each correction of this document that could not be applied.
    """

    toponyms: tuple[Toponym, ...]
    rulings: Mapping[Span, Ruling] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def amend(
    reading: Reading,
    toponyms: Sequence[Toponym],
    corrections: Corrections,
    gazetteer: Gazetteer,
    *,
    describe: Describe,
) -> Amended:
    """Apply corrections to the toponyms of a document. Toponyms that no correction concerns stay as they were.

    Args:
        reading: the text, its language known.
        toponyms: found in its normal form, in text order.
        corrections: of any documents; those of others are passed over.
        gazetteer: knows the chosen places.
        describe: gives toponyms their sense, cue and relation; its answer is used for added toponyms alone.
    """
    rows = corrections.of(reading.document)
    if not rows:
        return Amended(toponyms=tuple(toponyms))
    desk = _Desk(reading, rows, Chosen(gazetteer))
    final, added = desk.names(toponyms)
    if added:
        described = describe(reading.document, final)
        final = tuple(new if old.span in added else old for new, old in zip(described, final, strict=True))
        final = _without_lost_anchors(final)
    rulings: dict[Span, Ruling] = {}
    decided = []
    for toponym in final:
        decision, ruling = desk.ruled(toponym)
        if ruling is not None:
            rulings[toponym.span] = ruling
        if decision is not None:
            sure = toponym.probability if decision is Decision.NO_PLACE else 1.0
            toponym = replace(toponym, decision=decision, probability=sure)
        decided.append(toponym)
    return Amended(toponyms=tuple(decided), rulings=rulings, warnings=desk.warnings(final))


class _Desk:
    """The corrections of one document, by the mentions that they concern."""

    def __init__(self, reading: Reading, rows: Iterable[Correction], chosen: Chosen) -> None:
        self._reading = reading
        self._document = reading.document
        self._chosen = chosen
        self._unfit: dict[Correction, Message] = {}
        self._here: dict[Span, Correction] = {}
        self._names: dict[Scope, dict[str, Correction]] = {Scope.DOCUMENT: {}, Scope.EVERYWHERE: {}}
        for row in rows:
            if row.scope is Scope.HERE:
                self._add_here(row)
            else:
                named = self._names[row.scope]
                for key in map(name_key, readings(row.name)):
                    named[key] = _over(named.get(key), row)
        self._separate()

    def _add_here(self, row: Correction) -> None:
        if row.span is None:
            return
        start, end = row.span
        written, text = self._reading.written.text, self._document.text
        span = (0, 0)
        if end <= len(written):
            span = trimmed(text, self._reading.normal.to_normal(row.span))
        if span[0] == span[1] or not (
            same_words(written[start:end], row.name) or same_words(text[slice(*span)], row.name)
        ):
            self._unfit[row] = msg(
                "{name!r} does not stand at {start}-{end} of {title}{not_applied}",
                name=row.name,
                start=start,
                end=end,
                title=self._title,
                not_applied=_NOT_APPLIED,
            )
            return
        # Removed first, so that the latest correction is the last key.
        self._here[span] = _over(self._here.pop(span, None), row)

    def _separate(self) -> None:
        """Of corrections whose words overlap, the latest counts."""
        kept: list[Span] = []
        for span, row in reversed(list(self._here.items())):
            if _crosses(kept, span):
                self._unfit[row] = msg(
                    "a later line speaks of words across {name!r}{not_applied}", name=row.name, not_applied=_NOT_APPLIED
                )
                del self._here[span]
            else:
                bisect.insort(kept, span)

    def names(self, toponyms: Sequence[Toponym]) -> tuple[tuple[Toponym, ...], frozenset[Span]]:
        """Return the toponyms with those that were missed, and the spans of the latter."""
        found = {toponym.span for toponym in toponyms}
        added = sorted(span for span, row in self._here.items() if span not in found and self._stands(row))
        kept = [toponym for toponym in toponyms if not _crosses(added, toponym.span)]
        spoken_of = sorted(self._here)
        taken = sorted({*added, *(toponym.span for toponym in kept)})
        for span in self._missed_by_name():
            if not _crosses(taken, span) and not _crosses(spoken_of, span):
                bisect.insort(taken, span)
                added.append(span)
        text = self._document.text
        new = [Toponym(start=start, end=end, text=text[start:end]) for start, end in added]
        return tuple(sorted([*kept, *new], key=lambda toponym: toponym.start)), frozenset(added)

    def _stands(self, row: Correction) -> bool:
        """Whether a correction says that these words are the name of a place."""
        return row.decision is Decision.MISSING or (row.decision is Decision.PLACE and self._place(row) is not None)

    def _missed_by_name(self) -> Iterator[Span]:
        """The passages of names that corrections of a wider scope call missing."""
        for key in {**self._names[Scope.EVERYWHERE], **self._names[Scope.DOCUMENT]}:
            rows = [named[key] for named in self._names.values() if key in named]
            if next((row.decision for row in rows if row.decision is not Decision.PLACE), None) is Decision.MISSING:
                yield from occurrences(self._document.text, rows[0].name)

    def ruled(self, toponym: Toponym) -> tuple[Decision | None, Ruling | None]:
        """Return a person's decision on a toponym, and the ruling on its place that follows.

        The narrowest correction decides. One that only says that the name was missed leaves its place to wider ones.
        """
        key = name_key(toponym.name)
        levels = (self._here.get(toponym.span), *(named.get(key) for named in self._names.values()))
        missed = False
        for row in levels:
            if row is None or (missed and row.decision is Decision.NO_PLACE):
                continue
            if row.decision is Decision.NO_PLACE:
                return Decision.NO_PLACE, Ruling(place=None, reason="decided_no_place")
            missed = missed or row.decision is Decision.MISSING
            if row.places and (ruling := self._place(row, toponym)) is not None:
                return Decision.MISSING if missed else Decision.PLACE, ruling
        return (Decision.MISSING if missed else None), None

    def _place(self, row: Correction, toponym: Toponym | None = None) -> Ruling | None:
        ruling = self._chosen(row, toponym)
        if ruling is None:
            told = msg(
                "no place of the gazetteer has the id {place!r}, and the line gives no lat, lon", place=row.place
            )
            left = msg("; the name is added, its place left to the program")
            self._unfit[row] = told + (left if row.decision is Decision.MISSING else _NOT_APPLIED)
        return ruling

    def warnings(self, toponyms: Sequence[Toponym]) -> tuple[str, ...]:
        """Return a line on each correction that could not be applied, in the order of the files.

        Args:
            toponyms: what `names` has returned.
        """
        names = {name_key(toponym.name) for toponym in toponyms}
        for row in dict.fromkeys(self._names[Scope.DOCUMENT].values()):
            if not names.isdisjoint(map(name_key, readings(row.name))):
                continue
            if not any(occurrences(self._document.text, row.name)):
                self._unfit.setdefault(
                    row,
                    msg(
                        "{name!r} does not occur in {title}{not_applied}",
                        name=row.name,
                        title=self._title,
                        not_applied=_NOT_APPLIED,
                    ),
                )
            elif row.decision is Decision.PLACE:
                told = msg(
                    "{name!r} is not read as a place name in {title}{not_applied}; mark it as missing",
                    name=row.name,
                    title=self._title,
                    not_applied=_NOT_APPLIED,
                )
                self._unfit.setdefault(row, told)
        spans = [toponym.span for toponym in toponyms]
        for span, row in self._here.items():
            at = bisect.bisect_left(spans, (span[1], -1)) - 1
            if row.decision is Decision.NO_PLACE and _crosses(spans, span) and spans[at] != span:
                told = msg(
                    "{name!r} is read as part of {whole!r} in {title}{not_applied}",
                    name=row.name,
                    whole=toponyms[at].name,
                    title=self._title,
                    not_applied=_NOT_APPLIED,
                )
                self._unfit.setdefault(row, told)
        return tuple(
            CorrectionsError(why, path=row.path or "corrections", line=row.line or None).whole
            for row, why in sorted(self._unfit.items(), key=lambda item: (item[0].path, item[0].line))
        )

    @property
    def _title(self) -> str:
        return self._document.source or msg("the text")


def _without_lost_anchors(toponyms: tuple[Toponym, ...]) -> tuple[Toponym, ...]:
    """Remove relations whose anchors are toponyms no longer."""
    spans = {toponym.span for toponym in toponyms}
    return tuple(
        replace(toponym, relation=None)
        if toponym.relation is not None and not spans.issuperset(toponym.relation.anchors)
        else toponym
        for toponym in toponyms
    )


def _over(earlier: Correction | None, later: Correction) -> Correction:
    """Return the valid one of two decisions on one mention: the later; a place does not undo that a name was missed."""
    if earlier is not None and earlier.decision is Decision.MISSING and later.decision is Decision.PLACE:
        return replace(later, decision=Decision.MISSING, span=later.span or earlier.span)
    return later


def _crosses(spans: Sequence[Span], span: Span) -> bool:
    """Whether `span` overlaps one of `spans`, which are sorted and do not overlap each other."""
    at = bisect.bisect_left(spans, (span[1], -1))
    return at > 0 and spans[at - 1][1] > span[0]
