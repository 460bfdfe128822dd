"""The embedded gazetteer as it is built from its sources."""

import csv
import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapgen.errors import GazetteerError
from mapgen.gazetteer.near_names import NearForms
from mapgen.gazetteer.store import Gazetteer
from mapgen.model import Kind

if TYPE_CHECKING:
    from mapgen.model import Place


def first(gazetteer: Gazetteer, name: str, kind: Kind) -> "Place":
    return next(match.place for match in gazetteer.lookup(name) if match.place.kind is kind)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Alep", "gn:170063"),
        ("Syrie", "iso:SY"),
        ("Etats-Unis", "iso:US"),
        ("République arabe syrienne", "iso:SY"),
        ("Moscou", "gn:524901"),
        ("Washington", "gn:4140963"),
        ("mer Caspienne", "list:caspian-sea"),
        ("القاهرة", "gn:360630"),
        ("北京", "gn:1816670"),
    ],
)
def test_what_everybody_knows_comes_first(gazetteer: Gazetteer, name: str, id_: str) -> None:
    assert gazetteer.lookup(name)[0].place.id == id_


@pytest.mark.parametrize(
    ("name", "id_", "label"),
    [
        ("Alep", "iso:SY-HL", "Alep"),
        ("Lattaquié", "iso:SY-LA", "Lattaquié"),
        ("Hama", "iso:SY-HM", "Hama"),
        ("Damas", "iso:SY-DI", "Damas"),
        ("Bavière", "iso:DE-BY", "Bavière"),
        ("Californie", "iso:US-CA", "Californie"),
        ("Bretagne", "iso:FR-BRE", "Bretagne"),
    ],
)
def test_a_region_answers_to_its_names_and_to_its_city_s(gazetteer: Gazetteer, name: str, id_: str, label: str) -> None:
    place = first(gazetteer, name, Kind.REGION)
    assert (place.id, place.label("fr")) == (id_, label)
    assert place.geonameid is not None


@pytest.mark.parametrize(
    ("country", "id_", "name"),
    [
        ("IN", "iso:IN-RJ", "Rajasthan"),
        ("IN", "iso:IN-UP", "Uttar Pradesh"),
        ("TH", "iso:TH-83", "Phuket"),
        ("US", "iso:US-CA", "California"),
        ("AF", "iso:AF-LAG", "Laghman"),
        ("SY", "iso:SY-HL", "Aleppo"),
        ("SS", "iso:SS-EW", "Western Equatoria"),
    ],
)
def test_a_region_is_called_by_its_name_and_not_by_a_nickname_or_a_town_s(
    gazetteer: Gazetteer, country: str, id_: str, name: str
) -> None:
    (region,) = (place for place in gazetteer.regions(country) if place.id == id_)
    assert (region.name, region.label("en")) == (name, name)


def test_what_lies_around_a_city_answers_to_it_after_the_city_s_own_region(gazetteer: Gazetteer) -> None:
    regions = [match.place.id for match in gazetteer.lookup("Damas") if match.place.kind is Kind.REGION]
    assert regions == ["iso:SY-DI", "iso:SY-RD"]


@pytest.mark.parametrize(
    ("name", "country"), [("Nord", "FR"), ("Kent", "GB"), ("Wilson County", "US"), ("Anvers", "BE")]
)
def test_second_level_divisions_are_districts(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert any(match.place.kind is Kind.DISTRICT for match in gazetteer.lookup(name, country=country))


def test_cities_know_their_division_and_capitals_are_marked(gazetteer: Gazetteer) -> None:
    aleppo = gazetteer.get("gn:170063")
    damascus = gazetteer.get("gn:170654")
    assert aleppo is not None
    assert damascus is not None
    assert [division.label("fr") for division in aleppo.admin] == ["Alep"]
    assert (aleppo.capital, damascus.capital) == (False, True)
    assert damascus.label("fr") == "Damas"


def test_countries_and_regions_are_complete(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.countries()) >= 240
    assert len(gazetteer.regions("SY")) == 14
    assert len(gazetteer.regions("FR")) == 13
    assert len(gazetteer.regions("US")) == 51
    syria = gazetteer.country("SY")
    assert syria is not None
    assert (syria.kind, syria.label("fr"), syria.geonameid) == (Kind.COUNTRY, "Syrie", 163843)
    assert gazetteer.country("XX") is None


def test_every_place_lies_on_earth_and_every_id_is_its_own(gazetteer: Gazetteer) -> None:
    assert gazetteer.path is not None
    connection = sqlite3.connect(gazetteer.path)
    try:
        wrong = connection.execute(
            "SELECT count(*) FROM places WHERE lat NOT BETWEEN -90 AND 90 OR lon NOT BETWEEN -180 AND 180"
        ).fetchone()
        twice = connection.execute("SELECT id FROM places WHERE id != '' GROUP BY id HAVING count(*) > 1").fetchall()
        geonames = connection.execute(
            "SELECT geonameid FROM places WHERE geonameid IS NOT NULL GROUP BY geonameid HAVING count(*) > 1"
        ).fetchall()
    finally:
        connection.close()
    assert (wrong[0], twice, geonames) == (0, [], [])


def test_the_gazetteer_tells_what_it_is_made_of(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    assert info.size > 10_000_000
    sources = {source.name: source for source in info.sources}
    assert sources["GeoNames"].places > 230_000
    assert "CC BY 4.0" in sources["GeoNames"].licence
    assert sources["GeoNames"].date.startswith("20")


def test_the_user_s_own_places_win(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("name,kind,country,lat,lon\nAlep,facility,FR,45,2\nBad,,,x,y\n", encoding="utf-8")
    with Gazetteer.open(home=home, places=mine) as gazetteer:
        assert gazetteer.lookup("ALEP")[0].place.id == "own:alep"
        assert gazetteer.facts(["Alep"])["Alep"].own
        assert len(gazetteer.warnings) == 1


def test_a_listed_place_gets_the_region_around_it(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("name,kind,country,lat,lon\nKweires,facility,SY,36.187,37.583\n", encoding="utf-8")
    with Gazetteer.open(home=home, places=mine) as gazetteer:
        assert [division.id for division in gazetteer.lookup("Kweires")[0].place.admin] == ["iso:SY-HL"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("", encoding="utf-8")
    with pytest.raises(GazetteerError, match="MAPGEN_HOME") as caught:
        Gazetteer.open(home=occupied)
    assert str(occupied) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "id_"), [("Calif.", "iso:US-CA"), ("W. Va.", "iso:US-WV"), ("TX", "iso:US-TX"), ("C.-B.", "iso:CA-BC")]
)
def test_short_forms_are_found_and_are_no_names(gazetteer: Gazetteer, name: str, id_: str) -> None:
    assert gazetteer.lookup(name)[0].place.id == id_
    assert name not in gazetteer.facts([name])


def test_every_short_form_leads_to_a_place(gazetteer: Gazetteer) -> None:
    text = files("mapgen.gazetteer").joinpath("sources", "short-forms.csv").read_text(encoding="utf-8")
    unknown = [row["place"] for row in csv.DictReader(text.splitlines()) if gazetteer.get(row["place"]) is None]
    assert not unknown


def test_a_filter_before_the_names_hides_none(gazetteer: Gazetteer) -> None:
    layer = gazetteer._layers[0]
    forms = NearForms("alep")
    near = [forms.form(at) for at in range(len(forms.numbers))]
    keys = [*near, "alep", "aleppo", "deir ez zor", "no such name"]
    alone = {key: facts for key in keys if (facts := layer.name(key)) is not None}
    assert {"alep", "aleppo"} <= alone.keys()
    assert layer.names(keys) == alone
    assert layer.near_names(forms) == {key: facts for key, facts in alone.items() if key in near}
