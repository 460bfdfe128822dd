"""A connection to SQLite for each thread, and new ones after a fork."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable
from typing import Final

from mapgen.closing import Closing
from mapgen.errors import GazetteerError
from mapgen.messages import msg

__all__ = ["Connections"]

_abandoned: Final[list[sqlite3.Connection]] = []
"""Connections that a parent process opened: SQLite forbids the child to use them, and to close them."""
_forks = 0
"""How many forks lie between this process and the one that imported the module."""


class _Handle:
    """The connection of one thread; it is closed when the thread ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.forks = _forks
        self._process = os.getpid()

    def close(self) -> None:
        """Close the connection, or keep it open for ever where the parent process opened it."""
        if self._process == os.getpid():
            self.connection.close()
        else:
            _abandoned.append(self.connection)

    def __del__(self) -> None:
        self.close()


class _Own(threading.local):
    """The handle of the running thread."""

    handle: _Handle | None = None


class Connections(Closing):
    """Opens a connection to one database for each thread that asks for it.

    A connection is closed when its thread ends, and all of them by `close`, which must not run while another thread
    reads. A process that was forked opens its own.

    Args:
        connect: opens a connection that any thread may close (`check_same_thread=False`).

    Raises:
        sqlite3.Error: the first connection cannot be opened.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._own = _Own()
        self._handles: weakref.WeakSet[_Handle] = weakref.WeakSet()
        self._closed = False
        self.of_thread()

    def of_thread(self) -> sqlite3.Connection:
        """Return the connection of the running thread; it is opened by the first call.

        Raises:
            GazetteerError: `close` has been called.
        """
        handle = self._own.handle
        if handle is not None and handle.forks == _forks and not self._closed:
            return handle.connection
        if self._closed:
            raise GazetteerError(msg("the gazetteer is closed: open it again"))
        handle = self._own.handle = _Handle(self._connect())
        self._handles.add(handle)
        return handle.connection

    def close(self) -> None:
        """Close the connections of all threads."""
        self._closed = True
        for handle in tuple(self._handles):
            handle.close()


def _count_fork() -> None:
    global _forks
    _forks += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_count_fork)
