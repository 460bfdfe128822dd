"""The first view as a picture: without JavaScript, and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import page_samples as samples
import pytest

from mapgen.rendering import render

pytestmark = pytest.mark.shared


def test_without_javascript_the_map_is_a_picture(browser: Any, tmp_path: Path, picture: Any) -> None:
    file = tmp_path / "page.html"
    file.write_text(render(samples.dispatch()), encoding="utf-8", newline="")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("#picture svg").is_visible()
    assert page.locator("#picture .p-mark").count() > 8
    assert not page.locator(".views").is_visible()
    assert page.locator("#picture figcaption").inner_text().startswith("Syrie")
    picture(page, "state-without-script-wide")
    context.close()


def test_with_javascript_the_picture_is_hidden(open_page: Any) -> None:
    page = open_page(render(samples.dispatch()))
    assert not page.locator("#picture").is_visible()
    alternative = page.get_attribute("#map", "aria-label")
    assert page.locator("#picture figcaption").text_content() in alternative


def test_on_paper_the_picture_is_keyed_to_the_list(open_page: Any) -> None:
    page = open_page(render(samples.dispatch()))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#picture svg").is_visible()
    assert not page.locator("#map").is_visible()
    marks = page.eval_on_selector_all(
        "#picture .p-mark", "all => all.map((one) => one.querySelector('.p-number').textContent)"
    )
    heads = page.eval_on_selector_all("#print h3", "all => all.map((one) => one.textContent.split(' ')[0])")
    assert set(marks) <= set(heads)


def test_the_relief_is_in_the_page_once(open_page: Any) -> None:
    html = render(samples.dispatch())
    assert html.count("data:image/webp;base64,") == 1
    page = open_page(html)
    page.wait_for_timeout(300)
    shades = "() => document.querySelector('.leaflet-base-pane canvas').toDataURL().length"
    shaded = page.evaluate(shades)
    page.emulate_media(forced_colors="active")
    page.wait_for_timeout(200)
    assert shaded > 1.3 * page.evaluate(shades), "forced colours have no relief"
