"""Answers of online geocoders on disk, and the time at which each host may be asked again.

Answers are kept, "no such place" among them; failures are not. All runs on the machine share the file, so that two at
once keep the pace that one must keep.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from mapgen.closing import Closing
from mapgen.messages import Message, msg
from mapgen.model import Division, Kind, Place

__all__ = ["ANSWER_DAYS", "UNKNOWN_DAYS", "AnswerCache", "Question"]

UNKNOWN_DAYS = 30
"""Days after which "no such place" is asked again: maps grow."""
ANSWER_DAYS = 365
"""Days after which an answer is asked again."""

_FILE = "geocoding-1.sqlite"
_DAY = 86_400.0
# A longer wait means that the clock was set back.
_LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an online geocoder is asked, and of whom.

    Attributes:
        service: geopy's name of the service ("nominatim").
        url: scheme and host of the server ("https://nominatim.openstreetmap.org").
        name: the name of the place.
        country: ISO 3166-1 alpha-2, or "".
        language: ISO 639-1 of the labels that are wanted, or "".
    """

    service: str
    url: str
    name: str
    country: str = ""
    language: str = ""


@cache
def _query(name: str) -> str:
    return files("mapgen.geocoding").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")


class AnswerCache(Closing):
    """The cache file in `home`; a cache in memory where that folder cannot be written.

    It can be used from any thread, one at a time; a process that has been forked opens the file anew.

    Args:
        home: the folder, or None for a cache in memory.
        now: seconds since 1970.

    Attributes:
        trouble: why nothing is kept on disk, in a line, or "".
    """

    def __init__(self, home: Path | None, *, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._home = home
        self.trouble = ""
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._connection = self._opened()
        self._inherited: sqlite3.Connection | None = None

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone."""
        if self._process != os.getpid():
            # SQLite forbids to use, and to close, a connection that was opened before a fork.
            self._inherited, self._lock, self._process = self._connection, threading.RLock(), os.getpid()
            self._connection = self._opened()
        with self._lock:
            yield self._connection

    def _opened(self) -> sqlite3.Connection:
        return self._open(self._home) if self._home is not None else _connect(":memory:")

    def _open(self, home: Path) -> sqlite3.Connection:
        path = home / _FILE
        try:
            home.mkdir(parents=True, exist_ok=True)
            try:
                return _connect(path)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                path.unlink()  # what it was to save can be asked again
                return _connect(path)
        except (sqlite3.Error, OSError) as error:
            self.trouble = msg("{path}: answers of the geocoder are not kept ({error})", path=path, error=error)
            return _connect(":memory:")

    def close(self) -> None:
        """Close the file."""
        with self._held() as connection:
            connection.close()

    def find(self, question: Question) -> tuple[Place, ...] | None:
        """Return the places that were answered, () for "no such place", None where nothing (fresh) is known."""
        try:
            with self._held() as connection:
                row = connection.execute(_query("find"), asdict(question)).fetchone()
            if row is None:
                return None
            places = tuple(_place(record) for record in json.loads(row[0]))
        except sqlite3.Error as error:
            self._note(error, msg("answers of the geocoder cannot be read back"))
            return None
        except (ValueError, TypeError, KeyError, AttributeError):  # a row of another program's: it is asked again
            return None
        age = (self._now() - row[1]) / _DAY
        return places if 0 <= age <= (ANSWER_DAYS if places else UNKNOWN_DAYS) else None

    def keep(self, question: Question, places: tuple[Place, ...]) -> None:
        """Keep an answer; `trouble` says where the disk is full or read-only."""
        record = {**asdict(question), "places": json.dumps([asdict(place) for place in places]), "asked": self._now()}
        try:
            with self._held() as connection:
                connection.execute(_query("keep"), record)
        except sqlite3.Error as error:
            self._note(error, msg("answers of the geocoder are not kept"))

    def _note(self, error: sqlite3.Error, what: Message) -> None:
        """Note what has failed; a damaged file is deleted and begun anew, as all of it can be asked again."""
        if self._home is None:
            self.trouble = msg("{what} ({error})", what=what, error=error)
            return
        path = self._home / _FILE
        self.trouble = msg("{path}: {what} ({error})", path=path, what=what, error=error)
        if _is_damage(error):
            with self._held() as connection, suppress(OSError):
                connection.close()
                path.unlink(missing_ok=True)
                self._connection = self._open(self._home)
                self.trouble = msg("{path}: was damaged, and has been begun anew", path=path)

    def turn(self, host: str, interval: float) -> float:
        """Book the next turn at `host` and return how many seconds to wait for it.

        Args:
            host: the server.
            interval: seconds between two requests to it, whoever sends them.
        """
        now = self._now()
        try:
            with self._held() as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    turn = max(now, min(_free(connection, host), now + _LONGEST_WAIT))
                    connection.execute(_query("book"), {"name": host, "free": turn + interval})
                    connection.execute("COMMIT")
                except sqlite3.Error:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        except sqlite3.Error as error:
            self._note(error, msg("the pace of several runs cannot be kept in common"))
            return interval
        return turn - now

    def postpone(self, host: str, seconds: float) -> None:
        """Let nobody ask `host` before `seconds` have passed: the server wanted it so."""
        # A locked file is in use by another run, which gets the same answer from the server.
        with suppress(sqlite3.Error), self._held() as connection:
            free = max(_free(connection, host), self._now() + seconds)
            connection.execute(_query("book"), {"name": host, "free": free})


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means a damaged file, and not one that is locked, read-only or on a full disk."""
    if isinstance(error, sqlite3.OperationalError):
        # Columns are missing where another program has written the file.
        return "no such" in str(error) or "malformed" in str(error)
    return isinstance(error, sqlite3.DatabaseError)


def _free(connection: sqlite3.Connection, host: str) -> float:
    """When a host may be asked again, seconds since 1970; 0 where it was never asked."""
    row = connection.execute(_query("host"), {"name": host}).fetchone()
    return float(row[0]) if row else 0.0


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(_query("schema"))
        # A damaged page shows when it is read, which may be never or in the middle of a run.
        if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(found)
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError as error:  # the report of the damage itself holds damaged text
        connection.close()
        raise sqlite3.DatabaseError("damaged") from error
    return connection


def _place(record: dict[str, Any]) -> Place:
    """Make a place of what `asdict` and JSON have left of it."""
    record["kind"] = Kind(record["kind"])
    record["admin"] = tuple(
        Division(id=division["id"], name=division["name"], labels=_pairs(division["labels"]))
        for division in record["admin"]
    )
    record["names"] = tuple(record["names"])
    record["labels"] = _pairs(record["labels"])
    return Place(**record)


def _pairs(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((language, label) for language, label in pairs)
