import pytest
from rule_samples import BUKAVU, FRENCH, GOMA, HAMA, known, place, put, related, unknown

from mapgen.geodesy import distance_km
from mapgen.model import Kind, RelationType, Sense


def test_a_cued_name_lies_in_the_region_beside_it_with_its_doubt() -> None:
    text = "Hama burned. The hills of Xyz burned."
    _, placed = put(text, known(text, HAMA), unknown(text, cue="hills", cue_kind=Kind.TERRAIN))
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.kind, placed.place.country, placed.place.source) == ("terrain", "SY", "text")
    assert (placed.place.lat, placed.place.lon) == (35.0, 37.0)
    assert 45 <= (placed.resolution.radius_km or 0) <= 56
    assert "Hama" in placed.resolution.reasons[-1]


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
    placed = put(text, known(text, HAMA), known(text, GOMA), unknown(text, cue="villages", cue_kind=Kind.VILLAGE))
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
