"""Finds journeys: places that a text joins in their order by verbs of movement.

A thread on the map says that somebody goes from place to place, so it needs words that say so between each place and
the next; a list of places, or a verb of movement somewhere, is no journey.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapgen import languages
from mapgen.kinds import VAST
from mapgen.model import AnnotatedDocument, Place, Sense, Toponym

__all__ = ["itineraries"]

_GAP = 170  # code points between two stops, at most
_LEAST_STOPS = 4
_LEAST_VERBS = 2
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_BREAK = re.compile(r"\n\s*\n")


def itineraries(annotated: AnnotatedDocument) -> tuple[tuple[Place, ...], ...]:
    """Return the journeys of a document in text order, each with at least four stops in the order of the journey."""
    language = languages.load(annotated.document.language)
    if not language.travel:
        return ()
    stops = [
        toponym
        for toponym in annotated.toponyms
        if toponym.place is not None and toponym.place.kind not in VAST and toponym.sense is Sense.LITERAL
    ]
    found: list[tuple[Place, ...]] = []
    chain: list[Toponym] = []
    verbs = 0
    for toponym in stops:
        words = _between(annotated.document.text, chain[-1], toponym) if chain else None
        moves = words is not None and not language.travel.isdisjoint(words)
        orders = words is not None and not language.travel_order.isdisjoint(words)
        if moves or (orders and verbs):
            verbs += moves
            chain.append(toponym)
            continue
        found += _journey(chain, verbs)
        chain, verbs = [toponym], 0
    return (*found, *_journey(chain, verbs))


def _between(text: str, one: Toponym, other: Toponym) -> set[str] | None:
    """The words between two mentions, in small letters; None where they are too far apart or in two paragraphs."""
    gap = text[one.end : other.start]
    if len(gap) > _GAP or _BREAK.search(gap):
        return None
    return {word.casefold() for word in _WORD.findall(gap.replace("\u2019", "'"))}


def _journey(chain: Sequence[Toponym], verbs: int) -> list[tuple[Place, ...]]:
    stops: list[Place] = []
    for toponym in chain:
        if toponym.place is not None and (not stops or stops[-1].id != toponym.place.id):
            stops.append(toponym.place)
    enough = len({stop.id for stop in stops}) >= _LEAST_STOPS and verbs >= _LEAST_VERBS
    return [tuple(stops)] if enough else []
