"""The project's own texts that say where their names lie: `data/placed` and `tests/golden/resolution-*.txt`.

    # topic: local news  split: heldout  near: 33.7,-95.5
    [[Paris|33.7,-95.6]] police called [[Texas|US-TX]] Rangers; [[Georgia|GE]] and the [[Niger|13.0,2.0|water]] look on.

A mark holds the name, then its place: a point in degrees, an ISO 3166-2 code of a division, an ISO 3166-1 code of a
country; then, where it matters, its kind. A blank line ends a document; its lines stay lines, for datelines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.corpus_files import language_of, lines
from mapgen.evaluation.gold import GoldDocument, GoldName
from mapgen.evaluation.metrics import GoldPlace
from mapgen.gazetteer.records import KINDS
from mapgen.gazetteer.sources.divisions import iso_divisions
from mapgen.gazetteer.sources.lists import listed_places
from mapgen.messages import msg
from mapgen.model import Document, Kind

__all__ = ["PlacedText", "read", "read_placed", "recognises"]

_POINT = r"-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?"
_MARK = re.compile(rf"\[\[([^\[\]|]+)\|({_POINT}|[A-Z]{{2}}(?:-[A-Z0-9]{{1,3}})?)(?:\|([a-z]+))?\]\]")
_HEADER = re.compile(r"(topic|split|near|country)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText:
    """A passage and where its reader is at home.

    Attributes:
        gold: the text and its names.
        near: the home as a point in degrees, or None.
        country: the home country, or "".
    """

    gold: GoldDocument
    near: tuple[float, float] | None = None
    country: str = ""


def recognises(path: Path, beginning: list[str]) -> bool:
    """Say whether the file is of this format."""
    return path.suffix == ".txt" and any(not line.startswith("#") and _MARK.search(line) for line in beginning)


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the passages of a file, each a document.

    Raises:
        DocumentError: a mark is unsound; the error names the line.
    """
    for text in read_placed(path):
        yield text.gold


def read_placed(path: Path) -> Iterator[PlacedText]:
    """Yield the passages of a file with the homes of their readers.

    Raises:
        DocumentError: a mark is unsound; the error names the line.
    """
    header: dict[str, str] = {}
    passage: list[str] = []
    first = 0
    for number, line in [*lines(path), (0, "")]:
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            first = first if passage else number
            passage.append(stripped)
            continue
        if passage:
            yield _passage(path, first, passage, header)
            passage = []
        if stripped:
            header = _header(stripped) or header


def _header(line: str) -> dict[str, str]:
    parts = _HEADER.split(line.lstrip("# "))
    if parts[0].strip():
        return {}
    return {key.lower(): value.strip(" ,;") for key, value in zip(parts[1::2], parts[2::2], strict=True)}


def _passage(path: Path, line: int, passage: list[str], header: dict[str, str]) -> PlacedText:
    marked = "\n".join(passage)
    plain: list[str] = []
    names: list[GoldName] = []
    position = length = 0
    for mark in _MARK.finditer(marked):
        before = marked[position : mark.start()]
        plain += [before, mark[1]]
        start = length + len(before)
        length = start + len(mark[1])
        position = mark.end()
        try:
            names.append(_name(start, length, mark[2], mark[3]))
        except (KeyError, ValueError) as error:
            raise DocumentError(
                msg("the mark {mark!r} names an unknown place or kind", mark=mark[0]), path=path, line=line
            ) from error
    text = "".join([*plain, marked[position:]])
    if "[[" in text or "]]" in text:
        raise DocumentError(msg("a mark is not closed, or says no place"), path=path, line=line)
    near = header.get("near", "").split(",")
    return PlacedText(
        gold=GoldDocument(
            id=f"{header.get('topic', '')}:{line}",
            document=Document(text=text, language=language_of(path), source=path.name),
            names=tuple(names),
            split=header.get("split", "heldout"),
        ),
        near=(float(near[0]), float(near[1])) if len(near) == 2 else None,
        country=header.get("country", ""),
    )


def _name(start: int, end: int, where: str, kind: str | None) -> GoldName:
    code, _, division = where.partition("-")
    said = Kind(kind) if kind else None
    if "," in where:
        lat, lon = map(float, where.split(","))
        return GoldName(start=start, end=end, kind=said, place=GoldPlace(lat=lat, lon=lon))
    lat, lon = (_divisions() if division else _countries())[where]
    if division:
        return GoldName(start=start, end=end, kind=said or Kind.REGION, place=GoldPlace(lat=lat, lon=lon), country=code)
    place = GoldPlace(lat=lat, lon=lon, country=code)
    return GoldName(start=start, end=end, kind=Kind.COUNTRY, place=place, country=code)


@lru_cache(maxsize=1)
def _divisions() -> dict[str, tuple[float, float]]:
    return {division.code: (division.lat, division.lon) for division in iso_divisions()}


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[float, float]]:
    country = KINDS.index(Kind.COUNTRY)
    return {row.country: (row.lat, row.lon) for row in listed_places() if row.kind == country and row.country}
