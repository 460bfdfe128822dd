"""A process that has loaded mapgen and drawn a map once; each command is a fork of it, which begins its work at once.

Reads a request a line, as JSON: arguments, folder, environment, files of the three streams. Answers with the exit code.
Run with the folder of a gazetteer as its only argument.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any


def load(home: str) -> None:
    """Do what a first map needs, with a gazetteer that is there."""
    import mapgen
    from mapgen import cli
    from mapgen.gazetteer.build import embedded_path

    if embedded_path(Path(home)).exists():
        with mapgen.Geoparser(home=home) as geoparser:
            geoparser.parse("Le train relie Lyon à Genève.").to_html()
    assert cli.app
    gc.freeze()  # collections of the forks leave alone what they share


def become(request: dict[str, Any]) -> None:
    """Take over the folder, the environment, the streams and the arguments of a command."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for descriptor, (path, flags) in enumerate(
        zip(request["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        opened = os.open(path, flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.argv = ["mapgen", *request["arguments"]]


def serve() -> bool:
    """Fork for each request until there are no more; return whether this is a fork."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            answers.close()
            become(request)
            return True
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        answers.flush()
    return False


if __name__ == "__main__":
    load(sys.argv[1])
    if serve():
        runpy.run_module("mapgen", run_name="__main__", alter_sys=True)
