"""The whole loop: a page of the real pipeline, corrected in a browser; the file it saves makes the next page right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_correcting import name, select_words

import mapgen
from mapgen.corrections import read_corrections
from mapgen.gazetteer import Gazetteer
from mapgen.rendering import render

TEXT = (
    "😀 The mayor of Paris opened a bridge on Sunday. Near Lyon, people danced; Washington said nothing.\n"
    "Trucks left Marseille for the old mill by the river, and came back to Paris."
)


def places(parsed: Any) -> dict[str, tuple[str, float, float] | None]:
    return {
        toponym.text: (toponym.place.id, round(toponym.place.lat, 3), round(toponym.place.lon, 3))
        if toponym.place
        else None
        for toponym in parsed.toponyms
    }


def test_the_loop(gazetteer: Gazetteer, open_page: Any, tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text(TEXT, encoding="utf-8")
    first = mapgen.Geoparser(gazetteer=gazetteer, page_language="en").parse(mapgen.read(source))
    before = places(first)
    assert {"Paris", "Lyon", "Washington", "Marseille"} <= set(before)
    assert "old mill" not in before
    assert before["Paris"] is not None
    page = open_page(render(first))

    # Another candidate, for every mention here.
    name(page, "Paris").click()
    button = page.locator(".choose").first
    chosen = button.get_attribute("aria-label").removeprefix("Choose ")
    button.click()
    # A marker that is moved.
    name(page, "Lyon").click()
    page.get_by_role("button", name="Move").click()
    page.locator("#point").fill("45.5, 4.5")
    page.locator("#point").press("Enter")
    # No place.
    name(page, "Washington").click()
    page.get_by_role("button", name="Not a place").click()
    # A missed name, placed by a click.
    select_words(page, "old mill")
    page.locator("#bubble").click()
    page.get_by_role("button", name="Place on the map").click()
    page.locator("#map").click(position={"x": 150, "y": 400})
    point = [float(part) for part in page.locator("#point").input_value().split(",")]
    page.get_by_role("button", name="Place here").click()
    corrected = {
        element.inner_text(): element.get_attribute("title")
        for element in page.locator(".mention:not(.unplaced)").all()
    }
    page.locator("#tab-changes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save corrections").click()
    file = tmp_path / "note.corrections.csv"
    download.value.save_as(file)
    assert len(read_corrections(file)) == 4

    again = mapgen.Geoparser(gazetteer=gazetteer, page_language="en", corrections=file).parse(mapgen.read(source))
    assert again.warnings == first.warnings
    after = places(again)
    assert after["Paris"] is not None
    assert after["Paris"][0] != before["Paris"][0]
    assert after["Lyon"] is not None
    assert after["Lyon"][1:] == (45.5, 4.5)
    assert after["Washington"] is None
    assert after["Marseille"] == before["Marseille"]
    assert after["old mill"] is not None
    assert after["old mill"][1:] == pytest.approx(point, abs=0.001)
    assert {toponym.resolution.probability for toponym in again.toponyms if toponym.decision and toponym.place} == {1.0}

    new = open_page(render(again))
    assert {
        element.inner_text(): element.get_attribute("title") for element in new.locator(".mention:not(.unplaced)").all()
    } == corrected
    name(new, "Paris").click()
    assert "100%" in new.locator(".certainty").inner_text()
    assert "person chose this place" in new.locator(".reasons").inner_text()
    assert chosen.split(", ")[-1] in new.locator(".facts").first.inner_text()
    name(new, "Lyon").click()
    assert "45.500° N" in new.locator("#card").inner_text()


def test_names_over_line_ends_are_marked_and_corrected(gazetteer: Gazetteer, open_page: Any, tmp_path: Path) -> None:
    source = tmp_path / "wrapped.txt"
    text = "The mayor of Kuala\r\nLumpur left Bir\u00admingham for the old\nmill near Stratford-\nupon-Avon on Sunday."
    source.write_bytes(text.encode())
    page = open_page(render(mapgen.Geoparser(gazetteer=gazetteer, page_language="en").parse(mapgen.read(source))))
    for label in ("Kuala\r\nLumpur", "Bir\u00admingham", "Stratford-\nupon-Avon"):
        start = text.index(label)
        assert page.locator(f'[data-start="{start}"]').evaluate("element => element.textContent") == label
    page.locator(f'[data-start="{text.index("Kuala")}"]').click()
    assert "\n" not in page.locator("#card q").first.evaluate("element => element.textContent")
    select_words(page, "old\nmill")
    page.locator("#bubble").click()
    with page.expect_download() as download:
        page.evaluate("document.querySelector('[data-do=keep]').click()")
    download.value.save_as(tmp_path / "wrapped.corrections.csv")
    rows = read_corrections(tmp_path / "wrapped.corrections.csv")
    assert [row.name for row in rows] == ["old mill"]
    corrected = mapgen.Geoparser(gazetteer=gazetteer, corrections=tmp_path / "wrapped.corrections.csv")
    parsed = corrected.parse(mapgen.read(source))
    assert "old mill" in {toponym.name for toponym in parsed.toponyms}
    assert not parsed.warnings
