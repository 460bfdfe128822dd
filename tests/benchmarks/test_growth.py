"""Time and memory grow with the length of a text and not with its square, whatever it says.

    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_growth.py -s

A text of a pattern and one of four times its length are read in turns, and for some the page is drawn. The least time
of each counts: a busy machine makes single turns slower. A linear program takes four times as long, one that goes with
the square sixteen times; the limit lies halfway for the short texts of every run, whose times vary, and at five with
MAPGEN_MEASURE, where the texts are ten times as long. The memory of long texts of some patterns is measured in
processes of their own: ten megabytes with MAPGEN_MEASURE.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_texts import PATTERNS, hostile_text

import mapgen
from mapgen.gazetteer import Gazetteer

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
LENGTH = 40_000 if MEASURE else 4_000
"""Code points of the shorter text."""
TURNS = 5
MOST = 5.0 if MEASURE else 8.0
LEAST_S = 0.05
"""Processor time of the shorter text below which what is the same for every text outweighs what grows."""
LONG = 10_000_000 if MEASURE else 40_000
MEMORY_MB = 1_000


DRAWN = (
    "one name, commas",
    "one name, paragraphs",
    "ambiguous names",
    "containers",
    "distances",
    "direction",
    "between",
    "road",
    "border",
    "metonyms",
    "table",
    "unknown near a town",
    "numbered names",
    "communes",
)
"""Patterns of which pages are drawn: one of each kind of what a page shows."""


DEAR = {"communes": 4, "border": 2, "metonyms": 2}
"""Patterns of which each character costs much, and by how much their texts are shorter."""


@pytest.fixture(scope="module")
def geoparser(gazetteer: Gazetteer) -> mapgen.Geoparser:
    """A geoparser that has loaded what all texts need."""
    made = mapgen.Geoparser(gazetteer=gazetteer, language="fr")
    made.parse(hostile_text("containers", LENGTH)).to_html()
    return made


@pytest.fixture(scope="module")
def page_s(geoparser: mapgen.Geoparser) -> float:
    """Processor time of a page of one name."""
    annotated = geoparser.annotate("Il neige à Lyon.")
    return min(seconds(lambda: geoparser.draw(annotated).to_html()) for _ in range(3))


def texts_of(pattern: str) -> tuple[str, str]:
    """The shorter and the longer text."""
    length = LENGTH if MEASURE else LENGTH // DEAR.get(pattern, 1)
    return hostile_text(pattern, length), hostile_text(pattern, 4 * length)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def ratio(short: Callable[[], object], long: Callable[[], object], least_s: float) -> float:
    """How many times as long the long work takes, by the least times of both; the short counts `least_s` at least."""
    one = four = float("inf")
    for _ in range(TURNS):
        one, four = min(one, seconds(short)), min(four, seconds(long))
        if four <= MOST * max(one, least_s):
            break
    return four / max(one, least_s)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_time_grows_with_the_length_of_the_text(pattern: str, geoparser: mapgen.Geoparser) -> None:
    def annotate(text: str) -> None:
        geoparser.caches.clear()
        geoparser.annotate(text)

    short, long = texts_of(pattern)
    found = ratio(lambda: annotate(short), lambda: annotate(long), LEAST_S)
    print(f"\n{pattern}: {found:.1f}")  # noqa: T201 (shown by pytest -s)
    assert found <= MOST


@pytest.mark.parametrize("pattern", DRAWN)
def test_time_of_drawing_grows_with_the_number_of_names(
    pattern: str, geoparser: mapgen.Geoparser, page_s: float
) -> None:
    short, long = map(geoparser.annotate, texts_of(pattern))
    found = ratio(lambda: geoparser.draw(short).to_html(), lambda: geoparser.draw(long).to_html(), page_s)
    print(f"\n{pattern}, drawn: {found:.1f}")  # noqa: T201 (shown by pytest -s)
    assert found <= MOST


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of memory")
@pytest.mark.parametrize("pattern", ["one name, commas", "communes", "distances", "other words", "unknown villages"])
def test_ten_megabytes_take_at_most_one_gigabyte(pattern: str, home: Path, gazetteer: Gazetteer) -> None:
    code = (
        "import sys; from hostile_texts import hostile_text; from fresh_texts import peak_bytes; import mapgen\n"
        "with mapgen.Geoparser(language='fr') as geoparser:\n"
        "    geoparser.annotate(hostile_text(sys.argv[1], int(sys.argv[2])))\n"
        "print(peak_bytes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, pattern, str(LONG)],
        env={**os.environ, "MAPGEN_HOME": str(home), "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    peak = int(done.stdout) / 1e6
    print(f"\n{pattern}: {peak:,.0f} MB")  # noqa: T201 (shown by pytest -s)
    assert peak <= MEMORY_MB


def test_a_page_of_nested_articles_is_read_in_linear_time(tmp_path: Path) -> None:
    def read(depth: int) -> None:
        page = tmp_path / "a.html"
        page.write_text("<html><body>" + "<article><p>Il neige à Lyon.</p>" * depth, encoding="utf-8")
        assert mapgen.read(page).text.count("Lyon") == depth

    read(10)
    assert ratio(lambda: read(200), lambda: read(800), 0.005) <= MOST


def test_a_thousand_places_of_one_name_cost_no_more_than_their_number(tmp_path: Path) -> None:
    def parse(geoparser: mapgen.Geoparser) -> None:
        geoparser.caches.clear()
        parsed = geoparser.parse("Vuorkala, en Finlande, est à 3 km de Vuorkala. " * 10)
        assert parsed.places[0][0].name == "Vuorkala"

    def with_places(count: int) -> mapgen.Geoparser:
        places = tmp_path / f"{count}.csv"
        rows = "".join(f"Vuorkala,{40 + number % 100 / 10},{20 + number // 100}\n" for number in range(count))
        places.write_text("name,lat,lon\n" + rows, encoding="utf-8")
        return mapgen.Geoparser(places=places, language="fr")

    with with_places(250) as few, with_places(1000) as many:
        parse(few)
        assert ratio(lambda: parse(few), lambda: parse(many), LEAST_S) <= MOST
