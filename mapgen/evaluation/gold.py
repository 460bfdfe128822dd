"""What a corpus says is true: documents with marked names, whatever the format they came in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from mapgen.evaluation.metrics import GoldPlace
from mapgen.model import Document, Kind, Place, Sense, Span

__all__ = ["Atlas", "GoldDocument", "GoldName", "OtherName", "arranged", "located"]

_NEIGHBOUR_KM = (50.0, 400.0)
"""How far the nearest town may lie to tell the country of a point: for any place, and for the middle of a country,
which may be a desert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldName:
    """A place name that the corpus marks.

    Attributes:
        start: first code point of the name.
        end: one past its last.
        kind: what it is, or None where the corpus does not say.
        sense: literal or metonymic, or None where the corpus does not say.
        place: where it truly lies, or None where the corpus gives no coordinates.
        country: ISO 3166-1 alpha-2 code of the country that it is or lies in, "" where unknown.
        nested: whether it is inside a longer name that is no place name ("University of London"); such names
            are resolved, not asked of recognition.
    """

    start: int
    end: int
    kind: Kind | None = None
    sense: Sense | None = None
    place: GoldPlace | None = None
    country: str = ""
    nested: bool = False

    @property
    def span(self) -> Span:
        """Start and end, code points."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class OtherName:
    """A marked name that is no place: a person, an organisation.

    Attributes:
        start: first code point of the name.
        end: one past its last.
        label: PER, ORG or MISC.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, kw_only=True)
class GoldDocument:
    """A text with what is true of it.

    Attributes:
        id: unique in its corpus.
        document: the text; its language "" where the corpus does not say.
        names: the marked place names in text order, never overlapping.
        others: marked names that are no places, in text order; empty where the corpus marks places only.
        split: the part of the corpus that it belongs to ("train", "heldout", "test"), or "".
    """

    id: str
    document: Document
    names: tuple[GoldName, ...] = ()
    others: tuple[OtherName, ...] = ()
    split: str = ""

    @cached_property
    def places(self) -> dict[Span, GoldPlace]:
        """Span -> where the name truly lies; names without coordinates are not in it."""
        return {name.span: name.place for name in self.names if name.place is not None}

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """All marked names, with and without coordinates, nested ones too."""
        return tuple(name.span for name in self.names)

    @cached_property
    def asked(self) -> tuple[GoldName, ...]:
        """The names that recognition is asked for: all but the nested ones."""
        return tuple(name for name in self.names if not name.nested)


def arranged(names: list[GoldName]) -> tuple[GoldName, ...]:
    """Return the names in text order; of overlapping ones the first and longest is kept."""
    kept: list[GoldName] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return tuple(kept)


class Atlas(Protocol):
    """What of a gazetteer is needed to complete what a corpus says of its places."""

    def get(self, id_: str) -> Place | None:
        """Return the place with an id ("gn:170063"), or None."""

    def countries(self) -> tuple[Place, ...]:
        """Return all countries."""

    def nearest(self, lat: float, lon: float, *, radius_km: float, limit: int) -> tuple[tuple[Place, float], ...]:
        """Return the places around a point with their distances in km, the nearest first."""


def located(gold: GoldDocument, atlas: Atlas) -> GoldDocument:
    """Return the document with the kinds and countries of its names, as far as ids and coordinates give them.

    The kind is that of the gazetteer's place with the same GeoNames id, else what the corpus says; the country is that
    of the same place, else of the nearest town. A name that the corpus calls a country without giving an id has the ISO
    code of the country that its point lies in.
    """
    if not gold.places:
        return gold
    middles = {place.geonameid: place for place in atlas.countries()}
    return replace(gold, names=tuple(_located(name, atlas, middles) for name in gold.names))


def _located(name: GoldName, atlas: Atlas, middles: dict[int | None, Place]) -> GoldName:
    gold = name.place
    if gold is None:
        return name
    known = (middles.get(gold.geonameid) or atlas.get(f"gn:{gold.geonameid}")) if gold.geonameid else None
    if known is not None:
        code = known.country if known.kind is Kind.COUNTRY else ""
        gold = replace(gold, country=gold.country or code)
        return replace(name, place=gold, kind=known.kind, country=name.country or known.country)
    country = name.country or gold.country
    if not country and name.kind not in (Kind.CONTINENT, Kind.WATER):
        country = _country_at(gold, atlas, _NEIGHBOUR_KM[name.kind is Kind.COUNTRY])
    if name.kind is Kind.COUNTRY:
        gold = replace(gold, country=country)
    return replace(name, place=gold, country=country)


def _country_at(gold: GoldPlace, atlas: Atlas, radius_km: float) -> str:
    towns = atlas.nearest(gold.lat, gold.lon, radius_km=min(radius_km, _NEIGHBOUR_KM[0]), limit=1)
    towns = towns or atlas.nearest(gold.lat, gold.lon, radius_km=radius_km, limit=1)
    return towns[0][0].country if towns else ""
