"""A server of country packs on the loopback, and small dumps that tests write."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def unspoilt(path: str, data: bytes) -> bytes:
    return data


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder, with ranges; `spoil` may change what is sent of a file, `meet` waits for others at a file."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.spoil: Callable[[str, bytes], bytes] = unspoilt
        self.cut: dict[str, int] = {}
        self.requests: list[tuple[str, str]] = []
        self.heads: list[str] = []
        self.headers: list[str] = []
        self.meet: threading.Barrier | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def do_GET(self) -> None:
        self.answer(body=True)

    def answer(self, *, body: bool) -> None:
        self.server.headers += [f"{name}: {value}" for name, value in self.headers.items()]
        path = self.server.folder / self.path.lstrip("/")
        (self.server.requests.append((self.path, self.headers.get("Range", ""))) if body and path.is_file() else
         self.server.heads.append(self.path))  # fmt: skip
        if not path.is_file():
            self.send_error(404)
            return
        data = self.server.spoil(self.path, path.read_bytes())
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        if body and self.server.meet is not None and self.path.count("/") == 1 and len(path.stem) == 2:
            self.server.meet.wait(timeout=60)
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("ETag", f'"{len(data)}"')
        self.end_headers()
        if body:
            end = self.server.cut.pop(self.path, len(data))
            self.wfile.write(data[start:end])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be silent."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    with Server(folder) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


Row = tuple[int, str, float, float, str, int]
"""GeoNames id, name, latitude, longitude, country, population."""


def dump_line(row: Row) -> str:
    id_, name, lat, lon, country, people = row
    cells = [str(id_), name, name, "", str(lat), str(lon), "P", "PPL", country, "", "", "", "", "", str(people)]
    return "\t".join([*cells, "", "", "", ""]) + "\n"


def name_line(number: int, id_: int, language: str, name: str) -> str:
    return "\t".join([str(number), str(id_), language, name, "", "", "", "", "", ""]) + "\n"


def zipped(path: Path, member: str, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, "".join(lines))
    path.write_bytes(packed.getvalue())
