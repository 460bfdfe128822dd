"""The command line: a thin Typer application over `mapgen.Geoparser`.

Exit codes: 0 done, 1 mapgen or the machine failed, 2 the input or an option cannot be used, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapgen import __version__, languages
from mapgen.configuration import configured
from mapgen.corpus_commands import corpus_app
from mapgen.errors import MapgenError, OptionError
from mapgen.files import check_outputs, write_aside
from mapgen.gazetteer_commands import gazetteer_app
from mapgen.messages import Message, msg, msg_count
from mapgen.options import Bom, Demonyms, Jobs, Language, Options, Places, with_options
from mapgen.session import Session, chosen_files
from mapgen.tables import MARK
from mapgen.targets import OUTPUT, STANDARD, target_paths
from mapgen.terminal import line_of, printable, progress_bar, reported, show
from mapgen.translated_help import TranslatedGroup

if TYPE_CHECKING:
    from mapgen.rendering import TileLayer
    from mapgen.results import Parsed

__all__ = ["app", "main"]

app = typer.Typer(
    name="mapgen",
    cls=TranslatedGroup,
    help="Find the places that a text names and draw them on one map in one HTML file that needs no network.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(corpus_app, name="corpus")

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Texts or folders of texts; - is standard input.")]


def main() -> None:
    """Run the command line."""
    # Python leaves a stream out that was closed before it started; what is written there is lost, and nothing fails.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


@app.callback(invoke_without_command=True)
def version_option(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Find the places that a text names and draw them on one map in one HTML file that needs no network."""
    if version:
        typer.echo(f"mapgen {__version__}")
        raise typer.Exit
    with reported():
        context.default_map, line = configured(context.command, environment=os.environ, folder=Path.cwd())
        if line and context.invoked_subcommand and not _is_quiet(context):
            typer.echo(line_of(msg("options of {line}", line=line)), err=True)


def _is_quiet(context: typer.Context) -> bool:
    """Whether file or environment or the command line want errors only."""
    own = (context.default_map or {}).get(context.invoked_subcommand or "", {})
    return bool(own.get("quiet")) or not {"-q", "--quiet"}.isdisjoint(sys.argv)


@app.command("map")
@with_options
def map_command(
    files: Files,
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="File of the page, or folder: one that exists, ends in a slash or has no suffix; - is standard "
            "output. output/NAME.html when not given.",
        ),
    ] = "",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    title: Annotated[str, typer.Option("--title", help="Title of the page.")] = "",
    tiles: Annotated[
        list[str] | None,
        typer.Option(
            "--tiles",
            help="Tiles that the reader of the page may switch on, by their name in xyzservices (Esri.WorldImagery); "
            "none for no tiles; or a file of raster tiles (.mbtiles, .pmtiles), of which those of the scene are put "
            "into the page. May be repeated. OpenStreetMap when not given.",
        ),
    ] = None,
    tiles_budget: Annotated[
        float, typer.Option("--tiles-budget", help="Megabytes that the tiles of a file may take in a page.", min=0.0)
    ] = 3.0,
    tiles_key: Annotated[
        str, typer.Option("--tiles-key", help="Key for tiles that need one; every reader of the page can see it.")
    ] = "",
    image: Annotated[
        str, typer.Option("--image", help="File of the map as a picture: .svg, or .png (extra png); for one text.")
    ] = "",
    date: Annotated[str, typer.Option("--date", help="Date of the text, ISO 8601 (2021-10-10).")] = "",
    jobs: Jobs = 1,
    options: Options,
) -> None:
    """Draw the places of each text on a map: one HTML file a text."""
    from mapgen.rendering.tiles import is_archive, tile_layers

    with reported():
        files = chosen_files(files, options, output or str(OUTPUT))
        drawn = _image_path(image, files)
        # A picture is written alone, unless a page is named too.
        targets = [None] if drawn and not output else target_paths(files, output)
        if open_ and None in targets:
            raise OptionError(msg("--open needs a file: name one with --output"))
        archives = [name for name in tiles or () if is_archive(name)]
        check_outputs(filter(None, [*targets, drawn]), [*files, *options.inputs(), *archives])
        layers = tile_layers(tiles, key=tiles_key, budget=int(1e6 * tiles_budget)) if tiles else None
        with Session(options) as session:
            work = _Draws(title=title, date=date, tiles=layers, picture=drawn, alone=not output, opens=open_)
            session.each(files, targets, work, jobs=jobs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draws:
    """Draws the map of one text.

    Attributes:
        title, date: of the text.
        tiles: layers that the reader may switch on.
        picture: file of the map as a picture, or None.
        alone: whether no page is written beside the picture.
        opens: whether the page is opened in the browser.
    """

    title: str
    date: str
    tiles: tuple[TileLayer, ...] | None
    picture: Path | None
    alone: bool
    opens: bool

    def __call__(self, session: Session, file: str, target: Path | None) -> None:
        """Write the page to `target`; None is standard output."""
        parsed = session.parse(file, title=self.title, date=self.date)
        if self.picture is not None:
            parsed.save_image(self.picture)
            if self.alone:
                session.tell(summary(self.picture, parsed))
                return
        if target is None:
            show(parsed.to_html(tiles=self.tiles))
            return
        page = parsed.save(target, tiles=self.tiles)
        session.tell(summary(page, parsed))
        if self.opens and not opened(page):
            session.warn(msg("no browser can be started: open {page} yourself, or name one with BROWSER", page=page))


def opened(page: Path) -> bool:
    """Open a page in the browser; return whether one could be started."""
    try:
        return webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        return False


def _image_path(image: str, files: Sequence[str]) -> Path | None:
    """Return the file of the picture, or None where none is wanted.

    Raises:
        OptionError: there are several texts, or the ending is of no known format.
    """
    from mapgen.rendering.picture.svg import IMAGE_SUFFIXES

    if not image:
        return None
    if Path(image).suffix.casefold() not in IMAGE_SUFFIXES:
        raise OptionError(
            msg(
                "--image wants a file that ends in {suffixes}, not {image!r}",
                suffixes=", ".join(IMAGE_SUFFIXES),
                image=image,
            )
        )
    if len(files) > 1:
        raise OptionError(msg("--image draws one text; give them one by one"))
    return Path(image)


@app.command("places")
@with_options
def places_command(
    files: Files,
    *,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, geojson, jsonl, kml, gpx, gpkg or tei.")
    ] = "table",
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="File or folder, as for map; standard output, which is - too, by default."),
    ] = "",
    bom: Bom = None,
    jobs: Jobs = 1,
    options: Options,
) -> None:
    """Write the places of each text as a table or a file, without a page."""
    from mapgen.exports import FORMATS

    with reported():
        if format_ not in FORMATS:
            raise OptionError(
                msg("unknown format {format!r}; known: {formats}", format=format_, formats=", ".join(sorted(FORMATS)))
            )
        if bom is not None and format_ != "csv":
            raise OptionError(msg("--bom belongs to --format csv"))
        files = chosen_files(files, options, output)
        targets = target_paths(files, output or STANDARD, suffix=FORMATS[format_].suffix)
        if FORMATS[format_].binary and None in targets and sys.stdout.isatty():
            raise OptionError(msg("{format} is nothing for a terminal: name a file with --output", format=format_))
        check_outputs(filter(None, targets), [*files, *options.inputs()])
        with Session(options) as session:
            session.each(files, targets, _Exports(format_, marked=format_ == "csv" and bom is not False), jobs=jobs)


@dataclass(frozen=True, slots=True)
class _Exports:
    """Writes the places of one text.

    Attributes:
        format: a key of `mapgen.exports.FORMATS`.
        marked: whether a byte order mark precedes CSV.
    """

    format: str
    marked: bool

    def __call__(self, session: Session, file: str, target: Path | None) -> None:
        """Write to `target`; None is standard output."""
        from mapgen.exports import FORMATS, convert

        annotated = session.parse(file) if FORMATS[self.format].geometry else session.annotate(file)
        content = convert(annotated, self.format)
        if self.marked:
            content = MARK + str(content)
        if target is not None:
            write_aside(target, content)
        else:
            show(content)


def _files_in(corpus: Path) -> list[Path]:
    """The files of a corpus: those of a folder, or the file itself."""
    return [path for path in corpus.rglob("*") if path.is_file()] if corpus.is_dir() else [corpus]


def summary(page: Path, parsed: Parsed) -> Message:
    """One line on what a page holds."""
    return msg(
        "{page}: {mentions}, {places}, {unplaced}",
        page=page,
        mentions=msg_count("{count} mention", "{count} mentions", len(parsed.toponyms)),
        places=msg_count("{count} place", "{count} places", len(parsed.places)),
        unplaced=msg_count("{count} unplaced", "{count} unplaced", len(parsed.unplaced)),
    )


@app.command("compare")
@with_options
def compare_command(
    a: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A text; the results of mapgen corpus; OUT@2021-03, "
            "OUT@2020..2021 or the address of its page for a part of them.",
        ),
    ],
    b: Annotated[str, typer.Argument(metavar="B", help="The same; places are new where only B has them.")],
    *,
    output: Annotated[str, typer.Option("--output", "-o", help="The page; its table has the same name and .csv.")] = "",
    bom: Bom = None,
    options: Options,
) -> None:
    """Compare the places of two texts, two archives or two parts of one: a page and a table."""
    from mapgen.corpus.comparing import compare, write_comparison
    from mapgen.corpus.selection import selection_of

    with reported():
        page = Path(output or "output/compare.html")
        one, other = selection_of(a), selection_of(b)
        check_outputs([page, page.with_suffix(".csv")], [one.path, other.path, *options.inputs()])
        with Session(options) as session:
            found = compare(one, other, session.annotate)
            language = languages.reader_language(options.page_language or options.language)
            table = write_comparison(found, page, language=language, marked=bom is not False)
        statuses = [change.status for change in found.changes]
        told = msg(
            "{page}, {table}: {new} new, {gone} gone, {both} both; {readings}",
            page=page,
            table=table,
            new=statuses.count("new"),
            gone=statuses.count("gone"),
            both=statuses.count("both"),
            readings=msg_count(
                "{count} name with another place", "{count} names with another place", len(found.readings)
            ),
        )
        typer.echo(line_of(told), err=True)


@app.command("evaluate")
def evaluate_command(
    corpus: Annotated[Path, typer.Argument(help="A corpus: JSON lines, BRAT, CoNLL, HIPE TSV or marked text.")],
    task: Annotated[str, typer.Option("--task", "-t", help="recognition, resolution or end-to-end.")] = "end-to-end",
    corpus_format: Annotated[str, typer.Option("--corpus-format", help="Format of the corpus.")] = "auto",
    report: Annotated[str, typer.Option("--format", "-f", help="table, json or html.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File of the report.")] = None,
    compare: Annotated[Path | None, typer.Option("--compare", help="JSON report of an older run.")] = None,
    language: Language = "",
    split: Annotated[str, typer.Option("--split", help="Only this part of the corpus (train, heldout, …).")] = "",
    limit: Annotated[int, typer.Option("--limit", help="Documents at most; 0 for all.")] = 0,
    places: Places = None,
    demonyms: Demonyms = False,
) -> None:
    """Measure recognition and resolution over a corpus whose places are known."""
    from mapgen.evaluation.command import evaluate

    with reported(), progress_bar() as progress:
        output = None if output == Path(STANDARD) else output
        check_outputs(
            [output] if output else [], [*_files_in(corpus), *([compare] if compare else []), *(places or ())]
        )
        text = evaluate(
            corpus, task=task, format=corpus_format, report=report, output=output, against=compare,
            language=language, split=split, limit=limit, places=places or (), demonyms=demonyms, progress=progress,
        )  # fmt: skip
        if output is None:
            show(text)


@app.command("doctor")
def doctor_command() -> None:
    """Tell what mapgen consists of here: versions, gazetteer, packs, caches, extras, what a network is asked for."""
    from mapgen.doctor import diagnose

    with reported():
        diagnosis = diagnose()
        for line in diagnosis.lines():
            typer.echo(line_of(line))
        if diagnosis.missing:
            raise MapgenError(msg("not installed: {missing}", missing=", ".join(diagnosis.missing)))


@app.command("example")
def example_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where they go; it is made.")] = Path(
        "mapgen-example"
    ),
) -> None:
    """Write a sample text and a file of places to start from."""
    from mapgen.examples import write_examples

    with reported():
        paths = write_examples(folder)
        for path in paths:
            typer.echo(printable(str(path)))
        told = msg("Draw the map: mapgen map {text} --places {places}", text=paths[0], places=paths[1])
        typer.echo(line_of(told), err=True)
