"""Nothing is lost: killed runs, lost workers, a full disk, documents that end their process."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import archives
import pytest
from archives import read_archive, same_tables, table, text, write_table
from commands import GUARD_S, environment
from faulty import open_faulty

COUNT = 240


@pytest.fixture(scope="module")
def whole(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An input of many partitions, and its undisturbed results."""
    folder = tmp_path_factory.mktemp("whole")
    source = folder / "in"
    source.mkdir()
    for number in range(8):
        write_table(source / f"{number}.jsonl", COUNT // 8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mapgen.corpus.plan._SMALLEST", 1)
        read_archive(source, folder / "out")
    return source, folder / "out"


SMALL = "import sys, mapgen.corpus.plan as plan; plan._SMALLEST = 1; from mapgen.cli import main; main()"
"""The command with partitions as small as the pieces."""


def start(source: Path, out: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SMALL, "corpus", str(source), str(out), "--jobs", "2"]
    return subprocess.Popen(command, env=environment(home), stderr=subprocess.PIPE, start_new_session=True)


def test_a_run_killed_twenty_times_gives_the_same_tables(whole: tuple[Path, Path], home: Path, tmp_path: Path) -> None:
    out, rng, kills = tmp_path / "out", random.Random(7), 0
    while kills < 20:
        process = start(whole[0], out, home)
        before = len(list((out / "commits").glob("*.json"))) if (out / "commits").exists() else 0
        # From the start of Python to after the first commit: a random moment of the run, whatever the machine's speed.
        limit = time.monotonic() + rng.choice((rng.uniform(0, 3), rng.uniform(3, 9)))
        while process.poll() is None and time.monotonic() < limit:
            time.sleep(0.05)
            done = len(list((out / "commits").glob("*.json"))) if (out / "commits").exists() else 0
            if done > before and rng.random() < 0.2:
                break
        if process.poll() is not None:  # it has ended before its moment came: another run begins
            _, errors = process.communicate()
            assert process.returncode == 0, errors
            shutil.rmtree(out)
            continue
        # The client alone: its workers see that it has gone; or all of them.
        (os.kill if kills % 2 else os.killpg)(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stderr is not None
        process.stderr.close()
        kills += 1
    process = start(whole[0], out, home)
    _, errors = process.communicate(timeout=GUARD_S)
    assert process.returncode == 0, errors
    assert same_tables(whole[1], out)
    assert not list(out.rglob(".aside.*"))


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(child) for child in found.split()]


def test_workers_that_are_killed_are_replaced(whole: tuple[Path, Path], home: Path, tmp_path: Path) -> None:
    process = start(whole[0], tmp_path / "out", home)
    killed = 0
    while process.poll() is None and killed < 3:
        time.sleep(0.5)
        done = len(list((tmp_path / "out").glob("commits/*.json")))
        if done > killed and (workers := children(process.pid)):
            # The oldest: not the one that does the work of the last victim again, which would speak against a document.
            os.kill(min(workers), signal.SIGKILL)
            killed += 1
    _, errors = process.communicate(timeout=GUARD_S)
    assert process.returncode == 0, errors
    assert killed > 0
    assert same_tables(whole[1], tmp_path / "out")


class Threads:
    """An engine of threads that share a geoparser, as those of a Dask worker do."""

    def run(self, job: Any, partitions: Any) -> Iterator[Any]:
        from concurrent.futures import ThreadPoolExecutor

        from mapgen.corpus.task import run_partition

        with ThreadPoolExecutor(3) as pool:
            yield from pool.map(lambda partition: run_partition(job, partition), list(partitions)[::-1])


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    from mapgen.corpus import run as running

    monkeypatch.setattr("mapgen.corpus.plan._SMALLEST", 1)
    monkeypatch.setattr(running, "engine_of", lambda *_, **__: Threads())


@pytest.mark.usefixtures("threads")
def test_a_full_disk_ends_the_run_and_the_same_command_goes_on(whole: tuple[Path, Path], tmp_path: Path) -> None:
    from mapgen.errors import OutputError

    kept, sync = 0, os.fsync

    def full(descriptor: int) -> None:
        nonlocal kept
        kept += 1
        if kept > 12:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="cannot be written: No space left on device"):
            read_archive(whole[0], tmp_path / "out")
    assert not list((tmp_path / "out").rglob(".aside.*"))
    read_archive(whole[0], tmp_path / "out")
    assert same_tables(whole[1], tmp_path / "out")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, in memory, of 24 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or not sys.platform.startswith("linux"):
        pytest.skip("a small file system can only be mounted on Linux")
    command = [mount, "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.usefixtures("threads")
def test_a_file_system_without_room_ends_the_run_and_the_same_command_goes_on(
    whole: tuple[Path, Path], small_disk: Path
) -> None:
    from mapgen.errors import MapgenError

    out, ballast = small_disk / "out", small_disk / "ballast"
    failures = []
    for free in (0, 60_000, 200_000):  # no room for the plan, for a few parts, for the page
        ballast.write_bytes(b"")
        room = shutil.disk_usage(small_disk).free
        ballast.write_bytes(bytes(max(0, room - free)))
        with pytest.raises(MapgenError) as failure:
            read_archive(whole[0], out)
        failures.append(str(failure.value))
        assert not list(out.rglob(".aside.*"))
    assert all("No space left on device" in failure for failure in failures), failures
    ballast.unlink()
    read_archive(whole[0], out)
    assert same_tables(whole[1], out)


def faulty_table(path: Path) -> Path:
    rows = [{"id": f"d{number}", "text": text(number)} for number in range(12)]
    rows[2]["text"] += " RAISES"
    rows[5]["text"] += " ENDS-ITS-PROCESS"
    rows[8]["text"] += " NEVER-ENDS"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_documents_that_raise_never_end_or_end_their_process_are_rows(home: Path, tmp_path: Path) -> None:
    source = faulty_table(tmp_path / "in.jsonl")
    done = read_archive(source, tmp_path / "out", opener=open_faulty, patience=2.0, jobs=1)
    documents = table(tmp_path / "out", "documents").set_index("document_id")
    assert dict(documents.error[documents.error.notna()]) == {"d2": "failed", "d5": "crash", "d8": "endless"}
    assert documents.toponyms[["d0", "d1", "d6", "d7", "d9", "d11"]].min() > 0
    assert done.totals["errors"] == 3
    assert "ZeroDivisionError" in documents.error_message["d2"]


def test_two_runs_in_one_folder_are_told_apart(whole: tuple[Path, Path], home: Path, tmp_path: Path) -> None:
    from filelock import FileLock

    from mapgen.errors import OutputError

    (tmp_path / "out").mkdir()
    with FileLock(tmp_path / "out" / ".lock"), pytest.raises(OutputError, match="another run"):
        read_archive(whole[0], tmp_path / "out")


class Cluster:
    """A scheduler and two workers of Dask on the loopback, each a process."""

    def __init__(self, folder: Path, home: Path, *, nanny: bool) -> None:
        self.environment = environment(home) | {
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)]),
            "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
        }
        file = folder / "scheduler.json"
        self.processes = [self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))]
        while not file.exists():
            time.sleep(0.1)
        self.address = json.loads(file.read_text(encoding="utf-8"))["address"]
        more = ["--nanny" if nanny else "--no-nanny", "--nthreads", "1", "--no-dashboard"]
        self.processes += [
            self._start("worker", self.address, *more, "--local-directory", str(folder / f"w{number}"))
            for number in range(2)
        ]

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def stop(self) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(params=[True, False], ids=["nanny", "no-nanny"])
def cluster(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[tuple[Cluster, bool]]:
    made = Cluster(tmp_path, home, nanny=request.param)
    yield made, request.param
    made.stop()


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_tables(
    whole: tuple[Path, Path], cluster: tuple[Cluster, bool], home: Path, tmp_path: Path
) -> None:
    dask, nanny = cluster
    out = tmp_path / "out"
    command = [sys.executable, "-c", SMALL, "corpus", str(whole[0]), str(out), "--engine", "dask"]
    process = subprocess.Popen(
        [*command, "--scheduler", dask.address], env=dask.environment, stderr=subprocess.PIPE, start_new_session=True
    )
    while process.poll() is None and not list(out.glob("commits/*.json")):
        time.sleep(0.2)
    if process.poll() is None:
        victims = children(dask.processes[1].pid) if nanny else [dask.processes[1].pid]
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        assert victims
    _, errors = process.communicate(timeout=GUARD_S)
    assert process.returncode == 0, errors
    assert same_tables(whole[1], out)


def test_a_scheduler_that_does_not_answer_is_one_line(
    whole: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from mapgen.corpus.engines import EngineError, dask

    monkeypatch.setattr(dask, "_CONNECT", "1s")
    with pytest.raises(EngineError, match="no Dask scheduler answers at tcp://127"):
        read_archive(whole[0], tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:9")


@pytest.mark.usefixtures("threads")
def test_an_engine_of_another_kind_gives_the_same_tables(whole: tuple[Path, Path], tmp_path: Path) -> None:
    read_archive(whole[0], tmp_path / "out")
    assert same_tables(whole[1], tmp_path / "out")
    assert archives.table(tmp_path / "out", "documents").error.notna().sum() == 16
