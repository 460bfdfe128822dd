"""Functions that other processes run."""

import os
import sys
import threading
import time
from pathlib import Path


def slow_if_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0.0)
    return number * number


def fails_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


class UnportableError(Exception):
    """Cannot be pickled."""

    def __init__(self) -> None:
        super().__init__("not portable")
        self.lock = threading.Lock()


def fails_unportably(_: int) -> int:
    raise UnportableError


def ends_once(marker: str) -> str:
    """End the process the first time."""
    if not Path(marker).exists():
        Path(marker).touch()
        os._exit(9)
    return "done"


def always_ends(_: int) -> int:
    os._exit(9)


def prints(number: int) -> int:
    sys.stdout.write("not an answer")
    sys.stdout.flush()
    return number + len(sys.stdin.read())


class OpensOnce:
    """Counts how many times it was unpickled in its process."""

    opened = 0

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return _opened, ()

    def __call__(self, _: int) -> tuple[int, int]:
        return os.getpid(), OpensOnce.opened


def _opened() -> OpensOnce:
    OpensOnce.opened += 1
    return OpensOnce()
