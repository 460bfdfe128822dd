"""Names of files and folders tell dates; none is invented."""

from __future__ import annotations

import pytest

from mapgen.reading.name_dates import date_in_folders, date_in_name

NAMES = {
    "GDL-1804-07-17.txt": "1804-07-17",
    "GDL-1804-07-17-a-i0001.txt": "1804-07-17",
    "tract_19680503.txt": "1968-05-03",
    "20210304123000.json": "2021-03-04",
    "IMG_20210304_1200.txt.gz": "2021-03-04",
    "agence.2021.03.04.txt": "2021-03-04",
    "bulletin-2020-05.html": "2020-05",
    "3-mai-1968.txt": "1968-05-03",
    "lettre_1er_mars_2020.txt": "2020-03-01",
    "May_3_1968.txt": "1968-05-03",
    "23-04-1921.txt": "1921-04-23",
    "03-04-1921.txt": "1921",
    "2001-09-11_2001-09-12.txt": "2001-09",
    "tract_19681503.txt": "",
    "20210230.txt": "",
    "id18041212x.txt": "",
    "doc_1999.txt": "",
    "1914-1918.txt": "",
    "rapport 12.txt": "",
    "v2.0.1.txt": "",
    "123456789012.txt": "",
}

FOLDERS = {
    "1968/05/03.txt": "1968-05-03",
    "1968/5/t.txt": "1968-05",
    "fonds/1968/t.txt": "1968",
    "1968-05/3.txt": "1968-05",
    "2020/13/t.txt": "2020",
    "1968/tracts/t.txt": "1968",
    "fonds/tracts/t.txt": "",
    "1968.txt": "",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file(name: str) -> None:
    assert date_in_name(name) == NAMES[name]
    assert date_in_name(f"2011-11-11/{name}") == NAMES[name]


@pytest.mark.parametrize("name", FOLDERS)
def test_the_folders_of_a_file(name: str) -> None:
    assert date_in_folders(name) == FOLDERS[name]
