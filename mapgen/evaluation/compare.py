"""Two runs over the same corpus: what has become better, what worse, and whether that may be chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, erfc, sqrt

from mapgen.errors import OptionError
from mapgen.evaluation.cases import Case, Outcome
from mapgen.evaluation.run import COMMONEST, Run
from mapgen.messages import msg

__all__ = ["Change", "Comparison", "compare", "sign_test"]

_EXACT = 2000
"""Up to so many changed names the test is exact; beyond, the normal approximation differs in no digit shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in both runs; None in the one that has it not."""

    name: str
    old: float | None
    new: float | None

    @property
    def difference(self) -> float | None:
        """New minus old."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two runs.

    Attributes:
        old_version: of mapgen in the older run.
        changes: every figure of either run, tokens per second last.
        fixed: names of the gold that were wrong and are right, with how often, the most frequent first.
        broken: names that were right and are wrong.
        fixed_count: how many are right now.
        broken_count: how many are wrong now.
        invented_less: reported names that are no names of the gold and are no longer reported.
        invented_more: those that are reported now.
        chance: probability of so uneven a change of gold names if both were equally good (sign test, two-sided).
    """

    old_version: str
    changes: tuple[Change, ...]
    fixed: tuple[tuple[str, int], ...]
    broken: tuple[tuple[str, int], ...]
    fixed_count: int
    broken_count: int
    invented_less: int
    invented_more: int
    chance: float


def compare(old: Run, new: Run) -> Comparison:
    """Return what changed from `old` to `new`.

    Raises:
        OptionError: they measure different tasks or corpora: their figures say nothing of each other.
    """
    for what, before, now in (
        (msg("task"), old.task, new.task),
        (msg("corpus"), (old.corpus, old.sha256[:12]), (new.corpus, new.sha256[:12])),
        (msg("part of the corpus"), (old.split, old.documents), (new.split, new.documents)),
    ):
        if before != now:
            raise OptionError(
                msg(
                    "the two runs differ in the {what} ({before}, {now}): no comparison",
                    what=what,
                    before=_words(before),
                    now=_words(now),
                )
            )
    was, is_ = _by_place(old.cases), _by_place(new.cases)
    shared = [key for key, case in is_.items() if case.is_gold and key in was and was[key].is_gold]
    fixed = [is_[key].name for key in shared if not _right(was[key]) and _right(is_[key])]
    broken = [is_[key].name for key in shared if _right(was[key]) and not _right(is_[key])]
    invented = {key for key, case in is_.items() if not case.is_gold}
    formerly = {key for key, case in was.items() if not case.is_gold}
    return Comparison(
        old_version=old.version,
        changes=_changes(old, new),
        fixed=_most(fixed),
        broken=_most(broken),
        fixed_count=len(fixed),
        broken_count=len(broken),
        invented_less=len(formerly - invented),
        invented_more=len(invented - formerly),
        chance=sign_test(len(fixed), len(broken)),
    )


def _words(value: object) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _by_place(cases: Iterable[Case]) -> dict[tuple[str, int, int], Case]:
    return {(case.document, case.start, case.end): case for case in cases}


def _right(case: Case) -> bool:
    return case.outcome is Outcome.RIGHT


def _most(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(names)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:COMMONEST])


def _changes(old: Run, new: Run) -> tuple[Change, ...]:
    names = list(dict.fromkeys([*new.figures, *old.figures]))
    changes = [
        Change(
            name,
            old.figures[name].value if name in old.figures else None,
            new.figures[name].value if name in new.figures else None,
        )
        for name in names
    ]
    return (*changes, Change("tokens_per_second", round(old.tokens_per_second), round(new.tokens_per_second)))


def sign_test(better: int, worse: int) -> float:
    """Return the two-sided probability of so uneven a split if both sides were as likely (McNemar 1947, exact)."""
    count, least = better + worse, min(better, worse)
    if better == worse:
        return 1.0
    if count > _EXACT:
        return erfc((abs(better - worse) - 1) / sqrt(count) / sqrt(2))
    return min(1.0, 2 * sum(comb(count, number) for number in range(least + 1)) / (1 << count))
