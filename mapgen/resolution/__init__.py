"""From candidates to one place per name, with a probability.

Four packages run in this order and import in no other: `candidates` looks places up, `evidence` extracts their features
from the document, `ranking` scores them, `rules` turns the scores into resolutions. `features` is the schema of the
features that all four use; `resolver` runs the steps.
"""

from mapgen.resolution.candidates import PlaceSource
from mapgen.resolution.resolver import Prior, Resolver

__all__ = ["PlaceSource", "Prior", "Resolver"]
