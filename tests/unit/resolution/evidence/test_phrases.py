import pytest
from resolution_samples import candidates, place
from rule_samples import ENGLISH, GOMA, known, related, unknown

from mapgen.geodesy import distance_km
from mapgen.model import Kind, Relation, RelationType
from mapgen.resolution.evidence.phrases import NEAR_KM, Anchor, Spot, phrase_carriers, phrase_fits, spot


@pytest.mark.parametrize(
    ("text", "phrase", "holds"),
    [
        ("Xyz, 40 km from Goma", "40 km from Goma", True),
        ("Xyz (40 km from Goma)", "40 km from Goma", True),
        ("Xyz is 40 km from Goma", "40 km from Goma", True),
        ("Xyz, a small village 40 km from Goma", "40 km from Goma", True),
        ("Xyz near Goma", "near Goma", True),
        ("Xyz. Fighting raged 40 km from Goma", "40 km from Goma", False),
        ("Xyz, where the army was seen 40 km from Goma", "40 km from Goma", False),
        ("Xyz, Reuters said, 40 km from Goma", "40 km from Goma", False),
        ("Some 40 km from Goma, the village of Xyz", "40 km from Goma", True),
        ("Some 40 km from Goma the army took Xyz", "40 km from Goma", False),
    ],
)
def test_a_phrase_places_the_name_that_it_is_linked_to(text: str, phrase: str, holds: bool) -> None:
    relation = related(text, phrase, "Goma", RelationType.DISTANCE, distance_km=40.0)
    toponyms = sorted((unknown(text), known(text, GOMA, relation=relation)), key=lambda toponym: toponym.start)
    number = next(at for at, toponym in enumerate(toponyms) if toponym.text == "Xyz")
    assert phrase_carriers(text, toponyms, ENGLISH) == ({number: 1 - number} if holds else {})


ANCHOR = Anchor(Kind.CITY, 48.0, 2.0, 100_000)


def area(type_: RelationType, anchor: Anchor = ANCHOR, **facts: object) -> Spot | None:
    relation = Relation(type=type_, start=0, end=9, phrase="", anchors=((0, 5),), **facts)  # type: ignore[arg-type]
    return spot(relation, {(0, 5): anchor})


def test_near_leaves_a_doubt_that_grows_with_both_populations() -> None:
    near = area(RelationType.NEAR)
    assert near == Spot(48.0, 2.0, NEAR_KM, 100_000)
    reaches = [near.reach_km(population) for population in (0, 100, 10_000, 1_000_000)]
    assert reaches[0] == 0.0
    assert reaches == sorted(reaches)
    larger = area(RelationType.NEAR, ANCHOR._replace(population=2_000_000))
    assert larger is not None
    assert larger.reach_km(10_000) > near.reach_km(10_000)
    assert 40 < near.reach_km(100_000) < 50


def test_a_distance_leaves_no_reach() -> None:
    for measured in (area(RelationType.DISTANCE, distance_km=12.0), area(RelationType.NEAR, distance_km=12.0)):
        assert measured is not None
        assert measured.reach_km(5_000_000) == 0.0
        assert measured.radius_km < NEAR_KM


def test_a_direction_without_a_distance_lies_that_way() -> None:
    north = area(RelationType.DIRECTION, direction="N")
    assert north is not None
    assert (north.lat > 48.0, north.lon) == (True, pytest.approx(2.0))
    assert distance_km(48.0, 2.0, north.lat, north.lon) == pytest.approx(north.radius_km)


def test_nothing_is_measured_from_a_country() -> None:
    assert area(RelationType.NEAR, ANCHOR._replace(kind=Kind.COUNTRY)) is None


def test_an_anchor_without_a_place_leaves_no_spot() -> None:
    relation = Relation(type=RelationType.NEAR, start=0, end=9, phrase="", anchors=((0, 5), (7, 9)))
    assert spot(relation, {(0, 5): ANCHOR}) is None


def test_a_candidate_fits_less_the_farther_it_lies_beyond_the_doubt() -> None:
    relation = Relation(type=RelationType.NEAR, start=0, end=9, phrase="", anchors=((0, 5),))
    anchor = candidates(place("Y", "FR", 48.0, 2.0, population=2_000_000))
    towns = (place("X", "FR", lat, 2.0) for lat in (48.1, 48.5, 49.0))
    fits = phrase_fits(relation, candidates(*towns), anchor)[:, 0].tolist()
    assert fits[0] == 1.0 > fits[1] > 0.1 > fits[2] > 0.0
    region = candidates(place("X", "FR", 48.0, 2.0, kind=Kind.REGION))
    assert phrase_fits(relation, region, anchor).tolist() == [[0.0]]
