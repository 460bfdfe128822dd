"""What a collector, an editor or a static-site generator wrote before the text: metadata, no part of it.

Three forms are known: ` date 2021-10 ` in line with the text after it; lines `key: value` closed by a blank line; YAML
front matter between `---` lines. Anything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mapgen.reading.dates import iso_date

__all__ = ["Header", "language_code", "parse_header"]

# Keys of a header, with the words for them that collectors write; "" is known and of no use here.
_KEYS = {
    **dict.fromkeys(("title", "headline", "titre", "titel", "título", "titolo"), "title"),
    **dict.fromkeys(("date", "published", "publié", "datum", "fecha", "data", "pubdate"), "date"),
    **dict.fromkeys(("language", "lang", "langue", "sprache", "idioma", "lingua"), "language"),
    **dict.fromkeys(("source", "quelle", "fuente", "fonte", "publisher", "newspaper", "journal"), "source"),
    **dict.fromkeys(("url", "link", "lien"), "url"),
    **dict.fromkeys(("author", "authors", "auteur", "auteurs", "byline", "autor", "autore"), "author"),
    **dict.fromkeys(("id", "section", "category", "rubrique", "tags", "keywords", "country", "pays", "slug"), ""),
}
_INLINE = re.compile(
    r"\s{0,200}date[ \t]{0,5}[:=]?[ \t]{0,5}(\d{4}-\d{2}(?:-\d{2})?)(?=[ \t\r\n])\s{1,200}", re.IGNORECASE
)
_PAIR = re.compile(r"[ \t]*([^\W\d]{2,12})[ \t]*:[ \t]+(\S[^\r\n]*)$")
_LINE = re.compile(r"([^\r\n]{0,2000})(\r\n|\n|\r|\Z)")
_FRONT = re.compile(r"\s{0,200}---[ \t]*(?:\r\n|\n|\r)")
_FRONT_LINE = re.compile(r"(?:[\w.-]+[ \t]*:(?:[ \t].*)?|[ \t]+.*|-[ \t].*|#.*|[ \t]*)$")
_BLANKS = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")
_MAX_LINES = 200
# Languages whose own name of themselves is understood, beside the English, French and Spanish names of all.
_OWN_NAMES = ("de", "es", "it", "pt", "nl", "ar", "fa", "ru", "uk", "tr", "pl", "he")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The metadata before a text.

    Attributes:
        end: where the text itself begins; 0 without a header.
        title: the headline, or "".
        date: ISO 8601, possibly shortened, or "" where it cannot be told.
        language: ISO 639-1, or "".
        source: the publication as the header names it, else the address of the page, else "".
    """

    end: int = 0
    title: str = ""
    date: str = ""
    language: str = ""
    source: str = ""


def parse_header(text: str) -> Header:
    """Return the header of `text`; an empty one where the text opens with none."""
    front = _FRONT.match(text)
    header = _front_matter(text, front.end()) if front else _key_lines(text)
    inline = None if header.end else _INLINE.match(text)
    return Header(end=inline.end(), date=iso_date(inline.group(1))) if inline else header


def _front_matter(text: str, position: int) -> Header:
    pairs: list[tuple[str, str]] = []
    for line, following in _lines(text, position):
        if line.rstrip() in ("---", "..."):
            return _header(pairs, _skip_blank(text, following)) if pairs else Header()
        if not _FRONT_LINE.match(line):
            return Header()
        if pair := _PAIR.match(line):
            pairs.append((pair.group(1), pair.group(2)))
    return Header()


def _key_lines(text: str) -> Header:
    start = _skip_blank(text, 0)
    pairs: list[tuple[str, str]] = []
    for line, following in _lines(text, start):
        if not line.strip():
            return _header(pairs, _skip_blank(text, following)) if pairs else Header()
        pair = _PAIR.match(line)
        if not pair or pair.group(1).casefold() not in _KEYS:
            return Header()
        pairs.append((pair.group(1), pair.group(2)))
    return Header()


def _lines(text: str, position: int) -> Iterable[tuple[str, int]]:
    """Yield each line without its end, and where the next begins; stops at a line too long for a header."""
    for _ in range(_MAX_LINES):
        match = _LINE.match(text, position)
        if not match or match.end() == position:
            return
        position = match.end()
        yield match.group(1), position


def _skip_blank(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position


def _header(pairs: Iterable[tuple[str, str]], end: int) -> Header:
    found: dict[str, str] = {}
    for key, value in pairs:
        word = _KEYS.get(key.casefold(), "")
        if word:
            found.setdefault(word, _unquote(value))
    language = language_code(found.get("language", ""))
    return Header(
        end=end,
        title=found.get("title", ""),
        date=iso_date(found.get("date", ""), language=language),
        language=language,
        source=found.get("source", "") or found.get("url", ""),
    )


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1].strip()
    return value


def language_code(name: str) -> str:
    """Return the ISO 639 code of "fr", "fr-FR", "fr_CA", "français" or "French"; "" for what is none."""
    name = name.strip().casefold()
    code = re.match(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*$", name)
    if code:
        return code.group(1)
    if not name:
        return ""
    from babel import Locale

    for reader in ("en", "fr", "es"):
        for found, label in Locale(reader).languages.items():
            if label.casefold() == name:
                return str(found).partition("_")[0]
    own_names = (Locale(code).get_display_name() or "" for code in _OWN_NAMES)
    return next((code for code, own in zip(_OWN_NAMES, own_names, strict=True) if own.casefold() == name), "")
