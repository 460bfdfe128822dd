"""The gazetteer over layers of a handful of places, in memory."""

import gc
import sqlite3
import sys
from collections.abc import Iterator

import pytest

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.store import Gazetteer
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.model import Kind, MatchType


def entry(pk: int, name: str, lat: float, lon: float, **fields: object) -> Entry:
    kind = KINDS.index(Kind(str(fields.pop("kind", "city"))))
    made = Entry(pk, "", "test", name, kind, "SY", lat, lon, 0, "", (), geonameid=pk)
    return made._replace(**fields)  # type: ignore[arg-type]


def layer(entries: list[Entry], *, own: bool = False, divisions: tuple[tuple[str, str, int], ...] = ()) -> Layer:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection)
    write_entries(connection, entries)
    connection.executemany("INSERT INTO divisions VALUES (?, ?, ?)", divisions)
    return Layer(lambda: connection, own=own)


ALEPPO = entry(
    170063,
    "Aleppo",
    36.2,
    37.16,
    population=2_000_000,
    names=["Ḩalab", "Alep"],
    labels="fr=Alep",
    name_count=60,
    admin1="09",
)
REGION = entry(
    170062,
    "Aleppo",
    36.3,
    37.7,
    id="iso:SY-HL",
    kind="region",
    admin1="09",
    names=["Ḩalab"],
    labels="fr=Alep",
    name_count=15,
)
TOWN = entry(168325, "Khān Shaykhūn", 35.44, 36.65, population=50_000, admin1="12")
NAMESAKE = entry(1, "Alep", 40.0, -100.0, country="US", population=700)


@pytest.fixture
def gazetteer() -> Iterator[Gazetteer]:
    embedded = layer([ALEPPO, REGION, TOWN, NAMESAKE], divisions=(("SY", "09", 170062),))
    pack = layer([ALEPPO._replace(names=["Beroea"], population=2_100_000), entry(163984, "Sukayk", 35.43, 36.77)])
    own = layer([entry(0xF000_0000, "Kweires", 36.187, 37.583, id="own:kweires", geonameid=None)], own=True)
    with Gazetteer([embedded, pack, own]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "type_", "matched"),
    [
        ("Alep", MatchType.EXACT, "Alep"),
        ("ALEP", MatchType.FOLDED, "Alep"),
        ("Halab", MatchType.FOLDED, "Ḩalab"),
        ("Khan Cheikhoun", MatchType.TRANSLITERATED, "Khān Shaykhūn"),
        ("Beroea", MatchType.EXACT, "Beroea"),
        ("Kuwayris", MatchType.TRANSLITERATED, "Kweires"),
    ],
)
def test_each_match_tells_how_it_was_made(gazetteer: Gazetteer, name: str, type_: MatchType, matched: str) -> None:
    match = gazetteer.lookup(name)[0]
    assert (match.type, match.name) == (type_, matched)


def test_the_most_prominent_comes_first_and_the_city_before_its_region(gazetteer: Gazetteer) -> None:
    assert [match.place.id for match in gazetteer.lookup("Alep")] == ["gn:170063", "iso:SY-HL", "gn:1"]


def test_a_country_and_a_limit_narrow_the_answer(gazetteer: Gazetteer) -> None:
    assert [match.place.id for match in gazetteer.lookup("Alep", country="US")] == ["gn:1"]
    assert len(gazetteer.lookup("Alep", limit=1)) == 1


def test_the_strength_bounds_the_match(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("ALEP", strength=MatchType.EXACT) == ()
    assert gazetteer.lookup("Khan Cheikhoun", strength=MatchType.FOLDED) == ()


def test_near_is_tried_last_and_only_when_asked(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Aleppx") == ()
    (match, *_) = gazetteer.lookup("Aleppx", strength=MatchType.NEAR)
    assert (match.type, match.name) == (MatchType.NEAR, "Aleppo")
    assert all(match.type is not MatchType.NEAR for match in gazetteer.lookup("Aleppo", strength=MatchType.NEAR))


def test_layers_are_merged_by_geonames_id(gazetteer: Gazetteer) -> None:
    (place,) = {
        match.place.id: match.place for match in gazetteer.lookup("Aleppo") if match.place.kind == "city"
    }.values()
    assert set(place.names) == {"Ḩalab", "Alep", "Beroea"}
    assert place.population == 2_100_000
    assert place.label("fr") == "Alep"
    assert [division.label("fr") for division in place.admin] == ["Alep"]


def test_facts_gather_what_all_places_of_a_name_say(gazetteer: Gazetteer) -> None:
    facts = gazetteer.facts(["Alep", "alep", "Khan Cheikhoun", "Kweires", "Nowhere", ""])
    assert set(facts) == {"Alep", "alep", "Khan Cheikhoun", "Kweires"}
    alep = facts["Alep"]
    assert (alep.match, alep.places, alep.population, alep.main, alep.own) == (
        MatchType.EXACT,
        3,
        2_000_000,
        True,
        False,
    )
    assert alep.kinds == {Kind.CITY, Kind.REGION}
    assert alep.countries == {"SY", "US"}
    assert facts["alep"].match is MatchType.FOLDED
    assert facts["Khan Cheikhoun"].match is MatchType.TRANSLITERATED
    assert facts["Kweires"].own


@pytest.mark.parametrize(
    ("name", "main"), [("Sukayk", True), ("Khān Shaykhūn", True), ("Khan Cheikhoun", True), ("Beroea", False)]
)
def test_facts_tell_main_names_from_others(gazetteer: Gazetteer, name: str, main: bool) -> None:
    assert gazetteer.facts([name])[name].main is main


def test_facts_of_words_that_only_sound_like_a_place_are_refused(gazetteer: Gazetteer) -> None:
    assert gazetteer.facts(["khan cheikhoun", "Soukaik"]) == {}
    assert gazetteer.lookup("Soukaik")[0].place.name == "Sukayk"


def test_places_are_found_by_id(gazetteer: Gazetteer) -> None:
    for id_ in ("gn:170063", "iso:SY-HL", "own:kweires"):
        place = gazetteer.get(id_)
        assert place is not None
        assert place.id == id_
    assert gazetteer.get("gn:999") is None
    assert gazetteer.get("list:none") is None


def test_distances_and_boxes(gazetteer: Gazetteer) -> None:
    near = gazetteer.nearest(36.2, 37.16, radius_km=60)
    assert [place.id for place, _ in near] == ["gn:170063", "own:kweires", "iso:SY-HL"]
    assert near[1][1] == pytest.approx(38, abs=1)
    assert [place.id for place, _ in gazetteer.nearest(36.2, 37.16, kinds={Kind.REGION})] == ["iso:SY-HL"]
    assert [place.id for place in gazetteer.within(35, 36, 37, 38, limit=2)] == ["gn:170063", "gn:168325"]
    assert gazetteer.within(35, 36, 37, 38, min_population=100_000)[0].id == "gn:170063"


def test_a_box_may_reach_over_the_antimeridian() -> None:
    with Gazetteer(
        [layer([entry(1, "East", 0.5, 179.5), entry(2, "West", 0.5, -179.5), entry(3, "Far", 0.5, 0.5)])]
    ) as some:
        assert {place.name for place in some.within(0, 179, 1, -179)} == {"East", "West"}
        assert {place.name for place, _ in some.nearest(0.5, 179.9, radius_km=100)} == {"East", "West"}
        assert {place.name for place, _ in some.nearest(0.5, -179.9, radius_km=100)} == {"East", "West"}
        assert {place.name for place, _ in some.nearest(89.9, 0, radius_km=100)} == set()


def test_rows_that_an_interrupted_reader_leaves_behind_complain_of_nothing(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    rows = [gazetteer.cities_of("SY"), gazetteer.cities_within(-90, -180, 90, 180)]
    assert all(next(each) for each in rows)
    gazetteer.close()
    rows.clear()
    gc.collect()
    assert complaints == []


def test_places_of_a_pack_count_where_the_text_speaks_of_their_country() -> None:
    lyon = entry(2, "Lyon", 45.75, 4.85, country="FR", population=500_000, name_count=80)
    hamlet = entry(3, "Zelmoutra", 9.0, 1.1, country="TG")
    far = entry(4, "Lyon", 35.0, 36.0, kind="village", country="SY")
    with Gazetteer([layer([ALEPPO, lyon]), layer([hamlet, far])]) as opened:
        assert opened.facts(["Zelmoutra"])["Zelmoutra"].countries == {"TG"}  # no other name shows a country
        assert set(opened.facts(["Zelmoutra", "Lyon"])) == {"Lyon"}
        # A hamlet of a pack does not change what is known of the main name of a town, whatever the text speaks of.
        for names in (["Zelmoutra", "Lyon"], ["Alep", "Lyon"]):
            known = opened.facts(names)
            assert (known["Lyon"].countries, known["Lyon"].kinds) == ({"FR"}, {Kind.CITY})
        assert opened.facts({"Zelmoutra"}) == opened.facts(["Zelmoutra"])


def test_places_read_together_are_those_read_one_by_one(gazetteer: Gazetteer) -> None:
    together = gazetteer.within(-90.0, -180.0, 90.0, 180.0)
    gazetteer.caches.clear()
    assert len(together) > 1
    assert [gazetteer.get(place.id) for place in together] == list(together)


def test_a_match_tells_whether_only_a_pack_knows_the_name(gazetteer: Gazetteer) -> None:
    assert {match.name: match.pack for match in gazetteer.lookup("Beroea")} == {"Beroea": True}
    assert not any(match.pack for name in ("Aleppo", "Kweires") for match in gazetteer.lookup(name))


@pytest.mark.parametrize(("lat", "country", "found"), [(43.4, "TR", ["list:gol"]), (38.0, "TR", ["list:gol", "gn:9"])])
def test_a_listed_place_is_not_told_twice(lat: float, country: str, found: list[str]) -> None:
    listed = entry(0x8000_0001, "Gol", 43.5, 34.0, id="list:gol", kind="water", country="TR", geonameid=None)
    double = entry(9, "Gol", lat, 34.1, kind="water", country=country)
    with Gazetteer([layer([listed]), layer([double])]) as opened:
        assert [match.place.id for match in opened.lookup("Gol")] == found


def test_names_show_the_country_of_a_text(gazetteer: Gazetteer) -> None:
    assert gazetteer.leading_countries(["Aleppo", "Khān Shaykhūn", "Beroea", "Nowhere"]) == {
        "Aleppo": "SY",
        "Khān Shaykhūn": "SY",
    }


def test_names_one_letter_away_are_near_whatever_else_is_known(gazetteer: Gazetteer) -> None:
    assert [match.name for match in gazetteer.near("Aleppx")] == ["Aleppo", "Aleppo"]
    assert gazetteer.near("Alep") == ()


def test_a_name_under_which_a_pack_has_another_place_by_the_same_id_is_none_of_it() -> None:
    stranger = ALEPPO._replace(name="Sarnia", country="CA", lat=42.9, lon=-82.4, names=["Sarnia Twp"])
    with Gazetteer([layer([ALEPPO]), layer([stranger])]) as opened:
        assert [match.place.name for match in opened.lookup("Aleppo")] == ["Aleppo"]
        for name in ("Sarnia", "sarnia twp", "Sarnja"):
            assert opened.lookup(name, strength=MatchType.NEAR) == ()


@pytest.mark.parametrize(("admin1", "doubled"), [("09", False), ("10", True)])
def test_a_division_of_a_pack_is_not_told_beside_that_of_its_name_and_region(admin1: str, doubled: bool) -> None:
    district = entry(901, "Sinjar", 36.3, 41.8, kind="district", admin1="09", admin2="1")
    former = entry(902, "Sinjar", 36.4, 41.9, kind="district", admin1=admin1)
    with Gazetteer([layer([district]), layer([former])]) as opened:
        ids = {match.place.geonameid for match in opened.lookup("Sinjar")}
        assert ids == ({901, 902} if doubled else {901})
