"""Names that nobody knows are put where the text says; answers that it speaks against give way."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from mapgen import languages
from mapgen.geodesy import distance_km
from mapgen.model import Kind, MatchType, Place, Relation, RelationType, Resolution, Sense, Toponym
from mapgen.resolution.evidence.phrases import holders
from mapgen.resolution.rules.anchors import Radii
from mapgen.resolution.rules.estimates import place_unknown

ENGLISH, FRENCH = languages.load("en"), languages.load("fr")


def gazetteer() -> Any:
    def cities_of(_country: str) -> Iterator[tuple[float, float, str]]:
        yield from ((35.0 + step / 100, 37.0, "10") for step in range(-50, 51))
        yield (10.0, 10.0, "11")

    return SimpleNamespace(cities_of=cities_of)


def place(name: str, kind: Kind, lat: float, lon: float, country: str = "SY", population: int = 0) -> Place:
    return Place(
        id=name, source="test", name=name, kind=kind, country=country, lat=lat, lon=lon, admin1="10",
        population=population,
    )  # fmt: skip


HAMA = place("Hama", Kind.REGION, 35.0, 37.0)
GOMA = place("Goma", Kind.CITY, -1.67, 29.23, "CD")
BUKAVU = place("Bukavu", Kind.CITY, -2.5, 28.86, "CD")


def known(text: str, there: Place, *, match: MatchType = MatchType.EXACT, **said: Any) -> Toponym:
    start = text.index(there.name)
    return Toponym(
        start=start, end=start + len(there.name), text=there.name,
        resolution=Resolution(place=there, probability=0.9, match=match), **said,
    )  # fmt: skip


def unknown(text: str, name: str = "Xyz", after: int = 0, **said: Any) -> Toponym:
    start = text.index(name, after)
    return Toponym(
        start=start, end=start + len(name), text=name,
        resolution=Resolution(place=None, probability=0.0, reasons=("nobody knows it",)), **said,
    )  # fmt: skip


def related(text: str, phrase: str, name: str, type_: RelationType, **told: Any) -> Relation:
    start = text.index(phrase)
    at = text.index(name, start)
    anchors = told.pop("anchors", ((at, at + len(name)),))
    return Relation(type=type_, start=start, end=start + len(phrase), phrase=phrase, anchors=anchors, **told)


def put(text: str, *toponyms: Toponym, language: languages.Language = ENGLISH, **ruled: Any) -> tuple[Toponym, ...]:
    found = sorted(toponyms, key=lambda toponym: toponym.start)
    return place_unknown(text, found, language=language, reader=language, radii=Radii(gazetteer()), **ruled)


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
def test_a_phrase_speaks_of_the_name_that_it_is_linked_to(text: str, phrase: str, holds: bool) -> None:
    relation = related(text, phrase, "Goma", RelationType.DISTANCE, distance_km=40.0)
    toponyms = sorted((unknown(text), known(text, GOMA, relation=relation)), key=lambda toponym: toponym.start)
    number = next(at for at, toponym in enumerate(toponyms) if toponym.text == "Xyz")
    assert holders(text, toponyms, ENGLISH) == ({number: 1 - number} if holds else {})


def test_a_village_of_a_list_lies_beside_the_towns_of_the_list() -> None:
    text = "Hama burned. In the villages of Goma and Xyz, homes fell."
    placed = put(text, known(text, HAMA), known(text, GOMA), unknown(text, cue="villages", cue_kind=Kind.VILLAGE))
    assert placed[2].place is not None
    assert (placed[2].place.lat, placed[2].place.lon, placed[2].place.country) == (-1.67, 29.23, "CD")


def test_towns_of_a_list_that_lie_apart_place_nothing() -> None:
    text = "Goma, Paris and Xyz"
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    assert put(text, known(text, GOMA), known(text, paris), unknown(text))[2].place is None


def test_a_name_spelled_like_a_far_town_is_not_that_town() -> None:
    text = "In Hama province the village of Hotan was hit."
    hotan = place("Hotan", Kind.CITY, 37.1, 79.9, "CN")
    _, placed = put(
        text, known(text, HAMA), known(text, hotan, match=MatchType.NEAR, cue="village", cue_kind=Kind.VILLAGE)
    )
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.source, placed.place.country) == ("text", "SY")
    assert placed.resolution.alternatives[0].place == hotan
    assert placed.resolution.probability + sum(each.probability for each in placed.resolution.alternatives) <= 1.0


def test_a_village_is_no_far_capital() -> None:
    text = "In Hama the villages of Xyz and Islamabad were hit."
    capital = place("Islamabad", Kind.CITY, 33.7, 73.0, "PK", population=1_000_000)
    cued = {"cue": "villages", "cue_kind": Kind.VILLAGE}
    placed = put(text, known(text, HAMA), unknown(text, **cued), known(text, capital, **cued))
    assert [toponym.place.country for toponym in placed if toponym.place] == ["SY", "SY", "SY"]


def test_a_village_is_no_country_that_only_sounds_like_it() -> None:
    text = "In Hama the village of Groza was hit."
    georgia = place("Groza", Kind.COUNTRY, 42.0, 43.5, "GE")
    cued = {"cue": "village", "cue_kind": Kind.VILLAGE}
    for match, country in ((MatchType.TRANSLITERATED, "SY"), (MatchType.EXACT, "GE")):
        _, placed = put(text, known(text, HAMA), known(text, georgia, match=match, **cued))
        assert placed.place is not None
        assert placed.place.country == country


def test_a_town_of_a_people_says_nothing_against_its_country() -> None:
    text = "In Hama a Georgian town was named."
    georgia = place("Georgian", Kind.COUNTRY, 42.0, 43.5, "GE")
    said = known(text, georgia, match=MatchType.TRANSLITERATED, cue="town", cue_kind=Kind.CITY)
    assert put(text, known(text, HAMA), said)[1].place == georgia


def test_a_river_is_no_town_even_where_no_list_has_the_river() -> None:
    text = "À Hama, l'Oudon a inondé le centre, et le maire d'Oudon s'inquiète."
    town = place("Oudon", Kind.CITY, 47.3, -1.3, "FR")
    river = known(text, town)
    at = text.rindex("Oudon")
    _, wet, dry = put(
        text, known(text, HAMA), river, Toponym(start=at, end=at + 5, text="Oudon", resolution=river.resolution),
        language=FRENCH,
    )  # fmt: skip
    assert wet.place is not None
    assert (wet.place.kind, wet.place.source) == (Kind.WATER, "text")
    assert dry.place == town


def test_a_town_far_from_where_the_text_puts_it_is_another() -> None:
    text = "Paris, 12 km from Goma, was spared."
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    relation = related(text, "12 km from Goma", "Goma", RelationType.DISTANCE, distance_km=12.0)
    placed, _ = put(text, known(text, paris), known(text, GOMA, relation=relation))
    assert placed.place is not None
    assert placed.place.country == "CD"
    assert placed.resolution is not None
    assert placed.resolution.alternatives[0].place == paris


def test_what_a_person_has_decided_stays() -> None:
    text = "Paris, 12 km from Goma, was spared. Hama: the hills of Xyz."
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    relation = related(text, "12 km from Goma", "Goma", RelationType.DISTANCE, distance_km=12.0)
    toponyms = (
        known(text, paris),
        known(text, GOMA, relation=relation),
        known(text, HAMA),
        unknown(text, cue="hills", cue_kind=Kind.TERRAIN),
    )
    assert put(text, *toponyms, ruled=frozenset({toponyms[0].span, toponyms[3].span})) == toponyms


def test_a_region_of_another_paragraph_gives_way_to_a_town_of_this_one() -> None:
    text = "Hama burned.\nNear Goma, the village of Xyz was spared."
    placed = put(text, known(text, HAMA), known(text, GOMA), unknown(text, cue="village", cue_kind=Kind.VILLAGE))
    assert placed[2].place is not None
    assert placed[2].place.country == "CD"
