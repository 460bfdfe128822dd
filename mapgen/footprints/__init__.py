"""From a place and a relation to the geometry that is drawn."""

from mapgen.footprints.scene import frame_all, scene

__all__ = ["frame_all", "scene"]
