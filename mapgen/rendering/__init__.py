"""Writes the page: one HTML file with text, map and data, which needs no network.

In: a parsed document. Out: the HTML (`page`), or a folium.Map (`folium_map`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.model import ParsedDocument
from mapgen.rendering.page import render
from mapgen.rendering.tiles import OPENSTREETMAP, TileLayer, tile_layers

if TYPE_CHECKING:
    import folium

__all__ = ["OPENSTREETMAP", "TileLayer", "render", "tile_layers", "to_map"]


def to_map(parsed: ParsedDocument, *, language: str = "") -> folium.Map:
    """Return the page as a folium.Map, which notebooks display, which can be saved, and to which layers can be added.

    Args:
        parsed: the document with its toponyms and footprints.
        language: ISO 639-1 code of the reader; `parsed.language` when not given.
    """
    # folium imports pandas; a page written to a file does not need them.
    from mapgen.rendering.folium_map import PageMap

    return PageMap(parsed, language=language)
