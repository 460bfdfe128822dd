from __future__ import annotations

import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderRateLimited, GeocoderServiceError, GeocoderTimedOut
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback import Clock, Loopback

from mapgen.errors import GeocodingError, OptionError
from mapgen.geocoding import OnlineGeocoder
from mapgen.geocoding.online import LONGEST_NAME, user_agent

Found = Callable[..., dict[str, Any]]
Make = Callable[..., OnlineGeocoder]


@pytest.fixture
def make(loopback: Loopback, clock: Clock, tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    def made(**options: Any) -> OnlineGeocoder:
        options = {
            "url": loopback.url,
            "home": tmp_path,
            "timeout": 5,
            "now": clock.now,
            "sleep": clock.sleep,
        } | options
        geocoder = OnlineGeocoder("nominatim", **options)
        request.addfinalizer(geocoder.close)
        return geocoder

    return made


def fails(geocoder: OnlineGeocoder, name: str, **options: str) -> None:
    """A question that the geocoder answers with an error, not with "no such place"."""
    with pytest.raises(GeocodingError):
        geocoder.places(name, **options)


def test_an_answer_is_asked_for_once(loopback: Loopback, make: Make, found: Found) -> None:
    loopback.say([found()])
    first = make()
    places = first.places("Sukayk", country="sy", language="fr")
    assert [place.name for place in places] == ["Sukayk"]
    assert first.places(" Sukayk\n", country="SY", language="FR") == places
    assert make().places("Sukayk", country="SY", language="fr") == places
    assert len(loopback.requests) == 1
    assert first.asked == 1


def test_unknown_is_kept_for_a_month(loopback: Loopback, make: Make, clock: Clock, found: Found) -> None:
    assert make().places("Sukayk") == ()
    loopback.say([found()])
    assert make().places("Sukayk") == ()
    clock.time += 31 * 86_400
    assert len(make().places("Sukayk")) == 1
    assert len(loopback.requests) == 2


FAILURES = [
    (429, {"Retry-After": "2"}, "wants fewer requests"),
    (500, {}, "failed (HTTP 500"),
    (502, {}, "failed (HTTP 502"),
    (503, {}, "too slow or overloaded (HTTP 503"),
    (504, {}, "too slow or overloaded (HTTP 504"),
    (404, {}, "failed (HTTP 404"),
    (400, {}, "failed (HTTP 400"),
    (403, {}, "refuses (HTTP 403"),
    (401, {}, "refuses (HTTP 401"),
]


@pytest.mark.parametrize(("status", "headers", "words"), FAILURES)
def test_a_failure_is_told_and_never_kept(
    status: int, headers: dict[str, str], words: str, loopback: Loopback, make: Make, found: Found
) -> None:
    loopback.say({"error": "x"}, status=status, **{name.replace("-", "_"): value for name, value in headers.items()})
    geocoder = make()
    fails(geocoder, "Sukayk")
    fails(geocoder, "Sukayk")  # the same name is not asked for again in this run
    assert geocoder.asked == len(geocoder.errors) == 1
    (warning,) = geocoder.warnings
    assert words in warning
    assert "Sukayk" in warning
    assert "127.0.0.1" in warning
    loopback.say([found()])
    assert len(make().places("Sukayk")) == 1


def test_a_few_failures_in_a_row_end_the_asking(loopback: Loopback, make: Make) -> None:
    loopback.say(b"", status=500)
    geocoder = make()
    for number in range(10):
        fails(geocoder, f"Nom {number}")
    assert (geocoder.asked, geocoder.stopped) == (3, True)
    (warning,) = geocoder.warnings
    assert "3 of 3 questions failed; given up, 7 more not asked" in warning
    assert "\n" not in warning


def test_an_answer_between_failures_starts_the_count_anew(loopback: Loopback, make: Make, found: Found) -> None:
    loopback.say(b"", status=500)
    geocoder = make()
    for number in range(12):
        if number % 3 == 2:
            loopback.say([found()], to=f"Nom {number}")
            assert geocoder.places(f"Nom {number}")
        else:
            fails(geocoder, f"Nom {number}")
    assert (geocoder.asked, geocoder.stopped, len(geocoder.errors)) == (12, False, 8)
    assert len(geocoder.warnings) == 1


def test_a_refusal_for_good_ends_the_asking_at_once(loopback: Loopback, make: Make) -> None:
    loopback.say(b"", status=403)
    geocoder = make()
    fails(geocoder, "Alep")
    fails(geocoder, "Hama")
    assert (geocoder.asked, geocoder.stopped) == (1, True)


def test_what_is_kept_is_there_even_after_giving_up(loopback: Loopback, make: Make, found: Found) -> None:
    loopback.say([found()], to="Sukayk")
    loopback.say(b"", status=403)
    geocoder = make()
    assert len(geocoder.places("Sukayk")) == 1
    fails(geocoder, "Alep")
    assert geocoder.stopped
    assert len(geocoder.places("Sukayk")) == 1


def test_one_request_a_second(loopback: Loopback, make: Make, clock: Clock) -> None:
    begin = clock.time
    for geocoder in (make(), make()):
        for number in range(3):
            geocoder.places(f"Nom {number} {id(geocoder)}")
    assert len(loopback.requests) == 6
    assert clock.time - begin == pytest.approx(5.0)
    make(interval=4).places("Un de plus")
    make(interval=4).places("Et un autre")
    assert clock.time - begin == pytest.approx(10.0)


def test_retry_after_is_heeded(loopback: Loopback, make: Make, clock: Clock, found: Found) -> None:
    loopback.say(b"", to="Alep", status=429, Retry_After="20")
    loopback.say([found()])
    geocoder = make()
    fails(geocoder, "Alep")
    assert isinstance(geocoder.errors[0].__cause__, GeocoderRateLimited)
    begin = clock.time
    assert len(geocoder.places("Sukayk")) == 1
    assert clock.time - begin == pytest.approx(20)


def test_a_long_retry_after_ends_the_asking(loopback: Loopback, make: Make, clock: Clock) -> None:
    loopback.say(b"", status=429, Retry_After="3600")
    geocoder = make()
    fails(geocoder, "Alep")
    fails(geocoder, "Hama")
    assert geocoder.stopped
    assert sum(clock.slept) == 0


def test_ask_raises_with_its_evidence(make: Make, clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    geocoder = make(url=f"http://127.0.0.1:{port}")
    with pytest.raises(GeocodingError, match="refused") as error:
        geocoder.ask("Alep")
    assert isinstance(error.value.__cause__, GeocoderServiceError)
    assert error.value.exit_code == 1
    with pytest.raises(OptionError, match="no name"):
        geocoder.ask("...")


def test_a_slow_server(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        geocoder = make(url=f"http://127.0.0.1:{server.getsockname()[1]}", timeout=0.3)
        fails(geocoder, "Alep")
    assert isinstance(geocoder.errors[0].__cause__, GeocoderTimedOut)


@pytest.mark.parametrize("name", ["", " ", "…", "x" * (LONGEST_NAME + 1), "un deux trois quatre " * 4, "\n\t"])
def test_what_is_no_name_is_not_asked(name: str, loopback: Loopback, make: Make) -> None:
    geocoder = make()
    assert geocoder.places(name) == ()
    assert loopback.requests == []
    assert geocoder.warnings == ()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.text(max_size=120), country=st.text(max_size=3), language=st.sampled_from(["", "fr"]))
def test_only_name_country_and_language_leave_the_machine(
    name: str, country: str, language: str, loopback: Loopback, make: Make
) -> None:
    loopback.requests.clear()
    try:
        make().places(name, country=country, language=language)
    except UnicodeEncodeError:
        pytest.fail("a name with half a surrogate pair must not get as far")
    for _, asked, _ in loopback.requests:
        assert set(asked) <= {
            "q",
            "format",
            "limit",
            "addressdetails",
            "namedetails",
            "extratags",
            "countrycodes",
            "accept-language",
        }
        assert len(asked["q"]) <= LONGEST_NAME
        assert asked.get("countrycodes", country.strip().upper()) == country.strip().upper()


def test_a_home_that_cannot_be_written_is_told_once(
    make: Make, tmp_path: Path, loopback: Loopback, found: Found
) -> None:
    home = tmp_path / "home"
    home.write_text("a file", encoding="utf-8")
    loopback.say([found()])
    geocoder = make(home=home)
    assert len(geocoder.places("Sukayk")) == 1
    assert len(geocoder.places("Sukayk")) == 1
    assert len(loopback.requests) == 1
    (warning,) = geocoder.warnings
    assert "not kept" in warning


def test_the_user_agent_is_ours() -> None:
    assert user_agent().startswith("mapgen/")


def test_threads_share_one_geocoder_and_its_pace(loopback: Loopback, make: Make, clock: Clock, found: Found) -> None:
    loopback.say([found()])
    geocoder = make()
    begin = clock.time
    names = [f"Nom {number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(geocoder.places, names))
    assert [len(places) for places in answers] == [1] * 8
    assert geocoder.asked == len(loopback.requests) == 8
    assert clock.time - begin >= 7
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(geocoder.places, names)) == answers
    assert geocoder.asked == 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_opens_the_cache_anew(loopback: Loopback, make: Make, found: Found) -> None:
    loopback.say([found()])
    geocoder = make()
    places = geocoder.places("Sukayk")
    child = os.fork()
    if child == 0:  # nothing but the exit code leaves the child
        try:
            os._exit(0 if geocoder.places("Sukayk") == places and not geocoder.trouble else 3)
        except BaseException:
            os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert geocoder.places("Sukayk") == places
    assert len(loopback.requests) == 1
