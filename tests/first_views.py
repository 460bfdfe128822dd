"""Made-up documents whose places spread from a village to the world, for tests of the first view."""

from __future__ import annotations

import random
from collections.abc import Callable

from mapgen.footprints import scene
from mapgen.model import Document, Kind, ParsedDocument, Place, Resolution, Toponym

__all__ = ["TEXTS", "Spot", "parsed"]

Spot = tuple[float, float, Kind, int, float, float | None]
"""Latitude, longitude, kind, number of mentions, probability, radius of doubt (km) of an estimate."""


def spots(number: int, lat: float, lon: float, km: float, kind: Kind, seed: int, mentions: int = 1) -> list[Spot]:
    """Places around a point, normally distributed with a standard deviation of `km`."""
    chance = random.Random(seed)
    made: list[Spot] = []
    for _ in range(number):
        north, east = chance.gauss(0.0, km / 111.0), chance.gauss(0.0, km / 80.0)
        made.append((lat + north, (lon + east + 180.0) % 360.0 - 180.0, kind, chance.randint(1, mentions), 0.95, None))
    return made


def one(lat: float, lon: float, kind: Kind, *, mentions: int = 1, p: float = 0.95, km: float | None = None) -> Spot:
    """A single place."""
    return (lat, lon, kind, mentions, p, km)


def _world() -> list[Spot]:
    chance = random.Random(7)
    return [one(chance.uniform(-45, 65), chance.uniform(-170, 170), Kind.COUNTRY) for _ in range(40)]


TEXTS: dict[str, Callable[[], list[Spot]]] = {
    "village": lambda: [*spots(9, 45.2, 3.1, 0.6, Kind.QUARTER, 1, 2), one(45.2, 3.1, Kind.VILLAGE, mentions=4)],
    "town and its region": lambda: (
        [*spots(14, 44.5, 1.4, 3.0, Kind.FACILITY, 2, 2), one(44.9, 1.9, Kind.REGION), one(44.1, 0.7, Kind.AREA)]
    ),
    "city": lambda: spots(25, 52.4, 13.3, 5.0, Kind.QUARTER, 3) + spots(6, 52.4, 13.3, 25.0, Kind.CITY, 4),
    "dense centre": lambda: spots(16, 40.4, -3.7, 1.5, Kind.FACILITY, 5) + spots(9, 40.4, -3.7, 18.0, Kind.CITY, 6),
    "county": lambda: [*spots(24, 49.2, 0.3, 22.0, Kind.VILLAGE, 7, 3), one(49.1, 0.1, Kind.AREA)],
    "country": lambda: [*spots(30, 35.0, 38.5, 170.0, Kind.CITY, 8, 4), one(35.0, 38.0, Kind.COUNTRY, mentions=6)],
    "two countries": lambda: (
        spots(14, 50.0, 31.0, 160.0, Kind.CITY, 9, 3) + spots(10, 52.0, 20.0, 150.0, Kind.CITY, 10, 2)
    ),
    "ocean": lambda: spots(12, -20.0, 75.0, 1200.0, Kind.WATER, 11, 2),
    "world": _world,
    "across the antimeridian": lambda: spots(18, -17.0, 179.5, 330.0, Kind.CITY, 12, 2),
    "one place": lambda: [one(-33.45, -70.67, Kind.CITY, mentions=3)],
    "150 places": lambda: spots(110, 47.0, 2.5, 240.0, Kind.CITY, 13, 2) + spots(40, 48.8, 2.4, 30.0, Kind.CITY, 14, 2),
    "a false place far away": lambda: (
        [*spots(7, 43.6, 3.9, 6.0, Kind.VILLAGE, 15), one(33.5, -101.9, Kind.VILLAGE, p=0.9)]
    ),
    "a false place in the country": lambda: (
        [*spots(9, 43.6, 3.9, 5.0, Kind.VILLAGE, 16), one(48.1, -1.7, Kind.VILLAGE, p=0.9)]
    ),
    "two scenes": lambda: [*spots(16, 48.9, 24.5, 120.0, Kind.CITY, 21, 3), *spots(4, -6.2, 35.8, 70.0, Kind.CITY, 22)],
    "estimates": lambda: (
        [
            *spots(8, 36.1, 37.1, 20.0, Kind.CITY, 17, 3),
            one(37.9, 41.5, Kind.VILLAGE, p=0.5, km=120.0),
            one(33.9, 35.2, Kind.TERRAIN, p=0.5, km=90.0),
        ]
    ),
}


def parsed(name: str) -> ParsedDocument:
    """The document of one of the texts, with its scene; each mention is a sentence of its own."""
    text, toponyms = "", []
    for number, (lat, lon, kind, mentions, probability, radius) in enumerate(TEXTS[name]()):
        place = Place(
            id=f"own:{number}", source="test", name=f"Lieu {number}", kind=kind, country="XX", lat=lat, lon=lon
        )
        resolution = Resolution(place=place, probability=probability, radius_km=radius)
        for _ in range(mentions):
            start = len(text) + len("Près de ")
            text += f"Près de {place.name}. "
            toponyms.append(Toponym(start=start, end=start + len(place.name), text=place.name, resolution=resolution))
    return ParsedDocument(
        document=Document(text=text or "Rien.", language="fr"), toponyms=tuple(toponyms), language="fr",
        scene=scene(toponyms),
    )  # fmt: skip
