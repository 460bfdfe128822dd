"""What the gazetteer says of many names at once, for the recogniser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold_all, is_latin, transliteration_keys
from mapgen.gazetteer.records import KINDS, NameFacts, PackedFacts, unpack_facts
from mapgen.model import Kind, MatchType

__all__ = ["SHORTEST_TRANSLITERATED", "facts_of"]

SHORTEST_TRANSLITERATED = 4
"""A shorter transliteration key has too little left of the name to tell names apart."""
LONG_TRANSLITERATED = 7
"""A key of that many letters is shared by hardly any word by chance; a shorter one needs a place so large:"""
LARGE_ENOUGH = {4: 300_000, 5: 100_000, 6: 20_000}
ACCENTED_ENOUGH = 20_000
"""Inhabitants from which a name may have an accent that the gazetteer does not give it."""
LOOKED_AT = 8
"""How many places of a name, the most prominent first, are looked at for its exact spelling."""
_EXACT, _FOLDED, _TRANSLITERATED, _ = tuple(MatchType)


def facts_of(layers: Sequence[Layer], names: Iterable[str]) -> dict[str, NameFacts]:
    """Return what is known of names, for those that are known at all: exact, folded or transliterated.

    Args:
        layers: the layers of the gazetteer.
        names: names as written; a few thousand at once are quickest.
    """
    wanted = list(dict.fromkeys(names))
    keys = dict(zip(wanted, fold_all(wanted), strict=True))
    distinct = [key for key in dict.fromkeys(keys.values()) if key]
    found: dict[str, NameFacts] = {}
    by_layer = [(layer, layer.names(distinct)) for layer in layers]
    missing: list[str] = []
    for name, key in keys.items():
        packed = [(layer.own, unpack_facts(rows[key])) for layer, rows in by_layer if key in rows]
        if not packed:
            missing.append(name)
            continue
        # A name in small letters is nowhere written so.
        exact = not name.islower() and _is_written(layers, name, packed)
        if exact or name.isascii() or _may_be_accented(layers, name, packed):
            found[name] = _name_facts(_EXACT if exact else _FOLDED, packed)
    _add_transliterated(layers, found, missing)
    return found


def _add_transliterated(layers: Sequence[Layer], found: dict[str, NameFacts], names: Sequence[str]) -> None:
    # A name in small letters is a word of the language until proved otherwise: its sound alone proves nothing.
    wanted = [name for name in names if not name.islower() and is_latin(name)]
    keys = dict(zip(wanted, transliteration_keys(wanted, fold_all(wanted)), strict=True))
    distinct = [key for key in dict.fromkeys(keys.values()) if len(key) >= SHORTEST_TRANSLITERATED]
    by_layer = [(layer, layer.main_transliterations(distinct)) for layer in layers]
    for name, key in keys.items():
        packed = [(layer.own, unpack_facts(rows[key])) for layer, rows in by_layer if key in rows]
        packed = [(own, facts) for own, facts in packed if own or _tells(key, facts.population)]
        if packed:
            found[name] = _name_facts(_TRANSLITERATED, packed)


def _spellings(layers: Sequence[Layer], packed: Sequence[tuple[bool, PackedFacts]]) -> Iterator[str]:
    """All names of the most prominent places, each between line ends."""
    for pk in dict.fromkeys(pk for _, facts in packed for pk in facts.pks[:LOOKED_AT]):
        for layer in layers:
            if spellings := layer.spellings(pk):
                yield spellings


def _is_written(layers: Sequence[Layer], name: str, packed: Sequence[tuple[bool, PackedFacts]]) -> bool:
    """Whether a place has the very name, letter by letter."""
    return any(f"\n{name}\n" in spellings for spellings in _spellings(layers, packed))


def _may_be_accented(layers: Sequence[Layer], name: str, packed: Sequence[tuple[bool, PackedFacts]]) -> bool:
    """Whether a name may have the accents that it has: writers drop accents but hardly add ("Santé", Sante)."""
    if any(own or facts.population >= ACCENTED_ENOUGH for own, facts in packed):
        return True
    accents = {letter for letter in name.casefold() if letter > "\u00bf"}
    return any(accents <= set(spellings.casefold()) for spellings in _spellings(layers, packed))


def _tells(key: str, population: int) -> bool:
    """Whether a transliteration key is enough to take a name for a place's: a short one only for a large place."""
    return len(key) >= LONG_TRANSLITERATED or population >= LARGE_ENOUGH[len(key)]


def _name_facts(match: MatchType, packed: Sequence[tuple[bool, PackedFacts]]) -> NameFacts:
    if len(packed) == 1:
        own, facts = packed[0]
        return NameFacts(
            match, len(facts.pks), facts.population, facts.name_count, _kinds(facts.kinds), _countries(facts.countries),
            facts.main, own,
        )  # fmt: skip
    return NameFacts(
        match,
        len({pk for _, facts in packed for pk in facts.pks}),
        max(facts.population for _, facts in packed),
        max(facts.name_count for _, facts in packed),
        frozenset().union(*(_kinds(facts.kinds) for _, facts in packed)),
        frozenset().union(*(_countries(facts.countries) for _, facts in packed)),
        any(facts.main for _, facts in packed),
        any(own for own, _ in packed),
    )


@cache
def _kinds(bits: int) -> frozenset[Kind]:
    return frozenset(kind for number, kind in enumerate(KINDS) if bits >> number & 1)


@lru_cache(maxsize=4096)
def _countries(codes: bytes) -> frozenset[str]:
    text = codes.decode("ascii")
    return frozenset(text[at : at + 2] for at in range(0, len(text), 2))
