from typing import Any

import numpy as np
import pytest
from resolution_samples import by_population, candidates, place, sheet, toponyms

from mapgen.corrections import Ruling
from mapgen.model import Sense
from mapgen.resolution.arrays import Array
from mapgen.resolution.evidence import Sheet
from mapgen.resolution.ranking import Ranker, main_country, rank
from mapgen.resolution.ranking.ranked import OWN_PROBABILITY, top_candidate
from mapgen.resolution.ranking.ranker import TopCandidates

BIG = place("Springfield", "US", population=170_000)
SMALL = place("Springfield", "GB", population=2_000)
OWN = place("Springfield", "FR", id="own:springfield")


class Constant:
    """A ranker that is as sure of everything as of everything else."""

    passes = 1

    def scores(self, features: Array, _number: int) -> Array:
        return np.zeros(len(features))

    def contributions(self, features: Array) -> Array:
        return np.zeros_like(features)

    def probabilities(self, tops: TopCandidates) -> Array:
        return np.full(len(tops.shares), 0.25)


CONSTANT: Ranker = Constant()


def ready(*places: Any, score: Any = by_population, ruling: Ruling | None = None, **facts: Any) -> Sheet:
    names = toponyms("Springfield", "Springfield", **facts)
    rulings = {names[0].span: ruling} if ruling else None
    made = sheet("Springfield", names, {"Springfield": candidates(*places)}, rulings=rulings)
    made.run_in_place(score, 1)
    return made


def test_the_highest_score_comes_first() -> None:
    ranked = rank(ready(SMALL, BIG), CONSTANT)
    assert ranked.orders == [[1, 0]]
    assert ranked.scores[0][0] > ranked.scores[0][1]
    assert ranked.shares[0][0] > ranked.shares[0][1]
    assert ranked.probabilities == [0.25]


def test_of_equal_scores_the_better_known_place_comes_first() -> None:
    assert rank(ready(SMALL, BIG, score=Constant().scores), CONSTANT).orders == [[0, 1]]


def test_a_place_of_the_users_own_comes_first_whatever_its_score() -> None:
    ranked = rank(ready(BIG, OWN), CONSTANT)
    assert ranked.orders == [[1, 0]]
    assert ranked.probabilities == [OWN_PROBABILITY]


def test_a_ruling_comes_before_a_place_of_the_users_own() -> None:
    made = ready(BIG, OWN, SMALL, ruling=Ruling(place=SMALL, reason="decided"))
    first = made.mentions[0].candidates.matches[rank(made, CONSTANT).orders[0][0]]
    assert first.place.id == SMALL.id


def test_a_name_without_candidates_has_an_empty_order() -> None:
    ranked = rank(ready(), CONSTANT)
    assert (ranked.orders, ranked.probabilities) == ([[]], [0.0])


def test_each_mention_has_rows_of_its_own() -> None:
    text = "Springfield, Nowhere, Lyon"
    table = {"Springfield": candidates(SMALL, BIG), "Lyon": candidates(place("Lyon", population=5))}
    made = sheet(text, toponyms(text, "Springfield", "Nowhere", "Lyon"), table)
    made.run_in_place(by_population, 1)
    assert rank(made, CONSTANT).orders == [[1, 0], [], [0]]


def test_the_top_candidate_is_the_input_of_a_calibration() -> None:
    made = ready(SMALL, BIG)
    row, top = top_candidate(made.mentions[0])
    assert (row, top.candidates.tolist(), top.is_division.tolist()) == (1, [2], [False])
    assert top.shares[0] == made.mentions[0].shares[1]


@pytest.mark.parametrize(
    ("countries", "expected"),
    [(("SY", "SY", "FR"), "SY"), (("SY", "FR", "DE"), ""), (("SY", "FR"), "FR"), (("", ""), ""), ((), "")],
)
def test_the_main_country_has_half_of_the_places(countries: tuple[str, ...], expected: str) -> None:
    names = [f"Town{number}" for number in range(len(countries))]
    table = {name: candidates(place(name, country)) for name, country in zip(names, countries, strict=True)}
    made = sheet(" ".join(names), toponyms(" ".join(names), *names), table)
    made.run_in_place(by_population, 1)
    assert main_country(made.mentions) == expected


def test_governments_have_no_part_in_the_main_country() -> None:
    made = ready(BIG, sense=Sense.METONYMIC)
    assert main_country(made.mentions) == ""
