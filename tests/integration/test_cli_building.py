"""The gazetteer's first build, as processes meet it: two at once, killed, interrupted, on a full disk, with its bar.

The gazetteer that is built here is small: how it is built is tested, not what it holds.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from commands import GUARD_S, MAPGEN, SMALL_GAZETTEER, environment, limited, one_line, run, start

from mapgen.gazetteer.build import embedded_path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals as POSIX has them")

TEXT = "Le train relie Lyon à Genève."


def parts(home: Path) -> dict[str, int]:
    """The files that are being written aside, with their sizes in bytes."""
    found = {}
    for path in home.glob(".*.part"):
        try:
            found[path.name] = path.stat().st_size
        except FileNotFoundError:  # renamed in the meantime
            continue
    return found


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + GUARD_S
    while not condition():
        assert process.poll() is None, "it has ended before"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def sound(home: Path) -> bool:
    with closing(sqlite3.connect(f"{embedded_path(home).as_uri()}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")


def test_two_runs_at_once_build_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    pages = [tmp_path / name for name in ("a.html", "b.html")]
    processes = [start("map", "-", "-o", page, home=home, env=SMALL_GAZETTEER) for page in pages]
    seen: set[str] = set()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(TEXT.encode())
        process.stdin.close()
        process.stdin = None
    deadline = time.monotonic() + GUARD_S
    while any(process.poll() is None for process in processes) and time.monotonic() < deadline:
        seen |= parts(home).keys()
        time.sleep(0.02)
    for process in processes:
        told = process.communicate(timeout=GUARD_S)[1].decode()
        assert process.returncode == 0, told
        assert len(told.splitlines()) == 1, told
        assert "\x1b" not in told
    assert len(seen) == 1, "it was built more than once"
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert [path.name for path in home.glob("*.sqlite")] == [embedded_path(home).name]
    assert sound(home)


def test_a_build_that_is_stopped_leaves_nothing_half_built_and_the_next_one_shows_its_bar(tmp_path: Path) -> None:
    home, page = tmp_path / "home", tmp_path / "a.html"
    page.write_text("old", encoding="utf-8")

    interrupted = start("map", "-", "-o", page, home=home, env=SMALL_GAZETTEER)
    with interrupted:
        wait_for(lambda: bool(parts(home)), interrupted)
        interrupted.send_signal(signal.SIGINT)
        assert interrupted.wait(GUARD_S) == 130
        assert interrupted.stderr is not None
        assert interrupted.stderr.read().decode() == "mapgen: interrupted; existing files are unchanged\n"
    assert not list(home.glob("*.sqlite"))
    assert not parts(home)

    hold = tmp_path / "hold"
    hold.touch()
    killed = start("map", "-", "-o", page, home=home, env=SMALL_GAZETTEER | {"HOLD_BUILD": str(hold)})
    with killed:
        wait_for(lambda: max(parts(home).values(), default=0) > 1_000_000, killed)
        killed.send_signal(signal.SIGKILL)
        assert killed.wait(GUARD_S) == -signal.SIGKILL
    assert not list(home.glob("*.sqlite"))
    assert page.read_text(encoding="utf-8") == "old"

    shown = under_a_terminal("gazetteer", "info", home=home)
    assert "%" in shown
    assert "writing names" in shown
    assert sound(home)
    assert not parts(home), "what the killed run left is never cleared away"
    # Built once, it is silent ever after, on a terminal too.
    assert "%" not in under_a_terminal("gazetteer", "search", "Alep", home=home)


def test_a_full_disk_leaves_nothing_half_built(tmp_path: Path) -> None:
    home = tmp_path / "home"
    page, full = tmp_path / "a.html", limited("fsize", 300_000)
    done = run("map", "-", "-o", page, home=home, stdin=TEXT, before=full, env=SMALL_GAZETTEER)
    assert done.returncode == 1
    line = one_line(done)
    assert "gazetteer" in line
    assert "MAPGEN_HOME" in line
    assert not list(home.glob("*.sqlite"))
    assert not parts(home)
    assert not page.exists()


def under_a_terminal(*arguments: str, home: Path) -> str:
    """Run mapgen with its standard error on a terminal of its own; return what that shows."""
    import pty

    here, there = pty.openpty()
    process = subprocess.Popen(
        [*MAPGEN, *arguments],
        env=environment(home, TERM="xterm-256color", **SMALL_GAZETTEER),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=there,
    )
    os.close(there)
    shown = bytearray()
    with process:
        while True:
            try:
                piece = os.read(here, 65536)
            except OSError:  # Linux' way to say that nobody holds the other end any more
                break
            if not piece:
                break
            shown += piece
        assert process.wait(GUARD_S) == 0, shown.decode()
    os.close(here)
    return shown.decode(errors="replace")
