"""Country packs: GeoNames' dumps of whole countries, added to and removed from the gazetteer.

All packs live in one file, `packs.sqlite`, a layer like the embedded one. A change is one transaction: it happens
wholly or, whatever goes wrong, not at all. GeoNames is licensed CC BY 4.0 (geonames.org).
"""

from __future__ import annotations

import contextlib
import gzip
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from mapgen.errors import PackError
from mapgen.files import home_directory
from mapgen.gazetteer.build import no_collection
from mapgen.gazetteer.dumps import read_dump
from mapgen.gazetteer.fetching import OFFICIAL, Tell, fetch, locate
from mapgen.gazetteer.packfile import Pack, PackInfo, changed, kept_packs, list_packs, write_packs
from mapgen.gazetteer.writer import Progress

__all__ = ["OFFICIAL", "PackInfo", "add_packs", "list_packs", "remove_packs"]


def add_packs(
    countries: Sequence[str],
    *,
    source: str | Path = OFFICIAL,
    home: Path | None = None,
    progress: Progress | None = None,
) -> tuple[PackInfo, ...]:
    """Fetch the packs of some countries and add them; a pack that is there already is replaced.

    Args:
        countries: ISO 3166-1 alpha-2 codes ("SY", "IQ").
        source: URL of a mirror, a folder, or the zip of the one country that is added; laid out as GeoNames'
            `export/dump`: `SY.zip`, `alternatenames/SY.zip`, `admin1CodesASCII.txt`, `admin2Codes.txt`. The alternate
            names and the codes may be missing.
        home: folder of the gazetteer; `MAPGEN_HOME`, else the user's cache folder.
        progress: told what is done, and the share of the whole.

    Raises:
        PackError: a file is out of reach, broken or malformed, or the disk is full. The gazetteer is as it was.
    """
    folder = home if home is not None else home_directory()
    tell = progress or (lambda what, share: None)  # noqa: ARG005
    codes = list(dict.fromkeys(code.strip().upper() for code in countries))
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            raise PackError(f"{code!r} is no country code of two letters (ISO 3166-1), like SY")
    with no_collection():
        packs = [_load(code, source, folder, _share(tell, number, len(codes) + 1)) for number, code in enumerate(codes)]
        tell("writing names", len(codes) / (len(codes) + 1))
        with changed(folder) as connection:
            kept = kept_packs(connection, codes)
            write_packs(connection, kept, packs)
    tell("done", 1.0)
    return tuple(pack.info for pack in packs)


def remove_packs(countries: Sequence[str], *, home: Path | None = None) -> tuple[str, ...]:
    """Remove the packs of some countries.

    Returns:
        The codes of the packs that were there.

    Raises:
        PackError: the packs cannot be written; they are as they were.
    """
    folder = home if home is not None else home_directory()
    codes = {code.strip().upper() for code in countries}
    present = tuple(pack.country for pack in list_packs(home=folder) if pack.country in codes)
    if present:
        with no_collection(), changed(folder) as connection:
            write_packs(connection, kept_packs(connection, present), ())
    return present


def _load(code: str, source: str | Path, home: Path, tell: Progress) -> Pack:
    name = f"{code}.zip"
    base = locate(source, name)
    downloads = home / "downloads"

    dump = fetch(base, name, downloads, _bytes(tell, f"fetching {name}", 0.0, 0.4))
    names_file = f"alternatenames/{name}"
    alternate = fetch(base, names_file, downloads, _bytes(tell, f"fetching {names_file}", 0.4, 0.7), required=False)
    codes = _codes(base, downloads, code)
    tell(f"reading {name}", 0.75)
    if dump is None:
        raise PackError(f"holds no {name}", path=base)
    try:
        read = read_dump(dump, alternate, codes)
    except PackError:
        # What came is whole and yet no good: the next attempt must fetch it anew.
        _forget((dump, alternate), downloads)
        raise
    _forget((dump, alternate), downloads)
    names = sum(len(entry.names) + 1 for entry in read.entries)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Pack(PackInfo(code, str(base), now, len(read.entries), names), read)


def _share(tell: Progress, number: int, of: int) -> Progress:
    return lambda what, share: tell(what, (number + share) / of)


def _bytes(tell: Progress, what: str, start: float, end: float) -> Tell:
    return lambda have, whole: tell(what, start + (end - start) * (have / whole if whole else 0.5))


def _forget(paths: Sequence[Path | None], downloads: Path) -> None:
    for path in paths:
        if path is not None and downloads in path.parents:
            with contextlib.suppress(OSError):
                path.unlink()
                path.parent.rmdir()


def _codes(base: str | Path, downloads: Path, country: str) -> dict[str, tuple[int, str]]:
    """A country's administrative codes, from the folder of the dumps or the one above; empty where there are none."""
    above = base.parent if isinstance(base, Path) else base.rstrip("/").rpartition("/")[0] + "/"
    codes: dict[str, tuple[int, str]] = {}
    for name in ("admin1CodesASCII.txt", "admin2Codes.txt"):
        for place, file in ((base, name), (above, name), (base, f"{name}.gz"), (above, f"{name}.gz")):
            path = fetch(place, file, downloads, lambda have, whole: None, required=False)  # noqa: ARG005
            if path is not None:
                codes |= _code_rows(path, country)
                _forget((path,), downloads)
                break
    return codes


def _code_rows(path: Path, country: str) -> Iterator[tuple[str, tuple[int, str]]]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise PackError(f"is damaged ({error}): fetch it again", path=path.name) from error
    for line in re.findall(rf"^{country}\..*$", text, re.MULTILINE):
        cells = line.split("\t")
        if len(cells) != 4 or not cells[3].isdecimal():
            raise PackError(f"has {len(cells)} columns where 4 belong: {line[:40]}", path=path.name)
        yield cells[0], (int(cells[3]), cells[1])
