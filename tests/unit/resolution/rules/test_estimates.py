from dataclasses import replace

import pytest
from rule_samples import BUKAVU, FRENCH, GOMA, HAMA, known, place, put, related, unknown

from mapgen.geodesy import distance_km
from mapgen.model import Kind, RelationType, Toponym
from mapgen.resolution.rules.estimates import LEAST_NAME, MOST_PROBABLE, QUARTER_KM, SURE


def test_a_cued_name_lies_in_the_region_beside_it_with_its_doubt() -> None:
    text = "Hama burned. The hills of Xyz burned."
    _, placed = put(text, known(text, HAMA), unknown(text, cue="hills", cue_kind=Kind.TERRAIN))
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.kind, placed.place.country, placed.place.source) == ("terrain", "SY", "text")
    assert distance_km(placed.place.lat, placed.place.lon, 35.0, 37.0) < 1
    assert 40 <= (placed.resolution.radius_km or 0) <= 250
    assert "Hama" in placed.resolution.reasons[-1]
    assert 0.05 < placed.resolution.probability <= MOST_PROBABLE


def test_other_mentions_of_the_name_are_the_same_place() -> None:
    text = "Hama burned. The hills of Xyz burned." + " " * 5000 + "Xyz again."
    far = unknown(text, after=4000)
    placed = put(text, known(text, HAMA), unknown(text, cue="hills", cue_kind=Kind.TERRAIN), far)
    assert placed[1].place == placed[2].place is not None


@pytest.mark.parametrize(("sure", "placed"), [(LEAST_NAME, True), (LEAST_NAME - 0.01, False)])
def test_a_name_without_a_cue_must_be_one_for_the_recogniser(sure: float, placed: bool) -> None:
    text = "Goma burned, then Xyz burned."
    assert (put(text, known(text, GOMA), unknown(text, probability=sure))[1].place is not None) is placed


@pytest.mark.parametrize("kind", [Kind.COUNTRY, Kind.REGION, Kind.CONTINENT])
def test_no_place_beside_it_contains_a_region(kind: Kind) -> None:
    text = "Goma burned. The province of Xyz burned."
    toponyms = (known(text, GOMA), unknown(text, cue="province", cue_kind=kind))
    assert put(text, *toponyms) == toponyms


def test_a_name_without_anchors_stays_unplaced() -> None:
    toponyms = (unknown("The hills of Xyz burned.", cue="hills", cue_kind=Kind.TERRAIN),)
    assert put("The hills of Xyz burned.", *toponyms) == toponyms


def test_a_country_alone_is_too_wide() -> None:
    text = "Syria burned. The hills of Xyz burned."
    syria = place("Syria", Kind.COUNTRY, 35.0, 38.0)
    toponyms = (known(text, syria), unknown(text, cue="hills", cue_kind=Kind.TERRAIN))
    assert put(text, *toponyms) == toponyms


def test_a_distance_and_a_direction_place_a_name_without_a_cue() -> None:
    text = "à l'aube à Kibumba, à environ 25 kilomètres au nord de Goma, la capitale. Kibumba tremble."
    phrase = "à environ 25 kilomètres au nord de Goma"
    relation = related(text, phrase, "Goma", RelationType.DISTANCE, distance_km=25.0, direction="N", approximate=True)
    toponyms = unknown(text, "Kibumba"), known(text, GOMA, relation=relation), unknown(text, "Kibumba", 50)
    first, _, second = put(text, *toponyms, language=FRENCH)
    assert first.place == second.place is not None
    assert first.resolution is not None
    assert distance_km(first.place.lat, first.place.lon, -1.67 + 25 / 111.2, 29.23) < 1
    assert first.resolution.radius_km == 15.0
    assert (first.place.kind, first.place.country) == (Kind.VILLAGE, "CD")
    assert "25 kilomètres" in first.resolution.reasons[-1]


def test_a_distance_alone_leaves_the_whole_circle() -> None:
    text = "Xyz, 40 km from Goma, fell."
    relation = related(text, "40 km from Goma", "Goma", RelationType.DISTANCE, distance_km=40.0)
    placed, _ = put(text, unknown(text), known(text, GOMA, relation=relation))
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.lat, placed.place.lon, placed.resolution.radius_km) == (-1.67, 29.23, 48.0)


def test_between_two_towns_is_the_middle() -> None:
    text = "Xyz, un village situé entre Goma et Bukavu, est tombé."
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in ("Goma", "Bukavu"))
    relation = related(text, "entre Goma et Bukavu", "Goma", RelationType.BETWEEN, anchors=spans)
    placed, *_ = put(
        text,
        unknown(text, cue="village", cue_kind=Kind.VILLAGE),
        known(text, GOMA, relation=relation),
        known(text, BUKAVU),
        language=FRENCH,
    )
    assert placed.place is not None
    assert distance_km(placed.place.lat, placed.place.lon, -2.085, 29.045) < 1


def test_a_border_between_two_districts_places_a_name() -> None:
    text = "Xyz, à la frontière entre Goma et Bukavu, est tombé."
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in ("Goma", "Bukavu"))
    relation = related(text, "à la frontière entre Goma et Bukavu", "Goma", RelationType.BORDER, anchors=spans)
    one, two = (replace(each, kind=Kind.DISTRICT) for each in (GOMA, BUKAVU))
    placed, *_ = put(text, unknown(text), known(text, one, relation=relation), known(text, two), language=FRENCH)
    assert placed.place is not None
    assert distance_km(placed.place.lat, placed.place.lon, -2.085, 29.045) < 1
    doubtful = known(text, two, probability=SURE - 0.1)
    unplaced, *_ = put(text, unknown(text), known(text, one, relation=relation), doubtful, language=FRENCH)
    assert unplaced.place is None or distance_km(unplaced.place.lat, unplaced.place.lon, -2.085, 29.045) > 10


def test_a_village_of_a_list_lies_beside_the_towns_of_the_list() -> None:
    text = "Hama burned. In the villages of Goma and Xyz, homes fell."
    unplaced = unknown(text, cue="villages", cue_kind=Kind.VILLAGE)
    placed = put(text, known(text, HAMA), known(text, GOMA), unplaced, main_country="CD")
    assert placed[2].place is not None
    assert distance_km(placed[2].place.lat, placed[2].place.lon, -1.67, 29.23) < 20
    assert placed[2].place.country == "CD"


def test_a_region_of_another_paragraph_gives_way_to_a_town_of_this_one() -> None:
    text = "Hama burned.\nNear Goma, the village of Xyz was spared."
    village = unknown(text, cue="village", cue_kind=Kind.VILLAGE)
    placed = put(text, known(text, HAMA), known(text, GOMA), village, main_country="CD")
    assert placed[2].place is not None
    assert placed[2].place.country == "CD"


TOWNS = [place(name, Kind.CITY, 45.0 + step / 10, 2.0, "FR", 3_000) for step, name in enumerate(("Abc", "Bcd", "Cde"))]


def beside_towns(
    cue_kind: Kind | None = None, *, text: str = "From Abc to Bcd and Cde, and at Xyz, all is dark."
) -> Toponym:
    others = [known(text, town) for town in TOWNS]
    return put(text, *others, unknown(text, cue="place" if cue_kind else "", cue_kind=cue_kind), main_country="FR")[3]


def test_a_name_among_towns_that_lie_together_is_there() -> None:
    placed = beside_towns()
    assert placed.place is not None
    assert placed.resolution is not None
    assert distance_km(placed.place.lat, placed.place.lon, 45.1, 2.0) < 15
    assert (placed.resolution.radius_km or 0) < 80
    assert placed.resolution.probability > 0.6


def test_one_town_far_from_the_others_does_not_move_it() -> None:
    far = place("Paris", Kind.CITY, 33.66, -95.56, "US", 25_000)
    text = "From Abc to Bcd and Cde, and at Xyz and Paris, all is dark."
    others = [known(text, town) for town in TOWNS]
    placed = put(text, *others, known(text, far), unknown(text), main_country="FR")[3]
    assert placed.place is not None
    assert (placed.text, placed.place.country) == ("Xyz", "FR")


def test_a_region_that_holds_a_name_decides_between_towns() -> None:
    text = "Goma fell. Bukavu fell. In Xyz, Kivu, all is calm."
    kivu = replace(place("Kivu", Kind.REGION, -2.6, 28.8, "CD"), admin1="10", radius_km=None)
    bukavu, goma = replace(BUKAVU, admin1="10"), replace(GOMA, admin1="11")
    placed = put(text, known(text, goma), known(text, bukavu), unknown(text), known(text, kivu), main_country="CD")[2]
    assert placed.place is not None
    assert distance_km(placed.place.lat, placed.place.lon, -2.5, 28.86) < 30


def test_a_quarter_lies_in_its_town() -> None:
    placed = beside_towns(Kind.QUARTER, text="Abc, Bcd and Cde: the Xyz quarter of Cde is dark.")
    assert placed.place is not None
    assert placed.resolution is not None
    assert placed.resolution.radius_km == QUARTER_KM
    assert (placed.place.lat, placed.place.lon) in [(town.lat, town.lon) for town in TOWNS]


def test_a_quarter_lies_in_a_town_large_enough_to_have_one() -> None:
    text = "Lyon and Vienne are calm. At Abc the Xyz quarter is dark."
    lyon = place("Lyon", Kind.CITY, 45.7, 4.8, "FR", 500_000)
    others = [known(text, lyon), known(text, TOWNS[0])]
    placed = put(text, *others, unknown(text, cue="quarter", cue_kind=Kind.QUARTER), main_country="FR")[2]
    assert placed.place is not None
    assert (placed.place.lat, placed.place.lon) == (lyon.lat, lyon.lon)


@pytest.mark.parametrize(("probability", "placed"), [(SURE, True), (SURE - 0.01, False)])
def test_a_doubtful_place_is_no_anchor(probability: float, placed: bool) -> None:
    text = "Goma burned. The village of Xyz burned."
    goma = known(text, GOMA, probability=probability)
    village = put(text, goma, unknown(text, cue="village", cue_kind=Kind.VILLAGE), main_country="CD")[1]
    assert (village.place is not None) is placed


@pytest.mark.parametrize(("name", "kind"), [("A30", Kind.ROAD), ("I-64", Kind.ROAD), ("Xyz", Kind.VILLAGE)])
def test_the_number_of_a_road_is_one(name: str, kind: Kind) -> None:
    text = f"Goma burned, then {name} was closed."
    toponym = replace(unknown("Goma burned, then Xyz", probability=LEAST_NAME), end=18 + len(name), text=name)
    placed = put(text, known(text, GOMA), toponym)[1]
    assert placed.place is not None
    assert placed.place.kind is kind
