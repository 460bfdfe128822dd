"""Dates as collectors write them; what a date does not tell is never invented."""

from __future__ import annotations

import pytest

from mapgen.reading import read
from mapgen.reading.dates import iso_date

DATES = {
    "1er janvier 2020": "2020-01-01",
    "Sept. 11, 2001": "2001-09-11",
    "03/04/2021": "2021",
    "13/04/2021": "2021-04-13",
    "12.05.1990": "1990-05-12",
    "Mon, 03 May 2021 10:00:00 +0200": "2021-05-03",
    "20210503T101010Z": "2021-05-03",
    "2021年5月3日": "2021-05-03",
    "٣ مايو ٢٠٢١": "2021-05-03",
    "16. März 1945": "1945-03-16",
    "août 1914": "1914-08",
    "mis en ligne : 2021-05-03": "2021-05-03",
    "du 3 au 5 mai 2021": "2021-05",
    "1914–1918": "",
    "1914-1918": "",
    "31 février 2021": "",
    "2021-02-30": "",
    "hier": "",
    "3 mai": "",
}


@pytest.mark.parametrize("value", DATES)
def test_a_date(value: str) -> None:
    assert iso_date(value) == DATES[value]


def test_a_date_that_only_an_element_of_the_page_bears() -> None:
    import io

    pytest.importorskip("htmldate")
    page = "<html><body>{}<p>Le 3 mai 1968, il pleuvait sur la ville.</p></body></html>"
    marked = read(io.BytesIO(page.format('<span class="date-published">4 mars 2019</span>').encode()), name="a.html")
    assert (marked.date, marked.date_origin) == ("2019-03-04", "metadata")
    assert read(io.BytesIO(page.format("").encode()), name="a.html").date == ""
