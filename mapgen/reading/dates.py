"""Dates as headers and pages write them, to ISO 8601."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache

__all__ = ["dates_in", "iso_date"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d/–—-]|\.\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_SLASHED = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_CJK = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월](?:\s?(\d{1,2})[日일])?")
_INSIDE = re.compile(r"(?<![\d/-])(\d{4})-(\d{2})-(\d{2})(?![\d/-])")
_DAYS = re.compile(r"(?<!\d)\d{1,2}\s*(?:au|to|bis|al|tot|et|and|und|y|[–—/&-])\s*\d{1,2}(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<![\d:])(\d{1,2})(?!\d|:)")
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "tr", "pl")


def iso_date(value: str, *, language: str = "") -> str:
    """Return `value` as ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD), or "" where it is no date.

    What a date does not tell is left out and never guessed: of "03/04/2021" only the year is sure, unless `language` is
    one whose readers put the day first.

    Args:
        value: "2021-10", "2021-10-11T08:00:00Z", "11/10/2021", "11 octobre 2021", "October 11, 2021".
        language: ISO 639-1 of the text, or "".
    """
    value = _with_ascii_digits(value.strip())
    for pattern, order in ((_CJK, (1, 2, 3)), (_ISO, (1, 2, 3)), (_SLASHED, (1, 3, 4)), (_COMPACT, (1, 2, 3))):
        if match := pattern.match(value):
            return _join(*(int(match.group(group) or 0) for group in order))
    if match := _NUMERIC.match(value):
        # Who writes points puts the day first.
        reader = "de" if match.group(2) == "." else language
        return _day_and_month(int(match.group(1)), int(match.group(3)), int(match.group(4)), reader)
    if match := _INSIDE.search(value):
        return _join(*map(int, match.groups()))
    return _in_words(value)


def _with_ascii_digits(value: str) -> str:
    return value if value.isascii() else "".join(str(unicodedata.decimal(letter, letter)) for letter in value)


def dates_in(text: str, *, year: int | None = None) -> list[tuple[int, int, str]]:
    """Return the dates with a day that a text names in words, in text order: start, end (code points), ISO 8601.

    Args:
        text: any text; months in the languages of the world's agencies.
        year: of dates before the first that names a year; later ones have the last year that was named.
    """
    found: list[tuple[int, int, str]] = []
    for match in _day_pattern().finditer(text):
        day, month, named = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        year = int(named) if named else year
        if year and (iso := _join(year, _month_names()[month.casefold().rstrip(".")], int(day))):
            found.append((match.start(), match.end(), iso))
    return found


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    """A day and a month, in either order, with or without a year."""
    names = "|".join(sorted((re.escape(name) for name in _month_names() if len(name) > 2), key=len, reverse=True))
    day, of, years = r"(\d{1,2})(?:er|st|nd|rd|th|\.)?", r"\s+(?:de\s+|of\s+)?", r"(1[5-9]\d\d|20\d\d)"
    forms = rf"\b{day}{of}({names})\b(?:,?\s+{years}\b)?|\b({names})\s+{day}\b(?:,?\s+{years}\b)?"
    return re.compile(forms, re.IGNORECASE)


def _day_and_month(first: int, second: int, year: int, language: str) -> str:
    if second > 12:  # only the American order fits
        return _join(year, first, second)
    if first > 12 or first == second or language not in ("", "en"):
        return _join(year, second, first)
    return _join(year, 0, 0)


def _in_words(value: str) -> str:
    year = _YEAR.search(value)
    if not year:
        return ""
    names = _month_names()
    month = next((names[word] for word in map(str.casefold, _WORD.findall(value)) if word in names), 0)
    if not month:
        return ""
    # "3 to 5 May" is no day.
    day = None if _DAYS.search(value) else _DAY.search(value)
    return _join(int(year.group()), month, int(day.group(1)) if day else 0)


def _join(year: int, month: int, day: int) -> str:
    """Return the parts that are given as ISO 8601, or "" where there is no such day."""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if not month:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Return the names of months, whole and shortened, in the languages of the world's agencies, after CLDR."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in _MONTH_LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names.setdefault(name.casefold().rstrip("."), number)
    return names
