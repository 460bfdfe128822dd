"""Draws the first view as SVG: what a page shows without JavaScript and on paper, and a picture of its own.

In: a parsed document. Out: SVG whose colours are attributes, so that it needs no style sheet and a page's can override
them. `view` maps coordinates to the picture, `layout` finds space for markers and names, `svg` composes it, `png` makes
pixels of it.
"""

from mapgen.rendering.picture.png import to_png
from mapgen.rendering.picture.svg import picture, picture_file

__all__ = ["picture", "picture_file", "to_png"]
