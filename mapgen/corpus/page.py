"""The page of an archive: reads its tables, in bounded memory, and renders what the page holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from mapgen.corpus.database import statement, tables
from mapgen.corpus.extras import needed
from mapgen.corpus.options import EXCERPTS
from mapgen.corpus.store import Store
from mapgen.corpus.summary import totals
from mapgen.gazetteer import Gazetteer
from mapgen.languages import reader_language
from mapgen.rendering.archive import ArchivePage, Excerpt, PagePlace, render_archive

__all__ = ["label_from", "write_page"]

_MOST_CELLS = 400_000
_PERIODS = ("day", "month", "year")
_BATCH = 5_000
_EPOCH = datetime.date(1970, 1, 1)
_LANGUAGES = """
select language from documents where language is not null group by language order by count(*) desc, language
"""
_PLACES = """
select place_id, label, place, kind, region, country, lat, lon, names from places order by expected desc, place_id
"""


Label = Callable[[str, str], tuple[str, str] | None]
"""From the id of a place and a language to its name and its first-level division in it, None where it is not known."""


def write_page(
    store: Store, *, title: str = "", language: str = "", limit: int = EXCERPTS, label: Label | None = None
) -> None:
    """Write `corpus.html` from the tables of an archive.

    Args:
        store: the results.
        title: of the page; the name of the folder when not given.
        language: of the reader, ISO 639-1; that of most documents when not given.
        limit: excerpts in the page; counts are always whole.
        label: tells the names of places in the language of the reader; those of the tables are shown without it.

    Raises:
        OutputError: it cannot be written.
    """
    counts = totals(store)
    with tables(store, "toponyms", "documents", "places") as database:
        most = database.execute(_LANGUAGES).fetchall()
        period = _period(database)
        reader = reader_language(language or (most[0][0] if most else ""))
        places = [_named(place, reader, label) for place in _places(database)]
        numbers = {place.id: number for number, place in enumerate(places)}
        page = ArchivePage(
            title=title or store.output.rstrip("/").rpartition("/")[2],
            language=reader,
            totals=counts,
            period=period,
            places=places,
            cells=_cells(database, numbers),
            periods=_columns(database.sql(statement("page_periods"), params={"period": period})),
            excerpts=_excerpts(database, numbers, limit),
        )
        with store.writing("corpus.html") as file:
            for part in render_archive(page):
                file.write(part.encode("utf-8"))


def _period(database: Any) -> str:
    """Make the table of mentions with the finest periods that leave few enough cells; return their unit."""
    for period in _PERIODS:
        database.execute("drop table if exists mentions")
        database.execute(statement("page_mentions"), {"period": period})
        count = database.execute(
            "select count(*) from (select distinct place_id, day, bin, metonymic, duplicate from mentions)"
        ).fetchall()
        if count[0][0] <= _MOST_CELLS:
            break
    return period


def _places(database: Any) -> list[PagePlace]:
    """The places, those with most expected mentions first; at last the names without a place, where there are any."""
    found = database.execute(_PLACES)
    places = [
        PagePlace(
            id=id_, name=label, own=place, kind=kind, region=region or "", country=country or "", lat=lat, lon=lon,
            names=tuple(names),
        )
        for id_, label, place, kind, region, country, lat, lon, names in found.fetchall()
    ]  # fmt: skip
    if database.execute("select 1 from mentions where place_id = '' limit 1").fetchall():
        places.append(PagePlace())
    return places


def _named(place: PagePlace, language: str, label: Label | None) -> PagePlace:
    """The place with the names that its reader knows."""
    found = label(place.id, language) if label is not None and place.id else None
    return place if found is None else replace(place, name=found[0], region=found[1])


def label_from(gazetteer: Gazetteer) -> Label:
    """Return what tells names of places from a gazetteer."""

    def label(id_: str, language: str) -> tuple[str, str] | None:
        place = gazetteer.get(id_)
        if place is None:
            return None
        return place.label(language), place.admin[0].label(language) if place.admin else ""

    return label


def _cells(database: Any, numbers: dict[str, int]) -> dict[str, np.ndarray[Any, Any]]:
    found = _columns(database.sql(statement("page_cells")))
    found["place"] = np.array([numbers[id_] for id_ in found.pop("place_id").tolist()], dtype=np.int64)
    return found


def _columns(found: Any) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of a result; days as numbers since 1970-01-01, -2^31 where there is none."""
    table = found.to_arrow_table()
    pc = needed("pyarrow.compute")
    columns = {}
    for name in table.column_names:
        column = table[name]
        if name == "day":
            column = pc.fill_null(column.cast("int32"), -(2**31))
        columns[name] = column.to_numpy()
    return columns


def _excerpts(database: Any, numbers: dict[str, int], limit: int) -> Iterator[Excerpt]:
    found = database.execute(statement("page_excerpts"), {"limit": limit})
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            yield _excerpt(row, numbers)


def _excerpt(row: tuple[Any, ...], numbers: dict[str, int]) -> Excerpt:
    (
        place_id, part, number, start, end, text, excerpt, excerpt_start, p, metonymic,
        id_, title, source, date, text_start, date_from, date_to, duplicate,
    ) = row  # fmt: skip
    middle = None if date_from is None else (date_from + (date_to - date_from) // 2 - _EPOCH).days
    return Excerpt(
        place=numbers[place_id], document=(part, number), start=start - text_start, end=end - text_start, name=text,
        text=excerpt, at=start - excerpt_start, p=p / 10_000, metonymic=metonymic, document_id=id_,
        title=title or "", source=source or "", date=date or "", day=middle, duplicate=duplicate,
    )  # fmt: skip
