"""The page of an archive: reads its tables, in bounded memory, and renders what the page holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mapgen.corpus.database import give_back, statement, tables
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
_MEMORY, _WHILE_WRITING = "72MB", "48MB"
"""What the database may use before and while the page is written; its columns and texts need the rest of the 300 MB."""
_PASSAGES = "passages.parquet"
_SORTED = 20_000
"""Excerpts that are sorted at once."""
_COUNTS = "select place, count(*) from chosen group by place order by place"
_LANGUAGES = """
select language from documents where language is not null group by language order by count(*) desc, language
"""
_NUMBERED = """
create temporary table numbered as
select place_id, cast(row_number() over (order by expected desc, place_id) - 1 as integer) as number from places
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
        database.execute("set memory_limit = ?", [_MEMORY])
        database.execute("set threads = 1")  # each sorts in memory of its own
        most = database.execute(_LANGUAGES).fetchall()
        database.execute(_NUMBERED)
        shares = _shares(database)
        period, width = _detail(database, shares)
        reader = reader_language(language or (most[0][0] if most else ""))
        places = [_named(place, reader, label) for place in _places(database)]
        found = [_asked(database, "page_cells", period=period, width=width, mentions=share) for share in shares]
        cells = _joined(found)
        _choose(database, period, shares, limit)
        page = ArchivePage(
            title=title or store.output.rstrip("/").rpartition("/")[2],
            language=reader,
            totals=counts,
            period=period,
            width=width,
            places=places,
            cells=cells,
            periods=_asked(database, "page_periods", period=period),
            texts=_texts(database),
            excerpts=_excerpts(database),
        )
        # What is left for the database are the excerpts, some at a time.
        database.execute("set memory_limit = ?", [_WHILE_WRITING])
        give_back()
        with store.writing("corpus.html") as file:
            for number, part in enumerate(render_archive(page)):
                file.write(part.encode("utf-8"))
                if not number:
                    give_back()


def _shares(database: Any) -> list[str]:
    """Put what is counted into files, some places in each, so that one fits into memory; return their patterns."""
    count = database.execute("select count(*) from toponyms").fetchall()[0][0]
    folder = _aside(database) / "mentions"
    database.execute(statement("page_mentions"), {"shares": 1 + count // _AT_ONCE, "mentions": str(folder)})
    return [f"{share}/*.parquet" for share in sorted(folder.glob("share=*"))]


def _aside(database: Any) -> Path:
    """The folder for what does not fit into memory; it is removed with the database."""
    return Path(database.execute("select current_setting('temp_directory')").fetchall()[0][0])


def _detail(database: Any, shares: list[str]) -> tuple[str, int]:
    """Return the finest detail that leaves few enough cells; the coarsest where none does."""
    for period, width in _DETAILS:
        cells = 0
        for share in shares:
            values = {"period": period, "width": width, "mentions": share}
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
    if database.execute("select 1 from toponyms where place_id is null limit 1").fetchall():
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


def _asked(database: Any, name: str, **values: Any) -> dict[str, Any]:
    """The columns of a statement's rows; days as numbers since 1970-01-01, `NO_DAY` where there is none."""
    columns = database.execute(statement(name), values).fetchnumpy()
    for key, column in columns.items():
        if key == "day":
            missing = np.ma.getmaskarray(column)
            days = np.ma.getdata(column).astype("datetime64[D]").astype(np.int64)
            columns[key] = np.where(missing, NO_DAY, days).astype(np.int32)
    return dict(columns)


def _joined(found: list[dict[str, Any]]) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of tables, one after the other."""
    return {name: np.concatenate([columns[name] for columns in found]) for name in found[0]}


def _choose(database: Any, period: str, shares: list[str], limit: int) -> None:
    """Choose the mentions whose excerpts the page holds, and the documents that it lists."""
    folder = _aside(database)
    (folder / "best").mkdir()
    for number, share in enumerate(shares):
        values = {
            "period": period,
            "limit": limit,
            "mentions": share,
            "best": str(folder / "best" / f"{number}.parquet"),
        }
        database.execute(statement("page_best"), values)
    database.execute(statement("page_chosen"), {"limit": limit, "best": f"{folder}/best/*.parquet"})
    told = database.execute("select count(distinct (part, row)) from chosen").fetchall()[0][0]
    database.execute(statement("page_listed"), {"more": max(0, limit - told)})
    database.execute(statement("page_passages"), {"passages": str(folder / _PASSAGES)})


def _texts(database: Any) -> PageTexts:
    columns = _asked(database, "page_texts")
    strings = {name: columns.pop(name).tolist() for name in ("id", "title", "source", "language", "error")}
    return PageTexts(columns=columns, **strings)


def _excerpts(database: Any) -> Iterator[Excerpt]:
    """The excerpts, those of a place together; some places at a time: all cannot be sorted in memory."""
    path = str(_aside(database) / _PASSAGES)
    for first, last in _ranges(database):
        found = database.execute(statement("page_excerpts"), {"first": first, "last": last, "passages": path})
        while rows := found.fetchmany(_BATCH):
            for place, document, start, end, name, text, at, p, metonymic in rows:
                yield Excerpt(
                    place=place, document=document, start=start, end=end, name=name, text=text, at=at, p=p / 10_000,
                    metonymic=metonymic,
                )  # fmt: skip


def _ranges(database: Any) -> Iterator[tuple[int, int]]:
    """First and last number of places that have together some `_SORTED` excerpts."""
    first = size = 0
    place = -1
    for place, count in database.execute(_COUNTS).fetchall():
        size += count
        if size >= _SORTED:
            yield first, place
            first, size = place + 1, 0
    if size:
        yield first, place
