"""One SQLite layer of the gazetteer, read by key."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from mapgen.gazetteer.connections import Connections
from mapgen.gazetteer.keys import key_number, key_numbers
from mapgen.gazetteer.name_filter import NameFilter
from mapgen.gazetteer.near_names import NearForms
from mapgen.gazetteer.records import Entry, unpack_members
from mapgen.gazetteer.sql import query

__all__ = ["Layer"]

_BATCH = 400
_MANY = 24
"""Keys from which it is quicker to number all at once."""
_NAMES, _CAPITAL = Entry._fields.index("names"), Entry._fields.index("capital")
_NAMES_OF_NUMBERS = "SELECT number, facts FROM names WHERE number IN"
_WAIT_S = 30.0
"""Seconds that a read waits while another process writes into the file."""
_LARGEST_MAPPED = 128 << 20
"""Bytes up to which a file that nobody writes to is mapped into memory: the embedded gazetteer, not the whole world.
Its pages are then read without a call of the system and not kept a second time in the cache of the connection."""


class Layer:
    """The rows of one layer. Layers know nothing of each other; `Gazetteer` puts them together.

    Rows come as the cursor gives them, not through a generator: one that is left behind by Ctrl-C would close its
    cursor after the connection has been closed, and complain.

    A layer can be used from any thread, and after a fork.

    Args:
        connect: opens a connection to a database with the tables of `queries/schema.sql`; called once a thread.
        own: whether its places are the user's own.

    Raises:
        sqlite3.Error: the database cannot be opened.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, own: bool = False) -> None:
        self._connections = Connections(connect)
        self.own = own
        self._place = query("place")
        self._bare_place = self._place.replace(" names, ", " '' AS names, ")
        self._filter: NameFilter | None = None
        self._filter_read = False

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of the running thread."""
        return self._connections.of_thread()

    @classmethod
    def open(cls, path: Path, *, immutable: bool) -> Layer:
        """Open a layer's file for reading.

        Args:
            path: the file.
            immutable: whether nobody ever writes to it, so that SQLite need not look for locks.

        Raises:
            sqlite3.Error: the file cannot be opened.
        """
        options = "mode=ro&immutable=1" if immutable else "mode=ro"
        mapped = immutable and path.exists() and path.stat().st_size <= _LARGEST_MAPPED
        return cls(partial(_connect, f"{path.absolute().as_uri()}?{options}", mapped=_LARGEST_MAPPED if mapped else 0))

    @classmethod
    def in_memory(cls, content: bytes, *, own: bool = False) -> Layer:
        """Open a layer that is no file.

        Args:
            content: a database, as `sqlite3.Connection.serialize` returns it.
            own: whether its places are the user's own.
        """
        return cls(partial(_deserialised, content), own=own)

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    def name(self, key: str) -> bytes | None:
        """Return the packed facts of a folded name."""
        row = self.connection.execute("SELECT facts FROM names WHERE number = ?", (key_number(key),)).fetchone()
        return row[0] if row else None

    def spellings(self, pk: int) -> str:
        """Return all names of a place, a line end before and after each; "" where this layer has no such place."""
        row = self.connection.execute(query("spellings"), (pk,)).fetchone()
        return row[0] if row else ""

    def transliteration(self, key: str) -> bytes | None:
        """Return the packed facts of a transliteration key."""
        row = self.connection.execute(
            "SELECT facts FROM transliterations WHERE number = ?", (key_number(key),)
        ).fetchone()
        return row[0] if row else None

    def names(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return `name` of many folded names at once."""
        return self._many(_NAMES_OF_NUMBERS, self._possible(keys))

    def near_names(self, forms: NearForms) -> dict[str, bytes]:
        """Return `name` of the forms near a folded name, for those that are there."""
        import numpy as np

        of_names = self._name_filter()
        at = np.arange(len(forms.numbers)) if of_names is None else np.flatnonzero(of_names.passes(forms.numbers))
        by_number = {
            number: forms.form(each) for number, each in zip(forms.numbers[at].tolist(), at.tolist(), strict=True)
        }
        return self._many(_NAMES_OF_NUMBERS, by_number)

    def main_transliterations(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the packed facts of many keys at once, over the places whose main name or label has the key."""
        by_number = dict(zip(_numbers(keys), keys, strict=True))
        return self._many("SELECT number, main FROM transliterations WHERE main IS NOT NULL AND number IN", by_number)

    def _possible(self, keys: Sequence[str]) -> dict[int, str]:
        """Return the folded names that may be there, by their numbers."""
        if len(keys) < _MANY or (of_names := self._name_filter()) is None:
            return dict(zip(_numbers(keys), keys, strict=True))
        import numpy as np

        numbers = np.array(_numbers(keys), dtype=np.int64)
        at = np.flatnonzero(of_names.passes(numbers))
        return {number: keys[key] for number, key in zip(numbers[at].tolist(), at.tolist(), strict=True)}

    def _name_filter(self) -> NameFilter | None:
        """The filter over all names, None where the layer has none; it is read by the first call."""
        if not self._filter_read:
            tables = self.connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'name_filter'")
            if tables.fetchone()[0]:
                self._filter = NameFilter(*self.connection.execute("SELECT bits FROM name_filter").fetchone())
            self._filter_read = True
        return self._filter

    def _many(self, select: str, by_number: Mapping[int, str]) -> dict[str, bytes]:
        numbers = list(by_number)
        found: dict[str, bytes] = {}
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            rows = self.connection.execute(f"{select} ({','.join('?' * len(batch))})", batch)
            found.update((by_number[number], facts) for number, facts in rows)
        return found

    def entry(self, pk: int) -> Entry | None:
        """Return a place's row."""
        row = self.connection.execute(self._place, (pk,)).fetchone()
        return None if row is None else _entry(row)

    def entries(self, pks: Sequence[int]) -> dict[int, Entry]:
        """Return the rows of many places, by key."""
        return {row[0]: _entry(row) for row in self._rows(self._place, pks)}

    def bare_entries(self, pks: Sequence[int]) -> dict[int, Entry]:
        """Return the rows of many places, by key, with no other names: they are most of a row."""
        return {row[0]: Entry._make(row) for row in self._rows(self._bare_place, pks)}

    def _rows(self, one: str, pks: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        select, _, condition = one.rpartition("= ?")
        for start in range(0, len(pks), _BATCH):
            batch = pks[start : start + _BATCH]
            # All rows of a batch are read: no cursor is left behind by Ctrl-C.
            yield from self.connection.execute(
                f"{select}IN ({','.join('?' * len(batch))}){condition}", batch
            ).fetchall()

    def key_of(self, place_id: str) -> int | None:
        """Return the key of the place with a public id other than "gn:…"."""
        row = self.connection.execute("SELECT pk FROM places WHERE id = ? AND id != ''", (place_id,)).fetchone()
        return row[0] if row else None

    def division(self, country: str, code: str) -> int | None:
        """Return the key of an administrative division by GeoNames' codes ("09", "09.123")."""
        row = self.connection.execute(
            "SELECT pk FROM divisions WHERE country = ? AND code = ?", (country, code)
        ).fetchone()
        return row[0] if row else None

    def divisions(self, country: str) -> list[tuple[str, int]]:
        """Return (code, key) of a country's divisions, all levels."""
        return self.connection.execute("SELECT code, pk FROM divisions WHERE country = ?", (country,)).fetchall()

    def countries(self) -> list[tuple[str, int]]:
        """Return (code, key) of all countries of this layer."""
        return self.connection.execute("SELECT code, pk FROM countries").fetchall()

    def members(self, first: int, last: int) -> Iterator[tuple[int, float, float, int]]:
        """Yield key, latitude, longitude, population of the places in a run of cells."""
        rows = self.connection.execute("SELECT members FROM cells WHERE cell BETWEEN ? AND ?", (first, last))
        for (members,) in rows:
            yield from unpack_members(members)

    def packed_members(self, runs: Sequence[tuple[int, int]]) -> bytes:
        """Return the places of runs of cells as the table has them: `records.MEMBER_FIELDS`, one after the other.

        Args:
            runs: first and last cell of each; a few hundred at most.
        """
        table = ",".join(["(?,?)"] * len(runs))
        rows = self.connection.execute(
            f"WITH runs (low, high) AS (VALUES {table}) {query('members_of_runs')}",
            [*itertools.chain.from_iterable(runs)],
        ).fetchall()
        return b"".join(map(itemgetter(0), rows))

    def cities_of(self, country: str) -> Iterator[tuple[float, float, str]]:
        """Return latitude, longitude and first-level code of the populated places of a country, row by row."""
        return self.connection.execute(query("cities_of_country"), (country,))

    def cities_within(
        self, south: float, west: float, north: float, east: float
    ) -> Iterator[tuple[float, float, str, str]]:
        """Return latitude, longitude, country and first-level code of the populated places in a box, row by row."""
        box = {"south": south, "west": west, "north": north, "east": east}
        return self.connection.execute(query("cities_within"), box)

    def cities(self, pks: Sequence[int]) -> list[tuple[int, float, float, str]]:
        """Return key, latitude, longitude and country of those of the places that are populated."""
        found: list[tuple[int, float, float, str]] = []
        for start in range(0, len(pks), _BATCH):
            batch = pks[start : start + _BATCH]
            found += self.connection.execute(f"{query('cities')} ({','.join('?' * len(batch))})", batch)
        return found

    def all_cities(self) -> Iterator[tuple[int, float, float, str]]:
        """Return key, latitude, longitude and country of all populated places, row by row."""
        return self.connection.execute(query("all_cities"))

    def pack(self, country: str) -> tuple[str, str, str, int, int] | None:
        """Return a row of the table of packs, where this is the layer of the packs and has one of that country."""
        if not self.connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'packs'").fetchone()[0]:
            return None
        row: tuple[str, str, str, int, int] | None = self.connection.execute(
            "SELECT country, source, fetched, places, names FROM packs WHERE country = ?", (country,)
        ).fetchone()
        return row

    def populated_places(self, country: str) -> Iterator[tuple[float, float, str, str]]:
        """Return latitude, longitude, first- and second-level code of all populated places of a country, row by row."""
        return self.connection.execute(query("populated_places"), (country,))

    def disagreements(self) -> list[tuple[str, str, str]]:
        """Return on which places sources disagree: how, the id of the place, what they say."""
        rows = self.connection.execute("SELECT sort, place, detail FROM disagreements ORDER BY sort, place, detail")
        return rows.fetchall()

    def meta(self) -> dict[str, Any]:
        """Return the layer's own facts: its number of places, its form."""
        return {key: json.loads(value) for key, value in self.connection.execute("SELECT key, value FROM meta")}


def _entry(row: tuple[Any, ...]) -> Entry:
    names = row[_NAMES]
    others = names.split("\n") if names else ()
    between, behind = row[_NAMES + 1 : _CAPITAL], row[_CAPITAL + 1 :]
    return Entry._make((*row[:_NAMES], others, *between, bool(row[_CAPITAL]), *behind))


def _numbers(keys: Sequence[str]) -> list[int]:
    """Return the numbers of keys, in one go where there are many."""
    if len(keys) >= _MANY:
        lines = "\n".join(keys)
        if lines.count("\n") == len(keys) - 1:
            numbers: list[int] = key_numbers(lines).tolist()
            return numbers
    return [key_number(key) for key in keys]


def _connect(address: str, *, mapped: int) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=_WAIT_S)
    connection.execute("PRAGMA cache_size = -16000")
    connection.execute(f"PRAGMA mmap_size = {mapped}")
    connection.execute("PRAGMA query_only = 1")
    return connection


def _deserialised(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.deserialize(content)
    connection.execute("PRAGMA query_only = 1")
    return connection
