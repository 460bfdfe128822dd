"""What the words around a document's names say before any is placed: read once, used by every pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapgen.languages import Language
from mapgen.model import Toponym
from mapgen.resolution.evidence.own_words import containers, members
from mapgen.resolution.evidence.phrases import holders
from mapgen.resolution.evidence.signs import signs

__all__ = ["Surroundings", "surroundings"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words around the toponyms say; none of it depends on what these are taken for.

    Attributes:
        signs: for each toponym, as `mapgen.resolution.evidence.signs.signs` has them.
        inside: position of the toponym that the text puts another one in, by the position of that one.
        lists: for each toponym the positions of the other members of its list.
        holders: for each toponym that a spatial phrase places, the position of the one that carries the phrase.
    """

    signs: tuple[tuple[int, ...], ...]
    inside: Mapping[int, int]
    lists: Sequence[tuple[int, ...]]
    holders: Mapping[int, int]


def surroundings(text: str, toponyms: Sequence[Toponym], language: Language) -> Surroundings:
    """Read the words around the toponyms.

    Args:
        text: of the document.
        toponyms: in text order.
        language: of the text.
    """
    return Surroundings(
        signs=tuple(signs(text, toponym, language) for toponym in toponyms),
        inside=containers(text, toponyms),
        lists=members(text, toponyms),
        holders=holders(text, toponyms, language),
    )
