"""Packs that a text wants: the hint, the settings never, ask and auto, and what the server learns of the text."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import GUARD_S, environment, furnished, run
from pack_servers import Server, dump_line, name_line, serving, unspoilt, zipped

import mapgen
from mapgen.errors import OptionError, PackError
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.packfetch import pack_size
from mapgen.gazetteer.packs import add_packs, list_packs
from mapgen.gazetteer.world import add_world, open_world, remove_world, world_info
from mapgen.missing_packs import MissingPack
from mapgen.model import MatchType
from mapgen.rendering import render

# Invented hamlets: no gazetteer has them.
HAMLETS = ("Quorvanbe", "Zelmoutra", "Drixapolou", "Wemblagou")
TEXT = (
    "Inondations au Togo. Lomé, 3 octobre. Les eaux sont montées à Quorvanbe, à Zelmoutra et à Drixapolou, près "
    "de Sokodé. Les habitants de Wemblagou ont fui vers Sokodé et Kara."
)


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dumps"
    rows = [dump_line((90_000_001 + at, name, 8.98 + at / 100, 1.13, "TG", 0)) for at, name in enumerate(HAMLETS)]
    zipped(folder / "TG.zip", "TG.txt", rows)
    zipped(folder / "BJ.zip", "BJ.txt", [dump_line((90_000_100, "Tchimbalou", 9.3, 2.6, "BJ", 0))])
    zipped(folder / "alternatenames" / "TG.zip", "TG.txt", [name_line(1, 90_000_001, "fr", "Quorvanbé")])
    return folder


@pytest.fixture
def server(dumps: Path) -> Iterator[Server]:
    with serving(dumps) as running:
        yield running


@pytest.fixture
def own_home(tmp_path: Path, gazetteer: Gazetteer) -> Path:
    assert gazetteer.path is not None
    return furnished(tmp_path / "home", gazetteer.path.parent)


def placed(annotated: mapgen.Annotated) -> dict[str, str]:
    return {each.text: each.place.id for each in annotated.toponyms if each.place is not None}


def test_a_text_with_several_unknown_names_around_a_country_leads_to_one_hint(own_home: Path, server: Server) -> None:
    with mapgen.Geoparser(home=own_home, packs_from=server.url) as geoparser:
        parsed = geoparser.parse(TEXT)
    (hint,) = parsed.hints
    assert "4 noms" in hint
    assert "Togo" in hint
    assert "mapgen gazetteer add TG" in hint
    assert not (server.requests or server.heads)
    page = render(parsed)
    assert page.count("mapgen gazetteer add TG") == 1


def test_two_unknown_names_or_a_known_country_lead_to_none(own_home: Path, dumps: Path) -> None:
    with mapgen.Geoparser(home=own_home) as geoparser:
        assert geoparser.annotate("Lomé, au Togo. Les habitants de Wemblagou ont fui vers Sokodé.").hints == ()
    add_packs(["TG"], source=dumps, home=own_home)
    with mapgen.Geoparser(home=own_home) as geoparser:
        assert geoparser.annotate(TEXT.replace("Quorvanbe", "Pluvrandou")).hints == ()


def test_auto_fetches_the_pack_before_the_text_is_resolved_and_tells_its_code_alone(
    own_home: Path, server: Server
) -> None:
    with mapgen.Geoparser(home=own_home, packs="auto", packs_from=server.url) as geoparser:
        annotated = geoparser.annotate(TEXT)
        assert annotated.hints == ()
        assert {name: placed(annotated).get(name) for name in HAMLETS} == {
            name: f"gn:{90_000_001 + at}" for at, name in enumerate(HAMLETS)
        }
        asked = len(server.requests)
        assert placed(geoparser.annotate(TEXT)) == placed(annotated)
    assert len(server.requests) == asked
    assert [pack.country for pack in list_packs(home=own_home)] == ["TG"]
    paths = {path for path, _ in server.requests} | set(server.heads)
    files = {"/TG.zip", "/alternatenames/TG.zip"}
    lists = {f"/{name}{end}" for name in ("admin1CodesASCII.txt", "admin2Codes.txt") for end in ("", ".gz")}
    assert files <= paths <= files | lists
    sent = " ".join(server.headers)
    assert not any(name in sent for name in (*HAMLETS, "Togo", "Lom", "Sokod", "Kara"))


def test_ask_fetches_only_what_is_allowed_and_asks_once_a_country(own_home: Path, server: Server) -> None:
    asked: list[MissingPack] = []

    def refuse(missing: MissingPack) -> bool:
        asked.append(missing)
        return False

    with mapgen.Geoparser(home=own_home, packs="ask", packs_from=server.url, allow_pack=refuse) as geoparser:
        assert geoparser.annotate(TEXT).hints
    assert asked == [MissingPack("TG", 4)]
    assert not (server.requests or server.heads)
    with mapgen.Geoparser(home=own_home, packs="ask", packs_from=server.url) as geoparser:
        assert geoparser.annotate(TEXT).hints  # nobody can be asked
    assert not (server.requests or server.heads)
    with mapgen.Geoparser(home=own_home, packs="ask", packs_from=server.url, allow_pack=lambda _: True) as geoparser:
        assert placed(geoparser.annotate(TEXT))["Quorvanbe"] == "gn:90000001"


def test_a_pack_that_cannot_be_had_is_a_warning_and_is_tried_once(own_home: Path, server: Server) -> None:
    server.spoil = lambda *_: b"<html>busy</html>"
    with mapgen.Geoparser(home=own_home, packs="auto", packs_from=server.url) as geoparser:
        first, second = geoparser.annotate(TEXT), geoparser.annotate(TEXT)
    assert any("TG.zip" in line for line in first.warnings)
    assert first.hints == second.hints != ()
    assert not any("TG.zip" in line for line in second.warnings)
    assert list_packs(home=own_home) == ()


def test_a_setting_that_is_none_is_refused() -> None:
    with pytest.raises(OptionError, match="never, ask, auto"):
        mapgen.Settings(packs="sometimes")


def test_the_command_line_never_asks_without_a_terminal(own_home: Path, server: Server, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    done = run("places", text, "--packs-from", server.url, home=own_home)
    assert done.returncode == 0
    assert done.stderr.count("mapgen gazetteer add TG") == 1
    assert not (server.requests or server.heads)
    done = run("places", text, "--packs", "auto", "--packs-from", server.url, home=own_home)
    assert "gn:90000001" in done.stdout
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("answer", "fetched"), [("n", False), ("y", True)])
def test_a_terminal_is_asked_once_and_the_answer_is_kept(
    own_home: Path, server: Server, tmp_path: Path, answer: str, fetched: bool
) -> None:
    import os
    import pty

    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "mapgen", "places", str(text), "--packs-from", server.url]

    def at_terminal(typed: str) -> str:
        master, slave = pty.openpty()
        process = subprocess.Popen(
            command, stdin=slave, stdout=subprocess.DEVNULL, stderr=slave, env=environment(own_home)
        )
        os.close(slave)
        os.write(master, typed.encode())
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        assert process.wait(GUARD_S) == 0
        os.close(master)
        return shown.decode("utf-8", "replace")

    shown = at_terminal(f"{answer}\n")
    assert "(0.1 MB) from 127.0.0.1" in " ".join(shown.split())
    assert "TG" in shown
    assert bool(server.requests) is fetched
    assert json.loads((own_home / "pack-answers.json").read_text(encoding="utf-8")) == {"TG": fetched}
    assert "127.0.0.1" not in at_terminal("")


def test_packs_are_fetched_side_by_side(own_home: Path, server: Server) -> None:
    # Each of the two transfers waits for the other: one after the other they would never end.
    server.meet = threading.Barrier(2)
    assert [pack.country for pack in add_packs(["TG", "BJ"], source=server.url, home=own_home)] == ["TG", "BJ"]
    assert not list((own_home / "downloads").rglob("*.zip"))


def test_what_has_come_is_not_fetched_again_after_another_pack_has_failed(own_home: Path, server: Server) -> None:
    server.spoil = lambda path, data: data[:-200] if path == "/BJ.zip" else data
    with pytest.raises(PackError, match=r"BJ\.zip: is damaged"):
        add_packs(["TG", "BJ"], source=server.url, home=own_home)
    assert list_packs(home=own_home) == ()
    server.spoil = unspoilt
    server.requests.clear()
    add_packs(["TG", "BJ"], source=server.url, home=own_home)
    assert [pack.country for pack in list_packs(home=own_home)] == ["BJ", "TG"]
    assert "/BJ.zip" in [path for path, _ in server.requests]
    assert "/TG.zip" not in [path for path, _ in server.requests]


def test_of_a_group_come_the_packs_that_are_there_and_the_others_are_named(own_home: Path, server: Server) -> None:
    done = run("gazetteer", "add", "UN M49 West Africa", "--from", server.url, home=own_home)
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["BJ", "TG"]
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"mapgen: {server.url} has no BF.zip, CI.zip, CV.zip")
    assert [pack.country for pack in list_packs(home=own_home)] == ["BJ", "TG"]
    done = run("gazetteer", "add", "ML", "NE", "--from", server.folder, home=own_home)
    assert done.returncode == 2
    assert done.stderr == f"mapgen: {server.folder}: has none of ML.zip, NE.zip\n"


def test_the_size_of_a_pack_is_told_by_folders_and_servers_without_fetching_it(server: Server) -> None:
    whole = sum((server.folder / name).stat().st_size for name in ("TG.zip", "alternatenames/TG.zip"))
    assert pack_size("TG", server.url) == pack_size("TG", str(server.folder)) == whole
    assert pack_size("BJ", server.url) == (server.folder / "BJ.zip").stat().st_size
    assert pack_size("ML", server.url) is pack_size("ML", str(server.folder)) is None
    assert not server.requests


def test_a_dump_of_another_country_is_refused(own_home: Path, dumps: Path) -> None:
    shutil.copy(dumps / "TG.zip", dumps / "GH.zip")
    zipped(dumps / "GH.zip", "GH.txt", [dump_line((90_000_300, "Nowhere", 7.0, 0.0, "TG", 0))])
    with pytest.raises(PackError, match="holds places of TG"):
        add_packs(["GH"], source=dumps, home=own_home)


def test_names_regions_and_codes_are_understood_and_others_refused(own_home: Path, dumps: Path) -> None:
    done = run("gazetteer", "add", "Togo", "bénin", "--from", dumps, home=own_home)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["TG", "BJ"]
    done = run("gazetteer", "list", home=own_home)
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["BJ", "TG"]
    done = run("gazetteer", "add", "Sahell", "--from", dumps, home=own_home)
    assert done.returncode == 2
    assert "is it 'sahel'?" in done.stderr
    done = run("gazetteer", "remove", "Togo", "BJ", "ML", home=own_home)
    assert done.stdout.splitlines() == ["Togo: removed", "BJ: removed", "ML: was not there"]


def test_search_understands_generic_words_containers_and_wildcards(own_home: Path, dumps: Path) -> None:
    add_packs(["TG"], source=dumps, home=own_home)

    def first(*words: str) -> str:
        done = run("gazetteer", "search", *words, home=own_home)
        return done.stdout.splitlines()[1] if done.stdout else ""

    assert "Zelmoutra" in first("zelmo*a")
    assert first("Valence, ES").split()[2] == "ES"
    assert first("gouvernorat de Homs").split()[:3] == ["iso:SY-HI", "region", "SY"]
    assert first("province d’Alep").split()[:3] == ["iso:SY-HL", "region", "SY"]


@pytest.fixture
def world_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "world"
    rows = [dump_line((90_000_001 + at, name, 8.98, 1.13, "TG", 0)) for at, name in enumerate(HAMLETS)]
    rows += [dump_line((at * 40_000 + 7, f"Xolvareth {at}", at / 3 - 50, 20.0, "TD", 0)) for at in range(1, 300)]
    zipped(folder / "allCountries.zip", "allCountries.txt", rows)
    zipped(folder / "alternateNamesV2.zip", "alternateNamesV2.txt", [name_line(1, 40_007, "fr", "Xolvareth-le-Vieux")])
    return folder


def test_the_world_is_a_layer_below_the_packs_of_countries(own_home: Path, world_folder: Path, dumps: Path) -> None:
    told: list[float] = []
    info = add_world(source=world_folder, home=own_home, progress=lambda _, share: told.append(share))
    assert (info.country, info.places) == ("world", 303)
    assert told == sorted(told)
    assert world_info(own_home) == info
    with Gazetteer.open(home=own_home) as gazetteer:
        assert [match.place.id for match in gazetteer.lookup("Xolvareth le vieux")] == ["gn:40007"]
        for at in (1, 150, 299):
            found = gazetteer.lookup(f"Xolvareth {at}", strength=MatchType.EXACT)
            assert [match.place.geonameid for match in found] == [at * 40_000 + 7]
        assert ("GeoNames world", 303) in [(source.name, source.places) for source in gazetteer.info().sources]
        pack = gazetteer.pack("TD")
        assert pack is not None
        assert pack.places == 299
        assert gazetteer.lookup("Lomé")[0].place.country == "TG"
        assert gazetteer.nearest(8.98, 1.13, radius_km=1, limit=1)[0][0].name in HAMLETS
    add_packs(["TG"], source=dumps, home=own_home)
    with Gazetteer.open(home=own_home) as gazetteer:
        assert [match.place.lat for match in gazetteer.lookup("Zelmoutra")] == [8.99]
    assert remove_world(home=own_home)
    assert not remove_world(home=own_home)
    assert not [path for path in own_home.iterdir() if path.name.startswith((".world", ".names"))]


def test_names_of_a_large_layer_wait_on_the_disk_and_give_the_same_index(
    own_home: Path, world_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def index() -> list[tuple[object, ...]]:
        layer, _ = open_world(own_home)
        assert layer is not None
        rows = layer.connection.execute("SELECT number, facts FROM names ORDER BY number").fetchall()
        rows += layer.connection.execute("SELECT number, facts FROM transliterations ORDER BY number").fetchall()
        layer.close()
        return rows

    add_world(source=world_folder, home=own_home)
    whole = index()
    monkeypatch.setattr("mapgen.gazetteer.name_index._IN_MEMORY", 50)
    add_world(source=world_folder, home=own_home)
    assert index() == whole
    assert len(whole) > 300


def test_a_damaged_world_leaves_the_one_that_is_there(own_home: Path, world_folder: Path) -> None:
    add_world(source=world_folder, home=own_home)
    data = (world_folder / "allCountries.zip").read_bytes()
    for spoilt, reason in (
        (data[: len(data) // 2], "damaged"),
        (data[:300] + bytes(60) + data[360:], "damaged"),
    ):
        (world_folder / "allCountries.zip").write_bytes(spoilt)
        with pytest.raises(PackError, match=reason):
            add_world(source=world_folder, home=own_home)
    zipped(world_folder / "allCountries.zip", "allCountries.txt", ["1\tshort\n"])
    with pytest.raises(PackError, match=r"allCountries\.zip:1: has 2 columns where 19 belong"):
        add_world(source=world_folder, home=own_home)
    info = world_info(own_home)
    assert info is not None
    assert info.places == 303
