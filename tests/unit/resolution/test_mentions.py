from __future__ import annotations

from dataclasses import MISSING, fields, replace

from mapgen.model import Decision, Kind, Relation, RelationType, Resolution, Sense, Toponym
from mapgen.resolution.evidence.mentions import answered


def test_an_answer_keeps_all_that_is_known_of_a_toponym() -> None:
    toponym = Toponym(
        start=1,
        end=5,
        text="Alep",
        sense=Sense.METONYMIC,
        cue="ville",
        cue_kind=Kind.CITY,
        relation=Relation(type=RelationType.NEAR, start=0, end=5, phrase="près d'Alep"),
        probability=0.5,
        decision=Decision.MISSING,
    )
    silent = [field.name for field in fields(Toponym) if getattr(toponym, field.name) == field.default is not MISSING]
    assert silent == ["resolution"], "a field that this test does not fill could be lost unseen"
    resolution = Resolution(place=None, probability=0.0)
    assert answered(toponym, resolution) == replace(toponym, resolution=resolution)
