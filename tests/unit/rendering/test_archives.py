from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from mapgen.errors import OptionError
from mapgen.rendering.archives import scene_tiles
from mapgen.rendering.tiles import tile_layers

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(300)
BERLIN = (52.4, 13.2, 52.6, 13.6)


def mbtiles(path: Path, *, zooms: range, picture: bytes = PICTURE) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        made.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
        facts = {"name": "Plan", "minzoom": str(zooms.start), "maxzoom": str(zooms.stop - 1), "attribution": "© Us"}
        made.executemany("INSERT INTO metadata VALUES (?, ?)", facts.items())
        for zoom in zooms:
            size = 2**zoom
            columns, rows = (
                range(int(0.53 * size), int(0.545 * size) + 1),
                range(int(0.32 * size), int(0.34 * size) + 1),
            )
            cells = [(zoom, x, size - 1 - y, picture) for x in columns for y in rows]
            made.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", cells)
        made.commit()
    return path


def test_the_scene_gets_three_zooms(tmp_path: Path) -> None:
    held = scene_tiles(mbtiles(tmp_path / "a.mbtiles", zooms=range(8, 15)), BERLIN, budget=3_000_000)
    assert held.most - held.least == 2
    assert {int(name.split("/")[0]) for name in held.tiles} == {held.least, held.least + 1, held.most}
    assert all(address.startswith("data:image/png;base64,") for address in held.tiles.values())
    assert (held.name, held.attribution) == ("Plan", "© Us")


def test_the_budget_ends_the_zooms(tmp_path: Path) -> None:
    path = mbtiles(tmp_path / "a.mbtiles", zooms=range(8, 15))
    whole = scene_tiles(path, BERLIN, budget=3_000_000)
    size = sum(map(len, whole.tiles.values()))
    fewer = scene_tiles(path, BERLIN, budget=size - 1)
    assert 0 < len(fewer.tiles) < len(whole.tiles)
    assert fewer.most < whole.most
    assert scene_tiles(path, BERLIN, budget=10).tiles == {}


def test_pmtiles_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    with write(str(path)) as writer:
        for zoom in (10, 11):
            size = 2**zoom
            cells = [
                (x, y)
                for x in range(int(0.53 * size), int(0.545 * size) + 1)
                for y in range(int(0.32 * size), int(0.34 * size) + 1)
            ]
            for tile in sorted(zxy_to_tileid(zoom, x, y) for x, y in cells):
                writer.write_tile(tile, PICTURE)
        writer.finalize(
            {"tile_type": TileType.PNG, "tile_compression": Compression.NONE, "center_zoom": 0,
             **dict.fromkeys(("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"), 0),
             "center_lon_e7": 0, "center_lat_e7": 0},
            {"name": "Plan", "attribution": "© Us"},
        )  # fmt: skip
    pm = scene_tiles(path, BERLIN, budget=3_000_000)
    mb = scene_tiles(mbtiles(tmp_path / "a.mbtiles", zooms=range(10, 12)), BERLIN, budget=3_000_000)
    assert pm == mb


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    other = tmp_path / "a.mbtiles"
    other.write_bytes(b"no archive")
    with pytest.raises(OptionError, match="neither MBTiles nor PMTiles"):
        tile_layers([str(other)])
    with pytest.raises(OptionError, match="cannot be read"):
        tile_layers([str(tmp_path / "none.pmtiles")])
    vectors = mbtiles(tmp_path / "v.mbtiles", zooms=range(8, 15), picture=b"\x1f\x8b" + bytes(50))
    with pytest.raises(OptionError, match="vectors"):
        scene_tiles(vectors, BERLIN, budget=3_000_000)
