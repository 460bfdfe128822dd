"""The page of an archive: one HTML file with all counts and the best excerpts, which loads nothing.

Counts are typed columns, gzipped, in base64; the page unpacks them with DecompressionStream. Excerpts lie in blocks, a
place after the other, each packed by itself and unpacked when one of its places is opened. Scripts, styles, colours and
signs are those of the page of one text.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from markupsafe import Markup

from mapgen import languages
from mapgen.certainty import DOUBTFUL
from mapgen.model import Frame
from mapgen.rendering import assets
from mapgen.rendering.escape import json_for_html, sound
from mapgen.rendering.ground.lines import packed_layers
from mapgen.rendering.ground.windows import chosen_windows
from mapgen.rendering.page import environment, policy
from mapgen.rendering.page_texts import counted, date_in_words, kind_names, page_texts

__all__ = ["ArchivePage", "Excerpt", "PagePlace", "archive_texts", "render_archive"]

_CELLS = {
    "place": np.uint32, "day": np.int32, "n": np.uint32, "p": np.uint32, "documents": np.uint32,
    "documents_of_sense": np.uint32, "bin": np.uint8, "metonymic": np.uint8, "duplicate": np.uint8,
}  # fmt: skip
_PERIODS = {"day": np.int32, "originals": np.uint32, "duplicates": np.uint32}
_BINS = 20
"""Bins of probability, where they are finest."""
_BLOCK = 250_000
"""Letters of the excerpts in a block."""
_AROUND = 100
"""Letters of a passage before and after its name; the table has the whole sentence."""
_SCENE_SHARE = 0.85
_LEVEL = 9
_NO_DAY = -(2**31)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlace:
    """A place of the page; the one without an id stands for all names that have no place.

    Attributes:
        id, name, own, kind, region, country, lat, lon: as in the table of places; `name` is the label.
        names: its names as written.
    """

    id: str = ""
    name: str = ""
    own: str = ""
    kind: str = ""
    region: str = ""
    country: str = ""
    lat: float = 0.0
    lon: float = 0.0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A sentence of the page.

    Attributes:
        place: number of the place.
        document: key of the document.
        start, end: of the name, code points into the text of the document.
        name: as read.
        text: the passage.
        at: code point of the name in it.
        p: probability of the place.
        metonymic: whether the name means an institution.
        document_id, title, source, date: of the document.
        day: its date, days since 1970-01-01, or None.
        duplicate: whether it is a near-duplicate.
    """

    place: int
    document: tuple[int, int]
    start: int
    end: int
    name: str
    text: str
    at: int
    p: float
    metonymic: bool
    document_id: str
    title: str
    source: str
    date: str
    day: int | None
    duplicate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """What a page of an archive holds.

    Attributes:
        title: its headline.
        language: of the reader.
        totals: as `mapgen.corpus.summary.totals` counts them.
        period: "day", "month", "year" or "decade": what the days of `cells` and `periods` are cut to.
        width: of the bins of probability of `cells`, twentieths; 1, 4 or 20.
        places: those with most expected mentions first.
        cells: columns of counts, by the names of `_CELLS`.
        periods: columns of documents by period.
        excerpts: those of a place together; they are read before anything else is made.
    """

    title: str
    language: str
    totals: Mapping[str, Any]
    period: str
    places: Sequence[PagePlace]
    cells: Mapping[str, np.ndarray[Any, Any]]
    periods: Mapping[str, np.ndarray[Any, Any]]
    excerpts: Iterable[Excerpt]
    width: int = 1


def archive_texts(language: str) -> dict[str, str]:
    """Return the texts of the page: those of the page of one text and those of the archive."""
    return {**page_texts(language), **languages.load(language).archive}


def render_archive(page: ArchivePage) -> Iterator[str]:
    """Yield the page, part by part. The same input gives the same bytes."""
    words = archive_texts(page.language)
    scripts = assets.page_scripts("archive")
    styles = assets.page_styles("archive")
    excerpts = _Excerpts()
    blocks = list(excerpts.blocks(page.excerpts))
    frame = _frame(page)
    html = (
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
            data=json_for_html(_data(page, words, excerpts, frame)),
            ground=json_for_html({"windows": packed_layers(chosen_windows(frame, ())), "relief": None}),
            counts=_packed_columns(page),
            places=_packed_json([_place(place) for place in page.places]),
            documents=_packed_json(excerpts.documents),
            scripts=[Markup(each) for each in scripts],  # noqa: S704
            styles=[Markup(each) for each in styles],  # noqa: S704
            policy=policy(scripts, styles, ()),
            mark=_MARK,
        )
    )
    before, _, after = html.partition(_MARK)
    yield before
    for number, block in enumerate(blocks):
        yield ("\n" if number else "") + block
    yield after


_MARK = "@mapgen-excerpts@"


def _coverage(page: ArchivePage, words: Mapping[str, str]) -> Iterator[str]:
    """The line of coverage in words: documents, span of dates, share undated, errors."""
    totals = page.totals
    documents = totals["documents"]
    yield counted(documents, "document", page.language, words)
    if totals["first_date"]:
        first, last = (date_in_words(totals[name], page.language) for name in ("first_date", "last_date"))
        yield words["span"].format(first=first, last=last)
    share = totals["undated"] / documents if documents else 0.0
    yield words["undated_share"].format(share=_percent(share, words))
    yield counted(totals["duplicates"], "duplicate", page.language, words)
    yield counted(totals["errors"], "error", page.language, words)


def _percent(share: float, words: Mapping[str, str]) -> str:
    text = "< 1" if 0 < share < 0.01 else "> 99" if 0.99 < share < 1 else f"{100 * share:.0f}"
    return words["percent"].replace("{n}", text)


def _data(page: ArchivePage, words: Mapping[str, str], excerpts: _Excerpts, frame: Frame | None) -> dict[str, Any]:
    return {
        "title": page.title,
        "language": page.language,
        "words": dict(words),
        "kinds": kind_names(page.language),
        "doubt": DOUBTFUL,
        "period": page.period,
        "step": page.width / _BINS,
        "totals": dict(page.totals),
        "cells": {"rows": len(page.cells["place"]), "columns": _described(_CELLS)},
        "periods": {"rows": len(page.periods["day"]), "columns": _described(_PERIODS)},
        "blocks": excerpts.firsts,
        "excerpts": excerpts.count,
        "noDay": _NO_DAY,
        "frame": None if frame is None else [round(side, 3) for side in frame],
    }


def _described(columns: Mapping[str, Any]) -> list[list[str]]:
    return [[name, np.dtype(type_).name] for name, type_ in columns.items()]


def _packed_columns(page: ArchivePage) -> str:
    """All columns one after the other; places in the order of the page, so that differences are small."""
    order = np.argsort(page.cells["place"], kind="stable")
    parts = [page.cells[name][order].astype(type_) for name, type_ in _CELLS.items()]
    parts += [page.periods[name].astype(type_) for name, type_ in _PERIODS.items()]
    parts.sort(key=lambda part: -part.itemsize)
    return _packed(b"".join(_planes(part) for part in parts))


def _planes(column: np.ndarray[Any, Any]) -> bytes:
    """The bytes of a column, the lowest of all numbers first: bytes of one significance compress better together."""
    little = column.astype(column.dtype.newbyteorder("<"))
    return little.view(np.uint8).reshape(len(column), column.itemsize).T.tobytes()


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, _LEVEL, mtime=0)).decode("ascii")


def _packed_json(value: Any) -> str:
    return _packed(sound(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode("utf-8"))


def _place(place: PagePlace) -> list[Any]:
    """A row: id, name, own name where it differs, kind, region, country, latitude, longitude, names as written."""
    own = place.own if place.own != place.name else ""
    at = [round(place.lat, 4), round(place.lon, 4)]
    return [place.id, place.name, own, place.kind, place.region, place.country, *at, list(place.names)]


@dataclass(slots=True)
class _Excerpts:
    """Packs excerpts into blocks, and gathers the documents that they come from.

    Attributes:
        firsts: of each place that has excerpts: its number, the number of its block, and its first row in it.
        documents: id, title, source, date, day, duplicate of each document.
        count: how many excerpts.
    """

    firsts: list[list[int]] = field(default_factory=list)
    documents: list[list[Any]] = field(default_factory=list)
    count: int = 0
    _numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def blocks(self, excerpts: Iterable[Excerpt]) -> Iterator[str]:
        rows: list[list[Any]] = []
        size = number = 0
        last = -1
        for excerpt in excerpts:
            if excerpt.place != last:
                if size > _BLOCK:
                    yield _packed_json(rows)
                    rows, size, number = [], 0, number + 1
                self.firsts.append([excerpt.place, number, len(rows)])
                last = excerpt.place
            rows.append(self._row(excerpt))
            size += len(excerpt.text)
            self.count += 1
        if rows:
            yield _packed_json(rows)

    def _row(self, excerpt: Excerpt) -> list[Any]:
        """A row: place, document, start, end, name, at, p, metonymic, text."""
        key = excerpt.document
        if key not in self._numbers:
            self._numbers[key] = len(self.documents)
            day = _NO_DAY if excerpt.day is None else excerpt.day
            self.documents.append(
                [excerpt.document_id, excerpt.title, excerpt.source, excerpt.date, day, int(excerpt.duplicate)]
            )
        span = [excerpt.start, excerpt.end]
        text, at = _shortened(excerpt)
        return [
            excerpt.place, self._numbers[key], *span, excerpt.name, at, round(excerpt.p, 3),
            int(excerpt.metonymic), text,
        ]  # fmt: skip


def _shortened(excerpt: Excerpt) -> tuple[str, int]:
    """The passage around the name, cut at spaces, and where the name begins in it."""
    text, first = excerpt.text, max(0, excerpt.at - _AROUND)
    last = min(len(text), excerpt.at + excerpt.end - excerpt.start + _AROUND)
    if first:
        first = max(first, text.find(" ", first, excerpt.at) + 1)
    if last < len(text):
        cut = text.rfind(" ", excerpt.at + excerpt.end - excerpt.start, last)
        last = cut if cut > 0 else last
    before, after = "… " if first else "", " …" if last < len(text) else ""
    return before + text[first:last] + after, excerpt.at - first + len(before)


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
