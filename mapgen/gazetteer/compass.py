"""Names with a point of the compass on either side: "West Rukum", "Rukum-Ouest", "Rukum West"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from mapgen.gazetteer.names import fold
from mapgen.model import Place

__all__ = ["half", "other_sides"]

_POINTS: Final = {
    "North": "north northern nord norte",
    "South": "south southern sud sur sul",
    "East": "east eastern est este leste",
    "West": "west western ouest oeste",
    "Central": "central centre centro",
}
"""The word of names in English, and the words of French, Spanish, Portuguese and English for it."""
_WORDS: Final = {word: point for point, words in _POINTS.items() for word in words.split()}


class Half(NamedTuple):
    """A name without its point of the compass ("North"), and the point."""

    name: str
    point: str

    def of(self, places: Iterable[Place]) -> Place | None:
        """Return that one of two places that lies on this side of the other; None of any other number."""
        two = list(places)
        if len(two) != 2 or self.point not in _SIDES:
            return None
        axis, sign = _SIDES[self.point]
        return max(two, key=lambda place: sign * (place.lat if axis == "lat" else place.lon))


_SIDES: Final = {"North": ("lat", 1), "South": ("lat", -1), "East": ("lon", 1), "West": ("lon", -1)}


def half(name: str) -> Half | None:
    """Return a name as that of a half of something ("Rukum West", "Western Rukum": Rukum), or None."""
    return next(_halves(name), None)


def other_sides(name: str) -> Iterator[str]:
    """Yield a name with its point of the compass on the other side, and in English on both; mostly nothing."""
    for rest, point in _halves(name):
        yield f"{point} {rest}"
        yield f"{rest} {point}"


def _halves(name: str) -> Iterator[Half]:
    """Yield a name without a point of the compass at its end, then without one at its beginning."""
    words = name.replace("-", " ").split()
    if len(words) > 1:
        for at, rest in ((-1, words[:-1]), (0, words[1:])):
            if (point := _WORDS.get(fold(words[at]))) is not None:
                yield Half(" ".join(rest), point)
