"""The whole command with an online geocoder: who is asked, what leaves the machine, and what trouble costs.

Nominatim is a real one on the loopback, nginx stands before it; see conftest.py.
"""

from __future__ import annotations

import html
import json
import re
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from commands import Done, furnished, one_line, run
from servers import Server, free_port

# Qastoun is in Nominatim and not in the embedded gazetteer; the others are unknown to both.
TEXT = "Les habitants du village de Qastoun ont fui vers Hama, en Syrie, dit le secret Untel."
MANY = (
    "Les habitants du village de Qastoun, du village de Qrlzbâ, du village de Vxtroûn, du village de Wzgnoûf et du "
    "village de Zxkrâd ont fui vers Hama, en Syrie."
)

# A line of nginx' log: what was asked, the referrer, the user agent.
LOGGED = r'"GET (\S+) HTTP/1\.1" 200 \d+ "([^"]*)" "([^"]*)"'
# Tells of every connection and every name that is looked up, whatever library asks for it.
WATCH = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        with open(os.environ["WATCHED"], "a", encoding="utf-8") as file:
            print(event, arguments[1:] if event == "socket.connect" else arguments, file=file)
sys.addaudithook(watch)
"""


@pytest.fixture
def fresh(tmp_path: Path, home: Path, gazetteer: object) -> Path:
    """A home with a built gazetteer and without any answers."""
    return furnished(tmp_path / "home", home)


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """Where the connections of a run are written, one a line."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    return tmp_path / "watched"


def watching(watched: Path) -> dict[str, str]:
    return {"WATCHED": str(watched), "PYTHONPATH": str(watched.parent)}


def drawn(page: Path) -> bool:
    """Whether the page has Qastoun at the place that Nominatim knows, which is no place of the gazetteer."""
    content = page.read_text(encoding="utf-8")
    return content.rstrip().endswith("</html>") and "Nominatim" in content and "35.688" in content


def finished(done: Done, page: Path) -> list[str]:
    """The lines on standard error before the one on the finished page, without hints at country packs."""
    assert done.returncode == 0, done.stderr
    *before, last = done.stderr.splitlines()
    assert last.startswith(f"{page}: "), done.stderr
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    return [line for line in before if "mapgen gazetteer add" not in line]


def one_warning(done: Done, page: Path) -> str:
    before = finished(done, page)
    assert len(before) == 1, done.stderr
    assert before[0].startswith("mapgen: nominatim at 127.0.0.1:"), done.stderr
    return before[0]


def test_nobody_is_asked_who_was_not_named(fresh: Path, tmp_path: Path, watched: Path) -> None:
    env = watching(watched)
    page = tmp_path / "a.html"
    assert finished(run("map", "-", "-o", page, home=fresh, stdin=TEXT, env=env), page) == []
    assert run("places", "-", "-f", "geojson", home=fresh, stdin=TEXT, env=env).returncode == 0
    assert not watched.exists(), watched.read_text(encoding="utf-8")
    # The watch itself works: the same with a geocoder is seen, and goes to that server only.
    port = free_port()
    asked = run("map", "-", "-o", page, *to(f"http://127.0.0.1:{port}"), home=fresh, stdin=TEXT, env=env)
    one_warning(asked, page)
    seen = watched.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("socket.connect") for line in seen)
    assert all("127.0.0.1" in line and str(port) in line for line in seen), seen


def test_a_closed_port_is_one_line_and_a_finished_map(fresh: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    done = run("map", "-", "-o", page, *to(f"http://127.0.0.1:{free_port()}"), home=fresh, stdin=MANY)
    line = one_warning(done, page)
    assert "refused" in line
    for name in ("Qastoun", "Hama"):
        assert name in page.read_text(encoding="utf-8")


def to(url: str) -> tuple[str, ...]:
    return ("--geocoder", "nominatim", "--geocoder-url", url)


@pytest.mark.nominatim
def test_a_name_that_only_nominatim_knows_is_drawn_and_asked_for_once(
    nginx: Server, fresh: Path, tmp_path: Path, watched: Path
) -> None:
    page = tmp_path / "a.html"
    url = f"{nginx.url}/open"
    assert finished(run("map", "-", "-o", page, home=fresh, stdin=TEXT), page) == []
    assert not drawn(page)

    before = len(nginx.requests())
    assert finished(run("map", "-", "-o", page, *to(url), home=fresh, stdin=TEXT), page) == []
    asked = nginx.requests()[before:]
    assert drawn(page)
    assert len(asked) == 1, asked
    shown = run("places", "-", "-f", "jsonl", *to(url), home=fresh, stdin=TEXT)
    (row,) = (row for row in map(json.loads, shown.stdout.splitlines()) if row["text"] == "Qastoun")
    assert (row["source"], row["kind"], row["country"]) == ("Nominatim", "village", "SY")
    assert (row["lat"], row["lon"]) == (pytest.approx(35.688, abs=0.001), pytest.approx(36.396, abs=0.001))

    # Now it is known: no server is needed any more, and none is asked.
    again = tmp_path / "again.html"
    done = run("map", "-", "-o", again, *to(url), home=fresh, stdin=TEXT, env=watching(watched))
    assert finished(done, again) == []
    assert again.read_bytes() == page.read_bytes()
    assert len(nginx.requests()) == before + 1
    assert not watched.exists(), "a connection was made though the answer was kept"


@pytest.mark.nominatim
def test_what_leaves_the_machine_is_the_name_and_the_country(nginx: Server, fresh: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "a.html", tmp_path / "secret.txt"
    text.write_text(MANY + " dit le secret Untel.", encoding="utf-8")
    before = len(nginx.requests())
    title = ("--title", "Titre secret")
    finished(run("map", text, "-o", page, *to(f"{nginx.url}/open"), *title, home=fresh), page)
    asked = [
        re.search(r'"GET (\S+) HTTP/1\.1" 200 \d+ "([^"]*)" "([^"]*)"', line) for line in nginx.requests()[before:]
    ]
    assert len(asked) >= 2
    for request in asked:
        assert request is not None
        address, referrer, agent = request.groups()
        query = parse_qs(urlsplit(address).query)
        (name,), (country,) = query.pop("q"), query.pop("countrycodes")
        assert re.fullmatch(r"\w+", name)
        assert name in MANY
        assert name not in ("Hama", "Syrie", "Untel"), "the gazetteer knows it, or nobody should"
        assert country.upper() == "SY"
        # The rest is how the answer should look: the language of the labels, the form, how many.
        assert query.pop("accept-language", ["fr"]) == ["fr"]
        rest = "&".join(f"{key}={value}" for key, values in query.items() for value in values)
        assert re.fullmatch(r"(\w+=(\d{1,2}|json|jsonv2|True)&?)*", rest), rest
        assert referrer == "-"
        assert agent.startswith("mapgen/")
    assert len({request.group(1) for request in asked if request}) == len(asked), "one name was asked for twice"


@pytest.mark.nominatim
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("few", "HTTP 429"),
        ("busy", "HTTP 503"),
        ("gone", "HTTP 502"),
        ("broken", "HTTP 500"),
        ("closed", "HTTP 403"),
        ("nothing", "HTTP 404"),
        ("page", "rubbish"),
    ],
)
def test_trouble_is_one_line_and_a_finished_map(
    path: str, words: str, nginx: Server, fresh: Path, tmp_path: Path
) -> None:
    if path in ("few", "busy"):
        use_up_the_limit(f"{nginx.url}/{path}")
    page = tmp_path / "a.html"
    done = run("map", "-", "-o", page, *to(f"{nginx.url}/{path}"), home=fresh, stdin=TEXT)
    assert words in one_warning(done, page)
    assert not drawn(page)
    # It was a failure and no "unknown": once all is well, it is asked again and found.
    assert finished(run("map", "-", "-o", page, *to(f"{nginx.url}/open"), home=fresh, stdin=TEXT), page) == []
    assert drawn(page)


def use_up_the_limit(url: str) -> None:
    """Take the one request a minute that nginx lets through."""
    for _ in range(3):
        try:
            urllib.request.urlopen(f"{url}/status", timeout=10).close()  # noqa: S310
        except urllib.error.HTTPError as error:
            error.close()
            return
    pytest.fail("nginx lets everything through")


@pytest.mark.nominatim
def test_a_hang_is_one_line_and_a_finished_map(hanging: Server, fresh: Path, tmp_path: Path) -> None:
    page, settings = tmp_path / "a.html", tmp_path / "geocoders.toml"
    settings.write_text(f'[nominatim]\nurl = "{hanging.url}"\ntimeout = 0.5\n', encoding="utf-8")
    begin = time.monotonic()
    options = ("--geocoder", "nominatim", "--geocoder-settings", settings)
    done = run("map", "-", "-o", page, *options, home=fresh, stdin=MANY)
    line = one_warning(done, page)
    assert "no answer within 0.5 s" in line
    assert "not asked" in line, "five names are unknown, and after three failures nobody is asked any more"
    assert time.monotonic() - begin < 30
    assert "Hama" in page.read_text(encoding="utf-8")


@pytest.mark.nominatim
def test_a_server_that_answers_with_markup_leaves_the_page_inert(nginx: Server, fresh: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    text = "Les habitants du village de Bolkhadra ont fui vers Hama, en Syrie."
    finished(run("map", "-", "-o", page, *to(f"{nginx.url}/open"), home=fresh, stdin=text), page)
    content = page.read_text(encoding="utf-8")
    assert "alert(2)" in content, "Nominatim has not given its name"
    assert "<img src=x" not in content
    assert not re.search(r"</script>(?=[^<]*alert\(2\))", content)
    assert "script-src 'sha256-" in html.unescape(content)


def test_an_option_that_makes_no_sense_asks_nobody(fresh: Path, tmp_path: Path, watched: Path) -> None:
    (tmp_path / "a.toml").write_text("[nominatim]\ntimeout = -1\n", encoding="utf-8")
    options = ("--geocoder", "nominatim", "--geocoder-settings", tmp_path / "a.toml")
    done = run("map", "-", "-o", tmp_path / "a.html", *options, home=fresh, stdin=TEXT, env=watching(watched))
    assert done.returncode == 2
    assert "timeout" in one_line(done)
    assert not watched.exists()
    assert not (tmp_path / "a.html").exists()
