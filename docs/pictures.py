"""Draw the maps of the explanations with the program itself, whenever the site is built (a MkDocs hook).

A page asks for the map of a text by `<!-- map: the text -->`; the picture of the first view takes its place, with the
text below it. Nothing drawn is kept in `docs`.
"""

from __future__ import annotations

import base64
import html
import re
from functools import cache

import mapgen
from mapgen.rendering.picture import picture

MAP = re.compile(r"<!-- map: (.+?) -->", flags=re.DOTALL)


@cache
def geoparser() -> mapgen.Geoparser:
    """Open the geoparser once for all pages; the process of the build ends with it."""
    return mapgen.Geoparser()


def figure(text: str) -> str:
    """Return the map of a text as a picture in the page."""
    drawn = picture(geoparser().parse(text))
    data = base64.b64encode(drawn.encode("utf-8")).decode("ascii")
    words = html.escape(text)
    return (
        f'<figure><img alt="Map of: {words}" src="data:image/svg+xml;base64,{data}">'
        f"<figcaption>{words}</figcaption></figure>"
    )


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put maps where a page asks for them; called by MkDocs for each page."""
    return MAP.sub(lambda found: figure(" ".join(found[1].split())), markdown)
