"""Writes entries into a layer: places, names, transliterations, cells."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, compress, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mapgen.gazetteer.keys import key_numbers
from mapgen.gazetteer.names import fold_all, fold_lines, is_latin, stem, transliteration_keys
from mapgen.gazetteer.records import MEMBER_FIELDS, NAME_WORTH, Entry, label_names, pack_facts, pack_one
from mapgen.gazetteer.sql import query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Names",
    "Progress",
    "create_tables",
    "write_entries",
    "write_names",
    "write_places",
    "write_transliterations",
]

Progress = Callable[[str, float], None]
"""Told what is being done, in English, and the share of the whole that is done."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of a layer, inside the caller's transaction if there is one."""
    for statement in query("schema").split(";\n"):
        connection.execute(statement)


def write_entries(
    connection: sqlite3.Connection,
    entries: Sequence[Entry],
    *,
    transliterated: Collection[str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> int:
    """Write the entries and every index over their names into an empty layer, inside the caller's transaction.

    Args:
        connection: an open connection whose layer has no places yet.
        entries: the places, each key once.
        transliterated: countries whose names get a transliteration key; None for every place.
        progress: told the share that is done.

    Returns:
        How many words the longest name has.
    """
    tell = progress or (lambda share: None)  # noqa: ARG005
    write_places(connection, entries)
    tell(0.3)
    names = Names(entries)
    longest = write_names(connection, names)
    tell(0.8)
    write_transliterations(connection, names, transliterated)
    tell(1.0)
    return longest


def write_places(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """Write the places themselves, and where they lie."""
    _insert(connection, "places", len(Entry._fields), _place_rows(entries))
    _insert(connection, "cells", 2, _cell_rows(entries))


def write_names(connection: sqlite3.Connection, names: Names) -> int:
    """Write the index over folded names; return how many words the longest name has."""
    numbers, longest = names.numbers()
    _insert(connection, "names", 2, names.rows(numbers, names.owners, names.main))
    return longest


def write_transliterations(connection: sqlite3.Connection, names: Names, countries: Collection[str] | None) -> None:
    """Write the index over transliteration keys of the names of some countries, None for all."""
    _insert(connection, "transliterations", 3, names.transliterations(countries))


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Iterator[tuple[object, ...]]) -> None:
    """Insert rows, fifty a statement: a third less work for SQLite than one by one."""
    statement = f"INSERT INTO {table} VALUES "  # noqa: S608 - the tables are those of schema.sql
    row = f"({','.join('?' * width)})"
    many = statement + ",".join([row] * _ROWS)
    while batch := list(islice(rows, _ROWS)):
        sql = many if len(batch) == _ROWS else statement + ",".join([row] * len(batch))
        connection.execute(sql, list(chain.from_iterable(batch)))


def _place_rows(entries: Sequence[Entry]) -> Iterator[tuple[object, ...]]:
    # Columns, so that the rows are put together by C.
    columns: list[Iterable[object]] = list(zip(*sorted(entries, key=itemgetter(0)), strict=True))
    if columns:
        columns[_NAMES_AT] = map("\n".join, columns[_NAMES_AT])  # type: ignore[arg-type]
        yield from zip(*columns, strict=True)


def _cell_rows(entries: Sequence[Entry]) -> Iterator[tuple[int, bytes]]:
    import numpy as np

    members = np.empty(len(entries), dtype=list(MEMBER_FIELDS))
    for field in members.dtype.names or ():
        members[field] = np.fromiter(map(itemgetter(Entry._fields.index(field)), entries), np.float64, len(entries))
    rows = np.minimum((members["lat"] + 90).astype(np.int64), 179)
    cells = rows * 360 + (members["lon"] + 180).astype(np.int64) % 360
    order = np.argsort(cells, kind="stable")
    members, cells = members[order], cells[order]
    numbers, starts = np.unique(cells, return_index=True)
    for number, start, end in zip(numbers.tolist(), starts, [*starts[1:], len(entries)], strict=False):
        yield number, members[start:end].tobytes()


_ROWS = 50
"""Of sixteen columns they are 800 values, below the limit of every SQLite (999)."""
_NAMES_AT = Entry._fields.index("names")


class Names:
    """All names of all entries, as columns: the written name, the entry's number, whether it is a main name.

    A million names pass through here: what is done to each of them is done by C.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        import numpy as np

        self.entries = entries
        self.written: list[str] = []
        counts: list[int] = []
        firsts: list[int] = []
        for entry in entries:
            before = len(self.written)
            if entry.labels:
                first = {entry.name, *label_names(entry.labels)}
                self.written += first
                self.written += [name for name in entry.names if name not in first]
                firsts.append(len(first))
            else:
                self.written.append(entry.name)
                self.written += entry.names
                firsts.append(1)
            counts.append(len(self.written) - before)
        self.owners = np.repeat(np.arange(len(entries)), counts)
        starts = np.cumsum(counts) - counts
        self.main = np.arange(len(self.written)) - np.repeat(starts, counts) < np.repeat(firsts, counts)
        # What a name says that one place alone bears, as another and as a main name of the place.
        self._single = [packed for entry in entries for packed in reversed(pack_one(entry))]
        self._countries = [entry.country for entry in entries]
        self._pks = self._column("pk", np.uint32)
        self._population = self._column("population", np.uint32)
        self._name_count = np.minimum(self._column("name_count", np.uint32), 0xFFFF)
        self._kinds = np.left_shift(1, self._column("kind", np.uint16))
        prominence = self._population.astype(np.int64) + NAME_WORTH * self._name_count.astype(np.int64)
        self._rank = np.empty(len(entries), dtype=np.int64)
        self._rank[np.argsort(-prominence, kind="stable")] = np.arange(len(entries))

    def _column(self, field: str, dtype: type[np.generic]) -> NDArray[Any]:
        import numpy as np

        return np.fromiter(map(itemgetter(Entry._fields.index(field)), self.entries), dtype, len(self.entries))

    def numbers(self) -> tuple[NDArray[np.int64], int]:
        """Return the numbers of the folded names, and how many words the longest has."""
        import numpy as np

        plain = np.fromiter(map(str.isascii, self.written), dtype=bool, count=len(self.written))
        numbers = np.empty(len(self.written), dtype=np.int64)
        longest = 1
        for chosen in (plain, ~plain):
            if chosen.any():
                lines = fold_lines(compress(self.written, chosen.tolist()))
                numbers[chosen] = key_numbers(lines)
                longest = max(longest, _longest(lines))
        return numbers, longest

    def transliterations(self, countries: Collection[str] | None) -> Iterator[tuple[int, bytes, bytes | None]]:
        """The rows of the transliteration keys of the names in Latin script of the places of some countries."""
        import numpy as np

        inside = np.array([countries is None or entry.country in countries for entry in self.entries], dtype=bool)
        chosen = [p for p in np.flatnonzero(inside[self.owners]).tolist() if is_latin(self.written[p])]
        written = [self.written[p] for p in chosen]
        stems = [(position, short) for position, name in zip(chosen, written, strict=True) if (short := stem(name))]
        written += [short for _, short in stems]
        positions = np.array([*chosen, *(position for position, _ in stems)], dtype=np.int64)
        owners, main = self.owners[positions], self.main[positions]
        main[len(chosen) :] = False
        if not written:
            return
        numbers = key_numbers("\n".join(transliteration_keys(written, fold_all(written))))
        sure = dict(self.rows(numbers[main], owners[main], main[main]))
        for number, facts in self.rows(numbers, owners, main):
            yield number, facts, sure.get(number)

    def rows(
        self, numbers: NDArray[np.int64], owners: NDArray[np.int64], main: NDArray[np.bool_]
    ) -> Iterator[tuple[int, bytes]]:
        """One row a number, in order of the numbers: the number, and the facts over all places of its names."""
        import numpy as np

        chosen = np.flatnonzero(numbers)
        if not len(chosen):
            return
        order = chosen[np.lexsort((self._rank[owners[chosen]], numbers[chosen]))]
        numbers, owners, main = numbers[order], owners[order], main[order]
        new = _changes(numbers)
        any_main = np.logical_or.reduceat(main, np.flatnonzero(new))
        each_once = new | _changes(owners)
        numbers, owners = numbers[each_once], owners[each_once]
        starts = np.flatnonzero(_changes(numbers))
        ends = np.append(starts[1:], len(owners))
        facts = list(map(self._single.__getitem__, (2 * owners[starts] + any_main).tolist()))
        shared = np.flatnonzero(ends - starts > 1)
        columns = (
            shared,
            starts[shared],
            ends[shared],
            np.maximum.reduceat(self._population[owners], starts)[shared],
            np.maximum.reduceat(self._name_count[owners], starts)[shared],
            np.bitwise_or.reduceat(self._kinds[owners], starts)[shared],
            any_main[shared],
        )
        pks = self._pks[owners].tobytes()
        countries = list(map(self._countries.__getitem__, owners.tolist()))
        for at, start, end, population, count, kinds, is_main in zip(*(c.tolist() for c in columns), strict=True):
            codes = list(dict.fromkeys(filter(None, countries[start:end])))
            facts[at] = pack_facts(population, count, kinds, is_main, codes, pks[4 * start : 4 * end])
        yield from zip(numbers[starts].tolist(), facts, strict=True)


def _changes(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a column begins or changes."""
    import numpy as np

    changes = np.empty(len(column), dtype=bool)
    changes[:1] = True
    np.not_equal(column[1:], column[:-1], out=changes[1:])
    return changes


def _longest(lines: str) -> int:
    """How many words the longest line has."""
    import numpy as np

    data = np.frombuffer(lines.encode("utf-8", "surrogatepass") + b"\n", dtype=np.uint8)
    before = np.searchsorted(np.flatnonzero(data == ord(" ")), np.flatnonzero(data == ord("\n")))
    return 1 + int(np.diff(before, prepend=0).max())
