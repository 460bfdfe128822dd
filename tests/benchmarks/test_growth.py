"""Time and memory grow with the length of a text and not with its square, whatever it says.

    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_growth.py -s

A text of a pattern and one of four times its length are read in turns, and the least ratio of the turns counts: a busy
machine makes single turns slower. The memory of long texts of some patterns is measured in processes of their own. With
MAPGEN_MEASURE the texts of the patterns are ten times as long, and the long ones have ten megabytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile_texts import PATTERNS, hostile_text

import mapgen
from mapgen.gazetteer import Gazetteer

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
LENGTH = 40_000 if MEASURE else 4_000
"""Code points of the shorter text."""
TURNS = 5
MOST = 5.0
LEAST_S = 0.05
"""Processor time of the shorter text below which what is the same for every text outweighs what grows."""
LONG = 10_000_000 if MEASURE else 200_000
MEMORY_MB = 1_000


def seconds(geoparser: mapgen.Geoparser, text: str) -> float:
    """Processor time from the text to the page."""
    geoparser.caches.clear()
    began = time.process_time()
    geoparser.parse(text).to_html()
    return time.process_time() - began


@pytest.mark.parametrize("pattern", PATTERNS)
def test_four_times_the_text_takes_at_most_five_times_as_long(pattern: str, gazetteer: Gazetteer) -> None:
    geoparser = mapgen.Geoparser(gazetteer=gazetteer, language="fr")
    short, long = hostile_text(pattern, LENGTH), hostile_text(pattern, 4 * LENGTH)
    least = float("inf")
    for _ in range(TURNS):
        one, four = seconds(geoparser, short), seconds(geoparser, long)
        least = min(least, four / max(one, LEAST_S))
        if least <= MOST:
            break
    print(f"\n{pattern}: {least:.1f}")  # noqa: T201 (shown by pytest -s)
    assert least <= MOST


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
    def read_s(depth: int) -> float:
        page = tmp_path / "a.html"
        page.write_text("<html><body>" + "<article><p>Il neige à Lyon.</p>" * depth, encoding="utf-8")
        began = time.process_time()
        assert mapgen.read(page).text.count("Lyon") == depth
        return time.process_time() - began

    read_s(10)
    ratios = [read_s(800) / max(read_s(200), 0.005) for _ in range(TURNS)]
    assert min(ratios) <= MOST


def test_a_thousand_places_of_one_name_cost_no_more_than_their_number(tmp_path: Path) -> None:
    def annotate_s(count: int) -> float:
        places = tmp_path / f"{count}.csv"
        rows = "".join(f"Vuorkala,{40 + number % 100 / 10},{20 + number // 100}\n" for number in range(count))
        places.write_text("name,lat,lon\n" + rows, encoding="utf-8")
        with mapgen.Geoparser(places=places, language="fr") as geoparser:
            began = time.process_time()
            parsed = geoparser.parse("Vuorkala, en Finlande, est à 3 km de Vuorkala. " * 10)
            assert parsed.places[0][0].name == "Vuorkala"
            return time.process_time() - began

    annotate_s(10)
    ratios = [annotate_s(1000) / max(annotate_s(250), LEAST_S) for _ in range(TURNS)]
    assert min(ratios) <= MOST
