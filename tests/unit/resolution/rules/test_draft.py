from dataclasses import MISSING, fields, replace

import pytest
from rule_samples import HAMA, known, place

from mapgen.model import Decision, Kind, Relation, RelationType, Resolution, Sense, Toponym
from mapgen.resolution.rules.draft import alternatives_with_top, with_probability, with_resolution


def test_a_resolution_keeps_all_other_fields_of_a_toponym() -> None:
    toponym = Toponym(
        start=1,
        end=5,
        text="Al ep",
        name="Alep",
        sense=Sense.METONYMIC,
        cue="ville",
        cue_kind=Kind.CITY,
        relation=Relation(type=RelationType.NEAR, start=0, end=5, phrase="près d'Alep"),
        probability=0.5,
        decision=Decision.MISSING,
    )
    assert toponym.name != Toponym(start=1, end=5, text=toponym.text).name, "the name would be made again unseen"
    silent = [field.name for field in fields(Toponym) if getattr(toponym, field.name) == field.default is not MISSING]
    assert silent == ["resolution"], "a field that this test does not fill could be lost unseen"
    resolution = Resolution(place=None, probability=0.0)
    assert with_resolution(toponym, resolution) == replace(toponym, resolution=resolution)


def test_the_top_candidate_becomes_the_first_alternative_without_its_other_names() -> None:
    other = place("Hama", Kind.CITY, 1.0, 1.0, "JP")
    toponym = known("Hama", replace(HAMA, names=("Epiphaneia",)), probability=0.8, alternatives=[other])
    first, second = alternatives_with_top(toponym, 0.5, name="hama")
    assert (first.place, first.name) == (HAMA, "hama")
    assert first.probability + second.probability == pytest.approx(0.5)
    assert first.probability / second.probability == pytest.approx(8.0)


def test_another_probability_leaves_the_alternatives_their_part_of_the_rest() -> None:
    resolution = known("Hama", HAMA, probability=0.8, alternatives=[place("Hama", Kind.CITY, 1.0, 1.0)]).resolution
    assert resolution is not None
    lower = with_probability(resolution, 0.6)
    assert (lower.place, lower.probability) == (HAMA, 0.6)
    assert lower.alternatives[0].probability == pytest.approx(2 * resolution.alternatives[0].probability)
