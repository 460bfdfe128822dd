"""The build in two processes, and in one where the second fails."""

import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import SMALL_GAZETTEER, environment

from mapgen.gazetteer import helper
from mapgen.gazetteer.build import ensure_built


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
            for table in ("places", "names", "transliterations", "cells", "divisions", "countries")
        }


BUILD = """
import sys
from pathlib import Path
from mapgen.gazetteer import helper
from mapgen.gazetteer.build import ensure_built
helper._processor_to_spare = lambda: sys.argv[2] == "two"
print(ensure_built(Path(sys.argv[1], sys.argv[2])))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What one process builds, and what two build, under a mask and beside a file that has long been unused."""
    folder = tmp_path_factory.mktemp("built")
    old = folder / "two" / "gazetteer-0123456789ab.sqlite"
    old.parent.mkdir()
    old.touch()
    os.utime(old, (0, 0))
    one, two = (
        subprocess.run(
            [sys.executable, "-c", BUILD, folder, processes],
            env=environment(None, **SMALL_GAZETTEER),
            umask=0o027,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.strip()
        for processes in ("one", "two")
    )
    return Path(one), Path(two)


def test_one_process_builds_what_two_build(built: tuple[Path, Path]) -> None:
    one, two = map(tables, built)
    for table, rows in two.items():
        assert one[table] == rows, table


def test_a_second_process_that_fails_hands_nothing_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_processor_to_spare", lambda: True)
    with helper.second_process(tmp_path / "missing" / "file") as second:
        assert second is not None
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            assert second.hand_over(connection, 1) is False


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_a_build_follows_the_umask_and_sweeps_out_what_is_unused(built: tuple[Path, Path]) -> None:
    path = built[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(each.name for each in path.parent.iterdir()) == [
        path.name,
        f"{path.name}.lock",
        f"{path.name}.stamp",
    ]
    os.utime(path, (0, 0))
    assert ensure_built(path.parent) == path
    assert time.time() - path.stat().st_mtime < 3600
