"""`mapgen evaluate`: a corpus in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from mapgen import __version__
from mapgen.errors import OptionError
from mapgen.evaluation.compare import compare
from mapgen.evaluation.corpora import FORMATS, digest, read_corpus
from mapgen.evaluation.report import REPORTS
from mapgen.evaluation.report.json_report import from_json
from mapgen.evaluation.run import Run
from mapgen.evaluation.subject import PackageSubject, Subject
from mapgen.evaluation.tasks import TASKS, measure
from mapgen.files import write_aside
from mapgen.messages import msg

__all__ = ["evaluate", "run_over"]

Progress = Callable[[str, float], None]


def evaluate(
    corpus: Path,
    *,
    task: str,
    format: str = "auto",  # noqa: A002 - the word of the command line
    report: str = "table",
    output: Path | None = None,
    against: Path | None = None,
    language: str = "",
    split: str = "",
    limit: int = 0,
    places: Sequence[Path | str] = (),
    demonyms: bool = False,
    subject: Subject | None = None,
    progress: Progress | None = None,
) -> str:
    """Measure a corpus and return the report; write it to `output` where that is given, at once and whole.

    Args:
        corpus: a file or a folder.
        task: recognition, resolution or end-to-end.
        format: of the corpus: auto, jsonl, brat, marked, hipe or conll.
        report: table, json or html.
        output: file of the report.
        against: the JSON report of an older run over the same corpus, to be compared with.
        language: ISO 639-1 code of the texts; the corpus' own, else identified, when not given.
        split: only that part of the corpus ("heldout").
        limit: how many documents at most; 0 for all.
        places: files of the user's own places.
        demonyms: whether adjectives and names of peoples are found too, for corpora that mark them.
        subject: what is measured; the package's own subject when not given.
        progress: called with what is being done and the share of it that is done.

    Raises:
        OptionError: an unknown task, format or report, a corpus without coordinates for a task that needs them, or an
            older run of another corpus.
        DocumentError: the corpus cannot be read; the error names file and line.
        OutputError: the report cannot be written; an existing file is unchanged.
    """
    for what, word, known in (
        (msg("task"), task, TASKS),
        (msg("report"), report, REPORTS),
        (msg("format"), format, ("auto", *FORMATS)),
    ):
        if word not in known:
            raise OptionError(
                msg("unknown {what} {word!r}; known: {known}", what=what, word=word, known=", ".join(known))
            )
    if limit < 0:
        raise OptionError(msg("the limit is {limit}; it may be 0 (all documents) or more", limit=limit))
    older = from_json(against) if against is not None else None
    empty = Run(task=task, corpus=corpus.name, sha256="", version=__version__, split=split, limit=limit)
    if subject is not None:
        run = run_over(corpus, subject, empty, form=format, language=language, progress=progress)
    else:
        with PackageSubject(places=places, demonyms=demonyms, progress=progress) as subject:
            run = run_over(corpus, subject, empty, form=format, language=language, progress=progress)
    text = REPORTS[report](run, compare(older, run) if older is not None else None)
    if output is not None:
        write_aside(output, text)
    return text


def run_over(
    corpus: Path,
    subject: Subject,
    run: Run,
    *,
    form: str = "auto",
    language: str = "",
    progress: Progress | None = None,
) -> Run:
    """Return `run`, of which task, split and limit are set, with what `subject` reaches over the corpus.

    Raises:
        OptionError: an unknown task or format, or no coordinates where they are needed.
        DocumentError: the corpus cannot be read.
    """
    documents = list(read_corpus(corpus, form=form, split=run.split, language=language, limit=run.limit))
    return measure(documents, subject, replace(run, sha256=digest(corpus)), progress=progress)
