"""Files of corrections: CSV as a spreadsheet or the page writes it, checked whole before any of it is used.

The format is documented in docs/corrections.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from mapgen.coordinates import LATITUDE, LONGITUDE, degrees
from mapgen.corrections.occurrences import same_words
from mapgen.corrections.records import NAMELESS, Correction, Scope, file_name
from mapgen.errors import CorrectionsError
from mapgen.messages import Message, joined, msg, msg_count, reason_of
from mapgen.model import Decision, Document, Kind, Span
from mapgen.tables import table_rows, table_text

__all__ = ["COLUMNS", "Corrections", "read_corrections"]

COLUMNS = (
    "document", "start", "end", "name", "scope", "decision", "place", "label", "kind", "country", "lat", "lon", "note",
)  # fmt: skip
"""The columns of a file of corrections; others are passed over."""

_NEEDED = ("name", "scope", "decision")
# A table program that guards against formulas puts an apostrophe before such a cell (OWASP, CSV injection).
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
# A table program may write whole numbers as 12.0 or 12,0.
_FAULTS = 20
"""Faults that a message lists one by one; the rows with further ones are listed together."""
_CELL = 40
"""Characters of a cell that are shown in a message."""
_OFFSET = re.compile(r"([0-9]{1,18})(?:[.,]0*)?")


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions of a person, in the order in which they were made: a later one wins over an earlier one.

    Attributes:
        rows: the decisions.
    """

    rows: tuple[Correction, ...] = ()

    @classmethod
    def read(cls, paths: Path | str | Iterable[Path | str]) -> Self:
        """Read one file of corrections, or several; a later file wins over an earlier one.

        Raises:
            CorrectionsError: a file cannot be read, or some of its rows cannot be used; all of them are named.
        """
        files = [paths] if isinstance(paths, (str, Path)) else paths
        return cls(tuple(row for file in files for row in read_corrections(Path(file))))

    def of(self, document: Document) -> tuple[Correction, ...]:
        """Return the corrections that can concern `document`, in their order."""
        name = document.source.strip() or NAMELESS
        return tuple(
            row for row in self.rows if row.scope is Scope.EVERYWHERE or name in (row.document, file_name(row.document))
        )

    def passages(self, document: Document) -> tuple[Span, ...]:
        """Return the passages of `document` of which single corrections say that they are names."""
        return tuple(
            row.span
            for row in self.of(document)
            if row.scope is Scope.HERE
            and row.decision is not Decision.NO_PLACE
            and row.span is not None
            and same_words(document.text[slice(*row.span)], row.name)
        )

    def within(self, document: Document, record: Span) -> Self:
        """Return the corrections for one of the records of `document`, their spans msg_count from its start.

        Args:
            document: with records.
            record: start and end of the record.
        """
        concerned = set(self.of(document))
        rows: list[Correction] = []
        for row in self.rows:
            if row.scope is not Scope.HERE or row.span is None or row not in concerned:
                rows.append(row)
            elif record[0] <= row.span[0] and row.span[1] <= record[1]:
                rows.append(replace(row, span=(row.span[0] - record[0], row.span[1] - record[0])))
        return type(self)(tuple(rows))


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read one file of corrections.

    Raises:
        CorrectionsError: the file cannot be read, lacks a column, or has rows that cannot be used; all are named.
    """
    columns: list[str] = []
    found: list[Correction] = []
    wrong: list[tuple[int, Message]] = []
    text = table_text(path, error=CorrectionsError, what=msg("corrections come as CSV"))
    for line, cells in table_rows(text, path=path, error=CorrectionsError):
        if not columns:
            columns = _header(cells, path)
            continue
        try:
            found.append(_correction(_named(columns, cells), path, line))
        except ValueError as error:
            wrong.append((line, reason_of(error)))
    if not columns:
        raise CorrectionsError(
            msg("is empty: its first row names the columns {columns}", columns=", ".join(COLUMNS)), path=path
        )
    if wrong:
        raise CorrectionsError(_listed(wrong), path=path)
    return tuple(found)


def _header(cells: list[str], path: Path) -> list[str]:
    columns = [cell.casefold() for cell in cells]
    for column in COLUMNS:
        if columns.count(column) > 1:
            raise CorrectionsError(msg("has two columns {column}", column=column), path=path)
    if missing := [column for column in _NEEDED if column not in columns]:
        told = ", ".join(missing)
        raise CorrectionsError(
            msg("has no column {told}: its first row names {columns}", told=told, columns=", ".join(COLUMNS)), path=path
        )
    return columns


def _named(columns: list[str], cells: list[str]) -> Mapping[str, str]:
    if any(cells[len(columns) :]):
        raise ValueError(msg("it has more cells than the first row"))
    row = dict.fromkeys(COLUMNS, "")
    row.update((column, _GUARDED.sub("", cell, count=1)) for column, cell in zip(columns, cells, strict=False))
    return row


def _correction(row: Mapping[str, str], path: Path, line: int) -> Correction:
    """Check a row.

    Raises:
        ValueError: what is wrong with it.
    """
    country = row["country"].upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise ValueError(
            msg("country {country!r} is no ISO 3166-1 code of two letters", country=row["country"][:_CELL])
        )
    return Correction(
        name=row["name"],
        decision=Decision(_one_of("decision", row["decision"], Decision)),
        scope=Scope(_one_of("scope", row["scope"], Scope)),
        document=row["document"],
        span=_span(row["start"], row["end"]),
        place=row["place"],
        label=row["label"],
        kind=Kind(_one_of("kind", row["kind"], Kind)) if row["kind"] else None,
        country=country,
        point=_point(row["lat"], row["lon"]),
        note=row["note"],
        path=str(path),
        line=line,
    )


def _one_of(column: str, word: str, known: Iterable[str]) -> str:
    words = [str(each) for each in known]
    if word.casefold() not in words:
        raise ValueError(
            msg("{column} {word!r} is none of {words}", column=column, word=word[:_CELL], words=", ".join(words))
            if word
            else msg("it has no {column}", column=column)
        )
    return word.casefold()


def _span(start: str, end: str) -> Span | None:
    if not start and not end:
        return None
    numbers = [_OFFSET.fullmatch(cell) for cell in (start, end)]
    if numbers[0] is None or numbers[1] is None:
        raise ValueError(
            msg("start {start!r}, end {end!r} are no two whole numbers", start=start[:_CELL], end=end[:_CELL])
        )
    return int(numbers[0][1]), int(numbers[1][1])


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    return (degrees(lat, LATITUDE), degrees(lon, LONGITUDE)) if lat or lon else None


def _listed(wrong: list[tuple[int, Message]]) -> Message:
    """Name all rows, those with the same fault together: "2 rows cannot be used: line 3: it has no name; …"."""
    faults: dict[Message, list[int]] = {}
    for line, fault in wrong:
        faults.setdefault(fault, []).append(line)
    told = [(lines, fault) for fault, lines in faults.items()]
    if len(told) > _FAULTS:
        rest = sorted(line for lines, _ in told[_FAULTS:] for line in lines)
        told = [*told[:_FAULTS], (rest, msg("other faults"))]
    each = joined(
        "; ",
        (
            msg_count("line {lines}: {fault}", "lines {lines}: {fault}", len(lines), lines=_lines(lines), fault=fault)
            for lines, fault in told
        ),
    )
    return msg_count(
        "{count} row cannot be used, none was applied: {each}",
        "{count:,} rows cannot be used, none was applied: {each}",
        len(wrong),
        each=each,
    )


def _lines(lines: list[int]) -> str:
    """Put line numbers briefly: "3, 7-9"."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    return ", ".join("-".join(map(str, run)) for run in runs)
