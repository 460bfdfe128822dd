"""Answers in the form that each service documents, over HTTP on the loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from loopback import Clock, Loopback

from mapgen.errors import GeocodingError
from mapgen.geocoding import OnlineGeocoder
from mapgen.model import Kind, Place

Geocoders = Callable[..., OnlineGeocoder]


@pytest.fixture
def geocoder(loopback: Loopback, clock: Clock, tmp_path: Path, request: pytest.FixtureRequest) -> Geocoders:
    def make(service: str, **settings: Any) -> OnlineGeocoder:
        made = OnlineGeocoder(
            service, url=loopback.url, settings=settings, home=tmp_path, timeout=5, now=clock.now, sleep=clock.sleep
        )
        request.addfinalizer(made.close)
        return made

    return make


def test_nominatim(loopback: Loopback, geocoder: Geocoders, found: Callable[..., dict[str, Any]]) -> None:
    loopback.say([found(), found("Boulangerie", osm_id=43, **{"class": "shop", "type": "bakery"})])
    (place,) = geocoder("nominatim").places("Sukayk", country="SY", language="fr")
    assert (place.id, place.source, place.name, place.kind) == ("nominatim:N42", "Nominatim", "Sukayk", Kind.VILLAGE)
    assert (place.country, place.lat, place.lon, place.population) == ("SY", 35.429, 36.771, 1234)
    assert place.names == ("سكيك", "Soukaïk", "Skeik", "Sukaik")
    assert place.label("fr") == "Soukaïk"
    assert [(each.id, each.name) for each in place.admin] == [("iso:SY-HM", "Gouvernorat de Hama")]
    ((path, asked, headers),) = loopback.requests
    assert path == "/search"
    assert asked["q"] == "Sukayk"
    assert (asked["countrycodes"].upper(), asked["accept-language"]) == ("SY", "fr")
    assert headers["User-Agent"].startswith("mapgen/")


def test_photon(loopback: Loopback, geocoder: Geocoders) -> None:
    properties = {
        "osm_type": "W",
        "osm_id": 5,
        "osm_key": "aeroway",
        "osm_value": "aerodrome",
        "name": "Kweires",
        "state": "Aleppo Governorate",
        "country": "Syria",
        "countrycode": "SY",
        "type": "house",
    }
    elsewhere = {**properties, "osm_id": 6, "countrycode": "IQ"}
    loopback.say(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": [37.58, 36.19]}, "properties": each}
                for each in (properties, elsewhere)
            ],
        }
    )
    (place,) = geocoder("photon").places("Kweires", country="SY", language="fr")
    assert (place.id, place.source, place.kind, place.country) == ("photon:W5", "Photon", Kind.FACILITY, "SY")
    assert (place.lat, place.lon, place.admin[0].name) == (36.19, 37.58, "Aleppo Governorate")
    assert loopback.requests[0][1]["q"] == "Kweires, Syrie"


def test_geonames(loopback: Loopback, geocoder: Geocoders) -> None:
    loopback.say(
        {
            "totalResultsCount": 1,
            "geonames": [
                {
                    "geonameId": 170063,
                    "name": "Aleppo",
                    "toponymName": "Aleppo",
                    "lat": "36.20124",
                    "lng": "37.16117",
                    "countryCode": "SY",
                    "countryName": "Syria",
                    "adminName1": "Aleppo",
                    "adminCode1": "09",
                    "fcl": "P",
                    "fcode": "PPLA",
                    "population": 2098210,
                }
            ],
        }
    )
    (place,) = geocoder("geonames", username="me").places("Alep", country="SY")
    assert (place.id, place.geonameid, place.source, place.kind) == ("gn:170063", 170063, "GeoNames", Kind.CITY)
    assert (place.admin1, place.population, place.lat) == ("09", 2098210, 36.20124)
    assert loopback.requests[0][1] == {"q": "Alep", "username": "me", "country": "SY"}


def test_geonames_says_its_errors_with_status_200(loopback: Loopback, geocoder: Geocoders) -> None:
    loopback.say({"status": {"message": "user account not enabled", "value": 10}})
    made = geocoder("geonames", username="secret-name")
    with pytest.raises(GeocodingError):
        made.places("Alep")
    assert made.stopped
    assert "refuses" in made.warnings[0]
    assert "secret-name" not in made.warnings[0]


def test_pelias(loopback: Loopback, geocoder: Geocoders) -> None:
    loopback.say(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [37.13, 36.2]},
                    "properties": {
                        "gid": "whosonfirst:locality:421",
                        "layer": "locality",
                        "name": "Alep",
                        "country_a": "SYR",
                        "region": "Aleppo",
                    },
                }
            ],
        }
    )
    (place,) = geocoder("pelias").places("Alep", country="SY", language="fr")
    assert (place.id, place.kind, place.country) == ("pelias:whosonfirst:locality:421", Kind.CITY, "SY")
    assert loopback.requests[0][1]["boundary.country"] == "SY"


def test_any_other_of_geopys(loopback: Loopback, geocoder: Geocoders) -> None:
    properties = {"label": "Lyon, Rhône", "name": "Lyon"}
    loopback.say({"features": [{"geometry": {"coordinates": [4.83, 45.76]}, "properties": properties}]})
    (place,) = geocoder("banfrance").places("Lyon", country="FR")
    assert (place.name, place.source, place.country, place.kind) == ("Lyon", "banfrance", "FR", Kind.AREA)
    assert place.id == "banfrance:45.76000,4.83000"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        "Alep",
        0,
        False,
        {"error": "rubbish"},
        ["Alep"],
        [None],
        [{}],
        [{"lat": "north", "lon": "east", "display_name": "x"}],
        [{"lat": "nan", "lon": "0", "osm_type": "node", "osm_id": 1}],
        [{"lat": "95", "lon": "0", "osm_type": "node", "osm_id": 1}],
        [{"lat": None, "lon": None}],
        [{"lat": "1", "lon": "1", "name": "without an id", "class": "place", "type": "city"}],
        b"<html><body>All is well</body></html>",
        b"[" * 100_000,
        b"",
    ],
)
def test_rubbish_is_a_failure_and_never_unknown(answer: Any, loopback: Loopback, geocoder: Geocoders) -> None:
    loopback.say(answer)
    made = geocoder("nominatim")
    with pytest.raises(GeocodingError) as error:
        made.ask("Alep")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300
    loopback.say([])
    assert made.places("Alep") == ()
    assert made.asked == 2
    assert made.warnings == ()


@pytest.mark.parametrize("service", ["photon", "geonames", "pelias"])
@pytest.mark.parametrize(
    "answer", [None, {}, [], {"features": None, "geonames": None}, {"features": {}, "geonames": 1}]
)
def test_rubbish_of_the_others(service: str, answer: Any, loopback: Loopback, geocoder: Geocoders) -> None:
    loopback.say(answer)
    with pytest.raises(GeocodingError):
        geocoder(service, **({"username": "me"} if service == "geonames" else {})).ask("Alep")


def test_hostile_names_are_text_without_control_characters(
    loopback: Loopback, geocoder: Geocoders, found: Callable[..., dict[str, Any]]
) -> None:
    name = "Tell </script>\u202e\u0000\ud83d" + "x" * 5000
    details = {"name:fr": ["no", "text"], "name": 7, "name:en": "\u2066ok"}
    loopback.say([found(name, namedetails=details, extratags=[1], address={"country_code": "sy", "state": {"a": 1}})])
    (place,) = geocoder("nominatim").places("Tell", language="fr")
    assert place.name.startswith("Tell </script>x")
    assert len(place.name) <= 200
    assert place.name.encode("utf-8")
    assert (place.names, place.admin, place.population) == (("ok",), (), 0)


def test_what_lies_in_another_country_is_no_answer(
    loopback: Loopback, geocoder: Geocoders, found: Callable[..., dict[str, Any]]
) -> None:
    loopback.say([found()])
    assert geocoder("nominatim").places("Sukayk", country="LB") == ()


def test_the_same_place_twice_is_one(
    loopback: Loopback, geocoder: Geocoders, found: Callable[..., dict[str, Any]]
) -> None:
    loopback.say([found(), found()])
    places = geocoder("nominatim").places("Sukayk")
    assert [type(place) for place in places] == [Place]
