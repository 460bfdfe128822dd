"""Ends a document that takes too long: first by an exception in its thread, then by the end of the process.

An exception can only end Python code. A library that never returns holds the thread: then the process is ended, the
document counts as one that ended its process, and after the second time it is a row of its own
(`mapgen.corpus.attempts`).
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable
from typing import TypeVar

__all__ = ["Endless", "Watch"]

_Value = TypeVar("_Value")

_A_SECOND = 5_000
"""Code points for which a document is given another second; usual machines read 100,000."""
_TICK = 0.5
_WAITING = 10
"""How much longer a document may take by the clock than by its processor time: the machine may be busy."""
_EXIT = 70


class Endless(BaseException):
    """A document has used up its time. No handler of errors may catch it but that of the task."""


class Watch:
    """Watches the documents of one thread.

    Args:
        seconds: what a short document may take, processor time of its thread; ten times as much by the clock.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = threading.get_ident()
        self._clock = _thread_clock(self._thread)
        self._limit: tuple[float, float] | None = None
        self._raised = False
        # Guards both: no exception may arrive after its document is done.
        self._lock = threading.Lock()
        self._done = threading.Event()

    def __enter__(self) -> Watch:
        threading.Thread(target=self._watch, name="mapgen-watch", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()

    def run(self, work: Callable[[], _Value], characters: int) -> _Value:
        """Return what `work` returns.

        Args:
            work: what is done with one document.
            characters: its length, code points.

        Raises:
            Endless: it took longer than its length allows.
        """
        allowed = self._seconds + characters / _A_SECOND
        self._set((self._clock() + allowed, time.monotonic() + _WAITING * allowed))
        try:
            return work()
        finally:
            self._set(None)

    def _set(self, limit: tuple[float, float] | None) -> None:
        with self._lock:
            if self._raised:
                _raise_in(self._thread, None)
                self._raised = False
            self._limit = limit

    def _watch(self) -> None:
        while not self._done.wait(_TICK):
            with self._lock:
                if self._limit is None:
                    continue
                over = max(self._clock() - self._limit[0], time.monotonic() - self._limit[1])
                if over >= 0 and not self._raised:
                    self._raised = True
                    _raise_in(self._thread, Endless)
                elif over > self._seconds:
                    os._exit(_EXIT)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an exception in a thread as soon as it runs Python code; None takes back one that has not arrived."""
    value = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), value)


def _thread_clock(thread: int) -> Callable[[], float]:
    """What tells the processor time of a thread; the clock of the wall where the system has none for another thread."""
    identify = getattr(time, "pthread_getcpuclockid", None)
    if identify is None:
        return time.monotonic
    clock = identify(thread)
    return lambda: time.clock_gettime(clock)
