"""Finds space for the markers and the names of a picture, without a browser that measures them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin

__all__ = ["Box", "Crowd", "label_boxes", "text_width"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, pixels."""

_NARROW = frozenset("iIjlt.,:;'’!|·()[] frf")
_WIDE = frozenset("mwMW@%—")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is in a sans-serif face, rather more than less.

    Args:
        text: one line.
        size: of the font, pixels.
        bold: whether the face is bold.
    """
    em = 0.0
    for letter in text:
        if unicodedata.combining(letter):
            continue
        if unicodedata.east_asian_width(letter) in "WF":
            em += 1.0
        elif letter in _NARROW:
            em += 0.36
        elif letter in _WIDE:
            em += 0.92
        else:
            em += 0.72 if letter.isupper() else 0.6
    return em * size * (1.17 if bold else 1.0)


@dataclass(slots=True)
class Crowd:
    """Boxes in a picture that do not overlap."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)

    def free(self, box: Box, gap: float = 0.0) -> bool:
        """Whether a box lies in the picture and covers no other."""
        left, top, right, bottom = box
        if left < 2 or top < 2 or right > self.width - 2 or bottom > self.height - 2:
            return False
        return not any(
            left < other[2] + gap and other[0] < right + gap and top < other[3] + gap and other[1] < bottom + gap
            for other in self.boxes
        )

    def take(self, boxes: Iterator[Box], gap: float = 0.0) -> Box | None:
        """Return the first free one of the boxes, which is taken; None where all are covered."""
        found = next((box for box in boxes if self.free(box, gap)), None)
        if found is not None:
            self.boxes.append(found)
        return found


def marker_boxes(x: float, y: float, radius: float) -> Iterator[Box]:
    """Yield the boxes where a marker may stand: at its place, then around it, in wider and wider rings."""
    yield (x - radius, y - radius, x + radius, y + radius)
    for ring in (1.1, 1.8, 2.6, 3.6):
        for step in range(12):
            angle = 2 * pi * step / 12
            dx, dy = 2 * radius * ring / 1.6 * cos(angle), 2 * radius * ring / 1.6 * sin(angle)
            yield (x + dx - radius, y + dy - radius, x + dx + radius, y + dy + radius)


def label_boxes(x: float, y: float, radius: float, width: float, height: float) -> Iterator[Box]:
    """Yield the boxes where the name of a marker may stand, the best first: beside it, then below and above."""
    aside, above = radius + 3.0, radius + 2.0
    for dx, dy in (
        (aside, -height / 2), (-aside - width, -height / 2), (-width / 2, above), (-width / 2, -above - height),
        (aside - 3, 3.0), (aside - 3, -height - 3.0), (-aside - width + 3, 3.0), (-aside - width + 3, -height - 3.0),
    ):  # fmt: skip
        yield (x + dx, y + dy, x + dx + width, y + dy + height)
