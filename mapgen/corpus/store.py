"""The folder of results: files are written aside, made durable, renamed, and committed last.

A part of a table counts only when `commits/K.json` names it; that file is written after all others of its partition.
Writing a partition twice gives the same bytes, so it is harmless. On a local file system a file is written aside,
flushed to the disk and renamed; for an object store it is written to a temporary folder and sent, and the store
replaces a file at once when its last byte has arrived.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mapgen.corpus.extras import needed
from mapgen.errors import OutputError
from mapgen.files import create_aside
from mapgen.messages import msg, reason_of

__all__ = ["Store", "part_name"]

_ASIDE = ".aside"


def part_name(table: str, number: int) -> str:
    """Return the path of a part of a table below the store."""
    return f"{table}.parquet/part-{number:06d}.parquet"


def _commit_name(number: int) -> str:
    return f"commits/{number:06d}.json"


@dataclass(frozen=True, slots=True)
class Store:
    """The results of an archive, by the path or address of their folder; it can be pickled."""

    output: str

    @classmethod
    def at(cls, output: str) -> Self:
        """Return the store in a folder: a path, which becomes absolute, or an address of fsspec."""
        if output.startswith("file://"):
            output = url2pathname(urlsplit(output).path)
        return cls(output if "://" in output else str(Path(output).absolute()))

    @property
    def local(self) -> Path | None:
        """The folder, or None where the results lie at an address of fsspec."""
        return None if "://" in self.output else Path(self.output)

    def path(self, name: str) -> str:
        """Return the path or address of a file of the store."""
        return str(self.local / name) if self.local is not None else f"{self.output.rstrip('/')}/{name}"

    def system(self, name: str = "") -> tuple[Any, str]:
        """Return the file system of fsspec and the path in it of a file of the store.

        What the system remembers of listings is forgotten: workers, which are other processes, write files too.
        """
        system, path = needed("fsspec").core.url_to_fs(self.path(name))
        system.invalidate_cache()
        return system, path

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Write a file: it appears whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            with self._local_file(name) if self.local is not None else self._remote_file(name) as file:
                yield file
        except OSError as error:
            raise OutputError(
                msg("cannot be written: {reason}", reason=reason_of(error)), path=self.path(name)
            ) from error

    @contextmanager
    def _local_file(self, name: str) -> Iterator[IO[bytes]]:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = create_aside(target.parent, prefix=_ASIDE)
        try:
            with aside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            aside.replace(target)
            _sync_folder(target.parent)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)

    @contextmanager
    def _remote_file(self, name: str) -> Iterator[IO[bytes]]:
        # A stream to an object store that ends with an error leaves half a file there: the whole is sent at once.
        with tempfile.TemporaryDirectory(prefix="mapgen-") as folder:
            aside = Path(folder) / "aside"
            with aside.open("wb") as file:
                yield file
            system, path = self.system(name)
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            system.put_file(str(aside), path)

    def write(self, name: str, data: bytes) -> None:
        """Write a file of these bytes.

        Raises:
            OutputError: it cannot be written.
        """
        with self.writing(name) as file:
            file.write(data)

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the store.

        Raises:
            FileNotFoundError: there is none.
        """
        system, path = self.system(name)
        with system.open(path, "rb") as file:
            yield file

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None where there is none."""
        try:
            with self.reading(name) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def write_json(self, name: str, values: Any) -> None:
        """Write values as indented JSON.

        Raises:
            OutputError: it cannot be written.
        """
        self.write(name, (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace"))

    def read_json(self, name: str) -> Any:
        """Return the values of a JSON file; None where there is none or it is damaged."""
        data = self.read(name)
        try:
            return None if data is None else json.loads(data)
        except ValueError:
            return None

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder of the store, sorted; none where there is no such folder."""
        system, path = self.system(folder)
        try:
            found = system.ls(path, detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(name.rstrip("/").rpartition("/")[2] for name in found)

    def commit(self, number: int, values: Any) -> None:
        """Declare the files of a partition valid: the last step of its task.

        Raises:
            OutputError: the commit cannot be written.
        """
        self.write_json(_commit_name(number), values)

    def committed(self) -> Iterator[tuple[int, Any]]:
        """Yield number and values of each commit, in the order of the partitions."""
        for name in self.names("commits"):
            stem, dot, suffix = name.partition(".")
            if dot and suffix == "json" and stem.isdecimal():
                yield int(stem), self.read_json(f"commits/{name}")

    def remove(self, name: str) -> None:
        """Remove a file or a folder of the store, if it is there."""
        system, path = self.system(name)
        with contextlib.suppress(FileNotFoundError):
            system.rm(path, recursive=True)

    def is_folder(self, name: str) -> bool:
        """Whether a folder of this name is there."""
        system, path = self.system(name)
        return bool(system.isdir(path))

    def move(self, name: str, target: str) -> None:
        """Rename a file of the store; an existing file of that name is replaced.

        Raises:
            OutputError: it cannot be renamed.
        """
        try:
            if self.local is not None:
                Path(self.path(name)).replace(self.path(target))
                return
            system, path = self.system(name)
            system.mv(path, system._strip_protocol(self.path(target)))
        except OSError as error:
            raise OutputError(
                msg("cannot be renamed: {reason}", reason=reason_of(error)), path=self.path(name)
            ) from error

    def tidy(self) -> None:
        """Remove what a killed run has left half written."""
        if self.local is None:
            return
        for folder in (self.local, *(self.local / name for name in self.names("") if (self.local / name).is_dir())):
            for left in folder.glob(f"{_ASIDE}.*"):
                left.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
