"""What a person has said of a mention: the ranker is bound by it, and the other names of the document profit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mapgen.corrections import Ruling
from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import Candidate, Decision, MatchType, Resolution, Toponym
from mapgen.resolution.candidates.lookup import CandidateSet, candidate_set

__all__ = ["BOUND", "bound", "decided", "with_origin"]

BOUND = 50.0
"""What a person's word adds to the score: no sum of features comes near it."""


def bound(ruling: Ruling, known: CandidateSet, language: Language) -> CandidateSet:
    """Return the candidates of a mention of which a person has spoken, the chosen place first; none for no place.

    Args:
        ruling: what the person has said.
        known: candidates of the name.
        language: of the document.
    """
    place = ruling.place
    if place is None:
        return candidate_set((), language)
    own = [match for match in known.matches if match.place.id == place.id]
    rest = [match for match in known.matches if match.place.id != place.id]
    first = own[0]._replace(place=place) if own else Match(place=place, type=MatchType.EXACT, name=place.name)
    people = {known.matches[row].place.id for row in known.demonyms}
    demonyms = tuple(row for row, match in enumerate((first, *rest)) if match.place.id in people)
    return candidate_set((first, *rest), language, demonyms=demonyms)


def decided(ruling: Ruling, ranked: Iterable[Candidate], known: CandidateSet, language: Language) -> Resolution:
    """Return the resolution that a person has decided; what else the name could mean is kept, with probability 0.

    Args:
        ruling: what the person has said.
        ranked: candidates of the mention, the chosen place first; none for no place.
        known: candidates of the name.
        language: of the reader.
    """
    reasons = (language.reasons[ruling.reason],)
    if ruling.place is None:
        others = (Candidate(place=match.place, match=match.type, name=match.name) for match in known.matches)
        return Resolution(place=None, probability=0.0, alternatives=tuple(others), reasons=reasons)
    chosen, *rest = ranked
    return Resolution(
        place=ruling.place,
        probability=1.0,
        alternatives=tuple(replace(candidate, probability=0.0) for candidate in rest),
        reasons=reasons,
        match=chosen.match,
        features=chosen.features,
        score=chosen.score,
    )


def with_origin(toponym: Toponym, resolution: Resolution, language: Language) -> Resolution:
    """Say of a name that only a person has found that this is so, before the reasons for its place."""
    if toponym.decision is not Decision.MISSING:
        return resolution
    return replace(resolution, reasons=(language.reasons["decided_missing"], *resolution.reasons))
