"""A run as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mapgen.evaluation.compare import Comparison
from mapgen.evaluation.report.wording import FIGURES, RULES, SORTS, interval, number, signed
from mapgen.evaluation.run import Commonest, Group, Run

__all__ = ["to_table"]

_COUNTRIES = 20
_WIDTH = 110


def to_table(run: Run, comparison: Comparison | None = None) -> str:
    """Return the run as a text of several tables."""
    return "".join(_visible(line) + "\n" for line in _lines(run, comparison))


def _visible(line: str) -> str:
    """The line with control characters, which a corpus may hold, made visible: they never reach the terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in line)


def _lines(run: Run, comparison: Comparison | None) -> Iterator[str]:
    part = f", {run.split} part" if run.split else ""
    yield f"{run.task} · {run.corpus}{part} · mapgen {run.version}"
    yield (
        f"{run.documents:,} documents, {run.names:,} names, {run.tokens:,} tokens, "
        f"{run.tokens_per_second:,.0f} tokens a second"
    )
    yield f"sha256 {run.sha256}"
    yield ""
    yield from _columns(
        ("figure", "value", f"95 % interval, by {run.unit}"),
        [(FIGURES.get(name, name), number(f.value, name), interval(f, name)) for name, f in run.figures.items()],
    )
    yield ""
    yield from _wrapped(RULES[run.task])
    if comparison is not None:
        yield ""
        yield from _comparison(comparison)
    for title, groups in (("kind", run.kinds), ("country", run.countries[:_COUNTRIES])):
        if groups:
            yield ""
            yield from _groups(title, groups)
    if run.reliability:
        yield ""
        yield from _columns(
            ("probability", "answers", "mean", "right"),
            [
                (f"{row.low:.1f} – {row.high:.1f}", f"{row.answers:,}", number(row.probability), number(row.right))
                for row in run.reliability
                if row.answers
            ],
        )
    for sort, members in run.errors.items():
        total = sum(case.outcome.value == sort for case in run.cases)
        yield ""
        yield f"{SORTS[sort]}: {total:,}; the commonest:"
        yield from _errors(members)


def _groups(title: str, groups: Sequence[Group]) -> Iterator[str]:
    placed = any(group.covered is not None for group in groups)
    head = (f"by {title}", "names", "right", "95 % interval") + (("coverage", "median km") if placed else ())
    rows = []
    for group in groups:
        row = (group.name or "not told", f"{group.names:,}", number(group.right.value), interval(group.right))
        rows.append(row + ((number(group.covered), number(group.median_km, "median_km")) if placed else ()))
    yield from _columns(head, rows)


def _errors(members: Sequence[Commonest]) -> Iterator[str]:
    for each in members:
        detail = f" ({each.detail})" if each.detail else ""
        yield f"{each.count:>5} × {each.name}{detail}"


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield from _columns(
        (f"against mapgen {comparison.old_version}", "old", "new", "difference"),
        [
            (
                FIGURES.get(change.name, change.name),
                number(change.old, change.name),
                number(change.new, change.name),
                signed(change.difference, change.name),
            )
            for change in comparison.changes
        ],
    )
    yield (
        f"{comparison.fixed_count:,} names fixed, {comparison.broken_count:,} broken (by chance: p = "
        f"{comparison.chance:.2g}); {comparison.invented_more:,} more taken for places, "
        f"{comparison.invented_less:,} less"
    )
    for what, names in (("fixed", comparison.fixed), ("broken", comparison.broken)):
        if names:
            yield from _wrapped(f"{what}: " + ", ".join(f"{name} ×{count}" for name, count in names))


def _columns(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows in columns, the first one to the left and the others to the right."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    for number_, row in enumerate(table):
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()
        if number_ == 0:
            yield "─" * (sum(widths) + 2 * len(widths) - 2)


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, _WIDTH)
