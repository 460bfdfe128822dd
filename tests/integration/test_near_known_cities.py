"""A city that the gazetteer has keeps its place in "X, near Y"; an unknown village gets an estimate."""

from __future__ import annotations

import random

import pytest

from mapgen import languages
from mapgen.gazetteer import Gazetteer
from mapgen.geodesy import distance_km
from mapgen.model import Document, Kind, Origin, Place, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver

SENTENCES = {"en": "A man was arrested in {}, near {}.", "fr": "Il travaille à {}, près de {}."}
CITIES = {
    "FR": 40_000,
    "US": 150_000,
    "GB": 100_000,
    "DE": 100_000,
    "BR": 250_000,
    "IN": 500_000,
    "UA": 100_000,
    "TR": 250_000,
}
"""Countries, each with the inhabitants of the smallest city that is taken."""
PAIRS = 16
VILLAGES = ("Ouzbrelec", "Karmoudane", "Trevellick", "Zhabolinka")


@pytest.fixture(scope="module")
def cities(gazetteer: Gazetteer) -> dict[str, list[Place]]:
    largest = gazetteer.within(-90.0, -180.0, 90.0, 180.0, min_population=min(CITIES.values()), limit=20_000)
    return {
        country: [
            place
            for place in largest
            if place.country == country and place.kind is Kind.CITY and place.population >= least
        ]
        for country, least in CITIES.items()
    }


def pairs(places: list[Place], seed: int) -> list[tuple[Place, Place]]:
    """Pairs of cities 30 to 250 km apart, each name unique in its country."""
    chosen: list[tuple[Place, Place]] = []
    drawn = random.Random(seed)
    while len(chosen) < PAIRS:
        one, other = drawn.sample(places, 2)
        if 30 <= distance_km(one.lat, one.lon, other.lat, other.lon) <= 250:
            chosen.append((one, other))
    return chosen


def resolved(gazetteer: Gazetteer, language: str, names: tuple[str, str]) -> tuple[Toponym, Toponym]:
    text = SENTENCES[language].format(*names)
    starts = text.index(names[0]), text.rindex(names[1])
    bare = [Toponym(start=start, end=start + len(name), text=name) for start, name in zip(starts, names, strict=True)]
    document = Document(text=text, language=language)
    described = GazetteerRecogniser(gazetteer).describe(document, tuple(bare))
    one, other = Resolver(gazetteer).resolve(document, described)
    return one, other


@pytest.mark.parametrize("language", sorted(SENTENCES))
@pytest.mark.parametrize("country", sorted(CITIES))
def test_a_known_city_near_another_one_is_no_invention(
    gazetteer: Gazetteer, cities: dict[str, list[Place]], country: str, language: str
) -> None:
    wrong = []
    for city, anchor in pairs(cities[country], seed=11):
        toponym, _ = resolved(gazetteer, language, (city.label(language), anchor.label(language)))
        place = toponym.place
        assert place is not None, f"{city.name} near {anchor.name} has no place"
        assert place.origin is Origin.GAZETTEER, f"{city.name} near {anchor.name} is invented"
        if distance_km(place.lat, place.lon, city.lat, city.lon) > 25:
            wrong.append((city.name, anchor.name, place.name, place.country))
    assert len(wrong) <= PAIRS // 8, wrong


@pytest.mark.parametrize("language", sorted(SENTENCES))
@pytest.mark.parametrize("village", VILLAGES)
@pytest.mark.parametrize("country", ["FR", "UA", "TR"])
def test_an_unknown_village_near_a_city_is_estimated(
    gazetteer: Gazetteer, cities: dict[str, list[Place]], country: str, village: str, language: str
) -> None:
    anchor = cities[country][3]
    toponym, named = resolved(gazetteer, language, (village, anchor.label(language)))
    assert named.place is not None
    assert toponym.place is not None
    assert toponym.place.origin is Origin.TEXT
    assert distance_km(toponym.place.lat, toponym.place.lon, named.place.lat, named.place.lon) < 1
    assert toponym.resolution is not None
    assert toponym.resolution.radius_km == 20.0


@pytest.mark.parametrize(
    ("text", "name", "country", "lat", "lon"),
    [
        ("Un atelier de Beauvais, près de Paris, a brûlé.", "Beauvais", "FR", 49.43, 2.08),
        ("The mill in Bradford, near London, closed.", "Bradford", "GB", 53.79, -1.75),
        ("A shop in Toledo, near Chicago, was robbed.", "Toledo", "US", 41.66, -83.56),
        ("Des tirs à Lattaquié, près de Damas.", "Lattaquié", "SY", 35.53, 35.79),
    ],
)
def test_a_known_city_far_from_the_anchor_is_recognised_and_kept(
    gazetteer: Gazetteer, text: str, name: str, country: str, lat: float, lon: float
) -> None:
    document = Document(text=text, language=languages.identify(text))
    toponyms = GazetteerRecogniser(gazetteer).recognise(document)
    place = next(each.place for each in Resolver(gazetteer).resolve(document, toponyms) if each.text == name)
    assert place is not None
    assert (place.country, place.origin) == (country, Origin.GAZETTEER)
    assert distance_km(place.lat, place.lon, lat, lon) < 30
