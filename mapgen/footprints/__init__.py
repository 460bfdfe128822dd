"""From a place and a relation to the geometry that is drawn."""

from mapgen.footprints.outlines import (
    context_outlines,
    country_outline,
    district_outlines,
    outline,
    region_outlines,
)
from mapgen.footprints.scene import frame_all, scene
from mapgen.footprints.shapes import footprints

__all__ = [
    "context_outlines",
    "country_outline",
    "district_outlines",
    "footprints",
    "frame_all",
    "outline",
    "region_outlines",
    "scene",
]
