"""One document a file, of any format that mapgen reads, also compressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mapgen.corpus.model import Failure, Piece, Record
from mapgen.corpus.sources.base import Found
from mapgen.corpus.sources.streams import BROKEN, open_binary
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.reader import MAX_BYTES

__all__ = ["Files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files below a folder.

    Attributes:
        root: the folder, with the separator at its end; the name of a document is the path below it.
    """

    root: str

    def pieces(self, number: int, found: Found) -> Iterator[Piece]:
        """Yield the file as a piece of its own."""
        stamp = found.stamp if found.regular else "irregular"
        yield Piece(source=number, path=found.path, bytes=found.size, stamp=stamp)

    def records(self, piece: Piece) -> Iterator[Record]:
        """Yield the document."""
        name = piece.path.removeprefix(self.root).replace("\\", "/")
        if piece.stamp == "irregular":
            yield Record(id=name, failure=Failure(kind="unreadable", message=msg("it is no regular file")))
            return
        try:
            with open_binary(piece.path) as stream:
                data = stream.read(MAX_BYTES + 1)
        except DocumentError as error:
            yield Record(id=name, failure=Failure(kind="unreadable", message=error.message))
            return
        except BROKEN as error:
            yield Record(
                id=name, failure=Failure(kind="unreadable", message=msg("it is damaged: {error}", error=error))
            )
            return
        if len(data) > MAX_BYTES:
            message = msg(
                "it is larger than {max_bytes:.0f} MB, the most that is read: divide it", max_bytes=MAX_BYTES / 2**20
            )
            yield Record(id=name, failure=Failure(kind="large", message=message))
            return
        yield Record(id=name, name=name, data=data)
