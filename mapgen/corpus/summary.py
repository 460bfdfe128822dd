"""What comes of all documents together: the table of places and the totals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from mapgen.corpus.arrow import binary_array
from mapgen.corpus.database import statement, tables
from mapgen.corpus.extras import needed
from mapgen.corpus.schemas import PLACES, schema_of
from mapgen.corpus.store import Store

__all__ = ["totals", "write_places"]

_BATCH = 10_000
_WKB_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
"""The metadata of GeoParquet 1.1 (geoparquet.org); without a reference system it is longitude, latitude in WGS 84."""


def write_places(store: Store) -> int:
    """Write `places.parquet` from the tables of toponyms and documents; return how many places there are.

    Raises:
        OutputError: it cannot be written.
    """
    pa, pq = needed("pyarrow"), needed("pyarrow.parquet")
    schema = schema_of(PLACES).with_metadata({"geo": json.dumps(_GEO)})
    count = 0
    with (
        tables(store, "toponyms", "documents") as database,
        store.writing("places.parquet") as file,
        pq.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        database.execute("set threads = 1")  # each counts in memory of its own: two need 50 MB more
        for batch in database.sql(statement("places")).to_arrow_reader(_BATCH):
            rows = pa.Table.from_batches([batch])
            geometry = _points(rows["lat"].to_pylist(), rows["lon"].to_pylist())
            columns = [geometry if name == "geometry" else rows[name] for name in schema.names]
            writer.write_table(pa.Table.from_arrays(columns, names=schema.names).cast(schema))
            count += rows.num_rows
    return count


def _points(lats: list[float], lons: list[float]) -> Any:
    """Points as WKB: the byte order, the type, longitude and latitude."""
    points = np.empty(len(lats), dtype=_WKB_POINT)
    points["order"], points["type"], points["lon"], points["lat"] = 1, 1, lons, lats
    return binary_array(points)


def totals(store: Store) -> Mapping[str, Any]:
    """Return the counts of the whole archive and its span of dates, JSON-ready.

    Keys: documents, errors, undated, duplicates, first_date, last_date (ISO or None), characters, toponyms, placed,
    errors_by_kind.
    """
    with tables(store, "documents") as database:
        row = database.execute(statement("totals"))
        names = [column[0] for column in row.description]
        values = dict(zip(names, row.fetchall()[0], strict=True))
        kinds = database.execute(
            "select error, count(*) from documents where error is not null group by error order by error"
        ).fetchall()
    for name in ("first_date", "last_date"):
        values[name] = values[name] and values[name].isoformat()
    return {**values, "errors_by_kind": dict(kinds)}
