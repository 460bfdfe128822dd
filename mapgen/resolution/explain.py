"""Why a name was given its place, feature by feature: lines for `--explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mapgen.model import Place, Toponym
from mapgen.resolution.ranking.weights import FEATURES, weights

__all__ = ["explain"]

RIVALS = 3
"""Runners-up told of each name."""

TOLD_FROM = 0.05
"""Contributions to the score smaller than this are left out."""


def explain(toponyms: Sequence[Toponym]) -> Iterator[str]:
    """Yield lines on each toponym: the choice and its best rivals, each with what it owes to which feature."""
    learned = dict(zip(FEATURES, weights().passes[-1], strict=True))
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
            yield _line("=>", resolution.place, resolution.probability, resolution.features, learned)
        else:
            yield f"  => no place: {'; '.join(resolution.reasons)}"
        for rival in resolution.alternatives[:RIVALS]:
            yield _line("  ", rival.place, rival.probability, rival.features, learned)


def _line(
    mark: str, place: Place, probability: float, features: Mapping[str, float], learned: Mapping[str, float]
) -> str:
    shares = {name: value * float(learned.get(name, 0.0)) for name, value in features.items()}
    told = sorted((name for name in shares if abs(shares[name]) >= TOLD_FROM), key=lambda name: -abs(shares[name]))
    parts = " ".join(f"{name}{shares[name]:+.2f}" for name in told)
    what = f"{place.name} ({place.kind} {place.country or '–'}, {place.id}, {place.lat:.3f}, {place.lon:.3f})"
    return f"  {mark} {probability:.2f} {what}  {parts}"
