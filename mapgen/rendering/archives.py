"""Reads raster tiles of a scene out of a local archive, so that a page can hold them: MBTiles and PMTiles."""

from __future__ import annotations

import base64
import contextlib
import mmap
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, floor, log2, pi, radians, tan
from pathlib import Path
from typing import Any, Protocol, cast

from mapgen.errors import OptionError
from mapgen.messages import msg
from mapgen.model import Frame

__all__ = ["SUFFIXES", "SceneTiles", "scene_tiles"]

SUFFIXES = (".mbtiles", ".pmtiles")
"""The endings of files that hold tiles."""

_ZOOMS = 3  # levels of a scene that are put into a page, at most
_WIDTH = 900.0  # pixels of a first view
_TILE = 256.0
_MEDIA = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True, slots=True)
class SceneTiles:
    """The tiles of a scene.

    Attributes:
        tiles: data addresses by "zoom/column/row", rows from the north.
        least: the coarsest zoom.
        most: the finest zoom.
        attribution: HTML, as the archive has it.
        name: of the archive.
    """

    tiles: dict[str, str]
    least: int
    most: int
    attribution: str
    name: str


class _Archive(Protocol):
    """Tiles by zoom, column and row from the north, and what is known of them."""

    facts: dict[str, Any]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the bytes of a tile, or None where there is none."""


def scene_tiles(path: Path, scene: Frame | None, *, budget: int) -> SceneTiles:
    """Return the tiles of a scene at up to three zooms, from that of its first view on.

    A zoom whose tiles would exceed the budget is left out, with those that are finer.

    Args:
        path: of a raster archive.
        scene: the frame; without one there are no tiles.
        budget: bytes of all data addresses, at most.

    Raises:
        OptionError: the file is no such archive, or holds vectors.
    """
    with _opened(path) as archive:
        facts = archive.facts
        low, high = int(facts.get("minzoom") or 0), int(facts.get("maxzoom") or 22)
        first = 0 if scene is None else _first_zoom(scene)
        found: dict[str, str] = {}
        used: list[int] = []
        start = max(low, min(first, high))
        for zoom in range(start, min(high, start + _ZOOMS - 1) + 1):
            if scene is None:
                break
            level = _level(archive, scene, zoom, path)
            if sum(map(len, (*found.values(), *level.values()))) > budget:
                break
            found |= level
            used.append(zoom)
        least, most = (used[0], used[-1]) if used else (start, start)
        return SceneTiles(found, least, most, str(facts.get("attribution") or ""), str(facts.get("name") or path.stem))


def _first_zoom(scene: Frame) -> int:
    south, west, north, east = scene
    extent = max(east - west, (north - south) * 1.4, 0.005)
    return max(0, floor(log2(_WIDTH * 360.0 / (_TILE * extent))))


def _level(archive: _Archive, scene: Frame, zoom: int, path: Path) -> dict[str, str]:
    """The tiles of one zoom that reach into the scene."""
    south, west, north, east = scene
    size = 2**zoom
    left, right = (floor((lon + 180.0) / 360.0 * size) for lon in (west, east))
    top, bottom = (
        floor((1.0 - asinh(tan(radians(max(-85.0, min(85.0, lat))))) / pi) / 2.0 * size) for lat in (north, south)
    )
    found = {}
    for column in range(left, right + 1):
        for row in range(max(0, top), min(size - 1, bottom) + 1):
            data = archive.tile(zoom, column % size, row)
            if data:
                found[f"{zoom}/{column % size}/{row}"] = _address(data, path)
    return found


def _address(data: bytes, path: Path) -> str:
    for start, media in _MEDIA.items():
        if data.startswith(start):
            return f"data:{media};base64,{base64.b64encode(data).decode('ascii')}"
    raise OptionError(
        msg("{path} holds no pictures (PNG, JPEG, WebP); tiles of vectors cannot be put into a page", path=path)
    )


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[_Archive]:
    """Open an archive by what the file begins with.

    Raises:
        OptionError: it cannot be read, or is neither.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
            if start.startswith(b"SQLite format 3"):
                with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                    yield _MBTiles(connection)
            elif start.startswith(b"PMTiles"):
                with contextlib.closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as data:
                    yield _PMTiles(data)
            else:
                raise OptionError(msg("{path} is neither MBTiles nor PMTiles", path=path))
    except (OSError, sqlite3.Error, ValueError, KeyError) as error:
        raise OptionError(msg("{path} cannot be read as tiles: {error}", path=path, error=error)) from error


class _MBTiles:
    """An SQLite file with a table of tiles, rows from the south."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.facts: dict[str, Any] = dict(connection.execute("SELECT name, value FROM metadata"))

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the bytes of a tile, or None where there is none."""
        found = self._connection.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (zoom, column, 2**zoom - 1 - row),
        ).fetchone()
        return None if found is None else bytes(found[0])


class _PMTiles:
    """A PMTiles archive, version 3."""

    def __init__(self, data: mmap.mmap) -> None:
        from pmtiles.reader import Reader

        self._reader: Any = cast("Any", Reader)(lambda offset, length: data[offset : offset + length])
        header = self._reader.header()
        self.facts: dict[str, Any] = {
            **self._reader.metadata(),
            "minzoom": header["min_zoom"],
            "maxzoom": header["max_zoom"],
        }

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the bytes of a tile, or None where there is none."""
        found = self._reader.get(zoom, column, row)
        return None if found is None else bytes(found)
