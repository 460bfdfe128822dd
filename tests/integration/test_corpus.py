"""An archive from end to end: what the tables hold, what other tools read, what fails and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import archives
import duckdb
import geopandas
import pandas as pd
import pyarrow.parquet as pq
import pytest
from archives import read_archive, same_tables, table, text, write_table
from commands import run

from mapgen.corpus.schemas import ERRORS, ORIGINS, TABLES, schema_of
from mapgen.errors import OptionError

COUNT = 60


@pytest.fixture(scope="module")
def archive(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Input and output of one run."""
    folder = tmp_path_factory.mktemp("archive")
    source = write_table(folder / "in.jsonl", COUNT)
    read_archive(source, folder / "out")
    return source, folder / "out"


def test_the_tables_have_the_documented_schemas(archive: tuple[Path, Path]) -> None:
    for name, columns in TABLES.items():
        path = archive[1] / f"{name}.parquet"
        for part in [path] if path.is_file() else sorted(path.iterdir()):
            assert pq.read_schema(part).remove_metadata() == schema_of(columns), part


def test_offsets_are_code_points_into_the_field(archive: tuple[Path, Path]) -> None:
    fields = {f"d{number:04d}": text(number) for number in range(COUNT)}
    toponyms = table(archive[1], "toponyms")
    assert len(toponyms) > 3 * COUNT
    for row in toponyms.itertuples():
        field = fields[row.document_id]
        assert field[row.start : row.end] == row.text
        assert field[row.excerpt_start :].startswith(row.excerpt)
        assert row.text in row.excerpt
    assert set(archives.PLACES) <= set(toponyms.text)
    assert toponyms.place_probability.between(0, 1).all()


def test_every_document_has_a_row_and_those_that_fail_a_reason(archive: tuple[Path, Path]) -> None:
    documents = table(archive[1], "documents")
    assert len(documents) == COUNT
    failed = documents[documents.error.notna()]
    assert dict(zip(failed.document_id, failed.error, strict=True)) == {
        "d0003": "empty",
        "in.jsonl#12": "unreadable",
    }
    assert failed.error_message.str.len().min() > 0
    assert set(failed.error) <= ERRORS.keys()
    dated = documents.set_index("document_id")
    assert dated.date["d0013"] == "2021-02-14"
    assert dated.date_origin["d0013"] in ORIGINS
    assert pd.isna(dated.date["d0005"])
    assert pd.isna(dated.date["d0007"])


def test_places_are_counted_as_the_mentions_say(archive: tuple[Path, Path]) -> None:
    toponyms, places = table(archive[1], "toponyms"), table(archive[1], "places").set_index("place_id")
    placed = toponyms[toponyms.place_id.notna()]
    assert set(places.index) == set(placed.place_id)
    for id_, own in placed.groupby("place_id"):
        row = places.loc[id_]
        assert row.mentions == len(own)
        assert row.expected == pytest.approx(own.place_probability.sum(), abs=1e-3)
        assert row.documents == own.document_id.nunique()
        assert set(row.names) == set(own.text)


def test_pandas_geopandas_and_duckdb_read_the_tables(archive: tuple[Path, Path]) -> None:
    out = archive[1]
    places = geopandas.read_parquet(out / "places.parquet")
    assert places.crs.to_epsg() == 4326 or places.crs.to_string() == "OGC:CRS84"
    osaka = places[places.place == "Osaka"].iloc[0]
    assert (round(osaka.geometry.x), round(osaka.geometry.y)) == (136, 35) or osaka.geometry.y == osaka.lat
    toponyms = duckdb.read_parquet(f"{out}/toponyms.parquet/*.parquet")
    assert len(toponyms.fetchall()) == len(pd.read_parquet(out / "toponyms.parquet"))


def test_the_same_command_again_does_nothing_and_says_the_same(archive: tuple[Path, Path]) -> None:
    source, out = archive
    before = {path: path.stat().st_mtime_ns for path in out.rglob("part-*.parquet")}
    done = read_archive(source, out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("part-*.parquet")} == before
    assert done.cpu == 0
    assert done.totals["documents"] == COUNT


@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_processes_gives_the_same_tables(archive: tuple[Path, Path], jobs: int, tmp_path: Path) -> None:
    read_archive(archive[0], tmp_path / "out", jobs=jobs)
    assert same_tables(archive[1], tmp_path / "out")


def test_one_file_a_table(archive: tuple[Path, Path], tmp_path: Path) -> None:
    read_archive(archive[0], tmp_path / "out", single_file=True)
    assert (tmp_path / "out" / "toponyms.parquet").is_file()
    assert same_tables(archive[1], tmp_path / "out")
    read_archive(archive[0], tmp_path / "out", single_file=True)
    assert same_tables(archive[1], tmp_path / "out")


def test_a_changed_input_is_noticed_before_the_first_task(archive: tuple[Path, Path], tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    for number in range(4):
        (source / f"{number}.txt").write_text(text(number), encoding="utf-8")
    read_archive(source, tmp_path / "out")
    (source / "2.txt").write_text(text(9) + " Fin.", encoding="utf-8")
    with pytest.raises(
        OptionError, match=r"the input has changed \(.*2\.txt has another size or date\): give --restart"
    ):
        read_archive(source, tmp_path / "out")
    (source / "7.txt").write_text(text(7), encoding="utf-8")
    done = read_archive(source, tmp_path / "out", restart=True)
    assert done.totals["documents"] == 5


def test_files_are_dated_in_the_order_of_the_origins(tmp_path: Path) -> None:
    source = tmp_path / "texts"
    (source / "1968" / "05").mkdir(parents=True)
    html = (
        "<html><head><meta property='article:published_time' content='1999-04-05'></head><body><p>{}</p></body></html>"
    )
    (source / "2001-02-03.txt").write_text("Date: 1990-01-02\n\n" + text(1), encoding="utf-8")
    (source / "2001-02-04.txt").write_text(text(2), encoding="utf-8")
    (source / "2001-02-05.html").write_text(html.format(text(3)), encoding="utf-8")
    (source / "1968" / "05" / "tract.txt").write_text(text(4), encoding="utf-8")
    (source / "rien.txt").write_text(text(5), encoding="utf-8")
    read_archive(source, tmp_path / "out", jobs=1)
    documents = table(tmp_path / "out", "documents").set_index("document_id")
    found = {id_: (row.date, row.date_origin) for id_, row in documents.iterrows()}
    assert found["2001-02-03.txt"] == ("1990-01-02", "header")
    assert found["2001-02-04.txt"] == ("2001-02-04", "file")
    assert found["2001-02-05.html"] == ("1999-04-05", "html")
    assert found["1968/05/tract.txt"] == ("1968-05", "folder")
    assert pd.isna(found["rien.txt"][0])
    whole = (source / "2001-02-03.txt").read_text(encoding="utf-8")
    toponyms = table(tmp_path / "out", "toponyms")
    for row in toponyms[toponyms.document_id == "2001-02-03.txt"].itertuples():
        assert whole[row.start : row.end] == row.text
    month = documents.loc["1968/05/tract.txt"]
    assert (str(month.date_from), str(month.date_to)) == ("1968-05-01", "1968-05-31")


def test_a_file_of_several_texts_is_a_document_for_each(tmp_path: Path) -> None:
    import mapgen

    source = tmp_path / "texts"
    source.mkdir()
    rows = [
        {"text": text(1), "title": "Premier", "date": "1999-04-05"},
        {"text": "Rien à signaler, sinon la pluie et le vent du soir.", "title": "Sans lieu"},
        {"text": text(2), "title": "Troisième", "date": "2003-10"},
    ]
    (source / "1987-06-05.json").write_text(json.dumps(rows), encoding="utf-8")
    (source / "one.json").write_text(json.dumps(rows[:1]), encoding="utf-8")
    (source / "z.txt").write_text(text(3), encoding="utf-8")
    decided = tmp_path / "decided.csv"
    decided.write_text(
        "document,name,decision,scope,start,end\n1987-06-05.json#3,Mombasa,no-place,document,,\n", encoding="utf-8"
    )
    read_archive(source, tmp_path / "out", jobs=1)
    documents = table(tmp_path / "out", "documents")
    names = ["1987-06-05.json#1", "1987-06-05.json#2", "1987-06-05.json#3", "one.json", "z.txt"]
    assert list(documents.document_id) == names
    assert not documents.duplicated(["part", "row"]).any()
    dated = documents.set_index("document_id")
    assert list(dated.date[:4]) == ["1999-04-05", "1987-06-05", "2003-10", "1999-04-05"]
    assert list(dated.date_origin[:4]) == ["html", "file", "html", "html"]
    assert list(dated.title[:3]) == ["Premier", "Sans lieu", "Troisième"]
    assert list(dated.toponyms > 0) == [True, False, True, True, True]
    assert dated.duplicate_of["one.json"] == "1987-06-05.json#1"
    toponyms = table(tmp_path / "out", "toponyms")
    read = mapgen.read(source / "1987-06-05.json").texts()
    for row in toponyms[toponyms.document_id.str.startswith("1987")].itertuples():
        assert read[int(row.document_id[-1]) - 1].text[row.start : row.end] == row.text

    files = [mapgen.read(path) for path in sorted(source.iterdir())]
    corpus = mapgen.Corpus(files, tmp_path / "given", settings=mapgen.Settings(corrections=(decided,)))
    corpus.run(jobs=1)
    assert corpus.documents(["document_id"]).to_pandas().document_id.to_list() == names
    given = corpus.toponyms(["document_id", "text", "place_id"]).to_pandas()
    placed = given[given.text == "Mombasa"].groupby("document_id").place_id.count()
    assert placed["1987-06-05.json#1"] > 0
    assert placed.get("1987-06-05.json#3", 0) == 0


def test_strict_stops_at_the_first_document_that_fails(archive: tuple[Path, Path], home: Path, tmp_path: Path) -> None:
    done = run("corpus", archive[0], tmp_path / "out", "--strict", "--jobs", "1", home=home)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("mapgen: d0003: the text is empty")
    assert "Traceback" not in done.stderr


def test_the_command_tells_the_columns_first_and_the_counts_last(
    archive: tuple[Path, Path], home: Path, tmp_path: Path
) -> None:
    done = run("corpus", archive[0], tmp_path / "out", "--jobs", "2", home=home)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    assert "text from 'text', id from 'id', date from 'date'" in lines[0]
    assert f"{COUNT} documents" in lines[-1]
    assert "2 errors (1 empty, 1 unreadable)" in lines[-1]
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["state"] == "done"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corpus", "nowhere", "out"], "nowhere: there is no such file or folder"),
        (["corpus", "in.jsonl"], "name the input and then the folder"),
        (["corpus", "in.jsonl", "out", "--engine", "x"], "unknown engine 'x'"),
        (["corpus", "in.jsonl", "out", "--engine", "dask"], "needs --scheduler"),
        (["corpus", "in.jsonl", "out", "--text-column", "t"], "has no column 't'"),
        (["corpus", ".", "./out"], "lies in the input"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_2(
    archive: tuple[Path, Path], home: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "in.jsonl").write_bytes(archive[0].read_bytes())
    done = run(*arguments, home=home, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, archive: tuple[Path, Path], tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(OptionError, match=r"pip install 'mapgen\[corpus\]'"):
        read_archive(archive[0], tmp_path / "out")


def test_an_archive_from_python_and_its_documents_from_any_iterable(archive: tuple[Path, Path], tmp_path: Path) -> None:
    import mapgen

    def documents() -> Iterator[mapgen.Document]:
        for number in range(COUNT):
            yield mapgen.Document(text=text(number), source=f"d{number:04d}", date="2020-02-03")

    corpus = mapgen.Corpus(documents(), tmp_path / "out")
    with pytest.raises(OptionError, match="run the archive first"):
        corpus.toponyms()
    done = corpus.run(jobs=1)
    assert done.totals["documents"] == COUNT
    own = corpus.toponyms(["document_id", "start", "text", "place_id"]).to_pandas()
    known = table(archive[1], "toponyms").set_index("document_id")
    for id_ in ("d0000", "d0020", f"d{COUNT - 1:04d}"):
        assert list(own[own.document_id == id_].place_id) == list(known.loc[id_].place_id)
    assert corpus.places().num_rows == done.places
    assert set(corpus.documents().to_pandas().date) == {"2020-02-03"}
    assert mapgen.Corpus(documents(), tmp_path / "out").run().cpu == 0
    assert Path(corpus.page(title="Essai")).read_text(encoding="utf-8").count("<title>Essai</title>") == 1


def test_two_spans_of_an_archive_are_compared(archive: tuple[Path, Path], home: Path, tmp_path: Path) -> None:
    out = archive[1]
    done = run("compare", f"{out}@2021-01..2021-06", f"{out}@2021-07..2021-12", "-o", tmp_path / "c.html", home=home)
    assert done.returncode == 0, done.stderr
    rows = pd.read_csv(tmp_path / "c.csv")
    documents = table(out, "documents")
    first = documents[documents.date_to < pd.Timestamp("2021-07-01").date()]
    toponyms = table(out, "toponyms").merge(first[["part", "row"]], on=["part", "row"])
    counts = toponyms.groupby("place_id").size()
    assert {row.place_id: row.mentions_a for row in rows.itertuples()} == dict(counts)
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Osaka" in page


def test_the_page_can_be_written_anew_with_fewer_sentences(archive: tuple[Path, Path], home: Path) -> None:
    before = (archive[1] / "corpus.html").stat().st_size
    done = run("corpus", "page", archive[1], "--page-limit", "10", "--title", "Petit", home=home)
    assert done.returncode == 0, done.stderr
    assert (archive[1] / "corpus.html").stat().st_size < before


def test_the_page_of_a_large_archive_counts_by_shares_and_coarsely(
    archive: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import re

    from mapgen.corpus import page
    from mapgen.corpus.store import Store

    store = Store.at(str(archive[1]))
    written = []
    for at_once, cells in ((10**6, 10**6), (7, 10**6), (7, 1)):
        monkeypatch.setattr(page, "_AT_ONCE", at_once)
        monkeypatch.setattr(page, "_MOST_CELLS", cells)
        page.write_page(store, title="Essai")
        written.append((archive[1] / "corpus.html").read_text(encoding="utf-8"))
    one, shared, coarse = written
    assert one == shared
    for html, period, step in ((one, "day", 0.05), (coarse, "decade", 1.0)):
        found = re.search(r'id="mapgen-data">(.*?)</script>', html)
        assert found is not None
        data = json.loads(found[1])
        assert (data["period"], data["step"]) == (period, step)
