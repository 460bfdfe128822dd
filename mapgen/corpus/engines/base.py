"""What an engine is: it runs the tasks of a job somewhere, a window of them at a time, and hands back their counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from mapgen.corpus.model import Job, Partition, Report
from mapgen.errors import MapgenError

__all__ = ["Engine", "EngineError"]


class EngineError(MapgenError):
    """Workers end again and again, or the cluster is out of reach."""


class Engine(Protocol):
    """Runs `mapgen.corpus.task.run_partition` for partitions."""

    def run(self, job: Job, partitions: Iterable[Partition]) -> Iterator[Report]:
        """Yield the report of each partition as it is done, in any order; partitions are taken as they are needed.

        A worker that is lost is replaced, and its partition done again.

        Raises:
            MapgenError: of a task: the run ends, what is committed stays.
            EngineError: workers cannot be kept alive, or the cluster cannot be reached.
        """
        ...
