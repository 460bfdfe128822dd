import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mapgen.errors import OptionError, OutputError
from mapgen.files import check_outputs, home_directory, write_aside


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


def test_a_new_file_gets_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_aside(tmp_path / "page.html", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o640


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    longest = tmp_path / ("é" * 120 + ".html")
    write_aside(longest, "x")
    assert longest.read_text(encoding="utf-8") == "x"


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "page.html", tmp_path / "link.html"
    link.symlink_to(target)
    for content in ("one", "two"):  # the first makes the file that the link promises
        write_aside(link, content)
        assert link.is_symlink()
        assert not target.is_symlink()
        assert target.read_text(encoding="utf-8") == content
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["page.html"]
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(OutputError):
        write_aside(one, "x")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_written_through_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        got: list[bytes] = []
        reader = threading.Thread(target=lambda got=got: got.append(pipe.read_bytes()))
        reader.start()
        write_aside(path, "é" * 100_000)
        reader.join()
        assert got == ["é".encode() * 100_000]
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "pipe"]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals")
def test_a_device_is_written_through_and_stays_a_device(tmp_path: Path) -> None:
    main, device = os.openpty()
    link = tmp_path / "tty"
    link.symlink_to(os.ttyname(device))
    try:
        write_aside(link, "abc")
        assert os.read(main, 10) == b"abc"
        assert stat.S_ISCHR(link.stat().st_mode)
        assert link.is_symlink()
    finally:
        os.close(main)
        os.close(device)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout")
def test_standard_output_by_its_path_is_neither_replaced_nor_written_from_its_beginning(tmp_path: Path) -> None:
    code = (
        "import os; from pathlib import Path; from mapgen.files import write_aside;"
        "print('before', flush=True); write_aside(Path('/dev/stdout'), 'page\\n'); print('after')"
    )
    target = tmp_path / "out.txt"
    with target.open("wb") as file:
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True)
        assert os.path.samestat(os.fstat(file.fileno()), target.stat())
    assert target.read_text(encoding="utf-8") == "before\npage\nafter\n"
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert piped.stdout == b"before\npage\nafter\n"


def outputs(folder: Path) -> dict[str, Path]:
    """Ways to name `folder/a.txt`."""
    (folder / "sub").mkdir()
    (folder / "link").symlink_to(folder / "a.txt")
    (folder / "hard").hardlink_to(folder / "a.txt")
    (folder / "linked-folder").symlink_to(folder)
    return {
        "itself": folder / "a.txt",
        "a roundabout path": folder / "sub" / ".." / "a.txt",
        "a symbolic link": folder / "link",
        "a hard link": folder / "hard",
        "a linked folder": folder / "linked-folder" / "a.txt",
    }


def test_an_output_that_is_an_input_is_refused_by_any_name(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Alep", encoding="utf-8")
    for way, output in outputs(tmp_path).items():
        with pytest.raises(OptionError, match="is the input"):
            check_outputs([tmp_path / "new", output], ["nowhere.txt", source])
        with pytest.raises(OptionError, match="is the input"):
            check_outputs([source], [output])
        assert source.read_text(encoding="utf-8") == "Alep", way
    (tmp_path / "b.txt").write_text("Alep", encoding="utf-8")
    check_outputs([tmp_path / "b.txt", tmp_path / "c.txt", tmp_path / "no" / "d.txt"], [source, "-", "nowhere.txt"])


def test_what_a_killed_run_has_left_is_removed_by_the_next(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; import mapgen.files as files;"
        "files.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL);"
        "files.write_aside(Path(sys.argv[1]), 'x')"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.html")], check=False)
    assert killed.returncode != 0
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".mapgen.")
    other = tmp_path / ".mapgen.notes"  # not of the form of such files
    other.write_text("kept", encoding="utf-8")
    write_aside(tmp_path / "b.html", "y")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mapgen.notes", "b.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_file_that_another_run_is_writing_stays(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import mapgen.files as files;"
        "files.os.fsync = lambda _: (print('written', flush=True), sys.stdin.read());"
        "files.write_aside(Path(sys.argv[1]), 'x')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "a.html")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writing:
        assert writing.stdin is not None
        assert writing.stdout is not None
        assert writing.stdout.readline() == b"written\n"
        write_aside(tmp_path / "b.html", "y")
        writing.stdin.close()
        assert writing.wait(1200) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]
