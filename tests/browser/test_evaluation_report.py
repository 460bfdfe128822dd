"""The report of a measurement in a real browser: the map of the errors can be clicked through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mapgen.evaluation.cases import Answer, Case, Outcome
from mapgen.evaluation.metrics import Bin
from mapgen.evaluation.report.page import to_html
from mapgen.evaluation.run import Figure, Group, Run, commonest

HOSTILE = "</script><script>alert(1)</script>"


def answer(name: str, lat: float, lon: float) -> Answer:
    return Answer(name=name, id="gn:1", kind="city", country="SY", lat=lat, lon=lon)


def case(name: str, document: str, truth: Answer, given: Answer | None) -> Case:
    return Case(
        document=document,
        start=0,
        end=len(name),
        name=name,
        outcome=Outcome.WRONG if given else Outcome.UNANSWERED,
        kind="city",
        country="SY",
        before="near ",
        after=f" {HOSTILE}",
        truth=truth,
        answer=given,
        distance_km=9340.0,
        probability=0.8 if given else 0.0,
        covered=given is not None,
    )


@pytest.fixture
def report() -> str:
    cases = (
        case("Aleppo", "a", answer("", 36.2, 37.2), answer("Aleppo", 40.5, -80.3)),
        case("Aleppo", "b", answer("", 36.2, 37.2), answer("Aleppo", 40.5, -80.3)),
        case("Hama " + HOSTILE, "c", answer("", 10.1, -36.7), None),
    )
    return to_html(
        Run(
            task="resolution",
            corpus=HOSTILE,
            sha256="0" * 64,
            version="1",
            documents=3,
            names=3,
            tokens=30,
            seconds=1.0,
            figures={"accuracy": Figure(0.5, 0.4, 0.6), "median_km": Figure(12.0)},
            kinds=(Group(name="city", names=3, right=Figure(0.5, 0.4, 0.6), covered=0.7, median_km=9.0),),
            reliability=tuple(
                Bin(low=n / 10, high=(n + 1) / 10, answers=n, probability=n / 10, right=n / 10) for n in range(10)
            ),
            errors=commonest(cases),
            cases=cases,
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_going_through_the_errors(
    open_page: Callable[..., Any], picture: Callable[[Any, str], None], report: str, scheme: str
) -> None:
    page = open_page(report, color_scheme=scheme)
    assert page.locator("#errors li").count() == 2
    page.click("#next")
    assert "Aleppo: placed wrongly" in page.inner_text("#error")
    assert page.locator("#error blockquote").count() == 2
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#position") == "2 of 2"
    assert HOSTILE in page.inner_text("#error h3")
    assert "nowhere" in page.inner_text("#error")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#position") == "1 of 2"
    page.click("#errors li:nth-child(2) button")
    assert page.inner_text("#position") == "2 of 2"
    picture(page, f"report-{scheme}")


def test_filtering(open_page: Callable[..., Any], report: str) -> None:
    page = open_page(report)
    page.fill("#filter", "alep")
    assert page.locator("#errors li").count() == 1
    page.fill("#filter", "nowhere")
    assert page.inner_text("#position") == "0 errors"
    page.click("#next")  # nothing to go to, and nothing breaks


def test_clicking_the_map(open_page: Callable[..., Any], report: str) -> None:
    page = open_page(report)
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    # zoom 2, centre 25 N 10 E: 256 * 2^2 / 360 pixels a degree of longitude; 36.2 N lies 36.6 pixels above the centre
    page.mouse.click(box["x"] + box["width"] / 2 + 27.2 * 1024 / 360, box["y"] + box["height"] / 2 - 36.6)
    page.wait_for_selector("#error h3")
    assert "placed wrongly" in page.inner_text("#error h3")


def test_a_narrow_screen_does_not_scroll_sideways(open_page: Callable[..., Any], report: str) -> None:
    page = open_page(report, width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
