"""Rows to places: what the layers say of one place, put together."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from sys import getsizeof
from typing import Final

from mapgen.caches import Cache, Caches
from mapgen.errors import GazetteerError
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.merging import merged
from mapgen.gazetteer.pack_seats import with_seat
from mapgen.gazetteer.records import KINDS, Entry, place_id
from mapgen.gazetteer.space import nearest_in_box
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import page_languages
from mapgen.messages import msg
from mapgen.model import Division, Kind, Place

__all__ = ["BARE_BYTES", "Assembly"]

BARE_BYTES = 740
"""Size of a place without its names and divisions, with labels in the languages of pages (measured)."""

_PLACE_BYTES = 900
"""Size of a place without its names, divisions and labels."""
_DIVISION_BYTES = 1200
_UNKNOWN: Final = Division(id="", name="")
_INSIDE_A_DIVISION = SETTLEMENTS | {Kind.FACILITY, Kind.TERRAIN}
"""Kinds small enough to lie in one first-level division."""


class Assembly:
    """The places of all layers, merged by key and kept while they are in use.

    Args:
        layers: later ones win.
        path: the embedded file, for messages.
        caches: where places are kept.
    """

    def __init__(self, layers: Sequence[Layer], path: Path | None, caches: Caches) -> None:
        self._layers = layers
        self._packs = [layer for layer in layers[1:] if not layer.own]
        self._path = path
        self._places: Cache[int, Place] = caches.of("gazetteer.places", _place_bytes)
        self._bare: Cache[int, Place] = caches.of("gazetteer.bare", BARE_BYTES)
        self._divisions: Cache[tuple[str, str], Division | None] = caches.of("gazetteer.divisions", _DIVISION_BYTES)

    def place(self, pk: int) -> Place:
        """Return the place with a key that some layer has."""
        place = self._places.get(pk)
        if place is None:
            entries = [entry for layer in self._layers if (entry := layer.entry(pk)) is not None]
            if not entries:
                raise GazetteerError(
                    msg("the gazetteer is damaged: place {pk} is missing; delete this file", pk=pk), path=self._path
                )
            place = self._as_place(merged(entries))
            self._places.put(pk, place)
        return place

    def places(self, pks: Sequence[int]) -> list[Place]:
        """Return the places with some keys, in order; the same as one by one, in fewer look-ups."""
        found = self._places.get_many(pks)
        if len(found) < len(pks):
            missing = [pk for pk in dict.fromkeys(pks) if pk not in found]
            by_layer = [layer.entries(missing) for layer in self._layers]
            for pk in missing:
                if entries := [rows[pk] for rows in by_layer if pk in rows]:
                    found[pk] = self._as_place(merged(entries))
                    self._places.put(pk, found[pk])
        return [found[pk] if pk in found else self.place(pk) for pk in pks]

    def bare_places(self, pks: Sequence[int]) -> list[Place]:
        """Return the places with some keys, in order, as `Gazetteer.bare` has them."""
        found = self._bare.get_many(pks)
        if len(found) < len(pks):
            missing = [pk for pk in dict.fromkeys(pks) if pk not in found]
            by_layer = [rows for layer in self._layers if (rows := layer.bare_entries(missing))]
            for pk in missing:
                if entries := [rows[pk] for rows in by_layer if pk in rows]:
                    found[pk] = self._as_place(merged(entries), bare=True)
                    self._bare.put(pk, found[pk])
        return [found[pk] if pk in found else self.place(pk) for pk in pks]

    def _as_place(self, entry: Entry, *, bare: bool = False) -> Place:
        if entry.inherited_km and self._packs:
            entry = with_seat(entry, self._packs)
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
            admin=() if bare else self._admin(entry),
            admin1=entry.admin1,
            admin2=entry.admin2,
            names=() if bare else tuple(entry.names),
            labels=_labels(entry.labels, page_languages() if bare else ()),
            name_count=entry.name_count,
            capital=bool(entry.capital),
            radius_km=float(entry.inherited_km) if entry.inherited_km else None,
        )

    def _admin(self, entry: Entry) -> tuple[Division, ...]:
        if entry.country and not entry.admin1 and KINDS[entry.kind] in _INSIDE_A_DIVISION:
            entry = entry._replace(admin1=self._admin1_around(entry))
        if not entry.admin1 or not entry.country:
            return ()
        codes = [entry.admin1, f"{entry.admin1}.{entry.admin2}"] if entry.admin2 else [entry.admin1]
        return tuple(
            division
            for code in codes
            if (division := self._division(entry.country, code)) and division.id != place_id(entry.pk, entry.id)
        )

    def _admin1_around(self, entry: Entry) -> str:
        """The first-level code of the nearest city of the same country, "" where none is near: for listed places."""
        for pk in nearest_in_box(self._layers, entry.lat, entry.lon, north=0.4, east=0.5):
            city = next((city for layer in self._layers if (city := layer.entry(pk)) is not None), None)
            if city is not None and city.country == entry.country and city.admin1 and city.geonameid is not None:
                return city.admin1
        return ""

    def _division(self, country: str, code: str) -> Division | None:
        key = (country, code)
        kept = self._divisions.get(key, _UNKNOWN)
        if kept is not _UNKNOWN:
            return kept
        pk = next((pk for layer in self._layers if (pk := layer.division(country, code)) is not None), None)
        entry = next((e for layer in self._layers if pk is not None and (e := layer.entry(pk)) is not None), None)
        division = (
            Division(id=place_id(entry.pk, entry.id), name=entry.name, labels=_labels(entry.labels))
            if entry is not None
            else None
        )
        self._divisions.put(key, division)
        return division


def _place_bytes(_key: int, place: Place) -> int:
    """The size of a place in memory; its divisions are shared with others and not counted."""
    labels = sum(getsizeof(label) + 160 for _, label in place.labels)
    return _PLACE_BYTES + labels + sum(map(getsizeof, place.names)) + 8 * len(place.names)


def _labels(text: str, languages: Container[str] = ()) -> tuple[tuple[str, str], ...]:
    """Language and label of a row's labels: all of them, or those in some languages."""
    if not text:
        return ()
    labels = ((language, label) for language, _, label in (part.partition("=") for part in text.split("|")))
    return tuple(pair for pair in labels if not languages or pair[0] in languages)
