from dataclasses import replace

import pytest
from rule_samples import BUKAVU, FRENCH, GOMA, HAMA, known, place, put, related, unknown

from mapgen.geodesy import distance_km
from mapgen.model import Kind, RelationType, Sense, Toponym
from mapgen.resolution.rules.estimates import DIVISION_PROBABILITY, NEIGHBOUR_KM, PROBABILITY, SITE_PROBABILITY, SURE


def test_a_cued_name_lies_in_the_region_beside_it_with_its_doubt() -> None:
    text = "Hama burned. The hills of Xyz burned."
    _, placed = put(text, known(text, HAMA), unknown(text, cue="hills", cue_kind=Kind.TERRAIN))
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.kind, placed.place.country, placed.place.source) == ("terrain", "SY", "text")
    assert (placed.place.lat, placed.place.lon) == (35.0, 37.0)
    assert 45 <= (placed.resolution.radius_km or 0) <= 56
    assert "Hama" in placed.resolution.reasons[-1]
    assert placed.resolution.probability == DIVISION_PROBABILITY


def test_other_mentions_of_the_name_are_the_same_place() -> None:
    text = "Hama burned. The hills of Xyz burned." + " " * 5000 + "Xyz again."
    far = unknown(text, after=4000)
    placed = put(text, known(text, HAMA), unknown(text, cue="hills", cue_kind=Kind.TERRAIN), far)
    assert placed[1].place == placed[2].place is not None


@pytest.mark.parametrize(
    ("gap", "cue", "sense"),
    [(50, None, Sense.LITERAL), (5000, Kind.TERRAIN, Sense.LITERAL), (50, Kind.TERRAIN, Sense.METONYMIC)],
)
def test_without_a_cue_or_a_region_nearby_the_name_stays_unplaced(gap: int, cue: Kind | None, sense: Sense) -> None:
    text = "Hama burned." + " " * gap + "Xyz burned."
    toponyms = (known(text, HAMA, sense=sense), unknown(text, cue="hills" if cue else "", cue_kind=cue))
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


def test_a_village_of_a_list_lies_beside_the_towns_of_the_list() -> None:
    text = "Hama burned. In the villages of Goma and Xyz, homes fell."
    unplaced = unknown(text, cue="villages", cue_kind=Kind.VILLAGE)
    placed = put(text, known(text, HAMA), known(text, GOMA), unplaced, main_country="CD")
    assert placed[2].place is not None
    assert (placed[2].place.lat, placed[2].place.lon, placed[2].place.country) == (-1.67, 29.23, "CD")


def test_towns_of_a_list_that_lie_apart_place_nothing() -> None:
    text = "Goma, Paris and Xyz"
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    assert put(text, known(text, GOMA), known(text, paris), unknown(text))[2].place is None


def test_a_region_of_another_paragraph_gives_way_to_a_town_of_this_one() -> None:
    text = "Hama burned.\nNear Goma, the village of Xyz was spared."
    placed = put(text, known(text, HAMA), known(text, GOMA), unknown(text, cue="village", cue_kind=Kind.VILLAGE))
    assert placed[2].place is not None
    assert placed[2].place.country == "CD"


def beside_goma(cue_kind: Kind, *, probability: float = 0.9, main_country: str = "CD", more: str = "") -> Toponym:
    text = f"Goma burned. The place of Xyz burned{more}."
    others = [known(text, BUKAVU)] if more else []
    goma = known(text, GOMA, probability=probability)
    return put(text, goma, unknown(text, cue="place", cue_kind=cue_kind), *others, main_country=main_country)[1]


@pytest.mark.parametrize("kind", list(NEIGHBOUR_KM))
def test_the_doubt_beside_a_town_depends_on_the_kind(kind: Kind) -> None:
    placed = beside_goma(kind)
    assert placed.resolution is not None
    assert placed.resolution.radius_km == NEIGHBOUR_KM[kind]
    is_site = kind in (Kind.FACILITY, Kind.ROAD, Kind.QUARTER)
    assert placed.resolution.probability == (SITE_PROBABILITY if is_site else PROBABILITY)


def test_a_region_does_not_tell_where_another_region_lies() -> None:
    text = "Hama burned. The province of Xyz burned."
    province = unknown(text, cue="province", cue_kind=Kind.REGION)
    assert put(text, known(text, HAMA), province, main_country="SY")[1].place is None


def test_a_doubtful_place_is_no_anchor() -> None:
    assert beside_goma(Kind.VILLAGE, probability=SURE).place is not None
    assert beside_goma(Kind.VILLAGE, probability=SURE - 0.01).place is None


@pytest.mark.parametrize(
    ("main_country", "more", "placed"),
    [("CD", "", True), ("", "", True), ("RW", "", False), ("RW", " like Bukavu", True)],
)
def test_an_estimate_lies_in_the_country_of_the_text_or_of_its_paragraph(
    main_country: str, more: str, placed: bool
) -> None:
    assert (beside_goma(Kind.VILLAGE, main_country=main_country, more=more).place is not None) is placed


def test_a_member_of_a_list_of_districts_is_no_container() -> None:
    text = "In Xyz, Hama and Homs counties"
    homs = place("Homs", Kind.DISTRICT, 34.7, 36.7)
    hama = replace(HAMA, kind=Kind.DISTRICT)
    assert put(text, unknown(text), known(text, hama), known(text, homs), main_country="SY")[0].place is None
    assert put(text, unknown(text), known(text, hama), main_country="SY")[0].place is not None
