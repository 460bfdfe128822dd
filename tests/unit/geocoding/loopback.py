"""A real HTTP server on the loopback that answers what a test tells it to, and a clock that never waits."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """What the server says next."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)


class Loopback:
    """The server: `replies` by the name asked for, `reply` for all others, and what it was asked."""

    def __init__(self) -> None:
        self.reply = Reply()
        self.replies: dict[str, Reply] = {}
        self.requests: list[tuple[str, dict[str, str], dict[str, str]]] = []
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
                loopback.requests.append((parts.path, asked, dict(self.headers.items())))
                reply = loopback.replies.get(asked.get("q", ""), loopback.reply)
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def say(self, content: Any, *, to: str = "", status: int = 200, **headers: str) -> None:
        """Answer `content` (JSON, or bytes as they are) to the name `to`, or to all."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        reply = Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
        if to:
            self.replies[to] = reply
        else:
            self.reply = reply

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Clock:
    """Seconds since 1970; sleeping is remembered and takes no time."""

    def __init__(self) -> None:
        self.time = time.time()
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
