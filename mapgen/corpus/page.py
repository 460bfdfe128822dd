"""The page of an archive: reads its tables, in bounded memory, and renders what the page holds."""

from __future__ import annotations

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
from mapgen.rendering.archive import NO_DAY, ArchivePage, Excerpt, PagePlace, PageTexts, render_archive

__all__ = ["label_from", "write_page"]

_MOST_CELLS = 400_000
_DETAILS = (("day", 1), ("month", 1), ("year", 1), ("year", 4), ("decade", 4), ("decade", 20))
"""How fine the counts of a page are, the finest first: what days are cut to, and how wide the bins of probability are,
twentieths."""
_BATCH = 2_000
_AT_ONCE = 100_000
"""Mentions that are ranked at once."""
_LANGUAGES = """
select language from documents where language is not null group by language order by count(*) desc, language
"""
_NUMBERED = """
create temporary table numbered as
select place_id, cast(row_number() over (order by expected desc, place_id) - 1 as integer) as number from places
"""
_BEST = """
create temporary table best (turn bigint, place integer, part integer, row integer, start integer, p integer)
"""
_PLACES = """
select p.place_id, label, place, kind, region, country, lat, lon, names
from places p join numbered n on p.place_id = n.place_id order by n.number
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
        database.execute(_NUMBERED)
        database.execute(statement("page_mentions"))
        shares = _shares(database)
        period, width = _detail(database, shares)
        reader = reader_language(language or (most[0][0] if most else ""))
        places = [_named(place, reader, label) for place in _places(database)]
        cells = _columns([_asked(database, "page_cells", period=period, width=width, **share) for share in shares])
        _choose(database, period, shares, limit)
        page = ArchivePage(
            title=title or store.output.rstrip("/").rpartition("/")[2],
            language=reader,
            totals=counts,
            period=period,
            width=width,
            places=places,
            cells=cells,
            periods=_columns([_asked(database, "page_periods", period=period)]),
            texts=_texts(database),
            excerpts=_excerpts(database),
        )
        with store.writing("corpus.html") as file:
            for part in render_archive(page):
                file.write(part.encode("utf-8"))


def _shares(database: Any) -> list[dict[str, int]]:
    """Divide the places so that the mentions of each share can be ranked in memory; as parameters of statements."""
    count = database.execute("select count(*) from mentions").fetchall()[0][0]
    shares = 1 + count // _AT_ONCE
    return [{"shares": shares, "share": share} for share in range(shares)]


def _detail(database: Any, shares: list[dict[str, int]]) -> tuple[str, int]:
    """Return the finest detail that leaves few enough cells; the coarsest where none does."""
    for period, width in _DETAILS:
        cells = 0
        for share in shares:
            values = {"period": period, "width": width, **share}
            cells += database.execute(statement("page_size"), values).fetchall()[0][0]
            if cells > _MOST_CELLS:
                break
        else:
            break
    return period, width


def _places(database: Any) -> Iterator[PagePlace]:
    """The places, those with most expected mentions first; at last the names without a place, where there are any."""
    found = database.execute(_PLACES)
    while rows := found.fetchmany(_BATCH):
        for id_, label, place, kind, region, country, lat, lon, names in rows:
            yield PagePlace(
                id=id_, name=label, own=place, kind=kind, region=region or "", country=country or "", lat=lat, lon=lon,
                names=tuple(names),
            )  # fmt: skip
    nowhere = "select 1 from mentions where place = (select count(*) from numbered) limit 1"
    if database.execute(nowhere).fetchall():
        yield PagePlace()


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


def _asked(database: Any, name: str, **values: Any) -> Any:
    return database.sql(statement(name), params=values).to_arrow_table()


def _columns(found: list[Any]) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of tables, one after the other; days as numbers since 1970-01-01, -2^31 where there is none."""
    table = needed("pyarrow").concat_tables(found)
    pc = needed("pyarrow.compute")
    columns = {}
    for name in table.column_names:
        column = table[name]
        if name == "day":
            column = pc.fill_null(column.cast("int32"), NO_DAY)
        columns[name] = column.to_numpy()
    return columns


def _choose(database: Any, period: str, shares: list[dict[str, int]], limit: int) -> None:
    """Choose the mentions whose excerpts the page holds, and the documents that it lists."""
    database.execute(_BEST)
    for share in shares:
        database.execute(statement("page_best"), {"period": period, "limit": limit, **share})
    database.execute("drop table mentions")
    database.execute(statement("page_chosen"), {"limit": limit})
    database.execute("drop table best")
    told = database.execute("select count(distinct (part, row)) from chosen").fetchall()[0][0]
    database.execute(statement("page_listed"), {"more": max(0, limit - told)})
    database.execute(statement("page_passages"))


def _texts(database: Any) -> PageTexts:
    table = _asked(database, "page_texts")
    strings = {name: table[name].to_pylist() for name in ("id", "title", "source", "language", "error")}
    return PageTexts(columns=_columns([table.drop_columns(list(strings))]), **strings)


def _excerpts(database: Any) -> Iterator[Excerpt]:
    found = database.execute(statement("page_excerpts"))
    while rows := found.fetchmany(_BATCH):
        for place, document, start, end, name, text, at, p, metonymic in rows:
            yield Excerpt(
                place=place, document=document, start=start, end=end, name=name, text=text, at=at, p=p / 10_000,
                metonymic=metonymic,
            )  # fmt: skip
