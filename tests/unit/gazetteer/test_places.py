import json
from pathlib import Path

import pytest

from mapgen.errors import PlacesError
from mapgen.gazetteer.places import own_layer, read_places
from mapgen.gazetteer.records import KINDS
from mapgen.model import Kind


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_good_rows_are_used_and_bad_ones_named_with_line_and_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.csv",
        "name,names,kind,country,lat,lon,source\n"
        "Kweires,Kuweires|Rasin,facility,SY,36.187,37.583,own\n"
        "\n"
        "Far,,city,SY,95,37,\n"
        ",,city,SY,1,1,\n"
        "Odd,,hammock,SY,1,1,\n"
        "Nowhere,,city,Sylvania,1,1,\n"
        "Empty,,city,SY,,1,\n"
        "Word,,city,SY,north,1,\n",
    )
    entries, warnings = read_places(path)
    (entry,) = entries
    assert (entry.name, entry.names, KINDS[entry.kind], entry.country) == (
        "Kweires",
        ("Kuweires", "Rasin"),
        Kind.FACILITY,
        "SY",
    )
    assert (entry.lat, entry.lon, entry.source) == (36.187, 37.583, "own")
    assert [warning.removeprefix(f"{path}:").split(":")[0] for warning in warnings] == ["4", "5", "6", "7", "8", "9"]
    for warning, reason in zip(
        warnings, ["outside", "no name", "'hammock'", "two letters", "no lat", "no number"], strict=True
    ):
        assert reason in warning


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_encodings_and_headers_are_found_out(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [
        ["Longitude", "Nom", "Latitude", "Autres noms", "notes"],
        ["37.5", "Château", "36.1", "Qal'a|Citadelle", "x"],
    ]
    path = write(tmp_path / "p.csv", "\r\n".join(delimiter.join(line) for line in lines), encoding)
    (entry,), warnings = read_places(path)
    assert not warnings
    assert (entry.name, entry.lat, entry.lon, entry.names) == ("Château", 36.1, 37.5, ("Qal'a", "Citadelle"))


def test_decimal_commas_are_read(tmp_path: Path) -> None:
    (entry,), _ = read_places(write(tmp_path / "p.csv", "name;lat;lon\nX1;36,187;−37,5\n"))
    assert (entry.lat, entry.lon) == (36.187, -37.5)


def test_geojson_points_are_places(tmp_path: Path) -> None:
    def feature(geometry: object, **properties: object) -> dict[str, object]:
        return {"type": "Feature", "properties": properties, "geometry": geometry}

    point = {"type": "Point", "coordinates": [37.583, 36.187, 300]}
    features = [
        feature(point, name="Kweires", names=["Kuweires"], kind="facility", country="SY"),
        feature({"type": "Polygon", "coordinates": []}, name="Area"),
        feature(None, name="Nowhere"),
    ]
    path = write(tmp_path / "p.geojson", json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    (entry,), warnings = read_places(path)
    assert (entry.name, entry.lat, entry.lon, entry.names) == ("Kweires", 36.187, 37.583, ("Kuweires",))
    assert len(warnings) == 2
    assert "Polygon" in warnings[0]
    assert "no lat" in warnings[1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no usable place"),
        (b"name,lat,lon\n", "holds no usable place"),
        (b"name,lat,lon\nX,1000,2\n", "outside"),
        (b"a,b\n1,2\n", "no column name"),
        (b'{"type": "FeatureCollection"', "no GeoJSON"),
        (b'{"type": "Topology"}', "no list of features"),
        (b"\x89PNG\0\0", "no text"),
        (b"[" * 100_000, "no GeoJSON"),
    ],
)
def test_a_file_without_a_usable_place_is_an_error(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(content)
    with pytest.raises(PlacesError, match=reason) as caught:
        read_places(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match="cannot be read"):
        read_places(tmp_path / "none.csv")


def test_places_of_several_files_have_ids_of_their_own(tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", "name,lat,lon\nKweires,1,2\nKweires,3,4\n")
    second = write(tmp_path / "b.csv", "name,lat,lon\nKweires,5,6\n")
    layer, warnings = own_layer([first, second])
    try:
        keys = [layer.key_of(f"own:kweires{end}") for end in ("", "-2", "-3")]
        assert not warnings
        assert len(set(keys)) == 3
        assert None not in keys
    finally:
        layer.close()
