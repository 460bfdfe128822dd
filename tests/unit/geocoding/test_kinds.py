from __future__ import annotations

import pytest

from mapgen.geocoding.kinds import geonames_kind, is_business, osm_kind, pelias_kind

OSM = """
place country  country
place state  region
place county  district
place city  city
place town  city
place village  village
place hamlet  village
place suburb  quarter
place sea  water
place island  terrain
place locality  area
boundary administrative country  country
boundary administrative state  region
boundary administrative city  city
boundary administrative neighbourhood  quarter
boundary administrative unheard  area
boundary national_park protected_area  area
natural peak  terrain
natural bay  water
natural desert  terrain
waterway river  water
water lake  water
highway motorway  road
railway rail  road
railway station  facility
aeroway aerodrome  facility
military airfield  facility
landuse industrial  facility
landuse farmland  area
amenity hospital  facility
historic castle  facility
unheard of  area
"""


@pytest.mark.parametrize("line", OSM.split("\n")[1:-1])
def test_openstreetmap(line: str) -> None:
    tags, _, kind = line.partition("  ")
    assert osm_kind(*tags.split()) == kind


def test_businesses_are_no_places() -> None:
    assert is_business("shop", "bakery")
    assert is_business("place", "house")
    assert not is_business("amenity", "hospital")
    assert not is_business("place", "village")


@pytest.mark.parametrize(
    ("feature", "kind"),
    [
        (("P", "PPLC", 10), "city"),
        (("P", "PPL", 4_000), "village"),
        (("P", "PPL", 50_000), "city"),
        (("P", "PPLX", 50_000), "quarter"),
        (("A", "PCLI", 0), "country"),
        (("A", "ADM1", 0), "region"),
        (("A", "ADM2", 0), "district"),
        (("S", "AIRB", 0), "facility"),
        (("H", "STM", 0), "water"),
        (("T", "MT", 0), "terrain"),
        (("R", "RD", 0), "road"),
        (("L", "CONT", 0), "continent"),
        (("L", "RGN", 0), "area"),
        (("", "", 0), "area"),
    ],
)
def test_geonames(feature: tuple[str, str, int], kind: str) -> None:
    assert geonames_kind(*feature) == kind


def test_pelias() -> None:
    assert [pelias_kind(layer) for layer in ("country", "region", "locality", "venue", "unheard")] == [
        "country",
        "region",
        "city",
        "facility",
        "area",
    ]
