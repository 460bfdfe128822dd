"""The texts in rows of named values: which field holds them, and what else of a row is known by its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import Message, msg
from mapgen.reading.formats.base import BETWEEN, Content, Text, of_records
from mapgen.reading.formats.html import fragment_text

__all__ = ["COLUMN", "Row", "content_of_rows"]

_OF_BODIES = """text texte body content contents contenu corps article full_text fulltext maintext main_text
content_text content_html articlebody html message description summary résumé resume abstract transcript transcription
caption post tweet comment commentaire review story testo texto inhalt contenido corpo"""
_OF_TITLES = "title titre headline titel título titolo subject objet name"
_OF_DATES = """date published publié published_at publishedat pubdate date_published datepublished created created_at
timestamp datum fecha data time"""
_OF_LANGUAGES = "lang language langue sprache idioma lingua"
_BODIES, _TITLES, _DATES, _LANGUAGES = (
    frozenset(names.split()) for names in (_OF_BODIES, _OF_TITLES, _OF_DATES, _OF_LANGUAGES)
)
_MARKUP = re.compile(
    r"</?(?:p|br|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|table|blockquote|img)\b[^<>]*>", re.IGNORECASE
)
_SAMPLE = 200
"""Rows by which the field is guessed."""
_KNOWN = 3.0
"""How much more a field counts whose name says that it holds a text."""
_MOST_NAMES = 12


FIELD, COLUMN = msg("field"), msg("column")
"""What a part of a record is called in a format."""


@dataclass(frozen=True, slots=True)
class Row:
    """Values by the names of their fields; a field inside another is named with a dot ("article.body").

    Attributes:
        value: the number or name of the row in its file.
        fields: the values that are strings.
    """

    value: object
    fields: Mapping[str, str]


def content_of_rows(rows: Sequence[Row], unit: Unit, *, field: str = "", what: Message = FIELD) -> Content:
    """Return the texts of rows, each a record.

    Args:
        rows: in the order of the file.
        unit: what the values of the rows count.
        field: the field of the texts; guessed, and told, where it is "".
        what: what a field is called in this format.

    Raises:
        DocumentError: no row has the field, or there is none that could hold a text.
    """
    names = list(dict.fromkeys(name for row in rows for name in row.fields))
    if field:
        chosen = _named(field, names, what)
        title = ""
    else:
        chosen = _guessed(rows, names, what)
        title = next((name for name in names if _last(name) in _TITLES and name != chosen), "")
    texts = list(_texts(rows, chosen, title))
    if not any(each.text.strip() for each in texts):
        raise DocumentError(msg("its {what} {chosen!r} holds no text", what=what, chosen=chosen))
    if field or len(names) < 2:
        return of_records(texts, unit)
    several = msg("{what} {chosen!r}", what=what, chosen=chosen)
    if title:
        several = msg("{what}s {title!r} and {chosen!r}", what=what, title=title, chosen=chosen)
    note = msg("the texts are read from the {several}; --field names another", several=several)
    return of_records(texts, unit, notes=(note,))


def _named(field: str, names: Sequence[str], what: Message) -> str:
    for name in names:
        if name.casefold() == field.strip().casefold():
            return name
    listed = ", ".join(names[:_MOST_NAMES]) or msg("none")
    raise DocumentError(
        msg("it has no {what} {field!r} that holds text; those it has: {listed}", what=what, field=field, listed=listed)
    )


def _guessed(rows: Sequence[Row], names: Sequence[str], what: Message) -> str:
    """Return the field with the most words, those whose names say that they hold texts first."""
    weights: Counter[str] = Counter()
    for row in rows[:_SAMPLE]:
        for name, value in row.fields.items():
            if not value.startswith(("http://", "https://")):
                weights[name] += len(value.split())
    best = max(names, key=lambda name: weights[name] * (_KNOWN if _last(name) in _BODIES else 1.0), default="")
    if not best or not weights[best]:
        listed = ", ".join(names[:_MOST_NAMES]) or msg("none")
        raise DocumentError(
            msg(
                "it holds no {what} with a text: name one with --field; those it has: {listed}",
                what=what,
                listed=listed,
            )
        )
    return best


def _last(name: str) -> str:
    return name.rpartition(".")[2].casefold().replace(" ", "_")


def _texts(rows: Iterable[Row], chosen: str, title: str) -> Iterator[Text]:
    """Yield the texts; a title that is not the beginning of its text stands before it."""
    for row in rows:
        text = _words(row.fields.get(chosen, ""))
        headline = _words(row.fields.get(title, "")) if title else ""
        if headline and not text.lstrip().startswith(headline):
            text = f"{headline}{BETWEEN}{text}"
        yield Text(
            text=text,
            value=row.value,
            title=headline or _first(row.fields, _TITLES),
            date=_first(row.fields, _DATES),
            language=_first(row.fields, _LANGUAGES),
        )


def _words(value: str) -> str:
    return fragment_text(value) if _MARKUP.search(value) else value


def _first(fields: Mapping[str, str], names: frozenset[str]) -> str:
    return next((value for name, value in fields.items() if _last(name) in names and len(value) < 200), "")
