"""What the command line prints: lines in the user's language, errors, progress, results, questions."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from mapgen.errors import MapgenError, OutputError
from mapgen.messages import Message, joined, msg, reason_of, spoken, translated

__all__ = ["complain", "complaint", "confirmed", "line_of", "printable", "progress_bar", "reported", "show"]

_YES, _NO = msg("y yes"), msg("n no")
"""Answers to a question, the first of each as it stands beside the question."""
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Spaces that are made one; those that French typography needs stay."""


@contextmanager
def reported() -> Iterator[None]:
    """Turn errors of mapgen and of the file system into one line and an exit code."""
    try:
        yield
    except MapgenError as error:
        complain(error)
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        raise  # the reader has closed the pipe, which is no error; Typer ends the run
    except OSError as error:  # as on a full disk that a library writes to
        where = f"{error.filename}: " if error.filename else ""
        complain(joined("", (where, reason_of(error))))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        complain(msg("interrupted; existing files are unchanged"))
        raise typer.Exit(130) from None


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """A callback that draws a bar on a terminal, and nothing elsewhere; the bar appears with the first call."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task = None

    def advance(what: str, share: float) -> None:
        nonlocal task
        what = translated(what, spoken())
        if task is None:
            bar.start()
            task = bar.add_task(what, total=1.0)
        bar.update(task, description=what, completed=share)

    try:
        yield advance
    finally:
        if task is not None:
            bar.stop()


def complain(problem: object) -> None:
    """Print one line about `problem` on standard error in the user's language, control characters made visible."""
    print(complaint(problem), file=sys.stderr)  # noqa: T201


def complaint(problem: object) -> str:
    """Return the line that `complain` prints."""
    message = problem.whole if isinstance(problem, MapgenError) else problem
    text = translated(message, spoken()) if isinstance(message, str) else str(message)
    return f"mapgen: {printable(_SPACES.sub(' ', text).strip())}"


def show(content: str | bytes) -> None:
    """Write `content` to standard output, all of it.

    Raises:
        OutputError: it cannot be written, as where standard output is a file on a full disk.
        BrokenPipeError: the reader of standard output has closed it.
    """
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # At its end Python would flush once more and print a traceback.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise OutputError(
            msg("cannot be written: {reason}", reason=reason_of(error)), path=msg("standard output")
        ) from error


def line_of(message: str) -> str:
    """Return a message as it is printed: in the user's language, control characters made visible."""
    return printable(translated(message, spoken()))


def printable(line: str) -> str:
    """Return `line` with control characters replaced, which an untrusted text could send to a terminal."""
    return "".join(
        character if character.isprintable() or character in "\u00a0\u202f" else "\ufffd" for character in line
    )


def confirmed(question: Message) -> bool:
    """Ask a question on the terminal until the answer is yes or no; an empty line is no.

    Raises:
        typer.Abort: standard input has ended.
    """
    yes, no = (translated(words, spoken()).split() for words in (_YES, _NO))
    prompt = f"{printable(translated(question, spoken()))} [{yes[0]}/{no[0].upper()}]"
    while True:
        answer = typer.prompt(prompt, default="", show_default=False, err=True).strip().casefold()
        if answer in yes or answer in no or not answer:
            return answer in yes
