"""The page as a folium.Map, for notebooks and for additional layers.

In folium each element adds markup to the head, to the body and to a script of its figure. The figure here renders
mapgen's page with the markup of all elements in it, and the hash of the script in the policy. Leaflet comes from its
package, so folium's list of addresses is empty.
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import Figure
from jinja2 import Template

from mapgen.model import ParsedDocument
from mapgen.rendering.page import compose

__all__ = ["MAP_NAME", "PageMap"]

MAP_NAME = "map_mapgen"
"""The name under which scripts find the Leaflet map."""


class _Page(Figure):
    """A figure whose rendering is the page."""

    def __init__(self, parsed: ParsedDocument, language: str) -> None:
        super().__init__(height="640px")
        self._id = "mapgen"
        self.header._children.clear()
        self._parsed = parsed
        self._language = language

    def render(self, **kwargs: Any) -> str:
        """Return the whole page."""
        for child in self._children.values():
            child.render(**kwargs)
        return compose(
            self._parsed,
            language=self._language,
            head=self.header.render(**kwargs),
            body=self.html.render(**kwargs),
            script=self.script.render(**kwargs),
        )


class PageMap(folium.Map):
    """A folium.Map that renders as mapgen's page.

    Layers that folium adds by script alone (GeoJson, Marker, Circle, …) may be added to it. The page's policy blocks
    those that load a library from the network, and folium's popups, which need jQuery.

    Args:
        parsed: the document with its toponyms and footprints.
        language: ISO 639-1 code of the reader; the parsed document's when not given.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template("")

    def __init__(self, parsed: ParsedDocument, *, language: str = "") -> None:
        scene = parsed.scene or (-40.0, -120.0, 65.0, 120.0)
        super().__init__(location=((scene[0] + scene[2]) / 2, (scene[1] + scene[3]) / 2), tiles=None)
        self._id = "mapgen"
        figure = _Page(parsed, language)
        figure.add_child(self, name=MAP_NAME)

    def render(self, **kwargs: Any) -> str:
        """Let the children add their markup to the figure; the map itself is part of the page."""
        for child in self._children.values():
            child.render(**kwargs)
        return ""
