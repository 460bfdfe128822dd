"""Files of places as people bring them: what is read, and what is told with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapgen.errors import PlacesError
from mapgen.gazetteer.places import own_layer, read_places
from mapgen.gazetteer.records import KINDS

POINT = {"type": "Point", "coordinates": [25.25, 61.5]}


def feature(geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"Name": "Vuorkala"}, "geometry": geometry}


READ = {
    "a separator line": "sep=;\r\nname;lat;lon\r\nVuorkala;61,5;25,25\r\n",
    "a mark and a separator line": "\ufeffsep=;\nname;lat;lon\nVuorkala;61,5;25,25\n",
    "tabs": "name\tlat\tlon\nVuorkala\t61,5\t25,25\n",
    "bars": "name|lat|lon\nVuorkala|61.5|25.25\n",
    "degrees and minutes": "name;lat;lon\nVuorkala;61°30'N;25°15'E\n",
    "WKT": "name,wkt\nVuorkala,POINT (25.25 61.5)\n",
    "one column": "name;lat, lon\nVuorkala;61.5, 25.25\n",
    "one column in quotes": 'name,"lat, lon"\nVuorkala,"61.5, 25.25"\n',
    "one column by another name": "name;coordonnées\nVuorkala;61.5, 25.25\n",
    "units in the header": "Name,Latitude (WGS84),Longitude (deg)\nVuorkala,61.5,25.25\n",
    "metres beside degrees": "name,x,y,lon,lat\nVuorkala,385000,6800000,25.25,61.5\n",
    "a feature": json.dumps(feature(POINT)),
    "features": json.dumps([feature({"type": "MultiPoint", "coordinates": [[25.25, 61.5]]})]),
    "a known system": json.dumps(
        {"type": "FeatureCollection", "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
         "features": [feature(POINT)]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("variant", READ)
def test_variants_are_read(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(READ[variant], encoding="utf-8")
    (entry,), warnings = read_places(path)
    assert (entry.name, entry.lat, entry.lon) == ("Vuorkala", 61.5, 25.25)
    assert warnings == []


TOLD = {
    "unquoted decimal commas": ("name,lat,lon\nGood,1,2\nVuorkala,61,5,25,25\n", 3, "5 cells where"),
    "no number": ("name,lat,lon\nGood,1,2\nVuorkala,nan,25\n", 3, "'nan' is no number"),
    "too large": ("name,lat,lon\nGood,1,2\nVuorkala,1e400,25\n", 3, "no number"),
    "a line end": ('name,lat,lon\nGood,1,2\n"Vuor\nkala",61,25\n', 3, "line end"),
    "a line end in other names": ('name,names,lat,lon\nGood,,1,2\nX,"Vuor\nkala",61,25\n', 3, "line end"),
    "an area": ('name,wkt\nGood,POINT(2 1)\nVuorkala,"POLYGON((1 2,3 4,1 2))"\n', 3, "no point"),
    "an unknown country": ("name,country,lat,lon\nGood,,1,2\nVuorkala,Sylvania,61,25\n", 3, "'Sylvania'"),
    "two points": (
        '[{"type": "Feature", "properties": {"name": "Good"}, "geometry": {"type": "Point", "coordinates": [2, 1]}},\n'
        '{"type": "Feature", "properties": {"name": "X"},'
        ' "geometry": {"type": "MultiPoint", "coordinates": [[2, 1], [3, 4]]}}]', 2, "MultiPoint of 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("variant", TOLD)
def test_rows_that_cannot_be_used_are_told_with_their_line(variant: str, tmp_path: Path) -> None:
    text, line, reason = TOLD[variant]
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    (entry,), (warning,) = read_places(path)
    assert entry.name == "Good"
    assert warning.startswith(f"{path}:{line}: ")
    assert reason in warning
    layer, _ = own_layer([path])
    layer.close()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name,lat,lat,lon\nX,1,2,3\n", "two columns lat"),
        ("name,lat,latitude,lon\nX,1,2,3\n", "two columns lat"),
        ('{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:2154"}}, "features": []}', "EPSG:2154"),
        ('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [NaN, 1]}}', "NaN is no number"),
    ],
)
def test_files_that_mean_something_else_are_refused(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlacesError, match=reason):
        read_places(path)


@pytest.mark.parametrize(
    ("cell", "people"),
    [("12345", 12345), ("12 345", 12345), ('"12,345"', 12345), ("12345.0", 12345), ("", 0)],
)
def test_populations_are_read(cell: str, people: int, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"name,lat,lon,population\nVuorkala,61.5,25.25,{cell}\n", encoding="utf-8")
    (entry,), warnings = read_places(path)
    assert entry.population == people
    assert warnings == []


@pytest.mark.parametrize("cell", [str(2**63), "9" * 400, "-5", "many"])
def test_a_population_that_is_none_is_told_and_left_out(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"name,lat,lon,population\nVuorkala,61.5,25.25,{cell}\n", encoding="utf-8")
    (entry,), (warning,) = read_places(path)
    assert entry.population == 0
    assert ":2: population" in warning
    layer, _ = own_layer([path])
    layer.close()


@pytest.mark.parametrize("header", ["nom;type;pays;lat;lon", "Lugar;Tipo;País;Latitud;Longitud"])
def test_kinds_and_countries_are_read_by_name(header: str, tmp_path: Path) -> None:
    rows = [
        ("ville", "Finlande", "city", "FI"), ("Town", "FI", "city", "FI"), ("gare", "la Finlande", "facility", "FI"),
        ("Hamlet", "FIN", "village", "FI"), ("PPLA", "uk", "city", "GB"), ("rivière", "Côte d’Ivoire", "water", "CI"),
        ("ciudad", "España", "city", "ES"), ("río", "el Perú", "water", "PE"), ("", "", "area", ""),
    ]  # fmt: skip
    path = tmp_path / "mine.csv"
    lines = [f"X{number};{kind};{country};1;2" for number, (kind, country, *_) in enumerate(rows)]
    path.write_text(f"{header}\n" + "\n".join(lines), encoding="utf-8")
    entries, warnings = read_places(path)
    assert warnings == []
    assert [(KINDS[entry.kind].value, entry.country) for entry in entries] == [row[2:] for row in rows]


def test_swapped_coordinates_are_told_by_the_country(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "name,country,lat,lon\nGood,FI,61.5,25.25\nSwapped,FI,25.25,61.5\nFar,FI,-10,100\n", encoding="utf-8"
    )
    towns = {"FI": [(60.2, 24.9, ""), (69.9, 27.0, ""), (63.1, 21.6, ""), (62.6, 31.0, "")]}
    layer, warnings = own_layer([path], towns=lambda country: towns.get(country, ()))
    assert layer.meta()["places"] == 2
    layer.close()
    assert [warning.removeprefix(f"{path}:").partition(":")[0] for warning in warnings] == ["3", "4"]
    assert "swapped" in warnings[0]
    assert "far outside FI" in warnings[1]
