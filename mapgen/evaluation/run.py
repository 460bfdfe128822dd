"""What a measurement yields, for every task in one form: figures, groups, errors, cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from mapgen.evaluation.cases import Case, Outcome
from mapgen.evaluation.metrics import Bin

__all__ = ["COMMONEST", "Commonest", "Figure", "Group", "Run", "commonest"]

COMMONEST = 20
"""Errors of each sort that are reported."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval.

    Attributes:
        value: the figure.
        low: lower end of the interval, or None where none was drawn.
        high: its upper end.
    """

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The gold names of one kind or country.

    Attributes:
        name: the kind or the ISO code; "" where the corpus does not say.
        names: how many there are.
        right: share of them that is right.
        covered: share with a right place among the candidates; None where places were not asked.
        median_km: median distance; None where places were not asked.
    """

    name: str
    names: int
    right: Figure
    covered: float | None = None
    median_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonest:
    """An error that occurs often.

    Attributes:
        name: as in the texts.
        detail: what the program made of it.
        count: how often.
        example: the first of them.
    """

    name: str
    detail: str
    count: int
    example: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A measurement.

    Attributes:
        task: recognition, resolution or end-to-end.
        corpus: name of the file or folder.
        sha256: of the corpus.
        version: of mapgen.
        split: the part of the corpus, or "".
        limit: how many documents at most; 0 for all.
        documents: how many were read.
        names: how many gold names were judged.
        tokens: words and punctuation marks of the texts.
        seconds: of processor time that the program took for them; reading the corpus and loading weights are not
            counted.
        unit: what the intervals were drawn from: documents or names.
        figures: by name, the most important first.
        kinds: by kind, the most frequent first.
        countries: by country, the most frequent first.
        reliability: ten rows over the answers given; empty where places were not asked.
        errors: sort -> the commonest of it.
        cases: every judged name.
    """

    task: str
    corpus: str
    sha256: str
    version: str
    split: str = ""
    limit: int = 0
    documents: int = 0
    names: int = 0
    tokens: int = 0
    seconds: float = 0.0
    unit: str = "documents"
    figures: dict[str, Figure] = field(default_factory=dict)
    kinds: tuple[Group, ...] = ()
    countries: tuple[Group, ...] = ()
    reliability: tuple[Bin, ...] = ()
    errors: dict[str, tuple[Commonest, ...]] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()

    @property
    def tokens_per_second(self) -> float:
        """Tokens read in a second of processor time; 0 where there was less than the clock can tell."""
        return self.tokens / self.seconds if self.seconds else 0.0


def commonest(cases: Sequence[Case], *, most: int = COMMONEST) -> dict[str, tuple[Commonest, ...]]:
    """Return the commonest errors of each sort, those of a sort by count and then by name."""
    counts: dict[Outcome, Counter[tuple[str, str]]] = defaultdict(Counter)
    examples: dict[tuple[Outcome, str, str], Case] = {}
    for case in cases:
        if case.outcome is not Outcome.RIGHT:
            key = (case.name, _detail(case))
            counts[case.outcome][key] += 1
            examples.setdefault((case.outcome, *key), case)
    return {
        outcome.value: tuple(
            Commonest(name=name, detail=detail, count=count, example=examples[outcome, name, detail])
            for (name, detail), count in sorted(counts[outcome].items(), key=lambda item: (-item[1], item[0]))[:most]
        )
        for outcome in Outcome
        if counts[outcome]
    }


def _detail(case: Case) -> str:
    """What the program made of the name, in a few words."""
    if case.outcome is Outcome.INVENTED:
        return case.said
    if case.outcome is Outcome.WRONG and case.truth and case.answer:
        there = " ".join(part for part in (case.kind, case.country) if part)
        here = f"{case.answer.name}, {case.answer.kind} {case.answer.country}".strip()
        return f"{there or 'place'} → {here}"
    if case.outcome is Outcome.UNANSWERED:
        return " ".join(part for part in (case.kind, case.country) if part)
    return case.said
