from dataclasses import replace

import numpy as np
import pytest
from resolution_samples import NEUTRAL, by_population, candidates, sheet, toponyms
from resolution_samples import place as sample
from rule_samples import FRENCH, known, place, put

from mapgen.gazetteer import Match
from mapgen.model import Kind, MatchType, Place, Toponym
from mapgen.resolution.arrays import Array
from mapgen.resolution.candidates.candidate_set import candidate_set
from mapgen.resolution.ranking import rank
from mapgen.resolution.ranking.ranker import TopCandidates
from mapgen.resolution.rules import lone_hamlets, remote_positions
from mapgen.resolution.rules.remote import (
    HAMLET_PROBABILITY,
    HOME_PROBABILITY,
    KNOWN_BY_ARTICLE,
    KNOWN_BY_NAMES,
    KNOWN_DESPITE_HOME,
    KNOWN_TO_READERS,
    KNOWN_WORLDWIDE,
    WIDELY_NAMED,
)

TEXT = "Karsa burned."


def after(population: int, *, name: str = "Karsa", home: bool = False, remote: bool = True) -> Toponym:
    abroad = place(name, Kind.CITY, 1.0, 1.0, "AA", population)
    others = [replace(place("Karsa", Kind.VILLAGE, 40.0, 40.0, "BB"), id="at home")] if home else []
    toponym = known(TEXT, abroad, name="Karsa", match=MatchType.EXACT, alternatives=others)
    (placed,) = put(TEXT, toponym, remote=frozenset({0} if remote else ()), main_country="BB")
    return placed


@pytest.mark.parametrize(
    ("population", "name", "kept"),
    [
        (KNOWN_WORLDWIDE - 1, "Karsa", False),
        (KNOWN_WORLDWIDE, "Karsa", True),
        (KNOWN_WORLDWIDE, "Karsaville", False),
        (KNOWN_DESPITE_HOME, "Karsaville", True),
    ],
)
def test_a_little_known_place_in_a_country_the_text_does_not_speak_of_is_none(
    population: int, name: str, kept: bool
) -> None:
    placed = after(population, name=name)
    assert (placed.place is not None) is kept
    if not kept:
        assert placed.resolution is not None
        assert [each.place.id for each in placed.resolution.alternatives] == [name]
        assert placed.resolution.reasons[-1] == f"its only known places lie far from the others: {name}, AA"


@pytest.mark.parametrize(
    ("population", "country", "namesake", "kept"),
    [
        (KNOWN_TO_READERS, "GB", False, True),
        (KNOWN_TO_READERS - 1, "GB", False, False),
        (KNOWN_TO_READERS, "AA", False, False),
        (KNOWN_TO_READERS, "GB", True, False),
    ],
)
def test_a_town_of_the_readers_with_a_name_of_its_own_stays(
    population: int, country: str, namesake: bool, kept: bool
) -> None:
    abroad = place("Karsa", Kind.CITY, 1.0, 1.0, country, population)
    others = [replace(place("Karsa", Kind.VILLAGE, 40.0, 40.0, "CC"), id="elsewhere")] if namesake else []
    toponym = known(TEXT, abroad, name="Karsa", match=MatchType.EXACT, alternatives=others)
    (placed,) = put(TEXT, toponym, remote=frozenset({0}), main_country="BB")
    assert (placed.place is not None) is kept


@pytest.mark.parametrize(
    ("population", "names", "kept"),
    [
        (KNOWN_BY_NAMES, WIDELY_NAMED, True),
        (KNOWN_BY_NAMES - 1, WIDELY_NAMED, False),
        (KNOWN_BY_NAMES, WIDELY_NAMED - 1, False),
    ],
)
def test_a_town_with_names_in_many_languages_is_known(population: int, names: int, kept: bool) -> None:
    abroad = replace(place("Karsa", Kind.CITY, 1.0, 1.0, "AA", population), name_count=names)
    (placed,) = put(TEXT, known(TEXT, abroad), remote=frozenset({0}), main_country="BB")
    assert (placed.place is not None) is kept


@pytest.mark.parametrize(
    ("population", "words", "kept"),
    [(KNOWN_BY_ARTICLE, "au", True), (KNOWN_BY_ARTICLE - 1, "au", False), (KNOWN_BY_ARTICLE, "de", False)],
)
def test_a_town_of_the_readers_that_keeps_its_article_stays(population: int, words: str, kept: bool) -> None:
    text = f"Il est né {words} Karsa."
    abroad = place("Le Karsa", Kind.CITY, 1.0, 1.0, "CH", population)
    district = replace(place("Le Karsa", Kind.DISTRICT, 1.0, 1.0, "CH"), id="district")
    toponym = known(text, abroad, name="Karsa", match=MatchType.FOLDED, alternatives=[district])
    (placed,) = put(text, toponym, language=FRENCH, remote=frozenset({0}), main_country="BB")
    assert (placed.place is not None) is kept


@pytest.mark.parametrize(("cue", "kept"), [(Kind.ROAD, False), (Kind.CITY, True), (None, True)])
def test_a_square_is_no_city_abroad_however_large(cue: Kind | None, kept: bool) -> None:
    abroad = place("Karsa", Kind.CITY, 1.0, 1.0, "AA", KNOWN_WORLDWIDE)
    toponym = known(TEXT, abroad, cue="square" if cue is Kind.ROAD else "", cue_kind=cue)
    (placed,) = put(TEXT, toponym, remote=frozenset({0}), main_country="BB")
    assert (placed.place is not None) is kept


def test_a_place_that_is_not_remote_stays() -> None:
    assert after(0, remote=False).place is not None


@pytest.mark.parametrize(("population", "country"), [(KNOWN_DESPITE_HOME - 1, "BB"), (KNOWN_DESPITE_HOME, "AA")])
def test_a_namesake_in_the_main_country_is_taken(population: int, country: str) -> None:
    placed = after(population, home=True)
    assert placed.place is not None
    assert placed.resolution is not None
    assert placed.place.country == country
    if country == "BB":
        assert placed.resolution.probability == HOME_PROBABILITY
        assert [each.place.country for each in placed.resolution.alternatives] == ["AA"]


@pytest.mark.parametrize(("name", "country"), [("Karsaville", "BB"), ("Karsa", "AA")])
def test_a_capital_is_meant_by_its_main_name_only(name: str, country: str) -> None:
    capital = replace(place(name, Kind.CITY, 1.0, 1.0, "AA", 1_000_000), capital=True)
    at_home = replace(place("Karsa", Kind.CITY, 40.0, 40.0, "BB", 30_000), id="at home")
    toponym = known(TEXT, capital, name="Karsa", alternatives=[at_home])
    (placed,) = put(TEXT, toponym, remote=frozenset({0}), main_country="BB")
    assert placed.place is not None
    assert placed.place.country == country


def positions(text: str, *names: str, main: str = "BB", **tables: Place) -> frozenset[int]:
    toponyms_ = toponyms(text, *names)
    made = sheet(text, toponyms_, {name: candidates(each) for name, each in tables.items()})
    made.run_in_place(by_population, 2)
    return remote_positions(text, made.mentions, rank(made, Even()), main)


class Even:
    """A ranker without an opinion."""

    passes = 1

    def scores(self, features: Array, _number: int) -> Array:
        return np.zeros(len(features))

    contributions = scores

    def probabilities(self, tops: TopCandidates) -> Array:
        return np.full(len(tops.shares), 0.5)


ABROAD = sample("Karsa", "AA", 1.0, 1.0)
AT_HOME = {"Lume": sample("Lume", "BB", 40.0, 40.0), "Tosk": sample("Tosk", "BB", 40.5, 40.0)}


def test_a_place_is_remote_where_all_other_names_lie_in_the_main_country() -> None:
    assert positions("Karsa, then Lume, then Tosk", "Karsa", "Lume", "Tosk", Karsa=ABROAD, **AT_HOME) == {0}


def test_a_place_is_not_remote_without_a_main_country() -> None:
    text = "Karsa, then Lume, then Tosk"
    assert positions(text, "Karsa", "Lume", "Tosk", Karsa=ABROAD, main="", **AT_HOME) == frozenset()


@pytest.mark.parametrize("main", ["", "BB"])
def test_a_sentence_that_names_the_country_of_a_place_means_it(main: str) -> None:
    land = sample("Aland", "AA", 1.0, 12.0, kind=Kind.COUNTRY)
    far = sample("Bland", "BB", 40.0, 41.0, kind=Kind.COUNTRY)
    tables = {"Karsa": ABROAD, "Aland": land, "Bland": far, **AT_HOME}
    names = ("Lume", "Tosk", "Bland", "Karsa", "Aland")
    beside = "Lume, Tosk and Bland burned. They fled to Karsa, in Aland."
    assert 3 not in positions(beside, *names, main=main, **tables)


def test_a_place_is_remote_where_the_text_names_other_countries_alone() -> None:
    far = sample("Bland", "BB", 40.0, 41.0, kind=Kind.COUNTRY)
    text = "Karsa, on the border of Bland, burned"
    assert positions(text, "Karsa", "Bland", main="", Karsa=ABROAD, Bland=far) == {0}


def test_a_city_abroad_under_another_name_gives_way_to_the_place_of_that_name_at_home() -> None:
    abroad = place("Karsaville", Kind.CITY, 1.0, 1.0, "AA", 2 * KNOWN_DESPITE_HOME)
    home = replace(place("Karsa", Kind.DISTRICT, 40.0, 40.0, "BB"), id="at home")
    for others, country in (([home], "BB"), ([], "AA")):
        toponym = known(TEXT, abroad, name="Karsa", match=MatchType.EXACT, alternatives=others)
        (placed,) = put(TEXT, toponym, remote=frozenset({0}), main_country="BB")
        assert placed.place is not None
        assert placed.place.country == country


@pytest.mark.parametrize(("lone", "expected"), [(True, HAMLET_PROBABILITY), (False, 0.9)])
def test_a_hamlet_that_nothing_confirms_is_doubtful(lone: bool, expected: float) -> None:
    hamlet = place("Karsa", Kind.VILLAGE, 1.0, 1.0, "BB")
    toponym = known(TEXT, hamlet, name="Karsa", match=MatchType.EXACT, probability=0.9)
    (placed,) = put(TEXT, toponym, hamlets=frozenset({0} if lone else ()), main_country="BB")
    assert placed.resolution is not None
    assert placed.resolution.probability == pytest.approx(expected)


@pytest.mark.parametrize(
    ("pack", "population", "near", "lone"),
    [(True, 0, False, True), (False, 0, False, False), (True, 900, False, False), (True, 0, True, False)],
)
def test_lone_hamlets_are_those_of_packs_far_from_other_names(
    pack: bool, population: int, near: bool, lone: bool
) -> None:
    hamlet = sample("Karsa", "BB", 10.0, 10.0, kind=Kind.VILLAGE, population=population)
    match = Match(hamlet, MatchType.EXACT, "Karsa", pack)
    city = sample("Belova", "BB", 10.5 if near else 50.0, 10.0, population=500_000)
    text = "Karsa is far from Belova."
    table = {"Karsa": candidate_set((match,), NEUTRAL), "Belova": candidates(city)}
    laid_out = sheet(text, toponyms(text, "Karsa", "Belova"), table)
    laid_out.run_in_place(by_population, 2)
    assert (0 in lone_hamlets(laid_out.mentions, rank(laid_out, Even()))) is lone


@pytest.mark.parametrize(
    ("nif", "remote"),
    [
        (sample("Nif", "AA", 9.0, 9.0, population=KNOWN_WORLDWIDE), False),
        (sample("Nif", "AA", 9.0, 9.0, kind=Kind.COUNTRY), False),
        (sample("Nif", "AA", 1.1, 1.0), False),
        (sample("Nif", "CC", 1.1, 1.0), False),
        (sample("Nif", "AA", 9.0, 9.0), True),
    ],
)
def test_a_known_or_a_near_place_shows_that_the_text_speaks_of_a_country(nif: Place, remote: bool) -> None:
    tables = {"Karsa": ABROAD, "Lume": AT_HOME["Lume"], "Nif": nif}
    assert (0 in positions("Karsa, then Lume, then Nif", "Karsa", "Lume", "Nif", **tables)) is remote


@pytest.mark.parametrize(("colon", "others", "remote"), [(":", 0, {1, 2}), (",", 0, {0}), (":", 1, {0})])
def test_the_topic_of_a_text_outweighs_two_namesakes_abroad(colon: str, others: int, remote: set[int]) -> None:
    names = ["Lume", "Karsa", "Nif", "Tosk"][: 3 + others]
    text = f"{names[0]} {colon} snow from {', '.join(names[1:])}"
    abroad = {"Karsa": ABROAD, "Nif": sample("Nif", "AA", 9.0, 9.0), "Tosk": sample("Tosk", "AA", 20.0, 9.0)}
    tables = {"Lume": sample("Lume", "BB", 40.0, 40.0, population=KNOWN_WORLDWIDE), **abroad}
    assert positions(text, *names, main="AA", **tables) == remote
