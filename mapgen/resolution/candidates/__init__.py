"""Step 1: looks up the places that a name can mean.

In: a name as written in the text, the language, the kind that the text indicates. Out: a `CandidateSet`, the places as
arrays with the features of `Group.NAME`. A name that the gazetteer does not have may be asked of an online geocoder
(`online_candidates`); a person's ruling puts its place first (`ruled_candidates`).
"""

from mapgen.resolution.candidates.candidate_set import CandidateSet
from mapgen.resolution.candidates.codes import KIND_CODE, Level
from mapgen.resolution.candidates.lookup import COUNTY_WORDS, FORMS, NEAR_NAMES, Candidates
from mapgen.resolution.candidates.main_names import is_main_name
from mapgen.resolution.candidates.online import PlaceSource, online_candidates
from mapgen.resolution.candidates.ruled import ruled_candidates

__all__ = [
    "COUNTY_WORDS",
    "FORMS",
    "KIND_CODE",
    "NEAR_NAMES",
    "CandidateSet",
    "Candidates",
    "Level",
    "PlaceSource",
    "is_main_name",
    "online_candidates",
    "ruled_candidates",
]
