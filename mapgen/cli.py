"""The command line: a thin Typer app over `mapgen.Geoparser`.

Exit codes: 0 done, 1 mapgen or the machine failed, 2 the input or an option cannot be used, 130 interrupted.
"""

from __future__ import annotations

import io
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapgen import __version__, languages
from mapgen.errors import InputError, MapgenError, OptionError
from mapgen.files import write_aside
from mapgen.gazetteer import Gazetteer, GazetteerInfo
from mapgen.gazetteer.kept import SUFFIXES, forget_places, keep_places
from mapgen.gazetteer.packs import OFFICIAL, add_packs, remove_packs
from mapgen.model import Kind, MatchType
from mapgen.options import Demonyms, Language, Options, Places, with_options
from mapgen.session import Session, complain, printable, progress_bar, show

if TYPE_CHECKING:
    from mapgen.pipeline import Parsed

__all__ = ["app", "main"]

app = typer.Typer(
    name="mapgen",
    help="Find the places that a text names and draw them on one map in one HTML file that needs no network.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
gazetteer_app = typer.Typer(help="Look into the gazetteer and extend it.", no_args_is_help=True)
app.add_typer(gazetteer_app, name="gazetteer")

OUTPUT = Path("output")

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Texts to read; - is standard input.")]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


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


@app.callback(invoke_without_command=True)
def version_option(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Find the places that a text names and draw them on one map in one HTML file that needs no network."""
    if version:
        typer.echo(f"mapgen {__version__}")
        raise typer.Exit


@app.command("map")
@with_options
def map_command(
    files: Files,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="File or folder of the page; output/NAME.html when not given.")
    ] = "",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    title: Annotated[str, typer.Option("--title", help="Title of the page.")] = "",
    tiles: Annotated[
        list[str] | None,
        typer.Option(
            "--tiles",
            help="Tiles that the reader of the page may switch on, by their name in xyzservices (Esri.WorldImagery); "
            "none for no tiles. May be repeated. OpenStreetMap when not given.",
        ),
    ] = None,
    tiles_key: Annotated[
        str, typer.Option("--tiles-key", help="Key for tiles that want one; it will stand in the page for all to read.")
    ] = "",
    date: Annotated[str, typer.Option("--date", help="Date of the text, ISO 8601 (2021-10-10).")] = "",
    options: Options,
) -> None:
    """Draw the places of each text on a map: one HTML file a text."""
    from mapgen.rendering.tiles import tile_layers

    with reported():
        targets = page_paths(files, output)
        layers = tile_layers(tiles, key=tiles_key) if tiles else None
        failed: InputError | None = None
        with Session(options) as session:
            for file, target in zip(files, targets, strict=True):
                try:
                    parsed = session.parse(file, title=title, date=date)
                except InputError as error:
                    # The other texts are worth their maps; the exit code tells that one is missing.
                    complain(error)
                    failed = error
                    continue
                page = parsed.save(target, tiles=layers)
                typer.echo(printable(summary(page, parsed)), err=True)
                if open_:
                    webbrowser.open(page.resolve().as_uri())
        if failed is not None:
            raise typer.Exit(failed.exit_code)


@app.command("places")
@with_options
def places_command(
    files: Files,
    *,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, geojson, jsonl, kml, gpx, gpkg or tei.")
    ] = "table",
    output: Annotated[
        str, typer.Option("--output", "-o", help="File or folder to write; standard output when not given.")
    ] = "",
    options: Options,
) -> None:
    """Tell the places of each text, without a page."""
    from mapgen.exports import FORMATS, convert

    with reported():
        if format_ not in FORMATS:
            raise OptionError(f"unknown format {format_!r}; known: {', '.join(sorted(FORMATS))}")
        if len(files) > 1 and not output:
            raise OptionError("several texts need --output, a folder")
        if FORMATS[format_].binary and not output and sys.stdout.isatty():
            raise OptionError(f"{format_} is nothing for a terminal: name a file with --output")
        targets = page_paths(files, output, suffix=FORMATS[format_].suffix) if output else [None]
        with Session(options) as session:
            for file, target in zip(files, targets, strict=True):
                content = convert(session.parse(file), format_)
                if target is not None:
                    write_aside(target, content)
                else:
                    show(content)


def page_paths(files: list[str], output: str, *, suffix: str = ".html") -> list[Path]:
    """Return where the result of each text goes.

    `output` is a folder if it exists as one, ends in a slash, or there are several texts; else a file.

    Raises:
        OptionError: two texts would be written to one file.
    """
    folder = not output or output.endswith(("/", "\\")) or Path(output).is_dir() or len(files) > 1
    if not folder:
        return [Path(output)]
    base = Path(output) if output else OUTPUT
    stems = ["stdin" if file == "-" else Path(file).stem for file in files]
    names = [stem if stems.count(stem) == 1 else Path(file).name for file, stem in zip(files, stems, strict=True)]
    for name in names:
        if names.count(name) > 1:
            raise OptionError(f"two texts would be written to {base / (name + suffix)}; give them one by one")
    return [base / f"{name}{suffix}" for name in names]


def summary(page: Path, parsed: Parsed) -> str:
    """One line on what a page holds, in the language of the reader."""
    words = languages.load(parsed.language).reasons
    counts = {"mentions": len(parsed.toponyms), "places": len(parsed.places), "unplaced": len(parsed.unplaced)}
    return f"{page}: " + words["summary"].format(**counts)


@gazetteer_app.command("info")
def info_command() -> None:
    """Tell what the gazetteer holds: sources, counts, dates, licences, size, place on disk."""
    with reported(), progress_bar() as progress, Gazetteer.open(progress=progress) as gazetteer:
        typer.echo(described(gazetteer.info()))


def described(info: GazetteerInfo) -> str:
    """Return the facts of a gazetteer as lines."""
    lines = [f"{info.path}", f"{info.places:,} places, {info.size / 1e6:,.0f} MB"]
    for source in info.sources:
        facts = ", ".join(fact for fact in (source.licence, source.version, source.date[:10]) if fact)
        lines.append(f"  {source.name}: {source.places:,} places" + (f" ({facts})" if facts else ""))
    return "\n".join(lines)


@gazetteer_app.command("add")
def add_command(
    what: Annotated[
        list[str], typer.Argument(metavar="COUNTRY|FILE...", help="ISO codes (SY IQ), or files of your own places.")
    ],
    from_: Annotated[
        str, typer.Option("--from", help="Mirror of GeoNames' export/dump: URL, folder, or one country's zip.")
    ] = OFFICIAL,
) -> None:
    """Add country packs from GeoNames (downloaded, unless --from is a folder or a file), or places of your own."""
    with reported():
        files = [Path(name) for name in what if name.lower().endswith(SUFFIXES)]
        countries = [name for name in what if not name.lower().endswith(SUFFIXES)]
        for file in files:
            for line in keep_places(file):
                complain(line)
            typer.echo(f"{file.name}: kept; every map uses it from now on")
        if countries:
            with progress_bar() as progress:
                added = add_packs(countries, source=from_, progress=progress)
            for pack in added:
                typer.echo(f"{pack.country}: {pack.places:,} places, {pack.names:,} names")


@gazetteer_app.command("remove")
def remove_command(
    what: Annotated[
        list[str], typer.Argument(metavar="COUNTRY|FILE...", help="ISO codes, or names of kept files of places.")
    ],
) -> None:
    """Remove country packs, or places of your own."""
    with reported():
        countries = [name for name in what if not name.lower().endswith(SUFFIXES)]
        gone = set(remove_packs(countries)) | {name for name in what if name not in countries and forget_places(name)}
        for name in what:
            there = name in gone or name.upper() in gone
            typer.echo(f"{name}: removed" if there else f"{name}: was not there")


@gazetteer_app.command("search")
def search_command(
    name: Annotated[str, typer.Argument(help="A name in any script.")],
    country: Annotated[str, typer.Option("--country", help="ISO code.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="country, region, city, …")] = "",
    places: Places = None,
    limit: Annotated[int, typer.Option("--limit", help="Lines at most.")] = 20,
) -> None:
    """Tell the places that a name can mean, the best known first."""
    with reported():
        if kind and kind not in set(Kind):
            raise OptionError(f"unknown kind {kind!r}; known: {', '.join(Kind)}")
        with progress_bar() as progress, Gazetteer.open(places=places or None, progress=progress) as gazetteer:
            found = gazetteer.lookup(name, strength=MatchType.NEAR, country=country.upper())
            matches = [match for match in found if not kind or match.place.kind == kind]
            for match in matches[:limit]:
                place = match.place
                region = ", ".join(division.name for division in place.admin)
                typer.echo(
                    f"{place.id:<14} {place.kind:<9} {place.country or '–':<2} {place.lat:9.4f} {place.lon:9.4f} "
                    f"{place.population:>10}  {place.name}{f' ({region})' if region else ''}  [{match.type}]"
                )
            if not matches:
                complain(f"the gazetteer does not know {name!r}")
                raise typer.Exit(1)


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
        text = evaluate(
            corpus, task=task, format=corpus_format, report=report, output=output, against=compare,
            language=language, split=split, limit=limit, places=places or (), demonyms=demonyms, progress=progress,
        )  # fmt: skip
        if output is None:
            show(text)
