"""The page of a large archive is usable soon, and follows its brush.

MAPGEN_MEASURE=1 judges the figures of docs/figures.md on a quiet machine; other runs only see to it that no change
makes the page many times slower.
"""

from __future__ import annotations

import os
import statistics
from pathlib import Path
from typing import Any

import pytest
from archive_samples import sample
from bare_page import times_bare

MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
SIZES = {50_000: 4.0, 200_000: 8.0} if MEASURE else {20_000: 15.0}
"""Mentions, and how many times as long as a bare Leaflet page their page may take."""
BRUSH_MS = 16.0 if MEASURE else 160.0
READY = "html[data-ready]"

BRUSHED = """() => new Promise((done) => {
  const brush = document.querySelector('#brush');
  const box = brush.getBoundingClientRect();
  const send = (type, x) => brush.dispatchEvent(new PointerEvent(type, {
    bubbles: true, pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + 20 }));
  brush.setPointerCapture = () => {};
  send('pointerdown', 0.1);
  const took = [];
  const step = (number) => {
    if (number === 40) { send('pointerup', 0.9); done(took); return; }
    let start = 0;
    requestAnimationFrame(() => (start = performance.now()));
    send('pointermove', 0.2 + number / 60);
    requestAnimationFrame(() => { took.push(performance.now() - start); step(number + 1); });
  };
  requestAnimationFrame(() => step(0));
})"""
"""Milliseconds of the scripts that follow each step of the brush: counts, map, histogram."""


@pytest.fixture(scope="module", params=SIZES)
def large(request: pytest.FixtureRequest) -> tuple[int, str]:
    mentions: int = request.param
    return mentions, sample(places=8_000 + mentions // 26, documents=mentions // 9, mentions=mentions).html


def test_a_large_archive_is_usable_soon(
    browser: Any, tmp_path: Path, large: tuple[int, str], record_property: Any
) -> None:
    mentions, html = large
    ratio = times_bare(browser, tmp_path, html, READY, rounds=7 if MEASURE else 3)
    record_property(f"archive_usable_ratio_{mentions}", round(ratio, 2))
    print(f"\n| page of {mentions} mentions, usable / bare page | {ratio:.2f} | {SIZES[mentions]} |")  # noqa: T201
    assert ratio <= SIZES[mentions]


def test_a_large_archive_follows_its_brush(open_page: Any, large: tuple[int, str], record_property: Any) -> None:
    mentions, html = large
    page = open_page(html)
    took = statistics.median(page.evaluate(BRUSHED))
    assert "from=" in page.evaluate("new Promise((done) => setTimeout(() => done(location.hash), 400))")
    record_property(f"archive_brush_ms_{mentions}", round(took, 1))
    print(f"\n| page of {mentions} mentions, a step of the brush, ms | {took:.1f} | {BRUSH_MS} |")  # noqa: T201
    assert took <= BRUSH_MS
