"""The three tasks: documents of a corpus in, a `Run` out.

recognition     the names are asked for; right is a name found with exactly its span
resolution      the spans are given; right is the same GeoNames id, the same country, or a point within 161 km
end-to-end      only the text is given; right is a name found and placed rightly
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from mapgen import languages
from mapgen.errors import OptionError
from mapgen.evaluation.cases import bare
from mapgen.evaluation.figures import found_run, placed_run
from mapgen.evaluation.gold import GoldDocument, located
from mapgen.evaluation.intervals import FEWEST_DOCUMENTS
from mapgen.evaluation.recognition import judge_found
from mapgen.evaluation.resolution import judge_parsed, judge_placed
from mapgen.evaluation.run import Run
from mapgen.evaluation.subject import Subject
from mapgen.messages import msg
from mapgen.model import Document, Toponym

__all__ = ["TASKS", "measure"]

TASKS = ("recognition", "resolution", "end-to-end")

Progress = Callable[[str, float], None]

_TOKEN = re.compile(r"\w+|[^\w\s]")


def measure(documents: Sequence[GoldDocument], subject: Subject, run: Run, *, progress: Progress | None = None) -> Run:
    """Return `run` with what `subject` reaches over `documents`.

    Args:
        documents: of a corpus.
        subject: what is measured.
        run: task and corpus, the rest empty.
        progress: called with what is done and the share of it that is done.

    Raises:
        OptionError: an unknown task, or one for which the corpus has no coordinates.
    """
    if run.task not in TASKS:
        raise OptionError(msg("unknown task {task!r}; known: {tasks}", task=run.task, tasks=", ".join(TASKS)))
    if run.task != "recognition" and not any(gold.places for gold in documents):
        raise OptionError(msg("the names of {corpus} have no coordinates: measure recognition", corpus=run.corpus))
    known = [_known(gold, subject) for gold in documents]
    if known:
        _answer(run.task, known[0], subject)  # what is loaded on first use is not counted
    seconds = 0.0
    answers = []
    for position, gold in enumerate(known):
        began = time.process_time()
        answers.append(_answer(run.task, gold, subject))
        seconds += time.process_time() - began
        if progress is not None:
            progress(run.task, (position + 1) / len(known))
    run = replace(
        run,
        documents=len(known),
        tokens=sum(len(_TOKEN.findall(gold.document.text)) for gold in known),
        seconds=round(seconds, 6),
        unit="documents" if len(known) >= FEWEST_DOCUMENTS else "names",
    )
    if run.task == "recognition":
        return found_run(run, [judge_found(gold, toponyms) for gold, toponyms in zip(known, answers, strict=True)])
    judged = judge_placed if run.task == "resolution" else judge_parsed
    return placed_run(run, [judged(gold, toponyms) for gold, toponyms in zip(known, answers, strict=True)])


def _known(gold: GoldDocument, subject: Subject) -> GoldDocument:
    """The document with its language, and with kinds and countries as far as they can be known."""
    document: Document = gold.document
    if not document.language:
        gold = replace(gold, document=replace(document, language=languages.identify(document.text)))
    return located(gold, subject.atlas) if subject.atlas is not None else gold


def _answer(task: str, gold: GoldDocument, subject: Subject) -> tuple[Toponym, ...]:
    document = gold.document
    if task == "recognition":
        return subject.recognise(document)
    if task == "resolution":
        given = subject.describe(document, [bare(document.text, span) for span in gold.spans])
    else:
        given = subject.recognise(document)
    return subject.resolve(document, given)
