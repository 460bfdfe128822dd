import zipfile
from pathlib import Path

import pytest

from mapgen.errors import PackError
from mapgen.gazetteer.dumps import Dump, kind_of, read_dump
from mapgen.gazetteer.records import KINDS, Entry
from mapgen.model import Kind


def zipped(path: Path, *rows: list[str], member: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member or f"{path.stem}.txt", "".join("\t".join(row) + "\n" for row in rows))
    return path


def place(geonameid: int, name: str, **cells: str) -> list[str]:
    row = [str(geonameid), name, name, "", "35.4", "36.7", "P", "PPL", "SY", "", "12", "", "", "", "0", "", "", "", ""]
    order = {"alternate": 3, "lat": 4, "class_": 6, "code": 7, "admin1": 10, "admin2": 11, "population": 14}
    for field, value in cells.items():
        row[order[field]] = value
    return row


def name(geonameid: int, language: str, text: str, *, preferred: str = "", colloquial: str = "") -> list[str]:
    return ["1", str(geonameid), language, text, preferred, "", colloquial, "", "", ""]


def entries(dump: Dump) -> list[Entry]:
    return [Entry(*row) for row in zip(*dump.columns, strict=True)]


@pytest.mark.parametrize(
    ("class_", "code", "population", "kind"),
    [
        ("P", "PPL", 100, Kind.VILLAGE),
        ("P", "PPL", 50_000, Kind.CITY),
        ("P", "PPLC", 0, Kind.CITY),
        ("P", "PPLX", 0, Kind.QUARTER),
        ("A", "ADM1", 0, Kind.REGION),
        ("A", "ADM3", 0, Kind.DISTRICT),
        ("A", "PCLI", 0, Kind.COUNTRY),
        ("S", "AIRB", 0, Kind.FACILITY),
        ("S", "BANK", 0, Kind.FACILITY),
        ("H", "STM", 0, Kind.WATER),
        ("T", "HLL", 0, Kind.TERRAIN),
        ("V", "FRST", 0, Kind.TERRAIN),
        ("R", "RD", 0, Kind.ROAD),
        ("L", "RGN", 0, Kind.AREA),
        ("L", "CONT", 0, Kind.CONTINENT),
    ],
)
def test_feature_codes_become_kinds(class_: str, code: str, population: int, kind: Kind) -> None:
    assert KINDS[kind_of(class_, code, population)] is kind


def test_names_and_labels_come_from_both_files(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "SY.zip", place(1, "Sukayk", alternate="Soukaïk,swkyk,SUK"))
    alternate = zipped(
        tmp_path / "a" / "SY.zip",
        name(1, "fr", "Soukek"),
        name(1, "fr", "Soukaik", preferred="1"),
        name(1, "en", "Suk", colloquial="1"),
        name(1, "post", "12345"),
        name(1, "link", "https://example.org"),
        name(2, "fr", "Autre"),
    )
    (entry,) = entries(read_dump(dump, alternate, {}))
    # What the dump lists itself is the same once more, and counts only without the table.
    assert list(entry.names) == ["Soukek", "Soukaik", "Suk"]
    (alone,) = entries(read_dump(dump, None, {}))
    assert list(alone.names) == ["Soukaïk"]
    assert entry.labels == "fr=Soukaik"
    assert entry.geonameid == entry.pk == 1


def test_divisions_come_from_the_dump_and_else_from_the_lists_of_codes(tmp_path: Path) -> None:
    dump = zipped(
        tmp_path / "SY.zip",
        place(10, "Idlib", class_="A", code="ADM1"),
        place(11, "Here", admin2="7", lat="35.0"),
        place(12, "There", admin2="7", lat="36.0"),
        place(13, "Elsewhere", admin1="99"),
    )
    read = read_dump(dump, None, {"SY.12.7": (20, "Maarrat"), "SY.99": (30, "Far")})
    assert sorted(read.divisions) == [("SY", "12", 10), ("SY", "12.7", 20), ("SY", "99", 30)]
    made = {entry.pk: entry for entry in entries(read)}
    assert (made[20].name, made[20].lat, KINDS[made[20].kind]) == ("Maarrat", 35.5, Kind.DISTRICT)
    assert KINDS[made[30].kind] is Kind.REGION


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (place(1, "X")[:18], "SY.zip:2: has 18 columns where 19 belong"),
        (place(1, "X", lat="north"), "SY.zip:2: is malformed"),
        (place(1, "X", lat="99"), "SY.zip:2: is malformed: the point"),
        (["x", *place(1, "X")[1:]], "SY.zip:2: is malformed"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, row: list[str], reason: str) -> None:
    with pytest.raises(PackError) as caught:
        read_dump(zipped(tmp_path / "SY.zip", place(2, "Good"), row), None, {})
    assert str(caught.value).startswith(reason)


def test_alternate_names_must_have_their_columns(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "SY.zip", place(1, "X"))
    with pytest.raises(PackError, match="has 9 columns where 10 belong"):
        read_dump(dump, zipped(tmp_path / "a" / "SY.zip", name(1, "fr", "X")[:9]), {})


def test_a_damaged_or_foreign_zip_is_an_error(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "SY.zip", *(place(number, f"Place {number}") for number in range(500)))
    data = dump.read_bytes()
    dump.write_bytes(data[: len(data) // 2])
    with pytest.raises(PackError, match="damaged"):
        read_dump(dump, None, {})
    dump.write_bytes(data[:200] + bytes(50) + data[250:])
    with pytest.raises(PackError, match="damaged"):
        read_dump(dump, None, {})
    with pytest.raises(PackError, match=r"holds no SY\.txt"):
        read_dump(zipped(tmp_path / "SY.zip", place(1, "X"), member="IQ.txt"), None, {})
    with pytest.raises(PackError, match="holds no places"):
        read_dump(zipped(tmp_path / "SY.zip"), None, {})


def test_translations_of_the_name_of_a_small_place_are_no_names_of_it(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "SY.zip", place(1, "Sakhrah"), place(2, "Sakhr", population="20000"), place(3, "Sakhrat"))
    alternate = zipped(
        tmp_path / "a" / "SY.zip",
        *(name(id_, language, text) for id_ in (1, 2) for language, text in (("de", "Felsen"), ("fr", "Sakhré"))),
        name(1, "ar", "صخرة"),
        name(1, "", "Rock Village"),
    )
    small, large, _ = entries(read_dump(dump, alternate, {}))
    assert list(small.names) == ["Sakhré", "صخرة", "Rock Village"]
    assert small.labels == "fr=Sakhré|ar=صخرة"
    assert large.labels == "de=Felsen|fr=Sakhré"


def test_a_dump_holds_the_places_of_its_country_alone(tmp_path: Path) -> None:
    stranger = place(1, "X")
    stranger[8] = "IQ"
    with pytest.raises(PackError, match=r"SY\.zip: holds places of IQ"):
        read_dump(zipped(tmp_path / "SY.zip", place(2, "Y"), stranger), None, {})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "99999999999999999999"}, "out of range"),
        ({"id": "-5"}, "out of range"),
        ({"population": str(2**63)}, "out of range"),
        ({"lat": "nan"}, "not on Earth"),
        ({"lat": "inf"}, "not on Earth"),
        ({"id": "x"}, "invalid literal"),
    ],
)
def test_numbers_out_of_range_are_told_with_their_line(change: dict[str, str], reason: str, tmp_path: Path) -> None:
    row = place(2, "Vuorkala", **{field: value for field, value in change.items() if field != "id"})
    row[0] = change.get("id", row[0])
    dump = zipped(tmp_path / "SY.zip", place(1, "Sukayk"), row)
    with pytest.raises(PackError, match=reason) as caught:
        read_dump(dump, None, {})
    assert caught.value.line == 2


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", b"0" * (64 << 20))
    with pytest.raises(PackError, match="unpacks to"):
        read_dump(path, None, {})


def test_an_encrypted_zip_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "SY.zip", place(1, "Sukayk"))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    with pytest.raises(PackError, match="encrypted"):
        read_dump(path, None, {})
