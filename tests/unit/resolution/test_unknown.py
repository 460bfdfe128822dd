from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from mapgen import languages
from mapgen.model import Kind, Place, Resolution, Sense, Toponym
from mapgen.resolution.unknown import place_by_region

ENGLISH = languages.load("en")


def gazetteer() -> Any:
    def cities_of(_country: str) -> Iterator[tuple[float, float, str]]:
        yield from ((35.0 + step / 100, 37.0, "10") for step in range(-50, 51))
        yield (10.0, 10.0, "11")

    return SimpleNamespace(cities_of=cities_of)


HAMA = Place(
    id="r", source="test", name="Hama", kind=Kind.REGION, country="SY", lat=35.0, lon=37.0, admin1="10"
)  # fmt: skip


def known(start: int, place: Place = HAMA, sense: Sense = Sense.LITERAL) -> Toponym:
    text = place.name
    return Toponym(
        start=start, end=start + len(text), text=text, sense=sense, resolution=Resolution(place=place, probability=0.9)
    )


def unknown(start: int, text: str = "Xyz", cue: str = "hills", kind: Kind | None = Kind.TERRAIN) -> Toponym:
    return Toponym(
        start=start, end=start + len(text), text=text, cue=cue, cue_kind=kind,
        resolution=Resolution(place=None, probability=0.0, reasons=("nobody knows it",)),
    )  # fmt: skip


def test_a_cued_name_lies_in_the_region_beside_it_with_its_doubt() -> None:
    _, placed = place_by_region((known(0), unknown(50)), ENGLISH, gazetteer())
    assert placed.place is not None
    assert (placed.place.kind, placed.place.country, placed.place.source) == ("terrain", "SY", "text")
    assert (placed.place.lat, placed.place.lon) == (35.0, 37.0)
    assert placed.resolution is not None
    assert 45 <= (placed.resolution.radius_km or 0) <= 56
    assert "Hama" in placed.resolution.reasons[-1]


def test_other_mentions_of_the_name_are_the_same_place() -> None:
    toponyms = (known(0), unknown(50), unknown(5000, cue="", kind=None))
    placed = place_by_region(toponyms, ENGLISH, gazetteer())
    assert placed[1].place == placed[2].place is not None


def test_without_a_cue_or_a_region_nearby_the_name_stays_unplaced() -> None:
    for toponyms in (
        (known(0), unknown(50, cue="", kind=None)),
        (known(0), unknown(5000)),
        (known(0, sense=Sense.METONYMIC), unknown(50)),
        (unknown(50),),
    ):
        placed = place_by_region(toponyms, ENGLISH, gazetteer())
        assert placed == toponyms
