"""The sea, or the division that is named after it; a town of the readers, or its namesake abroad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import FRENCH, known, place, put

from mapgen.model import Kind, MatchType
from mapgen.resolution.rules.unsupported import HOME_TOWN_PROBABILITY, SEA_PROBABILITY

DIVISION = place("Xyz", Kind.REGION, 6.6, 2.2, "BJ")
SEA = replace(place("Xyz", Kind.WATER, 14.6, -28.7, ""), id="sea")
SHIPS = "Ships crossed the Xyz to Abc."


def sea_meant(town: str = "FR", country: str = "BJ", **facts: object) -> tuple[str, float]:
    beside = place("Abc", Kind.CITY, 48.0, -4.0, town)
    named = known(
        SHIPS,
        replace(DIVISION, country=country),
        name="Xyz",
        match=MatchType.EXACT,
        alternatives=[SEA],
        probability=0.99,
        **facts,
    )
    answer, _ = put(SHIPS, named, known(SHIPS, beside))
    assert answer.place is not None
    assert answer.resolution is not None
    return answer.place.id, answer.resolution.probability


def test_the_sea_is_meant_where_the_text_speaks_of_other_countries() -> None:
    assert sea_meant() == ("sea", SEA_PROBABILITY)


@pytest.mark.parametrize("told", [{"town": "BJ"}, {"country": "US"}, {"cue": "department", "cue_kind": Kind.DISTRICT}])
def test_the_division_is_meant_where_the_text_speaks_of_it(told: dict[str, object]) -> None:
    assert sea_meant(**told)[0] == "Xyz"  # type: ignore[arg-type]


ABROAD = place("Xyz", Kind.CITY, 40.7, -74.1, "US", 66_000)
AT_HOME = replace(place("Xyz", Kind.CITY, 43.5, -1.5, "FR", 50_000), id="home")
MARKET = "À Xyz, le marché a rouvert ; Abc attend."


def town_meant(*, beside: str = "", home: int = 50_000, capital: bool = False) -> tuple[str, float]:
    abroad, town = replace(ABROAD, capital=capital), replace(AT_HOME, population=home)
    named = [known(MARKET, abroad, name="Xyz", match=MatchType.EXACT, alternatives=[town], probability=0.99)]
    if beside:
        named.append(known(MARKET, place("Abc", Kind.CITY, 40.0, -75.0, beside)))
    answer = put(MARKET, *named, language=FRENCH)[0]
    assert answer.place is not None
    assert answer.resolution is not None
    return answer.place.id, answer.resolution.probability


def test_a_text_that_says_nothing_else_means_the_town_of_its_readers() -> None:
    assert town_meant() == ("home", HOME_TOWN_PROBABILITY)
    assert town_meant(beside="IT")[0] == "home"


@pytest.mark.parametrize("told", [{"beside": "US"}, {"home": 5_000}, {"capital": True}])
def test_the_namesake_stays_where_the_text_or_its_size_speaks_for_it(told: dict[str, object]) -> None:
    assert town_meant(**told)[0] == "Xyz"  # type: ignore[arg-type]
