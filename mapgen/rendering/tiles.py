"""Tile layers of the page.

Those of servers are off until the reader switches one on, and send requests to their hosts only; those of a local file
are put into the page.

OpenStreetMap's is defined here; others come from xyzservices, the list of providers that folium and geopandas use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mapgen.errors import OptionError
from mapgen.messages import msg
from mapgen.rendering.archives import SUFFIXES, scene_tiles

__all__ = ["BUDGET", "OPENSTREETMAP", "TileLayer", "is_archive", "tile_layers"]

NOTHING = "none"
"""In place of a name: the page has no tile layer and sends no request."""

_MAX_ZOOM = 18
_FILLED_BY_LEAFLET = frozenset({"x", "y", "z", "s", "r"})
_OPTIONS = {"tileSize": "tileSize", "zoomOffset": "zoomOffset", "tms": "tms", "bounds": "bounds", "min_zoom": "minZoom"}

BUDGET = 3_000_000
"""Bytes that the tiles of a file may take in a page, where nothing else is said."""

Credits = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TileLayer:
    """One layer of tiles.

    Attributes:
        name: shown to readers.
        url: template with {x}, {y}, {z}, and where the provider has them {s} and {r}.
        credits: pieces of the attribution, text and address ("" where it leads nowhere).
        subdomains: a letter or digit each, for {s}.
        max_zoom: the deepest zoom with tiles.
        options: further options of Leaflet's TileLayer.
        turned: whether dark pages may invert its colours: good for drawings, not for photographs.
        archive: file of raster tiles of which those of the scene are put into the page, instead of a server.
        budget: bytes of these tiles, at most.
    """

    name: str
    url: str
    credits: Credits
    subdomains: str = "abc"
    max_zoom: int = _MAX_ZOOM
    options: Mapping[str, Any] = field(default_factory=dict)
    turned: bool = False
    archive: Path | None = None
    budget: int = 0

    @property
    def hosts(self) -> tuple[str, ...]:
        """Scheme, host and port of all its requests, in the form of a Content-Security-Policy."""
        if self.archive is not None:
            return ()
        filled = [self.url.replace("{s}", letter) for letter in self.subdomains] if "{s}" in self.url else [self.url]
        parts = [urlsplit(url) for url in filled]
        return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))

    @property
    def host(self) -> str:
        """The host, as shown to readers."""
        return urlsplit(self.url.replace("{s}.", "").replace("{s}", "")).netloc


OPENSTREETMAP = TileLayer(
    name="OSM",
    url="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    credits=(("© ", ""), ("OpenStreetMap", "https://www.openstreetmap.org/copyright")),
    turned=True,
)
"""The default."""


def tile_layers(names: Sequence[str], *, key: str = "", budget: int = BUDGET) -> tuple[TileLayer, ...]:
    """Return the layers of these names.

    Args:
        names: of xyzservices ("Esri.WorldImagery"; case, dots and spaces do not count), files of raster tiles
            (.mbtiles, .pmtiles), or "none" alone.
        key: for providers that need one; it is written into the page.
        budget: bytes that the tiles of a file may take in the page.

    Raises:
        OptionError: a name is unknown, its provider needs a key and there is none, or its tiles do not fit the page.
    """
    if [name.casefold() for name in names] == [NOTHING]:
        return ()
    from xyzservices import providers

    known = providers.flatten()
    chosen = dict.fromkeys(name if is_archive(name) else _known(name, list(known)) for name in names)
    return tuple(_archived(Path(name), budget) if is_archive(name) else _layer(known[name], key) for name in chosen)


def is_archive(name: str) -> bool:
    """Whether a name of tiles is that of a file."""
    return name.casefold().endswith(SUFFIXES)


def _archived(path: Path, budget: int) -> TileLayer:
    held = scene_tiles(path, None, budget=0)
    return TileLayer(
        name=held.name, url="", credits=_credits(held.attribution), turned=False, archive=path, budget=budget
    )


def _known(name: str, known: Sequence[str]) -> str:
    by_letters = {_letters(each): each for each in known}
    if (found := by_letters.get(_letters(name))) is not None:
        return found
    import difflib

    inside = [each for letters, each in by_letters.items() if _letters(name) and _letters(name) in letters]
    close = difflib.get_close_matches(_letters(name), by_letters, n=5, cutoff=0.5)
    near = list(dict.fromkeys([*inside, *(by_letters[letters] for letters in close)]))[:5]
    told = msg("; near names: {near}", near=", ".join(near)) if near else msg("; see the list of xyzservices")
    raise OptionError(msg("there are no tiles {name!r}{told}", name=name, told=told))


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _layer(provider: Mapping[str, Any], key: str) -> TileLayer:
    name = str(provider["name"])
    if provider.get("crs", "EPSG:3857") != "EPSG:3857":
        raise OptionError(
            msg(
                "tiles {name} are drawn in {provider}, the page's map in EPSG:3857", name=name, provider=provider["crs"]
            )
        )
    if provider.get("status") == "broken":
        raise OptionError(msg("tiles {name} do not work any more, says xyzservices", name=name))
    values: dict[str, str] = {}
    for word in set(re.findall(r"\{(\w+)\}", provider["url"])) - _FILLED_BY_LEAFLET:
        values[word] = str(provider.get(word, ""))
        if values[word].startswith("<insert"):
            if not key:
                raise OptionError(msg("tiles {name} want a key of their provider: give it with --tiles-key", name=name))
            values[word] = key
    url = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), provider["url"])
    return TileLayer(
        name=name.replace(".", " "),
        url=url,
        credits=_credits(str(provider["html_attribution"])),
        subdomains=str(provider.get("subdomains", "abc")),
        max_zoom=int(provider.get("max_zoom", _MAX_ZOOM)),
        options={theirs: provider[ours] for ours, theirs in _OPTIONS.items() if ours in provider},
        turned=name.startswith("OpenStreetMap."),
    )


class _Pieces(HTMLParser):
    """Splits an attribution into texts and the addresses of their links."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the address of a link."""
        address = dict(attrs).get("href") or ""
        self._address = address if tag == "a" and address.startswith(("https://", "http://")) else ""

    def handle_endtag(self, tag: str) -> None:
        """Forget it."""
        if tag == "a":
            self._address = ""

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.pieces.append((data, self._address))


def _credits(attribution: str) -> Credits:
    parser = _Pieces()
    parser.feed(attribution)
    parser.close()
    return tuple(parser.pieces)
