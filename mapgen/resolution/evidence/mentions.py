"""One name of a text on its way to a place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.corrections import Ruling
from mapgen.model import Resolution, Toponym
from mapgen.resolution.candidates.lookup import CandidateSet

__all__ = ["Mention", "answered"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mention:
    """One toponym under way: its candidates, and its part of the sheet.

    Attributes:
        toponym: what stands in the text.
        candidates: of its name.
        name: index of its name among the document's distinct names.
        features: a row a candidate, columns as in FEATURES.
        shares: softmax of the last pass, a value a candidate.
        scores: of the last pass.
        ruling: what a person has said of it, or None; its place, if any, is the first candidate.
    """

    toponym: Toponym
    candidates: CandidateSet
    name: int
    features: Array
    shares: Array
    scores: Array
    ruling: Ruling | None = None


def answered(toponym: Toponym, resolution: Resolution) -> Toponym:
    """Return the toponym with its resolution: `dataclasses.replace` would take three times as long, once a name."""
    return Toponym(
        start=toponym.start,
        end=toponym.end,
        text=toponym.text,
        sense=toponym.sense,
        cue=toponym.cue,
        cue_kind=toponym.cue_kind,
        relation=toponym.relation,
        probability=toponym.probability,
        resolution=resolution,
        decision=toponym.decision,
    )
