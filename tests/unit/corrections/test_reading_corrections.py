from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapgen.corrections import Correction, Corrections, Scope, read_corrections
from mapgen.corrections.reader import COLUMNS
from mapgen.errors import CorrectionsError
from mapgen.model import Decision, Document, Kind

HEAD = ",".join(COLUMNS)
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(*lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
        path = tmp_path / "c.csv"
        path.write_bytes(end.join([*lines, ""]).encode(encoding))
        return path

    return write


def test_a_row_is_read_whole(written: Written) -> None:
    path = written(HEAD, 'dispatch.txt,92,96,Hama,here,place,iso:SY-HM,Hama,region,sy,35.28,37.25,"seen, twice"')
    assert read_corrections(path) == (
        Correction(
            document="dispatch.txt", span=(92, 96), name="Hama", scope=Scope.HERE, decision=Decision.PLACE,
            place="iso:SY-HM", label="Hama", kind=Kind.REGION, country="SY", point=(35.28, 37.25), note="seen, twice",
            path=str(path), line=2,
        ),
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write_is_read(written: Written, encoding: str, delimiter: str, end: str) -> None:
    lines = [
        delimiter.join(["Note", "Scope", "DECISION", "Name", "lat", "lon", "mine", "start", "end", "document"]),
        delimiter.join(["", "Here", "Place", "Alençon", '"48,43"', '"−0,09°"', "x", "12.0", "19", "a.txt"]),
        delimiter * 9,
    ]
    (row,) = (
        read_corrections(written(*lines, encoding=encoding, end=end))
        if encoding != "cp1252"
        else read_corrections(written(*[line.replace("−", "-") for line in lines], encoding=encoding, end=end))
    )
    assert (row.name, row.point, row.span, row.scope) == ("Alençon", (48.43, -0.09), (12, 19), Scope.HERE)


def test_an_apostrophe_against_formulas_is_no_part_of_a_cell(written: Written) -> None:
    (first, second) = read_corrections(
        written(
            "document,name,scope,decision", "'-,'=Alep,document,no-place", "a.txt,'s-Hertogenbosch,document,no-place"
        )
    )
    assert (first.document, first.name) == ("-", "=Alep")
    assert second.name == "'s-Hertogenbosch"


def test_a_name_may_run_over_a_line_end(written: Written) -> None:
    first, second = read_corrections(
        written("name,scope,decision", '"Khan\nCheikhoun",everywhere,no-place', "Alep,everywhere,no-place")
    )
    assert (first.name, first.line, second.line) == ("Khan\nCheikhoun", 2, 4)


WRONG = {
    "Alep,here,place,a.txt,,,gn:1,,,,": "scope here needs start, end",
    "Alep,document,missing,a.txt,,,gn:1,,,,": "decision missing needs start, end",
    "Alep,document,place,,,,gn:1,,,,": "scope document needs a document",
    "Alep,document,place,a.txt,,,,,,,": "needs a place, or lat and lon",
    "Alep,document,plcae,a.txt,,,gn:1,,,,": "decision 'plcae' is none of place, no-place, missing",
    "Alep,paragraph,place,a.txt,,,gn:1,,,,": "scope 'paragraph' is none of here, document, everywhere",
    "Alep,,place,a.txt,,,gn:1,,,,": "it has no scope",
    ",document,place,a.txt,,,gn:1,,,,": "it has no name",
    "Alep,everywhere,place,,,,,95,37,,": "lat 95 lies outside",
    "Alep,everywhere,place,,,,,36,181,,": "lon 181 lies outside",
    "Alep,everywhere,place,,,,,36,,,": "it has no lon",
    "Alep,everywhere,place,,,,,nan,1,,": "no number",
    'Alep,everywhere,place,,,,,"1.234,5",1,,': "no number of degrees",
    "Alep,everywhere,place,,,,,north,1,,": "lat 'north' is no number",
    "Alep,here,place,a.txt,-1,4,gn:1,,,,": "no two whole numbers",
    "Alep,here,place,a.txt,1.5,4,gn:1,,,,": "no two whole numbers",
    "Alep,here,place,a.txt,4,4,gn:1,,,,": "is no passage",
    "Alep,here,place,a.txt,4,,gn:1,,,,": "no two whole numbers",
    "Alep,everywhere,place,,,,gn:1,,,town,": "kind 'town' is none of",
    "Alep,everywhere,place,,,,gn:1,,,,SYR": "country 'SYR' is no ISO",
    "Alep,everywhere,place,,,,gn:1,,,,,more": "more cells than the first row",
}


@pytest.mark.parametrize("row", WRONG)
def test_a_row_that_fits_no_text_is_an_error(written: Written, row: str) -> None:
    path = written("name,scope,decision,document,start,end,place,lat,lon,kind,country", row)
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(path)
    assert WRONG[row] in str(caught.value)
    assert str(caught.value).startswith(f"{path}: 1 row cannot be used, none was applied: line 2: ")


def test_all_bad_rows_are_named_in_one_line(written: Written) -> None:
    rows = ["Alep,everywhere,no-place", "Alep,everywhere,never", "Alep,everywhere,never", "", "Alep,,no-place"]
    path = written("name,scope,decision", *rows, *["Alep,everywhere,never"] * 3)
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(path)
    told = str(caught.value)
    assert "\n" not in told
    assert "6 rows cannot be used" in told
    assert "lines 3-4, 7-9: decision 'never'" in told
    assert "line 6: it has no scope" in told


def test_of_very_many_faults_all_rows_are_still_named(written: Written) -> None:
    path = written("name,scope,decision", *[f"Alep,everywhere,{number}" for number in range(3000)])
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(path)
    assert len(str(caught.value)) < 4000
    assert "lines 22-3001: other faults" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"document,name,scope\n", "has no column decision"),
        (b"a\n", "has no column name, scope, decision"),
        (b"name,scope,decision,name\n", "has two columns name"),
        (b"PK\x03\x04\0\0", "is no text"),
        (b'name,scope,decision\n"' + b"a" * 200_000, "is no CSV"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    with pytest.raises(CorrectionsError, match=told) as caught:
        read_corrections(path)
    assert str(path) in str(caught.value)


def test_a_header_alone_is_no_correction(written: Written) -> None:
    assert read_corrections(written(HEAD)) == ()
    with pytest.raises(CorrectionsError, match="cannot be read"):
        Corrections.read("nowhere.csv")


def test_several_files_are_one_list_in_their_order(tmp_path: Path) -> None:
    for name, word in (("a", "no-place"), ("b", "missing")):
        content = f"name,scope,decision,start,end\nAlep,everywhere,{word},0,4\n"
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    rows = Corrections.read([tmp_path / "b.csv", str(tmp_path / "a.csv")]).rows
    assert [row.decision for row in rows] == [Decision.MISSING, Decision.NO_PLACE]
    assert Corrections.read(str(tmp_path / "a.csv")).rows == rows[1:]


@pytest.mark.parametrize(
    ("named", "source", "speaks"),
    [
        ("a.txt", "a.txt", True), ("texts/a.txt", "a.txt", True), (r"C:\texts\a.txt", "a.txt", True),
        ("-", "-", True), ("-", "", True), ("b.txt", "a.txt", False), ("a.txt", "", False), ("a.TXT", "a.txt", False),
    ],
)  # fmt: skip
def test_a_document_is_known_by_its_file_name(named: str, source: str, speaks: bool) -> None:
    row = Correction(name="Alep", decision=Decision.NO_PLACE, scope=Scope.DOCUMENT, document=named)
    assert bool(Corrections((row,)).of(Document(text="Alep", source=source))) is speaks


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(st.sampled_from("aé,;\t\"\n\r'=-0159.\0"), max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    for data in (content, b"document,start,end,name,scope,decision,place,lat,lon\n" + content):
        path.write_bytes(data)
        try:
            rows = read_corrections(path)
        except CorrectionsError as error:
            assert error.exit_code == 2
            assert str(path) in str(error)
        else:
            assert all(row.name for row in rows)
