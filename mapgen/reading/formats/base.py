"""What a format is, and what it makes of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mapgen.addresses import Address, Record, Unit
from mapgen.reading.dates import iso_date
from mapgen.reading.header import language_code

__all__ = ["Blocks", "Content", "Format", "Source", "Text", "of_records", "paragraph_addresses"]

BETWEEN = "\n\n"
"""Stands between the blocks of a text and between the texts of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that is to be read.

    Attributes:
        data: all its bytes.
        suffix: the end of its name, lower case, with the dot; "" where it has no name.
        encoding: the one that the user gave, or "".
        field: the field or column of the texts that the user named, or "".
    """

    data: bytes
    suffix: str = ""
    encoding: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a format finds in a file.

    Attributes:
        text: the text.
        title: the title that the file states, or "".
        date: as the file writes it, or "".
        language: as the file writes it, or "".
        faithful: whether `text` is the decoded file itself, so that offsets lead back into it.
        addresses: as in `Document`.
        records: as in `Document`.
        notes: as in `Document`.
    """

    text: str
    title: str = ""
    date: str = ""
    language: str = ""
    faithful: bool = False
    addresses: tuple[Address, ...] = ()
    records: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format.

    Attributes:
        name: as shown to users.
        suffixes: ends of file names, lower case, with the dot.
        marks: says whether the bytes carry the format's mark.
        read: makes the content of a source, raises DocumentError.
        binary: whether a file without the mark cannot be of this format.
    """

    name: str
    suffixes: tuple[str, ...]
    marks: Callable[[bytes], bool]
    read: Callable[[Source], Content]
    binary: bool = False


# The first letter of a text, and that after each blank line.
_PARAGRAPH = re.compile(r"(?:\A\s*|(?<=\n)[^\S\n]*\n\s*)(?=\S)")


class Blocks:
    """Gathers the paragraphs of a text with their addresses."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._addresses: list[Address] = []

    def add(self, text: str, unit: Unit | None = None, value: object = "", *, between: str = BETWEEN) -> None:
        """Add a block, unless it is blank; `between` stands between it and the block before."""
        if not text.strip():
            return
        if self._pieces:
            self._append(between)
        if unit is not None:
            self._addresses.append(Address(self._length, unit, str(value)))
        self._append(text)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """The blocks, joined."""
        return "".join(self._pieces)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The addresses of the blocks that have one."""
        return tuple(self._addresses)

    @property
    def length(self) -> int:
        """The length of the text so far, code points."""
        return self._length


def paragraph_addresses(text: str) -> tuple[Address, ...]:
    """Return the address of each paragraph of a text, which stand between blank lines; one alone has none."""
    starts = [match.end() for match in _PARAGRAPH.finditer(text)]
    if len(starts) < 2:
        return ()
    return tuple(Address(start, Unit.PARAGRAPH, str(number)) for number, start in enumerate(starts, start=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One of several texts in a file, as the file writes it.

    Attributes:
        text: the text.
        value: its number or name in the file, counted from 1.
        title: its headline, or "".
        date: as the file writes it, or "".
        language: as the file writes it, or "".
    """

    text: str
    value: object
    title: str = ""
    date: str = ""
    language: str = ""


def of_records(
    texts: Iterable[Text], unit: Unit, *, title: str = "", language: str = "", notes: tuple[str, ...] = ()
) -> Content:
    """Return the content of a file that holds several texts; blank ones are left out, and one alone has no address.

    Args:
        texts: in the order of the file.
        unit: what their values count.
        title: of the whole, or "".
        language: of the whole as the file writes it, or "".
        notes: as in `Document`.
    """
    blocks = Blocks()
    records: list[Record] = []
    given = 0
    for given, each in enumerate(texts, start=1):  # noqa: B007 - counted also where they are blank
        bare = each.text.strip()
        blocks.add(bare, unit, each.value)
        if not bare:
            continue
        start = blocks.length - len(bare)
        records.append(
            Record(
                start=start,
                end=start + len(bare),
                title=" ".join(each.title.split()),
                date=iso_date(each.date),
                language=language_code(each.language),
            )
        )
    only = records[0] if len(records) == 1 else Record(start=0, end=0)
    return Content(
        text=blocks.text,
        title=only.title or title,
        date=only.date,
        language=only.language or language,
        addresses=blocks.addresses if given > 1 else (),
        records=tuple(records) if len(records) > 1 else (),
        notes=notes,
    )
