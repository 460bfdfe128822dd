"""Lines for `--explain`: why each name has its place, in words or feature by feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from mapgen import languages
from mapgen.messages import Message, Named, joined, msg
from mapgen.model import Place, Toponym
from mapgen.resolution.features import COLUMN, NAMES
from mapgen.resolution.ranking import Ranker, linear_ranker

__all__ = ["explain", "in_words"]

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


def in_words(toponyms: Sequence[Toponym]) -> Iterator[Message]:
    """Yield sentences on each toponym: its place with the reasons that its card in the page shows, and alternatives."""
    for toponym in toponyms:
        resolution = toponym.resolution
        if resolution is None:
            continue
        reasons = joined("; ", resolution.reasons)
        if resolution.place is None:
            yield msg(
                "{start}-{end} {name!r}: no place: {reasons}",
                start=toponym.start,
                end=toponym.end,
                name=toponym.text,
                reasons=reasons,
            )
        else:
            yield msg(
                "{start}-{end} {name!r}: {place}, {percent:.0f}%: {reasons}",
                start=toponym.start,
                end=toponym.end,
                name=toponym.text,
                place=_named(resolution.place),
                percent=100 * resolution.probability,
                reasons=reasons,
            )
        for alternative in resolution.alternatives[:ALTERNATIVES]:
            yield msg(
                "    or {place}, {percent:.0f}%",
                place=_named(alternative.place),
                percent=100 * alternative.probability,
            )


def _named(place: Place) -> Message:
    """The name of a place with its kind, what it lies in and its country."""
    codes = languages.page_languages()
    words = {code: languages.load(code).kinds for code in codes}
    kinds = {code: words[code][place.kind].singular for code in codes if place.kind in words[code]}
    names = Named(place.name, {code: languages.place_name(place, code) for code in codes})
    kind = Named(str(place.kind), kinds)
    within = [Named(each.name, {code: languages.place_name(each, code) for code in codes}) for each in place.admin]
    where = joined(", ", (kind, *within, *([place.country] if place.country else ())))
    return msg("{place} ({where})", place=names, where=where)


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
