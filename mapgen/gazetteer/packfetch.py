"""Fetches the files of several country packs at once, and the lists of the codes of their divisions."""

from __future__ import annotations

import contextlib
import gzip
import re
import threading
import urllib.parse
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mapgen.errors import PackError
from mapgen.gazetteer.fetching import AbsentError, Tell, fetch, locate, size_of
from mapgen.gazetteer.writer import Progress
from mapgen.messages import Message, msg

__all__ = [
    "FETCHING",
    "FetchedPacks",
    "PackFiles",
    "absence",
    "fetch_codes",
    "fetch_packs",
    "forget_files",
    "pack_size",
    "read_codes",
    "side_by_side",
]

AT_ONCE = 4
"""Connections to one server."""
FETCHING = 0.7
"""The share of the work of adding a pack that fetching it is taken to be."""
_POLL_S = 0.2
_CODE_FILES = ("admin1CodesASCII.txt", "admin2Codes.txt")

Codes = Mapping[str, tuple[int, str]]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of a country.

    Attributes:
        country: ISO 3166-1 alpha-2.
        base: URL or folder that they come from.
        dump: the table of places.
        alternate: the table of alternate names, or None where the source has none.
    """

    country: str
    base: str | Path
    dump: Path
    alternate: Path | None


@dataclass(slots=True)
class FetchedPacks:
    """The files of some countries, and of the codes of divisions.

    Attributes:
        packs: in the order in which they were asked for.
        code_files: lists of codes.
        downloads: folder of what was fetched; what lies elsewhere is the user's own.
    """

    packs: tuple[PackFiles, ...]
    code_files: tuple[Path, ...]
    downloads: Path

    def division_codes(self) -> Mapping[str, Codes]:
        """Return GeoNames id and name of the divisions of each country by code ("SY.09", "SY.09.123").

        Raises:
            PackError: a list is damaged or malformed; it is deleted where it was fetched.
        """
        try:
            codes = read_codes(self.code_files, countries=frozenset(files.country for files in self.packs))
        except PackError:
            forget_files(self.code_files, self.downloads)
            raise
        found: dict[str, dict[str, tuple[int, str]]] = {}
        for code, division in codes.items():
            found.setdefault(code.partition(".")[0], {})[code] = division
        return found

    def forget(self, files: PackFiles | None = None) -> None:
        """Delete what was fetched: of one pack, or all."""
        if files is not None:
            forget_files((files.dump, files.alternate), self.downloads)
            return
        for each in self.packs:
            self.forget(each)
        forget_files(self.code_files, self.downloads)


def fetch_packs(countries: Sequence[str], *, source: str | Path, downloads: Path, tell: Progress) -> FetchedPacks:
    """Fetch the files of some countries, several at once; those that the source has.

    Args:
        countries: ISO 3166-1 alpha-2 codes.
        source: URL of a mirror, a folder, or the zip of the one country.
        downloads: folder for what is fetched; files of a folder are used where they are.
        tell: called with the share of the whole, from this thread.

    Raises:
        AbsentError: the source has no file of any of them.
        PackError: a file is out of reach, or the disk is full. What has come is kept for the next attempt.
    """
    jobs = [_job(country, source, downloads) for country in countries]
    came = side_by_side(jobs, [f"{country}.zip" for country in countries], tell)
    packs = tuple(files for files in came if isinstance(files, PackFiles))
    absent = {country: error for country, error in zip(countries, came, strict=True) if isinstance(error, AbsentError)}
    if len(absent) == 1 == len(countries):
        raise absent[countries[0]]
    if not packs:
        raise AbsentError(msg("has none of {names}", names=_file_names(absent)), path=source)
    return FetchedPacks(packs, fetch_codes(packs[0].base, downloads), downloads)


def _file_names(countries: Iterable[str]) -> str:
    return ", ".join(f"{country}.zip" for country in countries)


def absence(countries: Iterable[str], source: str | Path) -> Message:
    """Return a line on the countries that a source has no pack of, where it has those of others."""
    return msg("{source} has no {names}; the other packs are added", source=source, names=_file_names(countries))


def pack_size(country: str, source: str | Path) -> int | None:
    """Return how many bytes the files of a country have at a source; None where it cannot be told soon."""
    return size_of(source, (f"{country}.zip", f"alternatenames/{country}.zip"))


def _job(country: str, source: str | Path, downloads: Path) -> Callable[[Tell], PackFiles | AbsentError]:
    def run(tell: Tell) -> PackFiles | AbsentError:
        name = f"{country}.zip"
        try:
            base = locate(source, name)
        except AbsentError as error:
            return error
        dump = fetch(base, name, downloads, tell)
        alternate = fetch(base, f"alternatenames/{name}", downloads, lambda *_: tell(1, 1), required=False)
        if dump is None:
            raise PackError(msg("holds no {name}", name=name), path=base)
        return PackFiles(country, base, dump, alternate)

    return run


def side_by_side(jobs: Sequence[Callable[[Tell], Result]], names: Sequence[str], tell: Progress) -> list[Result]:
    """Run jobs that fetch, `AT_ONCE` at a time, and return what each returns, in order.

    The first that fails ends the others, which keep what they have for the next attempt; so does an interrupt.

    Args:
        jobs: each is given a function to be called with the bytes that have come, and of how many.
        names: of what they fetch.
        tell: called with the share of the whole, from this thread.
    """
    shares = [0.0] * len(jobs)
    stop = threading.Event()

    def run(number: int) -> Result:
        def note(have: int, whole: int) -> None:
            if stop.is_set():
                raise PackError(msg("was stopped"))
            shares[number] = have / whole if whole else 0.5

        result = jobs[number](note)
        shares[number] = 1.0
        return result

    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="mapgen-fetch") as pool:
        running: set[Future[Result]] = set()
        try:
            futures = [pool.submit(run, number) for number in range(len(jobs))]
            running = set(futures)
            told = 0.0
            while running:
                done, running = wait(running, timeout=_POLL_S, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
                told = max(told, sum(shares) / len(jobs))
                under_way = [name for name, share in zip(names, shares, strict=True) if share < 1.0]
                tell(msg("fetching {name}", name=under_way[0] if under_way else names[-1]), FETCHING * told)
        except BaseException:
            stop.set()
            for future in running:
                future.cancel()
            raise
    return [future.result() for future in futures]


def _parent(base: str | Path) -> str | Path:
    """Return the folder above the dumps, where GeoNames' lists of codes may be; the dumps' own where none is above."""
    if isinstance(base, Path):
        return base.parent
    return urllib.parse.urljoin(base, "../")


def fetch_codes(base: str | Path, downloads: Path) -> tuple[Path, ...]:
    """Fetch the lists of the codes of divisions from the folder of the dumps or the one above, as far as they exist."""
    found = []
    for name in _CODE_FILES:
        for place, file in ((base, name), (_parent(base), name), (base, f"{name}.gz"), (_parent(base), f"{name}.gz")):
            path = fetch(place, file, downloads, lambda have, whole: None, required=False)  # noqa: ARG005
            if path is not None:
                found.append(path)
                break
    return tuple(found)


_LONGEST_ID = 12
"""Digits of an id at most."""


def read_codes(paths: Sequence[Path], *, countries: Collection[str] | None = None) -> dict[str, tuple[int, str]]:
    """Return GeoNames id and name of divisions by code ("SY.09", "SY.09.123").

    Args:
        paths: what `fetch_codes` returns.
        countries: the countries that are wanted; all when not given.

    Raises:
        PackError: a list is damaged or malformed.
    """
    codes: dict[str, tuple[int, str]] = {}
    for path in paths:
        try:
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
            raise PackError(msg("is damaged ({error}): fetch it again", error=error), path=path.name) from error
        wanted = "[A-Z]{2}" if countries is None else "|".join(map(re.escape, sorted(countries)))
        for line in re.findall(rf"^(?:{wanted})\..*$", text, re.MULTILINE):
            cells = line.split("\t")
            if len(cells) != 4 or not (cells[3].isdecimal() and len(cells[3]) <= _LONGEST_ID):
                raise PackError(
                    msg("has {count} columns where 4 belong: {line}", count=len(cells), line=line[:40]), path=path.name
                )
            codes[cells[0]] = (int(cells[3]), cells[1])
    return codes


def forget_files(paths: Sequence[Path | None], downloads: Path) -> None:
    """Delete those of some files that were fetched; what is not below `downloads` is the user's own."""
    for path in paths:
        if path is not None and downloads in path.parents:
            with contextlib.suppress(OSError):
                path.unlink()
                path.parent.rmdir()
