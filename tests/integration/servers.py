"""Servers that the tests start: how to wait for one, how to stop it, and what stands before Nominatim."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], what: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"{what} has ended with {process.returncode}")
        try:
            if ready():
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{what} has not come up")


@dataclass
class Server:
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]

    def requests(self) -> list[str]:
        """The lines of nginx' access log so far."""
        return Path(str(self.process.args[4]), "access.log").read_text(encoding="utf-8").splitlines()  # type: ignore[index, misc]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


NGINX = """
daemon off; worker_processes 1; pid {work}/pid; error_log {work}/error.log; {user}
events {{ worker_connections 64; }}
http {{
  access_log {work}/access.log;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
  limit_req_zone all zone=few:1m rate=1r/m;
  server {{
    listen 127.0.0.1:{port};
    location /open/ {{ proxy_pass {nominatim}/; }}
    location /few/ {{
      limit_req zone=few; limit_req_status 429; proxy_pass {nominatim}/;
      add_header Retry-After 7 always;
    }}
    location /busy/ {{ limit_req zone=few; proxy_pass {nominatim}/; }}
    location /slow/ {{ proxy_read_timeout 1s; proxy_pass {nominatim}/; }}
    location /gone/ {{ proxy_pass http://127.0.0.1:{closed}/; }}
    location /closed/ {{ deny all; }}
    location /page/ {{ default_type text/html; return 200 "<html><body>Welcome</body></html>"; }}
    location /moved/ {{ rewrite ^/moved/(.*)$ /open/$1 permanent; }}
    location /round/ {{ return 302 /round/; }}
    location /broken/ {{ return 500; }}
  }}
}}
"""
"""In nginx' words: open, and each of the troubles that a server can be in."""
