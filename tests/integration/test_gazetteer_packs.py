"""Country packs over HTTP on the loopback, with GeoNames' facts, and everything that can go wrong on the way."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import GUARD_S
from pack_servers import Server, serving, unspoilt

from mapgen.errors import PackError
from mapgen.gazetteer.build import embedded_path
from mapgen.gazetteer.packs import add_packs, list_packs, remove_packs
from mapgen.gazetteer.stamps import forget_stamp
from mapgen.gazetteer.store import Gazetteer
from mapgen.geodesy import distance_km
from mapgen.model import MatchType

pytestmark = pytest.mark.shared


@pytest.fixture
def server(shared: Path) -> Iterator[Server]:
    with serving(shared / "geonames") as running:
        yield running


@pytest.fixture
def own_home(tmp_path: Path, gazetteer: Gazetteer) -> Path:
    """A home with the embedded gazetteer, which need not be built again, and no packs."""
    assert gazetteer.path is not None
    with contextlib.suppress(OSError):
        os.link(gazetteer.path, embedded_path(tmp_path))
    if not embedded_path(tmp_path).exists():
        shutil.copy(gazetteer.path, embedded_path(tmp_path))
    return tmp_path


def knows_sukayk(home: Path) -> bool:
    """Whether a village that only the pack of Syria has is there, by id and by name."""
    with Gazetteer.open(home=home) as gazetteer:
        place = gazetteer.get("gn:163984")
        named = [match.place.id for match in gazetteer.lookup("Sukayk", strength=MatchType.EXACT)]
        assert (place is not None) == ("gn:163984" in named)
        return place is not None


def leftovers(home: Path) -> list[str]:
    return (
        [path.name for path in (home / "downloads").rglob("*") if path.is_file()]
        if (home / "downloads").exists()
        else []
    )


def test_a_pack_brings_the_places_of_its_country(server: Server, own_home: Path) -> None:
    told: list[float] = []
    (info,) = add_packs(["sy"], source=server.url, home=own_home, progress=lambda _, share: told.append(share))
    assert (info.country, info.places) == ("SY", 10_320)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert leftovers(own_home) == []
    with Gazetteer.open(home=own_home) as gazetteer:
        assert gazetteer.lookup("Sukayk")[0].place.id == "gn:163984"
        assert gazetteer.lookup("Cheikh Najjar")[0].place.id == "gn:172605"
        kweires = gazetteer.lookup("Kweires")[0].place
        assert distance_km(kweires.lat, kweires.lon, 36.187, 37.583) <= 10
        assert gazetteer.facts(["Sukayk"])["Sukayk"].places == 1
        assert [division.label("fr") for division in kweires.admin] == ["Alep"]
        assert gazetteer.info().packs == ("SY",)


def test_places_are_merged_and_never_doubled(shared: Path, own_home: Path) -> None:
    with Gazetteer.open(home=own_home) as before:
        cities = {place.id for place in before.within(35.0, 36.0, 37.0, 38.0, limit=10_000)}
    add_packs(["SY"], source=shared / "geonames", home=own_home)
    with Gazetteer.open(home=own_home) as after:
        found = [place.id for place in after.within(35.0, 36.0, 37.0, 38.0, limit=100_000)]
        assert len(found) == len(set(found))
        assert cities <= set(found)
        assert [match.place.id for match in after.lookup("Alep")] == ["gn:170063", "iso:SY-HL"]
        aleppo = after.get("gn:170063")
        assert aleppo is not None
        assert aleppo.label("fr") == "Alep"


def test_packs_are_listed_replaced_and_removed(shared: Path, own_home: Path) -> None:
    source = shared / "geonames" / "dump"
    add_packs(["SY", "LB"], source=source, home=own_home)
    add_packs(["JO"], source=source / "JO.zip", home=own_home)
    add_packs(["LB"], source=source, home=own_home)
    assert [pack.country for pack in list_packs(home=own_home)] == ["JO", "LB", "SY"]
    assert remove_packs(["lb", "XX"], home=own_home) == ("LB",)
    assert [pack.country for pack in list_packs(home=own_home)] == ["JO", "SY"]
    assert knows_sukayk(own_home)
    assert remove_packs(["SY", "JO"], home=own_home) == ("JO", "SY")
    assert list_packs(home=own_home) == ()
    assert not knows_sukayk(own_home)


def spoilt(member: str, change: Callable[[str], str]) -> Callable[[str, bytes], bytes]:
    """Change the table in a zip and leave the zip whole."""

    def spoil(path: str, data: bytes) -> bytes:
        if not path.endswith(member):
            return data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            (name,) = archive.namelist()
            text = change(archive.read(name).decode("utf-8"))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, text)
        return packed.getvalue()

    return spoil


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path, data: data[: len(data) // 2] if path.endswith("dump/SY.zip") else data, "damaged"),
        (lambda path, data: data[:1000] + b"\xff" * 99 + data[1099:] if path.endswith("s/SY.zip") else data, "damaged"),
        (lambda path, data: b"<html>busy</html>" if path.endswith("SY.zip") else data, "damaged"),
        (spoilt("dump/SY.zip", lambda text: text.replace("\t", "", 1)), "SY.zip:1: has 18 columns where 19 belong"),
        (spoilt("s/SY.zip", lambda text: text + "1\t2\tfr\n"), "has 3 columns where 10 belong"),
        (spoilt("dump/SY.zip", lambda text: text.replace("\tP\t", "\tP\t", 1).replace("36.", "x.", 1)), "malformed"),
    ],
)
def test_spoilt_files_leave_the_gazetteer_as_it_was_and_say_why(
    server: Server, own_home: Path, spoil: Callable[[str, bytes], bytes], reason: str
) -> None:
    add_packs(["LB"], source=server.url, home=own_home)
    server.spoil = spoil
    with pytest.raises(PackError, match="SY") as caught:
        add_packs(["SY"], source=server.url, home=own_home)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [pack.country for pack in list_packs(home=own_home)] == ["LB"]
    assert not knows_sukayk(own_home)
    # What was spoilt is not kept: with a sound server the same command works.
    server.spoil = unspoilt
    add_packs(["SY"], source=server.url, home=own_home)
    assert knows_sukayk(own_home)


def test_a_transfer_that_breaks_off_goes_on_where_it_stopped(server: Server, own_home: Path) -> None:
    server.cut["/dump/SY.zip"] = 200_000
    add_packs(["SY"], source=server.url, home=own_home)
    asked = [asked_range for path, asked_range in server.requests if path == "/dump/SY.zip"]
    assert asked == ["", "bytes=200000-"]
    assert knows_sukayk(own_home)


def test_a_server_that_dies_is_named_and_what_came_is_kept(server: Server, own_home: Path) -> None:
    class Dying(dict[str, int]):
        def pop(self, key: str, default: object = None) -> int:  # type: ignore[override]
            return 100_000 if key == "/dump/SY.zip" else int(str(default))

    server.cut = Dying()
    with pytest.raises(PackError, match="broke off") as caught:
        add_packs(["SY"], source=server.url, home=own_home)
    assert "100000 of" in str(caught.value)
    assert list_packs(home=own_home) == ()
    assert "SY.zip.part" in leftovers(own_home)
    server.cut = {}
    add_packs(["SY"], source=server.url, home=own_home)
    assert server.requests[-1][1] == "" or ("/dump/SY.zip", "bytes=100000-") in server.requests
    assert knows_sukayk(own_home)


def test_a_server_out_of_reach_or_without_the_country_is_named(server: Server, own_home: Path) -> None:
    with pytest.raises(PackError, match=r"has no QQ\.zip"):
        add_packs(["QQ"], source=server.url, home=own_home)
    closed = server.url.replace(str(server.server_address[1]), "9")
    with pytest.raises(PackError, match="out of reach"):
        add_packs(["SY"], source=closed, home=own_home)
    with pytest.raises(PackError, match="two letters"):
        add_packs(["Syria"], source=server.url, home=own_home)
    with pytest.raises(PackError, match="does not exist"):
        add_packs(["SY"], source=own_home / "nowhere", home=own_home)
    assert list_packs(home=own_home) == ()


LIMITED = """
import pathlib, resource, signal, sys
from mapgen.errors import PackError
from mapgen.gazetteer.packs import add_packs
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    add_packs([sys.argv[4]], source=sys.argv[2], home=pathlib.Path(sys.argv[1]))
except PackError as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
@pytest.mark.parametrize("limit", [50_000, 3_000_000])
def test_a_full_disk_leaves_the_packs_as_they_were(server: Server, own_home: Path, limit: int) -> None:
    add_packs(["LU"], source=server.url, home=own_home)
    command = [sys.executable, "-c", LIMITED, str(own_home), server.url, str(limit), "SY"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert "cannot be written" in done.stdout
    assert [pack.country for pack in list_packs(home=own_home)] == ["LU"]
    assert not knows_sukayk(own_home)
    add_packs(["SY"], source=server.url, home=own_home)
    assert knows_sukayk(own_home)


def test_a_killed_import_leaves_the_packs_as_they_were(shared: Path, own_home: Path) -> None:
    add_packs(["LB"], source=shared / "geonames", home=own_home)
    code = (
        "import os, pathlib, sys; import mapgen.gazetteer.packfile as packfile\n"
        "write = packfile.write_places\n"
        "def die(*a, **k): write(*a, **k); os._exit(9)\n"
        "packfile.write_places = die\n"
        "from mapgen.gazetteer.packs import add_packs\n"
        "add_packs(['SY'], source=sys.argv[2], home=pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(own_home), str(shared / "geonames")]
    assert subprocess.run(command, check=False).returncode == 9
    assert [pack.country for pack in list_packs(home=own_home)] == ["LB"]
    assert not knows_sukayk(own_home)


def test_two_imports_at_once_both_arrive(shared: Path, own_home: Path) -> None:
    code = (
        "import pathlib, sys; from mapgen.gazetteer.packs import add_packs;"
        "add_packs([sys.argv[3]], source=sys.argv[2], home=pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(own_home), str(shared / "geonames")]
    runs = [subprocess.Popen([*command, country]) for country in ("SY", "LB", "SY")]
    assert [run.wait(timeout=GUARD_S) for run in runs] == [0, 0, 0]
    assert [pack.country for pack in list_packs(home=own_home)] == ["LB", "SY"]
    assert knows_sukayk(own_home)


def test_a_gazetteer_that_is_open_goes_on_while_a_pack_is_added(shared: Path, own_home: Path) -> None:
    add_packs(["LB"], source=shared / "geonames", home=own_home)
    with Gazetteer.open(home=own_home) as gazetteer:
        assert gazetteer.lookup("Baalbek")
        add_packs(["SY"], source=shared / "geonames", home=own_home)
        assert gazetteer.lookup("Baalbek")


def test_packs_that_an_older_version_indexed_are_indexed_anew(shared: Path, own_home: Path) -> None:
    import sqlite3

    add_packs(["LB"], source=shared / "geonames", home=own_home)
    with contextlib.closing(sqlite3.connect(own_home / "packs.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = '\"old\"' WHERE key = 'form'")
        connection.execute("DELETE FROM names")
    forget_stamp(own_home / "packs.sqlite")  # that version wrote none
    with Gazetteer.open(home=own_home) as gazetteer:
        assert gazetteer.get("gn:276781") is not None or gazetteer.lookup("Baalbek", country="LB")
    assert len(list_packs(home=own_home)) == 1
