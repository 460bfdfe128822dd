from pathlib import Path

import pytest

from mapgen.errors import OptionError
from mapgen.targets import target_paths


def test_pages_go_to_the_output_folder_by_the_name_of_the_text() -> None:
    assert target_paths(["data/dispatch.txt"], "") == [Path("output/dispatch.html")]
    assert target_paths(["-"], "") == [Path("output/stdin.html")]


def test_output_is_a_file_or_a_folder(tmp_path: Path) -> None:
    assert target_paths(["a.txt"], "x/b.html") == [Path("x/b.html")]
    assert target_paths(["a.txt"], "maps/") == [Path("maps/a.html")]
    assert target_paths(["a.txt"], "v1.2/") == [Path("v1.2/a.html")]
    assert target_paths(["a.txt"], str(tmp_path)) == [tmp_path / "a.html"]


def test_an_output_means_the_same_for_one_text_and_for_two(tmp_path: Path) -> None:
    for folder in ("maps", "maps/"):
        assert target_paths(["a.txt"], folder) == [Path("maps/a.html")]
        assert target_paths(["a.txt", "b.txt"], folder) == [Path("maps/a.html"), Path("maps/b.html")]
    (tmp_path / "page").touch()
    for file in ("maps.html", str(tmp_path / "page"), "-"):
        assert target_paths(["a.txt"], file) == [None if file == "-" else Path(file)]
        with pytest.raises(OptionError, match="2 texts would be written to"):
            target_paths(["a.txt", "b.txt"], file)


def test_what_is_there_and_no_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert target_paths(["a.txt"], str(tmp_path / "link")) == [tmp_path / "link"]
    (tmp_path / "target").mkdir()
    assert target_paths(["a.txt"], str(tmp_path / "link")) == [tmp_path / "link" / "a.html"]


def test_two_texts_never_share_a_page() -> None:
    assert target_paths(["a.txt", "a.docx"], "maps") == [Path("maps/a.txt.html"), Path("maps/a.docx.html")]
    assert target_paths(["x/a.txt", "y/a.txt"], "maps") == [Path("maps/x/a.txt.html"), Path("maps/y/a.txt.html")]
    with pytest.raises(OptionError, match="would be written"):
        target_paths(["x/a.txt", "x/a.txt"], "maps")
