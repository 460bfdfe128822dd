"""Whatever the format and the compression, the documents of all pieces are the rows of the file, in their order."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.spec import AbstractBufferedFile

from mapgen.corpus.model import Columns, Piece, Record
from mapgen.corpus.plan import partitions_of
from mapgen.corpus.sources import Files, inputs_of
from mapgen.corpus.sources.tables import GUESSES, chosen_columns
from mapgen.errors import DocumentError, OptionError

TEXTS = ["Pluie à Rennes.", 'Un "mot", puis\nune ligne\r\net une autre', "x" * 3000, "  ", "fin; 東京 🌧"] * 40
ROWS = [{"id": f"n{number}", "text": text, "date": f"19{number % 90 + 10}"} for number, text in enumerate(TEXTS)]


def as_csv(delimiter: str) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, ["id", "text", "date"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return stream.getvalue().encode()


def as_jsonl() -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in ROWS)


def as_parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), stream, row_group_size=70)
    return stream.getvalue()


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.csv": lambda: as_csv(","),
    "marked.csv": lambda: b"\xef\xbb\xbf" + as_csv(";"),
    "a.tsv": lambda: as_csv("\t"),
    "a.csv.gz": lambda: gzip.compress(as_csv(",")),
    "a.jsonl": as_jsonl,
    "a.ndjson.zst": lambda: zstd(as_jsonl()),
    "a.jsonl.gz": lambda: gzip.compress(as_jsonl()[:5000]) + gzip.compress(as_jsonl()[5000:]),
    "a.parquet": as_parquet,
}


def pieces_and_records(path: Path | str, **columns: str) -> tuple[list[Piece], list[Record]]:
    inputs = inputs_of([str(path)], Columns(**columns))
    pieces = list(inputs.pieces())
    return pieces, [record for piece in pieces for record in inputs.sources[piece.source].records(piece)]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    from mapgen.corpus.sources import parquet, tables

    monkeypatch.setattr(parquet, "CHUNK", 2000)
    monkeypatch.setattr(tables.pieces_of, "__kwdefaults__", {"chunk": 2000})


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.usefixtures("small_pieces")
def test_all_rows_come_back_in_their_order_from_pieces(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name]())
    pieces, records = pieces_and_records(path)
    assert len(pieces) > 5
    assert [(each.id, each.text, each.date) for each in records] == [(r["id"], r["text"], r["date"]) for r in ROWS]
    assert sum(piece.rows for piece in pieces) == len(ROWS)


class Blocks(fsspec.AbstractFileSystem):
    """A store whose files are read by ranges of bytes, as those of object stores are."""

    protocol = "blocks"
    files: ClassVar[dict[str, bytes]] = {}

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        found = [self.info(name) for name in self.files if name == path or name.startswith(path.rstrip("/") + "/")]
        if not found:
            raise FileNotFoundError(path)
        return found if detail else [each["name"] for each in found]

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        path = self._strip_protocol(path)
        if path in self.files:
            return {"name": path, "size": len(self.files[path]), "type": "file", "ETag": "1"}
        if any(name.startswith(path + "/") for name in self.files):
            return {"name": path, "size": 0, "type": "directory"}
        raise FileNotFoundError(path)

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        return BlockFile(self, path, mode, block_size=4096)


class BlockFile(AbstractBufferedFile):
    def _fetch_range(self, start: int, end: int) -> bytes:
        return self.fs.files[self.path][start:end]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.usefixtures("small_pieces")
def test_rows_are_read_from_an_object_store(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.register_implementation("blocks", Blocks, clobber=True)
    monkeypatch.setitem(Blocks.files, f"bucket/{name}", FORMATS[name]())
    pieces, records = pieces_and_records(f"blocks://bucket/{name}")
    assert len(pieces) > 5
    assert [(each.id, each.text) for each in records] == [(row["id"], row["text"]) for row in ROWS]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.usefixtures("small_pieces")
def test_pieces_that_follow_each_other_are_read_as_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name]())
    inputs = inputs_of([str(path)])
    partitions = list(partitions_of(inputs.pieces(), 10_000))
    assert 1 < len(partitions) < 40
    ids = [
        record.id
        for partition in partitions
        for piece in partition.pieces
        for record in inputs.sources[piece.source].records(piece)
    ]
    assert ids == [row["id"] for row in ROWS]


def test_a_line_that_is_no_json_is_a_failure_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "un"}\n{"text": \n\n[1]\n{"text": "\xff"}\n{"text": null}\n{"text": 5}\n{"text": "deux"}\n'
    )
    _, records = pieces_and_records(path)
    kinds = [record.failure.kind if record.failure else record.text for record in records]
    assert kinds == ["un", "unreadable", "unreadable", "encoding", "empty", "unreadable", "deux"]
    assert records[-1].id == "a.jsonl#7"


def test_a_damaged_archive_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(json.dumps({"text": str(n) * 3}).encode() + b"\n" for n in range(20_000))
    path.write_bytes(gzip.compress(lines)[:-20_000])
    pieces, records = pieces_and_records(path)
    assert len(records) == sum(piece.rows for piece in pieces) > 100
    assert all(record.failure is None for record in records[:-1])
    assert records[-1].failure is not None
    assert records[-1].failure.kind == "unreadable"


def test_a_csv_in_another_encoding_and_one_with_stray_bytes(tmp_path: Path) -> None:
    windows = tmp_path / "w.csv"
    windows.write_bytes("id,text\n1,été à Dôle\n".encode("cp1252"))
    assert pieces_and_records(windows)[1][0].text == "été à Dôle"
    stray = tmp_path / "s.csv"
    stray.write_bytes(b"id,text\n" + b"1,ok\n" * 300_000 + b"2,\xff\xfe\n3,ok\n")
    assert [record.id for record in pieces_and_records(stray)[1][-2:]] == ["2", "3"]


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt.gz", ".hidden", "c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(b"texte") if name.endswith("gz") else b"texte")
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    _, records = pieces_and_records(tmp_path)
    assert [record.id for record in records] == ["a/y.txt.gz", "a/z.txt", "b.txt", "c.html", "dead"]
    assert [record.failure is None for record in records] == [True, True, True, True, False]
    assert records[0].data == b"texte"


def test_a_pattern_tells_names_from_its_first_folder(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name in ("x/1.txt", "2.txt", "3.md"):
        (tmp_path / name).write_text("texte", encoding="utf-8")
    _, records = pieces_and_records(f"{tmp_path}/**/*.txt")
    assert [record.id for record in records] == ["2.txt", "x/1.txt"]


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    _, records = pieces_and_records(tmp_path)
    assert records[0].failure is not None


def test_tables_of_one_kind_with_other_columns_are_read_by_their_own(tmp_path: Path) -> None:
    rows = {
        "a.jsonl": {"id": "a", "body": "Un texte.", "published": "2021-03-04"},
        "b.jsonl": {"id": "b", "text": "Un autre."},
        "c.jsonl": {"id": "c", "body": "Un texte sans date."},
        "d.jsonl": {"id": "d", "text": "Un autre encore."},
    }
    for name, row in rows.items():
        (tmp_path / name).write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "e.jsonl").write_text("rien\n", encoding="utf-8")
    inputs = inputs_of([str(tmp_path)])
    pieces = list(inputs.pieces())
    found = [record for piece in pieces for record in inputs.sources[piece.source].records(piece)]
    assert [(each.text, each.date) for each in found[:4]] == [
        ("Un texte.", "2021-03-04"), ("Un autre.", ""), ("Un texte sans date.", ""), ("Un autre encore.", ""),
    ]  # fmt: skip
    assert found[4].failure is not None
    assert len(inputs.guesses) == len(inputs.sources) == 2
    with pytest.raises(OptionError, match=r"meta\.csv is told to be the text"):
        (tmp_path / "meta.csv").write_text("name,size\na,1\n", encoding="utf-8")
        list(inputs_of([str(tmp_path)]).pieces())


def test_a_missing_input_and_a_table_without_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        pieces_and_records(tmp_path / "none")
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(OptionError, match="--text-column"):
        pieces_and_records(path)
    assert pieces_and_records(path, text="y")[1][0].text == "2"
    with pytest.raises(OptionError, match="has no column 'z'"):
        pieces_and_records(path, text="z")


@pytest.mark.parametrize(("what", "guess"), [(what, guess) for what in GUESSES for guess in GUESSES[what]])
def test_every_guess_is_taken(what: str, guess: str) -> None:
    names = ["other", guess.upper().replace("_", " ")] + ([] if what == "text" else ["text"])
    assert getattr(chosen_columns(names, Columns(), "t"), what) == names[1]


def test_documents_of_a_program_are_read_no_further_than_needed() -> None:
    from mapgen.corpus.sources import inline_pieces

    taken = []

    def endless() -> Iterator[Any]:
        for number in range(10**9):
            taken.append(number)
            yield "x" * 100_000

    pieces = inline_pieces(endless())
    first, second = next(pieces), next(pieces)
    assert (first.first, first.rows, second.first) == (0, 3, 3)
    assert len(taken) == 6


def test_the_root_of_a_file_is_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "1.txt"
    path.write_text("texte", encoding="utf-8")
    inputs = inputs_of([str(path)])
    assert [piece.path for piece in inputs.pieces()] == [str(path)]
    assert inputs.sources == [Files(root=f"{tmp_path}/")]
