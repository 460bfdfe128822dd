"""The gazetteer as a geopy geocoder, and online geocoders behind a cache.

Comes in: a name, with a country where one is known. Goes out: places, or geopy locations. `GazetteerGeocoder` sends
nothing over the network. `OnlineGeocoder` sends a name, a country and a language to one of geopy's services, and only
where the user has chosen one.
"""

from __future__ import annotations

from mapgen.geocoding.offline import GazetteerGeocoder
from mapgen.geocoding.online import OnlineGeocoder
from mapgen.geocoding.settings import load_settings

__all__ = ["GazetteerGeocoder", "OnlineGeocoder", "load_settings"]
