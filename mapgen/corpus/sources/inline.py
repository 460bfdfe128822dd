"""Documents that a program gives: they travel with the task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapgen.corpus.model import Piece, Record
from mapgen.corpus.sources.base import CHUNK, Found, record_names
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
        for record in _records(document, number):
            gathered.append(record)
            size += len(record.text) + len(record.data or b"")
        if size >= CHUNK:
            yield Piece(source=source, bytes=size, rows=len(gathered), first=first, inline=tuple(gathered))
            first += len(gathered)
            gathered, size = [], 0
    if gathered:
        yield Piece(source=source, bytes=size, rows=len(gathered), first=first, inline=tuple(gathered))


def _records(document: Document | Record | str, number: int) -> Iterator[Record]:
    if isinstance(document, Record):
        yield document
        return
    if isinstance(document, str):
        yield Record(id=str(number + 1), text=document)
        return
    texts = document.texts()
    for id_, text in zip(record_names(document.source or str(number + 1), len(texts)), texts, strict=True):
        yield Record(id=id_, text=text.text, date=text.date, title=text.title, language=text.language)
