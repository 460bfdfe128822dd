"""The page of an archive counts what its mentions say under every filter, and opens the sentences of each number."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import archive_samples
import pytest
from archive_samples import EPOCH, Mention, Sample, sample

Keep = Callable[[Mention], bool]


@pytest.fixture(scope="module")
def made() -> Sample:
    return sample()


def day(text: str) -> int:
    return (datetime.date.fromisoformat(text) - EPOCH).days


def until(page: Any, condition: str) -> None:
    """Wait for a condition: the policy of the page forbids Playwright's own way."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}")


def address(page: Any) -> str:
    """The fragment of the address, once it changes no more: the page writes it a moment after the last change."""
    now, before = str(page.evaluate("location.hash")), ""
    while now != before:
        page.wait_for_timeout(400)
        now, before = str(page.evaluate("location.hash")), now
    return now


def saved_rows(page: Any, action: str) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.click(f"[data-do={action}]")
    content = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def counted(page: Any) -> dict[int, tuple[int, int]]:
    return {int(row["place_id"][3:]): (int(row["mentions"]), int(row["documents"])) for row in saved_rows(page, "csv")}


FILTERS: dict[str, Keep] = {
    "": lambda _: True,
    "#p=0.6": lambda seen: seen.p >= 0.6,
    "#duplicates=off": lambda seen: not seen.duplicate,
    "#undated=off": lambda seen: seen.day is not None,
    "#sense=metonymic": lambda seen: seen.metonymic,
    "#sense=literal&p=0.35": lambda seen: not seen.metonymic and seen.p >= 0.35,
    "#from=1993-02-01&to=1996-01-31": lambda seen: (
        seen.day is None or day("1993-02-01") <= seen.day <= day("1996-01-31")
    ),
    "#from=1993-02-01&to=1996-01-31&undated=off&duplicates=off&p=0.8&sense=literal": lambda seen: (
        seen.day is not None
        and day("1993-02-01") <= seen.day <= day("1996-01-31")
        and not seen.duplicate
        and seen.p >= 0.8
        and not seen.metonymic
    ),
}


@pytest.mark.parametrize("fragment", FILTERS)
def test_the_counts_of_a_selection_are_those_of_its_mentions(open_page: Any, made: Sample, fragment: str) -> None:
    page = open_page(made.html, fragment=fragment)
    assert counted(page) == made.count(FILTERS[fragment])


def test_the_brush_selects_by_dragging_and_by_keys_and_the_address_keeps_it(open_page: Any, made: Sample) -> None:
    page = open_page(made.html)
    box = page.locator("#brush").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20, steps=4)
    page.mouse.up()
    until(page, "location.hash.includes('from=')")
    ends = re.search(r"from=(\d{4}-\d\d-\d\d)&to=(\d{4}-\d\d-\d\d)", address(page))
    assert ends is not None
    first, last = map(day, ends.groups())
    assert counted(page) == made.count(lambda seen: seen.day is None or first <= seen.day <= last)
    page.focus("#brush-from")
    page.keyboard.press("ArrowRight")
    assert day(re.search(r"from=([\d-]{10})", address(page))[1]) > first
    assert page.get_attribute("#brush-from", "aria-valuetext")
    page.click("[data-do=dates]")
    assert counted(page) == made.count(lambda _: True)


def test_a_place_opens_its_sentences_with_the_name_marked(open_page: Any, made: Sample) -> None:
    page = open_page(made.html)
    page.click("#list .item >> nth=1")
    page.wait_for_selector(".passage mark")
    until(page, "location.hash.includes('place=')")
    number = re.search(r"place=gn:(\d+)", page.evaluate("location.hash"))[1]
    assert set(page.locator(".passage mark").all_inner_texts()) == {f"Nom {number}"}
    page.keyboard.press("Escape")
    page.wait_for_selector("#list .item")


TEXT_FILTERS: dict[str, Callable[[Sample, int], bool]] = {
    "": lambda _, row: row >= 0,
    "&undated=off&duplicates=off": lambda made, row: made.days[row] is not None and not made.duplicates[row],
    "&only=duplicates": lambda made, row: made.duplicates[row],
    "&only=undated": lambda made, row: made.days[row] is None,
    "&only=errors": lambda _, row: row == 2,
    "&from=1993-02-01&to=1996-01-31&undated=off": lambda made, row: (
        made.days[row] is not None and day("1993-02-01") <= made.days[row] <= day("1996-01-31")
    ),
    "&p=0.9&sense=metonymic": lambda made, row: any(
        seen.document == row and seen.metonymic and seen.p >= 0.9 for seen in made.mentions
    ),
}


@pytest.mark.parametrize("fragment", TEXT_FILTERS)
def test_the_texts_of_a_selection_are_listed(open_page: Any, made: Sample, fragment: str) -> None:
    page = open_page(made.html, fragment="#list=texts" + fragment)
    page.wait_for_selector("#texts .item")
    wanted = {f"d{row}" for row in range(len(made.days)) if TEXT_FILTERS[fragment](made, row)}
    rows = saved_rows(page, "csv")
    assert {row["document_id"] for row in rows} == wanted
    assert page.locator("#texts .item").count() == min(100, len(wanted))
    mentions = {row["document_id"]: int(row["toponyms"]) for row in rows}
    assert mentions == {name: sum(f"d{seen.document}" == name for seen in made.mentions) for name in wanted}


def test_a_text_opens_its_sentences_with_links_to_the_places(open_page: Any, made: Sample) -> None:
    page = open_page(made.html)
    page.focus("#tab-places")
    page.keyboard.press("ArrowRight")
    page.select_option("#order", "mentions")
    until(page, "document.querySelectorAll('#texts .item').length === 100")
    until(page, "location.hash.includes('order=mentions')")
    page.locator("#texts .item").first.press("Enter")
    page.wait_for_selector(".passage a mark")
    until(page, "location.hash.includes('text=')")
    row = int(re.search(r"text=d(\d+)", page.evaluate("location.hash"))[1])
    own = [seen for seen in made.mentions if seen.document == row]
    assert page.locator("#place-name").inner_text().startswith(f"Titre {row}")
    assert sorted(page.locator(".passage mark").all_inner_texts()) == sorted(f"Nom {seen.place}" for seen in own)
    name = page.locator(".passage a mark").first.inner_text()
    page.locator(".passage a").first.click()
    until(page, f"location.hash.includes('place=gn:{name[4:]}')")
    page.wait_for_selector(".passages h3 .open")
    page.locator(".passages h3 .open").first.click()
    page.wait_for_selector(".passage a mark")
    page.keyboard.press("Escape")
    page.wait_for_selector(".passages h3 .open")
    page.click("#tab-texts")
    page.wait_for_selector("#texts .item")


def test_overlapping_sentences_of_a_text_are_one(open_page: Any) -> None:
    html = sample(places=3, documents=1, mentions=3, together=True).html
    page = open_page(html, fragment="#list=texts&text=d0")
    page.wait_for_selector(".passage a mark")
    assert page.locator(".passage").count() == 1
    assert page.locator(".passage blockquote").inner_text() == archive_samples.TOGETHER
    assert page.locator(".passage mark").all_inner_texts() == ["Nom 0", "Nom 1", "Nom 2"]


def test_a_near_duplicate_names_its_original_and_the_coverage_opens_both(open_page: Any, made: Sample) -> None:
    page = open_page(made.html)
    page.locator("#coverage a[href*=duplicates]").click()
    page.wait_for_selector("#texts .item")
    assert page.locator("#texts .item").count() == sum(made.duplicates)
    page.locator("#texts .item").first.click()
    page.locator("#sentences .where a").click()
    until(page, "document.querySelector('#place-name').textContent.startsWith('Titre 0')")


def test_paper_holds_the_texts_where_they_are_listed(open_page: Any, made: Sample) -> None:
    page = open_page(made.html, fragment="#list=texts&only=undated")
    page.wait_for_selector("#texts .item")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#print section:visible").count() == made.days.count(None)
    assert not page.locator("#texts").is_visible()


def test_names_and_sentences_are_searched(open_page: Any, made: Sample) -> None:
    page = open_page(made.html)
    page.fill("#search", "lieu 7")
    until(page, "document.querySelectorAll('#list .item').length === 1")
    page.fill("#search", "nom 12 ")
    page.wait_for_selector("#sentences .passage mark")
    assert set(page.locator(".passage mark").all_inner_texts()) >= {"Nom 12"}


def test_corrections_are_saved_in_the_form_that_the_program_reads(open_page: Any, made: Sample, tmp_path: Path) -> None:
    from mapgen.corrections import Corrections
    from mapgen.model import Decision, Document

    page = open_page(made.html, fragment="#place=gn:3")
    page.wait_for_selector(".passage mark")
    page.select_option("#scope", "here")
    page.locator(".passage").nth(0).get_by_role("button", name="Pas un lieu").click()
    page.select_option("#scope", "everywhere")
    page.fill("#point", "48,5, 2,25")
    page.locator(".passage").nth(1).get_by_role("button", name="Autre point").click()
    rows = saved_rows(page, "keep")
    file = tmp_path / "decided.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    read = Corrections.read(file)
    start = int(rows[0]["start"])
    document = Document(text=" " * start + "Nom 3.", source=rows[0]["document"])
    decided = read.of(document)
    assert [row.decision for row in decided] == [Decision.NO_PLACE, Decision.PLACE]
    assert decided[0].span == (start, start + 5)
    assert (rows[1]["lat"], rows[1]["lon"], rows[1]["scope"]) == ("48.5", "2.25", "everywhere")
    page.click("[data-do=undo]")
    assert len(saved_rows(page, "keep")) == 1


def test_a_hostile_archive_stays_text(open_page: Any, made: Sample) -> None:
    page = open_page(made.html, fragment="#place=gn:0")
    page.wait_for_selector(".passage mark")
    assert "<script>alert(1)" in page.locator(".passage blockquote").first.inner_text()
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_the_states(
    open_page: Any, picture: Callable[[Any, str], None], language: str, scheme: str
) -> None:
    html = sample(language=language).html
    for name, width, height in (("wide", 1400, 850), ("phone", 390, 844)):
        page = open_page(html, width=width, height=height, color_scheme=scheme, fragment="#place=gn:2")
        page.wait_for_selector(".passage mark")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"archive-{language}-{scheme}-{name}")
        page = open_page(html, width=width, height=height, color_scheme=scheme, fragment="#list=texts&order=mentions")
        page.wait_for_selector("#texts .item")
        picture(page, f"archive-texts-{language}-{scheme}-{name}")
        page.locator("#texts .item").first.click()
        page.wait_for_selector(".passage mark")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"archive-text-{language}-{scheme}-{name}")


def test_paper_holds_the_places_of_the_selection(open_page: Any, made: Sample) -> None:
    page = open_page(made.html, fragment="#p=0.6")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    kept = made.count(FILTERS["#p=0.6"])
    assert page.locator("#print section").count() == len(kept)
    assert page.locator("#print").is_visible()
    assert page.locator(".controls:visible").count() == 0


def test_every_control_has_a_name(open_page: Any, made: Sample) -> None:
    page = open_page(made.html)
    for control in page.locator("button:visible, input:visible, select:visible, [role=slider]:visible").all():
        assert control.evaluate(
            "one => (one.labels?.length && one.labels[0].textContent.trim()) || one.getAttribute('aria-label')"
            " || one.textContent.trim() || one.placeholder"
        )


def test_the_same_input_gives_the_same_bytes(made: Sample) -> None:
    assert archive_samples.sample().html == made.html
