"""The gazetteer: names to places, over all layers."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from sys import getsizeof
from typing import NoReturn, Self

from mapgen.caches import Cache, Caches
from mapgen.closing import Closing
from mapgen.errors import GazetteerError
from mapgen.files import home_directory
from mapgen.gazetteer.assembly import BARE_BYTES, Assembly
from mapgen.gazetteer.build import ensure_built
from mapgen.gazetteer.checks import Disagreement, Finding
from mapgen.gazetteer.cities import Cities, CityReader
from mapgen.gazetteer.contents import GazetteerInfo, SourceInfo, database_files, describe
from mapgen.gazetteer.facts import KnownName, countries_spoken_of, facts_of
from mapgen.gazetteer.holders import holders, is_code
from mapgen.gazetteer.kept import kept_places
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.matching import Match, Matcher
from mapgen.gazetteer.packfile import PackInfo, open_packs
from mapgen.gazetteer.places import own_layer
from mapgen.gazetteer.records import NameFacts
from mapgen.gazetteer.space import largest_in_box, members_around, spread_in_box
from mapgen.gazetteer.stamps import BUSY, damage_named, is_busy
from mapgen.gazetteer.world import open_world
from mapgen.kinds import SETTLEMENTS
from mapgen.messages import msg
from mapgen.model import Kind, MatchType, Place

__all__ = ["Gazetteer", "GazetteerInfo", "Match", "SourceInfo"]


class Gazetteer(Closing):
    """Names to places. Open it with `Gazetteer.open`; close it, or use it as a context manager.

    It can be used from any thread, and in a child process after a fork; it cannot be pickled.

    Attributes:
        path: the embedded file.
        warnings: rows of the user's own places that cannot be used, one line each.
        caches: where look-ups are kept.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        path: Path | None = None,
        warnings: Sequence[str] = (),
        caches: Caches | None = None,
    ) -> None:
        self._layers = tuple(layers)
        self._retired: list[Layer] = []
        self.caches = caches if caches is not None else Caches()
        self.path = path
        self.warnings = tuple(warnings)
        self._assembly = Assembly(self._layers, path, self.caches)
        self._matcher = Matcher(self._layers, self._assembly)
        self._countries: dict[str, int] | None = None
        self._bare: Cache[str, Place] = self.caches.of("gazetteer.bare_by_id", BARE_BYTES)
        self._cities = CityReader(self._layers[0])
        self._facts: Cache[str, KnownName | None] = self.caches.of("gazetteer.facts", _facts_bytes)

    @classmethod
    def open(
        cls,
        *,
        home: Path | None = None,
        places: Path | str | Sequence[Path | str] | None = None,
        progress: Callable[[str, float], None] | None = None,
        caches: Caches | None = None,
    ) -> Self:
        """Open the gazetteer, and build its embedded file first where that has not been done.

        Args:
            home: folder of the gazetteer; `MAPGEN_HOME`, else the user's cache folder.
            places: files of the user's own places (CSV or GeoJSON), beside those that the home keeps; they win over
                everything. `warnings` lists the rows that cannot be used.
            progress: called with the step of the build and the share of it that is done.
            caches: where look-ups are kept; caches of its own when not given.

        Raises:
            GazetteerError: the gazetteer cannot be built or read.
            PlacesError: a file of places is wholly unusable.
        """
        folder = home if home is not None else home_directory()
        warnings: list[str] = []
        path = ensure_built(folder, progress, tell=warnings.append)
        layers: list[Layer] = []
        try:
            layers.append(Layer.open(path, immutable=True))
            packs, unused = _pack_layers(folder)
            layers += packs
            warnings += unused
            given = [places] if isinstance(places, (str, Path)) else places or ()
            if own := [*kept_places(folder), *map(Path, given)]:
                layer, wrong = own_layer(own, towns=layers[0].cities_of)
                layers.append(layer)
                warnings += wrong
            return cls(layers, path=path, warnings=warnings, caches=caches)
        except BaseException as error:
            for layer in layers:
                layer.close()
            if not isinstance(error, sqlite3.Error):
                raise
            if is_busy(error):
                raise GazetteerError(BUSY, path=path) from error
            raise GazetteerError(
                msg("the gazetteer is damaged ({error}): delete this file", error=error), path=path
            ) from error

    def close(self) -> None:
        """Close all files."""
        for layer in (*self._layers, *self._retired):
            layer.close()

    def take_new_packs(self) -> None:
        """Read the country packs as they are now, for a gazetteer that was open while packs were added or removed.

        What other threads are reading stays open until the gazetteer is closed; what is kept in memory is forgotten.
        """
        if self.path is None:
            return
        layers, _ = _pack_layers(self.path.parent)
        self._retired += [layer for layer in self._layers[1:] if not layer.own]
        self._layers = (self._layers[0], *layers, *(layer for layer in self._layers if layer.own))
        self._assembly = Assembly(self._layers, self.path, self.caches)
        self._matcher = Matcher(self._layers, self._assembly)
        self.caches.clear()

    def damage_named(self) -> AbstractContextManager[None]:
        """Return a context in which errors of SQLite become a `GazetteerError` that names the damaged file."""
        return damage_named(database_files(self.path))

    def __reduce__(self) -> NoReturn:
        raise GazetteerError(
            msg("an open gazetteer cannot be pickled: open one in each process, or pickle a Geoparser")
        )

    # Names to places.

    def lookup(
        self, name: str, *, strength: MatchType = MatchType.TRANSLITERATED, country: str = "", limit: int = 0
    ) -> tuple[Match, ...]:
        """Return all places that `name` can mean, the likeliest first.

        Exact and folded names are looked for first, abbreviations of places ("Calif.") among them; names of the same
        transliteration are added behind them; names one edit away are tried only where nothing else was found.

        Args:
            name: a name as written in a text, in any script.
            strength: the weakest kind of match that is wanted.
            country: ISO 3166-1 alpha-2; "" for all.
            limit: how many matches at most; 0 for all.

        Returns:
            The user's own places first, then by kind of match, then by prominence.
        """
        matches = self._matcher.lookup(name, strength=strength, country=country)
        return matches[:limit] if limit else matches

    def near(self, name: str) -> tuple[Match, ...]:
        """Return the places with a name one edit away from `name`, the likeliest first, whatever else it can mean."""
        return self._matcher.near(name)

    def matching(self, pattern: str) -> tuple[Match, ...]:
        """Return the places with a name of a pattern, the best known first; it compares all names, which takes seconds.

        Args:
            pattern: a name in which `*` stands for any letters and `?` for one ("Cheikh*"), through accents and case.
        """
        return self._matcher.matching(pattern)

    def facts(self, names: Iterable[str]) -> dict[str, NameFacts]:
        """Return what is known of names, for those that are known: exact, folded or transliterated.

        This is for recognition, which asks of every run of words: a transliterated name counts only where it is the
        main name of a place that is large enough for its shortness. `lookup` is more generous. Places of a country
        pack count only where some of the names show that the text speaks of their country, or none shows any country.

        Args:
            names: the names of one text as written; a few thousand at once are quickest. What is known of them is
                remembered.
        """
        names_known = self._known(names)
        countries = countries_spoken_of(names_known.values())
        return {name: facts for name, each in names_known.items() if (facts := each.within(countries)) is not None}

    def _known(self, names: Iterable[str]) -> dict[str, KnownName]:
        """What the layers know of names, by name; it is remembered."""
        wanted = names if isinstance(names, (set, frozenset)) else set(names)
        remembered = self._facts.get_many(wanted)
        known = {name: each for name, each in remembered.items() if each is not None}
        if len(remembered) < len(wanted):
            fresh = wanted.difference(remembered)
            found = facts_of(self._layers, fresh)
            for name in fresh:
                self._facts.put(name, found.get(name))
            known |= found
        return known

    def leading_countries(self, names: Iterable[str]) -> dict[str, str]:
        """Return, for those names that show a text to speak of a country, the code of that country (ISO 3166-1).

        They are main names of countries, regions and well-known towns.
        """
        return {name: known.leading_country for name, known in self._known(names).items() if known.leading_country}

    def known(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that some place bears, but for case, accents and the like: not by sound alone."""
        return {name for name, facts in self.facts(names).items() if facts.match is not MatchType.TRANSLITERATED}

    def get(self, id_: str) -> Place | None:
        """Return the place with a public id ("gn:170063", "iso:SY-HL", "list:sahel"), or None."""
        pk = self._key(id_)
        return self._assembly.place(pk) if pk is not None else None

    def bare(self, id_: str) -> Place | None:
        """Return the place with a public id as the ground of a page shows it, or None.

        It has no other names and no divisions, and labels in the languages of pages alone: it has no card, and results
        travel.
        """
        place = self._bare.get(id_)
        if place is None and (pk := self._key(id_)) is not None:
            (place,) = self._assembly.bare_places([pk])
            self._bare.put(id_, place)
        return place

    def _key(self, id_: str) -> int | None:
        """The key of the place with a public id, or None."""
        if id_.startswith("gn:") and id_[3:].isdecimal():
            pk = int(id_[3:])
            return pk if any(layer.entry(pk) is not None for layer in self._layers) else None
        return next((key for layer in self._layers if (key := layer.key_of(id_)) is not None), None)

    def holders(self, name: str, code: str, *, countries: bool = True) -> tuple[Place, ...]:
        """Return the divisions and countries that a code or an abbreviation behind a name stands for.

        Args:
            name: of a town ("Campinas").
            code: as written behind it ("SP", "Esp", "N.S.W.").
            countries: whether it may be the code of a country, as in brackets.

        Returns:
            Only such as hold a town of that name; () for nearly every text. The best known town counts first.
        """
        if not is_code(code):
            return ()
        towns = [match.place for match in self.lookup(name, strength=MatchType.FOLDED)]
        settled = [town for town in towns if town.kind in SETTLEMENTS] or towns
        return holders(code, settled, self.get, countries=countries)

    def country(self, code: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code, or None."""
        pk = self._country_keys().get(code)
        return self._assembly.place(pk) if pk is not None else None

    def countries(self) -> tuple[Place, ...]:
        """Return all countries, by code."""
        return tuple(self._assembly.place(pk) for _, pk in sorted(self._country_keys().items()))

    def _country_keys(self) -> dict[str, int]:
        if self._countries is None:
            self._countries = {code: pk for layer in self._layers for code, pk in layer.countries()}
        return self._countries

    def regions(self, country: str) -> tuple[Place, ...]:
        """Return the first-level divisions of a country, by name."""
        keys = {pk for layer in self._layers for code, pk in layer.divisions(country) if "." not in code}
        return tuple(sorted(self._assembly.places(list(keys)), key=lambda place: place.name))

    def cities_of(self, country: str) -> Iterator[tuple[float, float, str]]:
        """Return latitude, longitude and first-level code of the embedded populated places of a country, row by row."""
        return self._layers[0].cities_of(country)

    def cities_within(
        self, south: float, west: float, north: float, east: float
    ) -> Iterator[tuple[float, float, str, str]]:
        """Return latitude, longitude, country and first-level code ("" where unknown) of the embedded populated places.

        Longitudes of the box may run beyond 180 on either side. All rows are read: it is for outlines, which are kept.
        """
        return self._layers[0].cities_within(south, west, north, east)

    def spread_cities(self, south: float, west: float, north: float, east: float, *, fields: int, each: int) -> Cities:
        """Return latitude, longitude and country of embedded populated places that are spread over a box.

        Args:
            south: of the box; its longitudes may run beyond 180 on either side.
            west: of the box.
            north: of the box.
            east: of the box.
            fields: of a grid over it, along each side.
            each: places of each field of which those that are populated are returned, the largest.
        """
        keys = spread_in_box(self._layers[:1], (south, west, north, east), fields=fields, each=each)
        return self._cities.of(keys)

    def pack(self, country: str) -> PackInfo | None:
        """Return what is known of the pack of a country, or None where there is none."""
        row = next((row for layer in self._layers if (row := layer.pack(country)) is not None), None)
        return PackInfo(*row) if row is not None else None

    def pack_places(self, country: str) -> Iterator[tuple[float, float, str, str]]:
        """Return latitude, longitude, first- and second-level code of the populated places in the pack of a country.

        Codes are GeoNames', "" where unknown. Like `cities_within`, for outlines.
        """
        packed = (layer for layer in self._layers if layer.pack(country) is not None)
        return itertools.chain.from_iterable(layer.populated_places(country) for layer in packed)

    def embedded_places(self, country: str) -> Iterator[tuple[float, float, str, str]]:
        """Return what `pack_places` returns, of the embedded cities."""
        return self._layers[0].populated_places(country)

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
        found = dict(members_around(self._layers, lat, lon, radius_km))
        nearest: list[tuple[Place, float]] = []
        for pk, distance in sorted(found.items(), key=lambda item: item[1]):
            place = self._assembly.place(pk)
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
        box = (south, west, north, east if east >= west else east + 360.0)
        largest = largest_in_box(self._layers, box, min_population=min_population, limit=limit)
        return tuple(self._assembly.places(largest))

    def towns_within(self, south: float, west: float, north: float, east: float, *, limit: int) -> tuple[Place, ...]:
        """Return `within` with the places as `bare` has them, in a small part of its time."""
        box = (south, west, north, east if east >= west else east + 360.0)
        return tuple(self._assembly.bare_places(largest_in_box(self._layers, box, min_population=0, limit=limit)))

    def disagreements(self) -> tuple[Finding, ...]:
        """Return the places on which the sources of the embedded file disagree."""
        rows = self._layers[0].disagreements()
        return tuple(Finding(Disagreement(sort), place, detail) for sort, place, detail in rows)

    def info(self) -> GazetteerInfo:
        """Return what the gazetteer is made of."""
        return describe(self._layers, self.path)


def _facts_bytes(name: str, known: KnownName | None) -> int:
    return getsizeof(name) + (400 if known is not None else 0)


def _pack_layers(home: Path) -> tuple[list[Layer], list[str]]:
    """The layers of the packs, the world below the countries; and lines on what is there and cannot be used."""
    world, unused = open_world(home)
    layers = [world] if world is not None else []
    try:
        packs = open_packs(home)
    except BaseException:
        for layer in layers:
            layer.close()
        raise
    return [*layers, *([packs] if packs is not None else [])], [unused] if unused else []
