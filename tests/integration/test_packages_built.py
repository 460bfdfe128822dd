"""Wheel and sdist: the same bytes from the same sources, wherever and whenever they are built, and whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("mapgen", "data", "release", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore")


def built(folder: Path, *, epoch: str, mask: int) -> dict[str, bytes]:
    """Build from a copy of the sources with times and permissions of its own; return the files made."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part, sources / part, copy_function=shutil.copy, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / part, sources / part)
    for path in sources.rglob("*"):
        if path.is_file():
            path.chmod(0o666 & ~mask)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(sources)],
        env=os.environ | {"SOURCE_DATE_EPOCH": epoch, "TZ": f"XXX{len(folder.name)}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {file.name: file.read_bytes() for file in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    for needed in ("build", "hatchling"):
        pytest.importorskip(needed, reason=f"needs {needed} (pip install 'mapgen[dev]')")
    first, second = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("another")
    return (
        first / "dist",
        built(first, epoch="1767225600", mask=0o022),
        built(second, epoch="1767225600", mask=0o077),
    )


def test_the_same_sources_make_the_same_bytes(packages: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    _, first, second = packages
    assert sorted(name.rpartition("-")[2] for name in first) == sorted(["any.whl", f"{version()}.tar.gz"])
    assert first == second


def version() -> str:
    from mapgen import __version__

    return __version__


def test_the_wheel_is_whole(packages: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    wheel = next(packages[0].glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "mapgen").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= names
    assert {"mapgen/samples/dispatch.txt", "mapgen/samples/places.csv"} <= names
    information = f"mapgen-{version()}.dist-info"
    assert {f"{information}/sboms/mapgen.cdx.json", f"{information}/licenses/LICENSE"} <= names
    assert all(name.startswith(("mapgen/", f"{information}/")) for name in names)


def test_the_sdist_holds_what_the_wheel_is_made_from(
    packages: tuple[Path, dict[str, bytes], dict[str, bytes]],
) -> None:
    with tarfile.open(next(packages[0].glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "release/mapgen.cdx.json", "data/dispatch.txt"} <= names
