"""Recognition measured: which names were found, with exactly their span.

Precision, recall and F1 over exact spans are those of CoNLL-2003 (Tjong Kim Sang & De Meulder 2003), for places alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.evaluation.cases import Case, Outcome, excerpt
from mapgen.evaluation.gold import GoldDocument, GoldName, OtherName
from mapgen.model import Sense, Span, Toponym

__all__ = ["FOUND_COLUMNS", "Found", "judge_found", "label_at"]

FOUND_COLUMNS = (
    "right",
    "reported",
    "gold",
    "reported_near",
    "gold_near",
    "senses",
    "senses_right",
    "metonymic",
    "metonymic_said",
    "metonymic_right",
)
"""What is counted of each name: found exactly, reported, in the gold; reported and touching a gold name, gold and
touched; found and of known sense, of these right; of all gold names the metonymic ones; found ones called so, and
these rightly."""


@dataclass(frozen=True, slots=True)
class Found:
    """The judgement of a document: its cases, and for each name the counts of `FOUND_COLUMNS`."""

    cases: tuple[Case, ...]
    counts: tuple[tuple[int, ...], ...]


def judge_found(gold: GoldDocument, toponyms: Sequence[Toponym]) -> Found:
    """Judge what was found in a document; nested names of the gold are not asked for."""
    reported = {toponym.span: toponym for toponym in toponyms}
    asked = {name.span: name for name in gold.asked}
    cases: list[Case] = []
    counts: list[tuple[int, ...]] = []
    missed = [name for name in gold.asked if name.span not in reported]
    touched: set[Span] = set()
    for name in gold.asked:
        toponym = reported.get(name.span)
        if toponym is not None:
            cases.append(_found(gold, name, toponym))
            counts.append(_counts(name, toponym))
            continue
        near = next((other for other in toponyms if _touch(other.span, name.span) and other.span not in asked), None)
        if near is not None:
            touched.add(near.span)
        outcome = Outcome.BOUNDARY if near else Outcome.MISSED
        cases.append(_case(gold, name, outcome, said=near.text if near else ""))
        metonymic = int(name.sense is Sense.METONYMIC)
        counts.append((0, 0, 1, 0, int(near is not None), 0, 0, metonymic, 0, 0))
    for toponym in toponyms:
        if toponym.span in asked:
            continue
        touches = any(_touch(toponym.span, name.span) for name in missed)
        counts.append((0, 1, 0, int(touches), 0, 0, 0, 0, 0, 0))
        if toponym.span not in touched:
            cases.append(_invented(gold, toponym))
    return Found(cases=tuple(cases), counts=tuple(counts))


def _touch(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _counts(name: GoldName, toponym: Toponym) -> tuple[int, ...]:
    """The counts of a name that was found."""
    known = name.sense is not None
    metonymic = name.sense is Sense.METONYMIC
    said = known and toponym.sense is Sense.METONYMIC
    same = known and name.sense is toponym.sense
    return (1, 1, 1, 1, 1, int(known), int(same), int(metonymic), int(said), int(metonymic and said))


def _found(gold: GoldDocument, name: GoldName, toponym: Toponym) -> Case:
    if name.sense is None or name.sense is toponym.sense:
        return _case(gold, name, Outcome.RIGHT)
    return _case(gold, name, Outcome.SENSE, said=toponym.sense.value)


def _case(gold: GoldDocument, name: GoldName, outcome: Outcome, *, said: str = "") -> Case:
    words = excerpt(gold.document.text, name.span)
    if outcome is Outcome.RIGHT:
        words |= {"before": "", "after": ""}
    kind = name.kind.value if name.kind else ""
    return Case(document=gold.id, outcome=outcome, said=said, kind=kind, country=name.country, **words)


def _invented(gold: GoldDocument, toponym: Toponym) -> Case:
    words = excerpt(gold.document.text, toponym.span)
    return Case(document=gold.id, outcome=Outcome.INVENTED, said=label_at(gold.others, toponym.span), **words)


def label_at(others: Sequence[OtherName], span: Span) -> str:
    """Return the label that the corpus gives to the words of `span`, or ""."""
    return next((other.label for other in others if _touch((other.start, other.end), span)), "")
