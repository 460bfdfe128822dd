"""The key of a name is the same in the program and in the page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from mapgen.corrections.occurrences import name_key

CHANGES = Path(__file__).parents[3] / "mapgen" / "rendering" / "static" / "changes.js"
SCRIPT = """
import { readFileSync } from "node:fs";
import { nameKey } from "%s";
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((name) => nameKey(name))));
"""
# Letters that Python's and Node's versions of Unicode both know: Unicode 13 and older.
LETTERS = [
    letter
    for letter in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(letter)[0] in "LMNZ" and ord(letter) < 0x1E900
]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_python_and_the_page_have_the_same_key_for_every_letter_and_space() -> None:
    names = [f"A{letter}b" for letter in LETTERS]
    names += [f"{space}Deir{space}{space}ez-Zor{space}" for space in map(chr, range(0x3001)) if space.isspace()]
    signs = map(
        chr, (0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
    )
    names += [f"Mont{sign}luçon" for sign in signs]
    names += ["Per\u00ad\r\npignan", "Bourg-\nen-Bresse", "L\u2019Isle", "N`Dali", "Saint\u2011Lô", "Pa\u017fewalk"]
    names += ["\u0646\u06cc\u200c\u0634\u0627\u0628\u0648\u0631", "👩\u200d🚒", "Ni\u200cshapur", "E\u0301vry"]
    names += ["STRASSE Straße", "ΑΘΗΝΑΣ Αθήνας", "İstanbul", "Lattaquie\u0301", "Ǆ ǅ ǆ", "ﬁ", "\ufeffAlep"]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT % CHANGES.as_uri()],
        input=json.dumps(names), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    page = json.loads(done.stdout)
    assert [(one, name_key(one), key) for one, key in zip(names, page, strict=True) if name_key(one) != key] == []


def test_case_spaces_and_composition_do_not_count() -> None:
    assert name_key("  Deir\n ez-Zor") == name_key("DEIR EZ-ZOR")
    assert name_key("Lattaquie\u0301") == name_key("Lattaquié")
    assert name_key("Straße") == name_key("STRASSE")
    assert name_key("Alep") != name_key("Alès")
