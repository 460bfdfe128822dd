"""The command line as users meet it: processes, files, exit codes, one line for what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import gpxpy
import pytest
from commands import GUARD_S, environment, limited, one_line, run, run_here, start

import mapgen

TEXT = "Le train relie Lyon à Genève. Moscou accuse Paris, selon Washington."
NAMES = ["Lyon", "Genève", "Moscou", "Paris", "Washington"]

posix = pytest.mark.skipif(os.name != "posix", reason="signals, modes and pipes as POSIX has them")

pytestmark = pytest.mark.usefixtures("gazetteer")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def names_of(page: Path) -> bool:
    """Whether a page is whole and shows all the names."""
    content = page.read_text(encoding="utf-8")
    return content.rstrip().endswith("</html>") and all(name in content for name in NAMES)


def left_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# Where it goes


def test_a_page_goes_to_the_output_folder(text: Path, home: Path, tmp_path: Path) -> None:
    done = run("map", "a.txt", home=home, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{Path('output', 'a.html')}: 5 mentions, 5 places, 0 unplaced\n"
    assert left_in(tmp_path) == ["a.txt", "output/a.html"]
    assert names_of(tmp_path / "output" / "a.html")


def test_a_page_has_the_path_of_no_file(text: Path, home: Path, tmp_path: Path) -> None:
    places = tmp_path / "mine.csv"
    places.write_text("name,lat,lon\nMoscou,55.7,37.6\n", encoding="utf-8")
    page = tmp_path / "b.html"
    assert run("map", text, "--places", places, "-o", page, home=home).returncode == 0
    content = page.read_text(encoding="utf-8")
    for path in (tmp_path, home, Path(mapgen.__file__).parent):
        assert str(path) not in content


@pytest.mark.parametrize(
    ("output", "page"),
    [("new/b.html", "new/b.html"), ("maps/", "maps/a.html"), ("there", "there/a.html")],
    ids=["file in a new folder", "new folder", "folder"],
)
def test_o_takes_a_file_or_a_folder(output: str, page: str, text: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    done = run("map", "a.txt", "-o", output, home=home, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert left_in(tmp_path) == ["a.txt", page] if page < "a.txt" else sorted(["a.txt", page])
    assert names_of(tmp_path / page)


def test_several_texts_and_one_of_them_bad(text: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "é t é.txt").write_text("Il neige à Alep.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00" * 50)
    done = run("map", "a.txt", "bad.txt", "é t é.txt", "-o", "maps", home=home, cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        str(Path("maps", "a.html")),
        "mapgen",
        str(Path("maps", "é t é.html")),
    ]
    assert "bad.txt" in lines[1]
    assert left_in(tmp_path / "maps") == ["a.html", "é t é.html"]


def test_standard_input(home: Path, tmp_path: Path) -> None:
    done = run("map", "-", home=home, cwd=tmp_path, stdin=TEXT)
    assert done.returncode == 0, done.stderr
    assert names_of(tmp_path / "output" / "stdin.html")


def test_what_is_told_of_the_text_is_on_the_page(text: Path, home: Path, tmp_path: Path) -> None:
    options = ("--title", "Un <b>titre</b>", "--date", "2021-10-10", "--page-language", "en")
    done = run("map", text, "-o", tmp_path / "b.html", *options, home=home)
    assert done.stderr.endswith("5 mentions, 5 places, 0 unplaced\n")
    page = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "Un &lt;b&gt;titre&lt;/b&gt;" in page
    assert "2021" in page


def test_tiles_are_those_that_are_asked_for(text: Path, home: Path, tmp_path: Path) -> None:
    tiles = ("--tiles", "OpenTopoMap", "--tiles", "esri.worldimagery")
    done = run("map", text, "-o", tmp_path / "b.html", *tiles, home=home)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "https://a.tile.opentopomap.org" in page
    assert "https://server.arcgisonline.com" in page
    assert "tile.openstreetmap.org" not in page


def test_open_shows_the_page_in_the_browser(text: Path, home: Path, tmp_path: Path) -> None:
    shown, browser = tmp_path / "shown", tmp_path / "browser.py"
    browser.write_text(f"import sys; open({str(shown)!r}, 'a').write(sys.argv[1] + '\\n')\n", encoding="utf-8")
    env = {"BROWSER": f"{sys.executable} {browser} %s"}
    page = tmp_path / "b b.html"
    assert run("map", text, "-o", page, home=home, env=env).returncode == 0
    assert not shown.exists()
    assert run("map", text, "-o", page, "--open", home=home, env=env).returncode == 0
    assert shown.read_text(encoding="utf-8") == page.as_uri() + "\n"


def test_same_input_same_bytes(root: Path, home: Path, tmp_path: Path) -> None:
    code = (
        "import sys, mapgen; from mapgen.exports import convert\n"
        "with mapgen.Geoparser(places=sys.argv[2]) as geoparser:\n"
        "    parsed = geoparser.parse(mapgen.read(sys.argv[1]))\n"
        "parsed.save(sys.argv[3] + '.html')\n"
        "for format_ in ('geojson', 'gpkg', 'tei'):\n"
        "    written = convert(parsed, format_)\n"
        "    data = written.encode() if isinstance(written, str) else written\n"
        "    with open(f'{sys.argv[3]}.{format_}', 'wb') as file:\n"
        "        file.write(data)"
    )
    made = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, *(root / "data" / name for name in ("dispatch.txt", "places.csv")), seed],
            cwd=tmp_path,
            env=environment(home, PYTHONHASHSEED=seed, TZ=f"UTC+{seed}"),
            timeout=GUARD_S,
            check=True,
        )
        made.append([(tmp_path / f"{seed}.{suffix}").read_bytes() for suffix in ("html", "geojson", "gpkg", "tei")])
    assert made[0] == made[1]


# The formats


def rows_of(format_: str, content: str) -> list[str]:
    """The names that a written table holds, read with another tool than the one that wrote it."""
    if format_ == "csv":
        return [row["text"] for row in csv.DictReader(io.StringIO(content))]
    if format_ == "jsonl":
        return [json.loads(line)["text"] for line in content.splitlines()]
    if format_ == "geojson":
        return [feature["properties"]["text"] for feature in json.loads(content)["features"]]
    if format_ == "tei":
        body = ElementTree.fromstring(content).find(".//{*}body")  # noqa: S314 (our own)
        assert body is not None
        assert "".join(body.itertext()) == TEXT
        return [name.text or "" for name in body.iterfind(".//{*}placeName")]
    if format_ == "gpx":
        return [point.name for point in gpxpy.parse(content).waypoints]
    if format_ == "kml":
        space = {"k": "http://www.opengis.net/kml/2.2"}
        marks = ElementTree.fromstring(content).findall(".//k:Placemark/k:name", space)  # noqa: S314 (our own)
        return [mark.text or "" for mark in marks]
    return [line.split()[1] for line in content.splitlines()[1:]]


@pytest.mark.parametrize("format_", ["table", "csv", "geojson", "jsonl", "kml", "gpx", "tei"])
def test_formats_say_the_same(format_: str, home: Path) -> None:
    done = run("places", "-", "-f", format_, home=home, stdin=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    found = rows_of(format_, done.stdout)
    assert found == NAMES or (format_ in ("kml", "gpx") and sorted(set(found)) == sorted(NAMES))


def test_a_binary_format_goes_to_files_and_pipes(text: Path, home: Path, tmp_path: Path) -> None:
    assert run("places", text, "-f", "gpkg", "-o", tmp_path / "a.gpkg", home=home).returncode == 0
    piped = subprocess.run(
        [sys.executable, "-m", "mapgen", "places", text, "-f", "gpkg"],
        capture_output=True,
        env=environment(home),
        timeout=GUARD_S,
        check=True,
    )
    assert piped.stdout == (tmp_path / "a.gpkg").read_bytes()
    assert piped.stdout.startswith(b"SQLite format 3\0")


@posix
def test_a_binary_format_is_nothing_for_a_terminal(text: Path, home: Path) -> None:
    terminal, inside = os.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mapgen", "places", text, "-f", "gpkg"],
            stdout=inside,
            stderr=subprocess.PIPE,
            env=environment(home),
            text=True,
            timeout=GUARD_S,
            check=False,
        )
    finally:
        os.close(inside)
        os.close(terminal)
    assert done.returncode == 2
    assert "--output" in one_line(done)


def test_a_file_holds_what_standard_output_shows(text: Path, home: Path, tmp_path: Path) -> None:
    shown = run("places", text, "-f", "csv", home=home)
    assert run("places", text, "-f", "csv", "-o", tmp_path / "b.csv", home=home).returncode == 0
    assert (tmp_path / "b.csv").read_bytes().decode("utf-8-sig").splitlines() == shown.stdout.lstrip(
        "\ufeff"
    ).splitlines()
    several = run("places", text, text.parent / "b.csv", "-f", "jsonl", "-o", tmp_path / "all", home=home)
    assert several.returncode == 0, several.stderr
    assert left_in(tmp_path / "all") == ["a.jsonl", "b.jsonl"]


def test_without_a_terminal_the_encoding_is_utf_8(home: Path) -> None:
    done = run("places", "-", home=home, stdin=TEXT, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert done.returncode == 0
    assert "Genève" in done.stdout


def test_explain_tells_why_on_standard_error(home: Path) -> None:
    done = run("places", "-", "-f", "jsonl", "--explain", home=home, stdin=TEXT)
    assert rows_of("jsonl", done.stdout) == NAMES
    reasons = {row["text"]: row["reasons"] for row in map(json.loads, done.stdout.splitlines())}
    assert not re.search(r"[=_][+-]?\d", done.stderr), "words have no weights"
    french = run("places", "-", "-f", "jsonl", "--explain=words", home=home, stdin=TEXT, env={"MAPGEN_LANG": "fr"})
    for name in NAMES:
        assert any(f" '{name}': " in line for line in done.stderr.splitlines())
        (line,) = (line for line in french.stderr.splitlines() if f" «\u00a0{name}\u00a0»" in line)
        assert reasons[name], "the text is French, as the reader of its page is"
        assert line.endswith(reasons[name].replace("; ", "\u202f; "))


def test_explain_tells_the_weights_when_asked(home: Path) -> None:
    done = run("places", "-", "-f", "jsonl", "--explain=features", home=home, stdin=TEXT)
    assert rows_of("jsonl", done.stdout) == NAMES
    for name in NAMES:
        assert any(f"'{name}': place" in line and "n.words=1=" in line for line in done.stderr.splitlines())


def test_demonyms_are_found_when_asked_for(home: Path) -> None:
    done = run("places", "-", "-f", "jsonl", "--demonyms", home=home, stdin="Les forces turques ont pris Alep.")
    assert rows_of("jsonl", done.stdout) == ["turques", "Alep"]


# The gazetteer and the evaluation


def test_info_names_sources_and_licences(home: Path) -> None:
    done = run("gazetteer", "info", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, *sources = done.stdout.splitlines()
    assert Path(first).parent == home
    assert "places" in second
    assert {"GeoNames", "ISO 3166-2"} <= {line.strip().partition(":")[0] for line in sources}
    assert "CC BY 4.0" in done.stdout


def test_search_finds_the_best_known_first(home: Path, root: Path) -> None:
    done = run("gazetteer", "search", "Alep", home=home)
    assert done.returncode == 0
    assert "gn:170063" in done.stdout
    assert len(done.stdout.splitlines()) <= 21
    for country in ("sy", "Syrie", "Syria"):
        region = run("gazetteer", "search", "Alep", "--kind", "region", "--country", country, home=home)
        assert [line.split()[0] for line in region.stdout.splitlines()] == ["id", "iso:SY-HL"]
    own = run("gazetteer", "search", "Kweires", "--places", root / "data" / "places.csv", "--limit", "1", home=home)
    assert [line.split()[0] for line in own.stdout.splitlines()] == ["id", "own:kweires"]


def test_search_writes_csv_and_json(home: Path) -> None:
    answered = run("gazetteer", "search", "Alep", "--format", "json", "--limit", "2", home=home)
    first, _ = json.loads(answered.stdout)
    assert (first["id"], first["country"], first["matched"]) == ("gn:170063", "SY", "Alep")
    table = list(csv.DictReader(io.StringIO(run("gazetteer", "search", "Alep", "--format", "csv", home=home).stdout)))
    assert table[0]["id"] == "gn:170063"
    assert float(table[0]["lat"]) == first["lat"]


def test_search_finds_a_place_by_a_part_of_its_name(home: Path) -> None:
    rows = run("gazetteer", "search", "Cheikhoun", home=home).stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["id", "gn:168325"]


def test_evaluate_measures_a_corpus(home: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.txt"
    corpus.write_text(
        "# topic: rails\n\nLe train relie [[Lyon|city]] à [[Genève|city]].\n\n[[Moscou|city|m]] accuse [[Paris|city]].",
        encoding="utf-8",
    )
    task = ("--task", "recognition", "--language", "fr")
    table = run("evaluate", corpus, *task, home=home)
    assert (table.returncode, table.stderr) == (0, "")
    assert "F1" in table.stdout
    older = tmp_path / "older.json"
    assert run("evaluate", corpus, *task, "-f", "json", "-o", older, home=home).returncode == 0
    assert json.loads(older.read_text(encoding="utf-8"))
    marked = tmp_path / "marked.txt"
    marked.write_text("# topic: armies\n\nLes forces [[turques|country|m]] ont pris [[Alep|city]].", encoding="utf-8")
    found = run("evaluate", marked, *task, "--demonyms", "-f", "json", home=home)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["figures"]["recall"]["value"] == 1.0
    page = tmp_path / "report.html"
    assert run("evaluate", corpus, *task, "-f", "html", "-o", page, "--compare", older, home=home).returncode == 0
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")


# What goes wrong is one line


def test_version_and_help(home: Path) -> None:
    assert run("--version", home=home).stdout == f"mapgen {mapgen.__version__}\n"
    for arguments in ((), ("map",), ("places",), ("gazetteer",), ("gazetteer", "search"), ("evaluate",)):
        done = run(*arguments, "-h", home=home)
        assert done.returncode == 0, arguments
        assert "Usage" in done.stdout


WRONG = {
    "a missing file": (("map", "nowhere.txt"), 2, "nowhere.txt"),
    "a folder without a text": (("map", "/proc/self/fdinfo"), 2, "folder"),
    "a missing table": (("map", "a.txt", "--places", "nowhere.csv"), 2, "nowhere.csv"),
    "no home": (("map", "a.txt", "--near", "here"), 2, "--near"),
    "a home nowhere": (("map", "a.txt", "--near", "91,0"), 2, "near (91.0, 0.0)"),
    "no country": (("map", "a.txt", "--country", "Frankreich"), 2, "Frankreich"),
    "no page in it": (("map", "a.txt", "--page-language", "xx"), 2, "xx"),
    "no encoding": (("map", "a.txt", "--encoding", "utf-9"), 2, "utf-9"),
    "no date": (("map", "a.txt", "--date", "someday"), 2, "someday"),
    "no recogniser": (("map", "a.txt", "--recogniser", "oracle"), 2, "oracle"),
    "no pipeline": (("map", "a.txt", "--recogniser", "spacy:xx_none_sm"), 2, "xx_none_sm"),
    "no geocoder": (("map", "a.txt", "--geocoder", "oracle"), 2, "oracle"),
    "no server": (("map", "a.txt", "--geocoder", "nominatim", "--geocoder-url", "localhost"), 2, "localhost"),
    "a server of what": (("map", "a.txt", "--geocoder-url", "http://localhost:1"), 2, "geocoder_url"),
    "no settings": (("map", "a.txt", "--geocoder", "nominatim", "--geocoder-settings", "no.toml"), 2, "no.toml"),
    "one page for two": (("map", "a.txt", "./a.txt"), 2, "a.txt.html"),
    "a file for a folder": (("map", "a.txt", "-o", "a.txt/b.html"), 2, "b.html"),
    "a folder for a file": (("places", "a.txt", "-o", "a.txt/"), 2, "a.txt"),
    "no tiles": (("map", "a.txt", "--tiles", "Esri.WorldImagry"), 2, "Esri.WorldImagery"),
    "tiles without their key": (("map", "a.txt", "--tiles", "Thunderforest.OpenCycleMap"), 2, "--tiles-key"),
    "no format": (("places", "a.txt", "-f", "xlsx"), 2, "xlsx"),
    "several at once": (("places", "a.txt", "b.txt"), 2, "--output"),
    "no kind": (("gazetteer", "search", "Alep", "--kind", "town"), 2, "town"),
    "an unknown country": (("gazetteer", "search", "Alep", "--country", "Atlantis"), 2, "Atlantis"),
    "an unknown name": (("gazetteer", "search", "Xqzwvkj"), 1, "Xqzwvkj"),
    "no corpus": (("evaluate", "nowhere.jsonl"), 2, "nowhere.jsonl"),
    "no task": (("evaluate", "a.txt", "--task", "guessing"), 2, "guessing"),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.usefixtures("home")
def test_one_line_that_names_it_and_an_exit_code(
    case: str, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments, code, named = WRONG[case]
    done = run_here(*arguments, cwd=tmp_path, monkeypatch=monkeypatch, capfd=capfd)
    assert done.returncode == code, done.stderr
    assert named in one_line(done)
    assert done.stdout == ""
    assert left_in(tmp_path) == ["a.txt"]


def test_errors_and_summaries_are_in_the_language_of_the_locale(text: Path, home: Path, tmp_path: Path) -> None:
    french = {"MAPGEN_LANG": "", "LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR.UTF-8"}
    done = run("map", "a.txt", "b.txt", home=home, cwd=tmp_path, env=french)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"{Path('output', 'a.html')}\u00a0: 5 mentions, 5 lieux, 0 sans lieu",
        "mapgen: b.txt: ce fichier n'existe pas",
    ]


def test_an_unknown_option(text: Path, home: Path, tmp_path: Path) -> None:
    done = run("map", "a.txt", "--colour", home=home, cwd=tmp_path)
    assert done.returncode == 2
    assert "--colour" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_is_no_folder(text: Path, tmp_path: Path) -> None:
    done = run("map", text, "-o", tmp_path / "b.html", home=text)
    assert done.returncode == 1
    assert "MAPGEN_HOME" in one_line(done)
    assert left_in(tmp_path) == ["a.txt"]


@posix
def test_a_name_made_to_hurt_the_terminal(home: Path, tmp_path: Path) -> None:
    for name, content in (("\x1b[31m\n.txt", b""), ("\x1b]0;x\x07\n.txt", TEXT.encode())):
        (tmp_path / name).write_bytes(content)
        done = run("map", name, home=home, cwd=tmp_path)
        assert done.returncode in (0, 2)
        assert len(done.stderr.splitlines()) == 1
        assert "\x1b" not in done.stderr
        assert "\x07" not in done.stderr


# The old page stands


def old_page_stands(folder: Path) -> None:
    assert left_in(folder) == ["b.html"]
    assert (folder / "b.html").read_text(encoding="utf-8") == "old"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "b.html").write_text("old", encoding="utf-8")
    return folder


@posix
@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux'")
def test_a_folder_that_may_not_be_written(text: Path, home: Path, old: Path) -> None:
    old.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        done = run("map", text, "-o", old / "b.html", home=home, before=limited("modes"))
    finally:
        old.chmod(stat.S_IRWXU)
    assert done.returncode == 2
    assert "b.html" in one_line(done)
    old_page_stands(old)


@posix
def test_a_full_disk(text: Path, home: Path, old: Path) -> None:
    full = limited("fsize", 50_000)
    done = run("map", text, "-o", old / "b.html", "--language", "fr", home=home, before=full)
    assert done.returncode == 2
    assert "b.html" in one_line(done)
    old_page_stands(old)
    # To tell the language, a model is unpacked into a temporary file first.
    done = run("map", text, "-o", old / "b.html", home=home, before=full)
    assert done.returncode in (1, 2)
    assert "too large" in one_line(done)
    old_page_stands(old)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_standard_output_on_a_full_disk(text: Path, home: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mapgen", "places", text],
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"MAPGEN_HOME": str(home)},
            text=True,
            timeout=GUARD_S,
            check=False,
        )
    assert done.returncode == 2
    assert "standard output" in one_line(done)


@posix
def test_an_interrupted_run(home: Path, old: Path) -> None:
    import fcntl
    import signal
    import termios

    process = start("map", "-", "-o", old / "b.html", home=home)
    assert process.stdin is not None
    assert process.stderr is not None
    with process:
        process.stdin.write(TEXT.encode())
        process.stdin.flush()
        deadline = time.monotonic() + 60
        waiting = len(TEXT)
        while waiting and time.monotonic() < deadline:  # it reads now, and waits for more
            time.sleep(0.05)
            waiting = int.from_bytes(fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0" * 4), sys.byteorder)
        process.send_signal(signal.SIGINT)
        assert process.wait(GUARD_S) == 130
        assert process.stderr.read().decode() == "mapgen: interrupted; existing files are unchanged\n"
    old_page_stands(old)


@posix
def test_a_broken_pipe(home: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Il neige à Lyon et à Genève.\n\n" * 2_000, encoding="utf-8")
    process = start("places", long, "-f", "csv", home=home)
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        assert b"start" in process.stdout.readline()
        process.stdout.close()
        code = process.wait(GUARD_S)
        assert process.stderr.read() == b""
    assert code in (0, 1)


def test_no_progress_bar_and_no_colour_without_a_terminal(home: Path, text: Path, tmp_path: Path) -> None:
    done = run("map", text, "-o", tmp_path / "b.html", home=home, env={"TERM": "xterm-256color"})
    assert "\x1b" not in done.stderr
    assert "\r" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
