"""Processes of this machine, each with its own gazetteer (`mapgen.processes`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from mapgen.corpus.engines.base import EngineError
from mapgen.corpus.model import Job, Partition, Report
from mapgen.corpus.task import run_partition
from mapgen.messages import msg
from mapgen.processes import MOST_ENDS, ProcessesEndedError, in_processes

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
        try:
            yield from in_processes(partial(run_partition, job), partitions, jobs=self.jobs, ordered=False)
        except ProcessesEndedError as error:
            raise EngineError(
                msg("{most_ends} processes have ended at one partition: is there enough memory?", most_ends=MOST_ENDS)
            ) from error
