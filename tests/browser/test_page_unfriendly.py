"""Pages of texts that mean no good, say nothing, run the other way, or go on for ever."""

from __future__ import annotations

import os
import statistics
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest
from bare_page import times_bare

from mapgen.rendering import render

ROOT = Path(__file__).resolve().parents[2]


def test_hostile_text_stays_text(open_page: Any, picture: Any) -> None:
    parsed = samples.hostile()
    page = open_page(render(parsed))
    assert page.evaluate("document.querySelector('#source').textContent") == parsed.document.text.replace(
        "\0", "\ufffd"
    )
    for number in range(len(parsed.places)):
        page.locator(f".pin[data-place='{number}']").click()
        assert page.locator("#card h2").text_content() == parsed.places[number][0].name
    page.locator("#tab-places").click()
    assert page.locator(".missing").inner_text().startswith("Nulle-Part")
    assert page.evaluate("document.images.length") == 0
    assert page.evaluate("document.querySelectorAll('x, i, b, svg[onload]').length") == 0
    assert page.title().startswith("<b>Titre</b>")
    assert page.locator(".control").count() > 0
    picture(page, "hostile")


def test_bidi_controls_turn_nothing(open_page: Any) -> None:
    page = open_page(render(samples.hostile()))
    shown = page.locator(".mention", has_text="yrtnuoC").evaluate(
        """(one) => { const node = [...one.childNodes].find((child) => child.nodeType === 3);
        return [0, node.length - 1].map((index) => { const range = document.createRange();
          range.setStart(node, index); range.setEnd(node, index + 1);
          return range.getBoundingClientRect().left; }); }"""
    )
    assert shown[0] < shown[1], "the override turned the name around"


def test_a_page_without_places_says_so(open_page: Any, picture: Any) -> None:
    page = open_page(render(samples.empty()))
    assert page.locator(".nothing").inner_text().startswith("Aucun lieu n’a été trouvé dans ce texte.")
    assert page.locator(".pin").count() == 0
    picture(page, "empty")


def test_right_to_left(open_page: Any, picture: Any) -> None:
    page = open_page(render(samples.right_to_left()))
    assert page.locator("#source .block").first.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    page.locator(".mention").first.click()
    assert page.locator("#card h2").inner_text() == "حلب"
    assert page.locator("#card q").inner_text().endswith("حماة.")
    picture(page, "right-to-left")


def test_the_policy_holds(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(render(samples.empty()), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    broken = page.evaluate(
        """() => new Promise((done) => {
        const broken = [];
        document.addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective));
        const script = document.createElement('script');
        script.textContent = 'window.taken = 1';
        document.body.append(script);
        const image = new Image(); image.src = 'https://example.org/x.png'; document.body.append(image);
        const box = document.createElement('div'); box.setAttribute('style', 'color: red'); document.body.append(box);
        fetch('https://example.org/').catch(() => 0);
        setTimeout(() => done([broken.sort(), window.taken ?? null]), 200); })"""
    )
    context.close()
    assert broken == [["connect-src", "img-src", "script-src-elem", "style-src-attr"], None]


@pytest.fixture(scope="module")
def large() -> str:
    return render(samples.large())


def test_a_large_document_stays_fluid(open_page: Any, large: str, picture: Any) -> None:
    assert len(large.encode()) < 12_000_000
    page = open_page(large)
    took = []
    for _ in range(6):
        took.append(
            page.evaluate(
                """() => new Promise((done) => { const start = performance.now();
                document.querySelector('.chip.k-city').click();
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0)); })"""
            )
        )
        page.wait_for_timeout(100)
    assert statistics.median(took) < (200 if os.environ.get("MAPGEN_MEASURE") == "1" else 1000)
    assert page.locator(".mention").count() < 3000, "the text is marked as it comes near, not at once"
    page.evaluate("document.querySelector('#text').scrollTop = 1e6")
    page.wait_for_selector(".mention")
    page.locator("#search").fill("lieu 1999")
    page.locator("#search").press("Enter")
    assert page.locator("#card h2").inner_text() == "Lieu 1999"
    picture(page, "large")


# The figures to reach (docs/figures.md) are judged with MAPGEN_MEASURE=1 on a quiet machine; other runs see to it that
# no change makes the page much slower. Noise slows the longer page more: measured up to three times.
MEASURE = os.environ.get("MAPGEN_MEASURE") == "1"
MARKER = ".leaflet-marker-icon"


def test_interactive_almost_as_soon_as_a_bare_map(browser: Any, tmp_path: Path, record_property: Any) -> None:
    parsed = samples.dispatch() if "MAPGEN_SHARED" in os.environ else samples.right_to_left()
    page, ratios = render(parsed), []
    bound = 1.5 if MEASURE else 3.0
    while len(ratios) < 3 and (not ratios or min(ratios) >= bound):
        ratios.append(times_bare(browser, tmp_path, page, MARKER))
    record_property("interactive_ratio", round(min(ratios), 2))
    assert min(ratios) < bound


def test_interactive_with_20_000_mentions(browser: Any, tmp_path: Path, large: str, record_property: Any) -> None:
    ratio = times_bare(browser, tmp_path, large, MARKER, rounds=5)
    record_property("interactive_ratio_large", round(ratio, 2))
    assert ratio < (6.0 if MEASURE else 10.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sample", ["right_to_left", "empty", "hostile", "many", "dispatch"])
def test_axe_finds_nothing(open_page: Any, sample: str, scheme: str) -> None:
    axe = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("needs axe-core (npm install)")
    if sample == "dispatch" and "MAPGEN_SHARED" not in os.environ:
        pytest.skip("MAPGEN_SHARED is unset: no dispatch to read")
    page = open_page(render(getattr(samples, sample)()), bypass_csp=True, color_scheme=scheme)
    page.evaluate(axe.read_text(encoding="utf-8"))
    for state in ("first", "card", "places"):
        if state == "card" and page.locator(".mention:not(.unplaced)").count():
            page.locator(".mention:not(.unplaced)").first.click()
        if state == "places":
            page.locator("#tab-places").click()
        found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })")
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found["violations"]] == []
