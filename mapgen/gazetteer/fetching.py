"""Fetches the files of country packs: from GeoNames' site, a mirror, a folder or a file; broken transfers go on."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from mapgen.errors import PackError
from mapgen.messages import Message, msg, reason_of, verbatim

__all__ = ["OFFICIAL", "AbsentError", "Fetched", "fetch", "locate", "size_of"]

OFFICIAL = "https://download.geonames.org/export/dump/"
"""GeoNames' download site."""

_LAYOUTS = ("", "dump/", "export/dump/")
"""Where the dumps may lie below what the user named."""
_TIMEOUT_S = 30.0
_SIZE_TIMEOUT_S = 5.0
"""How long a person waits for a question that names a size."""
_FRESH_S = 86_400.0
_TRIES = 3
_CHUNK = 1 << 16
_AGENT = "mapgen (country packs; +https://www.geonames.org/export/)"

Tell = Callable[[int, int], None]
"""Called with how many bytes have come, and of how many (0 where the server does not say)."""

Fetched = Path | None
"""The file, or None where the source has no such file."""


class AbsentError(PackError):
    """A source that answers and has no such file."""


def locate(source: str | Path, name: str) -> str | Path:
    """Return where the dumps lie below a source: the URL or folder that holds `name`.

    Args:
        source: URL or folder; its subfolders `dump/` and `export/dump/` are tried as well.
        name: a file that must be there ("SY.zip").

    Raises:
        AbsentError: the source holds no such file.
        PackError: the source is out of reach.
    """
    if _is_url(source):
        text = str(source)
        base = f"{text.removesuffix(name).rstrip('/')}/"
        for layout in _LAYOUTS:
            if _length(base + layout + name) is not None:
                return base + layout
        raise AbsentError(msg("has no {name}", name=name), path=base)
    folder = Path(source)
    if not folder.exists():
        raise PackError(msg("does not exist"), path=folder)
    if folder.is_file():
        if folder.name == name:
            return folder.parent
        raise PackError(msg("is not {name}: a pack bears the code of its country", name=name), path=folder)
    for layout in _LAYOUTS:
        if (folder / layout / name).is_file():
            return folder / layout
    raise AbsentError(msg("holds no {name}", name=name), path=folder)


def _is_url(source: str | Path) -> bool:
    return isinstance(source, str) and urllib.parse.urlsplit(source).scheme in ("http", "https")


def _length(url: str, *, timeout_s: float = _TIMEOUT_S) -> int | None:
    """The bytes of a file on a server, 0 where it does not say, None where it has no such file."""
    request = urllib.request.Request(url, method="HEAD", headers={"User-Agent": _AGENT})  # noqa: S310 - http(s) only
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as response:  # noqa: S310
            return int(response.headers.get("Content-Length") or 0)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (404, 403, 410):
            return None
        raise PackError(
            msg("the server answers {code} {reason}", code=error.code, reason=error.reason), path=url
        ) from error
    except (OSError, http.client.HTTPException) as error:
        raise PackError(msg("is out of reach: {reason}", reason=_reason(error)), path=url) from error


def size_of(source: str | Path, names: Sequence[str]) -> int | None:
    """Return how many bytes some files of a source have together; None where it cannot be told soon.

    A server is asked for the sizes, not for the files.

    Args:
        source: URL or folder, as for `locate`.
        names: the first must be there; the others may be missing.
    """
    try:
        if not _is_url(source):
            base = Path(locate(source, names[0]))
            return sum((base / name).stat().st_size for name in names if (base / name).is_file())
        for layout in _LAYOUTS:
            found = [_length(f"{str(source).rstrip('/')}/{layout}{name}", timeout_s=_SIZE_TIMEOUT_S) for name in names]
            if found[0] is not None:
                return sum(length or 0 for length in found) if found[0] else None
    except (PackError, OSError, ValueError):
        return None
    return None


def fetch(base: str | Path, name: str, folder: Path, tell: Tell, *, required: bool = True) -> Fetched:
    """Bring one file here and return its path; what a broken transfer left is continued.

    A file that an interrupted command has fetched within a day is taken as it is.

    Args:
        base: what `locate` returned.
        name: the file below it ("alternatenames/SY.zip").
        folder: where downloads are kept; a file of a folder is used where it lies.
        tell: told the progress.
        required: whether its absence is an error.

    Raises:
        PackError: the file cannot be had; what has come of it is kept for the next attempt.
    """
    if isinstance(base, Path):
        path = base / name
        if path.is_file():
            return path
        if required:
            raise PackError(msg("holds no {name}", name=name), path=base)
        return None
    url = base + name
    target = folder / hashlib.sha256(url.encode()).hexdigest()[:16] / Path(name).name
    part = target.with_name(target.name + ".part")
    try:
        if target.exists() and time.time() - target.stat().st_mtime < _FRESH_S:
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        failure: Exception | None = None
        for _ in range(_TRIES):
            try:
                if not _transfer(url, part, tell):
                    with contextlib.suppress(OSError):  # something else may be there
                        target.parent.rmdir()
                    if required:
                        raise PackError(msg("is not there"), path=url)
                    return None
                part.replace(target)
                return target
            except urllib.error.HTTPError as error:
                error.close()
                raise PackError(
                    msg("the server answers {code} {reason}", code=error.code, reason=error.reason), path=url
                ) from error
            except (
                _BrokenError,
                http.client.HTTPException,
                urllib.error.URLError,
                TimeoutError,
                ConnectionError,
            ) as error:
                failure = error
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise PackError(msg("cannot be written: {reason}", reason=reason_of(error)), path=part) from error
    raise PackError(
        msg("broke off: {reason}; run the same command again to go on", reason=_reason(failure)), path=url
    ) from failure


class _BrokenError(Exception):
    """The server ended before the file did."""


def _transfer(url: str, part: Path, tell: Tell) -> bool:
    """Fetch what is missing of a file; False where the server has none."""
    validator = part.with_name(part.name + ".etag")
    have = part.stat().st_size if part.exists() and validator.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 - http(s) only
    if have:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", validator.read_text(encoding="ascii"))
    try:
        response = urllib.request.urlopen(request, timeout=_TIMEOUT_S)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            error.close()
            return False
        if error.code == 416:
            error.close()
            part.unlink()
            raise _BrokenError(msg("what was kept of it no longer fits")) from error
        raise
    with response:
        if response.status != 206:
            have = 0
        mark = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
        if mark and mark.isascii() and not mark.startswith("W/"):
            validator.write_text(mark, encoding="ascii")
        else:
            validator.unlink(missing_ok=True)
        length = int(response.headers.get("Content-Length") or 0)
        whole = have + length if length else 0
        with part.open("ab" if have else "wb") as file:
            while chunk := _read(response):
                file.write(chunk)
                have += len(chunk)
                tell(have, whole)
            file.flush()
            os.fsync(file.fileno())
    if whole and have < whole:
        raise _BrokenError(msg("{have} of {whole} bytes came", have=have, whole=whole))
    validator.unlink(missing_ok=True)
    return True


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read(_CHUNK)
    except OSError as error:  # so that it is not taken for an error of the disk
        raise _BrokenError(str(error)) from error


def _reason(error: Exception | None) -> Message:
    inner = getattr(error, "reason", None)
    return reason_of(inner) if isinstance(inner, Exception) else verbatim(inner or error)
