"""What the gazetteer says of many names at once, for the recogniser.

The places of a country pack count only in a text that speaks of their country: with the packs of sixty countries added,
every other word is a hamlet somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold_all, is_latin, transliteration_keys
from mapgen.gazetteer.records import KINDS, NameFacts, PackedFacts, unpack_facts
from mapgen.model import Kind, MatchType

__all__ = ["SHORTEST_TRANSLITERATED", "KnownName", "countries_spoken_of", "facts_of"]

SHORTEST_TRANSLITERATED = 4
"""A shorter transliteration key has too little left of the name to tell names apart."""
LONG_TRANSLITERATED = 7
"""A key of that many letters is shared by hardly any word by chance; a shorter one needs a place so large:"""
LARGE_ENOUGH = {4: 300_000, 5: 100_000, 6: 20_000}
ACCENTED_ENOUGH = 20_000
"""Inhabitants from which a name may have an accent that the gazetteer does not give it."""
LOOKED_AT = 8
"""How many places of a name, the most prominent first, are looked at for its exact spelling."""
WELL_KNOWN = 15_000
"""Inhabitants from which the name of a town shows that a text speaks of its country."""
_EXACT, _FOLDED, _TRANSLITERATED, _ = tuple(MatchType)


class KnownName(NamedTuple):
    """What is known of a name, with and without the country packs.

    Attributes:
        facts: without the packs, or None where only packs know the name.
        with_packs: with the packs; the same object where they add nothing.
        pack_countries: the countries in whose packs the name is (ISO 3166-1 alpha-2, "" at sea).
        leading_country: the country that the name shows the text to speak of, or "".
    """

    facts: NameFacts | None
    with_packs: NameFacts | None
    pack_countries: frozenset[str] = frozenset()
    leading_country: str = ""

    def within(self, countries: frozenset[str]) -> NameFacts | None:
        """Return the facts for a text that speaks of some countries; of any country where there are none.

        Packs add names, and do not change what is known of the main name of a place: their hamlets share it.
        """
        if (
            self.facts is self.with_packs
            or (self.facts is not None and self.facts.main)
            or (countries and self.pack_countries.isdisjoint(countries))
        ):
            return self.facts
        return self.with_packs


class _Hit(NamedTuple):
    """A name in a layer."""

    own: bool
    pack: bool
    facts: PackedFacts


def countries_spoken_of(names: Iterable[KnownName]) -> frozenset[str]:
    """Return the countries that the names of a text show it to speak of: theirs, their regions', their towns'."""
    return frozenset({name.leading_country for name in names} - {""})


def facts_of(layers: Sequence[Layer], names: Iterable[str]) -> dict[str, KnownName]:
    """Return what is known of names, for those that are known at all: exact, folded or transliterated.

    Args:
        layers: the layers of the gazetteer, the embedded one first; those that are not the user's own hold packs.
        names: names as written; a few thousand at once are quickest.
    """
    wanted = list(dict.fromkeys(names))
    keys = dict(zip(wanted, fold_all(wanted), strict=True))
    distinct = [key for key in dict.fromkeys(keys.values()) if key]
    found: dict[str, KnownName] = {}
    by_layer = [(layer, number > 0 and not layer.own, layer.names(distinct)) for number, layer in enumerate(layers)]
    missing: list[str] = []
    for name, key in keys.items():
        hits = [_Hit(layer.own, pack, unpack_facts(rows[key])) for layer, pack, rows in by_layer if key in rows]
        if not hits:
            missing.append(name)
            continue
        if (known := _known(hits, partial(_match, layers, name))) is not None:
            found[name] = known
    _add_transliterated(layers, found, missing)
    return found


def _add_transliterated(layers: Sequence[Layer], found: dict[str, KnownName], names: Sequence[str]) -> None:
    # A name in small letters is a word of the language until proved otherwise: its sound alone proves nothing.
    wanted = [name for name in names if not name.islower() and is_latin(name)]
    keys = dict(zip(wanted, transliteration_keys(wanted, fold_all(wanted)), strict=True))
    distinct = [key for key in dict.fromkeys(keys.values()) if len(key) >= SHORTEST_TRANSLITERATED]
    by_layer = [
        (layer, number > 0 and not layer.own, layer.main_transliterations(distinct))
        for number, layer in enumerate(layers)
    ]
    for name, key in keys.items():
        hits = [_Hit(layer.own, pack, unpack_facts(rows[key])) for layer, pack, rows in by_layer if key in rows]
        hits = [hit for hit in hits if hit.own or _tells(key, hit.facts.population)]
        if hits and (known := _known(hits, lambda _: _TRANSLITERATED)) is not None:
            found[name] = known


def _match(layers: Sequence[Layer], name: str, hits: Sequence[_Hit]) -> MatchType | None:
    """How a name is reached whose folded form some places share, or None where its accents forbid it."""
    # A name in small letters is nowhere written so.
    if not name.islower() and _is_written(layers, name, hits):
        return _EXACT
    return _FOLDED if name.isascii() or _may_be_accented(layers, name, hits) else None


def _known(hits: Sequence[_Hit], match_of: Callable[[Sequence[_Hit]], MatchType | None]) -> KnownName | None:
    """Put together what the layers know of a name; None where it matches none of their places."""
    sure = [hit for hit in hits if not hit.pack]
    match = match_of(sure) if sure else None
    facts = _name_facts(match, sure) if match is not None else None
    leading = _leading_country(sure[0].facts) if match is not None and match is not _TRANSLITERATED else ""
    if len(sure) == len(hits):
        return KnownName(facts, facts, leading_country=leading) if facts is not None else None
    match = match_of(hits)
    if match is None:
        return None
    packed = [hit.facts for hit in hits if hit.pack]
    countries = frozenset[str]().union(*(_countries(each.countries) or {""} for each in packed))
    return KnownName(facts, _name_facts(match, hits), countries, leading)


def _leading_country(facts: PackedFacts) -> str:
    """The country of the best known place of a name, where the name is its own and it is well known."""
    if not facts.main:
        return ""
    if facts.population < WELL_KNOWN and _kinds(facts.kinds).isdisjoint((Kind.COUNTRY, Kind.REGION)):
        return ""
    return facts.countries[:2].decode("ascii")


def _spellings(layers: Sequence[Layer], hits: Sequence[_Hit]) -> Iterator[str]:
    """All names of the most prominent places, each between line ends."""
    for pk in dict.fromkeys(pk for hit in hits for pk in hit.facts.pks[:LOOKED_AT]):
        for layer in layers:
            if spellings := layer.spellings(pk):
                yield spellings


def _is_written(layers: Sequence[Layer], name: str, hits: Sequence[_Hit]) -> bool:
    """Whether a place has the very name, letter by letter."""
    return any(f"\n{name}\n" in spellings for spellings in _spellings(layers, hits))


def _may_be_accented(layers: Sequence[Layer], name: str, hits: Sequence[_Hit]) -> bool:
    """Whether a name may have the accents that it has: writers drop accents but hardly add ("Santé", Sante)."""
    if any(hit.own or hit.facts.population >= ACCENTED_ENOUGH for hit in hits):
        return True
    accents = {letter for letter in name.casefold() if letter > "\u00bf"}
    return any(accents <= set(spellings.casefold()) for spellings in _spellings(layers, hits))


def _tells(key: str, population: int) -> bool:
    """Whether a transliteration key is enough to take a name for a place's: a short one only for a large place."""
    return len(key) >= LONG_TRANSLITERATED or population >= LARGE_ENOUGH[len(key)]


def _name_facts(match: MatchType, hits: Sequence[_Hit]) -> NameFacts:
    if len(hits) == 1:
        own, _, facts = hits[0]
        return NameFacts(
            match, len(facts.pks), facts.population, facts.name_count, _kinds(facts.kinds), _countries(facts.countries),
            facts.main, own,
        )  # fmt: skip
    return NameFacts(
        match,
        len({pk for hit in hits for pk in hit.facts.pks}),
        max(hit.facts.population for hit in hits),
        max(hit.facts.name_count for hit in hits),
        frozenset().union(*(_kinds(hit.facts.kinds) for hit in hits)),
        frozenset().union(*(_countries(hit.facts.countries) for hit in hits)),
        any(hit.facts.main for hit in hits),
        any(hit.own for hit in hits),
    )


@cache
def _kinds(bits: int) -> frozenset[Kind]:
    return frozenset(kind for number, kind in enumerate(KINDS) if bits >> number & 1)


@lru_cache(maxsize=4096)
def _countries(codes: bytes) -> frozenset[str]:
    text = codes.decode("ascii")
    return frozenset(text[at : at + 2] for at in range(0, len(text), 2))
