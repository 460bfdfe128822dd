"""What mapgen consists of on this machine: versions, gazetteer, packs, caches, extras, and what a network is asked for.

Nothing is built, opened for writing or fetched.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapgen import __version__
from mapgen.files import home_directory
from mapgen.gazetteer.build import embedded_path
from mapgen.gazetteer.kept import kept_places
from mapgen.gazetteer.packs import list_packs
from mapgen.gazetteer.world import world_info
from mapgen.messages import Message, joined, msg, msg_count, verbatim

__all__ = ["Diagnosis", "Extra", "diagnose", "show_versions"]

_PURPOSES = {
    "all": msg("all of these but dev, docs and test"),
    "corpus": msg("archives: mapgen corpus and mapgen compare"),
    "dask": msg("archives on a Dask cluster"),
    "dev": msg("work on mapgen itself"),
    "docs": msg("the documentation as a site: mkdocs build"),
    "geopandas": msg("results as a GeoDataFrame (to_geodataframe)"),
    "hires": msg("fine coasts and rivers under maps of small regions"),
    "html": msg("dates and article texts of web pages"),
    "png": msg("the map as a PNG picture (--image map.png)"),
    "spacy": msg("a spaCy model as recogniser (--recogniser spacy:NAME)"),
    "test": msg("mapgen's own tests"),
}
"""What an extra is for."""
_NETWORK = (
    msg("network: nothing is asked of any, unless a run or a reader asks:"),
    msg("  --geocoder NAME                names that the gazetteer does not know"),
    msg("  gazetteer add, --packs         codes of countries"),
    msg("  the switch of tiles in a page  the part of the map that its reader looks at"),
)
_REQUIREMENT = re.compile(r"^(?P<name>[\w.-]+)(?:\[[^]]*\])?[^;]*(?:;(?P<marker>.*))?$")
_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<extra>[^'\"]+)['\"]")


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra of the package.

    Attributes:
        name: as in `pip install 'mapgen[NAME]'`.
        purpose: what it brings, or "".
        packages: name and installed version of each of its packages, "" where it is not installed.
    """

    name: str
    purpose: str
    packages: tuple[tuple[str, str], ...]

    @property
    def installed(self) -> bool:
        """Whether all its packages are there."""
        return all(version for _, version in self.packages)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What mapgen consists of on this machine.

    Attributes:
        version: of mapgen.
        python: version and implementation.
        system: operating system and processor.
        packages: name and version of each package that mapgen needs, "" where it is not installed.
        extras: what may be installed besides.
        home: folder of gazetteer, packs and caches.
        gazetteer: file of the embedded gazetteer.
        gazetteer_bytes: its size; 0 before it is built.
        packs: code, number of places and date of each country pack; code "world" for all countries.
        own_places: files of own places that are kept.
        caches: what lies in the home and its size in bytes, the gazetteer included.
        environment: variables whose names begin with MAPGEN_.
    """

    version: str
    python: str
    system: str
    packages: tuple[tuple[str, str], ...]
    extras: tuple[Extra, ...]
    home: Path
    gazetteer: Path
    gazetteer_bytes: int
    packs: tuple[tuple[str, int, str], ...]
    own_places: tuple[str, ...]
    caches: tuple[tuple[str, int], ...]
    environment: tuple[tuple[str, str], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages that mapgen needs and that are not installed."""
        return tuple(name for name, version in self.packages if not version)

    def lines(self) -> Iterator[Message]:
        """Yield the facts as lines of text."""
        yield verbatim(f"mapgen {self.version}, Python {self.python}, {self.system}")
        packages = (joined(" ", (name, version or msg("MISSING"))) for name, version in self.packages)
        yield msg("packages: {packages}", packages=joined(", ", packages))
        yield msg("extras:")
        for extra in self.extras:
            state = msg("installed") if extra.installed else verbatim(f"pip install 'mapgen[{extra.name}]'")
            purpose = extra.purpose or ", ".join(name for name, _ in extra.packages)
            yield msg("  {name:<8} {purpose}: {state}", name=extra.name, purpose=purpose, state=state)
        yield msg("home: {home}", home=self.home)
        built = (
            msg("{size:.0f} MB", size=self.gazetteer_bytes / 1e6)
            if self.gazetteer_bytes
            else msg("not built yet; the first run builds it")
        )
        yield msg("gazetteer: {name}, {built}", name=self.gazetteer.name, built=built)
        packs = [
            msg_count(
                "{code} ({count:,} place, {date})",
                "{code} ({count:,} places, {date})",
                places,
                code=code,
                date=date[:10],
            )
            for code, places, date in self.packs
        ]
        none = msg("none; mapgen gazetteer add SY brings all places of a country")
        yield msg("packs: {packs}", packs=joined(", ", packs) if packs else none)
        none = msg("none; mapgen gazetteer add my-places.csv keeps a file")
        yield msg("own places: {files}", files=", ".join(self.own_places) or none)
        yield msg("files of the home:")
        for name, size in self.caches:
            yield msg("  {size:>8.1f} MB  {name}", size=size / 1e6, name=name)
        variables = ", ".join(f"{name}={value}" for name, value in self.environment)
        yield msg("environment: {variables}", variables=variables or msg("nothing is set"))
        yield from _NETWORK


def diagnose() -> Diagnosis:
    """Return what mapgen consists of on this machine.

    Raises:
        GazetteerError: the list of packs cannot be read.
    """
    home = home_directory()
    gazetteer = embedded_path(home)
    packages, extras = _requirements()
    world = world_info(home)
    packs = [*list_packs(), *([world] if world is not None else [])]
    return Diagnosis(
        version=__version__,
        python=f"{platform.python_version()} ({platform.python_implementation()})",
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        packages=packages,
        extras=extras,
        home=home,
        gazetteer=gazetteer,
        gazetteer_bytes=gazetteer.stat().st_size if gazetteer.exists() else 0,
        packs=tuple((pack.country, pack.places, pack.fetched) for pack in packs),
        own_places=tuple(file.name for file in kept_places(home)),
        caches=tuple(_sizes(home)),
        environment=tuple(
            sorted((name, _shown(name, value)) for name, value in os.environ.items() if name.startswith("MAPGEN_"))
        ),
    )


def _shown(name: str, value: str) -> str:
    """Return what is shown of a variable: no keys, as the lines go into reports of faults."""
    return "…" if name.endswith("_KEY") else value


def show_versions() -> None:
    """Print what mapgen consists of on this machine: what a report of a fault should hold."""
    sys.stdout.write("\n".join(diagnose().lines()) + "\n")


def _requirements() -> tuple[tuple[tuple[str, str], ...], tuple[Extra, ...]]:
    """Return the packages that mapgen needs, and its extras, with their installed versions."""
    try:
        requirements = importlib.metadata.requires("mapgen") or []
    except importlib.metadata.PackageNotFoundError:
        return (), ()
    needed: list[tuple[str, str]] = []
    extras: dict[str, list[tuple[str, str]]] = {}
    for requirement in requirements:
        match = _REQUIREMENT.match(requirement)
        if match is None:
            continue
        name = match["name"]
        extra = _EXTRA.search(match["marker"] or "")
        if name.lower() == "mapgen":
            continue
        (needed if extra is None else extras.setdefault(extra["extra"], [])).append((name, _version(name)))
    return tuple(needed), tuple(
        Extra(name, _PURPOSES.get(name, ""), tuple(packages)) for name, packages in sorted(extras.items())
    )


def _version(name: str) -> str:
    """Return the installed version of a package, "" where there is none."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _sizes(home: Path) -> Iterator[tuple[str, int]]:
    """Yield the entries of the home with their sizes in bytes."""
    if not home.is_dir():
        return
    for entry in sorted(home.iterdir()):
        files = [entry] if entry.is_file() else [file for file in entry.rglob("*") if file.is_file()]
        yield f"{entry.name}/" if entry.is_dir() else entry.name, sum(file.stat().st_size for file in files)
