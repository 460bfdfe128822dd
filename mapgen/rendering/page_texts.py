"""The texts of the page in the reader's language, and dates in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mapgen import languages
from mapgen.model import Kind

__all__ = ["count_name", "counted", "date_in_words", "kind_names", "page_texts"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def page_texts(language: str) -> Mapping[str, str]:
    """Return the texts of the page by key, from the tables [page] of the language's files."""
    return languages.load(language).page


def kind_names(language: str) -> dict[str, tuple[str, str]]:
    """Return singular and plural of each kind of place."""
    words = languages.load(language).kinds
    return {
        str(kind): (words[kind].singular, words[kind].plural) if kind in words else (str(kind), str(kind))
        for kind in Kind
    }


def counted(number: int, key: str, language: str, words: Mapping[str, str] | None = None) -> str:
    """Return a number with its noun: "20 lieux" for `place`, from the phrases `place_one` and `place_many`.

    Args:
        number: the number.
        key: of the phrases.
        language: of the reader.
        words: where the phrases are; the texts of the page when not given.
    """
    words = page_texts(language) if words is None else words
    phrase = words[f"{key}_one" if _is_one(number, words) else f"{key}_many"]
    return phrase.format(n=f"{number:,}".replace(",", words["thousands"]))


def count_name(kind: str, number: int, language: str) -> str:
    """Return the noun for `number` places of a kind, or for names of institutions where the kind is ""."""
    words = page_texts(language)
    one = _is_one(number, words)
    if not kind:
        return words["institution_one" if one else "institution_many"]
    return kind_names(language)[kind][0 if one else 1]


def _is_one(number: int, words: Mapping[str, str]) -> bool:
    """Whether a number takes the singular: zero does in French."""
    return str(number) in words["singular"].split(",")


def date_in_words(date: str, language: str) -> str:
    """Return an ISO date, possibly shortened, in words ("2021-10" is "octobre 2021"); other dates are unchanged."""
    match = _DATE.fullmatch(date.strip())
    if match is None:
        return date.strip()
    words = page_texts(language)
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    months = words["months"].split(",")
    if not 1 <= month <= len(months):
        return year
    name = months[month - 1].strip()
    if not day:
        return words["date_month"].format(month=name, year=year)
    return words["date_first" if day == 1 else "date_day"].format(day=day, month=name, year=year)
