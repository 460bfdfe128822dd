"""How long outlines take: computed once a country, and read from the cache ever after."""

from __future__ import annotations

import time
from typing import Any

import pytest

from mapgen.footprints import outlines
from mapgen.footprints.outline_files import cache_path, kept
from mapgen.gazetteer import Gazetteer

COMPUTED_S = 2.0
KEPT_S = 0.01


@pytest.mark.benchmark(group="outlines, computed", timer=time.process_time)
@pytest.mark.parametrize("country", ["SY", "IT", "RU", "US"])
def test_computed(benchmark: Any, gazetteer: Gazetteer, country: str) -> None:
    computed = benchmark.pedantic(outlines._computed, args=(gazetteer, country), rounds=3)
    assert computed.whole is not None
    assert benchmark.stats is None or benchmark.stats.stats.min < COMPUTED_S


@pytest.mark.benchmark(group="outlines, kept", timer=time.process_time)
@pytest.mark.parametrize("country", ["SY", "IT", "RU", "US"])
def test_kept(benchmark: Any, gazetteer: Gazetteer, country: str) -> None:
    outlines.region_outlines(gazetteer, country)
    path = cache_path(gazetteer, country, "", "")
    stored = benchmark(kept, path)
    assert stored is not None
    assert benchmark.stats is None or benchmark.stats.stats.min < KEPT_S
