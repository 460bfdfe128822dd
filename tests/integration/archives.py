"""A small archive of texts written for the tests, and how its tables are read back and compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from mapgen.corpus.options import RunOptions
from mapgen.corpus.run import Done, run
from mapgen.settings import Settings

PLACES = ("Quimper", "Zagreb", "Bamako", "Osaka", "Valparaiso", "Cracovie", "Mombasa", "Izmir")
SENTENCES = (
    "Le conseil municipal de {a} a voté hier le budget, rapporte notre correspondant à {b}.",
    "Un train parti de {a} a déraillé près de {b} sans faire de victime, selon la préfecture.",
    "Les pompiers de {a} ont reçu des renforts venus de {b} dans la nuit de lundi à mardi.",
    "A fire broke out in a warehouse outside {a} on Tuesday; crews from {b} were sent to help.",
)


def text(number: int) -> str:
    """A text of some sentences, no two alike."""
    names = [PLACES[(number * step + step) % len(PLACES)] for step in (1, 2, 3, 5)]
    parts = [
        SENTENCES[(number + at) % len(SENTENCES)].format(a=names[at % 4], b=names[(at + 1) % 4]) for at in range(4)
    ]
    return f"Dépêche numéro {number}. " + " ".join(parts)


def write_table(path: Path, count: int) -> Path:
    """A JSON lines file of texts; some have no date, one has no text, one line is broken."""
    rows = [
        {"id": f"d{number:04d}", "text": text(number), "date": f"2021-{number % 12 + 1:02d}-{number % 27 + 1:02d}"}
        for number in range(count)
    ]
    rows[3]["text"], rows[5]["date"], rows[7]["date"] = "", "", "un jour"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines[11] = lines[11][:40]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_archive(source: Path | tuple[str, ...] | Any, out: Path, *, opener: Any = None, **options: Any) -> Done:
    """Run an archive as the command does."""
    given = (str(source),) if isinstance(source, Path) else source
    more = {} if opener is None else {"opener": opener}
    chosen = RunOptions(**({"jobs": 2} | options))
    return run(given, str(out), Settings(), chosen, tell=lambda _: None, listen=lambda _: None, **more)


def table(out: Path, name: str) -> pd.DataFrame:
    """A table, sorted, as pandas reads it."""
    frame = pd.read_parquet(out / f"{name}.parquet")
    keys = [column for column in ("part", "row", "start", "place_id") if column in frame.columns]
    return frame.sort_values(keys).reset_index(drop=True)


def same_tables(one: Path, other: Path) -> bool:
    """Whether the sorted tables are equal byte for byte, as CSV with all digits."""
    return all(
        table(one, name).to_csv().encode() == table(other, name).to_csv().encode()
        for name in ("toponyms", "documents", "places")
    )
