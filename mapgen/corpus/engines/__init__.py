"""Where tasks run: one engine a file, chosen by name.

In: a job and its partitions. Out: a report for each. The task is the same function for all (`mapgen.corpus.task`).
"""

from __future__ import annotations

from mapgen.corpus.engines.base import Engine, EngineError
from mapgen.errors import OptionError
from mapgen.messages import msg

__all__ = ["ENGINES", "Engine", "EngineError", "engine_of"]

ENGINES = ("processes", "dask")
"""Names of the engines."""


def engine_of(name: str, *, jobs: int = 0, scheduler: str = "") -> Engine:
    """Return an engine.

    Args:
        name: one of `ENGINES`.
        jobs: processes of this machine; one for each processor when 0.
        scheduler: address of a Dask scheduler.

    Raises:
        OptionError: no such engine, or an option of another one.
    """
    if name not in ENGINES:
        raise OptionError(msg("unknown engine {name!r}; known: {engines}", name=name, engines=", ".join(ENGINES)))
    if name == "dask":
        if not scheduler:
            raise OptionError(msg("--engine dask needs --scheduler, the address of a Dask scheduler: tcp://HOST:8786"))
        from mapgen.corpus.engines.dask import Dask

        return Dask(scheduler=scheduler)
    if scheduler:
        raise OptionError(msg("--scheduler belongs to --engine dask"))
    from mapgen.corpus.engines.processes import Processes

    return Processes(jobs=jobs)
