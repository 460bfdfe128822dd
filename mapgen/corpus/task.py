"""The work on one partition: a pure function of it. Any engine runs it, in any process, any number of times.

Its files hold the same bytes each time. It reads the documents, annotates each, writes the parts of the tables and
commits them; only counts come back. The geoparser of a process is opened by its first task and used by all, from any
thread.
"""

from __future__ import annotations

import io
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mapgen.corpus.attempts import Attempt
from mapgen.corpus.dating import date_of
from mapgen.corpus.extras import needed
from mapgen.corpus.limits import Endless, Watch
from mapgen.corpus.model import Failure, Job, Partition, Record, Report
from mapgen.corpus.rows import document_row, failure_row, toponym_rows
from mapgen.corpus.schemas import TABLES, schema_of
from mapgen.corpus.signatures import signature_row
from mapgen.corpus.sources import record_names
from mapgen.corpus.store import Store, part_name
from mapgen.errors import DocumentError, GazetteerError, MapgenError
from mapgen.messages import msg
from mapgen.model import Document
from mapgen.pipeline import Geoparser
from mapgen.reading import from_text, read
from mapgen.reading.header import language_code
from mapgen.results import Annotated
from mapgen.settings import Settings

__all__ = ["StrictError", "open_geoparser", "run_partition"]

_MB = 1 << 20
CACHES = 128 * _MB
"""Bytes of the caches of a worker."""
_FIRST = "Il neige."
"""A text without a name: no geocoder is asked."""


class StrictError(MapgenError):
    """A document has failed in a strict run."""

    exit_code = 2


def open_geoparser(settings: Settings) -> Geoparser:
    """Open the geoparser of a worker."""
    return Geoparser(settings, cache_bytes=settings.cache_bytes or CACHES)


def run_partition(job: Job, partition: Partition) -> Report:
    """Write the tables of a partition and commit them.

    Args:
        job: what all tasks share.
        partition: what is read.

    Returns:
        Counts alone.

    Raises:
        StrictError: a document has failed, and the job is strict.
        MapgenError: the gazetteer cannot be opened or the results cannot be written.
        OSError: the machine has failed.
    """
    begun = time.process_time()
    geoparser = _geoparser(job)
    store = Store(job.output)
    attempt = Attempt(store, job.session, partition.number)
    try:
        with Watch(job.patience) as watch:
            tables = _Reader(job, partition.number, geoparser, watch, attempt).read(_records(job, partition))
        report = tables.report(partition, time.process_time() - begun)
        tables.write(store, partition.number, signatures=job.signatures)
        store.commit(partition.number, _commit(report))
    except (MapgenError, OSError):
        attempt.close()
        raise
    attempt.close()
    return report


def _commit(report: Report) -> dict[str, Any]:
    """What a commit holds: nothing that differs between two runs over the same partition."""
    return {
        "partition": report.partition,
        "fingerprint": report.fingerprint,
        "documents": report.documents,
        "toponyms": report.toponyms,
        "placed": report.placed,
        "characters": report.characters,
        "errors": dict(sorted(report.errors.items())),
    }


def _records(job: Job, partition: Partition) -> Iterator[Record]:
    for piece in partition.pieces:
        given = 0
        for record in job.sources[piece.source].records(piece):
            given += 1
            yield record
        for number in range(given, piece.rows):
            failure = Failure(kind="unreadable", message=msg("the table has become shorter since it was planned"))
            yield Record(id=f"{piece.path}#{piece.first + number + 1}", failure=failure)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one document."""

    document: dict[str, Any]
    toponyms: list[dict[str, Any]] = field(default_factory=list)
    signature: dict[str, Any] | None = None


@dataclass(slots=True)
class _Tables:
    """The rows of a partition."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    toponyms: list[dict[str, Any]] = field(default_factory=list)
    signatures: list[dict[str, Any]] = field(default_factory=list)

    def add(self, rows: _Rows) -> None:
        self.documents.append(rows.document)
        self.toponyms += rows.toponyms
        if rows.signature is not None:
            self.signatures.append(rows.signature)

    def report(self, partition: Partition, cpu: float) -> Report:
        return Report(
            partition=partition.number,
            fingerprint=partition.fingerprint,
            documents=len(self.documents),
            toponyms=len(self.toponyms),
            placed=sum(row["placed"] for row in self.documents),
            characters=sum(row["characters"] for row in self.documents),
            errors=Counter(row["error"] for row in self.documents if row["error"]),
            cpu=cpu,
        )

    def write(self, store: Store, number: int, *, signatures: bool) -> None:
        store.write(part_name("toponyms", number), _parquet("toponyms", self.toponyms))
        if signatures:
            store.write(part_name("signatures", number), _parquet("signatures", self.signatures))
        store.write(part_name("documents", number), _parquet("documents", self.documents))


def _parquet(table: str, rows: list[dict[str, Any]]) -> bytes:
    pa, pq = needed("pyarrow"), needed("pyarrow.parquet")
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema_of(TABLES[table])), stream, compression="zstd")
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the records of a partition."""

    job: Job
    number: int
    geoparser: Any
    watch: Watch
    attempt: Attempt

    def read(self, records: Iterator[Record]) -> _Tables:
        tables = _Tables()
        for at, record in enumerate(records):
            for rows in self._watched(record, at, len(tables.documents)):
                tables.add(rows)
        return tables

    def _watched(self, record: Record, at: int, row: int) -> list[_Rows]:
        """Read the record that is `at` in its partition, unless it has ended its process twice."""
        if at in self.attempt.hopeless:
            return [self._failed(record, row, Failure(kind="crash", message=msg("it ended its process twice")))]
        self.attempt.begin(at)
        try:
            return self.watch.run(lambda: self._rows(record, row), _length(record))
        except Endless:
            _forget(self.job)
            return [
                self._failed(record, row, Failure(kind="endless", message=msg("it took longer than its size allows")))
            ]
        finally:
            self.attempt.rest()

    def _rows(self, record: Record, row: int) -> list[_Rows]:
        """Return the rows of each text of a record, the first of them with the number `row`."""
        if record.failure is not None:
            return [self._failed(record, row, record.failure)]
        try:
            documents = self._document(record).texts()
        except DocumentError as error:
            return [self._failed(record, row, Failure(kind=error.kind, message=error.message))]
        except (MapgenError, OSError):
            raise
        except Exception as error:
            return [self._failed(record, row, _unforeseen(error))]
        names = record_names(record.id, len(documents))
        return [
            self._text(replace(record, id=name), document, row + number)
            for number, (name, document) in enumerate(zip(names, documents, strict=True))
        ]

    def _text(self, record: Record, document: Document, row: int) -> _Rows:
        key = (self.number, row)
        # Corrections know a document by its name in the archive.
        document = replace(document, source=record.id)
        try:
            annotated: Annotated = self.geoparser.annotate(document)
            return _Rows(
                document=document_row(
                    record, annotated, key, date_of(record, document, language=annotated.document.language)
                ),
                toponyms=toponym_rows(annotated, key, record.id),
                signature=signature_row(document.text, *key) if self.job.signatures else None,
            )
        except DocumentError as error:
            return self._failed(record, row, Failure(kind=error.kind, message=error.message))
        except (MapgenError, OSError):
            raise  # the gazetteer or the machine has failed, not the document
        except Exception as error:
            return self._failed(record, row, _unforeseen(error))

    def _document(self, record: Record) -> Document:
        """Return the document, or the file of several, as it is read."""
        if record.data is not None:
            document = read(io.BytesIO(record.data), name=record.name, encoding=self.job.encoding)
        else:
            document = from_text(record.text)
        return replace(
            document,
            title=record.title or document.title,
            language=language_code(record.language) or document.language,
        )

    def _failed(self, record: Record, row: int, failure: Failure) -> _Rows:
        if self.job.strict:
            raise StrictError(
                msg(
                    "{id}: {message} ({kind}; the run is strict)",
                    id=record.id,
                    message=failure.message,
                    kind=failure.kind,
                )
            )
        return _Rows(failure_row(record, (self.number, row), date_of(record, None), failure))


def _unforeseen(error: Exception) -> Failure:
    return Failure(kind="failed", message=f"{type(error).__name__}: {error}")


def _length(record: Record) -> int:
    return len(record.text) + len(record.data or b"")


_lock = threading.Lock()
_opened: dict[tuple[Any, Settings], Any] = {}


def _geoparser(job: Job) -> Any:
    """The geoparser of this process; the first task opens it.

    Raises:
        GazetteerError: this host has another gazetteer than the client.
    """
    key = (job.opener, job.settings)
    with _lock:
        if key not in _opened:
            opened = job.opener(job.settings)
            own = opened.gazetteer.path.name if opened.gazetteer.path is not None else ""
            if job.gazetteer and own != job.gazetteer:
                raise GazetteerError(
                    msg(
                        "this host has the gazetteer {own}, the client {gazetteer}: install the same versions on all",
                        own=own,
                        gazetteer=job.gazetteer,
                    )
                )
            # What the first document would load takes a hundred times as long as a document. A process that is ended
            # from outside in that time would speak against the document (`Attempt`), and the time would be its own.
            opened.annotate(from_text(_FIRST))
            _opened[key] = opened
        return _opened[key]


def _forget(job: Job) -> None:
    """Open the geoparser anew for the next task: what was interrupted in it may be in no sound state."""
    with _lock:
        _opened.pop((job.opener, job.settings), None)
