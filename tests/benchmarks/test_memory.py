"""The memory of a process stays flat over documents that it has never read; docs/figures.md has the curve.

    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_memory.py -s

reads 20,000 of them; without MAPGEN_MEASURE caches of 4 MB are filled by 400 documents.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("gazetteer")

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
SCRIPT = Path(__file__).parent / "fresh_texts.py"
PEAK_MB = 350
GROWTH_MB = 40
"""What all but the first quarter of the documents may add to the peak: caches that were not full yet, and fragments."""


def curve(count: int, *options: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, SCRIPT, str(count), *options], capture_output=True, text=True, check=True
    )  # fmt: skip
    print("\n" + done.stdout)  # noqa: T201 (shown by pytest -s)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_memory_is_flat_over_documents_with_fresh_words_and_names() -> None:
    points = curve(20_000) if MEASURE else curve(400, "--cache-bytes", str(4 << 20))
    last = points[-1]
    assert all(point["within"] for point in points)
    assert last["full"], "no cache was full: there were too few documents"
    assert isinstance(last["peak_mb"], float)
    assert last["peak_mb"] <= PEAK_MB
    (early,) = (point["peak_mb"] for point in points if point["documents"] == (5_000 if MEASURE else 100))
    assert isinstance(early, float)
    assert last["peak_mb"] - early <= GROWTH_MB
