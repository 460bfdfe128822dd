"""The main program of a process: reads arguments from standard input, writes results to standard output, as pickles.

It ends when its input ends, and when its parent has gone: a run that was killed leaves no process behind.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import time
from typing import Any, BinaryIO

__all__ = ["main", "receive", "send", "send_bytes"]

_LENGTH = 8
_COLLECT_EVERY = 50_000


def send(stream: BinaryIO, value: Any) -> None:
    """Write a value with its length before it."""
    send_bytes(stream, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def send_bytes(stream: BinaryIO, data: bytes) -> None:
    """Write a value that is pickled already."""
    stream.write(len(data).to_bytes(_LENGTH, "little") + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read what `send` wrote.

    Raises:
        EOFError: the other side has gone.
    """
    return pickle.loads(_received(stream))  # noqa: S301 - from our own process


def _received(stream: BinaryIO) -> bytes:
    return _exactly(stream, int.from_bytes(_exactly(stream, _LENGTH), "little"))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def main() -> None:
    """Call the function with one argument after another until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, which ends its processes
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not end up among the answers
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    arguments = sys.stdin.buffer
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - nobody answers questions here
    function: Any = None
    try:
        packed = _received(arguments)
        while True:
            argument = _received(arguments)
            first = function is None
            try:
                function = pickle.loads(packed) if first else function  # noqa: S301 - from our own process
                answer = (False, function(pickle.loads(argument)))  # noqa: S301
            except Exception as error:
                answer = (True, _portable(error))
            send(answers, answer)
            if first:
                # What the function keeps for good need not be searched for garbage again.
                gc.collect()
                gc.freeze()
                gc.set_threshold(_COLLECT_EVERY, 20, 20)
    except EOFError:
        return


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
