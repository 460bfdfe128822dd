from __future__ import annotations

from pathlib import Path

import pytest

from mapgen.errors import DocumentError
from mapgen.reading import text_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_a_folder_stands_for_its_texts(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.EML", "photo.jpg", ".hidden.txt", "sub/c.docx", ".git/d.txt")
    files, notes = text_files([str(tmp_path), "-", "other.xyz"])
    assert files == [str(tmp_path / "a.EML"), str(tmp_path / "b.txt"), "-", "other.xyz"]
    assert len(notes) == 1
    assert "1 file was left out" in notes[0]
    files, _ = text_files([str(tmp_path)], recursive=True)
    assert files == [str(tmp_path / name) for name in ("a.EML", "b.txt", "sub/c.docx")]


def test_maps_of_an_earlier_run_are_no_texts(tmp_path: Path) -> None:
    make(tmp_path, "a.html")
    (tmp_path / "b.html").write_text('<html><head><meta name="generator" content="mapgen"></head>', encoding="utf-8")
    assert text_files([str(tmp_path)])[0] == [str(tmp_path / "a.html")]


def test_a_folder_without_a_text(tmp_path: Path) -> None:
    make(tmp_path, "sub/a.txt", "photo.jpg")
    with pytest.raises(DocumentError, match="--recursive"):
        text_files([str(tmp_path)])


def test_results_of_an_earlier_run_are_no_texts(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "out/a.csv", "out/deep/b.csv")
    files, _ = text_files([str(tmp_path)], recursive=True, results=str(tmp_path / "out"))
    assert files == [str(tmp_path / "a.txt")]
    assert len(text_files([str(tmp_path)], recursive=True, results=str(tmp_path))[0]) == 3
