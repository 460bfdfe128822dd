"""Every page of the gallery, made anew and opened as a reader does: markers, cards, sentences, wide and narrow."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

GALLERY = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "gallery.py"), run_name="gallery")
PAGES = GALLERY["pages"]()
TEXTS = [page for page in PAGES if not page.is_archive]
ARCHIVES = [page for page in PAGES if page.is_archive]


def named(page: Any) -> str:
    return str(page.name)


@pytest.mark.parametrize("listed", TEXTS, ids=named)
def test_the_page_of_a_text(open_page: Any, home: Path, listed: Any) -> None:
    html, found = GALLERY["made"](listed)
    placed = {place for _, place in found if place}
    page = open_page(html)
    assert page.locator("h1").inner_text() == listed.title
    assert page.locator(".mention").all_inner_texts() == [name for name, _ in found]
    assert marked(page) == len(placed) > 10
    numbers = loose(page)
    for number in (numbers[0], numbers[len(numbers) // 2], numbers[-1]):
        card = opened_card(page, number)
        quoted = card.locator("blockquote mark").all_inner_texts()
        assert quoted
        assert set(quoted) <= {name for name, _ in found}
        page.keyboard.press("Escape")

    narrow = open_page(html, width=390, height=844)
    assert narrow.evaluate("document.documentElement.scrollWidth") == 390
    assert marked(narrow) == len(placed)
    assert opened_card(narrow, loose(narrow)[0]).locator("h2").inner_text()


def loose(page: Any) -> list[str]:
    """The numbers of the places that have markers of their own."""
    return page.eval_on_selector_all(".pin[data-place]", "all => all.map((one) => one.dataset.place)")


def marked(page: Any) -> int:
    """The places on the map: those with markers of their own, and those in groups."""
    groups = page.eval_on_selector_all(".gathered", "all => all.map((one) => Number(one.dataset.count))")
    return len(loose(page)) + sum(groups)


def opened_card(page: Any, number: str) -> Any:
    """Open the card of a place by its marker, as the keyboard does, and return it."""
    marker = page.locator(f".pin[data-place='{number}']")
    marker.focus()
    page.keyboard.press("Enter")
    card = page.locator("#card")
    assert card.is_visible()
    return card


@pytest.mark.parametrize("listed", ARCHIVES, ids=named)
def test_the_page_of_an_archive(open_page: Any, home: Path, listed: Any) -> None:
    pytest.importorskip("duckdb", reason="needs the extra corpus")
    html, found = GALLERY["made"](listed)
    page = open_page(html)
    assert page.locator("h1").inner_text() == listed.title
    assert selected(page) == len({place for _, place in found if place}) > 10
    page.click("#list .item >> nth=0")
    page.wait_for_selector(".passage mark")
    assert set(page.locator(".passage mark").all_inner_texts()) <= {name for name, _ in found}
    july = open_page(html, fragment="#from=2023-07-01&to=2023-07-31")
    assert 0 < selected(july) < selected(open_page(html))
    narrow = open_page(html, width=390, height=844)
    assert narrow.evaluate("document.documentElement.scrollWidth") == 390


def selected(page: Any) -> int:
    """The places that the page counts under its filters."""
    return int(page.locator(".found").first.inner_text().split()[0])
