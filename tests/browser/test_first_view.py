"""The first view of texts of every spread: most of what is in it stands singly, on wide and on narrow windows."""

from __future__ import annotations

from typing import Any

import first_views
import pytest

from mapgen.rendering import render

COUNT = """() => {
  const seen = (box) => box.width && box.left < innerWidth && box.right > 0 && box.top < innerHeight && box.bottom > 0;
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((e) => seen(e.getBoundingClientRect()));
  const inGroups = shown(".gathered").map((group) => group.dataset.place.split(" ").length);
  return [shown(".pin").length, inGroups.reduce((sum, one) => sum + one, 0)];
}"""


@pytest.mark.parametrize(("width", "height", "least"), [(1400, 900, 0.8), (390, 844, 0.6)], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", first_views.TEXTS)
def test_most_places_of_the_first_view_stand_singly(
    open_page: Any, name: str, width: int, height: int, least: float
) -> None:
    page = open_page(render(first_views.parsed(name)), width=width, height=height)
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(150)
    singly, grouped = page.evaluate(COUNT)
    assert singly + grouped > 0
    assert singly >= least * (singly + grouped)
