"""What OpenStreetMap, GeoNames and Pelias call a place, as a kind."""

from __future__ import annotations

from mapgen.model import Kind

__all__ = ["geonames_kind", "is_business", "osm_kind", "pelias_kind"]

# Values of OSM's place=*, and of Nominatim's addresstype for administrative boundaries.
_PLACES = {
    Kind.CONTINENT: "continent",
    Kind.COUNTRY: "country",
    Kind.REGION: "state region province state_district archipelago",
    Kind.DISTRICT: "county district municipality subdistrict",
    Kind.CITY: "city town",
    Kind.VILLAGE: "village hamlet isolated_dwelling farm allotments croft",
    Kind.QUARTER: "suburb borough quarter neighbourhood city_block city_district residential subdivision",
    Kind.WATER: "sea ocean",
    Kind.TERRAIN: "island islet",
    Kind.AREA: "locality postcode polygon",
    Kind.FACILITY: "square plot house",
}
# OSM keys whose values are all of one kind.
_KEYS = {
    Kind.FACILITY: "aeroway military amenity building historic tourism leisure man_made emergency healthcare railway"
    " public_transport power shop office craft club telecom aerialway barrier",
    Kind.WATER: "waterway water",
    Kind.ROAD: "highway route bridge junction tunnel",
    Kind.TERRAIN: "natural mountain_pass geological",
}
_WATER = "water bay strait spring hot_spring wetland reef shoal fjord lake reservoir river beach_water"
_WATERS = frozenset(_WATER.split())
_SITE = "industrial commercial retail military port harbour cemetery quarry landfill railway depot"
_SITES = frozenset(_SITE.split())
_RAILS = frozenset(("rail", "light_rail", "narrow_gauge", "subway", "tram", "monorail"))
_TRADE = frozenset(("shop", "office", "craft", "club"))

_BY_PLACE = {word: kind for kind, words in _PLACES.items() for word in words.split()}
_BY_KEY = {word: kind for kind, words in _KEYS.items() for word in words.split()}

# https://www.geonames.org/export/codes.html: codes first, then classes.
_CODES = {
    "CONT": Kind.CONTINENT,
    "PPLX": Kind.QUARTER,
    "ADM1": Kind.REGION,
    "ADM1H": Kind.REGION,
    "RGN": Kind.AREA,
    "RGNH": Kind.AREA,
    **dict.fromkeys(("PCL", "PCLD", "PCLF", "PCLH", "PCLI", "PCLIX", "PCLS", "TERR"), Kind.COUNTRY),
}
_CLASSES = {
    "A": Kind.DISTRICT,
    "H": Kind.WATER,
    "L": Kind.AREA,
    "R": Kind.ROAD,
    "S": Kind.FACILITY,
    "T": Kind.TERRAIN,
    "U": Kind.WATER,
    "V": Kind.TERRAIN,
}
_LAYERS = {
    "continent": Kind.CONTINENT,
    "ocean": Kind.WATER,
    "marinearea": Kind.WATER,
    "country": Kind.COUNTRY,
    "dependency": Kind.COUNTRY,
    "macroregion": Kind.REGION,
    "region": Kind.REGION,
    "macrocounty": Kind.DISTRICT,
    "county": Kind.DISTRICT,
    "localadmin": Kind.DISTRICT,
    "locality": Kind.CITY,
    "borough": Kind.QUARTER,
    "neighbourhood": Kind.QUARTER,
    "venue": Kind.FACILITY,
    "street": Kind.ROAD,
}
# A place of fewer inhabitants, or of a number nobody knows, counts as a village where the source does not say more.
_CITY_POPULATION = 5_000


def osm_kind(key: str, value: str, address_type: str = "") -> Kind:
    """Return the kind of an OSM object.

    Args:
        key: its main key ("place", "boundary", "natural").
        value: the value of that key ("city", "administrative", "peak").
        address_type: Nominatim's `addresstype`, or Photon's `type`: the level of an administrative boundary.
    """
    if key in ("place", "boundary") and (kind := _BY_PLACE.get(value) or _BY_PLACE.get(address_type)):
        return kind
    if key == "natural" and value in _WATERS:
        return Kind.WATER
    if key == "landuse" and value in _SITES:
        return Kind.FACILITY
    if key == "railway" and value in _RAILS:
        return Kind.ROAD
    return _BY_KEY.get(key, Kind.AREA)


def is_business(key: str, value: str) -> bool:
    """Say whether an OSM object is a shop or an address: often named after places, and no place that texts mean."""
    return key in _TRADE or (key == "place" and value == "house")


def geonames_kind(feature_class: str, code: str, population: int = 0) -> Kind:
    """Return the kind of a GeoNames feature: its class ("P"), its code ("PPLA"), its inhabitants."""
    if code in _CODES:
        return _CODES[code]
    if feature_class == "P":
        seat = code.startswith("PPLA") or code in ("PPLC", "PPLG")
        return Kind.CITY if seat or population >= _CITY_POPULATION else Kind.VILLAGE
    return _CLASSES.get(feature_class, Kind.AREA)


def pelias_kind(layer: str) -> Kind:
    """Return the kind of a Pelias layer."""
    return _LAYERS.get(layer, Kind.AREA)
