"""The town or the division of one name, as the words say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import known, place, put, related

from mapgen.model import Kind, Place, RelationType

TOWN = place("Xyz", Kind.CITY, 35.0, 37.0, population=300_000)
PROVINCE = replace(place("Xyz", Kind.REGION, 35.5, 37.2), id="province")
ELSEWHERE = replace(PROVINCE, id="elsewhere", lat=10.0)
ABROAD = replace(PROVINCE, id="abroad", country="TR")


@pytest.mark.parametrize(
    ("other", "cue", "kind", "taken"),
    [
        (PROVINCE, "provinces", Kind.REGION, True),
        (PROVINCE, "districts", Kind.DISTRICT, True),
        (PROVINCE, "", None, False),
        (ELSEWHERE, "provinces", Kind.REGION, False),
        (ABROAD, "provinces", Kind.REGION, False),
    ],
)
def test_a_word_for_a_division_takes_the_division(other: Place, cue: str, kind: Kind | None, taken: bool) -> None:
    text = "Xyz is dry."
    (answer,) = put(text, known(text, TOWN, alternatives=[other], cue=cue, cue_kind=kind))
    assert answer.place is not None
    assert (answer.place.id == other.id) is taken
    assert answer.resolution is not None
    assert answer.resolution.probability == 0.9


def test_a_word_for_a_town_takes_the_town() -> None:
    text = "Xyz is dry."
    (answer,) = put(text, known(text, PROVINCE, name="Xyz", alternatives=[TOWN], cue="town", cue_kind=Kind.CITY))
    assert answer.place == TOWN


@pytest.mark.parametrize(("type_", "taken"), [(RelationType.NEAR, True), (RelationType.PART, False)])
def test_nearness_is_measured_from_the_town(type_: RelationType, taken: bool) -> None:
    text = "A boat sank off Xyz."
    relation = related(text, "off Xyz", "Xyz", type_)
    (answer,) = put(text, known(text, PROVINCE, name="Xyz", alternatives=[TOWN], relation=relation))
    assert (answer.place == TOWN) is taken
