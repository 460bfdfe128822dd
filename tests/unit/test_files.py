from pathlib import Path

import pytest

from mapgen.errors import OutputError
from mapgen.files import home_directory, write_aside


def test_writes_text_and_bytes_and_makes_folders(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "page.html"
    write_aside(target, "é\r\n")
    assert target.read_bytes() == "é\r\n".encode()
    write_aside(target, b"\x00")
    assert target.read_bytes() == b"\x00"
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_lone_surrogates_do_not_stop_the_writing(tmp_path: Path) -> None:
    write_aside(tmp_path / "a", "x\ud800y")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "x?y"


def test_a_failure_leaves_the_old_file_and_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mapgen.files.os.fsync", full)
    with pytest.raises(OutputError, match=r"page\.html: cannot be written: No space left"):
        write_aside(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_aside(tmp_path, "x")


def test_keeps_the_mode_of_what_it_replaces(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    write_aside(target, "one")
    target.chmod(0o640)
    write_aside(target, "two")
    assert target.stat().st_mode & 0o777 == 0o640


def test_home_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPGEN_HOME", str(tmp_path))
    assert home_directory() == tmp_path
    monkeypatch.delenv("MAPGEN_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert home_directory().name == "mapgen"
