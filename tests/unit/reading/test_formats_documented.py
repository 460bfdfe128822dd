"""docs/formats.md names every format with all its endings, and every unit of an address."""

from __future__ import annotations

import re
from pathlib import Path

from mapgen.addresses import Unit
from mapgen.reading.formats import FORMATS

PAGE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = {row.split("|")[1].strip(): row for row in PAGE.splitlines() if row.startswith("| ")}


def test_every_format_has_a_row_with_its_names() -> None:
    for each in FORMATS:
        assert set(re.findall(r"`(\.\w+)`", ROWS[each.name])) == set(each.suffixes), each.name


def test_every_format_is_in_the_registry() -> None:
    rows = [name for name in ROWS if re.search(r"`\.\w+`", ROWS[name])]
    assert sorted(rows) == sorted(each.name for each in FORMATS)


def test_every_unit_is_in_the_languages_of_the_page() -> None:
    from mapgen.languages import page_languages
    from mapgen.rendering.page_texts import page_texts

    for language in page_languages():
        assert all(f"address_{unit.name.lower()}" in page_texts(language) for unit in Unit)
