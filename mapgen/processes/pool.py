"""The side of the caller: a thread serves each process; it hands out an argument and waits for the result."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Generic, NamedTuple, TypeVar, cast

from mapgen.errors import MapgenError
from mapgen.messages import msg
from mapgen.processes.worker import receive, send, send_bytes

__all__ = ["MOST_ENDS", "ProcessesEndedError", "in_processes", "processors"]

Argument = TypeVar("Argument")
Result = TypeVar("Result")

MOST_ENDS = 12
"""Processes that may end at one argument before the run gives up: each document of an archive may end two."""
_AHEAD = 2
"""Results a process that may wait for the caller: one is done while another is taken."""


class ProcessesEndedError(MapgenError):
    """Processes end again and again at one argument.

    Args:
        number: of the argument, counted from 0.
    """

    def __init__(self, number: int) -> None:
        super().__init__(
            msg(
                "{most_ends} processes have ended at one text (number {number}): is there enough memory?",
                most_ends=MOST_ENDS,
                number=number + 1,
            )
        )
        self.number = number


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def in_processes(
    function: Callable[[Argument], Result], arguments: Iterable[Argument], *, jobs: int = 0, ordered: bool = True
) -> Iterator[Result]:
    """Yield the results of a function, which runs in several processes.

    Arguments are taken as they are needed, no more than twice as many ahead of the caller as there are processes. When
    the iterator is closed, all processes are ended.

    Args:
        function: picklable; each process unpickles it once.
        arguments: picklable; taken from several threads, one at a time.
        jobs: how many processes; one for each processor when 0.
        ordered: whether results come in the order of their arguments, else as they are done.

    Raises:
        ProcessesEndedError: processes end again and again at one argument.
        BaseException: of the function, of the arguments; where it cannot be pickled, a RuntimeError with its words.
    """
    count = jobs or processors()
    work: _Work[Argument, Result] = _Work(iter(arguments), ahead=_AHEAD * count)
    packed = pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
    servers = [_Server(packed, work) for _ in range(count)]
    for server in servers:
        server.start()
    try:
        yield from _results(work, len(servers), ordered=ordered)
    finally:
        work.stop()
        for server in servers:
            server.end()


class _Answer(NamedTuple, Generic[Result]):
    """What came of an argument: its number, and a result or an error."""

    number: int
    result: Result | None = None
    error: BaseException | None = None


def _results(work: _Work[Argument, Result], servers: int, *, ordered: bool) -> Iterator[Result]:
    """Yield the results until all servers have ended."""
    waiting: dict[int, _Answer[Result]] = {}
    due = 0
    while servers:
        answer = work.answers.get()
        if answer is None:
            servers -= 1
            continue
        waiting[answer.number if ordered else due] = answer
        while due in waiting:
            ready = waiting.pop(due)
            due += 1
            if ready.error is not None:
                raise ready.error
            work.taken()
            yield cast(Result, ready.result)


class _Work(Generic[Argument, Result]):
    """The arguments that are left, and what has come of the others; shared by the threads."""

    def __init__(self, arguments: Iterator[Argument], *, ahead: int) -> None:
        self._arguments = enumerate(arguments)
        self._room = threading.Semaphore(ahead)
        self._lock = threading.Lock()
        self._next = 0
        self.stopped = False
        self.answers: queue.SimpleQueue[_Answer[Result] | None] = queue.SimpleQueue()

    def next(self) -> tuple[int, Argument] | None:
        """Return the next argument with its number, when the caller has taken enough of the earlier results."""
        self._room.acquire()
        with self._lock:
            if self.stopped:
                self._room.release()
                return None
            try:
                found = next(self._arguments, None)
            except BaseException as error:
                # Results of earlier arguments come first.
                self.stopped = True
                self.answers.put(_Answer(self._next, error=error))
                found = None
            if found is None:
                self._room.release()  # for the other threads, which find the end too
                return None
            self._next = found[0] + 1
            return found

    def taken(self) -> None:
        """Note that the caller takes a result."""
        self._room.release()

    def stop(self) -> None:
        """Hand out nothing more."""
        self.stopped = True
        self._room.release()


class _Server(threading.Thread, Generic[Argument, Result]):
    """Serves one process, and its successors."""

    def __init__(self, function: bytes, work: _Work[Argument, Result]) -> None:
        super().__init__(daemon=True)
        self._function = function
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        try:
            while (task := self._work.next()) is not None:
                answer = self._done(*task)
                self._work.answers.put(answer)
                if answer.error is not None:
                    break
        finally:
            self.end()
            self._work.answers.put(None)

    def _done(self, number: int, argument: Argument) -> _Answer[Result]:
        """Have one argument done, by another process where one ends."""
        for _ in range(MOST_ENDS):
            try:
                process = self._running()
                send(cast(BinaryIO, process.stdin), argument)
                failed, answer = receive(cast(BinaryIO, process.stdout))
            except (EOFError, OSError):
                self.end()
                if self._work.stopped:
                    break
            except BaseException as error:  # the argument cannot be pickled
                return _Answer(number, error=error)
            else:
                return _Answer(number, error=answer) if failed else _Answer(number, result=answer)
        return _Answer(number, error=ProcessesEndedError(number))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-c", "from mapgen.processes.worker import main; main()"]
            paths = os.pathsep.join(path for path in sys.path if path)
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
            )
            with contextlib.suppress(OSError):  # it has ended: the next step tells
                send_bytes(cast(BinaryIO, self._process.stdin), self._function)
        return self._process

    def end(self) -> None:
        """End the process, at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast(BinaryIO, stream).close()
        process.wait()
