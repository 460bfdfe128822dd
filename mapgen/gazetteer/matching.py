"""Names to places: exact, folded, transliterated, nearly so; the likeliest place first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from mapgen.gazetteer.assembly import Assembly
from mapgen.gazetteer.compass import half, other_sides
from mapgen.gazetteer.facts import SHORTEST_TRANSLITERATED
from mapgen.gazetteer.generic_words import DIVIDING, NATURAL, Generic, Sort, joined_generic, without_generic
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold, is_latin, stem, transliteration_key
from mapgen.gazetteer.near_names import NearForms
from mapgen.gazetteer.patterns import keys_matching
from mapgen.gazetteer.records import NAME_WORTH, unpack_facts
from mapgen.gazetteer.respelling import RESPELLED_COUNTRY, respelled
from mapgen.gazetteer.short_forms import short_forms
from mapgen.gazetteer.sources.airfields import airfield_name
from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, MatchType, Origin, Place

__all__ = ["Match", "Matcher"]

SHORTEST_NEAR, LONGEST_NEAR = 5, 100
"""Letters of a name for which another name one edit away is looked for: a short one is near to many others, and the
number of edits grows with the letters, beyond those of any place."""
MAIN_WORTH = 50_000
"""What it counts, in inhabitants, that a name is a place's main name or a label and not one of its other names."""
SAME_KM = 15.0
"""How far two points of one place lie apart at most; `_REACH_KM` for places of some extent."""
OCEANIC_KM = 800.0
"""The same for what lies in no country: seas, continents."""
_REACH_KM = {Kind.WATER: 100.0, Kind.TERRAIN: 100.0, Kind.AREA: 100.0, Kind.ROAD: 100.0, Kind.REGION: 100.0}
# Members of an enumeration are slow to reach and to hash: a look-up takes microseconds.
_RANKS = _EXACT, _FOLDED, _TRANSLITERATED, _NEAR = tuple(MatchType)


_LAND = frozenset({Kind.TERRAIN, Kind.AREA})
_KINDS = {
    Sort.DIVISION: DIVISIONS,
    Sort.DISTRICT: DIVISIONS,
    Sort.SETTLEMENT: SETTLEMENTS,
    Sort.AIRFIELD: frozenset({Kind.FACILITY}),
    Sort.LAKE: frozenset({Kind.WATER}),
    Sort.RIVER: frozenset({Kind.WATER}),
    Sort.MOUNTAIN: frozenset({Kind.TERRAIN}),
    Sort.ISLAND: _LAND,
    Sort.VALLEY: _LAND,
    Sort.DESERT: _LAND,
    Sort.FOREST: _LAND,
    Sort.PARK: _LAND | {Kind.FACILITY},
}
_FORMS = {
    Sort.DIVISION: ("{}", "{} County", "{} Parish"),
    Sort.DISTRICT: ("{}", "{} County", "{} Parish"),
    Sort.SETTLEMENT: ("{}",),
    Sort.AIRFIELD: (airfield_name("{}"),),
    Sort.LAKE: ("Lake {}", "{} Lake", "Lac {}", "Ozero {}", "{}"),
    Sort.RIVER: ("{} River", "River {}", "Oued {}", "Reka {}", "{}"),
    Sort.MOUNTAIN: ("Mount {}", "{} Mountains", "{} Mountain", "Mont {}", "Gora {}", "{}"),
    Sort.ISLAND: ("{} Island", "{} Islands", "Île {}", "Ostrov {}", "{}"),
    Sort.VALLEY: ("{} Valley", "{}"),
    Sort.DESERT: ("{} Desert", "{}"),
    Sort.FOREST: ("{} Forest", "{}"),
    Sort.PARK: ("{} National Park", "{} Park", "{} Game Reserve", "{} Nature Reserve", "{}"),
}
"""Names under which the gazetteer has a place of which a text says the sort. Counties of the United States have no name
without the word; waters, relief and parks have an English one, and packs those of the country."""


class Match(NamedTuple):
    """A place that a name can mean.

    Attributes:
        place: the place.
        type: how the name was reached.
        name: the gazetteer's name that matched.
        pack: whether only a country pack knows the place by that name.
    """

    place: Place
    type: MatchType
    name: str
    pack: bool = False


class Matcher:
    """Looks names up in the layers of a gazetteer.

    Args:
        layers: the embedded one first, then those of country packs, the user's own places last.
        assembly: puts places together out of what the layers say of them.
    """

    def __init__(self, layers: Sequence[Layer], assembly: Assembly) -> None:
        self._layers = layers
        self._packs = {number for number, layer in enumerate(layers) if number and not layer.own}
        self._assembly = assembly

    def lookup(self, name: str, *, strength: MatchType, country: str = "") -> tuple[Match, ...]:
        """Return all places that a name can mean; see `Gazetteer.lookup`."""
        key = fold(name)
        if not key:
            return ()
        found: dict[int, Match] = {}
        self._add_short(found, name)
        # "Vic." is Victoria cut short, not the town of Vic.
        short = "." in name and bool(found)
        self._add_named(found, name, key, exact_only=short or strength is _EXACT)
        generics = list(without_generic(name))
        if strength is not _EXACT:
            self._add_generic(found, generics, sounding=strength is not _FOLDED)
            self._add_joined(found, name)
            self._add_turned(found, name, generics)
            if not found:
                self._add_half(found, name, generics)
            if not found:
                self._add_seats(found, generics)
        if not short and (strength is _TRANSLITERATED or strength is _NEAR):
            self._add_transliterated(found, name)
            if all(match.type is _TRANSLITERATED for match in found.values()):
                self._add_respelled(found, name)
        _drop_doubles_in_place(found)
        matches = [match for match in found.values() if not country or match.place.country == country]
        if not matches and strength is _NEAR:
            return self.near(name, country=country)
        if len(matches) > 1:
            matches.sort(key=_order)
            if generics:
                sorts = {each.sort for each in generics}
                matches.sort(key=lambda match: _said(match, sorts))
        return tuple(matches)

    def _add_short(self, found: dict[int, Match], name: str) -> None:
        for short in short_forms(name):
            for layer in self._layers:
                if (pk := layer.key_of(short.place)) is not None and pk not in found:
                    found[pk] = Match(self._assembly.place(pk), short.type, name)

    def _add_named(self, found: dict[int, Match], name: str, key: str, *, exact_only: bool) -> None:
        for number, layer in enumerate(self._layers):
            facts, pack = layer.name(key), number in self._packs
            for pk, place in self._new_places(facts, found):
                if name == place.name or name in place.names or name in [label for _, label in place.labels]:
                    found[pk] = Match(place, _EXACT, name, pack)
                elif not exact_only and (written := _written(place, fold, key)):
                    found[pk] = Match(place, _FOLDED, written, pack)

    def _add_generic(self, found: dict[int, Match], generics: Iterable[Generic], *, sounding: bool) -> None:
        """Add places of the sort that a generic word in the name says: "Masisi Territory" is the division Masisi.

        Divisions, waters and relief that only sound so are added where none is written so.
        """
        for generic in generics:
            before = len(found)
            for form in _FORMS[generic.sort]:
                self._add_of_kinds(found, fold(form.format(generic.name)), _KINDS[generic.sort])
            if not sounding or len(found) > before:
                continue
            if generic.sort in DIVIDING:
                self._add_transliterated(found, generic.name, DIVISIONS)
            elif generic.sort in NATURAL:
                for form in _FORMS[generic.sort]:
                    self._add_transliterated(found, form.format(generic.name), _KINDS[generic.sort])

    def _add_joined(self, found: dict[int, Match], name: str) -> None:
        """Add the divisions whose generic word is joined to the name: "Maoxian" is Mao Xian."""
        for joined in joined_generic(name):
            self._add_of_kinds(found, fold(joined.name), DIVISIONS, country=joined.country)

    def _add_seats(self, found: dict[int, Match], generics: Iterable[Generic]) -> None:
        """Add the towns of the name of a division that the gazetteer lacks: it lies around the town."""
        for generic in generics:
            if generic.sort is Sort.DISTRICT:
                self._add_of_kinds(found, fold(generic.name), SETTLEMENTS)

    def _add_turned(self, found: dict[int, Match], name: str, generics: Iterable[Generic]) -> None:
        """Add the divisions that have the point of the compass on the other side: "West Rukum" is Rukum West."""
        for each in (name, *(generic.name for generic in generics if generic.sort in DIVIDING)):
            for turned in other_sides(each):
                self._add_of_kinds(found, fold(turned), DIVISIONS)

    def _add_half(self, found: dict[int, Match], name: str, generics: Iterable[Generic]) -> None:
        """Add that one of two districts of one name and country that lies on the side that the name says."""
        for each in (name, *(generic.name for generic in generics if generic.sort in DIVIDING)):
            if (said := half(each)) is None:
                continue
            halves: dict[int, Match] = {}
            self._add_of_kinds(halves, fold(said.name), {Kind.DISTRICT})
            districts = [match.place for match in halves.values()]
            for country in {place.country for place in districts}:
                place = said.of(place for place in districts if place.country == country)
                found |= {pk: match for pk, match in halves.items() if match.place is place}

    def _add_of_kinds(self, found: dict[int, Match], key: str, kinds: Collection[Kind], *, country: str = "") -> None:
        for number, layer in enumerate(self._layers):
            for pk, place in self._new_places(layer.name(key), found):
                if country and place.country != country:
                    continue
                if place.kind in kinds and (written := _written(place, fold, key)):
                    found[pk] = Match(place, _FOLDED, written, number in self._packs)

    def _add_transliterated(self, found: dict[int, Match], name: str, kinds: Collection[Kind] | None = None) -> None:
        if not is_latin(name):
            return
        key = transliteration_key(name)
        if len(key) < SHORTEST_TRANSLITERATED:
            return
        for number, layer in enumerate(self._layers):
            facts, pack = layer.transliteration(key), number in self._packs
            for pk, place in self._new_places(facts, found):
                if kinds is not None and place.kind not in kinds:
                    continue
                if written := _written(place, transliteration_key, key) or _written(place, _stem_key, key):
                    found[pk] = Match(place, _TRANSLITERATED, written, pack)

    def _add_respelled(self, found: dict[int, Match], name: str) -> None:
        """Add the places of Burma whose official spelling a name by ear has: "Ywar Ma" is Ywama."""
        for key in respelled(name):
            alike: dict[int, Match] = {}
            self._add_of_kinds(alike, key, SETTLEMENTS, country=RESPELLED_COUNTRY)
            for pk, match in alike.items():
                found.setdefault(pk, match._replace(type=_TRANSLITERATED))

    def _add_near(self, found: dict[int, Match], key: str) -> None:
        if not SHORTEST_NEAR <= len(key) <= LONGEST_NEAR:
            return
        forms = NearForms(key)
        for number, layer in enumerate(self._layers):
            for other, facts in layer.near_names(forms).items():
                for pk, place in self._new_places(facts, found):
                    if written := _written(place, fold, other):
                        found[pk] = Match(place, _NEAR, written, number in self._packs)

    def _new_places(self, facts: bytes | None, found: Collection[int]) -> list[tuple[int, Place]]:
        """Return the places of packed facts whose keys are not found yet, by their keys, in order."""
        pks = [pk for pk in unpack_facts(facts).pks if pk not in found] if facts else []
        return list(zip(pks, self._assembly.places(pks), strict=True)) if pks else []

    def near(self, name: str, *, country: str = "") -> tuple[Match, ...]:
        """Return the places with a name one edit away from `name`, the likeliest first."""
        found: dict[int, Match] = {}
        self._add_near(found, fold(name))
        matches = [match for match in found.values() if not country or match.place.country == country]
        return tuple(sorted(matches, key=_order))

    def matching(self, pattern: str) -> tuple[Match, ...]:
        """Return the places with a name of a pattern; see `Gazetteer.matching`."""
        found: dict[int, Match] = {}
        for pk, name in keys_matching(self._layers, pattern):
            if pk not in found:
                found[pk] = Match(self._assembly.place(pk), _FOLDED, name)
        return tuple(sorted(found.values(), key=_order))


def _drop_doubles_in_place(found: dict[int, Match]) -> None:
    """Drop the places of packs that the embedded gazetteer has under another id, or under none."""
    if not any(match.pack for match in found.values()):
        return
    embedded = [match.place for match in found.values() if not match.pack]
    listed = [place for place in embedded if place.geonameid is None]
    divisions = [match.place for match in found.values() if not match.pack and _is_division(match)]
    doubles = [
        pk
        for pk, match in found.items()
        if match.pack
        and (
            any(_is_double(match.place, own) for own in listed)
            or (_is_division(match) and any(_is_same_division(match.place, own) for own in divisions))
        )
    ]
    for pk in doubles:
        del found[pk]


def _is_division(match: Match) -> bool:
    """Whether a match is a division of a known region that bears the name itself, not one that sounds so."""
    return match.place.kind in DIVISIONS and match.place.admin1 != "" and match.type in (_EXACT, _FOLDED)


def _is_same_division(place: Place, known: Place) -> bool:
    """Whether a division of a pack is another row for one of that name in the same region of the embedded gazetteer.

    GeoNames has rows for divisions as they are and as they were, with one name and two ids.
    """
    return place.kind is known.kind and (place.country, place.admin1) == (known.country, known.admin1)


def _is_double(place: Place, listed: Place) -> bool:
    if place.kind is not listed.kind or (place.country and listed.country and place.country != listed.country):
        return False
    reach = _REACH_KM.get(place.kind, SAME_KM) if listed.country else OCEANIC_KM
    return distance_km(place.lat, place.lon, listed.lat, listed.lon) <= reach


def _order(match: Match) -> tuple[bool, int, int]:
    place = match.place
    return (
        place.origin is not Origin.OWN,
        _RANKS.index(match.type),
        -(_weight(place) + MAIN_WORTH * _is_main(place, match.name)),
    )


def _said(match: Match, sorts: Collection[Sort]) -> tuple[bool, bool]:
    """How far a place is from what the generic words of a name say that it is: the order before all others.

    "Xi'an Shi" is a lesser name of the city, "Tunceli District" is said of the province as well; Kota Kinabalu is a
    city whose own name has such a word.
    """
    place = match.place
    if place.origin is Origin.OWN:
        return False, False
    divided = all(sort in DIVIDING for sort in sorts)
    natural = all(sort in NATURAL for sort in sorts)
    contrary = SETTLEMENTS if divided or natural else DIVISIONS if Sort.SETTLEMENT in sorts else ()
    return (
        place.kind in contrary and not _is_main(place, match.name),
        place.kind is Kind.REGION and match.type is not _EXACT and Sort.DISTRICT in sorts,
    )


def _weight(place: Place) -> int:
    """How prominent a place is; a division counts a tenth of its people, so that the city of its name goes first."""
    people = place.population // 10 if place.kind in DIVISIONS else place.population
    return people + NAME_WORTH * place.name_count


def _is_main(place: Place, name: str) -> bool:
    return name == place.name or any(name == label for _, label in place.labels)


def _stem_key(name: str) -> str:
    return transliteration_key(stem(name))


def _written(place: Place, form: Callable[[str], str], key: str) -> str:
    """The first name of a place that has a normal form; "" where none has it.

    A pack can give the id of one place to another: its names are in the index, and are not those of the place.
    """
    candidates = (place.name, *(label for _, label in place.labels), *place.names)
    return next((name for name in candidates if form(name) == key), "")
