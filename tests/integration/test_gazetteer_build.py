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


def test_one_process_builds_what_two_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    for spare in (False, True):
        monkeypatch.setattr(helper, "_processor_to_spare", lambda spare=spare: spare)
        built.append(tables(ensure_built(tmp_path / str(spare))))
    one, two = built
    for table, rows in two.items():
        assert one[table] == rows, table


def test_a_second_process_that_fails_hands_nothing_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_processor_to_spare", lambda: True)
    with helper.second_process(tmp_path / "missing" / "file") as second:
        assert second is not None
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            assert second.hand_over(connection, 1) is False


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_a_build_follows_the_umask_and_sweeps_out_what_is_unused(tmp_path: Path) -> None:
    old = tmp_path / "gazetteer-0123456789ab.sqlite"
    old.touch()
    os.utime(old, (0, 0))
    before = os.umask(0o027)
    try:
        path = ensure_built(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        path.name,
        f"{path.name}.lock",
        f"{path.name}.stamp",
    ]
    os.utime(path, (0, 0))
    assert ensure_built(tmp_path) == path
    assert time.time() - path.stat().st_mtime < 3600
