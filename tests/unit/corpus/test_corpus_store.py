"""A file of the store appears whole or not at all, on a disk and in an object store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from mapgen.corpus.run import run
from mapgen.corpus.selection import selection_of
from mapgen.corpus.store import Store
from mapgen.errors import OptionError, OutputError
from mapgen.settings import Settings


@pytest.fixture(params=["folder", "address"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        yield Store.at(str(tmp_path / "out"))
        return
    address = f"memory://store/{tmp_path.name}"
    yield Store.at(address)
    system = fsspec.filesystem("memory")
    if system.exists(address):
        system.rm(address, recursive=True)


def test_a_file_that_fails_half_way_leaves_the_one_before(store: Store) -> None:
    store.write("a/b.bin", b"before")
    with pytest.raises(ZeroDivisionError), store.writing("a/b.bin") as file:
        file.write(b"half of it")
        raise ZeroDivisionError
    with pytest.raises(OutputError), store.writing("a/c.bin") as file:
        file.write(b"half of it")
        raise OSError(28, os.strerror(28))
    assert store.read("a/b.bin") == b"before"
    assert store.names("a") == ["b.bin"]


def test_commits_come_in_the_order_of_their_numbers(store: Store) -> None:
    assert list(store.committed()) == []
    for number in (11, 2, 1_000_000):
        store.commit(number, {"partition": number})
    assert [number for number, _ in store.committed()] == [2, 11, 1_000_000]
    assert all(values == {"partition": number} for number, values in store.committed())


def test_what_is_missing_or_damaged_is_nothing(store: Store) -> None:
    assert store.read("none") is None
    assert store.names("none") == []
    assert not store.is_folder("none")
    store.remove("none")
    store.write("run.json", b'{"format": 1')
    assert store.read_json("run.json") is None


def test_a_file_takes_the_place_of_another(store: Store) -> None:
    store.write("single/t.parquet", b"new")
    store.write("t.parquet", b"old")
    store.move("single/t.parquet", "t.parquet")
    assert (store.read("t.parquet"), store.names("single")) == (b"new", [])


class Remembering(MemoryFileSystem):
    """A file system that lists a folder once, as those of object stores do."""

    protocol = "remembering"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    listed: ClassVar[dict[str, Any]] = {}

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:
        if path not in self.listed:
            self.listed[path] = super().ls(path, detail=True, **options)
        return self.listed[path] if detail else [each["name"] for each in self.listed[path]]

    def invalidate_cache(self, path: str | None = None) -> None:  # noqa: ARG002
        self.listed.clear()


def test_what_another_process_writes_is_seen() -> None:
    fsspec.register_implementation("remembering", Remembering, clobber=True)
    store = Store.at("remembering://out")
    store.write("t.parquet/a", b"1")
    assert store.names("t.parquet") == ["a"]
    (name,) = Remembering.store
    Remembering.store[name.removesuffix("a") + "b"] = Remembering.store[name]
    assert store.names("t.parquet") == ["a", "b"]


def test_an_address_of_files_is_a_folder(tmp_path: Path) -> None:
    store = Store.at((tmp_path / "with space").as_uri())
    assert store.local == tmp_path / "with space"
    assert Store.at("s3://bucket/out").local is None


def test_an_archive_in_an_object_store_is_a_side_of_a_comparison(store: Store) -> None:
    store.write_json("run.json", {"format": 1})
    assert selection_of(store.output).is_archive
    assert selection_of(f"{store.output}@2021-03").is_archive
    assert selection_of(f"{store.output}/corpus.html#p=0.5").is_archive
    assert not selection_of(store.path("other")).is_archive


@pytest.mark.parametrize(("given", "output"), [("memory://in", "out"), ("in", "memory://out")])
def test_what_other_processes_cannot_reach_is_refused(given: str, output: str, tmp_path: Path) -> None:
    where = output if "://" in output else str(tmp_path / output)
    with pytest.raises(OptionError, match="lies in the memory of one process"):
        from mapgen.corpus.options import RunOptions

        run((given,), where, Settings(), RunOptions(), tell=print, listen=print)
