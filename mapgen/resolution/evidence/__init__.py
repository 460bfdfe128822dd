"""Step 2: extracts the features of candidates from the document.

In: the document, its toponyms, their candidates. Out: a `Sheet`, a row per candidate of each mention. `lay_out` fills
the features that do not need the places of other names; `Sheet.run_in_place` fills the others from the shares of the
pass before, with the scores that a later step gives.
"""

from mapgen.resolution.evidence.layout import lay_out
from mapgen.resolution.evidence.mentions import Mention
from mapgen.resolution.evidence.patterns import is_topic
from mapgen.resolution.evidence.phrases import LEAST_KM, Anchor, Spot, between, spot
from mapgen.resolution.evidence.sheet import Sheet
from mapgen.resolution.evidence.signs import name_with_article, signed_kind
from mapgen.resolution.evidence.surroundings import Surroundings

__all__ = [
    "LEAST_KM",
    "Anchor",
    "Mention",
    "Sheet",
    "Spot",
    "Surroundings",
    "between",
    "is_topic",
    "lay_out",
    "name_with_article",
    "signed_kind",
    "spot",
]
