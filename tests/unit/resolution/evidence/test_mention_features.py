import numpy as np
from resolution_samples import candidates, place

from mapgen.model import Kind, Relation, RelationType, Sense, Toponym
from mapgen.resolution.candidates import CandidateSet, Level
from mapgen.resolution.evidence.mention_features import mention_features
from mapgen.resolution.features import Group, block

COLUMN = block(Group.MENTION)


def said(found: CandidateSet, toponym: Toponym, *, text: str = "....") -> np.ndarray:
    capital = np.array([match.place.capital for match in found.matches])
    return mention_features(found.codes[Level.KIND], capital, np.array([len(found)]), [toponym], text)


def value(features: np.ndarray, row: int, name: str) -> float:
    return float(features[row, COLUMN[name]])


def test_a_cue_supports_its_kind_and_contradicts_others() -> None:
    found = candidates(*(place("Alep", "SY", kind=kind) for kind in (Kind.REGION, Kind.CITY, Kind.AREA)))
    cued = Toponym(start=9, end=13, text="Alep", cue="province", cue_kind=Kind.REGION)
    features = said(found, cued, text="la province d'Alep")
    assert [value(features, row, "cue_match") for row in range(3)] == [1, 0, 0]
    assert [value(features, row, "cue_conflict") for row in range(3)] == [0, 1, 0]
    assert [value(features, row, "cue_alike") for row in range(3)] == [0, 0, 1]
    assert not features[:, [COLUMN["no_cue_region"], COLUMN["no_cue_settlement"]]].any()


def test_part_sense_and_dateline() -> None:
    found = candidates(place("X", "SY", kind=Kind.REGION), place("X", "SY"))
    part = Relation(type=RelationType.PART, start=0, end=9, phrase="le nord de X", direction="N")
    features = said(found, Toponym(start=0, end=1, text="X", relation=part, sense=Sense.METONYMIC))
    assert [value(features, row, "part_region") for row in (0, 1)] == [1, 0]
    assert [value(features, row, "metonymic_other") for row in (0, 1)] == [1, 1]
    assert [value(features, row, "dateline_settlement") for row in (0, 1)] == [0, 1]
