"""Mends a text that a program before has damaged: decoded wrongly ("BÃ©ziers"), or left full of entities ("B&eacute;").

Only what is sure is mended, and the user is told. Decoding is undone by ftfy (https://ftfy.readthedocs.io), whose
heuristic leaves alone what could be meant.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from mapgen.addresses import Address, Record
from mapgen.messages import joined, msg, msg_count
from mapgen.reading.formats import Content

__all__ = ["mended"]

# A first letter of UTF-8 read as a Western or Cyrillic code page, and what its second byte may be read as.
_SUSPECT = re.compile(
    "[\u00c2-\u00cf\u00d0-\u00da\u00e0-\u00f0\u0413\u0420\u0421\u0432\u251c]"
    "[\x80-\xbf\u0152-\u0192\u02c6\u02dc\u0402-\u040f\u0452-\u0491\u2010-\u203a\u20ac\u2116\u2122\u2550-\u2590\u00ae-\u00c0]"
)
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LOST = "\ufffd"
_LOST_IN_WORD = re.compile(rf"\w{_LOST}|{_LOST}\w")
_ENTITIES = msg("entities such as &eacute;")
_WRONG_LETTERS = msg("letters decoded wrongly such as Ã©")
_LINE = re.compile(r"[^\n]*\n?")


def mended(content: Content) -> Content:
    """Return the content with its text mended, and a note on what was done; the same where nothing is to mend."""
    notes: list[str] = []
    entities = _has_entities(content.text)
    if entities or _SUSPECT.search(content.text):
        done: set[str] = set()
        changed = _changed(content, done, entities=entities)
        if done:
            content = replace(changed, faithful=False)
            what = joined(", ", sorted(done))
            notes.append(msg("mended: {what}; positions are those of the mended text", what=what))
    if _LOST_IN_WORD.search(content.text):
        notes.append(
            msg_count(
                "{count} letter is lost (\ufffd), it was decoded wrongly before: names may be missed",
                "{count} letters are lost (\ufffd), it was decoded wrongly before: names may be missed",
                content.text.count(_LOST),
            )
        )
    return replace(content, notes=(*content.notes, *notes)) if notes else content


def _has_entities(text: str) -> bool:
    """Say whether an entity stands for a letter beyond ASCII: no one writes that but in a markup that is gone."""
    return "&" in text and any(
        len(letter := html.unescape(found.group().replace("&amp;", "&", 1))) == 1 and letter > "\x7f"
        for found in _ENTITY.finditer(text)
    )


def _changed(content: Content, done: set[str], *, entities: bool) -> Content:
    """Mend what lies between the borders of addresses and records, move these along, and add to `done` what it was."""
    borders = {0, len(content.text)} | {each.start for each in content.addresses}
    borders |= {border for each in content.records for border in (each.start, each.end)}
    ordered = sorted(borders)
    moved: dict[int, int] = {}
    pieces: list[str] = []
    length = 0
    for start, end in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        moved[start] = length
        piece = "".join(_lines(content.text[start:end], done, entities=entities))
        pieces.append(piece)
        length += len(piece)
    return replace(
        content,
        text="".join(pieces),
        addresses=tuple(Address(moved[each.start], each.unit, each.value) for each in content.addresses),
        records=tuple(_moved(each, moved) for each in content.records),
    )


def _moved(record: Record, moved: dict[int, int]) -> Record:
    return replace(record, start=moved[record.start], end=moved[record.end])


def _lines(text: str, done: set[str], *, entities: bool) -> Iterable[str]:
    import ftfy

    config = ftfy.TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False)
    for found in _LINE.finditer(text):
        line = found.group()
        if entities and "&" in line and (plain := _ENTITY.sub(_letter, line)) != line:
            done.add(_ENTITIES)
            line = plain
        if _SUSPECT.search(line) and (right := ftfy.fix_encoding(line, config)) != line:
            done.add(_WRONG_LETTERS)
            line = right
        yield line


def _letter(entity: re.Match[str]) -> str:
    letter = html.unescape(entity.group().replace("&amp;", "&", 1) if len(entity.group()) > 5 else entity.group())
    return letter if len(letter) <= 2 and (letter.isprintable() or letter.isspace()) else entity.group()
