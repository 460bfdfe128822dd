"""The rows of a gazetteer layer: what the sources hand to the writer, and how facts are packed into them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mapgen.model import Kind, MatchType

__all__ = [
    "FIRST_OWN_PK",
    "KINDS",
    "LISTED_PK",
    "MEMBER_FIELDS",
    "NAME_WORTH",
    "Columns",
    "Entry",
    "NameFacts",
    "PackedFacts",
    "columns_of",
    "label_names",
    "labels_of",
    "labels_text",
    "pack_facts",
    "place_id",
    "unpack_facts",
    "unpack_members",
]

KINDS: tuple[Kind, ...] = tuple(Kind)
"""The kinds in the order of their numbers in the store."""

LISTED_PK = 0x8000_0000
"""Places that have no GeoNames id count from here …"""
FIRST_OWN_PK = 0xF000_0000
"""… and the user's own places from here."""

NAME_WORTH = 2000
"""What each of a place's names counts, in inhabitants, where places are ranked by how widely they are known."""

_HEADER = struct.Struct("<IHHBB")
MEMBER_FIELDS = (("pk", "<u4"), ("lat", "<f4"), ("lon", "<f4"), ("population", "<i4"))
"""What a cell of the table `cells` has of each place, as fields of a numpy dtype."""

_MEMBER = struct.Struct("<Iffi")


class Entry(NamedTuple):
    """One place on its way into a layer.

    Attributes:
        pk: GeoNames id, else a number of this layer.
        id: the place's id, or "" where it is "gn:" and `pk`.
        source: as shown to readers.
        name: the main name.
        kind: position in `KINDS`.
        country: ISO 3166-1 alpha-2, or "".
        lat: degrees north.
        lon: degrees east.
        population: inhabitants, 0 where unknown.
        admin1: GeoNames' first-level code, or "".
        names: other names.
        labels: "fr=Alep|en=Aleppo".
        name_count: how many names the source knows.
        capital: whether it is the capital of its country.
        admin2: GeoNames' second-level code, or "".
        geonameid: GeoNames id, or None.
        inherited_km: for a division that has the point of the division above: the radius of that one, else 0.
    """

    pk: int
    id: str
    source: str
    name: str
    kind: int
    country: str
    lat: float
    lon: float
    population: int
    admin1: str
    names: Sequence[str]
    labels: str = ""
    name_count: int = 0
    capital: bool = False
    admin2: str = ""
    geonameid: int | None = None
    inherited_km: int = 0


class Columns(NamedTuple):
    """Many places on their way into a layer: the fields of `Entry`, each a column."""

    pk: Sequence[int]
    id: Sequence[str]
    source: Sequence[str]
    name: Sequence[str]
    kind: Sequence[int]
    country: Sequence[str]
    lat: Sequence[float]
    lon: Sequence[float]
    population: Sequence[int]
    admin1: Sequence[str]
    names: Sequence[Sequence[str]]
    labels: Sequence[str]
    name_count: Sequence[int]
    capital: Sequence[bool]
    admin2: Sequence[str]
    geonameid: Sequence[int | None]
    inherited_km: Sequence[int]


def columns_of(entries: Iterable[Entry]) -> Columns:
    """Return places as columns."""
    columns = tuple(zip(*entries, strict=True))
    return Columns(*columns) if columns else Columns(*([()] * len(Columns._fields)))


class NameFacts(NamedTuple):
    """What the gazetteer says of a name, over all places that it can mean.

    Attributes:
        match: the surest way in which the name is reached.
        places: how many places bear it.
        population: of the largest of them.
        name_count: of the most widely known of them.
        kinds: all their kinds.
        countries: all their countries (ISO 3166-1 alpha-2).
        main: whether it is the main name or a label of one of them, not only one of its other names.
        own: whether one of them is a place of the user.
    """

    match: MatchType
    places: int
    population: int
    name_count: int
    kinds: frozenset[Kind]
    countries: frozenset[str]
    main: bool
    own: bool


def place_id(pk: int, text: str) -> str:
    """Return the public id of a stored place."""
    return text or f"gn:{pk}"


def pack_facts(population: int, name_count: int, kinds: int, main: bool, countries: bytes, pks: bytes) -> bytes:
    """Pack what a name's places have in common, and their keys.

    Layout, little endian: largest population (u32), largest name count (u16), kinds as bits (u16), main (u8), number of
    countries (u8), two letters for each, then the keys (u32).

    Args:
        population: of the largest place.
        name_count: of the most widely known place.
        kinds: a bit for each kind, counted in `KINDS`.
        main: whether the name is a main name or a label of one of them.
        countries: two letters for each of their countries, each once; no more than 255 are kept.
        pks: their keys, u32 each, the most prominent first.
    """
    countries = countries[: 2 * 255]
    return _HEADER.pack(population, name_count, kinds, main, len(countries) // 2) + countries + pks


def label_names(labels: str) -> list[str]:
    """Return the names of a labels column."""
    return [part.partition("=")[2] for part in labels.split("|")] if labels else []


def labels_of(labels: str) -> dict[str, str]:
    """Return a labels column as names by language."""
    return dict(part.split("=", 1) for part in labels.split("|")) if labels else {}


def labels_text(labels: Mapping[str, str]) -> str:
    """Return names by language as a labels column."""
    return "|".join(f"{language}={name.replace('|', '/')}" for language, name in labels.items())


class PackedFacts(NamedTuple):
    """The unpacked form of `pack_facts`; `kinds` are bits, `countries` a run of two-letter codes."""

    population: int
    name_count: int
    kinds: int
    main: bool
    countries: bytes
    pks: tuple[int, ...]


def unpack_facts(facts: bytes) -> PackedFacts:
    """Undo `pack_facts`."""
    population, name_count, kinds, main, codes = _HEADER.unpack_from(facts)
    start = _HEADER.size + 2 * codes
    pks = struct.unpack_from(f"<{(len(facts) - start) // 4}I", facts, start)
    return PackedFacts(population, name_count, kinds, bool(main), facts[_HEADER.size : start], pks)


def unpack_members(members: bytes) -> Iterable[tuple[int, float, float, int]]:
    """Yield key, latitude, longitude and population of the places of a cell (u32, f32, f32, i32 each)."""
    return _MEMBER.iter_unpack(members)
