from __future__ import annotations

import pytest

from mapgen.reading.dates import dates_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 May 1911 it rained.", [("3 May 1911", "1911-05-03")]),
        ("On May 3, 1911 and on June 4", [("May 3, 1911", "1911-05-03"), ("June 4", "1911-06-04")]),
        ("Le 1er avril 1920, puis le 30 août", [("1er avril 1920", "1920-04-01"), ("30 août", "1920-08-30")]),
        ("31 February 1911 is no day", []),
        ("he may 3 times have come", []),
    ],
)
def test_days_in_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], iso) for start, end, iso in dates_in(text)] == expected


def test_a_year_that_is_known_completes_a_day() -> None:
    assert dates_in("le 5 mars") == []
    assert dates_in("le 5 mars", year=2020) == [(3, 9, "2020-03-05")]
