"""The commands `mapgen gazetteer …`: what the gazetteer holds, country packs, files of own places, look-ups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mapgen.errors import OptionError
from mapgen.gazetteer import Gazetteer, GazetteerInfo
from mapgen.gazetteer.kept import SUFFIXES, forget_places, keep_places
from mapgen.gazetteer.packs import OFFICIAL, add_packs, remove_packs
from mapgen.model import Kind, MatchType
from mapgen.options import Places
from mapgen.session import complain, progress_bar, reported

__all__ = ["gazetteer_app"]

gazetteer_app = typer.Typer(help="Look into the gazetteer and extend it.", no_args_is_help=True)


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
