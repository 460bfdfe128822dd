import os
import time
from pathlib import Path

import pytest
from filelock import FileLock

from mapgen.gazetteer.unused import UNUSED_DAYS, forget_unused, note_use

DAY = 86400.0


def built(home: Path, digits: str, *, days: float) -> Path:
    """A gazetteer of another version, last used so many days ago."""
    path = home / f"gazetteer-{digits * 12}.sqlite"
    path.write_bytes(b"x")
    Path(f"{path}.lock").touch()
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


def left(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def test_what_nobody_has_used_for_days_goes_and_the_rest_stays(tmp_path: Path) -> None:
    own, old = built(tmp_path, "a", days=99), built(tmp_path, "b", days=UNUSED_DAYS + 1)
    recent = built(tmp_path, "c", days=UNUSED_DAYS - 1)
    read = built(tmp_path, "d", days=99)
    os.utime(read, (time.time(), read.stat().st_mtime))
    for name in ("packs.sqlite", "gazetteer-old.sqlite", "gazetteer-eeeeeeeeeeee.sqlite-journal"):
        os.utime((tmp_path / name).touch() or tmp_path / name, (0, 0))
    before = left(tmp_path)
    assert forget_unused(tmp_path, keep=own) == (old,)
    assert left(tmp_path) == [name for name in before if not name.startswith(old.name)]
    assert own.exists()
    assert recent.exists()
    assert read.exists()


def test_one_that_is_being_built_stays(tmp_path: Path) -> None:
    old = built(tmp_path, "b", days=99)
    with FileLock(f"{old}.lock"):
        assert forget_unused(tmp_path, keep=tmp_path / "own") == ()
    assert old.exists()
    assert forget_unused(tmp_path, keep=tmp_path / "own") == (old,)


def test_one_that_the_system_will_not_delete_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = built(tmp_path, "b", days=99)

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError("another process has it open")

    monkeypatch.setattr(Path, "unlink", refused)
    assert forget_unused(tmp_path, keep=tmp_path / "own") == ()
    assert old.exists()


def test_use_is_noted_once_a_day(tmp_path: Path) -> None:
    path = built(tmp_path, "a", days=10)
    os.utime(path, (0, time.time() - 10 * DAY))
    note_use(path)
    noted = path.stat().st_mtime
    assert time.time() - noted < 60
    os.utime(path, (0, time.time() - 0.5 * DAY))
    half = path.stat().st_mtime
    note_use(path)
    assert path.stat().st_mtime == half
    note_use(tmp_path / "missing")
