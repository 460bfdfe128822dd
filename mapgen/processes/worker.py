"""The main program of a worker: reads tasks from standard input, writes reports to standard output, both as pickles.

It ends when its input ends, and when its parent has gone: a run that was killed leaves no process behind.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import time
from typing import Any, BinaryIO

__all__ = ["main", "receive", "send"]

_LENGTH = 8
_COLLECT_EVERY = 50_000


def send(stream: BinaryIO, value: Any) -> None:
    """Write a value with its length before it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(_LENGTH, "little") + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read what `send` wrote.

    Raises:
        EOFError: the other side has gone.
    """
    head = _exactly(stream, _LENGTH)
    return pickle.loads(_exactly(stream, int.from_bytes(head, "little")))  # noqa: S301 - from our own process


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def main() -> None:
    """Run tasks until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not end up among the answers
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    tasks = sys.stdin.buffer
    try:
        job = receive(tasks)
    except EOFError:
        return
    from mapgen.corpus.task import run_partition

    frozen = False
    while True:
        try:
            partition = receive(tasks)
        except EOFError:
            return
        try:
            answer: Any = run_partition(job, partition)
        except Exception as error:
            answer = _portable(error)
        send(answers, answer)
        if not frozen:
            # What the geoparser keeps for good need not be searched for garbage again.
            gc.collect()
            gc.freeze()
            gc.set_threshold(_COLLECT_EVERY, 20, 20)
            frozen = True


def _portable(error: Exception) -> Exception:
    """The error itself where it can be pickled, else one with its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


if __name__ == "__main__":
    main()
