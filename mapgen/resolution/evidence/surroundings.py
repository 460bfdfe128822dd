"""The words around a document's names: read once, before any name is placed, and used by every pass and rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapgen.languages import Language
from mapgen.model import Toponym
from mapgen.resolution.evidence.patterns import containers, list_members
from mapgen.resolution.evidence.phrases import phrase_carriers
from mapgen.resolution.evidence.signs import signs
from mapgen.resolution.evidence.statements import Statement, stated_containers
from mapgen.resolution.features import Sign

__all__ = ["Surroundings", "surroundings"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words around the toponyms say; it does not depend on the places.

    Attributes:
        signs: of each toponym.
        containers: position of the toponym that the text places another one inside, by the position of that one.
        lists: for each toponym the positions of the members of its list, itself included; one tuple a list.
        stated: statements on containers that leave no doubt: no candidate outside is meant; by position likewise.
        carriers: for each toponym that a spatial phrase places, the position of the toponym that carries the phrase.
    """

    signs: tuple[tuple[Sign, ...], ...]
    containers: Mapping[int, int]
    lists: Sequence[tuple[int, ...]]
    stated: Mapping[int, Statement]
    carriers: Mapping[int, int]


def surroundings(text: str, toponyms: Sequence[Toponym], language: Language) -> Surroundings:
    """Read the words around the toponyms.

    Args:
        text: of the document.
        toponyms: in text order.
        language: of the text.
    """
    lists = list_members(text, toponyms)
    return Surroundings(
        signs=tuple(signs(text, toponym, language) for toponym in toponyms),
        containers=containers(text, toponyms),
        lists=lists,
        stated=stated_containers(text, toponyms, lists, language),
        carriers=phrase_carriers(text, toponyms, language),
    )
