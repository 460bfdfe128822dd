"""Writes places into a layer: their rows, the cells in which they lie, and the indexes over their names.

Places come as columns. What is done to each of a million names is done by C; a layer that does not fit into memory
comes in chunks, and what its index is made of waits on the disk (`NameIndex`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, compress, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from mapgen.gazetteer.keys import key_numbers
from mapgen.gazetteer.names import fold_all, fold_lines, is_latin, stems, transliteration_keys
from mapgen.gazetteer.records import MEMBER_FIELDS, NAME_WORTH, Columns, Entry, columns_of, label_names, pack_facts
from mapgen.gazetteer.sql import query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Hits",
    "Names",
    "PlaceFacts",
    "Progress",
    "create_tables",
    "place_facts",
    "write_cells",
    "write_entries",
    "write_index",
    "write_names",
    "write_places",
    "write_transliterations",
]

Progress = Callable[[str, float], None]
"""Called with what is being done, in English, and the share of the whole that is done."""

_VALUES = 900
"""Values a statement, below the limit of every SQLite (999)."""
_BAND = 15
"""Degrees of latitude whose cells are written at once."""
_MOST_PEOPLE = 0x7FFF_FFFF
"""Populations beyond are cut; those of continents are."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of a layer, inside the caller's transaction if there is one."""
    for statement in query("schema").split(";\n"):
        connection.execute(statement)


def write_entries(
    connection: sqlite3.Connection, entries: Iterable[Entry], *, transliterated: Collection[str] | None = None
) -> None:
    """Write places and every index over them into an empty layer, inside the caller's transaction.

    Args:
        connection: an open connection whose layer has no places yet.
        entries: the places, each key once.
        transliterated: countries whose names get a transliteration key; None for every place.
    """
    columns = columns_of(entries)
    write_places(connection, columns)
    names = Names(columns)
    write_names(connection, names)
    write_transliterations(connection, names, transliterated)
    write_cells(connection, names.places)


def write_places(connection: sqlite3.Connection, columns: Columns, *, replace: bool = False) -> None:
    """Write the rows of places, by key; `replace` those whose keys are there already."""
    _insert(connection, "places", len(columns), _place_rows(columns), verb="REPLACE" if replace else "INSERT")


def write_cells(connection: sqlite3.Connection, places: PlaceFacts) -> None:
    """Write where the places lie."""
    _insert(connection, "cells", 2, _cell_rows(places))


def write_names(connection: sqlite3.Connection, names: Names) -> None:
    """Write the index over folded names."""
    write_index(connection, "names", names.places, names.folded())


def write_transliterations(connection: sqlite3.Connection, names: Names, countries: Collection[str] | None) -> None:
    """Write the index over transliteration keys of the names of some countries, None for all."""
    write_index(connection, "transliterations", names.places, names.transliterated(countries))


def write_index(connection: sqlite3.Connection, table: str, places: PlaceFacts, hits: Hits) -> None:
    """Write rows of an index, by number, each number once: "names" or "transliterations"."""
    if table == "names":
        _insert(connection, table, 2, _fact_rows(places, hits))
        return
    sure = dict(_fact_rows(places, Hits(*(column[hits.main] for column in hits))))
    rows = ((number, facts, sure.get(number)) for number, facts in _fact_rows(places, hits))
    _insert(connection, table, 3, rows)


def _insert(
    connection: sqlite3.Connection,
    table: str,
    width: int,
    rows: Iterator[tuple[object, ...]],
    *,
    verb: str = "INSERT",
) -> None:
    """Insert rows, many a statement: a third less work for SQLite than one by one."""
    statement = f"{verb} INTO {table} VALUES "
    row = f"({','.join('?' * width)})"
    at_once = _VALUES // width
    many = statement + ",".join([row] * at_once)
    while batch := list(islice(rows, at_once)):
        sql = many if len(batch) == at_once else statement + ",".join([row] * len(batch))
        connection.execute(sql, list(chain.from_iterable(batch)))


def _place_rows(columns: Columns) -> Iterator[tuple[object, ...]]:
    rows = zip(*columns._replace(names=list(map("\n".join, columns.names))), strict=True)
    keys = columns.pk
    in_order = all(map(int.__le__, keys, islice(keys, 1, None)))
    return rows if in_order else iter(sorted(rows, key=itemgetter(0)))


class PlaceFacts(NamedTuple):
    """What an index says of places, as arrays.

    Attributes:
        pk: keys (u32).
        population: inhabitants (u32).
        name_count: how many names the source knows, at most 65535 (u16).
        kind: a bit for each kind, counted in `records.KINDS` (u16).
        country: ISO 3166-1 alpha-2, or empty (S2).
        lat: degrees north (f32).
        lon: degrees east (f32).
    """

    pk: NDArray[Any]
    population: NDArray[Any]
    name_count: NDArray[Any]
    kind: NDArray[Any]
    country: NDArray[Any]
    lat: NDArray[Any]
    lon: NDArray[Any]


def place_facts(columns: Columns) -> PlaceFacts:
    """Return what an index says of places."""
    import numpy as np

    return PlaceFacts(
        np.array(columns.pk, dtype=np.uint32),
        np.minimum(np.array(columns.population, dtype=np.int64), _MOST_PEOPLE).astype(np.uint32),
        np.minimum(np.array(columns.name_count, dtype=np.int64), 0xFFFF).astype(np.uint16),
        np.left_shift(1, np.array(columns.kind, dtype=np.uint16)),
        np.array(columns.country, dtype="S2"),
        np.array(columns.lat, dtype=np.float32),
        np.array(columns.lon, dtype=np.float32),
    )


def _cell_rows(places: PlaceFacts) -> Iterator[tuple[int, bytes]]:
    """One row a cell, band by band of latitude, so that a whole world is never sorted at once."""
    import numpy as np

    rows = np.minimum((places.lat + 90).astype(np.uint8), 179)
    for first in range(0, 180, _BAND):
        band = np.flatnonzero((rows >= first) & (rows < first + _BAND))
        cells = rows[band].astype(np.int64) * 360 + (places.lon[band] + 180).astype(np.int64) % 360
        order = np.argsort(cells, kind="stable")
        band, cells = band[order], cells[order]
        members = np.empty(len(band), dtype=list(MEMBER_FIELDS))
        for field in members.dtype.names or ():
            members[field] = getattr(places, field)[band]
        numbers, starts = np.unique(cells, return_index=True)
        for number, start, end in zip(numbers.tolist(), starts, [*starts[1:], len(cells)], strict=False):
            yield number, members[start:end].tobytes()


class Hits(NamedTuple):
    """Names as an index has them, as arrays.

    Attributes:
        number: of the name's key (`keys.key_number`, i64).
        owner: the position of its place among the places (u32).
        main: whether it is a main name or a label of the place.
    """

    number: NDArray[Any]
    owner: NDArray[Any]
    main: NDArray[Any]


class Names:
    """All names of some places, as columns: the written name, the position of its place, whether it is a main name."""

    def __init__(self, columns: Columns) -> None:
        import numpy as np

        self.places = place_facts(columns)
        self._countries = columns.country
        # The name of each place, then its other names; labels are mostly among them.
        self.written = list(
            chain.from_iterable(chain.from_iterable(zip(zip(columns.name), columns.names, strict=True)))
        )
        counts = np.fromiter(map(len, columns.names), np.int64, len(columns.names)) + 1
        starts = np.cumsum(counts) - counts
        owners, main = [np.repeat(np.arange(len(counts), dtype=np.uint32), counts)], np.zeros(len(self.written), bool)
        main[starts] = True
        extra: list[int] = []
        for place in np.flatnonzero(np.array(list(map(bool, columns.labels)), dtype=bool)).tolist():
            labels = set(label_names(columns.labels[place]))
            first = int(starts[place])
            for at in range(first, first + int(counts[place])):
                if self.written[at] in labels:
                    main[at] = True
                    labels.discard(self.written[at])
            if labels:
                self.written += sorted(labels)
                extra += [place] * len(labels)
        owners.append(np.array(extra, dtype=np.uint32))
        self.owners: NDArray[Any] = np.concatenate(owners)
        self.main: NDArray[Any] = np.concatenate((main, np.ones(len(extra), bool)))

    def folded(self) -> Hits:
        """Return the folded names."""
        import numpy as np

        plain = np.fromiter(map(str.isascii, self.written), dtype=bool, count=len(self.written))
        numbers = np.empty(len(self.written), dtype=np.int64)
        for chosen in (plain, ~plain):
            if chosen.any():
                numbers[chosen] = key_numbers(fold_lines(compress(self.written, chosen.tolist())))
        return Hits(numbers, self.owners, self.main)

    def transliterated(self, countries: Collection[str] | None) -> Hits:
        """Return the transliteration keys of the Latin names of the places of some countries, None for all."""
        import numpy as np

        inside = np.array([countries is None or country in countries for country in self._countries], dtype=bool)
        chosen = [p for p in np.flatnonzero(inside[self.owners]).tolist() if is_latin(self.written[p])]
        written = [self.written[p] for p in chosen]
        shorter = [(position, short) for position, short in zip(chosen, stems(written), strict=True) if short]
        written += [short for _, short in shorter]
        positions = np.array([*chosen, *(position for position, _ in shorter)], dtype=np.int64)
        owners, main = self.owners[positions], self.main[positions]
        main[len(chosen) :] = False
        numbers = key_numbers("\n".join(transliteration_keys(written, fold_all(written)))) if written else positions
        return Hits(numbers, owners, main)


def _fact_rows(places: PlaceFacts, hits: Hits) -> Iterator[tuple[int, bytes]]:
    """One row a number, in order of the numbers: the number, and the facts over all places of its names."""
    import numpy as np

    chosen = np.flatnonzero(hits.number)
    if not len(chosen):
        return
    numbers, owners, main = (column[chosen] for column in hits)
    prominence = places.population[owners].astype(np.int64) + NAME_WORTH * places.name_count[owners].astype(np.int64)
    order = np.lexsort((owners, -prominence, numbers))
    numbers, owners, main = numbers[order], owners[order], main[order]
    new = _changes(numbers)
    any_main = np.logical_or.reduceat(main, np.flatnonzero(new))
    each_once = new | _changes(owners)
    numbers, owners = numbers[each_once], owners[each_once]
    starts = np.flatnonzero(_changes(numbers))
    ends = np.append(starts[1:], len(owners))
    facts = _single_facts(places, owners[starts], any_main)
    shared = np.flatnonzero(ends - starts > 1)
    columns = (
        shared,
        starts[shared],
        ends[shared],
        np.maximum.reduceat(places.population[owners], starts)[shared],
        np.maximum.reduceat(places.name_count[owners], starts)[shared],
        np.bitwise_or.reduceat(places.kind[owners], starts)[shared],
        any_main[shared],
    )
    pks = places.pk[owners].astype("<u4").tobytes()
    countries = places.country[owners].tolist()
    for at, start, end, population, count, kinds, is_main in zip(*(c.tolist() for c in columns), strict=True):
        codes = b"".join(dict.fromkeys(countries[start:end]))
        facts[at] = pack_facts(population, count, kinds, is_main, codes, pks[4 * start : 4 * end])
    yield from zip(numbers[starts].tolist(), facts, strict=True)


def _single_facts(places: PlaceFacts, owners: NDArray[Any], main: NDArray[np.bool_]) -> list[bytes]:
    """What `records.pack_facts` makes of each place alone, as most names need it."""
    import numpy as np

    before = [("population", "<u4"), ("name_count", "<u2"), ("kind", "<u2"), ("main", "u1"), ("countries", "u1")]
    facts: list[bytes] = [b""] * len(owners)
    at_sea = places.country[owners] == b""
    for chosen, between in ((~at_sea, [("country", "S2")]), (at_sea, [])):
        rows = np.flatnonzero(chosen)
        packed = np.empty(len(rows), dtype=[*before, *between, ("pk", "<u4")])
        for field in ("population", "name_count", "kind", "pk", *(name for name, _ in between)):
            packed[field] = getattr(places, field)[owners[rows]]
        packed["main"], packed["countries"] = main[rows], len(between)
        # As plain bytes, which the list holds as they are.
        each: list[bytes] = packed.view(f"V{packed.dtype.itemsize}").tolist()
        if len(each) == len(facts):
            return each
        for row, value in zip(rows.tolist(), each, strict=True):
            facts[row] = value
    return facts


def _changes(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a column begins or changes."""
    import numpy as np

    changes = np.empty(len(column), dtype=bool)
    changes[:1] = True
    np.not_equal(column[1:], column[:-1], out=changes[1:])
    return changes
