"""The commands `mapgen gazetteer …`: what the gazetteer holds, country packs, files of own places, look-ups."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Annotated

import typer

from mapgen.errors import OptionError, PackError
from mapgen.files import home_directory
from mapgen.gazetteer import Gazetteer, GazetteerInfo
from mapgen.gazetteer.areas import completions, packs_named
from mapgen.gazetteer.checks import Disagreement
from mapgen.gazetteer.dumps import SEAS
from mapgen.gazetteer.kept import SUFFIXES, forget_places, keep_places, kept_places
from mapgen.gazetteer.packfetch import absence
from mapgen.gazetteer.packs import OFFICIAL, add_packs, list_packs, remove_packs
from mapgen.gazetteer.sources.countries import load_countries
from mapgen.gazetteer.world import WORLD, add_world, remove_world, world_info
from mapgen.geocoding.listing import Format, country_named, listed, matches_of
from mapgen.messages import Message, joined, msg, msg_count, verbatim
from mapgen.model import Kind
from mapgen.options import Places
from mapgen.terminal import complain, line_of, progress_bar, reported

__all__ = ["gazetteer_app"]

DISAGREEMENTS = {
    Disagreement.OTHER_DIVISION: msg("place in two divisions"),
    Disagreement.FAR: msg("city far from its division"),
    Disagreement.NO_PARENT: msg("division without a division above"),
    Disagreement.TWICE: msg("id twice"),
}
"""How sources disagree, in words."""

gazetteer_app = typer.Typer(help="Look into the gazetteer and extend it.", no_args_is_help=True)


@gazetteer_app.command("info")
def info_command(
    check: Annotated[bool, typer.Option("--check", help="List the places on which the sources disagree.")] = False,
) -> None:
    """Tell what the gazetteer holds: sources, counts, dates, licences, size, place on disk."""
    with reported(), progress_bar() as progress, Gazetteer.open(progress=progress) as gazetteer:
        for line in described(gazetteer.info()):
            _show(line)
        if check:
            for sort, place, detail in gazetteer.disagreements():
                _show(joined("", (DISAGREEMENTS[Disagreement(sort)], f": {place} {detail}")))


def _show(line: Message) -> None:
    """Print a line on standard output in the user's language."""
    typer.echo(line_of(line))


def described(info: GazetteerInfo) -> list[Message]:
    """Return the facts of a gazetteer as lines."""
    total = msg_count("{count:,} place", "{count:,} places", info.places)
    lines = [verbatim(info.path), msg("{places}, {size:,.0f} MB", places=total, size=info.size / 1e6)]
    for source in info.sources:
        facts = ", ".join(fact for fact in (source.licence, source.version, source.date[:10]) if fact)
        places = msg_count("{count:,} place", "{count:,} places", source.places)
        lines.append(msg("  {name}: {places}", name=source.name, places=places) + (f" ({facts})" if facts else ""))
    if info.disagreements:
        counts = joined(
            ", ",
            (
                msg("{sort}: {number}", sort=DISAGREEMENTS[Disagreement(sort)], number=number)
                for sort, number in sorted(info.disagreements.items())
            ),
        )
        lines.append(msg("  sources disagree ({counts}); --check lists where", counts=counts))
    return lines


@gazetteer_app.command("list")
def list_command() -> None:
    """List the country packs and the files of your own places that are installed."""
    with reported():
        home = home_directory()
        names = {code: str(country["name"]) for code, country in load_countries().items()} | {SEAS: msg("the seas")}
        packs = list_packs()
        world = world_info(home)
        for pack in (*packs, *([world] if world is not None else [])):
            name = line_of(names.get(pack.country, msg("all countries")))
            _show(
                msg(
                    "{code:<5} {country:<28} {places:>10,} places {names:>10,} names  {date}  {source}",
                    code=pack.country,
                    country=name,
                    places=pack.places,
                    names=pack.names,
                    date=pack.fetched[:10],
                    source=pack.source,
                )
            )
        for file in kept_places(home):
            _show(msg("{file}: places of your own", file=file.name))
        if not packs and world is None:
            complain(msg("no country pack is installed; mapgen gazetteer add SY brings one"))


def complete_area(incomplete: str) -> list[tuple[str, str]]:
    """Complete codes and names of countries and of groups of countries, for a shell."""
    return [(word, line_of(meaning)) for word, meaning in completions(incomplete)]


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
            _show(msg("{file}: kept; every map uses it from now on", file=file.name))
        countries = [code for code in packs if code != WORLD]
        with progress_bar() as progress:
            added = list(add_packs(countries, source=from_, progress=progress))
            if WORLD in packs:
                added.append(add_world(source=from_, progress=progress))
        for pack in added:
            places = msg_count("{count:,} place", "{count:,} places", pack.places)
            names = msg_count("{count:,} name", "{count:,} names", pack.names)
            _show(msg("{code}: {places}, {names}", code=pack.country, places=places, names=names))
        if missing := [code for code in countries if code not in {pack.country for pack in added}]:
            raise PackError(absence(missing, from_))


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
            _show(msg("{name}: removed", name=name) if gone else msg("{name}: was not there", name=name))


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
            raise OptionError(msg("unknown kind {kind!r}; known: {kinds}", kind=kind, kinds=", ".join(Kind)))
        with progress_bar() as progress, Gazetteer.open(places=places or None, progress=progress) as gazetteer:
            with gazetteer.damage_named():
                code = country_named(gazetteer, country) if country else ""
                found = matches_of(gazetteer, name, code)
            matches = [match for match in found if not kind or match.place.kind == kind]
        if not matches:
            complain(msg("the gazetteer does not know {name!r}", name=name))
            raise typer.Exit(1)
        typer.echo(listed(matches[:limit], format_), nl=False)
