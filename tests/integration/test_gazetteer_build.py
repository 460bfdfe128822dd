"""The build in two processes, and in one where the second fails."""

import contextlib
import os
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from mapgen.gazetteer import helper
from mapgen.gazetteer.build import ensure_built


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
            for table in ("places", "names", "transliterations", "cells", "divisions", "countries")
        }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What one process builds, and what two build, under a mask and beside a file that has long been unused."""
    folder = tmp_path_factory.mktemp("built")
    old = folder / "two" / "gazetteer-0123456789ab.sqlite"
    old.parent.mkdir()
    old.touch()
    os.utime(old, (0, 0))
    before = os.umask(0o027)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(helper, "_processor_to_spare", lambda: False)
            one = ensure_built(folder / "one")
            patch.setattr(helper, "_processor_to_spare", lambda: True)
            return one, ensure_built(folder / "two")
    finally:
        os.umask(before)


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
