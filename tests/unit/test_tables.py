"""Rows of CSV texts: what is refused does not depend on what else the process reads."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapgen.errors import CorrectionsError
from mapgen.tables import CsvRows, table_rows


@pytest.fixture(params=[10, 2**31 - 1])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """The limit of cells that other code of the process has set."""
    before = csv.field_size_limit(request.param)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("elsewhere")
def test_what_is_too_long_depends_on_no_other_reader() -> None:
    long = "a" * 1000
    rows = table_rows(f"name\n{long}\n", path=Path("c.csv"), error=CorrectionsError)
    assert list(rows) == [(1, ["name"]), (2, [long])]
    rows = table_rows(f"name\n{long}\n", path=Path("c.csv"), error=CorrectionsError, longest=999)
    assert next(rows) == (1, ["name"])
    with pytest.raises(CorrectionsError, match="longer than 999") as caught:
        next(rows)
    assert caught.value.line == 2


def test_readers_in_turns_keep_their_limits() -> None:
    narrow, wide = (CsvRows(["a\n"] + ["b" * 20 + "\n"] * 2, delimiter=",", longest=n) for n in (10, 30))
    assert next(narrow) == next(wide) == ["a"]
    assert next(wide) == ["b" * 20]
    with pytest.raises(csv.Error, match="longer than 10"):
        next(narrow)
    assert next(wide) == ["b" * 20]


def test_a_quotation_mark_that_is_never_closed_takes_one_row() -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        yield '"open\n'
        while True:
            read += 1
            yield "line\n"

    with pytest.raises(csv.Error, match="quotation mark"):
        next(CsvRows(endless(), delimiter=",", longest=1000))
    assert read <= 200
