"""Renders the page: the template, and what its scripts read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

from mapgen import languages
from mapgen.certainty import DOUBTFUL
from mapgen.model import Frame
from mapgen.rendering import assets
from mapgen.rendering.archive.columns import packed_json, packed_strings, packed_table
from mapgen.rendering.archive.excerpts import Excerpts
from mapgen.rendering.archive.model import CELLS, NO_DAY, PERIODS, TEXTS, ArchivePage, PagePlace, PageTexts
from mapgen.rendering.escape import json_for_html, sound
from mapgen.rendering.ground.lines import packed_layers
from mapgen.rendering.ground.windows import chosen_windows
from mapgen.rendering.page import environment, policy
from mapgen.rendering.page_texts import counted, date_in_words, kind_names, page_texts

__all__ = ["archive_texts", "render_archive"]

_BINS = 20
"""Bins of probability, where they are finest."""
_SCENE_SHARE = 0.85
_BLOCKS, _EXCERPTS = "@mapgen-blocks@", "@mapgen-excerpts@"
"""What stands for them in the template's result: they are written, not rendered."""


def archive_texts(language: str) -> dict[str, str]:
    """Return the texts of the page: those of the page of one text and those of the archive."""
    return {**page_texts(language), **languages.load(language).archive}


def render_archive(page: ArchivePage) -> Iterator[str]:
    """Yield the page, part by part. The same input gives the same bytes."""
    html = _rendered(page, archive_texts(page.language))
    # From the end: a title may hold anything.
    rest, _, after = html.rpartition(_EXCERPTS)
    before, _, between = rest.rpartition(_BLOCKS)
    yield before
    excerpts = Excerpts()
    for number, block in enumerate(excerpts.blocks(page.excerpts)):
        yield ("\n" if number else "") + block
    yield between
    yield json_for_html(excerpts.described())
    yield after


def _rendered(page: ArchivePage, words: Mapping[str, str]) -> str:
    """The page, with marks for the excerpts."""
    scripts = assets.page_scripts("archive")
    styles = assets.page_styles("archive")
    frame = _frame(page)
    return (
        environment()
        .get_template("archive.html.j2")
        .render(
            language=page.language,
            words=words,
            kinds=kind_names(page.language),
            title=sound(page.title),
            coverage=list(_coverage(page, words)),
            empty=not page.totals["placed"],
            step=page.width / _BINS,
            data=json_for_html(_data(page, words, frame)),
            ground=json_for_html({"windows": packed_layers(chosen_windows(frame, ())), "relief": None}),
            counts=json_for_html(_counts(page)),
            places=packed_json([_place(place) for place in page.places]),
            texts=json_for_html(_texts(page.texts)),
            scripts=[Markup(each) for each in scripts],  # noqa: S704
            styles=[Markup(each) for each in styles],  # noqa: S704
            policy=policy(scripts, styles, ()),
            blocks=_BLOCKS,
            excerpts=_EXCERPTS,
        )
    )


def _coverage(page: ArchivePage, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The line of coverage in words: documents, span of dates, share undated, errors; each with the texts it opens.

    What is "" opens none.
    """
    totals = page.totals
    documents = totals["documents"]
    yield counted(documents, "document", page.language, words), "list=texts"
    if totals["first_date"]:
        first, last = (date_in_words(totals[name], page.language) for name in ("first_date", "last_date"))
        yield words["span"].format(first=first, last=last), ""
    share = totals["undated"] / documents if documents else 0.0
    undated = "list=texts&only=undated" if totals["undated"] else ""
    yield words["undated_share"].format(share=_percent(share, words)), undated
    for name in ("duplicate", "error"):
        count = totals[f"{name}s"]
        yield counted(count, name, page.language, words), f"list=texts&only={name}s" if count else ""


def _percent(share: float, words: Mapping[str, str]) -> str:
    text = "< 1" if 0 < share < 0.01 else "> 99" if 0.99 < share < 1 else f"{100 * share:.0f}"
    return words["percent"].replace("{n}", text)


def _data(page: ArchivePage, words: Mapping[str, str], frame: Frame | None) -> dict[str, Any]:
    return {
        "title": page.title,
        "language": page.language,
        "words": dict(words),
        "kinds": kind_names(page.language),
        "doubt": DOUBTFUL,
        "period": page.period,
        "step": page.width / _BINS,
        "totals": dict(page.totals),
        "noDay": NO_DAY,
        "frame": None if frame is None else [round(side, 3) for side in frame],
    }


def _counts(page: ArchivePage) -> dict[str, Any]:
    """The columns of counts; cells in the order of places and days, so that differences are small."""
    order = np.lexsort((page.cells["day"], page.cells["place"]))
    cells = {name: page.cells[name][order] for name in CELLS}
    return {"cells": packed_table(cells, CELLS, {"place"}), "periods": packed_table(page.periods, PERIODS, {"day"})}


def _texts(texts: PageTexts) -> dict[str, Any]:
    strings = {name: packed_strings(getattr(texts, name)) for name in ("id", "title", "source", "language", "error")}
    return {"table": packed_table(texts.columns, TEXTS, {"day"}), "strings": strings}


def _place(place: PagePlace) -> list[Any]:
    """A row: id, name, own name where it differs, kind, region, country, latitude, longitude, names as written."""
    own = place.own if place.own != place.name else ""
    at = [round(place.lat, 4), round(place.lon, 4)]
    return [place.id, place.name, own, place.kind, place.region, place.country, *at, list(place.names)]


def _frame(page: ArchivePage) -> Frame | None:
    """The frame of the places that have most of the expected mentions: the first view."""
    weights = np.zeros(len(page.places))
    np.add.at(weights, page.cells["place"].astype(np.int64), page.cells["p"].astype(np.float64))
    placed = [number for number, place in enumerate(page.places) if place.id]
    if not placed:
        return None
    lats = np.array([page.places[number].lat for number in placed])
    lons = np.array([page.places[number].lon for number in placed])
    low, high = (1 - _SCENE_SHARE) / 2, (1 + _SCENE_SHARE) / 2
    south, north = _quantiles(lats, weights[placed], low, high)
    west, east = _quantiles(lons, weights[placed], low, high)
    return south - 0.5, west - 0.5, north + 0.5, east + 0.5


def _quantiles(values: Any, weights: Any, low: float, high: float) -> tuple[float, float]:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    ends = np.searchsorted(total, [low * total[-1], high * total[-1]])
    first, last = values[order[np.minimum(ends, len(order) - 1)]]
    return float(first), float(last)
