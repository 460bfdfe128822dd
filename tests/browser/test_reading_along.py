"""Reading: the map that follows, the review by keys, the search, journeys and days."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest

from mapgen.corrections import read_corrections
from mapgen.model import Candidate, Decision, Document, MatchType, ParsedDocument, Place, Resolution, Toponym
from mapgen.rendering import render

TEXT = (
    "The caravan left Brin on 3 May 1911 and reached Dolme on 9 May, then went to Karsk.\n\n"
    + "Nothing else is told of that winter, and the papers of the leader were lost.\n\n" * 12
    + "On 2 June it crossed the river to Tavo; on 11 June it arrived in Ulme. The rebels of Tavo waited, "
    "and other rebels came from Santorel on 30 June.\n\n"
    "Ostrel “slept through it all” while Brin burned, and so did Santorel"
)
PLACES = {
    name: samples.place(name, "city", "XX", lat, lon)
    for name, (lat, lon) in {
        "Brin": (45.0, 5.0), "Dolme": (45.3, 5.4), "Karsk": (45.6, 5.1), "Tavo": (47.5, 9.0), "Ulme": (47.8, 9.4),
        "Santorel": (46.1, 7.0), "Ostrel": (46.9, 6.2),
    }.items()
}  # fmt: skip
OTHER = samples.place("Santorel", "city", "YY", 10.0, 10.0)
P = {"Santorel": 0.3, "Ostrel": 0.6}


def parsed() -> ParsedDocument:
    found = []
    for name, place in PLACES.items():
        at = TEXT.find(name)
        while at >= 0:
            rivals = (Candidate(place=OTHER, match=MatchType.EXACT, name=name, probability=0.25),)
            resolution = Resolution(
                place=place, probability=P.get(name, 0.98), alternatives=rivals if name == "Santorel" else ()
            )
            found.append(Toponym(start=at, end=at + len(name), text=name, resolution=resolution))
            at = TEXT.find(name, at + 1)
    found.sort(key=lambda toponym: toponym.start)
    return ParsedDocument(
        document=Document(text=TEXT, language="en", source="caravan.txt"),
        toponyms=tuple(found),
        language="en",
        scene=(44.5, 4.5, 48.2, 9.9),
        towns=(samples.place("Vellmar", "city", "XX", 46.5, 8.0),),
    )


@pytest.fixture(scope="module")
def html() -> str:
    return render(parsed())


def number(name: str) -> int:
    return next(index for index, (place, _) in enumerate(parsed().places) if place.name == name)


def read(page: Any, words: str) -> None:
    """Scroll so that the paragraph with these words is read."""
    page.evaluate(
        """(words) => { const pane = document.querySelector('#text');
        const block = [...document.querySelectorAll('.block')].find((one) => one.textContent.includes(words));
        const [there, here] = [block, pane].map((one) => one.getBoundingClientRect().top);
        pane.scrollTop += there - here - pane.clientHeight * 0.24; }""",
        words,
    )
    page.wait_for_timeout(150)


def lit(page: Any) -> set[str]:
    return {one.get_attribute("aria-label").split(",")[0] for one in page.locator(".pin.read").all()}


def test_the_paragraph_that_is_read_lights_its_places(open_page: Any, html: str) -> None:
    page = open_page(html, width=1280, height=500)
    assert lit(page) == set(), "nobody has read yet"
    read(page, "crossed the river")
    assert lit(page) == {"Tavo", "Ulme", "Santorel"}


def test_the_map_follows_when_asked(open_page: Any, html: str) -> None:
    page = open_page(html, width=1280, height=500)
    where = "[map_mapgen.getZoom(), map_mapgen.getCenter().lat]"
    before = page.evaluate(where)
    read(page, "The caravan left")
    assert page.evaluate(where) == before
    page.get_by_role("button", name="Follow").click()
    page.wait_for_timeout(150)
    zoom, lat = page.evaluate(where)
    assert zoom > before[0] and lat == pytest.approx(45.3, abs=0.4)
    read(page, "crossed the river")
    assert page.evaluate(where)[1] > 46.0


def test_arrows_walk_through_the_text(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator("#text").focus()
    names = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        names.append(page.locator("#card h2").inner_text())
    assert names == ["Brin", "Dolme", "Karsk", "Tavo"]
    page.keyboard.press("ArrowLeft")
    assert page.locator("#card h2").inner_text() == "Karsk"


def test_a_journey_is_drawn_and_can_be_hidden(open_page: Any, html: str) -> None:
    page = open_page(html)
    stops = json.loads(page.locator("#mapgen-data").text_content())["threads"]
    assert stops == []  # two paragraphs with other things between them are no one journey
    short = parsed()
    text = TEXT.replace("Nothing else is told of that winter, and the papers of the leader were lost.\n\n", "")
    assert text != TEXT
    one = "It left Brin, reached Dolme, then went to Karsk and on to Tavo."
    toponyms = tuple(
        Toponym(
            start=one.index(name),
            end=one.index(name) + len(name),
            text=name,
            resolution=Resolution(place=PLACES[name], probability=0.9),
        )
        for name in ("Brin", "Dolme", "Karsk", "Tavo")
    )
    page = open_page(
        render(
            ParsedDocument(
                document=Document(text=one, language="en"), toponyms=toponyms, language="en", scene=short.scene
            )
        )
    )
    assert json.loads(page.locator("#mapgen-data").text_content())["threads"] == [[0, 1, 2, 3]]
    assert page.locator("path.thread").count() == 1
    page.locator(".chip.thread").click()
    assert page.locator("path.thread").count() == 0


def test_days_make_a_rail(open_page: Any, html: str) -> None:
    page = open_page(html, width=1280, height=500)
    days = page.locator(".rail button")
    assert days.all_inner_texts() == ["3 May 1911", "9 May 1911", "2 June 1911", "11 June 1911", "30 June 1911"]
    days.nth(3).click()
    assert page.evaluate("getSelection().toString()") == "11 June"
    assert page.locator(".mention", has_text="Ulme").is_visible()


def test_the_review_goes_by_expected_error(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    page.locator(".trust").click()
    assert page.locator("#review strong").inner_text() == "1 of 2"
    assert page.locator("#card h2").inner_text() == "Santorel"  # twice, and at 0.3: before Ostrel, at 0.6
    page.keyboard.press("1")
    assert page.locator("#review strong").inner_text() == "2 of 2"
    assert page.locator("#card h2").inner_text() == "Ostrel"
    page.keyboard.press("x")
    assert page.locator("#review strong").inner_text() == "Reviewed"
    with page.expect_download() as download:
        page.locator("#review [data-do=keep]").click()
    file = tmp_path / "saved.csv"
    download.value.save_as(file)
    santorel, ostrel = read_corrections(file)
    assert (santorel.name, santorel.decision, santorel.point) == ("Santorel", Decision.PLACE, (10.0, 10.0))
    assert (ostrel.name, ostrel.decision) == ("Ostrel", Decision.NO_PLACE)
    page.locator("[data-do=stop-review]").click()
    assert not page.locator("#review").is_visible()


def test_the_review_confirms_and_places_by_name(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator("#text").focus()
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == "Ostrel"
    page.keyboard.press("/")
    page.locator("#point").fill("Vellmar")
    assert page.locator("#point").input_value() == "46.5, 8"
    page.get_by_role("button", name="Place here").click()
    assert page.locator("#review strong").inner_text() == "Reviewed"
    kept = json.loads(page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('mapgen:'))[1]"))
    moved = next(one["place"] for one in kept if one["name"] == "Ostrel")
    assert moved["at"] == [46.5, 8]
    assert "geonameid" not in moved and "population" not in moved
    assert moved["source"] == "you"


def test_the_search_forgives(open_page: Any, html: str) -> None:
    page = open_page(html)
    search = page.get_by_role("searchbox")
    for typed, first in (("santorell", "Santorel"), ("dolne", "Dolme"), ("brin", "Brin")):
        search.fill(typed)
        assert page.locator(".list .item .name").first.inner_text() == first, typed
    assert page.locator(".pin.found").count() == 1
    search.fill("rebels")
    assert page.locator(".passage").count() == 2
    assert {"Tavo", "Santorel"} <= {
        one.get_attribute("aria-label").split(",")[0] for one in page.locator(".pin.found").all()
    }
    page.locator(".passage").nth(1).click()
    assert page.evaluate("getSelection().toString()") == "rebels"
    search.fill("")
    assert page.locator(".pin.found").count() == 0


def test_quotation_marks_are_not_doubled_and_cuts_show(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator(".mention", has_text="Ostrel").click()
    quote = page.locator("#card q")
    assert "bare" in quote.get_attribute("class")
    page.locator(".mention", has_text="Karsk").click()
    assert "bare" not in (page.locator("#card q").get_attribute("class") or "")


def test_two_tabs_keep_both_decisions(browser: Any, html: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True, reduced_motion="reduce")
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]")
    one.locator(".mention", has_text="Ostrel").click()
    one.get_by_role("button", name="That’s right").click()
    other.wait_for_selector("#tab-changes:not([hidden])")
    other.locator(".mention", has_text="Santorel").first.click()
    other.get_by_role("button", name="Not a place").click()
    one.wait_for_function("document.querySelector('#tab-changes .count').textContent === '2'")
    kept = json.loads(one.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('mapgen:'))[1]"))
    assert {change["name"] for change in kept} == {"Ostrel", "Santorel"}
    context.close()


def test_a_full_store_is_told(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.locator(".mention", has_text="Ostrel").click()
    page.get_by_role("button", name="That’s right").click()
    page.locator("#tab-changes").click()
    assert page.locator(".unsaved").is_visible()


def test_given_decisions_are_carried_on(open_page: Any, tmp_path: Path) -> None:
    base = parsed()
    first, *rest = base.toponyms
    given = Toponym(
        start=first.start, end=first.end, text=first.text, resolution=first.resolution, decision=Decision.PLACE
    )
    page = open_page(
        render(
            ParsedDocument(
                document=base.document, toponyms=(given, *rest), language="en", scene=base.scene, towns=base.towns
            )
        )
    )
    page.locator(".mention", has_text="Ostrel").click()
    page.get_by_role("button", name="Not a place").click()
    page.locator("#tab-changes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save corrections").click()
    file = tmp_path / "saved.csv"
    download.value.save_as(file)
    assert [(row.name, row.decision) for row in read_corrections(file)] == [
        ("Brin", Decision.PLACE),
        ("Ostrel", Decision.NO_PLACE),
    ]


def test_a_place_is_no_country(open_page: Any) -> None:
    goma = Place(id="t:1", source="test", name="Goma", kind=samples.Kind.CITY, country="CD", lat=-1.67, lon=29.2)
    text = "Goma is quiet."
    page = open_page(
        render(
            ParsedDocument(
                document=Document(text=text, language="en"),
                toponyms=(Toponym(start=0, end=4, text="Goma", resolution=Resolution(place=goma, probability=0.2)),),
                language="en",
            )
        )
    )
    assert page.locator(".trust").inner_text().lower() == "the marker is probably misplaced"
    page.locator(".mention").click()
    assert "Democratic Republic of the Congo" in page.locator("#card").inner_text()
