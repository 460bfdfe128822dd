"""Writes entries into a layer: places, names, transliterations, cells."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from operator import itemgetter

from mapgen.gazetteer.names import fold_all, is_latin, stem, transliteration_keys
from mapgen.gazetteer.records import Entry, label_names, pack_facts, pack_one
from mapgen.gazetteer.sql import query

__all__ = ["Progress", "create_tables", "write_entries"]

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
    connection.executemany(f"INSERT INTO places VALUES ({','.join('?' * 16)})", _place_rows(entries))  # noqa: S608
    connection.executemany("INSERT INTO cells VALUES (?, ?)", _cell_rows(entries))
    tell(0.2)
    names = _Names(entries)
    folded = fold_all(names.written)
    tell(0.4)
    chosen = names.of_countries(transliterated)
    keys = transliteration_keys([names.written[p] for p in chosen], [folded[p] for p in chosen])
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", names.rows(folded))
    tell(0.75)
    some = names.part(chosen)
    some.add_stems(keys)
    sure = {key: facts for key, facts, _ in some.main_part(keys)}
    connection.executemany(
        "INSERT INTO transliterations VALUES (?, ?, ?)",
        ((key, facts, sure.get(key)) for key, facts, _ in some.rows(keys)),
    )
    tell(1.0)
    return 1 + max(map(str.count, set(folded), itertools.repeat(" ")), default=0)


def _place_rows(entries: Sequence[Entry]) -> Iterator[tuple[object, ...]]:
    for entry in sorted(entries, key=itemgetter(0)):
        yield (*entry[:_NAMES_AT], "\n".join(entry.names), *entry[_NAMES_AT + 1 :])


def _cell_rows(entries: Sequence[Entry]) -> Iterator[tuple[int, bytes]]:
    import numpy as np

    members = np.empty(len(entries), dtype=[("pk", "<u4"), ("lat", "<f4"), ("lon", "<f4"), ("population", "<i4")])
    for field in members.dtype.names or ():
        members[field] = np.fromiter(map(itemgetter(Entry._fields.index(field)), entries), np.float64, len(entries))
    rows = np.minimum((members["lat"] + 90).astype(np.int64), 179)
    cells = rows * 360 + (members["lon"] + 180).astype(np.int64) % 360
    order = np.argsort(cells, kind="stable")
    members, cells = members[order], cells[order]
    numbers, starts = np.unique(cells, return_index=True)
    for number, start, end in zip(numbers.tolist(), starts, [*starts[1:], len(entries)], strict=False):
        yield number, members[start:end].tobytes()


_NAMES_AT = Entry._fields.index("names")


class _Names:
    """All names of all entries, as columns: the written name, the entry's number, its packed facts.

    A million names pass through here, so that the work for a name that nothing else bears runs in C.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.written: list[str] = []
        self.owners: list[int] = []
        self.facts: list[bytes] = []
        self.main: list[bool] = []
        for number, entry in enumerate(entries):
            main, other = pack_one(entry)
            if entry.labels:
                first = {entry.name, *label_names(entry.labels)}
                others = [name for name in entry.names if name not in first]
            else:
                first = {entry.name}
                others = list(entry.names)
            count = len(first)
            self.written += first
            self.facts += [main] * count
            self.main += [True] * count
            if others:
                self.written += others
                self.facts += [other] * len(others)
                self.main += [False] * len(others)
                count += len(others)
            self.owners += [number] * count

    def of_countries(self, countries: Collection[str] | None) -> list[int]:
        """Positions of the names in Latin script of the places of some countries, None for all."""
        inside = [countries is None or entry.country in countries for entry in self.entries]
        return [
            position
            for position, (owner, name) in enumerate(zip(self.owners, self.written, strict=True))
            if inside[owner] and is_latin(name)
        ]

    def part(self, positions: Sequence[int]) -> _Names:
        """The names at some positions."""
        part = _Names(())
        part.entries = self.entries
        part.written = [self.written[p] for p in positions]
        part.owners = [self.owners[p] for p in positions]
        part.facts = [self.facts[p] for p in positions]
        part.main = [self.main[p] for p in positions]
        return part

    def add_stems(self, keys: list[str]) -> None:
        """Add the stems of names that end in "eastern", "little" … to the names, and their keys to the keys."""
        stems = [
            (position, short) for position, name in enumerate(self.written) if " " in name and (short := stem(name))
        ]
        keys += transliteration_keys([short for _, short in stems], fold_all([short for _, short in stems]))
        for position, short in stems:
            self.written.append(short)
            self.owners.append(self.owners[position])
            self.facts.append(self.facts[position])
            self.main.append(False)

    def main_part(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes, str]]:
        """The rows over the main names alone."""
        positions = [position for position, main in enumerate(self.main) if main]
        return self.part(positions).rows([keys[p] for p in positions])

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes, str]]:
        """One row a key, in order of the keys: the key, its facts over all places, the forms in which it is written."""
        first: dict[str, int] = {}
        shared: dict[str, list[int]] = {}
        for position, earlier in enumerate(map(first.setdefault, keys, range(len(keys)))):
            if position != earlier:
                key = keys[position]
                if key in shared:
                    shared[key].append(position)
                else:
                    shared[key] = [earlier, position]
        facts, forms = self.facts.copy(), self.written.copy()
        owners, written = self.owners, self.written
        for members in shared.values():
            at = members[0]
            places = {owners[p] for p in members}
            main = self.main[at] or any(self.main[p] for p in members)
            if len(places) > 1:
                facts[at] = pack_facts([self.entries[place] for place in places], main=main)
            elif main and not self.main[at]:
                facts[at] = pack_one(self.entries[owners[at]])[0]
            forms[at] = "\n".join({written[p] for p in members})
        first.pop("", None)
        order = sorted(first)
        at_key = list(map(first.__getitem__, order))
        return zip(order, map(facts.__getitem__, at_key), map(forms.__getitem__, at_key), strict=True)
