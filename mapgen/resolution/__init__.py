"""From candidates to one place, with a probability."""

from mapgen.resolution.resolver import PlaceSource, Prior, Resolver

__all__ = ["PlaceSource", "Prior", "Resolver"]
