"""What the tables share: rows with their offsets become pieces and records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mapgen.corpus.model import Columns, Failure, Piece, Record
from mapgen.corpus.sources.base import CHUNK, Found
from mapgen.errors import OptionError
from mapgen.messages import msg
from mapgen.reading.reader import MAX_BYTES

__all__ = ["GUESSES", "chosen_columns", "pieces_of", "record_of"]

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "fulltext", "full_text", "article", "texte", "contenu", "maintext", "raw_text"),
    "id": ("id", "document_id", "doc_id", "article_id", "uuid", "uid", "identifier", "identifiant", "url", "link"),
    "date": ("date", "published", "publication_date", "date_publish", "published_at", "pubdate", "created", "datetime",
             "timestamp", "date_publication"),
    "title": ("title", "headline", "titre", "heading", "subject"),
    "source": ("source", "newspaper", "publication", "publisher", "journal", "outlet", "domain"),
    "language": ("language", "lang", "langue", "locale"),
}  # fmt: skip
"""Names of columns by what they hold, the likeliest first; case, spaces and hyphens do not count."""


def chosen_columns(names: Sequence[str], given: Columns, path: str) -> Columns:
    """Return the columns to read: those that are given, else those whose names tell what they hold.

    Raises:
        OptionError: a given column is missing, or none is told to be the text.
    """
    known = {_plain(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for what, guesses in GUESSES.items():
        wanted = getattr(given, what)
        if wanted:
            if wanted not in names:
                raise OptionError(
                    msg(
                        "{path} has no column {wanted!r}; it has: {names}",
                        path=path,
                        wanted=wanted,
                        names=", ".join(names),
                    )
                )
            found[what] = wanted
            continue
        found[what] = next((known[guess] for guess in guesses if guess in known), "")
    if not found["text"]:
        raise OptionError(
            msg(
                "no column of {path} is told to be the text: name one of {names} with --text-column",
                path=path,
                names=", ".join(names),
            )
        )
    return Columns(**found)


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def pieces_of(number: int, found: Found, rows: Iterable[tuple[int, int]], *, chunk: int = CHUNK) -> Iterator[Piece]:
    """Gather rows, each a start and a size in bytes, into pieces of about `chunk` bytes.

    Raises:
        OptionError: the file is no regular file.
    """
    if not found.regular:
        raise OptionError(msg("{path} is no regular file: a table is read more than once", path=found.path))
    first = start = size = count = 0
    for row, (offset, length) in enumerate(rows):
        if not count:
            first, start, size = row, offset, 0
        count += 1
        size += length
        if size >= chunk:
            yield Piece(
                source=number, path=found.path, bytes=size, rows=count, first=first, start=start, stamp=found.stamp
            )
            count = 0
    if count:
        yield Piece(source=number, path=found.path, bytes=size, rows=count, first=first, start=start, stamp=found.stamp)


def record_of(values: Mapping[str, Any] | Failure, columns: Columns, name: str, row: int) -> Record:
    """Return the record of a row.

    Args:
        values: its cells by column, or why there are none.
        columns: what they hold.
        name: of the table, below the input.
        row: its number, from 0.
    """
    own = f"{name}#{row + 1}"
    if isinstance(values, Failure):
        return Record(id=own, failure=values)
    cells = {what: values.get(column) for what, column in columns.named().items()}
    text = cells.pop("text", None)
    shown = {what: " ".join(_shown(cell).split()) for what, cell in cells.items()}
    failure = _wrong(text)
    return Record(
        id=shown.get("id") or own,
        text=text if isinstance(text, str) and failure is None else "",
        date=shown.get("date", ""),
        title=shown.get("title", ""),
        source=shown.get("source", ""),
        language=shown.get("language", ""),
        failure=failure,
    )


def _wrong(text: Any) -> Failure | None:
    """Why a cell is no text that can be read."""
    if text is None or text == "":
        return Failure(kind="empty", message=msg("the text is empty"))
    if not isinstance(text, str):
        return Failure(kind="unreadable", message=msg("the text is no string but {name}", name=type(text).__name__))
    if len(text) > MAX_BYTES:
        message = msg(
            "the text is longer than {max_bytes} million characters, the most that is read",
            max_bytes=MAX_BYTES // 2**20,
        )
        return Failure(kind="large", message=message)
    return None


def _shown(cell: Any) -> str:
    """A cell as text: floats that are whole numbers, as tables with gaps have them, as these."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    isoformat = getattr(cell, "isoformat", None)
    return str(isoformat()) if isoformat is not None else str(cell)
