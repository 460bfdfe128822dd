"""A person's decisions: they are final, and the reasons say that a person made them."""

from __future__ import annotations

from dataclasses import replace

from mapgen.model import Candidate, Decision, Resolution, Toponym
from mapgen.resolution.rules.draft import Draft

__all__ = ["follow_rulings", "note_marked_names"]


def follow_rulings(draft: Draft) -> None:
    """Give each ruled mention the place of its ruling, or none; what else the name could mean gets probability 0."""
    for position, ruling in draft.setting.rulings.items():
        toponym = draft.toponyms[position]
        reasons = (draft.setting.reader.reasons[ruling.reason],)
        ranked = toponym.resolution
        if ruling.place is None or ranked is None:
            others = _all_candidates(draft, toponym)
            draft.set_resolution(
                position, Resolution(place=None, probability=0.0, alternatives=others, reasons=reasons)
            )
            continue
        others = tuple(replace(candidate, probability=0.0) for candidate in ranked.alternatives)
        decided = replace(ranked, place=ruling.place, probability=1.0, alternatives=others, reasons=reasons)
        draft.set_resolution(position, decided)


def note_marked_names(draft: Draft) -> None:
    """Say of each name that only a person has marked that this is so, before the reasons for its place."""
    marked = draft.setting.reader.reasons["decided_missing"]
    for position, toponym in enumerate(draft.toponyms):
        if toponym.decision is Decision.MISSING and toponym.resolution is not None:
            reasons = (marked, *toponym.resolution.reasons)
            draft.set_resolution(position, replace(toponym.resolution, reasons=reasons))


def _all_candidates(draft: Draft, toponym: Toponym) -> tuple[Candidate, ...]:
    if draft.setting.candidates_of is None:
        return ()
    candidates = draft.setting.candidates_of(toponym.text)
    return tuple(
        Candidate(place=place, match=match.type, name=match.name)
        for place, match in zip(candidates.bare_places, candidates.matches, strict=True)
    )
