"""The classifier: a sum of weights a class, and the choice of spans that do not overlap.

A candidate is a place, a person, something else that has a name (an organisation, a work, an event), or nothing. The
last has weight zero throughout, so that the sum for a class is the log-odds of that class against nothing. Persons and
organisations compete with places for the same words ("Bachar al-Assad", "Etat islamique"); they are not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

__all__ = ["CLASSES", "LINKED_CUE", "PLACE", "SCALE", "Flags", "Floats", "Model", "load_model"]

CLASSES = ("place", "person", "other")
"""The classes with weights; "nothing" is the fourth."""
PLACE = 0
SCALE = 100.0
"""Weights are stored as whole hundredths."""
LINKED_CUE = "L.cue=+"
"""The feature of a span with a linked cue before it ("la ville de X"); the recogniser also needs it separately."""
_SENSE = "sense:"
"""Marks the features of the sense, behind all others."""

# The weights of a feature are summed in one go, as fields of one number of 64 bits: a field for each class, of 20 bits,
# that may be negative, and above them the count of LINKED_CUE.
_SHIFTS = np.arange(len(CLASSES), dtype=np.int64) * 20
_MARK, _MASK, _MIDDLE = 60, (1 << 20) - 1, 1 << 19
_MIDDLES = np.int64(sum(_MIDDLE << 20 * field for field in range(len(CLASSES))))

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Model:
    """Features and their weights, in whole hundredths.

    Attributes:
        packed: feature name -> its weights for the classes as one number, and whether it is `LINKED_CUE`.
        senses: feature name -> log-odds of metonymic.
    """

    packed: Mapping[str, int]
    senses: Mapping[str, int]

    def encode(self, names: Iterable[str]) -> int:
        """Return the sum of the packed weights of features; those without weights count nothing."""
        return sum(filter(None, map(self.packed.get, names)))

    def scores(self, totals: Sequence[int]) -> tuple[Floats, Flags]:
        """Return the scores of spans from the sums of `encode`.

        Returns:
            The log-odds of each class against nothing, candidates x classes, and whether `LINKED_CUE` is among the
            features of each.
        """
        fields = np.array(totals, dtype=np.int64) + _MIDDLES
        scores = ((fields[:, None] >> _SHIFTS) & _MASK) - _MIDDLE
        return scores / SCALE, (fields >> _MARK).astype(np.bool_)

    def weights(self, name: str) -> tuple[float, ...]:
        """Return the weights of a feature for the classes, log-odds."""
        row, _ = self.scores([self.packed.get(name, 0)])
        return tuple(row[0].tolist())

    def metonymic(self, names: Iterable[str]) -> bool:
        """Return whether the features of a place favour the metonymic sense."""
        return sum(filter(None, map(self.senses.get, names))) > 0


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the shipped model.

    Raises:
        FileNotFoundError: the package lacks its weights.
    """
    text = (resources.files(__package__) / "weights.tsv").read_text(encoding="utf-8")
    rows = [line.partition("\t") for line in text.splitlines() if line and not line.startswith("#")]
    split = next((at for at, row in enumerate(rows) if row[0].startswith(_SENSE)), len(rows))
    names = [name for name, _, _ in rows[:split]]
    numbers = " ".join([numbers for _, _, numbers in rows[:split]]).split()
    table = np.array(list(map(int, numbers)), dtype=np.int64).reshape(split, len(CLASSES))
    packed = dict(zip(names, (table << _SHIFTS).sum(axis=1).tolist(), strict=True))
    if LINKED_CUE in packed:
        packed[LINKED_CUE] += 1 << _MARK
    return Model(packed, {name.removeprefix(_SENSE): int(number) for name, _, number in rows[split:]})
