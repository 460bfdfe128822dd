"""What a run of the command line owes to the terminal: a geoparser with its options, progress, warnings, reasons."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mapgen.closing import Closing
from mapgen.errors import MapgenError, OptionError, OutputError
from mapgen.gazetteer import Gazetteer
from mapgen.reading import read

if TYPE_CHECKING:
    from mapgen.options import Options
    from mapgen.pipeline import Parsed
    from mapgen.recognition import Recogniser, Trace
    from mapgen.resolution import PlaceSource

__all__ = ["Session", "complain", "point", "printable", "progress_bar", "reported", "show"]


class Session(Closing):
    """A geoparser with the options of the command line, and what it owes to the terminal: progress, warnings, reasons.

    Args:
        options: what the command line says.
    """

    def __init__(self, options: Options) -> None:
        from mapgen.corrections import Corrections
        from mapgen.pipeline import Geoparser
        from mapgen.recognition import Trace

        home = point(options.near)
        corrections = Corrections.read(options.corrections or ())
        self._encoding = options.encoding
        self._warned: set[str] = set()
        self._trace = Trace() if options.explain else None
        with ExitStack() as stack, progress_bar() as progress:
            gazetteer = stack.enter_context(Gazetteer.open(places=options.places or None, progress=progress))
            self._geoparser = Geoparser(
                gazetteer=gazetteer,
                language=options.language,
                page_language=options.page_language,
                country=options.country,
                near=home,
                recogniser=chosen_recogniser(options.recogniser, gazetteer, self._trace),
                corrections=corrections,
                demonyms=options.demonyms,
                geocoder=chosen_geocoder(options, stack),
            )
            self._stack = stack.pop_all()

    def parse(self, file: str, *, title: str = "", date: str = "") -> Parsed:
        """Read and parse one text; warnings, each once, and reasons go to standard error."""
        parsed = self._geoparser.parse(read(file, encoding=self._encoding, title=title, date=date))
        for warning in parsed.warnings:
            if warning not in self._warned:
                self._warned.add(warning)
                complain(warning)
        if self._trace is not None:
            from mapgen.resolution.explain import explain

            for line in (*self._trace.lines(), *explain(parsed.toponyms)):
                typer.echo(printable(line), err=True)
            self._trace.reasons.clear()
        return parsed

    def close(self) -> None:
        """Close the gazetteer and the geocoder."""
        self._stack.close()


def chosen_recogniser(name: str, gazetteer: Gazetteer, trace: Trace | None) -> Recogniser:
    """Return the recogniser that `--recogniser` names.

    Raises:
        OptionError: there is none of that name.
    """
    from mapgen.recognition import GazetteerRecogniser

    own = GazetteerRecogniser(gazetteer, explain=trace)
    if not name:
        return own
    source, _, pipeline = name.partition(":")
    if source != "spacy" or not pipeline:
        raise OptionError(f"unknown recogniser {name!r}; known: spacy:NAME with an installed spaCy pipeline")
    from mapgen.recognition.spacy import SpacyRecogniser

    return SpacyRecogniser(pipeline, own)


def chosen_geocoder(options: Options, stack: ExitStack) -> PlaceSource | None:
    """Open the online geocoder that the options name, for as long as `stack` is open; None where they name none.

    Raises:
        OptionError: there is none of that name, or only its server is given.
    """
    if not options.geocoder:
        if options.geocoder_url:
            raise OptionError("--geocoder-url needs --geocoder, the kind of server that answers there")
        return None
    from mapgen.geocoding import OnlineGeocoder

    return stack.enter_context(
        OnlineGeocoder.open(options.geocoder, url=options.geocoder_url, settings=options.geocoder_settings)
    )


@contextmanager
def reported() -> Iterator[None]:
    """Turn what mapgen knows can go wrong into one line and an exit code."""
    try:
        yield
    except MapgenError as error:
        complain(error)
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        raise  # who was reading has gone, which is no error to tell; Typer ends the run
    except OSError as error:  # the disk that is full is not always one that we write to ourselves
        complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or error)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        complain("interrupted; what stood before stands")
        raise typer.Exit(130) from None


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """A callback that draws a bar on a terminal, and nothing elsewhere; the bar appears with the first call."""
    if not sys.stderr.isatty():
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


def point(near: str) -> tuple[float, float] | None:
    """Read "LAT,LON" in degrees.

    Raises:
        OptionError: it is none.
    """
    if not near:
        return None
    try:
        lat, lon = (float(part) for part in near.split(","))
    except ValueError:
        raise OptionError(f"--near wants LAT,LON in degrees, like 33.5,36.3, not {near!r}") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise OptionError(f"--near {near!r} lies outside the world (latitude -90 to 90, longitude -180 to 180)")
    return (lat, lon)


def complain(problem: object) -> None:
    """Print one line about `problem` on standard error, control characters made visible."""
    print("mapgen:", printable(" ".join(str(problem).split())), file=sys.stderr)  # noqa: T201


def show(content: str | bytes) -> None:
    """Write `content` to standard output, all of it.

    Raises:
        OutputError: it cannot be written, as where standard output is a file on a full disk.
        BrokenPipeError: who was reading has gone.
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
        # Python would try once more at its end, and tell of it in words of its own.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise OutputError(f"cannot be written: {error.strerror or error}", path="standard output") from error


def printable(line: str) -> str:
    """Return `line` without what an untrusted text could do to a terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in line)
