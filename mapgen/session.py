"""One run of the command line: a geoparser with its options, progress, warnings and errors on the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mapgen.closing import Closing
from mapgen.errors import InputError, MapgenError, OutputError
from mapgen.files import home_directory
from mapgen.gazetteer.packs import OFFICIAL
from mapgen.missing_packs import MissingPack, PackAnswers, host_of
from mapgen.reading import read, text_files

if TYPE_CHECKING:
    from mapgen.model import Document
    from mapgen.options import Options
    from mapgen.results import Annotated, Parsed

__all__ = ["Session", "chosen_files", "complain", "printable", "progress_bar", "reported", "show"]


class Session(Closing):
    """A geoparser with the options of the command line, and its output on the terminal: progress, warnings, reasons.

    Args:
        options: the options of the command line.

    Raises:
        InputError: an option or a file that it names cannot be used.
        GazetteerError: the gazetteer can be neither opened nor built.
    """

    def __init__(self, options: Options) -> None:
        from mapgen.pipeline import Geoparser
        from mapgen.recognition import NO_TRACE, Trace

        self._encoding = options.encoding
        self._field = options.field
        self._quiet, self._verbose = options.quiet, options.verbose and not options.quiet
        self._skip_existing = options.skip_existing
        self._file, self._of_many = "", False
        self._printed: set[str] = set()
        self._trace = Trace() if options.explain else None
        with progress_bar() as progress:
            self._geoparser = Geoparser(
                options.settings(), trace=self._trace or NO_TRACE, allow_pack=self._allow_pack, progress=progress
            )
        self._print_new(self._geoparser.warnings)

    def each(
        self, files: Sequence[str], targets: Sequence[Path | None], write: Callable[[str, Path | None], None]
    ) -> None:
        """Call `write` with each text and its target; the run goes on after a text that cannot be used.

        Args:
            files: the texts.
            targets: where the result of each goes; None is standard output.
            write: reads one text and writes its result.

        Raises:
            typer.Exit: a text could not be used; the others have their results.
        """
        failed: InputError | None = None
        pairs = [
            (file, target)
            for file, target in zip(files, targets, strict=True)
            if not (self._skip_existing and target is not None and target.is_file())
        ]
        if skipped := len(files) - len(pairs):
            self._tell(f"{skipped} of {len(files)} texts have their results already")
        self._of_many = len(pairs) > 1
        with progress_bar(quiet=self._quiet) as progress:
            began = time.monotonic()
            for number, (file, target) in enumerate(pairs):
                if self._of_many:
                    progress(_rate(number, len(pairs), time.monotonic() - began), number / len(pairs))
                self._file = file
                try:
                    write(file, target)
                except InputError as error:
                    complain(error)
                    failed = error
        if failed is not None:
            raise typer.Exit(failed.exit_code)

    def _tell(self, line: str) -> None:
        """Print a line that is no warning, unless the user wants quiet."""
        if not self._quiet:
            typer.echo(printable(line), err=True)

    def written(self, line: str) -> None:
        """Tell that a result has been written."""
        self._tell(line)

    def annotate(self, file: str) -> Annotated:
        """Read and annotate one text; new warnings and the reasons are printed on standard error."""
        return self._annotated(read(file, encoding=self._encoding, field=self._field))

    def parse(self, file: str, *, title: str = "", date: str = "") -> Parsed:
        """Read and parse one text; new warnings and the reasons are printed on standard error."""
        document = read(file, encoding=self._encoding, field=self._field, title=title, date=date)
        return self._geoparser.draw(self._annotated(document))

    def _annotated(self, document: Document) -> Annotated:
        annotated = self._geoparser.annotate(document)
        # Of several texts a warning names its own.
        prefix = f"{self._file}: " if self._of_many else ""
        self._print_new([f"{prefix}{line}" for line in (*annotated.warnings, *annotated.hints)])
        self._print_new(self._geoparser.warnings)
        if self._verbose:
            placed = sum(toponym.place is not None for toponym in annotated.toponyms)
            self._tell(f"{prefix}{document.language or '?'}, {len(annotated.toponyms)} names, {placed} with a place")
        if self._trace is not None:
            from mapgen.resolution.explain import explain

            for line in (*self._trace.lines(), *explain(annotated.toponyms)):
                typer.echo(printable(line), err=True)
            self._trace.reasons.clear()
        return annotated

    def _print_new(self, warnings: Iterable[str]) -> None:
        """Print each warning once in a run, unless the user wants quiet."""
        for warning in () if self._quiet else warnings:
            if warning not in self._printed:
                self._printed.add(warning)
                complain(warning)

    def _allow_pack(self, missing: MissingPack) -> bool:
        """Ask whether the pack of a country may be fetched, once a country: the answer is kept in the home."""
        gazetteer = self._geoparser.gazetteer
        home = gazetteer.path.parent if gazetteer.path is not None else home_directory()
        answers = PackAnswers(home)
        known = answers.of(missing.country)
        if known is not None:
            return known
        country = gazetteer.country(missing.country)
        name = country.name if country is not None else missing.country
        host = host_of(self._geoparser.settings.packs_from or OFFICIAL)
        allowed = typer.confirm(
            f"{missing.names} names around {name} are unknown. Fetch its places from {host}, which learns the code "
            f"{missing.country} and nothing of the text?",
            default=False,
            err=True,
        )
        answers.keep(missing.country, allowed=allowed)
        return allowed

    def close(self) -> None:
        """Close the gazetteer and the geocoder."""
        self._geoparser.close()


def chosen_files(names: Sequence[str], options: Options, results: str = "") -> list[str]:
    """Return the texts that the command line names, those of folders included, and tell which are left out.

    Args:
        names: files and folders.
        options: say whether folders inside count.
        results: the folder of the results, of an earlier run too: none of them is a text.

    Raises:
        DocumentError: a folder holds no text.
    """
    files, notes = text_files(names, recursive=options.recursive, results=results)
    for note in notes:
        complain(note)
    return files


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
        complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or error)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        complain("interrupted; existing files are unchanged")
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
        if task is None:
            bar.start()
            task = bar.add_task(what, total=1.0)
        bar.update(task, description=what, completed=share)

    try:
        yield advance
    finally:
        if task is not None:
            bar.stop()


def _rate(done: int, count: int, seconds: float) -> str:
    """What a bar says of a run over many texts: how many are done, how fast, how long the others take."""
    if not done or seconds <= 0:
        return f"{done}/{count}"
    left = round((count - done) * seconds / done)
    return f"{done}/{count}, {done / seconds:.1f}/s, {left // 60}:{left % 60:02d} left"


def complain(problem: object) -> None:
    """Print one line about `problem` on standard error, control characters made visible."""
    print("mapgen:", printable(" ".join(str(problem).split())), file=sys.stderr)  # noqa: T201


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
        raise OutputError(f"cannot be written: {error.strerror or error}", path="standard output") from error


def printable(line: str) -> str:
    """Return `line` with control characters replaced, which an untrusted text could send to a terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in line)
