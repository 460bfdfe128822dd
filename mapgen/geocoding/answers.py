"""What each service answers, as places.

All of it comes from the network: whatever is missing or of the wrong type is left out or raises ValueError, TypeError
or KeyError, which the caller turns into a GeocodingError.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from mapgen.geocoding.cache import Question
from mapgen.geocoding.kinds import geonames_kind, is_business, osm_kind, pelias_kind
from mapgen.kinds import VAST
from mapgen.messages import msg
from mapgen.model import Division, Kind, Place

__all__ = ["Reader", "from_geonames", "from_location", "from_nominatim", "from_pelias", "from_photon"]

Reader = Callable[[Any, Question], Place | None]
"""Makes a place of a geopy Location; None for what is no place that a text would mean."""

_LONGEST_NAME = 200
_MOST_NAMES = 200


def from_nominatim(location: Any, question: Question) -> Place | None:
    """Read an answer of Nominatim (https://nominatim.org/release-docs/latest/api/Output/)."""
    raw = _mapping(location.raw)
    key, value = _text(raw.get("class") or raw.get("category")), _text(raw.get("type"))
    if is_business(key, value):
        return None
    address, details = _mapping(raw.get("address")), _mapping(raw.get("namedetails"))
    country = _text(address.get("country_code")).upper()
    kind = osm_kind(key, value, _text(raw.get("addresstype")))
    name = _text(raw.get("name")) or _text(raw.get("display_name")).partition(",")[0]
    labels = {tag[5:]: _text(label) for tag, label in details.items() if len(tag) == 7 and tag.startswith("name:")}
    return _place(
        location,
        question,
        id_=_osm_id(question.service, raw),
        source="Nominatim",
        name=name,
        kind=kind,
        country=country,
        population=_count(_mapping(raw.get("extratags")).get("population")),
        admin=() if kind in VAST else _divisions(address, country, name, question.service),
        names=[part for label in details.values() for part in _text(label).split(";")],
        labels=labels,
    )


def from_photon(location: Any, question: Question) -> Place | None:
    """Read an answer of Photon (https://github.com/komoot/photon)."""
    raw = _mapping(_mapping(location.raw).get("properties"))
    key, value = _text(raw.get("osm_key")), _text(raw.get("osm_value"))
    if is_business(key, value):
        return None
    country = _text(raw.get("countrycode")).upper()
    return _place(
        location,
        question,
        id_=_osm_id(question.service, raw),
        source="Photon",
        name=_text(raw.get("name")),
        kind=osm_kind(key, value, _text(raw.get("type"))),
        country=country,
        admin=_divisions(raw, country, _text(raw.get("name")), question.service),
    )


def from_geonames(location: Any, question: Question) -> Place | None:
    """Read an answer of GeoNames' own server (https://www.geonames.org/export/geonames-search.html)."""
    raw = _mapping(location.raw)
    number = int(raw["geonameId"])
    population = _count(raw.get("population"))
    country = _text(raw.get("countryCode")).upper()
    code = _text(raw.get("adminCode1"))
    region = _text(raw.get("adminName1"))
    kind = geonames_kind(_text(raw.get("fcl")), _text(raw.get("fcode")), population)
    path = (Division(id=f"{question.service}:{country}.{code}", name=region),)
    return _place(
        location,
        question,
        id_=f"gn:{number}",
        source="GeoNames",
        name=_text(raw.get("name")),
        kind=kind,
        country=country,
        population=population,
        geonameid=number,
        admin=path if region and kind not in (Kind.COUNTRY, Kind.REGION, Kind.CONTINENT) else (),
        admin1="" if code == "00" else code,
        names=[_text(raw.get("toponymName"))],
        capital=_text(raw.get("fcode")) == "PPLC",
    )


def from_pelias(location: Any, question: Question) -> Place | None:
    """Read an answer of Pelias (https://github.com/pelias/documentation/blob/master/response.md)."""
    raw = _mapping(_mapping(location.raw).get("properties"))
    layer = _text(raw.get("layer"))
    if layer == "address":
        return None
    country = _text(raw.get("country_code")) or _alpha2(_text(raw.get("country_a")))
    return _place(
        location,
        question,
        id_=f"{question.service}:{_text(raw.get('gid')) or _point_id(location)}",
        source="Pelias",
        name=_text(raw.get("name")),
        kind=pelias_kind(layer),
        country=country.upper(),
        population=_count(raw.get("population")),
        admin=_divisions({"state": raw.get("region"), "county": raw.get("county")}, country, "", question.service),
    )


def from_location(location: Any, question: Question) -> Place | None:
    """Read an answer of any other service: geopy's Location says what and where, and no more."""
    name = _text(location.address).partition(",")[0].strip()
    return _place(
        location,
        question,
        id_=f"{question.service}:{_point_id(location)}",
        source=question.service,
        name=name or question.name,
        kind=Kind.AREA,
        country=question.country,
    )


def _place(
    location: Any,
    question: Question,
    *,
    id_: str,
    source: str,
    name: str,
    kind: Kind,
    country: str,
    population: int = 0,
    geonameid: int | None = None,
    admin: tuple[Division, ...] = (),
    admin1: str = "",
    names: list[str] | None = None,
    labels: Mapping[str, str] | None = None,
    capital: bool = False,
) -> Place | None:
    """Check what all services have in common."""
    lat, lon = float(location.latitude), float(location.longitude)
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(msg("{lat}, {lon} is no point on Earth", lat=lat, lon=lon))
    if question.country and country and country != question.country:
        return None
    labels = {language: label for language, label in (labels or {}).items() if label}
    if question.language and name:
        labels.setdefault(question.language, name)
    others = dict.fromkeys(part.strip() for part in (*(names or ()), *labels.values()) if part.strip())
    others.pop(name, None)
    if not name:
        return None
    return Place(
        id=id_,
        source=source,
        name=name,
        kind=kind,
        country=country if len(country) == 2 and country.isalpha() else "",
        lat=round(lat, 7),
        lon=round(lon, 7),
        geonameid=geonameid,
        population=population,
        admin=admin,
        admin1=admin1,
        names=tuple(others)[:_MOST_NAMES],
        labels=tuple(sorted(labels.items())),
        name_count=len(others) + 1,
        capital=capital,
    )


def _divisions(address: Mapping[str, Any], country: str, name: str, service: str) -> tuple[Division, ...]:
    """Return state and county of an address; the ISO 3166-2 code makes the same id as the gazetteer's."""
    found = []
    for level, code in (("state", "ISO3166-2-lvl4"), ("county", "ISO3166-2-lvl6")):
        label = _text(address.get(level))
        if label and label != name:
            iso = _text(address.get(code))
            found.append(Division(id=f"iso:{iso}" if iso else f"{service}:{country}/{label}", name=label))
    return tuple(found)


def _osm_id(service: str, raw: Mapping[str, Any]) -> str:
    kind, number = _text(raw.get("osm_type"))[:1].upper(), raw.get("osm_id")
    if kind not in ("N", "W", "R") or not isinstance(number, int):
        number = raw.get("place_id")
        kind = "P"
    if number is None:
        raise ValueError(msg("an answer without an id"))
    return f"{service}:{kind}{number}"


def _point_id(location: Any) -> str:
    return f"{float(location.latitude):.5f},{float(location.longitude):.5f}"


def _alpha2(code: str) -> str:
    if len(code) != 3:
        return code
    import pycountry

    country = pycountry.countries.get(alpha_3=code.upper())
    return country.alpha_2 if country else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    """Return a name without control characters and of bearable length; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    clean = "".join(char for char in value if unicodedata.category(char) not in ("Cc", "Cs", "Cf") or char == "\u200c")
    return " ".join(clean[:_LONGEST_NAME].split())


def _count(value: Any) -> int:
    """Return a number of inhabitants; OSM writes it as text, and not always as a number."""
    try:
        return max(0, min(int(str(value).replace(" ", "").replace(",", "")), 2_000_000_000))
    except ValueError:
        return 0
