"""Airports and air bases as places."""

from __future__ import annotations

from mapgen.gazetteer.names import fold
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.gazetteer.sources.airfields import airfield_entries, airfields
from mapgen.model import Kind

FACILITY = KINDS.index(Kind.FACILITY)
MOSUL = Entry(
    1, "", "GeoNames", "Mosul", KINDS.index(Kind.CITY), "IQ", 36.34, 43.12, 1_700_000, "15", (), "fr=Mossoul|de=Mossul"
)  # fmt: skip


CODE = next(field.iata for field in airfields() if field.code == "ORBM")
"""Of the airport of Mosul; the codes of airlines change from month to month."""


def named(*cities: Entry, listed: tuple[Entry, ...] = ()) -> dict[str, Entry]:
    entries, _ = airfield_entries(cities, listed, airfields())
    return {entry.id: entry for entry in entries}


def test_an_airfield_has_the_names_of_its_town_with_the_word_alone() -> None:
    field = named(MOSUL)["icao:ORBM"]
    names = {field.name, *field.names}
    assert {"Mosul Airport", "Mossoul Airport", "Mossul Airport", f"{CODE} Airport"} <= names
    assert all("airport" in name.lower() or "base" in name.lower() for name in names)
    assert (KINDS[field.kind], field.country) == (Kind.FACILITY, "IQ")


def test_no_airfield_is_known_by_a_bare_word() -> None:
    bare = {fold(name) for entry in named().values() for name in (entry.name, *entry.names)}
    assert bare.isdisjoint({"mosul", fold(CODE), "paris", "eagle", "smith"})
    assert "mosul airport" in bare


def test_a_listed_airport_is_not_there_twice_and_takes_the_other_names() -> None:
    own = Entry(7, "list:x", "own", "Mosul International Airport", FACILITY, "IQ", 36.306, 43.147, 0, "", ())
    entries, more = airfield_entries([MOSUL], [own], airfields())
    assert "icao:ORBM" not in {entry.id for entry in entries}
    assert f"{CODE} Airport" in more[7]


def test_an_airfield_is_known_without_its_town() -> None:
    fields = named()
    assert "Heathrow Airport" in fields["icao:EGLL"].names
    assert "Chopin Airport" in fields["icao:EPWA"].names
    assert "Capital Airport" not in fields["icao:ZBAA"].names
    own = Entry(7, "list:x", "own", "Warsaw Okęcie Airport", FACILITY, "PL", 52.166, 20.967, 0, "", ())
    _, more = airfield_entries([], [own], airfields())
    assert {"Chopin Airport", "Okęcie Airport"} <= set(more[7])


def test_every_airfield_has_a_code_of_its_own() -> None:
    codes = [field.code for field in airfields()]
    assert len(codes) == len(set(codes)) > 25_000
    assert all(codes)
