"""Writes the embedded gazetteer into an empty database; this module and what it needs decide what the file holds."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mapgen.gazetteer import helper
from mapgen.gazetteer.building import no_collection
from mapgen.gazetteer.records import columns_of
from mapgen.gazetteer.writer import Progress
from mapgen.messages import msg

if TYPE_CHECKING:
    from mapgen.gazetteer.gather import Gathered

__all__ = ["write_embedded"]


def write_embedded(
    connection: sqlite3.Connection,
    progress: Progress,
    *,
    made_from: Mapping[str, object],
    second: helper.Second | None = None,
) -> None:
    """Fill an empty database with the embedded gazetteer.

    Args:
        connection: an open connection in autocommit mode; `:memory:` will do.
        progress: told what is done, and the share of the whole.
        made_from: what else the table of the layer's own facts should have: versions, the fingerprint.
        second: a second process that writes a part of the tables; this one does what it does not.
    """
    from mapgen.gazetteer.gather import gather
    from mapgen.gazetteer.name_filter import write_filter
    from mapgen.gazetteer.sources.countries import transliterated_countries
    from mapgen.gazetteer.writer import (
        Names,
        create_tables,
        write_cells,
        write_index,
        write_places,
        write_transliterations,
    )

    with no_collection():
        create_tables(connection)
        connection.execute("BEGIN")
        progress(msg("reading sources"), 0.0)
        gathered = gather()
        progress(msg("writing names"), 0.3)
        columns = columns_of(gathered.entries)
        names = Names(columns)
        hits = names.folded()
        write_index(connection, "names", names.places, hits)
        write_filter(connection, hits.number)
        connection.executemany("INSERT INTO divisions VALUES (?, ?, ?)", gathered.divisions)
        connection.executemany("INSERT INTO countries VALUES (?, ?)", gathered.countries)
        connection.executemany("INSERT INTO disagreements VALUES (?, ?, ?)", gathered.disagreements)
        _write_meta(connection, gathered, made_from)
        connection.execute("COMMIT")
        progress(msg("writing places"), 0.7)
        if second is None or not second.hand_over(connection, len(gathered.entries)):
            connection.execute("BEGIN")
            write_places(connection, columns)
            write_cells(connection, names.places)
            progress(msg("writing transliterations"), 0.85)
            write_transliterations(connection, names, transliterated_countries())
            connection.execute("COMMIT")
        connection.execute("CREATE INDEX places_country ON places (country)")
        progress("done", 1.0)


def _write_meta(connection: sqlite3.Connection, gathered: Gathered, made_from: Mapping[str, object]) -> None:
    entries, findings = gathered.entries, gathered.disagreements
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.source] = counts.get(entry.source, 0) + 1
    meta: Mapping[str, object] = {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "places": len(entries),
        "sources": counts,
        "disagreements": Counter(str(finding.sort) for finding in findings),
        **made_from,
    }
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [(key, json.dumps(value)) for key, value in sorted(meta.items())]
    )
