from __future__ import annotations

from pathlib import Path

import pytest

from mapgen.errors import OptionError
from mapgen.geocoding import OnlineGeocoder, load_settings


def test_tables(tmp_path: Path) -> None:
    path = tmp_path / "geocoders.toml"
    path.write_text('[geonames]\nusername = "me"\n[nominatim]\nurl = "http://localhost:8080"\ntimeout = 20\n', "utf-8")
    assert load_settings(path) == {
        "geonames": {"username": "me"},
        "nominatim": {"url": "http://localhost:8080", "timeout": 20},
    }
    with OnlineGeocoder.open("Nominatim", settings=path, home=tmp_path) as geocoder:
        assert geocoder.name == "nominatim at localhost:8080"
    with OnlineGeocoder.open("geonames", settings=path, home=tmp_path) as geocoder:
        assert geocoder.name == "geonames at api.geonames.org"


@pytest.mark.parametrize("content", [b"[nominatim", b"url = 'x'", b"\xff\xfe"])
def test_no_settings(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "geocoders.toml"
    path.write_bytes(content)
    with pytest.raises(OptionError, match=r"geocoders\.toml: "):
        load_settings(path)
    with pytest.raises(OptionError, match="cannot be read"):
        load_settings(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("service", "url", "settings", "message"),
    [
        ("nowhere", "", {}, "no geocoder 'nowhere'"),
        ("geonames", "", {}, "needs the setting 'username'"),
        ("pelias", "", {}, "needs the address of a server"),
        ("nominatim", "localhost:8080", {}, "no address of a server"),
        ("nominatim", "ftp://a.org", {}, "no address of a server"),
        ("nominatim", "https://a.org/?q=x", {}, "no address of a server"),
        ("what3words", "https://a.org", {"api_key": "x"}, "only its own server"),
        ("nominatim", "", {"usrname": "me"}, "no setting 'usrname'"),
        ("nominatim", "", {"adapter_factory": "x"}, "no setting 'adapter_factory'"),
        ("nominatim", "", {"interval": 0.2}, "interval must be a number not below 1"),
        ("nominatim", "", {"timeout": "soon"}, "timeout must be a number"),
        ("nominatim", "", {"failures": 0}, "failures must be a number"),
    ],
)
def test_options_that_make_no_sense(
    service: str, url: str, settings: dict[str, object], message: str, tmp_path: Path
) -> None:
    with pytest.raises(OptionError, match=message) as error:
        OnlineGeocoder(service, url=url, settings=settings, home=tmp_path)
    assert error.value.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_many_of_geopys_services_can_be_made(tmp_path: Path) -> None:
    keys = {
        "photon": {},
        "arcgis": {},
        "ignfrance": {},
        "banfrance": {},
        "geonames": {"username": "me"},
        "pickpoint": {"api_key": "x"},
        "geocodeearth": {"api_key": "x"},
        "opencage": {"api_key": "x"},
        "here": {"apikey": "x"},
        "mapbox": {"api_key": "x"},
        "tomtom": {"api_key": "x"},
        "bing": {"api_key": "x"},
        "yandex": {"api_key": "x"},
        "google": {"api_key": "x"},
        "what3words": {"api_key": "x"},
    }
    for service, settings in keys.items():
        with OnlineGeocoder(service, settings=settings, home=tmp_path) as geocoder:
            assert geocoder.name.startswith(f"{service} at ")
            assert "." in geocoder.name
