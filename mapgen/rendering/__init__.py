"""The page that a reader opens: one HTML file with text, map and data, that needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.model import ParsedDocument
from mapgen.rendering.page import render
from mapgen.rendering.tiles import OPENSTREETMAP, TileLayer, tile_layers

if TYPE_CHECKING:
    import folium

__all__ = ["OPENSTREETMAP", "TileLayer", "render", "tile_layers", "to_map"]


def to_map(parsed: ParsedDocument, *, language: str = "") -> folium.Map:
    """Return the page as a folium.Map: it shows itself in a notebook, can be saved, and takes further layers.

    Args:
        parsed: the document with its toponyms and footprints.
        language: ISO 639-1 code of the reader; `parsed.language` when not given.
    """
    # folium brings pandas-sized imports along; a page written to a file does without them.
    from mapgen.rendering.folium_map import PageMap

    return PageMap(parsed, language=language)
