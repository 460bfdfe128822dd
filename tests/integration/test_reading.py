"""The first text, read from the repository's own copy, and standard input of a real process."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from mapgen.reading import read, sentences


def test_the_dispatch(root: Path) -> None:
    path = root / "data" / "dispatch.txt"
    document = read(path)
    assert (document.date, document.source) == ("2021-10", "dispatch.txt")
    assert document.text.startswith("Les forces du régime")
    assert path.read_bytes().decode()[document.source_offset :] == document.text
    told = [document.text[start:end] for start, end in sentences(document.text, "fr")]
    assert len(told) == 22
    assert "- Combats entre EI et rebelles -" in told
    assert "L'EI ne détient pas de position dans ces régions." in told


@pytest.mark.shared
def test_every_mention_lies_in_one_sentence(root: Path, shared: Path) -> None:
    document = read(root / "data" / "dispatch.txt")
    told = sentences(document.text, "fr")
    with (shared / "dispatch" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 37
    for row in rows:
        start = int(row["start"]) - document.source_offset
        end = int(row["end"]) - document.source_offset
        assert sum(first <= start and end <= last for first, last in told) == 1


def test_standard_input_of_a_process() -> None:
    code = "from mapgen.reading import read; d = read('-'); print(len(d.text), d.source, d.date)"
    run = subprocess.run(
        [sys.executable, "-c", code], input="date: 2021\n\nÉté à Alep".encode("cp1252"), capture_output=True, check=True
    )
    assert run.stdout.decode().split() == ["10", "-", "2021"]


def test_reading_plain_text_loads_no_format_library() -> None:
    libraries = ("babel", "charset_normalizer", "ftfy", "lxml", "markdown_it", "openpyxl", "pypdfium2")
    code = (
        "import sys; from mapgen.reading import from_text; from_text('Alep'); "
        f"print([name for name in {libraries} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"
