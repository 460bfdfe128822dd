"""Dates in the names of files and folders: "GDL-1804-07-17.txt", "tract_19680503.txt", "1968/05/03.txt".

A name tells a date only where it can be nothing else: a year alone in the name of a file may be a number, and the order
of day and month in "03-04-1921" is open. What is not told is left out.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from mapgen.reading.dates import iso_date

__all__ = ["date_in_folders", "date_in_name"]

_WHOLE = re.compile(r"(?<![\d])(1[5-9]\d\d|20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?(?!\d)")
_MONTH = re.compile(r"(?<![\d])(1[5-9]\d\d|20\d\d)[-_.](0[1-9]|1[0-2])(?![\d]|[-_.]\d)")
_DAY_FIRST = re.compile(r"(?<![\d])(\d{1,2})([-_.])(\d{1,2})\2(1[5-9]\d\d|20\d\d)(?!\d)")
_WORDS = re.compile(
    r"(?<![\d])(?:\d{1,2}(?:er|st|nd|rd|th|\.)?[ -]+)?[^\W\d_]{3,}\.?[ -]+(?:\d{1,2},?[ -]+)?(?:1[5-9]|20)\d\d(?!\d)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBER = re.compile(r"\d{1,2}")


def date_in_name(name: str) -> str:
    """Return the date in the name of a file as ISO 8601, "" where it tells none.

    Several dates that differ are shortened to what they share: "2001-09-11_2001-09-12" is 2001-09.

    Args:
        name: with or without folders and suffixes.
    """
    stem = _stem(name)
    found = {
        iso_date("-".join((match[1], match[3], match[4])))
        for match in _WHOLE.finditer(stem)
        # Without separators inside it must be a number of its own, not a part of a word of letters and digits.
        if match[2] or not stem[match.start() - 1 : match.start()].isalnum()
    }
    for match in _DAY_FIRST.finditer(stem):
        found.add(iso_date("/".join((match[1], match[3], match[4]))))
    if not found - {""}:
        found = {iso_date("-".join(match.groups())) for match in _MONTH.finditer(stem)}
    if not found - {""}:
        found = {iso_date(match[0].replace("-", " ")) for match in _WORDS.finditer(stem.replace("_", " "))}
    # A year alone may be a number of something: dates in words are wanted with their month.
    return _shared({date for date in found if len(date) > 4 or _DAY_FIRST.search(stem)})


def date_in_folders(name: str) -> str:
    """Return the date that the folders of a file tell, "" where they tell none.

    Folders named by a year, then a month, then a day are read together, the file itself last ("1968/05/03.txt");
    else the innermost folder whose name holds a date is read.

    Args:
        name: the path with "/" between folders.
    """
    *folders, file = name.split("/")
    for position in reversed(range(len(folders))):
        if not _YEAR.fullmatch(folders[position]):
            if date := date_in_name(folders[position]):
                return date
            continue
        parts = [folders[position]]
        for part in (*folders[position + 1 :], _stem(file)):
            if len(parts) == 3 or not _NUMBER.fullmatch(part):
                break
            parts.append(part.zfill(2))
        return next((date for end in range(len(parts), 0, -1) if (date := iso_date("-".join(parts[:end])))), "")
    return ""


def _stem(name: str) -> str:
    """The name without folders and the ends that tell format and compression."""
    file = PurePosixPath(name).name
    while (suffix := PurePosixPath(file).suffix) and not any(letter.isdigit() for letter in suffix):
        file = file.removesuffix(suffix)
    return file


def _shared(dates: set[str]) -> str:
    """The parts that all dates begin with."""
    kept: list[str] = []
    for parts in zip(*(date.split("-") for date in dates), strict=False):
        if len(set(parts)) > 1:
            break
        kept.append(parts[0])
    return "-".join(kept)
