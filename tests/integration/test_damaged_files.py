"""Damaged files of the home: one line with the right file, and what can be made again is made again."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import SMALL_GAZETTEER, furnished, one_line, run

from mapgen.errors import GazetteerError, PackError
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.build import embedded_path
from mapgen.gazetteer.packs import add_packs, list_packs
from mapgen.gazetteer.stamps import damage_named, is_sound, stamp, stamp_path
from mapgen.geocoding.cache import AnswerCache, Question

TEXT = "Il neige à Lyon et à Vuorkala."
ROW = "990001\tVuorkala\tVuorkala\t\t61.5\t25.5\tP\tPPL\tFI\t\t\t\t\t\t120\t\t\tEurope/Helsinki\t2024-01-01\n"


def flipped(content: bytes) -> bytes:
    """Other bits in forty places: SQLite opens such a file, and reads other values."""
    changed, chance = bytearray(content), random.Random(4)
    for _ in range(40):
        changed[chance.randrange(4096, len(changed))] ^= 0xFF
    return bytes(changed)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _content: b"",
    "half": lambda content: content[: len(content) // 2],
    "one byte short": lambda content: content[:-1],
    "zeros": lambda content: content[: len(content) // 2].ljust(len(content), b"\0"),
    "another head": lambda content: b"\xff" * 100 + content[100:],
    "no database": lambda _content: b"name,lat,lon\n" * 99,
    "flipped": flipped,
}


@pytest.fixture
def packed(tmp_path: Path, home: Path, gazetteer: Gazetteer) -> Path:
    """A home with the embedded gazetteer and a pack of one village."""
    folder = furnished(tmp_path / "home", home)
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    with zipfile.ZipFile(dumps / "FI.zip", "w") as archive:
        archive.writestr("FI.txt", ROW)
    add_packs(["FI"], source=dumps, home=folder)
    return folder


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_packs_are_told_by_their_name(damage: str, packed: Path) -> None:
    path = packed / "packs.sqlite"
    with Gazetteer.open(home=packed) as gazetteer:
        assert gazetteer.lookup("Vuorkala")
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    before = path.read_bytes()
    for use in (lambda: Gazetteer.open(home=packed), lambda: list_packs(home=packed)):
        with pytest.raises(PackError, match=r"packs\.sqlite: is damaged: delete it") as caught:
            use()
        assert caught.value.exit_code == 2
    assert path.read_bytes() == before
    path.unlink()
    with Gazetteer.open(home=packed) as gazetteer:
        assert not gazetteer.lookup("Vuorkala")


@pytest.mark.parametrize("stamped", [True, False])
def test_packs_that_another_process_changes_are_not_called_damaged(
    stamped: bool, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed / "packs.sqlite"
    monkeypatch.setattr("mapgen.gazetteer.layer._WAIT_S", 0.05)
    monkeypatch.setattr("mapgen.gazetteer.stamps._WAIT_S", 0.05)
    if not stamped:
        stamp_path(path).unlink()
    opened = Gazetteer.open(home=packed)
    writer = sqlite3.connect(path, isolation_level=None)
    with opened, contextlib.closing(writer):
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PackError, match=r"packs\.sqlite: .*another process is changing it: try again") as caught:
            Gazetteer.open(home=packed)
        assert "delete" not in str(caught.value)
        with (
            pytest.raises(GazetteerError, match=r"packs\.sqlite: another process is changing it"),
            opened.damage_named(),
        ):
            opened.lookup("Vuorkala")
        writer.execute("ROLLBACK")
        assert opened.lookup("Vuorkala")
    with Gazetteer.open(home=packed) as again:
        assert again.lookup("Vuorkala")


def test_packs_of_a_run_that_was_killed_are_looked_at_again(packed: Path) -> None:
    path = packed / "packs.sqlite"
    stamp_path(path).unlink()
    assert [pack.country for pack in list_packs(home=packed)] == ["FI"]
    assert not stamp_path(path).exists()  # only who changes the packs may say that they are whole
    path.write_bytes(DAMAGE["half"](path.read_bytes()))
    with pytest.raises(PackError):
        list_packs(home=packed)


def test_a_damaged_gazetteer_is_built_anew(tmp_path: Path, home: Path, gazetteer: Gazetteer) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    path = embedded_path(folder)
    shutil.copyfile(embedded_path(home), path)
    content = path.read_bytes()
    assert is_sound(path, changing=False)
    for damage in ("half", "flipped"):  # a build takes seconds: one is enough
        path.write_bytes(DAMAGE[damage](content))
        assert not is_sound(path, changing=False)
    done = run("places", "-", "-f", "csv", home=folder, stdin=TEXT, env=SMALL_GAZETTEER)
    assert done.returncode == 0, done.stderr
    assert "Lyon" in done.stdout
    assert one_line(done).endswith(f"{path}: was damaged, and has been built anew")
    assert run("places", "-", "-f", "csv", home=folder, stdin=TEXT).stderr == ""


def test_a_copy_of_a_home_is_no_damage(packed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(packed, copy, copy_function=shutil.copyfile)
    with Gazetteer.open(home=copy) as gazetteer:
        assert gazetteer.warnings == ()
        assert gazetteer.lookup("Vuorkala")


def test_damage_that_shows_while_a_file_is_read_is_named(tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound.sqlite", tmp_path / "broken.sqlite"
    for path in (sound, broken):
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE some (number INTEGER PRIMARY KEY, words TEXT)")
            connection.executemany("INSERT INTO some (words) VALUES (?)", [("x" * 500,)] * 200)
        connection.close()
        stamp(path)
    broken.write_bytes(DAMAGE["zeros"](broken.read_bytes()))
    connection = sqlite3.connect(broken)
    with pytest.raises(GazetteerError, match=r"broken\.sqlite: is damaged"), damage_named([sound, broken]):
        connection.execute("SELECT count(words) FROM some").fetchall()
    connection.close()
    assert stamp_path(sound).exists()
    assert not stamp_path(broken).exists()


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_answers_of_a_geocoder_are_begun_anew(damage: str, tmp_path: Path) -> None:
    question = Question(service="nominatim", url="http://localhost", name="Vuorkala" * 200)
    with AnswerCache(tmp_path) as cache:
        for number in range(60):
            cache.keep(Question(service="nominatim", url="http://localhost", name=f"{number}" * 400), ())
        cache.keep(question, ())
    (path,) = tmp_path.glob("geocoding*.sqlite")
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with AnswerCache(tmp_path) as cache:
        cache.find(question)
        cache.keep(question, ())
        assert cache.find(question) == ()
        assert cache.turn("localhost", 0.0) == pytest.approx(0.0, abs=1.0)
    with AnswerCache(tmp_path) as cache:
        assert cache.find(question) == ()
        assert cache.trouble == ""


def test_what_killed_runs_have_left_in_the_home_goes(packed: Path, tmp_path: Path) -> None:
    left = packed / ".names.abcdefgh"
    left.mkdir()
    (left / "names-0").write_bytes(b"x" * 1000)
    add_packs(["FI"], source=tmp_path / "dumps", home=packed)
    assert not left.exists()
