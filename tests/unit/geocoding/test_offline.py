from __future__ import annotations

import asyncio
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

import mapgen
from mapgen.errors import MapgenError
from mapgen.gazetteer import Gazetteer
from mapgen.geocoding import GazetteerGeocoder


@pytest.fixture
def geocoder(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(gazetteer)


def test_it_is_a_geopy_geocoder(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    location = geocoder.geocode("Alep", language="fr")
    assert location.address.startswith("Alep")
    assert location.address.endswith("Syrie")
    assert (location.latitude, location.longitude) == (pytest.approx(36.2, abs=0.1), pytest.approx(37.16, abs=0.1))
    assert location.raw["geonameid"] == 170063
    assert (location.raw["kind"], location.raw["country_code"], location.raw["match"]) == ("city", "SY", "exact")
    assert location.raw["population"] > 1_000_000


@pytest.mark.parametrize(
    ("query", "country", "lat", "lon"),
    [
        ("Paris", "FR", 48.85, 2.35),
        ("Paris, Texas", "US", 33.66, -95.56),
        ("Paris, TX", "US", 33.66, -95.56),
        ("Paris, Texas, USA", "US", 33.66, -95.56),
        ({"city": "Paris", "state": "Texas"}, "US", 33.66, -95.56),
        ("Tripoli, Liban", "LB", 34.43, 35.84),
        ("Tripoli, Libye", "LY", 32.89, 13.19),
        ("Washington, D.C.", "US", 38.9, -77.04),
        ("London, Ontario", "CA", 42.98, -81.23),
        ("Genève", "CH", 46.2, 6.15),
        ("geneve", "CH", 46.2, 6.15),
        ("Москва", "RU", 55.75, 37.62),
        ("حلب", "SY", 36.2, 37.16),
    ],
)
def test_queries(query: str, country: str, lat: float, lon: float, geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode(query)
    assert location.raw["country_code"] == country
    assert (location.latitude, location.longitude) == (pytest.approx(lat, abs=0.25), pytest.approx(lon, abs=0.25))


@pytest.mark.parametrize("query", ["", "   ", "Qxzvkwj", "Damas, Texas", "Paris, Nullepart", ",", "☃"])
def test_unknown_is_none(query: str, geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_countries_come_before_their_cities(geocoder: GazetteerGeocoder) -> None:
    for name in ("Luxembourg", "Mexico", "Djibouti", "Singapore"):
        assert geocoder.geocode(name).raw["kind"] == "country"


def test_all_of_a_name(geocoder: GazetteerGeocoder) -> None:
    locations = geocoder.geocode("Tripoli", exactly_one=False)
    assert 2 <= len(locations) <= 10
    assert [location.raw["country_code"] for location in locations][:2] == ["LY", "LB"]
    importance = [location.raw["importance"] for location in locations]
    assert importance == sorted(importance, reverse=True)
    assert len(geocoder.geocode("Tripoli", exactly_one=False, limit=1)) == 1
    with pytest.raises(ValueError, match="less than 1"):
        geocoder.geocode("Tripoli", exactly_one=False, limit=0)


@pytest.mark.parametrize("codes", ["lb", "LB", ["LB", "CY"], "cy,lb"])
def test_country_codes(codes: str | list[str], geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Tripoli", country_codes=codes).raw["country_code"] == "LB"
    assert geocoder.geocode("Alep", country_codes=codes) is None


@pytest.mark.parametrize("language", ["fr", "fr-FR", "fr-CH, fr;q=0.9, en;q=0.8"])
def test_language(language: str, geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Damascus", language=language).address == "Damas, Syrie"
    assert geocoder.geocode("Damas", language="en").address.endswith("Syria")
    assert geocoder.geocode("Damas").address.endswith("Syria")


def test_a_structured_query_of_nothing(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="needs one of"):
        geocoder.geocode({"street": "Main Street"})


@pytest.mark.parametrize("point", [(36.2, 37.16), "36.2, 37.16", Point(36.2, 37.16)])
def test_reverse(point: object, geocoder: GazetteerGeocoder) -> None:
    location = geocoder.reverse(point, language="fr")
    assert location.raw["geonameid"] == 170063
    assert location.raw["distance_km"] < 5
    near = geocoder.reverse(point, exactly_one=False, limit=3)
    assert len(near) == 3
    assert [each.raw["distance_km"] for each in near] == sorted(each.raw["distance_km"] for each in near)


def test_reverse_in_the_middle_of_the_ocean(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.reverse((0, -30)) is None
    assert geocoder.reverse((0, -30), exactly_one=False) is None
    with pytest.raises(ValueError, match="Failed to create Point"):
        geocoder.reverse("nowhere")


def test_geopys_helpers_take_it(geocoder: GazetteerGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0, swallow_exceptions=False)
    assert [limited(name).raw["country_code"] for name in ("Alep", "Paris")] == ["SY", "FR"]


def test_it_opens_its_own_gazetteer_when_it_is_needed(gazetteer: Gazetteer) -> None:
    with mapgen.GazetteerGeocoder() as own:
        assert own._opened is None
        assert own.geocode("Alep").raw["country_code"] == "SY"
        assert own._opened is not None
    assert own._opened is None
    with GazetteerGeocoder(gazetteer) as given:
        given.geocode("Alep")
    assert gazetteer.lookup("Alep")


MISSING = [None, float("nan"), np.float32("nan"), pd.NA, pd.NaT]


@pytest.mark.parametrize("missing", MISSING, ids=repr)
def test_near_and_of_a_missing_value_there_is_nothing(missing: Any, geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode(missing) is None
    assert geocoder.geocode({"city": missing, "country": "Syrie"}).raw["country_code"] == "SY"
    assert geocoder.geocode("Tripoli", country_codes=missing) is not None
    assert geocoder.geocode("Damas", language=missing).address.endswith("Syria")
    assert geocoder.reverse(missing) is None
    assert geocoder.reverse((36.2, missing)) is None


@pytest.mark.parametrize("wrong", [5, 1.5, True, b"Alep", ["Alep"], object(), np.array([1, 2])], ids=repr)
def test_what_is_no_query_is_geopys_own_error(wrong: Any, geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(wrong)
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("Alep", country_codes=[wrong])


@pytest.mark.parametrize("wrong", [(1, 2, 3, 4), ("a", "b"), (object(), 1), (float("inf"), 0)], ids=repr)
def test_what_is_no_point_is_geopys_own_error(wrong: Any, geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(ValueError):
        geocoder.reverse(wrong)


def test_a_column_with_holes_is_geocoded(geocoder: GazetteerGeocoder) -> None:
    column = pd.Series(["Alep", None, np.nan, pd.NA, "Paris"])
    found = column.apply(geocoder.geocode)
    assert [None if location is None else location.raw["country_code"] for location in found] == [
        "SY", None, None, None, "FR",
    ]  # fmt: skip


NAMES = ["Alep", "Paris, Texas", "Qxzvkwj", "Москва", "Tripoli, Liban", "Genève"] * 8


def test_any_thread_may_ask(geocoder: GazetteerGeocoder) -> None:
    alone = [geocoder.geocode(name) for name in NAMES]

    async def together() -> list[Location | None]:
        return await asyncio.gather(*(asyncio.to_thread(geocoder.geocode, name) for name in NAMES))

    with ThreadPoolExecutor(4) as pool:
        # A thread of its own: the browser tests leave an event loop in the main thread.
        assert pool.submit(lambda: asyncio.run(together())).result() == alone
        assert list(pool.map(geocoder.geocode, NAMES)) == alone


def test_many_threads_open_one_gazetteer() -> None:
    with mapgen.GazetteerGeocoder() as own, ThreadPoolExecutor(4) as pool:
        assert len(set(map(id, pool.map(lambda _number: own.gazetteer, range(8))))) == 1


def test_it_pickles_by_opening_its_gazetteer_anew(geocoder: GazetteerGeocoder) -> None:
    with mapgen.GazetteerGeocoder(timeout=7) as own:
        own.geocode("Alep")
        again = pickle.loads(pickle.dumps(own))
        assert (again.timeout, again._opened) == (7, None)
        with again:
            assert again.geocode("Alep") == own.geocode("Alep")
    with pytest.raises(MapgenError, match="given gazetteer"):
        pickle.dumps(geocoder)
