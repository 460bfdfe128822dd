"""JSON lines: an object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapgen.corpus.model import Columns, Failure, Piece, Record
from mapgen.corpus.sources.base import Found
from mapgen.corpus.sources.streams import BROKEN, lines_from, open_binary, skip
from mapgen.corpus.sources.tables import pieces_of, record_of
from mapgen.messages import msg

__all__ = ["JsonLines"]

_SAMPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLines:
    """Files of JSON lines.

    Attributes:
        root: as in `Files`.
        columns: the keys to read.
    """

    root: str
    columns: Columns

    @staticmethod
    def names(path: str) -> list[str]:
        """Return the keys of the first objects."""
        names: dict[str, None] = {}
        with open_binary(path) as stream:
            for _, (_, line) in zip(range(_SAMPLE), _lines(stream), strict=False):
                values = _values(line)
                if isinstance(values, dict):
                    names.update(dict.fromkeys(map(str, values)))
        return list(names)

    def pieces(self, number: int, found: Found) -> Iterator[Piece]:
        """Divide a file at the ends of lines."""
        return pieces_of(number, found, _sizes(found.path))

    def records(self, piece: Piece) -> Iterator[Record]:
        """Yield the documents of some lines."""
        name = piece.path.removeprefix(self.root).replace("\\", "/")
        number = piece.first
        with open_binary(piece.path) as stream:
            skip(stream, piece.start)
            for _, line in _lines(stream):
                yield record_of(_values(line), self.columns, name, number)
                number += 1
                if number == piece.first + piece.rows:
                    return


def _sizes(path: str) -> Iterator[tuple[int, int]]:
    with open_binary(path) as stream:
        for start, line in _lines(stream):
            yield start, len(line) if isinstance(line, bytes) else 0


def _lines(stream: Any) -> Iterator[tuple[int, bytes | Failure | None]]:
    """Yield the lines that are not blank, each with its first byte; a failure at last where the file is damaged."""
    start = 0
    try:
        for line in lines_from(stream):
            end = stream.tell() if line is None else start + len(line)
            if line is None or line.strip():
                yield start, line
            start = end
    except BROKEN as error:
        yield (
            start,
            Failure(kind="unreadable", message=msg("the file is damaged from here on: {error}", error=error)),
        )


def _values(line: bytes | Failure | None) -> dict[str, Any] | Failure:
    if isinstance(line, Failure):
        return line
    if line is None:
        return Failure(kind="large", message=msg("the line is too long"))
    try:
        values = json.loads(line)
    except UnicodeDecodeError as error:
        return Failure(kind="encoding", message=msg("the line is not in UTF-8: {reason}", reason=error.reason))
    except (ValueError, RecursionError) as error:
        return Failure(kind="unreadable", message=msg("the line is no JSON: {error}", error=error))
    if not isinstance(values, dict):
        return Failure(kind="unreadable", message=msg("the line is no JSON object"))
    return values
