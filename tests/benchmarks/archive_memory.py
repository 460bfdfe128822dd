"""The memory of a worker and of the client of an archive, each in a process of its own.

    python tests/benchmarks/archive_memory.py worker 100000 [--words 30]
    python tests/benchmarks/archive_memory.py client 1000000

`worker` reads that many texts with fresh words and names, a partition after the other, and prints its memory on the
way. `client` writes the parts that workers would have written for that many documents, nine names in each, and takes
the steps that follow them: near-duplicates, places, totals, page; it prints the peak after each, and the bytes of the
page.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from fresh_texts import DATA, fresh_texts, peak_bytes

from mapgen.corpus.model import Job
from mapgen.corpus.plan import partitions_of
from mapgen.corpus.schemas import DOCUMENTS, SIGNATURES, TOPONYMS, schema_of
from mapgen.corpus.sources import Inline, inline_pieces
from mapgen.corpus.store import Store, part_name
from mapgen.settings import Settings

PARTITION = 60_000
"""Bytes of text in a partition of the worker."""
DOCUMENTS_A_PART = 2_000
NAMES_A_DOCUMENT = 9
PLACES = 40_000
DUPLICATES = 0.05
"""Share of the documents of the client that repeat an earlier one."""
SENTENCES = 20_000
"""Different sentences around the names: more than a block of a page holds."""


def tell(**values: Any) -> None:
    print(json.dumps(values), flush=True)  # noqa: T201


def anonymous_bytes() -> int:
    """Memory of this process that is no file mapped into it; the peak where the system does not tell it."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon")), peak_bytes())


def worker(count: int, every: int) -> None:
    """Read texts with fresh words, and tell the memory every few of them."""
    from mapgen.corpus.task import open_geoparser, run_partition

    with tempfile.TemporaryDirectory() as folder:
        job = Job(
            output=folder, session="measured", settings=Settings(), sources=(Inline(),), opener=open_geoparser
        )  # fmt: skip
        done = told = 0
        for partition in partitions_of(inline_pieces(fresh_texts(count)), PARTITION):
            done += run_partition(job, partition).documents
            for path in Path(folder).rglob("part-*.parquet"):
                path.unlink()
            if done - told >= every or done == count:
                told = done
                tell(documents=done, peak_mb=peak_bytes() / 1e6, anonymous_mb=anonymous_bytes() / 1e6)


def parts(count: int, seed: int = 1) -> Iterator[tuple[int, pa.Table, pa.Table, pa.Table]]:
    """Yield number, toponyms, documents and signatures of partitions, as workers write them."""
    rng = np.random.default_rng(seed)
    start = (datetime.date(1990, 1, 1) - datetime.date(1970, 1, 1)).days
    kept: Any = None
    for number in range(-(-count // DOCUMENTS_A_PART)):
        rows = min(DOCUMENTS_A_PART, count - number * DOCUMENTS_A_PART)
        bands = rng.integers(0, 2**64, size=(rows, 32), dtype=np.uint64)
        sketch = rng.integers(0, 256, size=(rows, 128), dtype=np.uint8)
        if kept is not None:
            again = int(rows * DUPLICATES)
            bands[:again], sketch[:again] = kept[0][:again], kept[1][:again]
        kept = bands, sketch
        yield number, _toponyms(number, rows, rng), _documents(number, rows, rng, start), _signatures(number, *kept)


@cache
def _halves(seed: int = 1) -> list[tuple[str, str]]:
    """Sentences of words of the project's own texts in an order of chance, as what stands before and after a name."""
    chance = random.Random(seed)
    words = (DATA / "fr.txt").read_text(encoding="utf-8").replace("[", "").replace("]", "").split()
    return [
        (" ".join(chance.choices(words, k=9)) + " ", " " + " ".join(chance.choices(words, k=13)) + ".")
        for _ in range(SENTENCES)
    ]


def _toponyms(part: int, rows: int, rng: Any) -> pa.Table:
    size = rows * NAMES_A_DOCUMENT
    place = np.minimum(PLACES - 1, rng.exponential(PLACES / 12, size).astype(np.int64))
    row = np.repeat(np.arange(rows), NAMES_A_DOCUMENT)
    start = np.tile(np.arange(NAMES_A_DOCUMENT) * 300 + 150, rows)
    names = [f"Nom {at}" for at in place]
    halves = [_halves()[at] for at in rng.integers(0, SENTENCES, size)]
    columns = {
        "part": np.full(size, part), "row": row,
        "document_id": [f"d{part:06d}-{at}" for at in row],
        "start": start, "end": start + [len(name) for name in names], "text": names,
        "sense": np.where(rng.random(size) < 0.2, "metonymic", "literal"),
        "kind": pa.array(["city"] * size), "match": pa.array(["exact"] * size), "relation": pa.nulls(size, pa.string()),
        "place_id": [f"gn:{at}" for at in place], "place": [f"Lieu {at}" for at in place],
        "label": [f"Lieu {at}" for at in place], "region": [f"Région {at % 300}" for at in place],
        "geonameid": place, "country": [("FR", "DE", "ES", "IT")[at % 4] for at in place],
        "lat": (place % 1300) / 10 - 55.0, "lon": (place % 3400) / 10 - 170.0,
        "name_probability": np.ones(size), "place_probability": np.round(rng.random(size) ** 0.4, 4),
        "radius_km": pa.nulls(size, pa.float32()),
        "excerpt": [before + name + after for name, (before, after) in zip(names, halves, strict=True)],
        "excerpt_start": start - [len(before) for before, _ in halves],
    }  # fmt: skip
    return _table(columns, TOPONYMS)


def _documents(part: int, rows: int, rng: Any, start: int) -> pa.Table:
    days = start + rng.integers(0, 11_000, rows)
    undated = rng.random(rows) < 0.1
    dates = pa.array(days.astype("int32"), pa.int32(), mask=undated).cast(pa.date32())
    columns = {
        "part": np.full(rows, part), "row": np.arange(rows),
        "document_id": [f"d{part:06d}-{at}" for at in range(rows)],
        "title": [f"Titre {part} {at}" for at in range(rows)], "source": ["Le Courrier"] * rows,
        "language": ["fr"] * rows, "date": dates.cast(pa.string()), "date_from": dates, "date_to": dates,
        "date_origin": pa.array(["column"] * rows), "text_start": np.zeros(rows), "characters": np.full(rows, 2_500),
        "toponyms": np.full(rows, NAMES_A_DOCUMENT), "placed": np.full(rows, NAMES_A_DOCUMENT),
        "duplicate_of": pa.nulls(rows, pa.string()), "error": pa.nulls(rows, pa.string()),
        "error_message": pa.nulls(rows, pa.string()),
    }  # fmt: skip
    return _table(columns, DOCUMENTS)


def _signatures(part: int, bands: Any, sketch: Any) -> pa.Table:
    rows = len(bands)
    columns = {
        "part": np.full(rows, part), "row": np.arange(rows),
        "bands": pa.FixedSizeListArray.from_arrays(pa.array(bands.reshape(-1)), 32),
        "sketch": pa.array([each.tobytes() for each in sketch], pa.binary(128)),
    }  # fmt: skip
    return _table(columns, SIGNATURES)


def _table(columns: dict[str, Any], schema: Any) -> pa.Table:
    arrow = schema_of(schema)
    made = [
        each.cast(field.type) if isinstance(each, pa.Array) else pa.array(each).cast(field.type)
        for field, each in zip(arrow, columns.values(), strict=True)
    ]
    return pa.table(made, schema=arrow)


def client(count: int, limit: int) -> None:
    """Write parts in another process, then take the steps of the client."""
    from mapgen.corpus.duplicates import mark_duplicates
    from mapgen.corpus.page import write_page
    from mapgen.corpus.summary import totals, write_places

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, "parts", str(count), "--folder", folder], check=True)
        store = Store(folder)
        tell(step="before", peak_mb=peak_bytes() / 1e6)
        found = mark_duplicates(store)
        tell(step="duplicates", found=found, peak_mb=peak_bytes() / 1e6)
        tell(step="places", found=write_places(store), peak_mb=peak_bytes() / 1e6)
        tell(step="totals", found=totals(store)["documents"], peak_mb=peak_bytes() / 1e6)
        write_page(store, limit=limit)
        size = len(store.read("corpus.html") or b"")
        tell(step="page", found=size, peak_mb=peak_bytes() / 1e6, pandas="pandas" in sys.modules)


def write_parts(count: int, folder: str) -> None:
    for number, *tables in parts(count):
        for name, table in zip(("toponyms", "documents", "signatures"), tables, strict=True):
            path = Path(folder, part_name(name, number))
            path.parent.mkdir(exist_ok=True)
            pq.write_table(table, path, compression="zstd")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("worker", "client", "parts"))
    parser.add_argument("count", type=int)
    parser.add_argument("--every", type=int, default=5_000)
    parser.add_argument("--limit", type=int, default=50_000)
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    if options.what == "worker":
        worker(options.count, options.every)
    elif options.what == "client":
        client(options.count, options.limit)
    else:
        write_parts(options.count, options.folder)


if __name__ == "__main__":
    main()
