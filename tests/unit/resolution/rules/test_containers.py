"""No namesake outside the container that the text states."""

from __future__ import annotations

from dataclasses import replace

from rule_samples import FRENCH, GOMA, HAMA, known, place, put

from mapgen.geodesy import distance_km
from mapgen.model import Kind

ABROAD = place("Xyz", Kind.CITY, 10.0, 10.0, "NG")
IN_HAMA = replace(place("Xyz", Kind.VILLAGE, 35.2, 37.0), id="inside")
STATED = "A well ran dry in Xyz, Hama, on Monday."


def test_a_namesake_in_the_container_is_taken() -> None:
    taken, _ = put(STATED, known(STATED, ABROAD, alternatives=[IN_HAMA]), known(STATED, HAMA))
    assert taken.place is not None
    assert taken.place.id == "inside"


def test_without_one_the_name_is_estimated_in_the_container() -> None:
    placed, _ = put(STATED, known(STATED, ABROAD), known(STATED, HAMA))
    assert placed.place is not None
    assert (placed.place.source, placed.place.country) == ("text", "SY")
    assert distance_km(placed.place.lat, placed.place.lon, HAMA.lat, HAMA.lon) < 1


def test_in_a_whole_country_the_name_stays_without_a_place() -> None:
    text = "A well ran dry in Xyz, Syria, on Monday."
    syria = place("Syria", Kind.COUNTRY, 35.0, 38.0)
    rejected, _ = put(text, known(text, ABROAD), known(text, syria))
    assert rejected.place is None
    assert rejected.resolution is not None
    assert rejected.resolution.reasons[-1] == "its only known places lie outside Syria: Xyz, NG"
    assert [each.place.id for each in rejected.resolution.alternatives] == ["Xyz"]


def test_a_doubtful_container_excludes_nothing() -> None:
    kept, _ = put(STATED, known(STATED, ABROAD), known(STATED, HAMA, probability=0.5))
    assert kept.place == ABROAD


def test_a_quarter_lies_in_its_town() -> None:
    text = "Le feu a pris à Xyz, un quartier de Goma."
    placed, _ = put(
        text, known(text, ABROAD, cue="quartier", cue_kind=Kind.QUARTER), known(text, GOMA), language=FRENCH
    )
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.source, placed.place.lat) == ("text", GOMA.lat)
    assert placed.resolution.radius_km == 15.0


def test_the_same_name_elsewhere_in_the_text_goes_with_it() -> None:
    text = STATED + " In Xyz nobody complained."
    first, second = known(text, ABROAD), known(text, ABROAD)
    at = text.rindex("Xyz")
    moved = replace(second, start=at, end=at + 3)
    assert [each.place.source for each in put(text, first, known(text, HAMA), moved) if each.place] == [
        "text", "test", "text",
    ]  # fmt: skip


def test_a_region_of_another_code_holds_nothing_of_its_neighbour() -> None:
    text = "A mill closed in Xyz, Hama, on Monday."
    hama = replace(HAMA, kind=Kind.REGION, admin1="HM")
    next_door = replace(ABROAD, country="SY", lat=HAMA.lat + 0.2, lon=HAMA.lon, admin1="XX")
    inside = replace(next_door, lat=HAMA.lat + 0.4, admin1="HM", id="inside")
    taken, _ = put(text, known(text, next_door, alternatives=[inside]), known(text, hama))
    assert taken.place is not None
    assert taken.place.id == "inside"
