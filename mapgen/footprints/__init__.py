"""Computes geometry from places and relations: footprints, outlines of areas, the scene.

In: the resolved toponyms of a document and the gazetteer. Out: `Footprint`s, the frame of the first view, and the names
on its ground.
"""

from mapgen.footprints.ground_names import ground_names
from mapgen.footprints.ground_towns import ground_towns
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
    "ground_names",
    "ground_towns",
    "outline",
    "region_outlines",
    "scene",
]
