"""Drawing against annotation, on real texts over many countries.

    MAPGEN_MEASURE=1 pytest tests/benchmarks/test_drawing_speed.py -s

draws 310 texts and prints the medians after the first ten. Without MAPGEN_MEASURE it draws a few, and no ratio is
judged. Outlines are read from the tests' home where an earlier run has computed them.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import time
from pathlib import Path

import pytest

import mapgen

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
TEXTS = 310 if MEASURE else 12
FIRST = 10
MOST = 1.0
"""The median time of drawing a text against the median time of its annotation."""


@pytest.mark.shared
def test_drawing_costs_no_more_than_annotation(shared: Path, home: Path) -> None:
    texts = []
    for corpus in ("letemps_fr", "lgl", "newseye_fr", "trnews"):
        with gzip.open(shared / "resolution-corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    random.Random(3).shuffle(texts)
    annotation, drawing = [], []
    with mapgen.Geoparser(home=home) as geoparser:
        for text in texts[:TEXTS]:
            started = time.process_time()
            annotated = geoparser.annotate(text)
            between = time.process_time()
            drawn = geoparser.draw(annotated)
            annotation.append(between - started)
            drawing.append(time.process_time() - between)
            assert drawn.toponyms == annotated.toponyms
    medians = [1000 * statistics.median(times[FIRST:]) for times in (annotation, drawing)]
    means = [1000 * statistics.mean(times[FIRST:]) for times in (annotation, drawing)]
    print(f"\nannotate {medians[0]:.1f} ms, draw {medians[1]:.1f} ms (means {means[0]:.1f} and {means[1]:.1f} ms)")  # noqa: T201
    assert not MEASURE or medians[1] <= MOST * medians[0]
