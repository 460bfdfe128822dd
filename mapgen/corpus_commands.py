"""`mapgen corpus`: an archive of texts to tables and one page."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mapgen.corpus.model import Columns
from mapgen.corpus.options import EXCERPTS, RunOptions
from mapgen.errors import OptionError
from mapgen.messages import Message, msg, msg_count, spoken, translated
from mapgen.options import Options, with_options
from mapgen.settings import Settings
from mapgen.terminal import complain, line_of, printable, reported

if TYPE_CHECKING:
    from mapgen.corpus.progress import Progress
    from mapgen.corpus.run import Done

__all__ = ["corpus_app"]

_READ = "read"
_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


class _ReadsByDefault(TyperGroup):
    """`mapgen corpus INPUT OUT` is `mapgen corpus read INPUT OUT`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before arguments that name none."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [_READ, *args]
        return super().parse_args(ctx, args)


corpus_app = typer.Typer(
    name="corpus",
    cls=_ReadsByDefault,
    help="Read an archive of texts into tables and one page. `mapgen corpus INPUT OUT` is `mapgen corpus read`.",
    no_args_is_help=True,
)


_title = typer.Option("--title", help="Title of the page; the name of OUT when not given.")
_page_limit = typer.Option("--page-limit", min=0, help="Excerpts in the page; its counts are always whole.")


def _column(what: str) -> Any:
    return typer.Option(f"--{what}-column", help=f"Column of the {what}; guessed from its name when not given.")


@corpus_app.command(_READ)
@with_options
def read_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT... OUT",
            help="Folders, patterns, texts, CSV, JSON lines, Parquet, also compressed with gzip or zstd; then the "
            "folder of the results.",
        ),
    ],
    *,
    text_column: Annotated[str, _column("text")] = "",
    id_column: Annotated[str, _column("id")] = "",
    date_column: Annotated[str, _column("date")] = "",
    title_column: Annotated[str, _column("title")] = "",
    source_column: Annotated[str, _column("source")] = "",
    language_column: Annotated[str, _column("language")] = "",
    engine: Annotated[str, typer.Option("--engine", help="processes (of this machine) or dask.")] = "processes",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; one a processor when 0.")] = 0,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler: tcp://HOST:8786.")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first document that fails.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Remove the results in OUT and begin anew.")] = False,
    single_file: Annotated[bool, typer.Option("--single-file", help="Make one file of each table.")] = False,
    title: Annotated[str, _title] = "",
    page_limit: Annotated[int, _page_limit] = EXCERPTS,
    no_duplicates: Annotated[bool, typer.Option("--no-duplicates", help="Do not look for near-duplicates.")] = False,
    options: Options,
) -> None:
    """Read an archive of texts into tables and one page; the same command goes on after any interruption."""
    with reported():
        if len(paths) < 2:
            raise OptionError(msg("name the input and then the folder of the results: mapgen corpus INPUT OUT"))
        if options.packs == "ask":
            raise OptionError(msg("an archive asks nobody: --packs is never or auto"))
        from mapgen.corpus.run import run

        run_options = RunOptions(
            columns=Columns(
                text=text_column, id=id_column, date=date_column, title=title_column, source=source_column,
                language=language_column,
            ),
            encoding=options.encoding, engine=engine, jobs=jobs, scheduler=scheduler, strict=strict, restart=restart,
            single_file=single_file, duplicates=not no_duplicates,
            title=title, page_limit=page_limit,
        )  # fmt: skip
        settings = replace(options, packs=options.packs or "never", explain=False, explain_features=False).settings()
        with _Lines() as lines:
            done = run(tuple(paths[:-1]), paths[-1], settings, run_options, tell=complain, listen=lines)
        typer.echo(line_of(_summary(done)), err=True)


@corpus_app.command("page")
def page_command(
    out: Annotated[str, typer.Argument(metavar="OUT", help="Folder of the results.")],
    *,
    title: Annotated[str, _title] = "",
    page_limit: Annotated[int, _page_limit] = EXCERPTS,
    page_language: Annotated[
        str, typer.Option("--page-language", help="Reader's language (en, es, fr); that of most texts when not given.")
    ] = "",
) -> None:
    """Write the page of an archive anew from its tables."""
    with reported():
        from mapgen.corpus.page import label_from, write_page
        from mapgen.corpus.store import Store
        from mapgen.gazetteer import Gazetteer

        store = Store.at(out)
        if store.read_json("run.json") is None:
            raise OptionError(msg("{out} holds no results of mapgen corpus", out=out))
        language = Settings(page_language=page_language).page_language
        with Gazetteer.open() as gazetteer:
            write_page(store, title=title, language=language, limit=page_limit, label=label_from(gazetteer))
        typer.echo(printable(store.path("corpus.html")), err=True)


_STEPS = {
    "plan": msg("looking through the input …"),
    "duplicates": msg("looking for near-duplicates …"),
    "places": msg("counting places …"),
    "page": msg("writing the page …"),
}
"""What is said of the steps of a run, but for the reading."""


class _Lines:
    """Progress as one line that is written over on a terminal, elsewhere a line from time to time."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = 0.0
        self._width = 0

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def __call__(self, progress: Progress) -> None:
        """Show how far the run is."""
        now = time.monotonic()
        if self._terminal:
            line = translated(_line(progress), spoken())
            print("\r" + line.ljust(self._width), end="", file=sys.stderr, flush=True)  # noqa: T201
            self._width = len(line)
        elif now - self._last >= _EVERY and progress.step == "read" and progress.rate:
            self._last = now
            complain(_line(progress))

    def _clear(self) -> None:
        if self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)  # noqa: T201


def _line(progress: Progress) -> Message:
    if progress.step != "read":
        return _STEPS[progress.step]
    total = msg(" of {total:,}", total=progress.total) if progress.total else ""
    left = "" if progress.left is None else msg(", {time} left", time=_duration(progress.left))
    return msg(
        "{done:,}{total} documents, {rate:,.1f} a second{left}, {errors}",
        done=progress.done,
        total=total,
        rate=progress.rate,
        left=left,
        errors=_errors(progress.errors),
    )


def _errors(number: int) -> Message:
    return msg_count("{count:,} error", "{count:,} errors", number)


def _duration(seconds: float) -> Message:
    if seconds < 90:
        return msg("{seconds:.0f} s", seconds=seconds)
    if seconds < 5400:
        return msg("{minutes:.0f} min", minutes=seconds / 60)
    return msg("{hours:.1f} h", hours=seconds / 3600)


def _summary(done: Done) -> Message:
    totals = done.totals
    errors = _errors(totals["errors"])
    if kinds := ", ".join(f"{count:,} {kind}" for kind, count in totals["errors_by_kind"].items()):
        errors += f" ({kinds})"
    return msg(
        "{documents}, {mentions}, {places}, {duplicates}, {undated:,} undated, {errors}; {time}",
        documents=msg_count("{count:,} document", "{count:,} documents", totals["documents"]),
        mentions=msg_count("{count:,} mention", "{count:,} mentions", totals["toponyms"]),
        places=msg_count("{count:,} place", "{count:,} places", done.places),
        duplicates=msg_count("{count:,} near-duplicate", "{count:,} near-duplicates", totals["duplicates"]),
        undated=totals["undated"],
        errors=errors,
        time=_duration(done.seconds),
    )
