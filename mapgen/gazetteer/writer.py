"""Writes entries into a layer: places, names, transliterations, cells."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence

from mapgen.gazetteer.names import fold_all, is_latin, transliteration_keys
from mapgen.gazetteer.records import Entry, cell_of, label_names, pack_facts, pack_members, pack_one
from mapgen.gazetteer.sql import query

__all__ = ["Progress", "create_tables", "write_entries"]

Progress = Callable[[str, float], None]
"""Told what is being done, in English, and the share of the whole that is done."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of a layer."""
    connection.executescript(query("schema"))


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
    longest = 1 + max((form.count(" ") for form in folded), default=0)
    tell(0.4)
    chosen = names.of_countries(transliterated)
    keys = transliteration_keys([names.written[p] for p in chosen], [folded[p] for p in chosen])
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", names.rows(folded))
    tell(0.75)
    some = names.part(chosen)
    connection.executemany(
        "INSERT INTO transliterations VALUES (?, ?)", ((key, facts) for key, facts, _ in some.rows(keys))
    )
    tell(1.0)
    return longest


def _place_rows(entries: Sequence[Entry]) -> Iterator[tuple[object, ...]]:
    for entry in sorted(entries):
        (
            pk,
            id_,
            source,
            name,
            kind,
            country,
            lat,
            lon,
            population,
            admin1,
            names,
            labels,
            count,
            capital,
            admin2,
            gid,
        ) = entry
        yield (
            pk, id_, source, name, kind, country, admin1, admin2, lat, lon, population, count, capital, gid,
            "\n".join(names), labels,
        )  # fmt: skip


def _cell_rows(entries: Sequence[Entry]) -> list[tuple[int, bytes]]:
    cells: dict[int, list[Entry]] = {}
    for entry in entries:
        cells.setdefault(cell_of(entry.lat, entry.lon), []).append(entry)
    return [(cell, pack_members(cells[cell])) for cell in sorted(cells)]


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
            first = {entry.name, *label_names(entry.labels)} if entry.labels else {entry.name}
            others = [name for name in entry.names if name not in first]
            self.written += first
            self.written += others
            self.owners += [number] * (len(first) + len(others))
            self.facts += [pack_one(entry, main=True)] * len(first)
            self.main += [True] * len(first)
            if others:
                self.facts += [pack_one(entry, main=False)] * len(others)
                self.main += [False] * len(others)

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

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes, str]]:
        """One row a key, in order of the keys: the key, its facts over all places, the forms in which it is written."""
        positions = range(len(keys))
        last = dict(zip(keys, positions, strict=True))
        shared: dict[str, list[int]] = {}
        for position, other in enumerate(map(last.__getitem__, keys)):
            if position != other:
                shared.setdefault(keys[position], [other]).append(position)
        facts, forms = self.facts.copy(), self.written.copy()
        for members in shared.values():
            at = members[0]
            owners = {self.owners[p] for p in members}
            main = any(self.main[p] for p in members)
            if len(owners) > 1:
                facts[at] = pack_facts([self.entries[owner] for owner in owners], main=main)
            elif main and not self.main[at]:
                facts[at] = pack_one(self.entries[owners.pop()], main=True)
            forms[at] = "\n".join(sorted({self.written[p] for p in members}))
        last.pop("", None)
        order = sorted(last)
        at_key = [last[key] for key in order]
        return zip(order, map(facts.__getitem__, at_key), map(forms.__getitem__, at_key), strict=True)
