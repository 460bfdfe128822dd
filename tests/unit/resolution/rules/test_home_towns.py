"""A town of the readers, or its namesake abroad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import FRENCH, known, place, put

from mapgen.model import Kind, MatchType
from mapgen.resolution.rules.home_towns import HOME_TOWN_PROBABILITY

ABROAD = place("Xyz", Kind.CITY, 40.7, -74.1, "US", 66_000)
AT_HOME = replace(place("Xyz", Kind.CITY, 43.5, -1.5, "FR", 50_000), id="home")
TEXT = "À Xyz, le marché a rouvert ; Abc attend."


def meant(*, beside: str = "", home: int = 50_000, capital: bool = False) -> tuple[str, float]:
    abroad, town = replace(ABROAD, capital=capital), replace(AT_HOME, population=home)
    named = [known(TEXT, abroad, name="Xyz", match=MatchType.EXACT, alternatives=[town], probability=0.99)]
    if beside:
        named.append(known(TEXT, place("Abc", Kind.CITY, 40.0, -75.0, beside)))
    answer = put(TEXT, *named, language=FRENCH)[0]
    assert answer.place is not None
    assert answer.resolution is not None
    return answer.place.id, answer.resolution.probability


def test_a_text_that_says_nothing_else_means_the_town_of_its_readers() -> None:
    assert meant() == ("home", HOME_TOWN_PROBABILITY)
    assert meant(beside="IT")[0] == "home"


@pytest.mark.parametrize("told", [{"beside": "US"}, {"home": 5_000}, {"capital": True}])
def test_the_namesake_stays_where_the_text_or_its_size_speaks_for_it(told: dict[str, object]) -> None:
    assert meant(**told)[0] == "Xyz"  # type: ignore[arg-type]
