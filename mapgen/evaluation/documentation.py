"""Writes the figures of `docs/evaluation.md` anew: `python -m mapgen.evaluation.documentation` (needs MAPGEN_SHARED).

Only the lines between the marks `<!-- figures -->` are replaced. Those between `<!-- held-out -->` need training:
`python -m mapgen.training.held_out FOLDER --write`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mapgen import __version__
from mapgen.errors import MapgenError, OptionError
from mapgen.evaluation.command import run_over
from mapgen.evaluation.report.wording import SORTS, escaped, interval, number
from mapgen.evaluation.run import Run
from mapgen.evaluation.subject import PackageSubject
from mapgen.evaluation.uncovered import Names, uncovered, uncovered_lines
from mapgen.files import write_aside
from mapgen.messages import msg

__all__ = ["PAGE", "held_out", "main", "placed"]

PAGE = Path("docs/evaluation.md")

RECOGNITION = (
    ("data/dispatches/fr.txt", "heldout"),
    ("data/dispatches/en.txt", "heldout"),
    ("recognition-corpora/wikineural-fr.dev.jsonl.gz", ""),
    ("recognition-corpora/wikineural-en.dev.jsonl.gz", ""),
    ("resolution-corpora/letemps_fr.jsonl.gz", ""),
    ("recognition-corpora/enp-fr.test.jsonl.gz", ""),
    ("recognition-corpora/newseye-fr.test.jsonl.gz", ""),
)
RESOLUTION = ("lgl", "trnews", "newseye_fr")
END_TO_END = ("lgl", "trnews")

_KINDS_OF = ("fr.txt", "en.txt", "letemps_fr.jsonl.gz")
_ERRORS_OF = ("wikineural-fr.dev.jsonl.gz", "wikineural-en.dev.jsonl.gz", "letemps_fr.jsonl.gz")

Row = Sequence[str]


def table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield a Markdown table, the first column to the left and the others to the right."""
    yield "| " + " | ".join(head) + " |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def shares(run: Run, *names: str) -> list[str]:
    """Return figures as cells."""
    return [number(run.figures[name].value if name in run.figures else None, name) for name in names]


def ranged(run: Run, name: str) -> str:
    """Return a figure with its interval as a cell."""
    return f"**{number(run.figures[name].value)}** ({interval(run.figures[name])})"


def title(run: Run) -> str:
    """Return the name of a corpus without its suffixes."""
    name = run.corpus.removesuffix(".gz").removesuffix(".jsonl").removesuffix(".txt")
    return f"dispatches, {name}, held out" if run.corpus in ("fr.txt", "en.txt") else name


def figures(
    recognised: Sequence[Run],
    resolved: Sequence[Run],
    parsed: Sequence[Run],
    with_demonyms: Sequence[Run] = (),
    gazetteer: Names | None = None,
) -> Iterator[str]:
    """Yield the lines of the section; without `gazetteer` it does not tell which names have no right candidate.

    Args:
        recognised: runs of recognition.
        resolved: of resolution.
        parsed: end to end.
        with_demonyms: likewise, demonyms found too.
        gazetteer: to tell why a name has no right candidate.
    """
    yield f"Measured with mapgen {__version__}, the embedded gazetteer without packs, all documents.\n"
    yield "### Recognition\n"
    yield from table(
        ("corpus", "names", "precision", "recall", "F1 (95 %)", "F1, touching", "tokens/s"),
        (
            (
                title(run),
                f"{run.names:,}",
                *shares(run, "precision", "recall"),
                ranged(run, "f1"),
                *shares(run, "overlap_f1"),
                f"{run.tokens_per_second:,.0f}",
            )
            for run in recognised
        ),
    )
    senses = [run for run in recognised if "sense_accuracy" in run.figures]
    yield "Senses, where the corpus has them:\n"
    names = ("sense_accuracy", "metonymic_recall", "metonymic_precision")
    head = ("corpus", "right, of names found", "metonymic names right, of all", "right, of names called so")
    yield from table(head, ([title(run), *shares(run, *names)] for run in senses))
    yield from by_kind([run for run in recognised if run.corpus in _KINDS_OF], "Share of the names found, by kind")
    yield "### Resolution, spans given\n"
    yield from table(
        ("corpus", "names", "coverage", "accuracy@161 km (95 %)", "of coverage", "median km", "mean km", "AUC", "ECE"),
        (
            (
                title(run),
                f"{run.names:,}",
                *shares(run, "coverage"),
                ranged(run, "accuracy"),
                *shares(run, "reached", "median_km", "mean_km", "auc", "calibration_error"),
            )
            for run in resolved
        ),
    )
    yield from by_kind(resolved, "Accuracy by kind")
    for run in resolved[:1]:
        yield f"The reliability table of {title(run)}:\n"
        yield from table(
            ("probability", "answers", "mean", "right"),
            (
                (f"{row.low:.1f} – {row.high:.1f}", f"{row.answers:,}", number(row.probability), number(row.right))
                for row in run.reliability
                if row.answers
            ),
        )
    if gazetteer is not None:
        yield "### Names without a right candidate\n"
        yield "`python -m mapgen.evaluation.uncovered CORPUS...` prints the same; the first cause that holds counts.\n"
        for run in resolved:
            yield from uncovered_lines(uncovered(run, gazetteer), title(run), run.names)
    yield "### End to end\n"
    yield from table(
        ("corpus", "names", "precision", "recall", "F1 (95 %)"),
        (
            [title(run) + beside, f"{run.names:,}", *shares(run, "precision", "recall"), ranged(run, "f1")]
            for runs, beside in ((parsed, ""), (with_demonyms, ", demonyms found too"))
            for run in runs
        ),
    )
    yield "### The commonest errors\n"
    for run in [*(run for run in recognised if run.corpus in _ERRORS_OF), *resolved[:1]]:
        yield from commonest_errors(run)


def by_kind(runs: Sequence[Run], what: str) -> Iterator[str]:
    """Yield a table of the share that is right, a row a kind."""
    names = list(dict.fromkeys(group.name for run in runs for group in run.kinds if group.name))
    cells = [{group.name: f"{number(group.right.value)} of {group.names:,}" for group in run.kinds} for run in runs]
    yield f"{what}:\n"
    head = ("kind", *(title(run) for run in runs))
    yield from table(head, ((name, *(cell.get(name, "–") for cell in cells)) for name in names))


def commonest_errors(run: Run) -> Iterator[str]:
    """Yield the commonest errors of each sort, a paragraph a sort."""
    for sort, members in run.errors.items():
        total = sum(case.outcome.value == sort for case in run.cases)
        listed = "; ".join(
            f"{escaped(each.name)}{f' ({escaped(each.detail)})' if each.detail else ''} ×{each.count}"
            for each in members
        )
        yield f"{title(run)}, {SORTS[sort]} ({total:,}): {listed}.\n"


def placed(text: str, mark: str, lines: Iterable[str]) -> str:
    """Return the page with the lines between two marks replaced.

    Raises:
        OptionError: the page has no such marks.
    """
    parts = text.split(f"<!-- {mark} -->\n")
    if len(parts) != 3:
        raise OptionError(msg("two marks <!-- {mark} --> are wanted", mark=mark), path=PAGE)
    return f"<!-- {mark} -->\n".join((parts[0], "\n".join(lines), parts[2]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m mapgen.evaluation.documentation", description=__doc__)
    parser.parse_args(arguments)
    try:
        shared = Path(os.environ["MAPGEN_SHARED"])
        text = PAGE.read_text(encoding="utf-8")
        with PackageSubject() as subject, PackageSubject(demonyms=True) as of_demonyms:

            def measured(task: str, corpus: str, split: str = "", by: PackageSubject = subject) -> Run:
                path = Path(corpus) if corpus.startswith("data/") else shared / corpus
                return run_over(path, by, Run(task=task, corpus=path.name, sha256="", version="", split=split))

            recognised = [measured("recognition", corpus, split) for corpus, split in RECOGNITION]
            resolved = [measured("resolution", f"resolution-corpora/{name}.jsonl.gz") for name in RESOLUTION]
            parsed = [measured("end-to-end", f"resolution-corpora/{name}.jsonl.gz") for name in END_TO_END]
            with_demonyms = [
                measured("end-to-end", f"resolution-corpora/{name}.jsonl.gz", by=of_demonyms) for name in END_TO_END
            ]
            lines = list(figures(recognised, resolved, parsed, with_demonyms, subject.atlas))
        write_aside(PAGE, placed(text, "figures", lines))
    except KeyError:
        print("MAPGEN_SHARED is not set: the corpora are not here", file=sys.stderr)  # noqa: T201
        return 2
    except MapgenError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


def held_out(runs: Iterable[Run]) -> Iterator[str]:
    """Yield the table of texts that the weights have not seen."""
    yield from table(
        ("corpus", "weights", "coverage", "accuracy@161 km (95 %)", "of coverage", "ECE"),
        (
            (
                title(run),
                run.split,
                *shares(run, "coverage"),
                ranged(run, "accuracy"),
                *shares(run, "reached", "calibration_error"),
            )
            for run in runs
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
