"""How the tests run mapgen as users do: in a process of its own, with an environment of its own."""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from mapgen.gazetteer.build import embedded_path

Done = subprocess.CompletedProcess[str]

MAPGEN = (sys.executable, "-m", "mapgen")

SMALL_GAZETTEER = {"PYTHONPATH": str(Path(__file__).parent / "small_gazetteer")}
"""The environment of processes that build a gazetteer of a tenth."""

GUARD_S = 1200.0
"""No run takes so long, on any machine: one that does will never end. A build takes 10 s where nothing else runs."""

# Sets what the kernel allows this process, then becomes mapgen: `limited.py KIND AMOUNT COMMAND…`.
LIMITED = """
import ctypes, os, resource, sys
kind, amount, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
if kind == "fsize":  # no file may grow larger: what a full disk looks like from inside
    resource.setrlimit(resource.RLIMIT_FSIZE, (amount, amount))
elif os.geteuid() == 0:  # root without CAP_DAC_OVERRIDE is held to the modes of files like anybody else
    if ctypes.CDLL(None, use_errno=True).prctl(24, 1, 0, 0, 0) != 0:
        sys.exit("the capability cannot be given up")
os.execv(command[0], command)
"""


def environment(home: Path | None, **more: str) -> dict[str, str]:
    """The least that a process needs, and a home of its own; `more` comes on top."""
    kept = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    return plain | ({"MAPGEN_HOME": str(home)} if home is not None else {}) | {"COLUMNS": "100"} | more


def run(
    *arguments: str | Path,
    home: Path | None,
    cwd: Path | None = None,
    stdin: str | bytes | None = None,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    timeout: float = GUARD_S,
) -> Done:
    """Run `mapgen ARGUMENTS` to its end, in a process of its own.

    Where nothing is said of its environment, the process is a fork of one that has loaded mapgen (`warm.py`).

    Args:
        arguments: of the command line.
        home: MAPGEN_HOME; None leaves it unset.
        cwd: the folder it runs in.
        stdin: what it reads; nothing when not given.
        env: variables on top of the least.
        before: a command that runs mapgen (`limited`).
        timeout: seconds.
    """
    given = stdin.encode() if isinstance(stdin, str) else stdin or b""
    if home is not None and env is None and not before and hasattr(os, "fork"):
        return _warm().run([*map(str, arguments)], environment(home), cwd or Path.cwd(), given, timeout)
    done = subprocess.run(
        [*before, *MAPGEN, *map(str, arguments)],
        input=given,
        capture_output=True,
        cwd=cwd,
        env=environment(home, **(env or {})),
        timeout=timeout,
        check=False,
    )
    return Done(done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


class _Warm:
    """The process that has loaded mapgen, and the files of the streams of its forks."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp())
        home = Path(os.environ["MAPGEN_HOME"])
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("warm.py"), home],
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        atexit.register(self._stop)

    def run(self, arguments: list[str], variables: Mapping[str, str], cwd: Path, given: bytes, timeout: float) -> Done:
        streams = [self._folder / name for name in ("in", "out", "err")]
        for path, content in zip(streams, (given, b"", b""), strict=True):
            path.write_bytes(content)
        request = {
            "arguments": arguments,
            "cwd": str(cwd),
            "environment": dict(variables),
            "streams": [*map(str, streams)],
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], timeout)[0]:
            self._stop()
            raise subprocess.TimeoutExpired(arguments, timeout)
        code = int(self._process.stdout.readline())
        return Done(arguments, code, *(path.read_bytes().decode("utf-8") for path in streams[1:]))

    def _stop(self) -> None:
        self._process.kill()
        self._process.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)
        _warm.cache_clear()


@cache
def _warm() -> _Warm:
    return _Warm()


def run_here(*arguments: str, cwd: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Done:
    """Run `mapgen ARGUMENTS` in this process, where nothing is to be loaded anew: for what ends before any work."""
    from mapgen.cli import main

    monkeypatch.chdir(cwd)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "argv", ["mapgen", *arguments])
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    told = capfd.readouterr()
    return Done(arguments, int(ended.value.code or 0), told.out, told.err)


def start(
    *arguments: str | Path,
    home: Path,
    cwd: Path | None = None,
    stderr: int = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `mapgen ARGUMENTS` with pipes at its standard input and output; `env` is on top of the least."""
    return subprocess.Popen(
        [*MAPGEN, *map(str, arguments)],
        cwd=cwd,
        env=environment(home, **(env or {})),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        preexec_fn=None if sys.platform == "win32" else _hear_interrupts,
    )


def _hear_interrupts() -> None:
    """Undo what a shell does to commands in the background: they ignore the signal, and so would their children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def limited(kind: str, amount: int = 0) -> tuple[str, ...]:
    """What stands before mapgen so that it runs with `kind` of limit: "fsize" (bytes of a file) or "modes"."""
    return (sys.executable, "-c", LIMITED, kind, str(amount))


def one_line(done: Done) -> str:
    """The one line on standard error that an error is told in."""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("mapgen: "), lines[0]
    return lines[0]


def furnished(home: Path, built: Path) -> Path:
    """Give a fresh `home` the gazetteer that `built` already has, and nothing else; return `home`."""
    home.mkdir(parents=True, exist_ok=True)
    path = embedded_path(built)
    link: Callable[[Path, Path], object] = os.link
    try:
        link(path, home / path.name)
    except OSError:  # another file system
        shutil.copyfile(path, home / path.name)
    return home
