from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.errors import OptionError
from mapgen.gazetteer import Match
from mapgen.geocoding.query import Query, parse_query, prominence
from mapgen.model import Kind, MatchType, Place


@pytest.mark.parametrize(
    ("query", "readings"),
    [
        ("Alep", [Query("Alep")]),
        ("  Khan \n Cheikhoun ", [Query("Khan Cheikhoun")]),
        ("Paris, Texas", [Query("Paris", ("Texas",)), Query("Paris, Texas")]),
        (
            "Springfield, Illinois, USA",
            [Query("Springfield", ("Illinois", "USA")), Query("Springfield, Illinois, USA")],
        ),
        ("Paris,", [Query("Paris")]),
        (", ,", []),
        ("", []),
        ({"city": "Alep", "country": "Syrie"}, [Query("Alep", ("Syrie",))]),
        ({"state": "Texas", "street": "Main Street"}, [Query("Texas")]),
        ({"country": "Syrie", "state": "Hama", "county": "X", "city": "Y"}, [Query("Y", ("X", "Hama", "Syrie"))]),
    ],
)
def test_readings(query: str | dict[str, str], readings: list[Query]) -> None:
    assert list(parse_query(query)) == readings


def test_a_structured_query_of_nothing() -> None:
    with pytest.raises(OptionError, match="needs one of: city"):
        parse_query({"street": "Main Street"})


def match(kind: Kind = Kind.CITY, *, type_: MatchType = MatchType.EXACT, name: str = "X", **facts: object) -> Match:
    place = Place(id="gn:1", source="s", name="X", kind=kind, country="FR", lat=0, lon=0, **facts)  # type: ignore[arg-type]
    return Match(place, type_, name)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (match(population=2_000_000), match(population=20_000)),
        (match(population=200_000, type_=MatchType.FOLDED), match(population=500)),
        (match(population=500), match(population=9_000, type_=MatchType.TRANSLITERATED)),
        (match(Kind.COUNTRY, population=600_000), match(population=120_000, capital=True)),
        (match(population=20_000), match(population=90_000, name="of another language")),
        (match(population=50_000), match(Kind.VILLAGE, population=50_000)),
        (match(population=50_000, name_count=60), match(population=60_000, name_count=2)),
    ],
)
def test_prominence(more: Match, less: Match) -> None:
    assert prominence(more) > prominence(less)


def test_a_place_of_the_users_own_wins() -> None:
    place = Place(id="own:x", source="s", name="X", kind=Kind.VILLAGE, country="", lat=0, lon=0)
    assert prominence(Match(place, MatchType.EXACT, "X")) > prominence(match(Kind.COUNTRY, population=10**9))


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    for reading in parse_query(text):
        assert reading.name
        assert reading.name == reading.name.strip()
