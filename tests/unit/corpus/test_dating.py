"""The date of a document of an archive: hard cases of all origins; what is not told is never invented."""

from __future__ import annotations

import io

import pytest

from mapgen.corpus.dating import date_of
from mapgen.corpus.model import Record
from mapgen.reading import read

TEXT = "Hier soir, la pluie a noyé le marché de Quimper. Le 3 mai 1902, rien de tel.\n"
HTML = "<!doctype html><html><head>{}</head><body><p>Hier soir, la pluie a noyé le marché.</p></body></html>"

CASES: dict[str, tuple[str, str, str, tuple[str, str]]] = {
    # what: (name below the archive, column, content, (date, origin))
    "name with dashes": ("GDL-1804-07-17.txt", "", TEXT, ("1804-07-17", "file")),
    "name without": ("tracts/tract_19680503.txt", "", TEXT, ("1968-05-03", "file")),
    "name with a time": ("20210304123000.txt", "", TEXT, ("2021-03-04", "file")),
    "name in words": ("lettre_1er_mars_2020.txt", "", TEXT, ("2020-03-01", "file")),
    "name of a month": ("bulletin-2020-05.txt", "", TEXT, ("2020-05", "file")),
    "name with two days": ("2001-09-11_2001-09-12.txt", "", TEXT, ("2001-09", "file")),
    "name with no such day": ("tract_19681503.txt", "", TEXT, ("", "")),
    "name with a number": ("doc_1999.txt", "", TEXT, ("", "")),
    "folders": ("1968/05/03.txt", "", TEXT, ("1968-05-03", "folder")),
    "folders without a day": ("fonds/1968/5/tract.txt", "", TEXT, ("1968-05", "folder")),
    "name before folders": ("1999/GDL-1804-07-17.txt", "", TEXT, ("1804-07-17", "file")),
    "header": ("a.txt", "", f"Titre: Le marché\nDate: 3 mai 1968\n\n{TEXT}", ("1968-05-03", "header")),
    "header before the name": ("GDL-1804-07-17.txt", "", f"Date: 4 mai 1968\n\n{TEXT}", ("1968-05-04", "header")),
    "header that is no date": ("GDL-1804-07-17.txt", "", f"Date: hier\n\n{TEXT}", ("1804-07-17", "file")),
    "metadata of a page": (
        "a.html",
        "",
        HTML.format('<meta property="article:published_time" content="2019-03-04T23:30:00-05:00">'),
        ("2019-03-04", "html"),
    ),
    "metadata before the name": (
        "tract_19680503.html",
        "",
        HTML.format('<meta name="date" content="4 mars 2019">'),
        ("2019-03-04", "html"),
    ),
    "column before all": ("GDL-1804-07-17.txt", "2021-10", f"Date: 4 mai 1968\n\n{TEXT}", ("2021-10", "column")),
    "column in the American order": ("a.txt", "Sept. 11, 2001", TEXT, ("2001-09-11", "column")),
    "column of two days": ("a.txt", "du 3 au 5 mai 2021", TEXT, ("2021-05", "column")),
    "column of two orders": ("a.txt", "03/04/2021", TEXT, ("2021", "column")),
    "column of no such day": ("a.txt", "31 février 2021", TEXT, ("", "")),
    "relative column": ("a.txt", "hier", TEXT, ("", "")),
    "relative column, dated name": ("GDL-1804-07-17.txt", "avant-hier", TEXT, ("1804-07-17", "file")),
    "span of years": ("1914-1918.txt", "1914–1918", TEXT, ("", "")),
    "day and month alone": ("a.txt", "3 mai", TEXT, ("", "")),
    "days in the text": ("a.txt", "", TEXT, ("", "")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_document_is_dated_by_what_is_told(case: str) -> None:
    name, column, content, (date, origin) = CASES[case]
    document = read(io.BytesIO(content.encode()), name=name)
    found = date_of(Record(id=name, name=name, date=column), document)
    assert (found.date, found.origin) == (date, origin)


def test_a_column_with_the_day_first_is_read_where_the_language_is_known() -> None:
    record = Record(id="a", name="a.txt", date="03/04/2021")
    assert date_of(record, None, language="fr").date == "2021-04-03"
    assert date_of(record, None, language="en").date == "2021"
