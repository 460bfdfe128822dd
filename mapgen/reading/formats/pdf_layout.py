"""The order in which a page is read, from the places of its characters: lines, columns, tables, running headers.

A PDF says where characters stand, not what they belong to. Characters become fragments of lines, fragments stand in
columns where a gutter parts most of them, and lines that come again on most pages are no part of the text. Units are
points, y grows upwards.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Character", "Line", "Page", "page_lines", "page_text", "without_furniture"]

_SAME_LINE = 0.4
"""Lines whose baselines differ by less, in heights of their letters, are one."""
_SPACE = 0.18
_KERNED_SPACE = 0.05
"""A gap wider than this many heights is a space; the second, where another sign says so: V and A stand close."""
_BREAK = 1.0
"""A gap wider than this many heights parts two fragments; justified lines have spaces up to it."""
_CELL = 2.5
"""Fragments of one line further apart are cells of a table."""
_GUTTER = 0.6
_LEAST_LINES = 3
"""A column has at least so many lines."""
_LEAST_WORDS = 2.2
"""Words that a line of a column has at least on average: cells of a table have fewer."""
_PARAGRAPH = 1.45
"""Lines further apart than this many usual distances are paragraphs."""
_MARGIN_LINES = 3
_MOST_PAGES = 0.3
"""Share of the pages on which a line of the margin comes again: left and right pages may differ, and chapters."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\W\d]*(?:(?:page|p\.|seite|pag\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|sur|de|von)\s*\d{1,4})?[\W\d]*", re.IGNORECASE
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Character:
    """A character with its box.

    Attributes:
        text: the character.
        left: the left edge of its box.
        right: the right edge, where the next character of the word begins.
        base: its baseline.
        height: of the letters of its font and size.
        parted: whether the library that reads the file sees a space before it.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    parted: bool = False


@dataclass(slots=True)
class _Fragment:
    """A part of a line without a wide gap."""

    left: float
    right: float
    base: float
    height: float
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text.

    Attributes:
        text: its words; tabs part the cells of a table.
        base: its baseline.
        height: of its letters.
        begins: whether a paragraph begins with it.
    """

    text: str
    base: float
    height: float
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in the order of reading, and its height."""

    lines: tuple[Line, ...]
    height: float


def page_lines(characters: Iterable[Character]) -> list[Line]:
    """Return the lines of a page in the order of reading, from its characters in the order of the file."""
    return [line for region in _regions(_fragments(characters)) for line in _lines(region)]


def page_text(page: Page) -> str:
    """Return the lines of a page: a line end between two, a blank line between paragraphs."""
    text = "\n".join(f"\n{line.text}" if line.begins else line.text for line in page.lines)
    return text.strip("\n")


# ---- characters to fragments


def _fragments(characters: Iterable[Character]) -> list[_Fragment]:
    fragments: list[_Fragment] = []
    current: _Fragment | None = None
    for each in characters:
        if current is None or not _continues(current, each):
            if each.text.isspace():
                continue
            current = _Fragment(each.left, each.right, each.base, each.height)
            fragments.append(current)
        elif _is_note_mark(current, each):
            current.right = max(current.right, each.right)
            continue
        gap = each.left - current.right
        least = _KERNED_SPACE if each.parted else _SPACE
        if gap > least * current.height and current.pieces and not current.pieces[-1].isspace():
            current.pieces.append(" ")
        current.pieces.append(" " if each.text.isspace() else each.text)
        current.left = min(current.left, each.left)
        current.right = max(current.right, each.right)
        if not each.text.isspace():
            current.height = max(current.height, each.height)
    return [fragment for fragment in fragments if fragment.text.strip()]


def _continues(fragment: _Fragment, each: Character) -> bool:
    height = max(fragment.height, each.height)
    if abs(each.base - fragment.base) > 0.5 * height:
        return False
    if _RIGHT_TO_LEFT.match(each.text) or (fragment.pieces and _RIGHT_TO_LEFT.match(fragment.pieces[-1])):
        return fragment.left - each.right < _BREAK * height and each.left - fragment.right < _BREAK * height
    return -0.5 * height < each.left - fragment.right < _BREAK * height


def _is_note_mark(fragment: _Fragment, each: Character) -> bool:
    """Say whether a character is the raised number of a note, which is no part of the name before it."""
    raised = each.base - fragment.base > 0.15 * fragment.height and each.height < 0.85 * fragment.height
    before = fragment.pieces[-1] if fragment.pieces else ""
    return raised and each.text.isdigit() and not before.isdigit()


# ---- fragments to columns


def _regions(fragments: list[_Fragment], depth: int = 0) -> Iterator[list[_Fragment]]:
    """Yield groups of fragments, each of which is read line by line, in the order of reading."""
    edge = _best_gutter(fragments) if depth < 4 and len(fragments) >= 2 * _LEAST_LINES else None
    if edge is None:
        if fragments:
            yield fragments
        return
    for band in _bands(fragments, edge):
        left, right = _sides(band, edge)
        if not left or not right or len(left) + len(right) < len(band):
            yield band
        else:
            yield from _regions(left, depth + 1)
            yield from _regions(right, depth + 1)


def _best_gutter(fragments: Sequence[_Fragment]) -> float | None:
    """Return the left edge of the column that parts most fragments from what stands before it, or None."""
    lefts = Counter(round(fragment.left / 2) for fragment in fragments)
    first = min(lefts)
    best, most = None, 0
    for place, count in lefts.most_common(12):
        if count < _LEAST_LINES or place - first < 20:
            continue
        edge = place * 2 - 1.5
        score = sum(len(band) for band in _bands(fragments, edge) if _is_columns(band, edge))
        if score > most:
            best, most = edge, score
    return best


def _sides(fragments: Sequence[_Fragment], edge: float) -> tuple[list[_Fragment], list[_Fragment]]:
    """Return what stands wholly before and wholly behind the edge of a column, with a gutter between."""
    return (
        [each for each in fragments if each.right <= edge - _GUTTER * each.height + 1.5],
        [each for each in fragments if each.left >= edge],
    )


def _bands(fragments: Sequence[_Fragment], edge: float) -> list[list[_Fragment]]:
    """Part fragments where one runs across the edge: such lines are read before what stands below them."""
    bands: list[list[_Fragment]] = [[]]
    crossing = False
    for each in sorted(fragments, key=lambda each: -each.base):
        across = each.left < edge and each.right > edge - _GUTTER * each.height + 1.5
        if across != crossing and bands[-1]:
            bands.append([])
        crossing = across
        bands[-1].append(each)
    return [band for band in bands if band]


def _is_columns(band: Sequence[_Fragment], edge: float) -> bool:
    """Say whether both sides of the edge hold lines of a text: several, with some words each, side by side."""
    sides = _sides(band, edge)
    for side in sides:
        if len({round(each.base) for each in side}) < _LEAST_LINES:
            return False
        if statistics.fmean(len(each.text.split()) for each in side) < _LEAST_WORDS:
            return False
    (low, high), (other_low, other_high) = ((min(e.base for e in side), max(e.base for e in side)) for side in sides)
    return min(high, other_high) - max(low, other_low) > 0.3 * min(high - low, other_high - other_low)


# ---- fragments to lines


def _lines(fragments: Sequence[_Fragment]) -> list[Line]:
    rows: list[list[_Fragment]] = []
    for each in sorted(fragments, key=lambda each: (-each.base, each.left)):
        if rows and abs(rows[-1][0].base - each.base) <= _SAME_LINE * max(rows[-1][0].height, each.height):
            rows[-1].append(each)
        else:
            rows.append([each])
    bases = [row[0].base for row in rows]
    steps = [above - below for above, below in itertools.pairwise(bases)]
    usual = statistics.median_low(steps) if steps else 0.0
    lines: list[Line] = []
    for number, row in enumerate(rows):
        height = max(each.height for each in row)
        apart = number == 0 or steps[number - 1] > _PARAGRAPH * max(usual, 0.9 * height)
        resized = bool(lines) and not 0.8 < height / lines[-1].height < 1.25
        lines.append(Line(_joined(row), row[0].base, height, begins=number > 0 and (apart or resized)))
    return [line for line in lines if line.text]


def _joined(row: list[_Fragment]) -> str:
    """Return the words of the fragments of one line, from right to left where the script runs so."""
    backwards = sum(bool(_RIGHT_TO_LEFT.search(each.text)) for each in row) * 2 > len(row)
    row = sorted(row, key=lambda each: -each.left if backwards else each.left)
    text = row[0].text
    for before, each in itertools.pairwise(row):
        gap = before.left - each.right if backwards else each.left - before.right
        glued = gap < _SPACE * each.height
        text += ("" if glued else " " if gap < _CELL * each.height else "\t") + each.text
    return text.strip()


# ---- headers and footers


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without what stands in the margins of many of them: headers, footers, page numbers.

    Numbers in such lines may differ; headers of left and right pages may too.
    """
    if len(pages) < 2:
        return list(pages)
    seen = Counter(key for page in pages for key in {_key(page, line) for line in _margins(page)})
    least = max(2, round(_MOST_PAGES * len(pages)))
    repeated = {key for key, count in seen.items() if count >= least}
    cleaned: list[Page] = []
    for page in pages:
        gone = {
            id(line) for line in _margins(page) if _key(page, line) in repeated or _PAGE_NUMBER.fullmatch(line.text)
        }
        cleaned.append(Page(tuple(line for line in page.lines if id(line) not in gone), page.height))
    return cleaned


def _margins(page: Page) -> list[Line]:
    """Return the uppermost and the lowest lines of a page."""
    ordered = sorted(page.lines, key=lambda line: -line.base)
    return ordered if len(ordered) <= 2 * _MARGIN_LINES else ordered[:_MARGIN_LINES] + ordered[-_MARGIN_LINES:]


def _key(page: Page, line: Line) -> tuple[str, int]:
    """What makes lines of different pages the same: their words without numbers, and their height on the page."""
    upper = line.base > page.height / 2
    from_edge = page.height - line.base if upper else line.base
    return _DIGITS.sub("#", line.text.casefold()), (1 if upper else -1) * round(from_edge / 12)
