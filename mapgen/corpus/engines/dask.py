"""An existing Dask cluster: its workers run the tasks and write the results; only counts come back.

A sliding window of tasks is submitted, never the whole graph. Workers need mapgen with the extra [dask], the gazetteer
(built by their first task, or before), the input and the output by the same paths or addresses.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mapgen.corpus.engines.base import EngineError
from mapgen.corpus.extras import needed
from mapgen.corpus.model import Job, Partition, Report
from mapgen.corpus.task import run_partition
from mapgen.messages import msg
from mapgen.processes import MOST_ENDS

__all__ = ["Dask"]

_AHEAD = 2
"""Tasks a thread of the workers: one runs, the next is there."""
_LEAST = 4
_CONNECT = "20s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dask:
    """Runs tasks on a Dask cluster.

    Attributes:
        scheduler: address of the scheduler ("tcp://10.0.0.1:8786").
    """

    scheduler: str

    def run(self, job: Job, partitions: Iterable[Partition]) -> Iterator[Report]:
        """Yield the reports; see `Engine.run`."""
        distributed = needed("distributed")
        try:
            client = distributed.Client(self.scheduler, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise EngineError(
                msg("no Dask scheduler answers at {scheduler} ({error})", scheduler=self.scheduler, error=error)
            ) from error
        with client:
            yield from _Window(client, job).run(iter(partitions))


class _Window:
    """The tasks that are submitted and not done."""

    def __init__(self, client: Any, job: Job) -> None:
        self._client = client
        self._job = client.scatter(job, broadcast=True, hash=False)
        self._ends: Counter[int] = Counter()
        self._running: dict[Any, Partition] = {}

    def run(self, partitions: Iterator[Partition]) -> Iterator[Report]:
        distributed = needed("distributed")
        done = distributed.as_completed(loop=self._client.loop)
        self._fill(partitions, done)
        try:
            for future in done:
                partition = self._running.pop(future)
                if future.status == "finished":
                    yield future.result()
                else:
                    done.add(self._again(future, partition))
                future.release()
                self._fill(partitions, done)
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel(list(self._running))

    def _fill(self, partitions: Iterator[Partition], done: Any) -> None:
        threads = sum(self._client.nthreads().values())
        while len(self._running) < max(_LEAST, _AHEAD * threads):
            partition = next(partitions, None)
            if partition is None:
                return
            done.add(self._submit(partition))

    def _submit(self, partition: Partition) -> Any:
        number = self._ends[partition.number]
        key = f"mapgen-{partition.fingerprint}-{partition.number}-{number}"
        future = self._client.submit(run_partition, self._job, partition, key=key, pure=False)
        self._running[future] = partition
        return future

    def _again(self, future: Any, partition: Partition) -> Any:
        """Submit a partition again whose workers were lost.

        Raises:
            MapgenError: of the task.
            EngineError: too many workers have ended at it.
        """
        distributed = needed("distributed")
        error = future.exception()
        lost = (distributed.KilledWorker, distributed.scheduler.KilledWorker, distributed.CancelledError)
        if not isinstance(error, lost) and future.status not in ("lost", "cancelled"):
            raise error
        self._ends[partition.number] += 1
        if self._ends[partition.number] > MOST_ENDS:
            raise EngineError(
                msg(
                    "workers have ended {most_ends} times at partition {number}",
                    most_ends=MOST_ENDS,
                    number=partition.number,
                )
            ) from error
        return self._submit(partition)
