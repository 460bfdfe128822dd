from dataclasses import replace

from rule_samples import GOMA, HAMA, known, place, put, related, unknown

from mapgen.corrections import Ruling
from mapgen.model import Decision, Kind, RelationType


def test_what_a_person_has_decided_stays() -> None:
    text = "Paris, 12 km from Goma, was spared. Hama: the hills of Xyz."
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    goma = replace(GOMA, population=1_100_000)
    relation = related(text, "12 km from Goma", "Goma", RelationType.DISTANCE, distance_km=12.0)
    toponyms = (
        known(text, paris),
        known(text, goma, relation=relation),
        known(text, HAMA),
        unknown(text, cue="hills", cue_kind=Kind.TERRAIN),
    )
    rulings = {0: Ruling(place=paris, reason="decided"), 3: Ruling(place=None, reason="decided_no_place")}
    placed = put(text, *toponyms, rulings=rulings)
    assert [toponym.place for toponym in placed] == [paris, goma, HAMA, None]


def test_the_place_of_a_ruling_is_certain_and_the_others_are_not() -> None:
    text = "Hama burned."
    other = place("Hama", Kind.CITY, 1.0, 1.0, "JP")
    (ruled,) = put(text, known(text, HAMA, alternatives=[other]), rulings={0: Ruling(place=HAMA, reason="decided")})
    assert ruled.place == HAMA
    assert ruled.resolution is not None
    assert ruled.resolution.probability == 1.0
    assert [(each.place, each.probability) for each in ruled.resolution.alternatives] == [(other, 0.0)]
    assert ruled.resolution.reasons == ("a person chose this place",)


def test_a_ruling_without_a_place_leaves_none() -> None:
    text = "Hama burned."
    (ruled,) = put(text, unknown(text, "Hama"), rulings={0: Ruling(place=None, reason="decided_no_place")})
    assert ruled.place is None
    assert ruled.resolution is not None
    assert ruled.resolution.reasons == ("a person said that this is no place",)


def test_a_marked_name_says_so_before_its_other_reasons() -> None:
    text = "Hama burned. The hills of Xyz burned."
    marked = replace(unknown(text, cue="hills", cue_kind=Kind.TERRAIN), decision=Decision.MISSING)
    _, placed = put(text, known(text, HAMA), marked)
    assert placed.resolution is not None
    assert placed.resolution.reasons[0] == "a person marked this name in the text"
    assert "Hama" in placed.resolution.reasons[-1]
