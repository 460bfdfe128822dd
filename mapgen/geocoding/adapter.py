"""HTTP adapters for geopy: one with bounds on size and time, one that refuses every request.

geopy's default adapter (requests) waits silently after a 429 and tries a hanging server three times; its urllib adapter
reports an error at once, but bounds neither the size of an answer nor the time of a slow one. The adapter here is the
latter with both bounds.
"""

from __future__ import annotations

import time
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut

from mapgen.messages import Message, msg, reason_of, verbatim

__all__ = ["LARGEST_ANSWER", "BoundedAdapter", "NoNetworkAdapter"]

LARGEST_ANSWER = 4 * 2**20
"""Bytes of the largest answer that is read."""

_CHUNK = 65_536


class BoundedAdapter(URLLibAdapter):  # type: ignore[misc]
    """geopy's urllib adapter: one attempt, no more than `timeout` seconds in all, no more than `LARGEST_ANSWER` bytes.

    Attributes:
        answer: what the last successful request brought, parsed.
    """

    answer: Any = None

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.urlopen = build_opener(ProxyHandler(proxies), HTTPSHandler(context=ssl_context), _SameHost()).open

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the parsed answer; raises what `get_text` raises, and GeocoderParseError."""
        self.answer = None
        try:
            self.answer = super().get_json(url, timeout=timeout, headers=headers)
        except RecursionError as error:
            raise GeocoderParseError(msg("the answer is nested too deeply")) from error
        return self.answer

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the body of the answer.

        Raises:
            GeocoderTimedOut: connecting or answering took longer than `timeout` seconds.
            AdapterHTTPError: the server answered with an error; geopy makes its own errors of it.
            GeocoderServiceError: the server cannot be reached or broke off.
            GeocoderParseError: the body is no text.
        """
        deadline = time.monotonic() + timeout
        try:
            with self.urlopen(Request(url, headers=headers), timeout=timeout) as response:  # noqa: S310 (geopy's URL)
                body = _read(response, deadline)
                charset = response.headers.get_content_charset() or "utf-8"
        except HTTPError as error:
            self._refused(error)
        except TimeoutError as error:
            raise GeocoderTimedOut(msg("no answer within {timeout:g} s", timeout=timeout)) from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise GeocoderTimedOut(msg("no connection within {timeout:g} s", timeout=timeout)) from error
            raise GeocoderServiceError(_reason(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise GeocoderServiceError(
                msg("the connection broke ({error})", error=error or type(error).__name__)
            ) from error
        try:
            return body.decode(charset)
        except (LookupError, UnicodeDecodeError) as error:
            raise GeocoderParseError(msg("the answer is no text")) from error

    def _refused(self, error: HTTPError) -> NoReturn:
        with error:
            headers = {name.lower(): value for name, value in error.headers.items()}
            raise AdapterHTTPError(
                f"HTTP {error.code} {error.reason}", status_code=error.code, headers=headers, text=None
            )


class _SameHost(HTTPRedirectHandler):
    """Follows redirects within a host only: another one is not to learn what is asked."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, message: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request for the new address.

        Raises:
            URLError: it is on another host.
        """
        here, there = urlsplit(req.full_url).hostname, urlsplit(newurl).hostname
        if here != there:
            fp.close()
            raise URLError(msg("{here} sends on to {there}, which was not asked", here=here, there=there))
        return super().redirect_request(req, fp, code, message, headers, newurl)


def _reason(error: URLError) -> Message:
    return reason_of(error.reason) if isinstance(error.reason, Exception) else verbatim(error.reason)


def _read(response: HTTPResponse, deadline: float) -> bytes:
    """Read the body; each read is bounded by the socket's timeout, all of them by the deadline."""
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise GeocoderServiceError(
                msg("the answer is larger than {largest_answer} MB", largest_answer=LARGEST_ANSWER // 2**20)
            )
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(body)


class NoNetworkAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """For geocoders that need no network."""

    def get_json(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise GeocoderServiceError(msg("this geocoder asks no server"))

    get_text = get_json
