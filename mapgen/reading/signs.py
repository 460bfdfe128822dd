"""The letters of a text in their normal form: what a reader does not see, or sees as the same, is the same.

- Signs without width are left out, but for joiners that scripts of Asia and emoji need.
- Letters are composed (NFC); ligatures and the long s are the letters that they stand for.
- Spaces are U+0020, one at a time; a tab, or three spaces and more, are a tab: they may part cells.
- Every line end is U+000A, two or more are two of them; no space stands before or behind one.
- Apostrophes and hyphens are "'" and "-".

What stands for a hyphen, a line end or a cell is not decided here: see `mapgen.reading.lines`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mapgen.alignment import Edit, NormalText, edited

__all__ = ["HYPHENS", "LINE_ENDS", "clean", "plain_name"]

LINE_ENDS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
"""Characters that end lines, as the inside of a class of a regular expression; those of `str.splitlines`."""
HYPHENS = "\u2010\u2011"
"""Hyphens beside U+002D, the second one never at a line end."""
_BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Soft hyphen, marks of direction, word joiner, byte order mark and the like. The first two of the second row join or
# part the letters of some scripts.
_SIGNS = "\u00ad\u034f\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff" + "\u200b-\u200d"
_SOFT_HYPHEN = "\u00ad"
_LIGATURES = "\ufb00-\ufb06\u0132\u0133"

_EDIT = re.compile(
    rf"(?P<line>[{LINE_ENDS}][{LINE_ENDS}{_BLANKS}{_SIGNS}]*)"
    rf"|(?P<blanks>(?:[{_BLANKS}][{_SIGNS}]*+){{2,}}+)(?![{LINE_ENDS}])"
    rf"|(?P<signs>[{_SIGNS}]++)(?![{_BLANKS}{_SIGNS}]*+[{LINE_ENDS}])"
    rf"|(?P<ligature>[{_LIGATURES}])"
)
_BEFORE_LINE_END = re.compile(rf"[{_BLANKS}{_SIGNS}]")
_LINE_END = re.compile(r"\r\n|\n\f|[\n\r\v\f\x1c-\x1e\x85\u2028]|(?P<paragraph>\u2029)")
_JOINERS = "\u200b\u200c\u200d"
# Scripts from Arabic to Mongolian, where joiners change letters and spaces without width part words; and pictures. The
# letters of Korean are left out: composed they are syllables, between which no joiner counts.
_JOINED = re.compile("[\u0600-\u10ff\u1200-\u18af\u2190-\u2bff\ufb50-\ufefe\U0001f000-\U0001faff]")
_APOSTROPHES = "\u2019\u02bc\uff07"
_WIDE_BLANK = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LONG_S = "\u017f"
# Where a letter stands on either side these are apostrophes, elsewhere quotation marks and accents.
_DOUBTFUL_APOSTROPHES = "\u2018\u201b\u2032`\u00b4"
_BETWEEN = re.compile(rf"[{_DOUBTFUL_APOSTROPHES}](?<=[^\W\d_].)(?=[^\W\d_])")
_ACCENTED = re.compile(r"(?s)(?:\A|.)[^\x00-\u02ff]+")


def clean(text: str) -> NormalText:
    """Return `text` with its letters, spaces and signs in their normal form."""
    shown, alignment = edited(text, list(_edits(text)))
    if not shown.isascii():
        shown = _WIDE_BLANK.sub(" ", shown).replace(_LONG_S, "s")
        if not unicodedata.is_normalized("NFC", shown):
            composed, further = edited(shown, list(_compositions(shown)))
            shown, alignment = composed, alignment.then(further)
        return NormalText(text, _typed(shown), shown, alignment)
    return NormalText(text, _typed(shown) if "`" in shown else shown, shown, alignment)


def plain_name(name: str) -> str:
    """Return a name by itself in its normal form: one line, single spaces."""
    return " ".join(clean(name).text.split())


def _typed(text: str) -> str:
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    # One search for each sign is quicker than one for all: most texts have none of them.
    return _BETWEEN.sub("'", text) if any(sign in text for sign in _DOUBTFUL_APOSTROPHES) else text


def _edits(text: str) -> Iterator[Edit]:
    """Yield what has to be changed before letters are composed."""
    for match in _EDIT.finditer(text):
        start, end = match.span()
        found = match.group()
        match match.lastgroup:
            case "line":
                while start and _BEFORE_LINE_END.match(text, start - 1):
                    start -= 1
                replacement = _line_end(found)
                if replacement == "\n" and _SOFT_HYPHEN in text[start : match.start()]:
                    replacement = ""
            case "blanks":
                spaces = sum(map(str.isspace, found))
                replacement = "\t" if "\t" in found or spaces > 2 else " "
            case "signs":
                replacement = _kept(text, start, end)
            case _:
                replacement = unicodedata.normalize("NFKC", found)
        if text[start:end] != replacement:
            yield start, end, replacement


def _line_end(found: str) -> str:
    ends = list(_LINE_END.finditer(found))
    return "\n\n" if len(ends) > 1 or ends[0]["paragraph"] else "\n"


def _kept(text: str, start: int, end: int) -> str:
    """Return the signs between `start` and `end` that the letters on both sides need."""
    if not (start and end < len(text) and _JOINED.match(text[start - 1]) and _JOINED.match(text[end])):
        return ""
    return "".join(sign for sign in text[start:end] if sign in _JOINERS)


def _compositions(text: str) -> Iterator[Edit]:
    """Yield each letter with its marks, where it has to be composed."""
    for match in _ACCENTED.finditer(text):
        if unicodedata.is_normalized("NFC", match.group()):
            continue
        start = match.start()
        while start < match.end():
            end = start + 1
            while end < match.end() and not _apart(text[start:end], text[end]):
                end += 1
            composed = unicodedata.normalize("NFC", text[start:end])
            if composed != text[start:end]:
                yield start, end, composed
            start = end


def _apart(cluster: str, character: str) -> bool:
    """Whether a character stays as it is behind a cluster."""
    if unicodedata.combining(character):
        return False
    both = unicodedata.normalize("NFC", cluster + character)
    return both == unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)
