"""The page as a folium.Map, for notebooks and for additional layers.

In folium each element adds markup to the head, to the body and to a script of its figure. The figure here renders
mapgen's page with the markup of all elements in it, and the hashes of their scripts and styles in the policy. Leaflet
comes from its package, so folium's list of addresses is empty; what plugins would load from the network is put into the
page where an installed package has the file.
"""

from __future__ import annotations

import base64
import json
import warnings
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
import xstatic.pkg
from branca.element import CssLink, Figure, JavascriptLink
from folium.map import Layer
from jinja2 import Template

from mapgen.model import ParsedDocument
from mapgen.rendering import assets
from mapgen.rendering.escape import json_for_html
from mapgen.rendering.page import compose

__all__ = ["MAP_NAME", "PageMap"]

MAP_NAME = "map_mapgen"
"""The name under which scripts find the Leaflet map."""
_MARKERS = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
"""The pictures of Leaflet's own marker, by the option that names them."""


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
        scripts, styles, whole = self._linked()
        own = self.script.render(**kwargs) if whole else self._apart(**kwargs)
        if own.strip():
            own = "\n".join((assets.added_script(), _markers(), own, *map(_legend, self._layers())))
        return compose(
            self._parsed,
            language=self._language,
            head=self.header.render(**kwargs),
            body=self.html.render(**kwargs),
            scripts=(*scripts, own),
            styles=styles,
        )

    def _apart(self, **kwargs: Any) -> str:
        """The script with each element's part by itself, so that one that lacks its library does not end the others."""
        parts = (child.render(**kwargs) for child in self.script._children.values())
        return "\n".join(f"try {{ {part} }} catch (error) {{ console.warn(String(error)); }}" for part in parts)

    def _layers(self) -> list[Layer]:
        """The layers that were added to the map and that folium's own control would list."""
        return [
            layer
            for child in self._children.values()
            for layer in child._children.values()
            if isinstance(layer, Layer) and layer.control and layer.overlay
        ]

    def _linked(self) -> tuple[list[str], list[str], bool]:
        """Take the links out of the head.

        Returns:
            The scripts and the styles that installed packages have for them, and whether those are all.
        """
        whole = True
        scripts: list[str] = []
        styles: list[str] = []
        for name, child in tuple(self.header._children.items()):
            if not isinstance(child, (JavascriptLink, CssLink)):
                continue
            del self.header._children[name]
            content = _installed(child.url)
            if content is None:
                whole = False
                warnings.warn(
                    f"the map needs no network, so {child.url} is not loaded: what was added with it may not show; "
                    "an XStatic package that has the file is put into the page",
                    stacklevel=2,
                )
            else:
                (scripts if isinstance(child, JavascriptLink) else styles).append(content)
        return scripts, styles, whole


def _installed(url: str) -> str | None:
    """Return the file of an address where folium or an XStatic package has one of its name, else None."""
    name = urlsplit(url).path.rpartition("/")[2]
    folders = [Path(folium.__file__).parent / "templates", *map(Path, xstatic.pkg.__path__)]
    found = next((path for folder in folders for path in sorted(folder.rglob(name)) if path.is_file()), None)
    return found.read_text(encoding="utf-8") if found is not None and name else None


def _markers() -> str:
    """The call that gives Leaflet the pictures of its own marker."""
    folder = files("xstatic.pkg.leaflet") / "data" / "images"
    pictures = {
        option: f"data:image/png;base64,{base64.b64encode((folder / name).read_bytes()).decode('ascii')}"
        for option, name in _MARKERS.items()
    }
    return f"mapgen_markers({json.dumps(pictures)});"


def _legend(layer: Layer) -> str:
    """The call that puts a layer into the legend."""
    return f"mapgen_layer({json_for_html(str(layer.layer_name))}, {layer.get_name()});"


class PageMap(folium.Map):
    """A folium.Map that renders as mapgen's page.

    Markers, popups, GeoJson, circles and groups may be added to it; FeatureGroups and GeoJson are chips of the legend.
    What a plugin would load from the network is put into the page where an installed package has it; else a warning
    names its address when the map is rendered.

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
