"""A second process for the build of the embedded gazetteer: half of the tables, at the same time.

It reads the same sources and writes places, cells and transliterations into a file of its own, which the first takes
over. Where it cannot be started, fails or takes too long, the first does everything itself.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["Second", "second_process"]

TABLES = ("places", "cells", "transliterations")
"""What the second process writes."""
_PATIENCE_S = 120.0
_BUSY = 0.75
"""Share of the processors that may be busy. With two of them and a load of 2.3 two processes took longer than one."""


class Second:
    """The second process, and the file that it writes."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self._process = process
        self._path = path

    def hand_over(self, connection: sqlite3.Connection, places: int) -> bool:
        """Take over what the second process has written; False where it has failed, and nothing is taken over.

        Args:
            connection: the database of the first process, outside a transaction.
            places: how many places there must be.
        """
        try:
            if self._process.wait(_PATIENCE_S) != 0:
                return False
        except subprocess.TimeoutExpired:
            return False
        connection.execute("ATTACH ? AS second", (str(self._path),))
        try:
            if connection.execute("SELECT count(*) FROM second.places").fetchone() != (places,):
                return False
            connection.execute("BEGIN")
            for table in TABLES:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM second.{table} ORDER BY 1")  # noqa: S608
            connection.execute("COMMIT")
            return True
        finally:
            connection.execute("DETACH second")


def _processor_to_spare() -> bool:
    """Whether there is a second processor, and no crowd before it: reading the sources twice costs time too."""
    processors = os.cpu_count() or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return processors > 1 and load < _BUSY * processors


@contextlib.contextmanager
def second_process(path: Path) -> Iterator[Second | None]:
    """Start the second process, which writes to `path`; None without a processor to spare or a Python to start.

    The process is ended and the file removed at the end, whatever has happened.
    """
    executable = Path(sys.executable or "")
    frozen = getattr(sys, "frozen", False) or not executable.stem.lower().startswith("python")
    if frozen or not _processor_to_spare():
        yield None
        return
    package = str(Path(__file__).parent.parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")])),
    }
    command = [str(executable), "-m", "mapgen.gazetteer.helper", str(path)]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment)  # noqa: S603
    except OSError:
        yield None
        return
    try:
        yield Second(process, path)
    finally:
        process.kill()
        process.wait()
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def main(path: Path) -> None:
    """Write the tables of the second process into a new file."""
    from mapgen.gazetteer.building import no_collection, open_for_building
    from mapgen.gazetteer.gather import gather
    from mapgen.gazetteer.records import columns_of
    from mapgen.gazetteer.sources.countries import transliterated_countries
    from mapgen.gazetteer.writer import Names, create_tables, write_cells, write_places, write_transliterations

    with no_collection(), contextlib.closing(open_for_building(path)) as connection:
        create_tables(connection)
        connection.execute("BEGIN")
        columns = columns_of(gather().entries)
        names = Names(columns)
        write_places(connection, columns)
        write_cells(connection, names.places)
        write_transliterations(connection, names, transliterated_countries())
        connection.execute("COMMIT")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    # Millions of objects need not be taken apart one by one.
    sys.stdout.flush()
    os._exit(0)
