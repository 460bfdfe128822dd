"""The sea, or the division that is named after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import known, place, put

from mapgen.model import Kind, MatchType
from mapgen.resolution.rules.seas import SEA_PROBABILITY

DIVISION = place("Xyz", Kind.REGION, 6.6, 2.2, "BJ")
SEA = replace(place("Xyz", Kind.WATER, 14.6, -28.7, ""), id="sea")
TEXT = "Ships crossed the Xyz to Abc."


def meant(town: str = "FR", country: str = "BJ", **facts: object) -> tuple[str, float]:
    beside = place("Abc", Kind.CITY, 48.0, -4.0, town)
    named = known(
        TEXT,
        replace(DIVISION, country=country),
        name="Xyz",
        match=MatchType.EXACT,
        alternatives=[SEA],
        probability=0.99,
        **facts,
    )
    answer, _ = put(TEXT, named, known(TEXT, beside))
    assert answer.place is not None
    assert answer.resolution is not None
    return answer.place.id, answer.resolution.probability


def test_the_sea_is_meant_where_the_text_speaks_of_other_countries() -> None:
    assert meant() == ("sea", SEA_PROBABILITY)


@pytest.mark.parametrize("told", [{"town": "BJ"}, {"country": "US"}, {"cue": "department", "cue_kind": Kind.DISTRICT}])
def test_the_division_is_meant_where_the_text_speaks_of_it(told: dict[str, object]) -> None:
    assert meant(**told)[0] == "Xyz"  # type: ignore[arg-type]
