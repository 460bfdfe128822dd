"""Sets two texts, two archives or two parts of one beside each other.

A place is new, gone or in both. How much more it is spoken of in B than in A is told as log-odds with their interval:
of the share of documents that mention it, or, where a side is a single text, of its share of all mentions. Half a count
is added to each (Haldane & Anscombe), so that a place that is missing on one side has a value too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Any

from mapgen.corpus.database import statement, tables
from mapgen.corpus.selection import Selection
from mapgen.corpus.store import Store
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.model import AnnotatedDocument

__all__ = ["Change", "Comparison", "Reading", "Side", "compared", "log_odds", "side_of_archive", "side_of_text"]

Z = 1.96
"""Standard deviations of an interval that holds 95 % of a normal distribution."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a comparison shows it."""

    id: str
    name: str
    kind: str
    country: str
    lat: float
    lon: float


@dataclass(slots=True)
class Side:
    """What one side speaks of.

    Attributes:
        given: as the user has named it.
        documents: how many texts it has.
        spots: its places by id.
        mentions: of each place.
        texts: documents that mention each place.
        names: name as read → place id → how often it means that place.
    """

    given: str
    documents: int
    spots: dict[str, Spot] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    names: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place on both sides.

    Attributes:
        spot: the place.
        status: "new", "gone" or "both".
        mentions, documents: in A and in B.
        log_odds: natural logarithm of the odds ratio, B against A: above 0 where B speaks more of it.
        low, high: its interval, 95 %.
    """

    spot: Spot
    status: str
    mentions: tuple[int, int]
    documents: tuple[int, int]
    log_odds: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A name that mostly means another place in B than in A.

    Attributes:
        name: as read.
        places: in A and in B.
        counts: how often it means them there.
    """

    name: str
    places: tuple[Spot, Spot]
    counts: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The result.

    Attributes:
        sides: A and B.
        unit: "documents" or "mentions": what the log-odds count.
        changes: of all places, the surest differences first.
        readings: names whose reading has changed, the most frequent first.
    """

    sides: tuple[Side, Side]
    unit: str
    changes: tuple[Change, ...]
    readings: tuple[Reading, ...]


def log_odds(a: int, total_a: int, b: int, total_b: int) -> tuple[float, float, float]:
    """Return the log-odds of b of total_b against a of total_a, and the ends of their interval of 95 %."""
    cells = (b, total_b - b, a, total_a - a)
    one, other, third, fourth = (max(0, cell) + _HALF for cell in cells)
    value = log(one / other) - log(third / fourth)
    error = Z * sqrt(1 / one + 1 / other + 1 / third + 1 / fourth)
    return value, value - error, value + error


def compared(a: Side, b: Side) -> Comparison:
    """Compare two sides."""
    unit = "documents" if min(a.documents, b.documents) > 1 else "mentions"
    changes = sorted(_changes(a, b, unit), key=lambda each: (-_sureness(each), -sum(each.mentions), each.spot.id))
    readings = sorted(_readings(a, b), key=lambda each: (-sum(each.counts), each.name))
    return Comparison(sides=(a, b), unit=unit, changes=tuple(changes), readings=tuple(readings))


def _sureness(change: Change) -> float:
    """How far the interval lies from 0; below 0 where it holds it."""
    return max(change.low, -change.high)


def _changes(a: Side, b: Side, unit: str) -> Iterator[Change]:
    total = (a.documents, b.documents) if unit == "documents" else (a.mentions.total(), b.mentions.total())
    counts = (a.texts, b.texts) if unit == "documents" else (a.mentions, b.mentions)
    for id_, spot in (a.spots | b.spots).items():
        value, low, high = log_odds(counts[0][id_], total[0], counts[1][id_], total[1])
        yield Change(
            spot=spot,
            status="both" if id_ in a.spots and id_ in b.spots else "new" if id_ in b.spots else "gone",
            mentions=(a.mentions[id_], b.mentions[id_]),
            documents=(a.texts[id_], b.texts[id_]),
            log_odds=value,
            low=low,
            high=high,
        )


def _readings(a: Side, b: Side) -> Iterator[Reading]:
    for name in a.names.keys() & b.names.keys():
        (one, count), (other, second) = (_most(side.names[name]) for side in (a, b))
        if one != other:
            yield Reading(name=name, places=(a.spots[one], b.spots[other]), counts=(count, second))


def _most(places: Counter[str]) -> tuple[str, int]:
    return min(places.items(), key=lambda pair: (-pair[1], pair[0]))


def side_of_text(annotated: AnnotatedDocument, given: str) -> Side:
    """Return what a text speaks of."""
    side = Side(given=given, documents=1)
    for toponym in annotated.toponyms:
        if (place := toponym.place) is not None:
            spot = Spot(place.id, place.label(annotated.language), str(place.kind), place.country, place.lat, place.lon)
            side.spots.setdefault(place.id, spot)
            side.mentions[place.id] += 1
            side.texts[place.id] = 1
            side.names.setdefault(toponym.name, Counter())[place.id] += 1
    return side


def side_of_archive(selection: Selection) -> Side:
    """Return what a part of an archive speaks of.

    Raises:
        DocumentError: no document of the archive belongs to it.
    """
    values = {
        "duplicates": selection.duplicates, "undated": selection.undated, "first": selection.first,
        "last": selection.last, "floor": selection.floor, "sense": selection.sense,
    }  # fmt: skip
    with tables(Store.at(selection.path), "toponyms", "documents") as database:
        database.execute(statement("side"), values)
        rows = _rows(database)
        counted = {name: values[name] for name in ("duplicates", "undated", "first", "last")}
        side = Side(given=selection.given, documents=rows(statement("side_documents"), counted)[0][0])
        if not side.documents:
            raise DocumentError(msg("no text of the archive belongs to this selection"), path=selection.given)
        for id_, label, kind, country, lat, lon, mentions, texts in rows(statement("side_places"), {}):
            side.spots[id_] = Spot(id_, label, kind, country or "", lat, lon)
            side.mentions[id_] = mentions
            side.texts[id_] = texts
        for name, id_, count in rows("select text, place_id, count(*) from mentions group by all", {}):
            side.names.setdefault(name, Counter())[id_] = count
    return side


def _rows(database: Any) -> Callable[[str, dict[str, Any]], list[tuple[Any, ...]]]:
    return lambda query, values: database.execute(query, values).fetchall()
