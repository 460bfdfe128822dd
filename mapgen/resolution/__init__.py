"""From candidates to one place, with a probability."""

from mapgen.resolution.resolver import Prior, Resolver

__all__ = ["Prior", "Resolver"]
