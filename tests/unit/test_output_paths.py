from pathlib import Path

import pytest

from mapgen.cli import page_paths
from mapgen.errors import OptionError


def test_pages_go_to_the_output_folder_by_the_name_of_the_text() -> None:
    assert page_paths(["data/dispatch.txt"], "") == [Path("output/dispatch.html")]
    assert page_paths(["-"], "") == [Path("output/stdin.html")]


def test_output_is_a_file_or_a_folder(tmp_path: Path) -> None:
    assert page_paths(["a.txt"], "x/b.html") == [Path("x/b.html")]
    assert page_paths(["a.txt"], "maps/") == [Path("maps/a.html")]
    assert page_paths(["a.txt"], str(tmp_path)) == [tmp_path / "a.html"]
    assert page_paths(["a.txt", "b.txt"], "maps") == [Path("maps/a.html"), Path("maps/b.html")]


def test_two_texts_never_share_a_page() -> None:
    assert page_paths(["a.txt", "a.docx"], "maps") == [Path("maps/a.txt.html"), Path("maps/a.docx.html")]
    with pytest.raises(OptionError, match="would be written"):
        page_paths(["x/a.txt", "y/a.txt"], "maps")
