"""Lines for `--explain`: the place of each name, feature by feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from mapgen.model import Place, Toponym
from mapgen.resolution.features import COLUMN, NAMES
from mapgen.resolution.ranking import Ranker, linear_ranker

__all__ = ["explain"]

ALTERNATIVES = 3
"""Alternatives per name."""

LEAST_CONTRIBUTION = 0.05
"""Contributions to the score smaller than this are left out."""


def explain(toponyms: Sequence[Toponym], ranker: Ranker | None = None) -> Iterator[str]:
    """Yield lines on each toponym: the place and the first alternatives, each with the contributions of its features.

    Args:
        toponyms: resolved with their features.
        ranker: has ranked them; the linear one with the weights of the package when not given.
    """
    ranker = ranker or linear_ranker()
    for toponym in toponyms:
        resolution = toponym.resolution
        yield f"{toponym.start}-{toponym.end} {toponym.text!r} {toponym.sense}" + (
            f", cue {toponym.cue!r} ({toponym.cue_kind})" if toponym.cue else ""
        )
        if toponym.decision is not None:
            yield f"  a person decided: {toponym.decision}"
        if resolution is None:
            continue
        if resolution.place is not None:
            yield _line("=>", resolution.place, resolution.probability, resolution.features, ranker)
        else:
            yield f"  => no place: {'; '.join(resolution.reasons)}"
        for alternative in resolution.alternatives[:ALTERNATIVES]:
            yield _line("  ", alternative.place, alternative.probability, alternative.features, ranker)


def _line(mark: str, place: Place, probability: float, features: Mapping[str, float], ranker: Ranker) -> str:
    values = np.zeros((1, len(NAMES)))
    for name, value in features.items():
        values[0, COLUMN[name]] = value
    contributions = dict(zip(NAMES, ranker.contributions(values)[0].tolist(), strict=True))
    names = sorted(
        (name for name in features if abs(contributions[name]) >= LEAST_CONTRIBUTION),
        key=lambda name: -abs(contributions[name]),
    )
    parts = " ".join(f"{name}{contributions[name]:+.2f}" for name in names)
    what = f"{place.name} ({place.kind} {place.country or '–'}, {place.id}, {place.lat:.3f}, {place.lon:.3f})"
    return f"  {mark} {probability:.2f} {what}  {parts}"
