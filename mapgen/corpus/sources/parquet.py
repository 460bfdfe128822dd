"""Parquet tables, by their row groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapgen.corpus.extras import needed
from mapgen.corpus.model import Columns, Failure, Piece, Record
from mapgen.corpus.sources.base import CHUNK, Found
from mapgen.corpus.sources.tables import record_of
from mapgen.errors import DocumentError
from mapgen.messages import msg

__all__ = ["Parquet"]

_BATCH = 256  # rows decoded at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Parquet:
    """Parquet files.

    Attributes:
        root: as in `Files`.
        columns: the columns to read.
    """

    root: str
    columns: Columns

    @staticmethod
    def names(path: str) -> list[str]:
        """Return the names of the columns."""
        with needed("fsspec").open(path, "rb") as stream:
            return list(_open(stream, path).schema_arrow.names)

    def pieces(self, number: int, found: Found) -> Iterator[Piece]:
        """Divide a file at its row groups, and these into equal runs of rows."""
        with needed("fsspec").open(found.path, "rb") as stream:
            metadata = _open(stream, found.path).metadata
            first = 0
            for group in range(metadata.num_row_groups):
                chosen = metadata.row_group(group)
                size = _text_bytes(chosen, self.columns.text)
                rows = max(1, min(chosen.num_rows, CHUNK * chosen.num_rows // max(1, size)))
                for begin in range(0, chosen.num_rows, rows):
                    count = min(rows, chosen.num_rows - begin)
                    yield Piece(
                        source=number, path=found.path, bytes=size * count // chosen.num_rows, rows=count,
                        first=first + begin, group=group, stamp=found.stamp,
                    )  # fmt: skip
                first += chosen.num_rows

    def records(self, piece: Piece) -> Iterator[Record]:
        """Yield the documents of some rows of a row group."""
        name = piece.path.removeprefix(self.root).replace("\\", "/")
        columns = list(dict.fromkeys(self.columns.named().values()))
        given = 0
        try:
            for values in _rows(piece, columns):
                yield record_of(values, self.columns, name, piece.first + given)
                given += 1
        except (OSError, needed("pyarrow").ArrowException) as error:
            failure = Failure(
                kind="unreadable", message=msg("the file is damaged: {error}", error=" ".join(str(error).split()))
            )
            for number in range(given, piece.rows):
                yield record_of(failure, self.columns, name, piece.first + number)


def _open(stream: Any, path: str) -> Any:
    try:
        return needed("pyarrow.parquet").ParquetFile(stream)
    except needed("pyarrow").ArrowException as error:
        raise DocumentError(
            msg("it is no Parquet file ({error})", error=" ".join(str(error).split())), path=path
        ) from error


def _rows(piece: Piece, columns: list[str]) -> Iterator[dict[str, Any]]:
    with needed("fsspec").open(piece.path, "rb") as stream:
        table = needed("pyarrow.parquet").ParquetFile(stream)
        before = sum(table.metadata.row_group(group).num_rows for group in range(piece.group))
        left, ahead = piece.rows, piece.first - before
        for batch in table.iter_batches(batch_size=_BATCH, row_groups=[piece.group], columns=columns):
            if ahead >= batch.num_rows:
                ahead -= batch.num_rows
                continue
            part = batch.slice(ahead, left)
            ahead = 0
            left -= part.num_rows
            yield from part.to_pylist()
            if left <= 0:
                return


def _text_bytes(group: Any, column: str) -> int:
    """Bytes of the column of texts in a row group, decompressed; of all columns where it has no statistics."""
    for number in range(group.num_columns):
        chunk = group.column(number)
        if chunk.path_in_schema == column:
            return int(chunk.total_uncompressed_size)
    return int(group.total_byte_size)
