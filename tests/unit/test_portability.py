"""What differs between systems: encodings of files and of the system, ends of lines, separators of paths."""

from __future__ import annotations

import ast
import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mapgen.corpus.sources import listing

ROOT = Path(__file__).parent.parent.parent
TEXT = "Le train de Dijon à Besançon s'est arrêté à Dole.\n\nÀ Besançon, il a plu ; à Dole, non.\n"


def test_every_text_file_is_read_and_written_with_its_encoding() -> None:
    """As PLW1514 of ruff, which does not know the types of all paths."""
    without = []
    for path in sorted(path for part in ("mapgen", "docs", "release", "tests") for path in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                at = {"read_text": 0, "write_text": 1}.get(node.func.attr)
                if at is not None and len(node.args) <= at and "encoding" not in {word.arg for word in node.keywords}:
                    without.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert without == []


def places(file: Path, home: Path, **environment: str) -> bytes:
    """The output of `mapgen places` for a file, as bytes; a file opened with the encoding of the system is an error."""
    code = (
        "import warnings; warnings.filterwarnings('error', category=EncodingWarning, module='mapgen');"
        "from mapgen.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", code, "places", str(file), "--format", "csv"],
        env=os.environ | {"MAPGEN_HOME": str(home), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_encoding_of_the_system_changes_nothing(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "entrée.txt"
    file.write_text(TEXT, encoding="utf-8", newline="")
    usual = places(file, home, PYTHONUTF8="1")
    assert "Besançon" in usual.decode("utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp1252"}
    assert places(file, home, **plain) == usual


def test_a_text_of_windows_means_the_same(home: Path, tmp_path: Path) -> None:
    def rows(name: str, content: bytes) -> list[str]:
        file = tmp_path / name
        file.write_bytes(content)
        read = csv.DictReader(io.StringIO(places(file, home).decode("utf-8"), newline=""))
        return [f"{row['text']} {row['place_id']}" for row in read]

    usual = rows("a.txt", TEXT.encode("utf-8"))
    assert len(usual) == 5
    for name, encoding in (("b.txt", "utf-8"), ("c.txt", "utf-8-sig"), ("d.txt", "cp1252"), ("e.txt", "utf-16")):
        assert rows(name, TEXT.replace("\n", "\r\n").encode(encoding)) == usual


@pytest.mark.parametrize(
    ("given", "root"),
    [
        ("texts/1968/*.txt", "texts\\1968\\"),
        ("texts\\1968\\*.txt", "texts\\1968\\"),
        ("C:/texts/a.txt", "C:\\texts\\"),
        ("C:\\texts/**/a?.txt", "C:\\texts\\"),
        ("a.txt", ""),
    ],
)
def test_both_separators_of_windows_name_a_folder(monkeypatch: pytest.MonkeyPatch, given: str, root: str) -> None:
    monkeypatch.setattr(listing, "os", SimpleNamespace(sep="\\", altsep="/", path=os.path))
    assert listing.root_of(given) == root


def test_names_of_own_files_are_told_apart_without_their_case() -> None:
    """Windows and macOS keep one file of two whose names differ in case alone."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no checkout: git does not know the files")
    names = [name for name in done.stdout.decode("utf-8").split("\0") if name]
    assert len(names) == len({name.lower() for name in names}) > 500
    assert not [name for name in names if set(name) & set('<>:"\\|?*') or name.endswith((" ", "."))]
    reserved = {"con", "prn", "aux", "nul"}
    assert not [name for name in names for part in Path(name).parts if part.partition(".")[0].lower() in reserved]
