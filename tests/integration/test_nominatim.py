"""A real Nominatim on the loopback, nginx before it, a hang, a closed port: what geopy makes of each, and what we do.

`.ci/nominatim` builds the server's database and says where it is (MAPGEN_NOMINATIM).
"""

from __future__ import annotations

import contextlib
import signal
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from geopy.adapters import URLLibAdapter
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.geocoders import Nominatim
from servers import Server, free_port

from mapgen.errors import GeocodingError
from mapgen.gazetteer import Gazetteer
from mapgen.geocoding import GazetteerGeocoder, OnlineGeocoder
from mapgen.model import Kind

pytestmark = pytest.mark.nominatim


@pytest.fixture
def geocoder(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., OnlineGeocoder]:
    """Make a geocoder whose pace costs no time: its clock leaps when it sleeps."""
    leapt = 0.0

    def now() -> float:
        return time.time() + leapt

    def sleep(seconds: float) -> None:
        nonlocal leapt
        leapt += seconds

    def make(url: str, *, timeout: float = 10) -> OnlineGeocoder:
        made = OnlineGeocoder("nominatim", url=url, home=tmp_path, timeout=timeout, now=now, sleep=sleep)
        request.addfinalizer(made.close)
        return made

    return make


Make = Callable[..., OnlineGeocoder]


def fails(geocoder: OnlineGeocoder, name: str, **options: str) -> None:
    """A question that the geocoder answers with an error, not with "no such place"."""
    with pytest.raises(GeocodingError):
        geocoder.places(name, **options)


@pytest.mark.parametrize(
    ("name", "country", "id_", "kind", "lat", "lon"),
    [
        ("Kweires", "SY", "nominatim:W5", Kind.FACILITY, 36.187, 37.583),
        ("Sukayk", "SY", "nominatim:N3", Kind.VILLAGE, 35.429, 36.771),
        ("سكيك", "", "nominatim:N3", Kind.VILLAGE, 35.429, 36.771),
        ("Cheikh Najjar", "SY", "nominatim:N4", Kind.QUARTER, 36.254, 37.248),
        ("Oronte", "SY", "nominatim:W9", Kind.WATER, 35.256, 36.415),
        ("Lac el-Assad", "SY", "nominatim:W7", Kind.WATER, 35.86, 38.4),
        ("Mont Zeïn", "SY", "nominatim:N10", Kind.TERRAIN, 35.35, 36.25),
        ("M5", "SY", "nominatim:W8", Kind.ROAD, 35.588, 36.929),
        ("Zone industrielle d'Alep", "SY", "nominatim:W6", Kind.FACILITY, 36.26, 37.26),
        ("Syrie", "", "nominatim:R1", Kind.COUNTRY, 34.8, 39.05),
        ("Gouvernorat d'Alep", "SY", "nominatim:R3", Kind.REGION, 36.25, 37.675),
    ],
)
def test_places(
    name: str, country: str, id_: str, kind: Kind, lat: float, lon: float, nominatim: Server, geocoder: Make
) -> None:
    places = geocoder(nominatim.url).places(name, country=country, language="fr")
    (place,) = (each for each in places if each.id == id_)
    assert (place.source, place.kind, place.country) == ("Nominatim", kind, "SY")
    assert (place.lat, place.lon) == (pytest.approx(lat, abs=0.001), pytest.approx(lon, abs=0.001))


def test_facts_of_a_city(nominatim: Server, geocoder: Make) -> None:
    place = geocoder(nominatim.url).places("Alep", country="SY", language="fr")[0]
    assert (place.name, place.kind, place.population) == ("Alep", Kind.CITY, 2_098_210)
    assert (place.label("fr"), place.label("en"), place.label("ar")) == ("Alep", "Aleppo", "حلب")
    assert [(division.id, division.name) for division in place.admin] == [("iso:SY-HL", "Gouvernorat d'Alep")]


def test_many_of_one_name_and_one_country(nominatim: Server, geocoder: Make) -> None:
    asked = geocoder(nominatim.url)
    assert len(asked.places("Al-Hamra", language="fr")) == 4
    assert [place.country for place in asked.places("Al-Hamra", country="SY")] == ["SY"] * 3
    assert [place.country for place in asked.places("Al-Hamra", country="LB")] == ["LB"]
    assert asked.places("Al-Hamra", country="FR") == ()
    assert asked.warnings == ()


def test_hostile_names_come_as_they_are(nominatim: Server, geocoder: Make) -> None:
    (place,) = geocoder(nominatim.url).places("Tell", country="SY", language="fr")
    assert place.name == "Tell \"&'<b>"
    assert "Tell <script>alert(1)</script>" in place.names


def test_unknown_is_kept_and_asked_for_once(nginx: Server, geocoder: Make) -> None:
    url = f"{nginx.url}/open"
    assert geocoder(url).places("Nulle Part", country="SY") == ()
    again = geocoder(url)
    assert again.places("Nulle Part", country="SY") == ()
    assert (again.asked, again.warnings) == (0, ())


def test_what_the_server_gets_to_see(nginx: Server, geocoder: Make) -> None:
    geocoder(f"{nginx.url}/open").places("Cheikh Najjar", country="SY", language="fr")
    line = nginx.requests()[-1]
    assert '"GET /open/search?q=Cheikh+Najjar&format=json&limit=10&countrycodes=SY&' in line
    assert '"mapgen/' in line


# Through nginx: the part of the path, geopy's error with its urllib adapter, our words.
TROUBLES = [
    ("few", GeocoderRateLimited, "wants fewer requests (HTTP 429"),
    ("busy", GeocoderTimedOut, "too slow or overloaded (HTTP 503"),
    ("gone", GeocoderServiceError, "failed (HTTP 502"),
    ("broken", GeocoderServiceError, "failed (HTTP 500"),
    ("nothing", GeocoderServiceError, "failed (HTTP 404"),
    ("closed", GeocoderInsufficientPrivileges, "refuses (HTTP 403"),
    ("page", GeocoderParseError, "answered rubbish"),
]


@pytest.mark.parametrize(("path", "error", "words"), TROUBLES)
def test_trouble_is_told_in_one_line_and_never_kept(
    path: str, error: type[Exception], words: str, nginx: Server, geocoder: Make
) -> None:
    url = f"{nginx.url}/{path}"
    if path in ("few", "busy"):  # the one request a minute that the limit lets through
        with contextlib.suppress(GeocodingError):
            geocoder(url).places("Alep")
        fails(geocoder(url), "Hama", country="SY")
    asked = geocoder(url)
    fails(asked, "Sukayk", country="SY")
    (warning,) = asked.warnings
    assert words in warning
    assert "\n" not in warning
    assert isinstance(asked.errors[0].__cause__, error)
    anew = geocoder(url)
    fails(anew, "Sukayk", country="SY")
    assert anew.asked == 1, "a failure was taken for an answer"


@pytest.mark.parametrize(("path", "error", "_words"), TROUBLES)
def test_geopys_own_urllib_adapter_says_the_same(path: str, error: type[Exception], _words: str, nginx: Server) -> None:
    """Ours is to differ in its bounds only: a new geopy that answers otherwise shows here."""
    theirs = Nominatim(
        domain=f"{nginx.url.removeprefix('http://')}/{path}",
        scheme="http",
        user_agent="mapgen tests",
        adapter_factory=URLLibAdapter,
    )
    with pytest.raises(error):
        for _ in range(2):
            theirs.geocode("Alep", timeout=10)


def test_retry_after_is_known(nginx: Server, geocoder: Make) -> None:
    asked = geocoder(f"{nginx.url}/few")
    for name in ("Alep", "Hama"):
        with contextlib.suppress(GeocodingError):
            asked.places(name)
    cause = asked.errors[-1].__cause__
    assert isinstance(cause, GeocoderRateLimited)
    assert cause.retry_after == 7


def test_a_moved_server_is_followed_and_a_round_trip_ends(nginx: Server, geocoder: Make) -> None:
    assert len(geocoder(f"{nginx.url}/moved").places("Sukayk", country="SY")) == 1
    asked = geocoder(f"{nginx.url}/round")
    fails(asked, "Sukayk", country="SY")
    assert len(asked.warnings) == 1


def test_a_hang_costs_its_timeout_and_no_more(hanging: Server, geocoder: Make) -> None:
    asked = geocoder(hanging.url, timeout=0.5)
    begin = time.monotonic()
    for number in range(6):
        fails(asked, f"Nom {number}")
    assert 1.4 < time.monotonic() - begin < 6
    assert (asked.asked, asked.stopped) == (3, True)
    assert isinstance(asked.errors[0].__cause__, GeocoderTimedOut)
    (warning,) = asked.warnings
    assert "no answer within 0.5 s" in warning
    assert "3 more not asked" in warning


def test_a_hang_behind_nginx_is_a_504(hanging: Server, nginx: Server, geocoder: Make) -> None:
    asked = geocoder(f"{nginx.url}/slow")
    with pytest.raises(GeocodingError, match="HTTP 504") as error:
        asked.ask("Alep")
    assert isinstance(error.value.__cause__, GeocoderTimedOut)


def test_after_a_hang_all_is_well_again(nominatim: Server, geocoder: Make) -> None:
    nominatim.process.send_signal(signal.SIGSTOP)
    try:
        fails(geocoder(nominatim.url, timeout=0.3), "Sukayk")
    finally:
        nominatim.process.send_signal(signal.SIGCONT)
    assert len(geocoder(nominatim.url).places("Sukayk")) == 1


def test_a_closed_port(geocoder: Make) -> None:
    asked = geocoder(f"http://127.0.0.1:{free_port()}")
    for number in range(5):
        fails(asked, f"Nom {number}")
    assert asked.asked == 3
    (warning,) = asked.warnings
    assert "refused" in warning


def test_two_runs_at_once_keep_one_pace(nominatim: Server, tmp_path: Path) -> None:
    """With the real clock: five questions of two geocoders take at least four seconds."""
    with (
        OnlineGeocoder("nominatim", url=nominatim.url, home=tmp_path) as one,
        OnlineGeocoder("nominatim", url=nominatim.url, home=tmp_path) as two,
    ):
        begin = time.monotonic()
        for geocoder, name in ((one, "Alep"), (two, "Hama"), (one, "Sukayk"), (two, "M5"), (one, "Oronte")):
            assert geocoder.places(name)
        assert time.monotonic() - begin >= 3.9


def test_the_gazetteer_answers_quicker_than_a_server(nominatim: Server, gazetteer: Gazetteer) -> None:
    """In turns: a dictionary, the gazetteer as a geopy geocoder, a Nominatim of a few objects on the same machine."""
    names = ("Alep", "Hama", "Syrie", "Liban")
    offline = GazetteerGeocoder(gazetteer)
    online = Nominatim(
        domain=nominatim.url.removeprefix("http://"),
        scheme="http",
        user_agent="mapgen tests",
        adapter_factory=URLLibAdapter,
        timeout=10,
    )
    known = {name: offline.geocode(name) for name in names}
    ways = {"dictionary": known.get, "gazetteer": offline.geocode, "Nominatim": online.geocode}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(10):
        for way, ask in ways.items():
            for name in names:
                begin = time.perf_counter()
                assert ask(name) is not None
                seconds[way].append(time.perf_counter() - begin)
    medians = {way: statistics.median(times) for way, times in seconds.items()}
    print(", ".join(f"{way}: {1e6 * median:.1f} µs" for way, median in medians.items()))  # noqa: T201 (shown by pytest -s)
    assert medians["gazetteer"] * 5 < medians["Nominatim"]
