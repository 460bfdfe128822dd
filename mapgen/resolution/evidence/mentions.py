"""One toponym with its candidates and its part of the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from mapgen.corrections import Ruling
from mapgen.model import Toponym
from mapgen.resolution.arrays import Array
from mapgen.resolution.candidates import CandidateSet

__all__ = ["Mention"]


@dataclass(slots=True, eq=False)
class Mention:
    """A toponym of a `Sheet`. Its arrays are views of the sheet's: every pass changes them.

    Attributes:
        toponym: the name in the text.
        candidates: of its name.
        name: index of its name among the document's distinct names.
        features: a row per candidate, columns of `mapgen.resolution.features.NAMES`.
        shares: softmax of the scores of the last pass, a value per candidate.
        scores: of the last pass.
        ruling: a person's decision on its place, or None; the place of a ruling is the first candidate.
    """

    toponym: Toponym
    candidates: CandidateSet
    name: int
    features: Array
    shares: Array
    scores: Array
    ruling: Ruling | None = None
