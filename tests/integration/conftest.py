"""A real Nominatim on the loopback, nginx before it, and a hang; `.ci/nominatim` builds the server's database."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import NGINX, Server, free_port, wait_until


@pytest.fixture(scope="session")
def nominatim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = os.environ.get("MAPGEN_NOMINATIM")
    if not folder:
        pytest.skip('MAPGEN_NOMINATIM is not set: build a server with `eval "$(.ci/nominatim)"`')
    port, work = free_port(), tmp_path_factory.mktemp("nominatim")
    with (work / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                Path(folder, "venv", "bin", "python"),
                *("-m", "uvicorn", "--factory", "nominatim_api.server.falcon.server:run_wsgi"),
                *("--host", "127.0.0.1", "--port", str(port)),
            ],
            cwd=work,
            env={
                "PATH": os.environ["PATH"],
                "NOMINATIM_DATABASE_DSN": f"sqlite:dbname={Path(folder, 'nominatim.sqlite')}",
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process)

    def ready() -> bool:
        with urllib.request.urlopen(f"{server.url}/status?format=json", timeout=5) as answer:  # noqa: S310
            return bool(json.load(answer)["status"] == 0)

    try:
        wait_until(ready, process, f"Nominatim ({work / 'log'})")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def nginx(nominatim: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("nginx is not installed: `.ci/nominatim` installs it")
    work, port = tmp_path_factory.mktemp("nginx"), free_port()
    user = "user root;" if os.geteuid() == 0 else ""  # else its worker could not write into the folder
    text = NGINX.format(work=work, port=port, user=user, nominatim=nominatim.url, closed=free_port())
    (work / "nginx.conf").write_text(text, encoding="utf-8")
    process = subprocess.Popen([program, "-e", work / "start.log", "-p", work, "-c", work / "nginx.conf"])
    server = Server(f"http://127.0.0.1:{port}", process)

    def ready() -> bool:
        with urllib.request.urlopen(f"{server.url}/open/status", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)

    try:
        wait_until(ready, process, "nginx")
        yield server
    finally:
        server.stop()


@pytest.fixture
def hanging(nominatim: Server) -> Iterator[Server]:
    """Nominatim, stopped in the middle of its work for the time of a test."""
    nominatim.process.send_signal(signal.SIGSTOP)
    try:
        yield nominatim
    finally:
        nominatim.process.send_signal(signal.SIGCONT)
