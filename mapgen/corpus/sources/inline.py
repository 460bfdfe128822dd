"""Documents that a program gives: they travel with the task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapgen.corpus.model import Piece, Record
from mapgen.corpus.sources.base import CHUNK, Found
from mapgen.model import Document

__all__ = ["Inline", "inline_pieces"]


@dataclass(frozen=True, slots=True)
class Inline:
    """Documents of any iterable."""

    def pieces(self, number: int, found: Found) -> Iterator[Piece]:  # noqa: ARG002
        """Yield nothing: there is no file (`inline_pieces`)."""
        return iter(())

    def records(self, piece: Piece) -> Iterator[Record]:
        """Yield the documents."""
        return iter(piece.inline)


def inline_pieces(documents: Iterable[Document | Record | str], *, source: int = 0) -> Iterator[Piece]:
    """Gather documents into pieces, without reading further than the piece that is wanted."""
    gathered: list[Record] = []
    size = first = 0
    for number, document in enumerate(documents):
        gathered.append(_record(document, number))
        size += len(gathered[-1].text) + len(gathered[-1].data or b"")
        if size >= CHUNK:
            yield Piece(source=source, bytes=size, rows=len(gathered), first=first, inline=tuple(gathered))
            first += len(gathered)
            gathered, size = [], 0
    if gathered:
        yield Piece(source=source, bytes=size, rows=len(gathered), first=first, inline=tuple(gathered))


def _record(document: Document | Record | str, number: int) -> Record:
    if isinstance(document, Record):
        return document
    if isinstance(document, str):
        return Record(id=str(number + 1), text=document)
    return Record(
        id=document.source or str(number + 1),
        text=document.text,
        date=document.date,
        title=document.title,
        language=document.language,
    )
