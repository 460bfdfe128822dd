"""geopy in front of the gazetteer, and online geocoders behind a cache.

`GazetteerGeocoder` is the gazetteer as a geopy geocoder and never leaves the machine. `OnlineGeocoder` asks one of
geopy's services, and only when the user wanted it: a name and a country, never more.
"""

from __future__ import annotations

from mapgen.geocoding.offline import GazetteerGeocoder
from mapgen.geocoding.online import OnlineGeocoder
from mapgen.geocoding.settings import load_settings

__all__ = ["GazetteerGeocoder", "OnlineGeocoder", "load_settings"]
