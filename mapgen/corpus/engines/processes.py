"""Processes of this machine, each started anew (as by "spawn"), each with its own gazetteer.

A thread of the client serves each process: it hands out a partition, waits for the report, and starts another process
where one has ended. (`concurrent.futures` and its kin end all processes when one ends.)
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from mapgen.corpus.engines.base import MOST_ENDS, EngineError
from mapgen.corpus.engines.worker import receive, send
from mapgen.corpus.model import Job, Partition, Report

__all__ = ["Processes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes:
    """Runs tasks in processes of this machine.

    Attributes:
        jobs: how many; as many as there are processors when 0.
    """

    jobs: int = 0

    def run(self, job: Job, partitions: Iterable[Partition]) -> Iterator[Report]:
        """Yield the reports; see `Engine.run`."""
        work = _Work(iter(partitions))
        servers = [_Server(job, work) for _ in range(self.jobs or _processors())]
        for server in servers:
            server.start()
        left = len(servers)
        try:
            while left:
                answer = work.answers.get()
                if answer is None:
                    left -= 1
                elif isinstance(answer, BaseException):
                    raise answer
                else:
                    yield answer
        finally:
            work.stop()
            for server in servers:
                server.end()


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


class _Work:
    """The partitions that are left, and what has come of the others; shared by the threads."""

    def __init__(self, partitions: Iterator[Partition]) -> None:
        self._partitions = partitions
        self._lock = threading.Lock()
        self._stopped = False
        self.answers: queue.SimpleQueue[Report | BaseException | None] = queue.SimpleQueue()

    def next(self) -> Partition | None:
        with self._lock:
            return None if self._stopped else next(self._partitions, None)

    def stop(self) -> None:
        self._stopped = True

    @property
    def stopped(self) -> bool:
        return self._stopped


class _Server(threading.Thread):
    """Serves one process, and its successors."""

    def __init__(self, job: Job, work: _Work) -> None:
        super().__init__(daemon=True)
        self._job = job
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        try:
            while (partition := self._work.next()) is not None:
                answer = self._done(partition)
                self._work.answers.put(answer)
                if isinstance(answer, BaseException):
                    break
        except BaseException as error:
            self._work.answers.put(error)
        finally:
            self.end()
            self._work.answers.put(None)

    def _done(self, partition: Partition) -> Report | BaseException:
        """Run a partition, in another process where one ends."""
        for _ in range(MOST_ENDS):
            process = self._running()
            try:
                send(cast(BinaryIO, process.stdin), partition)
                return cast("Report | BaseException", receive(cast(BinaryIO, process.stdout)))
            except (EOFError, OSError):
                self.end()
                if self._work.stopped:
                    break
        return EngineError(f"{MOST_ENDS} processes have ended at partition {partition.number}: is there enough memory?")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "mapgen.corpus.engines.worker"]
            paths = os.pathsep.join(path for path in sys.path if path)
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
            )
            with contextlib.suppress(OSError):  # it has ended: the next step tells
                send(cast(BinaryIO, self._process.stdin), self._job)
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
