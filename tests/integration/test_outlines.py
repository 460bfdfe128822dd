"""The outlines of regions and countries, from the embedded gazetteer, against facts."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from mapgen.evaluation.outlines import (
    OutlineScore,
    measure_districts,
    measure_outlines,
    measure_with_pack,
    populated_places,
)
from mapgen.footprints import (
    context_outlines,
    country_outline,
    district_outlines,
    footprints,
    outline,
    region_outlines,
    scene,
)
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.packs import add_packs
from mapgen.model import Document, FootprintType, Kind, Resolution, Toponym

COUNTRIES = ("SY", "IQ", "UA", "MA", "IT", "IR", "TR")


@pytest.fixture(scope="module")
def scores(gazetteer: Gazetteer, shared: Path) -> dict[str, OutlineScore]:
    lines = (shared / "geonames" / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines()
    codes = {line.split("\t")[0] for line in lines}
    packs = shared / "geonames" / "dump"
    return {
        country: measure_outlines(gazetteer, country, populated_places(packs / f"{country}.zip", codes))
        for country in COUNTRIES
    }


@pytest.mark.shared
def test_places_lie_inside_the_outline_of_their_region(scores: dict[str, OutlineScore]) -> None:
    for country, score in scores.items():
        assert score.places > 10_000, country
        assert score.inside / score.places >= 0.88, country
    total = sum(scores.values(), OutlineScore(places=0, inside=0, near=0))
    assert total.places > 280_000
    assert total.inside / total.places >= 0.94


@pytest.mark.shared
def test_places_lie_inside_or_near_the_outline_of_their_region(scores: dict[str, OutlineScore]) -> None:
    total = sum(scores.values(), OutlineScore(places=0, inside=0, near=0))
    assert total.near / total.places >= 0.99
    for country, score in scores.items():
        assert score.near / score.places >= 0.98, country


@pytest.mark.shared
def test_places_lie_inside_the_outline_of_their_district_or_near_it(gazetteer: Gazetteer, shared: Path) -> None:
    lines = (shared / "geonames" / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines()
    codes = {line.split("\t")[0] for line in lines}
    for country, places, inside, near in (("CH", 5_700, 0.85, 0.99), ("HT", 9_700, 0.80, 0.97)):
        packed_places = populated_places(shared / "geonames" / "dump" / f"{country}.zip", codes)
        score = measure_districts(gazetteer, country, packed_places)
        assert score.places > places, country
        assert score.inside / score.places >= inside, country
        assert score.near / score.places >= near, country


@pytest.fixture(scope="module")
def packed(gazetteer: Gazetteer, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    """The gazetteer with the packs of Syria and Iraq, in a home of its own."""
    home = tmp_path_factory.mktemp("packed")
    assert gazetteer.path is not None
    shutil.copy(gazetteer.path, home)
    add_packs(["SY", "IQ"], source=shared / "geonames" / "dump", home=home)
    with Gazetteer.open(home=home) as opened:
        yield opened


@pytest.mark.shared
def test_with_a_pack_withheld_places_lie_inside_their_region_and_district(packed: Gazetteer) -> None:
    syria, none = measure_with_pack(packed, "SY")
    iraq, districts = measure_with_pack(packed, "IQ")
    # GeoNames gives 25 of Syria's 10,300 places a district.
    assert none.places == 0
    assert (syria.places > 2000, iraq.places > 4200, districts.places > 4000) == (True, True, True)
    assert syria.inside / syria.places >= 0.97
    assert syria.near / syria.places >= 0.998
    assert iraq.inside / iraq.places >= 0.98
    assert iraq.near / iraq.places >= 0.999
    assert districts.inside / districts.places >= 0.955
    assert districts.near / districts.places >= 0.998


@pytest.mark.shared
def test_a_named_district_is_drawn_with_its_pack(packed: Gazetteer) -> None:
    sinjar = next(match.place for match in packed.lookup("Sinjar", country="IQ") if match.place.kind is Kind.DISTRICT)
    toponym = Toponym(start=0, end=6, text="Sinjar", resolution=Resolution(place=sinjar, probability=0.9))
    (drawn,) = footprints(Document(text="Sinjar"), [toponym], packed)
    assert drawn.type is FootprintType.AREA
    assert drawn.approximate
    assert shape(drawn.geometry).contains(shapely.Point(41.86, 36.32))
    region = shape(region_outlines(packed, "IQ")[sinjar.admin1])
    assert shape(drawn.geometry).difference(region.buffer(1e-3)).is_empty
    districts = [shape(geometry) for geometry in district_outlines(packed, "IQ", sinjar.admin1).values()]
    assert len(districts) > 5
    assert sum(area.area for area in districts) == pytest.approx(region.area, rel=1e-3)


@pytest.mark.parametrize("country", ["SY", "LB", "FR", "FJ", "US"])
def test_outlines_are_geojson(gazetteer: Gazetteer, country: str) -> None:
    whole = country_outline(gazetteer, country)
    regions = region_outlines(gazetteer, country)
    assert whole is not None
    for geometry in (whole, *regions.values()):
        area = shape(geometry)
        assert geometry["type"] in ("Polygon", "MultiPolygon")
        assert area.is_valid
        for polygon in getattr(area, "geoms", [area]):
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)
        west, south, east, north = area.bounds
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


@pytest.mark.parametrize("country", ["SY", "IT", "UA", "NE"])
def test_regions_do_not_overlap_and_fill_the_country(gazetteer: Gazetteer, country: str) -> None:
    regions = [shape(geometry) for geometry in region_outlines(gazetteer, country).values()]
    whole = shape(country_outline(gazetteer, country))
    together = shapely.union_all(regions)
    assert together.area == pytest.approx(sum(region.area for region in regions), rel=1e-4)
    assert together.symmetric_difference(whole).area < 0.05 * whole.area


def test_neighbours_share_their_seam(gazetteer: Gazetteer) -> None:
    regions = region_outlines(gazetteer, "SY")
    aleppo, raqqa = (shape(regions[code]) for code in ("09", "04"))
    assert shapely.intersection(aleppo.boundary, raqqa.boundary).length > 1.0


def test_every_region_with_a_city_has_an_outline(gazetteer: Gazetteer) -> None:
    for country in ("SY", "LB", "TZ", "LV", "CG", "IL", "DE"):
        codes = {code for _, _, code in gazetteer.cities_of(country)}
        assert set(region_outlines(gazetteer, country)) == codes


def test_a_region_without_a_city_has_an_outline(gazetteer: Gazetteer) -> None:
    for country, code in (("LA", "28"), ("BI", "22"), ("KG", "10")):
        assert code not in {code for _, _, code in gazetteer.cities_of(country)}
        assert code in region_outlines(gazetteer, country)


def test_capitals_lie_in_their_countries(gazetteer: Gazetteer) -> None:
    missed = []
    for name, country, lat, lon in [
        ("Damas", "SY", 33.51, 36.29),
        ("Tbilissi", "GE", 41.69, 44.83),
        ("Vilnius", "LT", 54.69, 25.28),
        ("Pristina", "XK", 42.67, 21.17),
        ("Djouba", "SS", 4.85, 31.58),
        ("Asmara", "ER", 15.34, 38.93),
        ("Ljubljana", "SI", 46.05, 14.51),
        ("Maseru", "LS", -29.32, 27.48),
        ("Dili", "TL", -8.56, 125.57),
    ]:
        area = country_outline(gazetteer, country)
        if area is None or not shape(area).buffer(0.05).contains(shapely.Point(lon, lat)):
            missed.append(name)
    assert missed == []


def test_an_outline_across_the_antimeridian_is_cut_there(gazetteer: Gazetteer) -> None:
    chukotka = region_outlines(gazetteer, "RU")["15"]
    parts = [shape({"type": "Polygon", "coordinates": part}) for part in chukotka["coordinates"]]
    assert any(part.bounds[0] == -180 for part in parts)
    assert any(part.bounds[2] == 180 for part in parts)
    assert all(part.bounds[2] - part.bounds[0] < 60 for part in parts)


def test_only_countries_and_regions_have_outlines(gazetteer: Gazetteer) -> None:
    by_kind = defaultdict(list)
    for match in gazetteer.lookup("Alep"):
        if match.place.country == "SY":
            by_kind[match.place.kind].append(match.place)
    assert outline(gazetteer, by_kind[Kind.CITY][0]) is None
    assert outline(gazetteer, by_kind[Kind.REGION][0]) is not None
    syria = gazetteer.country("SY")
    assert syria is not None
    assert outline(gazetteer, syria) is not None
    assert region_outlines(gazetteer, "ZZ") == {}
    assert country_outline(gazetteer, "ZZ") is None


def test_context_is_the_other_regions_of_the_scene(gazetteer: Gazetteer) -> None:
    regions = {region.admin1: region for region in gazetteer.regions("SY")}

    def context(*codes: str) -> set[str]:
        toponyms = [
            Toponym(start=0, end=4, text="Alep", resolution=Resolution(place=regions[code], probability=0.9))
            for code in codes
        ]
        drawn = footprints(Document(text="Alep"), toponyms, gazetteer)
        assert {footprint.type for footprint in drawn} == {FootprintType.AREA}
        found = context_outlines(toponyms, gazetteer, drawn, scene(toponyms))
        assert all(footprint.spans == () and footprint.label and footprint.approximate for footprint in found)
        return {code for code, region in regions.items() if region.id in {place.place_id for place in found}}

    assert context("09") >= {"12", "04"}
    assert context("09").isdisjoint({"09", "05", "06"})
    assert context("09", "06", "01") == set(regions) - {"09", "06", "01"}


def test_the_context_of_a_scene_in_a_large_country_is_small(gazetteer: Gazetteer) -> None:
    texas = next(region for region in gazetteer.regions("US") if region.admin1 == "TX")
    toponym = Toponym(start=0, end=4, text="Texas", resolution=Resolution(place=texas, probability=0.9))
    assert 0 < len(context_outlines([toponym], gazetteer, (), scene([toponym]))) <= 8
    assert context_outlines([], gazetteer, (), None) == ()


def test_outlines_are_small(gazetteer: Gazetteer) -> None:
    for country in ("US", "RU", "ID", "CA", "NO"):
        outlines = region_outlines(gazetteer, country)
        points = {code: len(shapely.get_coordinates(shape(geometry))) for code, geometry in outlines.items()}
        assert sum(points.values()) <= 200 * (len(points) + 5), country
        assert len(shapely.get_coordinates(shape(country_outline(gazetteer, country)))) <= 1000, country
