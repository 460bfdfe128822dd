"""What the tests of this room share: a server, a clock, an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from loopback import Clock, Loopback


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    server = Loopback()
    yield server
    server.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def found() -> Callable[..., dict[str, Any]]:
    """Make an answer of Nominatim's form."""

    def make(name: str = "Sukayk", **more: Any) -> dict[str, Any]:
        return {
            "place_id": 7,
            "osm_type": "node",
            "osm_id": 42,
            "lat": "35.429",
            "lon": "36.771",
            "class": "place",
            "type": "village",
            "addresstype": "village",
            "name": name,
            "display_name": f"{name}, Gouvernorat de Hama, Syrie",
            "address": {
                "village": name,
                "state": "Gouvernorat de Hama",
                "ISO3166-2-lvl4": "SY-HM",
                "country": "Syrie",
                "country_code": "sy",
            },
            "extratags": {"population": "1 234"},
            "namedetails": {"name": "سكيك", "name:fr": "Soukaïk", "name:en": "Sukayk", "alt_name": "Skeik;Sukaik"},
            **more,
        }

    return make
