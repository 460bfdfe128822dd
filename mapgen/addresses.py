"""Where in its source a passage stands: the page of a PDF, the paragraph of a Word file, the time of a subtitle.

An address is written as a fragment identifier ("page=3", "t=00:01:02.500", "row=5"), after RFC 8118 (PDF), the W3C's
Media Fragments and RFC 7111 (CSV).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = ["Address", "Record", "Unit", "address_at", "addresses_within"]


class Unit(StrEnum):
    """What the parts of a source are counted in; an edge is a header or a footer."""

    PAGE = "page"
    PARAGRAPH = "paragraph"
    CHAPTER = "chapter"
    TIME = "t"
    ROW = "row"
    CELL = "cell"
    LINE = "line"
    ITEM = "item"
    MESSAGE = "message"
    NOTE = "note"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Address:
    """The place in the source of all that stands from `start` to the next address.

    Attributes:
        start: code points into `Document.text`.
        unit: what the value counts.
        value: a number counted from 1, a time "hh:mm:ss.mmm", or a cell "Sheet1!B3".
    """

    start: int
    unit: Unit
    value: str

    def __str__(self) -> str:
        return f"{self.unit}={self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One of several texts in one source: a row of a table, an item of a feed, a message. Each is analysed by itself.

    Attributes:
        start: first code point of its text in `Document.text`.
        end: one past its last code point.
        title: its headline, or "".
        date: ISO 8601, possibly shortened, or "".
        language: ISO 639-1, or "".
    """

    start: int
    end: int
    title: str = ""
    date: str = ""
    language: str = ""


def address_at(addresses: Sequence[Address], offset: int) -> Address | None:
    """Return the address of a code point: the last that begins at or before it; None where there is none.

    Args:
        addresses: ascending by their starts.
        offset: code points into `Document.text`.
    """
    found = bisect_right(addresses, offset, key=_start)
    return addresses[found - 1] if found else None


def addresses_within(addresses: Sequence[Address], start: int, end: int) -> tuple[Address, ...]:
    """Return the addresses of a passage, their starts counted from its own."""
    first = max(0, bisect_right(addresses, start, key=_start) - 1)
    inside = addresses[first : bisect_left(addresses, end, key=_start)]
    return tuple(replace(each, start=max(0, each.start - start)) for each in inside)


def _start(address: Address) -> int:
    return address.start
