"""The commands `mapgen gazetteer …`: what the gazetteer holds, country packs, files of own places, look-ups."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Annotated

import typer

from mapgen.errors import OptionError
from mapgen.files import home_directory
from mapgen.gazetteer import Gazetteer, GazetteerInfo
from mapgen.gazetteer.areas import completions, packs_named
from mapgen.gazetteer.dumps import SEAS
from mapgen.gazetteer.kept import SUFFIXES, forget_places, keep_places, kept_places
from mapgen.gazetteer.packs import OFFICIAL, add_packs, list_packs, remove_packs
from mapgen.gazetteer.sources.countries import load_countries
from mapgen.gazetteer.world import WORLD, add_world, remove_world, world_info
from mapgen.geocoding.listing import Format, country_named, listed, matches_of
from mapgen.model import Kind
from mapgen.options import Places
from mapgen.session import complain, progress_bar, reported

__all__ = ["gazetteer_app"]

gazetteer_app = typer.Typer(help="Look into the gazetteer and extend it.", no_args_is_help=True)


@gazetteer_app.command("info")
def info_command(
    check: Annotated[bool, typer.Option("--check", help="List the places on which the sources disagree.")] = False,
) -> None:
    """Tell what the gazetteer holds: sources, counts, dates, licences, size, place on disk."""
    with reported(), progress_bar() as progress, Gazetteer.open(progress=progress) as gazetteer:
        typer.echo(described(gazetteer.info()))
        if check:
            for sort, place, detail in gazetteer.disagreements():
                typer.echo(f"{sort}: {place} {detail}")


def described(info: GazetteerInfo) -> str:
    """Return the facts of a gazetteer as lines."""
    lines = [f"{info.path}", f"{info.places:,} places, {info.size / 1e6:,.0f} MB"]
    for source in info.sources:
        facts = ", ".join(fact for fact in (source.licence, source.version, source.date[:10]) if fact)
        lines.append(f"  {source.name}: {source.places:,} places" + (f" ({facts})" if facts else ""))
    if info.disagreements:
        counts = ", ".join(f"{sort}: {count}" for sort, count in sorted(info.disagreements.items()))
        lines.append(f"  sources disagree ({counts}); --check lists where")
    return "\n".join(lines)


@gazetteer_app.command("list")
def list_command() -> None:
    """List the country packs and the files of your own places that are installed."""
    with reported():
        home = home_directory()
        names = {code: str(country["name"]) for code, country in load_countries().items()} | {SEAS: "the seas"}
        packs = list_packs()
        world = world_info(home)
        for pack in (*packs, *([world] if world is not None else [])):
            name = names.get(pack.country, "all countries")
            facts = f"{pack.places:>10,} places {pack.names:>10,} names"
            typer.echo(f"{pack.country:<5} {name:<28} {facts}  {pack.fetched[:10]}  {pack.source}")
        for file in kept_places(home):
            typer.echo(f"{file.name}: places of your own")
        if not packs and world is None:
            complain("no country pack is installed; mapgen gazetteer add SY brings one")


def complete_area(incomplete: str) -> list[tuple[str, str]]:
    """Complete codes and names of countries and of groups of countries, for a shell."""
    return completions(incomplete)


@gazetteer_app.command("add")
def add_command(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="COUNTRY|FILE...",
            help="Countries by ISO code or name (SY, Mali, RDC), groups of them (Sahel, 'UN M49 West Africa'), world, "
            "or files of your own places.",
            autocompletion=complete_area,
        ),
    ],
    from_: Annotated[
        str, typer.Option("--from", help="Mirror of GeoNames' export/dump: URL, folder, or one country's zip.")
    ] = OFFICIAL,
) -> None:
    """Add country packs from GeoNames (downloaded, unless --from is a folder or a file), or places of your own."""
    with reported():
        files = [Path(name) for name in what if name.lower().endswith(SUFFIXES)]
        packs = packs_of([name for name in what if not name.lower().endswith(SUFFIXES)])
        for file in files:
            for line in keep_places(file):
                complain(line)
            typer.echo(f"{file.name}: kept; every map uses it from now on")
        countries = [code for code in packs if code != WORLD]
        with progress_bar() as progress:
            added = list(add_packs(countries, source=from_, progress=progress))
            if WORLD in packs:
                added.append(add_world(source=from_, progress=progress))
        for pack in added:
            typer.echo(f"{pack.country}: {pack.places:,} places, {pack.names:,} names")


def packs_of(words: list[str]) -> tuple[str, ...]:
    """Return the packs that words of the command line ask for; the gazetteer is opened only for names of countries.

    Raises:
        PackError: a word is neither a country nor a group of countries.
    """
    with ExitStack() as stack:
        opened: list[Gazetteer] = []

        def code_of(name: str) -> str:
            if not opened:
                with progress_bar() as progress:
                    opened.append(stack.enter_context(Gazetteer.open(progress=progress)))
            with suppress(OptionError):  # then it may be a group of countries, and `packs_named` complains
                return country_named(opened[0], name)
            return ""

        return packs_named(words, code_of)


@gazetteer_app.command("remove")
def remove_command(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="COUNTRY|FILE...",
            help="Countries as for add, world, or names of kept files of places.",
            autocompletion=complete_area,
        ),
    ],
) -> None:
    """Remove country packs, or places of your own."""
    with reported():
        for name in what:
            if name.lower().endswith(SUFFIXES):
                gone = forget_places(name)
            else:
                packs = packs_of([name])
                gone = bool(remove_packs([code for code in packs if code != WORLD]))
                gone = (WORLD in packs and remove_world()) or gone
            typer.echo(f"{name}: removed" if gone else f"{name}: was not there")


@gazetteer_app.command("search")
def search_command(
    name: Annotated[
        str,
        typer.Argument(
            help='A name in any script, or a part of one, with a generic word ("province d\'Alep"), what it lies in '
            "(Valence, ES) or wildcards (Cheikh*) if you like."
        ),
    ],
    country: Annotated[str, typer.Option("--country", help="ISO code or name (SY, Syrie).")] = "",
    kind: Annotated[str, typer.Option("--kind", help="country, region, city, …")] = "",
    places: Places = None,
    limit: Annotated[int, typer.Option("--limit", help="Places at most.")] = 20,
    format_: Annotated[Format, typer.Option("--format", help="How the places are written.")] = Format.TABLE,
) -> None:
    """Tell the places that a name can mean, the best known first."""
    with reported():
        if kind and kind not in set(Kind):
            raise OptionError(f"unknown kind {kind!r}; known: {', '.join(Kind)}")
        with progress_bar() as progress, Gazetteer.open(places=places or None, progress=progress) as gazetteer:
            with gazetteer.damage_named():
                code = country_named(gazetteer, country) if country else ""
                found = matches_of(gazetteer, name, code)
            matches = [match for match in found if not kind or match.place.kind == kind]
        if not matches:
            complain(f"the gazetteer does not know {name!r}")
            raise typer.Exit(1)
        typer.echo(listed(matches[:limit], format_), nl=False)
