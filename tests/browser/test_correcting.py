"""Correcting in the page: every decision, its undoing, what follows from it, and the file that it makes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest

from mapgen.corrections import Correction, Scope, read_corrections
from mapgen.model import Candidate, Decision, Document, MatchType, ParsedDocument, Place, Resolution, Toponym
from mapgen.rendering import render

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "😀 The mayor of Paris went to Old Mill. In Paris, people danced near Springfield; Paris slept.\n"
    "Nowhere was quiet, and so was the bridge at Old Mill."
)
PARIS, TEXAS = samples.place("Paris", "city", "FR", 48.85, 2.35), samples.place("Paris", "city", "US", 33.66, -95.56)
SPRINGFIELD = samples.place("Springfield", "city", "US", 48.0, 3.0)
HERE, DOCUMENT, EVERYWHERE = Scope.HERE, Scope.DOCUMENT, Scope.EVERYWHERE


def toponym(name: str, nth: int, place: Place | None, probability: float, **more: Any) -> Toponym:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(name, start + 1)
    rivals = (Candidate(place=TEXAS, match=MatchType.EXACT, name=name, probability=0.02),) if name == "Paris" else ()
    resolution = Resolution(place=place, probability=probability, alternatives=rivals, reasons=("because",), **more)
    return Toponym(start=start, end=start + len(name), text=name, resolution=resolution)


@pytest.fixture(scope="module")
def html() -> str:
    toponyms = (
        toponym("Paris", 0, PARIS, 0.9),
        toponym("Paris", 1, PARIS, 0.9),
        toponym("Springfield", 0, SPRINGFIELD, 0.4, radius_km=30.0),
        toponym("Paris", 2, PARIS, 0.9),
        toponym("Nowhere", 0, None, 0.0),
    )
    parsed = ParsedDocument(
        document=Document(text=TEXT, language="en", source="note.txt"),
        toponyms=toponyms,
        language="en",
        scene=(47.0, 1.0, 49.5, 4.0),
    )
    assert render(parsed) == render(parsed)
    return render(parsed)


def name(page: Any, text: str, nth: int = 0) -> Any:
    return page.locator(".mention", has_text=text).nth(nth)


def saved(page: Any, tmp_path: Path) -> tuple[Correction, ...]:
    """The file that the page saves, read by the reader of the command line."""
    page.locator("#tab-changes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save corrections").click()
    assert download.value.suggested_filename == "note.corrections.csv"
    file = tmp_path / "saved.csv"
    download.value.save_as(file)
    return read_corrections(file)


def counts(page: Any) -> list[str]:
    return page.locator(".about span").all_inner_texts()[-2:]


def select_words(page: Any, words: str, nth: int = 0) -> None:
    """Select words of the text as a mouse does: their letters, and a space too many."""
    page.evaluate(
        """([words, nth]) => { const walker = document.createTreeWalker(document.querySelector('#source'), 4);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          let at = -1;
          while ((at = node.data.indexOf(words, at + 1)) >= 0) {
            if (nth-- > 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, Math.min(node.length, at + words.length + 1));
            getSelection().removeAllRanges(); getSelection().addRange(range);
            return;
          } } }""",
        [words, nth],
    )
    page.wait_for_selector("#bubble:not([hidden])")


def test_a_runner_up_is_chosen_for_all_mentions(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    assert page.locator("#tab-changes").is_hidden()
    name(page, "Paris").click()
    assert page.locator(".scope select").locator("option:checked").inner_text() == "the 3 mentions in this text"
    page.locator("#card").get_by_role("button", name="Choose Paris, city, United States", exact=True).click()
    card = page.locator("#card")
    assert "33.660° N" in card.inner_text()
    assert "decided by you" in card.inner_text()
    assert page.locator(".meter").is_hidden()
    assert page.locator(".mention.said-place").all_inner_texts() == ["Paris"] * 3
    assert page.locator(".pin.open.decided:not(.doubtful)").count() == 1
    assert "Paris" in page.locator(".ghost").first.get_attribute("aria-label"), "the way back shows on the map"
    assert counts(page) == ["5 mentions", "2 places"]
    (row,) = saved(page, tmp_path)
    assert (row.document, row.name, row.scope, row.decision, row.span) == (
        "note.txt", "Paris", DOCUMENT, Decision.PLACE, None,
    )  # fmt: skip
    assert (row.place, row.label, row.kind, row.country, row.point) == (
        TEXAS.id,
        "Paris",
        "city",
        "US",
        (33.66, -95.56),
    )


def test_a_click_on_a_ghost_makes_it_the_choice_for_one_mention(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    name(page, "Paris", 1).click()
    page.locator(".scope select").select_option("here")
    page.evaluate("map_mapgen.setView([33.66, -95.56], 6)")
    page.locator(".ghost").click()
    assert page.locator(".mention.said-place").count() == 1
    assert page.locator(".pin").count() == 3
    assert counts(page) == ["5 mentions", "3 places"]
    (row,) = saved(page, tmp_path)
    assert (row.scope, row.span, row.place) == (HERE, (42, 47), TEXAS.id)
    assert TEXT[42:47] == "Paris", "offsets count code points"


def test_a_ghost_is_chosen_by_keys_alone(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    name(page, "Paris").press("Enter")
    page.evaluate("map_mapgen.setView([33.66, -95.56], 6)")
    page.locator(".ghost").focus()
    page.keyboard.press("Enter")
    assert page.locator(".mention.said-place").count() == 3
    page.keyboard.press("Control+z")
    assert page.locator(".mention.said-place").count() == 0
    page.locator(".choose").first.focus()
    page.keyboard.press("Space")
    (row,) = saved(page, tmp_path)
    assert (row.scope, row.place) == (DOCUMENT, TEXAS.id)


def test_confirming_takes_the_doubt_away(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    assert page.locator("path.o-doubt").count() == 1
    name(page, "Springfield").click()
    assert page.locator(".pin.open.doubtful").count() == 1
    page.get_by_role("button", name="That’s right").click()
    assert page.locator(".doubtful").count() == 0
    assert page.locator("path.o-doubt").count() == 0
    assert "30" not in page.locator("#card").inner_text()
    (row,) = saved(page, tmp_path)
    assert (row.place, row.point) == (SPRINGFIELD.id, (48.0, 3.0))


def test_a_marker_is_dragged(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    name(page, "Springfield").click()
    page.get_by_role("button", name="Move").click()
    box = page.locator(".mover").bounding_box()
    page.mouse.move(box["x"] + 17, box["y"] + 17)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 17, steps=5)
    page.mouse.up()
    at = [float(part) for part in page.locator("#point").input_value().split(",")]
    assert at[0] == pytest.approx(48.0, abs=0.02)
    assert at[1] < 2.9
    page.get_by_role("button", name="Place here").click()
    assert page.locator(".mover").count() == 0
    assert page.locator(".choosing").count() == 0
    assert "decided by you" in page.locator("#card").inner_text()
    (row,) = saved(page, tmp_path)
    assert row.point == (at[0], at[1])
    assert row.place == f"{SPRINGFIELD.id}@{at[0]:.5f},{at[1]:.5f}"


def test_a_marker_is_moved_by_keys_alone(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    name(page, "Springfield").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move").press("Enter")
    assert page.evaluate("document.activeElement.id") == "point"
    page.keyboard.type("1")
    page.keyboard.press("Control+a")
    page.keyboard.type("nowhere")
    assert page.get_by_role("button", name="Place here").is_disabled()
    page.keyboard.press("Control+a")
    page.keyboard.type("48.2, 3.1")
    mover = page.locator(".mover")
    mover.focus()
    before = mover.bounding_box()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowLeft")
    after = mover.bounding_box()
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (-1, -10)
    page.keyboard.press("Escape")
    assert mover.count() == 0
    assert page.evaluate("document.activeElement.closest('#card') !== null")
    page.get_by_role("button", name="Move").press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("48.2, 3.1")
    page.keyboard.press("Enter")
    assert "48.200° N" in page.locator("#card").inner_text()
    (row,) = saved(page, tmp_path)
    assert row.point == (48.2, 3.1)


def test_the_focus_is_never_lost(open_page: Any, html: str) -> None:
    """What was pressed goes with what it was for; the focus stays in the card, and goes back where it came from."""
    page = open_page(html)
    inside = "document.activeElement.closest('#card') !== null"
    name(page, "Paris").focus()
    page.keyboard.press("Enter")
    for press in (
        lambda: page.locator("#card .choose").first.press("Enter"),
        lambda: page.locator("#card .verdict button").press("Enter"),
        lambda: page.get_by_role("button", name="That’s right").press("Enter"),
        lambda: page.get_by_role("button", name="Move").press("Enter"),
        lambda: page.get_by_role("button", name="Cancel").press("Enter"),
        lambda: page.get_by_role("button", name="Not a place").press("Enter"),
    ):
        press()
        assert page.evaluate(inside), page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
    page.locator("#card .close").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Paris"
    name(page, "Paris", 1).focus()
    page.keyboard.press("Enter")
    page.locator("#card [data-do=place]").press("Enter")
    page.locator("#point").fill("48.85, 2.35")
    page.locator("#point").press("Enter")
    page.locator(".ghost").first.press("Enter")
    assert page.evaluate(inside)


def test_no_place(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    name(page, "Springfield").click()
    page.locator(".scope select").select_option("everywhere")
    page.get_by_role("button", name="Not a place").click()
    assert "this is no place" in page.locator("#card").inner_text()
    assert counts(page) == ["4 mentions", "1 place"]
    assert page.locator(".pin").count() == 1
    assert page.locator(".chip.k-city .count").inner_text() == "1"
    assert page.locator("path.o-doubt").count() == 0
    page.locator("#tab-places").click()
    assert page.locator(".item .name").all_inner_texts() == ["Paris"]
    assert page.locator("#places .goto").all_inner_texts() == ["Springfield", "Nowhere"]
    (row,) = saved(page, tmp_path)
    assert (row.document, row.scope, row.decision, row.place) == ("", EVERYWHERE, Decision.NO_PLACE, "")


def test_a_missed_name_is_left_to_the_program(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    assert page.locator("#mark").is_disabled()
    select_words(page, "Old Mill")
    assert page.locator("#mark").is_enabled()
    assert page.locator("#bubble").inner_text() == "Mark “Old Mill”"
    page.locator("#bubble").click()
    assert page.locator("#bubble").is_hidden()
    assert page.locator(".mention.current").inner_text() == "Old Mill"
    assert "Marked by you" in page.locator("#card").inner_text()
    assert page.locator("#card q").inner_text() == "😀 The mayor of Paris went to Old Mill."
    select_words(page, "Old Mill", 1)
    page.locator("#mark").click()
    assert page.locator("#card q").inner_text() == "Nowhere was quiet, and so was the bridge at Old Mill."
    rows = saved(page, tmp_path)
    assert [(row.decision, row.scope, row.place, row.point) for row in rows] == [
        (Decision.MISSING, HERE, "", None),
        (Decision.MISSING, HERE, "", None),
    ]
    for row in rows:
        assert row.span is not None
        assert TEXT[row.span[0] : row.span[1]] == row.name == "Old Mill"
    assert page.evaluate("document.querySelector('#source').textContent") == TEXT


def test_a_missed_name_is_placed_on_the_map(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    select_words(page, "Old Mill", 1)
    page.locator("#mark").click()
    page.get_by_role("button", name="Place on the map").click()
    page.locator(".placer select").select_option("village")
    page.locator("#map").click(position={"x": 120, "y": 300})
    assert page.locator("#card").is_visible(), "a click on the map places, and does not close the card"
    at = [float(part) for part in page.locator("#point").input_value().split(",")]
    page.get_by_role("button", name="Place here").click()
    assert page.locator(".pin.open.k-village.decided").count() == 1
    assert page.locator(".mention.current.k-village").inner_text() == "Old Mill"
    assert counts(page) == ["6 mentions", "3 places"]
    assert page.locator(".chip.k-village").count() == 1
    (row,) = saved(page, tmp_path)
    assert (row.decision, row.place, row.label, row.kind, row.point) == (
        Decision.MISSING, "", "Old Mill", "village", (at[0], at[1]),
    )  # fmt: skip


def test_a_missed_name_lies_at_a_place_of_the_page_by_keys_alone(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    page.locator("#search").focus()
    page.keyboard.type("old mill")
    offer = page.get_by_role("button", name="Mark “Old Mill” as a place (2 in the text)")
    offer.press("Enter")
    assert page.locator(".mention", has_text="Old Mill").count() == 2
    page.locator(".scope select").select_option("document")
    page.get_by_role("button", name="Place on the map").press("Enter")
    page.locator("#search").fill("spring")
    page.locator("#search").press("Enter")
    assert "Springfield" in page.locator(".picked").inner_text()
    page.get_by_role("button", name="Place here").press("Enter")
    assert page.locator("#card h2").inner_text() == "Springfield"
    assert page.locator(".steps").inner_text().startswith("previous\n")
    rows = saved(page, tmp_path)
    assert [(row.decision, row.scope, row.place) for row in rows] == [
        (Decision.MISSING, HERE, ""),
        (Decision.MISSING, HERE, ""),
        (Decision.PLACE, DOCUMENT, SPRINGFIELD.id),
    ]


def test_a_longer_name_takes_the_room_of_a_shorter(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    page.evaluate(
        """() => { const mark = document.querySelector('.mention'); const range = document.createRange();
        range.setStart(mark.previousSibling, mark.previousSibling.length - 'mayor of '.length);
        range.setEndAfter(mark); getSelection().addRange(range); }"""
    )
    page.wait_for_selector("#bubble:not([hidden])")
    page.locator("#bubble").click()
    assert page.locator(".mention").first.inner_text() == "mayor of Paris"
    assert page.locator(".mention").count() == 5
    assert page.evaluate("document.querySelector('#source').textContent") == TEXT
    (row,) = saved(page, tmp_path)
    assert (row.name, row.span, row.decision) == ("mayor of Paris", (6, 20), Decision.MISSING)


def test_a_name_that_is_not_on_the_map_is_placed(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    page.locator("#tab-places").click()
    page.locator("#places .goto").click()
    assert page.locator("#card h2").inner_text() == "Nowhere"
    assert "because" in page.locator("#card .note").text_content()
    page.get_by_role("button", name="Place on the map").click()
    page.locator("#map").click(position={"x": 60, "y": 420})
    page.get_by_role("button", name="Place here").click()
    page.locator("#tab-places").click()
    assert page.locator(".unplaced .goto").count() == 0
    assert name(page, "Nowhere").get_attribute("class").split()[:2] == ["mention", "k-city"]
    (row,) = saved(page, tmp_path)
    assert (row.decision, row.scope, row.name, row.label) == (Decision.PLACE, HERE, "Nowhere", "Nowhere")


def test_an_empty_map_is_filled(open_page: Any) -> None:
    page = open_page(render(samples.empty()))
    assert page.locator(".nothing").is_visible()
    select_words(page, "lieu")
    page.locator("#bubble").click()
    page.locator(".tools .main", has_text="Placer").click()
    page.locator("#point").fill("48,85 ; 2,35")
    page.locator("#point").press("Enter")
    assert page.locator(".pin.open").count() == 1
    assert page.locator(".nothing").is_hidden()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert page.locator(".nothing").is_visible()


def test_every_change_is_undone(open_page: Any, html: str) -> None:
    page = open_page(html)
    before = page.locator("#stage .leaflet-marker-pane").inner_text(), counts(page)
    name(page, "Springfield").click()
    page.get_by_role("button", name="Not a place").click()
    name(page, "Paris").click()
    page.locator("#card").get_by_role("button", name="Choose Paris, city, United States", exact=True).click()
    select_words(page, "Old Mill")
    page.locator("#bubble").click()
    assert page.locator("#tab-changes .count").inner_text() == "3"
    page.keyboard.press("Control+z")
    assert page.locator(".mention", has_text="Old Mill").count() == 0
    page.locator("#tab-changes").click()
    assert page.locator("#changes li .goto").all_inner_texts() == ["Springfield", "Paris"]
    page.get_by_role("button", name="Withdraw the correction of “Springfield”").press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Withdraw the correction of “Paris”"
    assert page.locator(".pin.doubtful").count() == 1
    page.get_by_role("button", name="Undo the last").click()
    assert page.locator("#changes li .goto").all_inner_texts() == ["Springfield", "Paris"]
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert page.locator("#tab-changes").is_hidden()
    assert page.locator("#text").is_visible()
    page.keyboard.press("Escape")
    assert (page.locator("#stage .leaflet-marker-pane").inner_text(), counts(page)) == before
    assert page.locator("[class*=said-], .decided").count() == 0


def test_a_decision_is_taken_back_in_the_card(open_page: Any, html: str) -> None:
    page = open_page(html)
    name(page, "Springfield").click()
    page.get_by_role("button", name="That’s right").click()
    page.locator(".verdict button").click()
    assert page.locator(".certainty strong").inner_text() == "40%"


def test_changes_outlive_the_page(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    name(page, "Paris").click()
    page.locator("#card").get_by_role("button", name="Choose Paris, city, United States", exact=True).click()
    select_words(page, "Old Mill", 1)
    page.locator("#bubble").click()
    rows = [(row.name, row.span, row.place) for row in saved(page, tmp_path)]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#tab-changes .count").inner_text() == "2"
    assert page.locator(".mention.said-place").count() == 3
    assert counts(page) == ["6 mentions", "2 places"]
    assert [(row.name, row.span, row.place) for row in saved(page, tmp_path)] == rows
    page.locator("#tab-text").click()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#tab-changes").is_hidden()


def test_what_a_store_keeps_in_another_form_is_left_alone(browser: Any, html: str, tmp_path: Path) -> None:
    """Corrections of an older page, or of somebody else, must not keep the page from opening."""
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    kept = {"start": 16, "end": 21, "name": "Paris", "scope": "here", "decision": "place", "place": {"id": "x"}}
    page.evaluate(
        """(kept) => { const { document: { key } } = JSON.parse(document.querySelector('#mapgen-data').textContent);
        localStorage.setItem('mapgen:' + key, JSON.stringify([kept])); }""",
        kept,
    )
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#tab-changes").is_hidden()
    assert page.locator(".pin").count() == 2
    context.close()


@pytest.mark.parametrize(
    "store", ["throw new DOMException('blocked', 'SecurityError')", "return { getItem: () => '{]' }"]
)
def test_a_browser_without_a_store(browser: Any, html: str, tmp_path: Path, store: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ get() {{ {store}; }} }})")
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    name(page, "Springfield").click()
    page.get_by_role("button", name="Not a place").click()
    assert page.locator("#tab-changes .count").inner_text() == "1"
    context.close()
    assert errors == []


def test_exports_say_what_was_corrected(open_page: Any, html: str) -> None:
    page = open_page(html)
    name(page, "Springfield").click()
    page.get_by_role("button", name="Move").click()
    page.locator("#point").fill("48.2, 3.1")
    page.get_by_role("button", name="Place here").click()
    name(page, "Paris").click()
    page.get_by_role("button", name="Not a place").click()
    page.locator("#tab-places").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["name"], row["lat"], row["lon"], row["probability"]) == ("Springfield", "48.2", "3.1", "1")
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    (feature,) = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    assert feature["geometry"]["coordinates"] == [3.1, 48.2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_correcting(open_page: Any, html: str, scheme: str) -> None:
    axe = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("needs axe-core (npm install)")
    page = open_page(html, bypass_csp=True, color_scheme=scheme)
    page.evaluate(axe.read_text(encoding="utf-8"))

    def check() -> None:
        found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })")
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found["violations"]] == []

    name(page, "Springfield").click()
    page.get_by_role("button", name="Move").click()
    check()
    page.locator("#point").fill("nowhere")
    check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="That’s right").click()
    name(page, "Nowhere").click()
    page.get_by_role("button", name="Place on the map").click()
    check()
    page.keyboard.press("Escape")
    select_words(page, "Old Mill")
    check()
    page.locator("#bubble").click()
    name(page, "Paris").click()
    page.get_by_role("button", name="Not a place").click()
    check()
    page.locator("#tab-changes").click()
    check()


@pytest.mark.parametrize(
    "look",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844, "has_touch": True}],
    ids=["wide", "dark", "narrow"],
)
def test_pictures_of_correcting(
    open_page: Any, html: str, picture: Any, look: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    page, name_ = open_page(html, **look), request.node.callspec.id
    name(page, "Springfield").click()
    page.get_by_role("button", name="Move").click()
    picture(page, f"correction-move-{name_}")
    page.get_by_role("button", name="Place here").click()
    picture(page, f"correction-{name_}")
    select_words(page, "Old Mill")
    picture(page, f"correction-missed-{name_}")
    page.locator("#bubble").click()
    page.locator("#tab-changes").click()
    picture(page, f"correction-list-{name_}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
