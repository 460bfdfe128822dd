"""Where divisions without a point of their own lie, by country packs: at the town that they are named after.

The embedded gazetteer looks for it among its own towns when it is built (`seats`); the packs have the smaller ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mapgen.gazetteer.generic_words import bare_names
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.records import KINDS, Entry, unpack_facts
from mapgen.geodesy import distance_km
from mapgen.kinds import SETTLEMENTS

__all__ = ["with_seat"]

_SAME_KM = 30.0
"""How far apart places of one name and first-level division lie at most if the division is around all of them."""


def with_seat(entry: Entry, layers: Iterable[Layer]) -> Entry:
    """Return a division at the point of the town of its name, or as it is where no layer has one, or several have.

    Args:
        entry: of a division that has the point of the one above.
        layers: those of country packs.
    """
    towns = next((found for form in _forms(entry) if (found := _towns(entry, form, layers))), [])
    if not towns or any(distance_km(towns[0].lat, towns[0].lon, town.lat, town.lon) > _SAME_KM for town in towns):
        return entry
    seat = max(towns, key=lambda town: town.population)
    return entry._replace(lat=seat.lat, lon=seat.lon, inherited_km=0)


def _forms(entry: Entry) -> Sequence[str]:
    names = [entry.name, *entry.names]
    return list(dict.fromkeys(form for name in (*names, *bare_names(names)) if (form := fold(name))))


def _towns(entry: Entry, form: str, layers: Iterable[Layer]) -> list[Entry]:
    found: dict[int, Entry] = {}
    for layer in layers:
        if facts := layer.name(form):
            found |= layer.entries(list(unpack_facts(facts).pks))
    return [
        town
        for town in found.values()
        if (town.country, town.admin1) == (entry.country, entry.admin1) and KINDS[town.kind] in SETTLEMENTS
    ]
