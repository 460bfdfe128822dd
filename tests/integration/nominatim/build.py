"""Build the SQLite database of a tiny Nominatim: import the extract into a PostgreSQL of its own, then convert.

Usage: VENV/bin/python build.py OUT.sqlite

Runs with Debian's own Python (its sqlite3 can load extensions) and the packages nominatim-db and nominatim-api. The
PostgreSQL server listens on a socket in a temporary folder only, and is gone afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import extract

COUNTRIES = ("sy", "lb")
# Nothing here must survive a crash.
SPEED = "-F -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off -c listen_addresses=''"


def main(out: Path) -> None:
    work = Path(tempfile.mkdtemp(prefix="nominatim-"))
    work.chmod(0o755)
    server = Server(work)
    try:
        server.start()
        extract.build().write(work / "tiny.osm", encoding="utf-8", xml_declaration=True)
        settings = os.environ | {
            "PGHOST": str(server.socket),
            "PGUSER": "postgres",
            "NOMINATIM_DATABASE_DSN": f"pgsql:host={server.socket};user=postgres;dbname=nominatim",
            "NOMINATIM_DATABASE_WEBUSER": "nominatim_web",
            "NOMINATIM_IMPORT_STYLE": "extratags",
        }
        run([server.bin / "createuser", "nominatim_web"], env=settings)
        project = work / "project"
        project.mkdir()
        tool = Path(sys.executable).with_name("nominatim")
        osm = work / "tiny.osm"
        arguments = ["--osm-file", osm, "--offline", "--no-updates", "--threads", "2"]
        run([tool, "import", "--project-dir", project, *arguments], env=settings)
        made = work / "made.sqlite"
        run([tool, "convert", "--project-dir", project, "--output", made], env=settings)
        shrink(made)
        shutil.move(made, out)
    finally:
        server.stop()
        shutil.rmtree(work, ignore_errors=True)


class Server:
    """A PostgreSQL server on a socket; it refuses to run as root, so root runs it as postgres."""

    def __init__(self, work: Path) -> None:
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.data, self.socket = work / "data", work / "socket"
        self.data.mkdir(mode=0o700)
        self.socket.mkdir()
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            for folder in (self.data, self.socket):
                shutil.chown(folder, self.user)

    def start(self) -> None:
        options = ["-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"]
        run([self.bin / "initdb", "-D", self.data, *options], user=self.user)
        log, options = self.socket / "log", [f"{SPEED} -k {self.socket}"]
        run([self.bin / "pg_ctl", "-D", self.data, "-w", "-l", log, "-o", *options, "start"], user=self.user)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            run([self.bin / "pg_ctl", "-D", self.data, "-m", "immediate", "stop"], user=self.user)


def run(command: list[object], *, env: dict[str, str] | None = None, user: str | None = None) -> None:
    """Run a step quietly; show what it said when it fails."""
    words = [str(word) for word in command]
    home = pwd.getpwnam(user).pw_dir if user else None
    done = subprocess.run(
        words, env=env, user=user, cwd=home, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout}")


def shrink(database: Path) -> None:
    """Leave out the grids of all countries but those of the extract: 100 MB less."""
    connection = sqlite3.connect(database)
    try:
        connection.enable_load_extension(True)
        connection.load_extension("mod_spatialite")
        connection.execute("DELETE FROM country_osm_grid WHERE country_code NOT IN (?, ?)", COUNTRIES)
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
