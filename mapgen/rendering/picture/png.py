"""Makes pixels of a picture, with resvg."""

from __future__ import annotations

import importlib

from mapgen.errors import OptionError
from mapgen.messages import msg

__all__ = ["to_png"]

_ZOOM = 2.0  # pixels of the file for one of the picture: sharp on dense screens and in print


def to_png(svg: str) -> bytes:
    """Return a picture as PNG, at twice its size, with the fonts of the system.

    Raises:
        OptionError: resvg-py is not installed.
    """
    try:
        resvg = importlib.import_module("resvg_py")
    except ImportError:
        raise OptionError(
            msg("PNG needs resvg-py: pip install 'mapgen[png]', or name a file that ends in .svg")
        ) from None
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=_ZOOM, sans_serif_family="DejaVu Sans"))
