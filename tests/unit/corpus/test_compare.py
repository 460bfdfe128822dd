"""Log-odds against scipy, statuses, and how a side of a comparison is named."""

from __future__ import annotations

import datetime
from collections import Counter
from math import log

import pytest
from scipy.stats.contingency import odds_ratio

from mapgen.corpus.compare import Side, Spot, compared, log_odds
from mapgen.corpus.selection import selection_of
from mapgen.errors import OptionError

SPOTS = {id_: Spot(id_, id_.upper(), "city", "FR", 1.0, 2.0) for id_ in ("a", "b", "c", "d")}


@pytest.mark.parametrize(
    ("a", "total_a", "b", "total_b"), [(30, 200, 90, 300), (500, 2000, 450, 2000), (40, 90, 20, 80)]
)
def test_log_odds_are_those_of_scipy(a: int, total_a: int, b: int, total_b: int) -> None:
    value, low, high = log_odds(a, total_a, b, total_b)
    known = odds_ratio([[b, total_b - b], [a, total_a - a]], kind="sample")
    interval = known.confidence_interval(0.95)
    assert value == pytest.approx(log(known.statistic), abs=0.03)
    assert (low, high) == pytest.approx((log(interval.low), log(interval.high)), abs=0.05)


def test_what_is_missing_on_one_side_has_a_wide_interval() -> None:
    value, low, high = log_odds(0, 100, 1, 100)
    assert low < 0 < value < high


def side(given: str, texts: dict[str, int], names: dict[str, dict[str, int]], documents: int = 50) -> Side:
    return Side(
        given=given, documents=documents, spots={id_: SPOTS[id_] for id_ in texts}, mentions=Counter(texts),
        texts=Counter(texts), names={name: Counter(places) for name, places in names.items()},
    )  # fmt: skip


def test_places_are_new_gone_or_in_both_and_names_change_their_reading() -> None:
    one = side("A", {"a": 40, "b": 5, "c": 10}, {"Vel": {"a": 9, "b": 2}, "Mor": {"c": 3}})
    other = side("B", {"a": 4, "b": 6, "d": 7}, {"Vel": {"b": 5}, "Mor": {"d": 1}, "Tis": {"d": 2}})
    found = compared(one, other)
    assert {change.spot.id: change.status for change in found.changes} == {
        "a": "both", "b": "both", "c": "gone", "d": "new",
    }  # fmt: skip
    assert found.changes[0].spot.id == "a"
    assert found.changes[0].high < 0
    assert found.unit == "documents"
    assert [(each.name, each.places[0].id, each.places[1].id) for each in found.readings] == [
        ("Vel", "a", "b"),
        ("Mor", "c", "d"),
    ]


def test_two_texts_are_compared_by_their_mentions() -> None:
    assert compared(side("A", {"a": 1}, {}, 1), side("B", {"a": 1}, {}, 1)).unit == "mentions"


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("out@2021", "2021-01-01", "2021-12-31"),
        ("out@2021-02", "2021-02-01", "2021-02-28"),
        ("out@2021-02-03", "2021-02-03", "2021-02-03"),
        ("out@2020..2021-06", "2020-01-01", "2021-06-30"),
        ("out@..2021-06", "0001-01-01", "2021-06-30"),
        ("out@2020-05..", "2020-05-01", "9999-12-31"),
        ("out/corpus.html#map=3/1/2&from=2020-05-02&to=2020-06-01", "2020-05-02", "2020-06-01"),
    ],
)
def test_a_side_is_named_by_dates(given: str, first: str, last: str) -> None:
    found = selection_of(given)
    assert found.path == "out"
    assert (found.first, found.last) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


def test_the_address_of_a_page_names_what_it_shows() -> None:
    found = selection_of("file:///home/mes%20textes/out/corpus.html#p=0.35&sense=literal&duplicates=off&undated=off")
    assert found.path == "/home/mes textes/out"
    assert (found.floor, found.sense, found.duplicates, found.undated) == (0.35, "literal", False, False)


def test_a_day_that_does_not_exist_is_told() -> None:
    with pytest.raises(OptionError, match="there is no day 2021-02-30"):
        selection_of("out@2021-02-30")
    assert selection_of("note@home.txt").path == "note@home.txt"
