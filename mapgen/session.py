"""One run of the command line: a geoparser with its options, progress, warnings and errors on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from mapgen.closing import Closing
from mapgen.errors import InputError, OptionError
from mapgen.files import home_directory
from mapgen.gazetteer.packfetch import pack_size
from mapgen.gazetteer.packs import OFFICIAL
from mapgen.messages import Message, joined, msg, msg_count
from mapgen.missing_packs import MissingPack, PackAnswers, host_of
from mapgen.processes import in_processes
from mapgen.reading import read, text_files
from mapgen.terminal import complain, complaint, confirmed, line_of, printable, progress_bar

if TYPE_CHECKING:
    from mapgen.model import Document
    from mapgen.options import Options
    from mapgen.results import Annotated, Parsed

__all__ = ["Session", "Work", "chosen_files"]


Pair = tuple[str, Path | None]
"""A text, and where its result goes; None is standard output."""
Work = Callable[["Session", str, Path | None], None]
"""Reads one text and writes its result; picklable where several processes do it."""


class Said(NamedTuple):
    """A line for standard error.

    Attributes:
        line: the whole line.
        once: whether it is printed once in a run only.
    """

    line: str
    once: bool = False


class Session(Closing):
    """A geoparser with the options of the command line, and its output on the terminal: progress, warnings, reasons.

    Args:
        options: the options of the command line.
        said: where lines for the terminal are kept, in a process that has none; they are printed when not given.

    Raises:
        InputError: an option or a file that it names cannot be used.
        GazetteerError: the gazetteer can be neither opened nor built.
    """

    def __init__(self, options: Options, *, said: list[Said] | None = None) -> None:
        from mapgen.pipeline import Geoparser
        from mapgen.recognition import NO_TRACE, Trace

        self._options = options
        self._said = said
        self._encoding = options.encoding
        self._field = options.field
        self._quiet, self._verbose = options.quiet, options.verbose and not options.quiet
        self._file, self._of_many = "", False
        self._printed: set[str] = set()
        self._trace = Trace() if options.explain_features else None
        self._in_words = options.explain
        with progress_bar() as progress:
            self._geoparser = Geoparser(
                options.settings(), trace=self._trace or NO_TRACE, allow_pack=self._allow_pack, progress=progress
            )
        self._print_new(self._geoparser.warnings)

    def each(self, files: Sequence[str], targets: Sequence[Path | None], work: Work, *, jobs: int = 1) -> None:
        """Do the work on each text; the run goes on after a text that cannot be used.

        Args:
            files: the texts.
            targets: where the result of each goes; None is standard output.
            work: reads one text and writes its result.
            jobs: how many processes; one for each processor when 0.

        Raises:
            typer.Exit: a text could not be used; the others have their results.
            OptionError: several processes cannot ask what --packs ask wants to be asked.
        """
        pairs = [
            (file, target)
            for file, target in zip(files, targets, strict=True)
            if not (self._options.skip_existing and target is not None and target.is_file())
        ]
        if skipped := len(files) - len(pairs):
            self.tell(
                msg_count(
                    "{skipped} of {count} text has its results already",
                    "{skipped} of {count} texts have their results already",
                    len(files),
                    skipped=skipped,
                )
            )
        self._of_many = len(pairs) > 1
        codes = self._in_processes(pairs, work, jobs) if jobs != 1 and self._of_many else self._here(pairs, work)
        failed = 0
        with progress_bar(quiet=self._quiet) as progress:
            began = time.monotonic()
            for number, code in enumerate(codes, start=1):
                failed = code or failed
                if self._of_many:
                    progress(_rate(number, len(pairs), time.monotonic() - began), number / len(pairs))
        if failed:
            raise typer.Exit(failed)

    def _here(self, pairs: Sequence[Pair], work: Work) -> Iterator[int]:
        """Do the work on each text in this process; yield exit codes."""
        for file, target in pairs:
            yield self.one(file, target, work, of_many=self._of_many)

    def _in_processes(self, pairs: Sequence[Pair], work: Work, jobs: int) -> Iterator[int]:
        """Do the work on each text in other processes; yield exit codes in the order of the texts."""
        if self._options.packs == "ask":
            raise OptionError(msg("--packs ask asks in one process: leave out --jobs, or take --packs auto"))
        for said, code in in_processes(OneText(self._options, work), pairs, jobs=jobs):
            for line in said:
                self._say(line)
            yield code

    def one(self, file: str, target: Path | None, work: Work, *, of_many: bool) -> int:
        """Do the work on one text; return the exit code, 0 where it could be used.

        Args:
            file: the text.
            target: where the result goes.
            work: reads the text and writes the result.
            of_many: whether the text is one of several, so that warnings name it.
        """
        self._file, self._of_many = file, of_many
        try:
            work(self, file, target)
        except InputError as error:
            self._say(Said(complaint(error)))
            return error.exit_code
        return 0

    def _say(self, said: Said) -> None:
        """Print a line on standard error, or keep it; a warning once in a run."""
        if said.once:
            if said.line in self._printed:
                return
            self._printed.add(said.line)
        if self._said is not None:
            self._said.append(said)
        else:
            print(said.line, file=sys.stderr)  # noqa: T201

    def tell(self, line: Message) -> None:
        """Print a line that is no warning, unless the user wants quiet."""
        if not self._quiet:
            self._say(Said(line_of(line)))

    def warn(self, line: str) -> None:
        """Print a warning once in a run, unless the user wants quiet."""
        if not self._quiet:
            self._say(Said(complaint(line), once=True))

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
        self._print_new([joined("", (prefix, line)) for line in (*annotated.warnings, *annotated.hints)])
        self._print_new(self._geoparser.warnings)
        if self._verbose:
            placed = sum(toponym.place is not None for toponym in annotated.toponyms)
            names = msg_count("{count} name", "{count} names", len(annotated.toponyms))
            self.tell(
                msg(
                    "{prefix}{language}, {names}, {placed} with a place",
                    prefix=prefix,
                    language=document.language or "?",
                    names=names,
                    placed=placed,
                )
            )
        if self._trace is not None:
            from mapgen.resolution.explain import explain

            for line in (*self._trace.lines(), *explain(annotated.toponyms)):
                self._say(Said(printable(line)))
            self._trace.reasons.clear()
        if self._in_words:
            from mapgen.resolution.explain import in_words

            for message in in_words(annotated.toponyms):
                self._say(Said(line_of(message)))
        return annotated

    def _print_new(self, warnings: Iterable[str]) -> None:
        for warning in warnings:
            self.warn(warning)

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
        source = self._geoparser.settings.packs_from
        # A server that the user has not named must not learn the country before the answer.
        size = pack_size(missing.country, source) if source else None
        allowed = confirmed(
            msg_count(
                "{count} name around {name} is unknown. Fetch its places ({size}) from {host}, which learns the code "
                "{country} and nothing of the text?",
                "{count} names around {name} are unknown. Fetch its places ({size}) from {host}, which learns the code "
                "{country} and nothing of the text?",
                missing.names,
                name=name,
                size=_size_in_words(size),
                host=host_of(source or OFFICIAL),
                country=missing.country,
            )
        )
        answers.keep(missing.country, allowed=allowed)
        return allowed

    def close(self) -> None:
        """Close the gazetteer and the geocoder."""
        self._geoparser.close()


class OneText:
    """The work on one text in a process of its own session; what is said there is returned.

    Args:
        options: of the command line.
        work: picklable; reads one text and writes its result.
    """

    def __init__(self, options: Options, work: Work) -> None:
        self._options = options
        self._work = work
        self._session: Session | None = None
        self._said: list[Said] = []

    def __call__(self, pair: Pair) -> tuple[list[Said], int]:
        """Return the lines for the terminal, and the exit code."""
        if self._session is None:
            self._session = Session(self._options, said=self._said)
        code = self._session.one(*pair, self._work, of_many=True)
        said = self._said.copy()
        self._said.clear()
        return said, code


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


def _size_in_words(size: int | None) -> Message:
    """Say how many bytes a download has; up to a tenth of a megabyte counts as that."""
    if size is None:
        return msg("size not known beforehand")
    return msg("{size:.1f} MB", size=max(size / 1e6, 0.1))


def _rate(done: int, count: int, seconds: float) -> str:
    """What a bar says of a run over many texts: how many are done, how fast, how long the others take."""
    if not done or seconds <= 0:
        return f"{done}/{count}"
    left = round((count - done) * seconds / done)
    return msg(
        "{done}/{count}, {rate:.1f}/s, {minutes}:{seconds:02d} left",
        done=done,
        count=count,
        rate=done / seconds,
        minutes=left // 60,
        seconds=left % 60,
    )
