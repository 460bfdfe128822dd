"""The candidates of a mention on whose place a person has ruled."""

from __future__ import annotations

from mapgen.corrections import Ruling
from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import MatchType
from mapgen.resolution.candidates.candidate_set import CandidateSet, candidate_set

__all__ = ["ruled_candidates"]


def ruled_candidates(ruling: Ruling, candidates: CandidateSet, language: Language) -> CandidateSet:
    """Return the candidates with the place of the ruling first; none where the ruling is that there is no place.

    Args:
        ruling: the decision of the person.
        candidates: of the name.
        language: of the document.
    """
    place = ruling.place
    if place is None:
        return candidate_set((), language)
    same = [match for match in candidates.matches if match.place.id == place.id]
    others = [match for match in candidates.matches if match.place.id != place.id]
    first = same[0]._replace(place=place) if same else Match(place=place, type=MatchType.EXACT, name=place.name)
    homes = {candidates.matches[row].place.id for row in candidates.demonyms}
    demonyms = tuple(row for row, match in enumerate((first, *others)) if match.place.id in homes)
    return candidate_set((first, *others), language, demonyms=demonyms)
