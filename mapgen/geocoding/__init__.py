"""geopy in front of the gazetteer, and online geocoders behind a cache."""
