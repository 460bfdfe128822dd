"""The adapter against sockets that misbehave."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from threading import Thread

import pytest
from geopy.adapters import AdapterHTTPError
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut
from geopy.geocoders import Nominatim
from loopback import Loopback

from mapgen.geocoding.adapter import LARGEST_ANSWER, BoundedAdapter, NoNetworkAdapter

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def adapter() -> BoundedAdapter:
    return BoundedAdapter(proxies={}, ssl_context=None)


def served(talk: Callable[[socket.socket], None], *, timeout: float = 1.0) -> str:
    """Ask a server that does `talk` with the one connection it takes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def once() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                try:
                    talk(connection)
                except OSError:
                    return  # the client has gone, which is what some tests are about

        thread = Thread(target=once, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/search"
        try:
            return str(adapter().get_text(url, timeout=timeout, headers={}))
        finally:
            thread.join(10)


def test_an_answer() -> None:
    assert served(lambda peer: peer.sendall(HEAD + b"Content-Length: 4\r\n\r\nAlep")) == "Alep"


def test_a_silent_server_is_given_up_in_time() -> None:
    begin = time.monotonic()
    with pytest.raises(GeocoderTimedOut):
        served(lambda _: time.sleep(1.5), timeout=0.3)
    assert time.monotonic() - begin < 3


def test_a_trickling_server_is_given_up_in_time() -> None:
    """geopy's own adapters bound each byte and not the whole."""

    def trickle(peer: socket.socket) -> None:
        peer.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        for _ in range(40):
            peer.sendall(b" ")
            time.sleep(0.05)

    begin = time.monotonic()
    with pytest.raises(GeocoderTimedOut):
        served(trickle, timeout=0.4)
    assert time.monotonic() - begin < 4


def test_an_endless_answer_is_cut_off() -> None:
    def flood(peer: socket.socket) -> None:
        peer.sendall(HEAD + b"\r\n")
        for _ in range(2 * LARGEST_ANSWER // 65536):
            peer.sendall(b" " * 65536)

    with pytest.raises(GeocoderServiceError, match="larger than 4 MB"):
        served(flood, timeout=10)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"", GeocoderServiceError),
        (b"not HTTP at all\r\n\r\n", GeocoderServiceError),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", GeocoderServiceError),
        (HEAD.replace(b"json", b"json; charset=utf-8") + b"Content-Length: 2\r\n\r\n\xff\xfe", GeocoderParseError),
        (HEAD.replace(b"json", b"json; charset=none") + b"Content-Length: 2\r\n\r\n{}", GeocoderParseError),
    ],
)
def test_rubbish(said: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        served(lambda peer: peer.sendall(said))


def test_errors_of_the_server(loopback: Loopback) -> None:
    loopback.say(b"<html>busy", status=503, Retry_After="5")
    with pytest.raises(AdapterHTTPError, match="HTTP 503") as error:
        adapter().get_text(loopback.url, timeout=1, headers={})
    assert error.value.status_code == 503
    assert error.value.headers["retry-after"] == "5"


def test_a_closed_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(GeocoderServiceError, match="refused"):
        adapter().get_text(f"http://127.0.0.1:{port}/", timeout=1, headers={})


def test_what_was_answered_is_there_to_be_checked(loopback: Loopback) -> None:
    asked = adapter()
    loopback.say({"a": 1})
    assert asked.get_json(loopback.url, timeout=1, headers={}) == {"a": 1} == asked.answer
    loopback.say(b"<html>")
    with pytest.raises(GeocoderParseError):
        asked.get_json(loopback.url, timeout=1, headers={})
    assert asked.answer is None


def test_no_network() -> None:
    with pytest.raises(GeocoderServiceError, match="asks no server"):
        Nominatim(user_agent="test", adapter_factory=NoNetworkAdapter).geocode("Alep")


def test_a_redirect_to_another_host_is_not_followed() -> None:
    here, there = Loopback(), Loopback()
    try:
        here.say(b"", status=302, Location=there.url.replace("127.0.0.1", "localhost") + "/search?q=Lyon")
        with pytest.raises(GeocoderServiceError, match="sends on to localhost"):
            adapter().get_text(f"{here.url}/search?q=Lyon", timeout=5.0, headers={})
        assert there.requests == []
        here.say(b"", to="Lyon", status=302, Location=f"{here.url}/other?q=Metz")
        here.say(b"[1]", to="Metz")
        assert adapter().get_text(f"{here.url}/search?q=Lyon", timeout=5.0, headers={}) == "[1]"
    finally:
        here.close()
        there.close()
