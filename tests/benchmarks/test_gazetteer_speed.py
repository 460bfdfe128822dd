"""The gazetteer against the clock: `pytest tests/benchmarks/test_gazetteer_speed.py --benchmark-enable`.

Machines differ: what is compared is a ratio to something that is run beside it, in turns. Bounds count only where the
benchmarks are enabled and nothing else keeps the machine busy; else each is run once, to see that it can be. The build
as a whole process is measured in test_process.py.
"""

import gc
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mapgen.gazetteer.build import embedded_path
from mapgen.gazetteer.packs import add_packs, list_packs
from mapgen.gazetteer.store import Gazetteer
from mapgen.model import MatchType

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

EXACT = [
    "Alep",
    "Damas",
    "Kharkiv",
    "Tombouctou",
    "Aiguebelle",
    "Ouagadougou",
    "Montpellier",
    "حلب",
    "Москва",
    "Bobigny",
]
TRANSLITERATED = [
    "Khan Cheikhoun",
    "Raqa",
    "Maaret al-Noomane",
    "Zaporijjia",
    "Tchernihiv",
    "Charm el-Cheikh",
    "Bobrouïsk",
]

PANDAS = 6.0
"""Times pandas' parsing of the same two files that adding a pack may take."""


def in_turns(one: Callable[[], object], other: Callable[[], object], *, rounds: int = 5) -> float:
    """The median of how many times longer `one` takes than `other`, each pair run one after the other."""
    ratios = []
    for _ in range(rounds):
        start = time.perf_counter()
        one()
        middle = time.perf_counter()
        other()
        ratios.append((middle - start) / (time.perf_counter() - middle))
    return statistics.median(ratios)


def each(function: Callable[[str], object], names: list[str]) -> Callable[[], None]:
    def run() -> None:
        for name in names:
            function(name)

    return run


def test_look_up_exact(benchmark: "BenchmarkFixture", gazetteer: Gazetteer) -> None:
    benchmark(each(lambda name: gazetteer.lookup(name, strength=MatchType.EXACT), EXACT))
    assert all(gazetteer.lookup(name, strength=MatchType.EXACT) for name in EXACT)
    if benchmark.stats is None:
        return
    dictionary = {name: gazetteer.lookup(name) for name in EXACT}
    benchmark.extra_info["times a dictionary"] = in_turns(
        each(lambda name: gazetteer.lookup(name, strength=MatchType.EXACT), EXACT * 100),
        each(dictionary.__getitem__, EXACT * 100),
    )
    benchmark.extra_info["microseconds a name"] = per_name = benchmark.stats.stats.median / len(EXACT) * 1e6
    assert per_name < 20


def test_look_up_transliterated(benchmark: "BenchmarkFixture", gazetteer: Gazetteer) -> None:
    benchmark(each(gazetteer.lookup, TRANSLITERATED))
    assert all(gazetteer.lookup(name) for name in TRANSLITERATED)
    if benchmark.stats is None:
        return
    benchmark.extra_info["microseconds a name"] = per_name = benchmark.stats.stats.median / len(TRANSLITERATED) * 1e6
    assert per_name < 200


def test_facts_of_many_names(benchmark: "BenchmarkFixture", gazetteer: Gazetteer) -> None:
    names = [*EXACT, *TRANSLITERATED, *(f"Nowhere {number}" for number in range(2000))]
    known = benchmark(gazetteer.facts, names)
    assert set(known) >= {*EXACT, "Raqa", "Khan Cheikhoun"}
    if benchmark.stats is not None:
        benchmark.extra_info["microseconds a name"] = benchmark.stats.stats.median / len(names) * 1e6


def test_opening(benchmark: "BenchmarkFixture", gazetteer: Gazetteer, home: Path) -> None:
    benchmark(lambda: Gazetteer.open(home=home).close())
    assert benchmark.stats is None or benchmark.stats.stats.median < 0.030


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux tells the peak of memory since the start"
)
def test_memory_of_an_opened_gazetteer(gazetteer: Gazetteer, home: Path) -> None:
    code = (
        "import pathlib, sys; from mapgen.gazetteer import Gazetteer;"
        "g = Gazetteer.open(home=pathlib.Path(sys.argv[1])); g.lookup('Alep'); g.facts(['Raqa', 'Damas']); g.close();"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[1]) < 60 * 1024


@pytest.mark.shared
def test_adding_turkey_against_reading_it_with_pandas(
    benchmark: "BenchmarkFixture", shared: Path, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    import pandas as pd

    folder = shared / "geonames" / "dump"
    assert gazetteer.path is not None
    shutil.copy(gazetteer.path, embedded_path(tmp_path))

    def read() -> None:
        for path in (folder / "TR.zip", folder / "alternatenames" / "TR.zip"):
            with zipfile.ZipFile(path) as archive, archive.open("TR.txt") as table:
                # As text, and "NA" is no missing value: nothing of what the files say is lost.
                options: dict[str, Any] = {"dtype": str, "keep_default_na": False, "quoting": 3, "header": None}
                pd.read_csv(table, sep="\t", **options)

    def add() -> None:
        (tmp_path / "packs.sqlite").unlink(missing_ok=True)
        add_packs(["TR"], source=folder, home=tmp_path)

    benchmark.pedantic(add, rounds=3)
    assert [pack.places for pack in list_packs(home=tmp_path)] == [52_239]
    read()
    if benchmark.stats is None:
        return
    gc.collect()
    benchmark.extra_info["times pandas"] = ratio = in_turns(add, read)
    assert ratio < PANDAS
