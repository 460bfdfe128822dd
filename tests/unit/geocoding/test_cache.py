from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from loopback import Clock

from mapgen.geocoding.cache import ANSWER_DAYS, UNKNOWN_DAYS, AnswerCache, Question
from mapgen.model import Division, Kind, Place

QUESTION = Question(service="nominatim", url="https://a.org", name="Sukayk", country="SY", language="fr")
PLACE = Place(
    id="nominatim:N42",
    source="Nominatim",
    name="Sukayk",
    kind=Kind.VILLAGE,
    country="SY",
    lat=35.429,
    lon=36.771,
    admin=(Division(id="iso:SY-HM", name="Hama", labels=(("fr", "Hama"),)),),
    names=("سكيك",),
    labels=(("en", "Sukayk"), ("fr", "Soukaïk")),
)
DAY = 86_400


def test_an_answer_is_kept_and_survives_the_run(tmp_path: Path) -> None:
    with AnswerCache(tmp_path) as cache:
        assert cache.find(QUESTION) is None
        cache.keep(QUESTION, (PLACE,))
    with AnswerCache(tmp_path) as cache:
        assert cache.find(QUESTION) == (PLACE,)
        for other in ("service", "url", "name", "country", "language"):
            assert cache.find(replace(QUESTION, **{other: "other"})) is None
        assert cache.trouble == ""


def test_unknown_is_believed_for_a_month_and_an_answer_for_a_year(tmp_path: Path, clock: Clock) -> None:
    known, unknown = QUESTION, replace(QUESTION, name="Nulle part")
    with AnswerCache(tmp_path, now=clock.now) as cache:
        cache.keep(known, (PLACE,))
        cache.keep(unknown, ())
        clock.time += UNKNOWN_DAYS * DAY - 1
        assert (cache.find(known), cache.find(unknown)) == ((PLACE,), ())
        clock.time += 2
        assert (cache.find(known), cache.find(unknown)) == ((PLACE,), None)
        clock.time += ANSWER_DAYS * DAY
        assert cache.find(known) is None
        cache.keep(known, ())
        assert cache.find(known) == ()


def test_an_answer_from_the_future_is_not_believed(tmp_path: Path, clock: Clock) -> None:
    with AnswerCache(tmp_path, now=clock.now) as cache:
        cache.keep(QUESTION, (PLACE,))
        clock.time -= DAY
        assert cache.find(QUESTION) is None


def test_the_pace_is_kept_by_all_runs_together(tmp_path: Path, clock: Clock) -> None:
    with AnswerCache(tmp_path, now=clock.now) as one, AnswerCache(tmp_path, now=clock.now) as two:
        waits = [cache.turn("a.org", 1.0) for cache in (one, two, one, two)]
        assert [round(wait, 3) for wait in waits] == [0, 1, 2, 3]
        assert one.turn("b.org", 1.0) == 0
        clock.time += 60
        assert two.turn("a.org", 1.0) == 0


def test_a_clock_that_was_set_back_stops_nobody(tmp_path: Path, clock: Clock) -> None:
    with AnswerCache(tmp_path, now=clock.now) as cache:
        cache.turn("a.org", 1.0)
        clock.time -= 10 * DAY
        assert cache.turn("a.org", 1.0) <= 300


def test_a_server_may_be_left_alone_for_longer(tmp_path: Path, clock: Clock) -> None:
    with AnswerCache(tmp_path, now=clock.now) as cache:
        cache.turn("a.org", 1.0)
        cache.postpone("a.org", 20.0)
        cache.postpone("a.org", 5.0)
        assert round(cache.turn("a.org", 1.0), 3) == 20


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    with AnswerCache(tmp_path) as cache:
        cache.keep(QUESTION, (PLACE,))
    (path,) = tmp_path.glob("*.sqlite")
    path.write_bytes(b"no database at all" * 1000)
    with AnswerCache(tmp_path) as cache:
        assert cache.find(QUESTION) is None
        cache.keep(QUESTION, (PLACE,))
        assert cache.find(QUESTION) == (PLACE,)
        assert cache.trouble == ""


def test_a_row_of_another_form_counts_as_none(tmp_path: Path) -> None:
    with AnswerCache(tmp_path) as cache:
        cache.keep(QUESTION, (PLACE,))
    (path,) = tmp_path.glob("*.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE answer SET places = '[{"name": "x"}]'""")
    connection.commit()
    connection.close()
    with AnswerCache(tmp_path) as cache:
        assert cache.find(QUESTION) is None


def test_a_home_that_cannot_be_is_told_and_does_no_harm(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where a folder should be", encoding="utf-8")
    with AnswerCache(home) as cache:
        assert "not kept" in cache.trouble
        cache.keep(QUESTION, (PLACE,))
        assert cache.find(QUESTION) == (PLACE,)
        assert cache.turn("a.org", 1.0) == 0


def test_a_full_disk_is_told_and_does_no_harm(tmp_path: Path) -> None:
    with AnswerCache(tmp_path) as cache:
        cache._connection.execute("PRAGMA max_page_count = 1")
        for number in range(200):
            cache.keep(replace(QUESTION, name=f"{number}"), (PLACE,) * 20)
        assert "full" in cache.trouble


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
PLACES = st.builds(
    Place,
    id=TEXT,
    source=TEXT,
    name=TEXT,
    kind=st.sampled_from(Kind),
    country=TEXT,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    geonameid=st.none() | st.integers(0, 2**31),
    population=st.integers(0, 2**31),
    admin=st.lists(st.builds(Division, id=TEXT, name=TEXT, labels=st.lists(st.tuples(TEXT, TEXT)).map(tuple))).map(
        tuple
    ),
    admin1=TEXT,
    names=st.lists(TEXT).map(tuple),
    labels=st.lists(st.tuples(TEXT, TEXT)).map(tuple),
    name_count=st.integers(0, 1000),
    capital=st.booleans(),
)


@given(TEXT, st.lists(PLACES, max_size=3).map(tuple))
def test_whatever_is_kept_comes_back(name: str, places: tuple[Place, ...]) -> None:
    with AnswerCache(None) as cache:
        question = replace(QUESTION, name=name)
        cache.keep(question, places)
        assert cache.find(question) == places
