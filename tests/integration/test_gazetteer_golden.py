"""Names as they are written, against the places they mean; words and persons, against the places they do not mean."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapgen.model import MatchType

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

GOLDEN = Path(__file__).parent.parent / "golden"


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_names_find_the_right_place_first_among_those_of_its_country(gazetteer: "Gazetteer") -> None:
    pairs = rows("name-pairs.csv")
    assert len(pairs) >= 150
    wrong = []
    for pair in pairs:
        matches = gazetteer.lookup(pair["written"], strength=MatchType.NEAR, country=pair["country"], limit=1)
        if not matches or str(matches[0].place.geonameid) != pair["geonameid"]:
            wrong.append((pair["written"], [match.place.name for match in matches]))
    assert len(wrong) <= 0.05 * len(pairs), wrong


@pytest.mark.parametrize("match", ["exact", "folded", "transliterated", "near"])
def test_matches_tell_how_they_were_made(gazetteer: "Gazetteer", match: str) -> None:
    pairs = [pair for pair in rows("name-pairs.csv") if pair["match"] == match]
    types = [
        found[0].type.value if found else ""
        for pair in pairs
        if (found := gazetteer.lookup(pair["written"], strength=MatchType.NEAR, country=pair["country"], limit=1))
        is not None
    ]
    assert types.count(match) >= 0.9 * len(pairs)


def test_words_and_persons_are_not_taken_for_places_that_are_not_so_called(gazetteer: "Gazetteer") -> None:
    words = [row["word"] for row in rows("common-words.csv")]
    facts = gazetteer.facts(words)
    # A place that bears the very name (Mars, Road, Martin) is there: only the words around can tell.
    wrong = [word for word, fact in facts.items() if fact.match is not MatchType.EXACT]
    assert len(wrong) <= 0.02 * len(words), wrong
