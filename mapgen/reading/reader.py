"""A file, a stream or a string to a `Document`."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import BinaryIO

from mapgen.addresses import addresses_within
from mapgen.errors import DocumentError, OptionError
from mapgen.messages import msg, reason_of
from mapgen.model import Document
from mapgen.reading.dates import iso_date
from mapgen.reading.formats import Content, Source, format_of
from mapgen.reading.header import Header, language_code, parse_header
from mapgen.reading.mending import mended

__all__ = ["MAX_BYTES", "from_text", "read"]

MAX_BYTES = 50 * 2**20
"""The largest file that is read, in bytes, unless the caller says otherwise."""

_TITLE_LENGTH = 140
_LONG_LINE = 160
_FIRST_LINE = re.compile(r"\s*([^\r\n]{1,%d})(?:\r\n|\n|\r)" % (_TITLE_LENGTH + 20))  # noqa: UP031
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    source: str | os.PathLike[str] | BinaryIO,
    *,
    encoding: str = "",
    language: str = "",
    title: str = "",
    date: str = "",
    field: str = "",
    max_bytes: int = MAX_BYTES,
    name: str = "",
) -> Document:
    """Read a text with what is known of it, in any of the formats of docs/formats.md.

    A file of several texts (a table, a feed, a mailbox) is one document with `records`.

    What is given wins over what the file states. The text of a plain file is never altered: with the file decoded
    and its byte order mark left out, `decoded[document.source_offset:] == document.text`.

    Args:
        source: a path, "-" for standard input, or a stream opened in binary mode.
        encoding: the encoding of a plain text or HTML page; found out by default.
        language: ISO 639-1; what the file states by default, and "" where it states none.
        title: the headline.
        date: any usual way to write a date; kept as ISO 8601.
        field: the field of JSON or the column of a table that holds the texts; found out by default, and told.
        max_bytes: the largest input that is read.
        name: file name of a stream; its end can tell the format, and it becomes `Document.source`.

    Raises:
        DocumentError: the source is missing, unreadable, a folder, empty, binary, too large or of no known encoding.
        OptionError: an option has no meaning.
    """
    found, suffix, data = _bytes_of(source, max_bytes)
    if name:
        suffix = Path(name).suffix
    name = name or found
    try:
        if not data.strip():
            raise DocumentError(msg("it is empty"), kind="empty")
        given = Source(data=data, suffix=suffix.lower(), encoding=encoding, field=field)
        content = mended(format_of(given).read(given))
        return _document(content, language=language, title=title, date=date, source=name, with_header=True)
    except DocumentError as error:
        place = error.path or name or None
        raise DocumentError(error.message, path=place, line=error.line, kind=error.kind) from error.__cause__


def from_text(
    text: str, *, title: str = "", date: str = "", language: str = "", source: str = "", header: bool = False
) -> Document:
    """Make a document of a string. The whole string is the text, so that offsets into it hold.

    Args:
        text: the text.
        title: the headline.
        date: any usual way to write a date; kept as ISO 8601.
        language: ISO 639-1, or "".
        source: where the text came from, as shown to readers.
        header: whether lines of metadata before the text ("Source: …") are taken off and read, as in a file.

    Raises:
        DocumentError: the text is empty or holds what no text holds (zero bytes, halves of surrogate pairs).
        OptionError: an option has no meaning.
    """
    content = Content(text=text, faithful=True)
    return _document(content, language=language, title=title, date=date, source=source, with_header=header)


def _bytes_of(source: str | os.PathLike[str] | BinaryIO, max_bytes: int) -> tuple[str, str, bytes]:
    """Return the name shown to readers, the suffix and the bytes."""
    if not isinstance(source, (str, os.PathLike)):
        return "", "", _limited(source, max_bytes, "")
    if source == "-":
        return "-", "", _limited(sys.stdin.buffer, max_bytes, "-")
    path = Path(source)
    try:
        if path.is_dir():
            raise DocumentError(msg("this is a folder, not a file: name the files in it"), path=path)
        with path.open("rb") as stream:
            return _readable(path.name), path.suffix, _limited(stream, max_bytes, path)
    except FileNotFoundError as error:
        raise DocumentError(msg("there is no such file"), path=path) from error
    except PermissionError as error:
        raise DocumentError(msg("it may not be read: see its permissions"), path=path) from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise DocumentError(msg("it cannot be read ({reason})", reason=reason_of(error)), path=path) from error


def _limited(stream: BinaryIO, max_bytes: int, name: Path | str) -> bytes:
    data = stream.read(max_bytes + 1)
    if not isinstance(data, bytes):
        raise DocumentError(msg("the stream gives text, not bytes: open it in binary mode"), path=name or None)
    if len(data) > max_bytes:
        raise DocumentError(
            msg("it is larger than {max_bytes:.0f} MB, the most that is read: divide it", max_bytes=max_bytes / 2**20),
            path=name or None,
            kind="large",
        )
    return data


def _document(content: Content, *, language: str, title: str, date: str, source: str, with_header: bool) -> Document:
    text = content.text
    if "\0" in text:
        raise DocumentError(msg("it holds zero bytes: it is binary, not a text"))
    if found := _SURROGATE.search(text):
        raise DocumentError(
            msg("it holds half of a surrogate pair at character {start}: decode it again", start=found.start()),
            kind="encoding",
        )
    if not text.strip("\ufeff\u200b\u2060 \t\r\n\v\f\x85\xa0\u2028\u2029\u3000"):
        raise DocumentError(msg("it is empty"), kind="empty")
    header = parse_header(text) if with_header and not content.records else Header()
    body = text[header.end :]
    if not body.strip():
        raise DocumentError(msg("it holds a header and no text after it"), kind="empty")
    dates = {"given": _given_date(date, language), "header": header.date, "metadata": iso_date(content.date)}
    origin = next((each for each, found in dates.items() if found), "")
    return Document(
        text=body,
        title=_one_line(title or header.title or content.title) or _headline(body),
        date=dates.get(origin, ""),
        date_origin=origin,
        language=_given_language(language) or header.language or language_code(content.language),
        source=source or header.source,
        source_offset=header.end if content.faithful else 0,
        addresses=addresses_within(content.addresses, header.end, len(text)) if content.addresses else (),
        records=content.records,
        notes=content.notes,
    )


def _one_line(title: str) -> str:
    return " ".join(title.split())


def _given_date(date: str, language: str) -> str:
    iso = iso_date(date, language=language)
    if date and not iso:
        raise OptionError(msg("{date!r} is no date: write it as 2021-10-11, 2021-10 or 2021", date=date))
    return iso


def _given_language(language: str) -> str:
    code = language_code(language)
    if language and not code:
        raise OptionError(msg("{language!r} is no language: write its code, such as fr or en", language=language))
    return code


def _headline(text: str) -> str:
    """Return the first line if it stands alone as a headline does: short, unlike a sentence, the text after it."""
    first = _FIRST_LINE.match(text)
    if not first:
        return ""
    line = first.group(1).strip()
    rest = text[first.end() : first.end() + 4 * _LONG_LINE]
    if line.startswith("#"):
        line = line.lstrip("#").strip()
    elif not _stands_alone(rest):
        return ""
    line = re.sub(r"^[-–—]\s+(.*\S)\s+[-–—]$", r"\1", line)
    if not 2 < len(line) <= _TITLE_LENGTH or line.endswith((".", ",", ";", ":", "…")) or not rest.strip():
        return ""
    return _one_line(line)


def _stands_alone(rest: str) -> bool:
    """Say whether a blank line, an underline, or a line too long to be of the same wrapped block comes next."""
    following = re.match(r"[^\r\n]*", rest)
    line = following.group() if following else ""
    return not line.strip() or not line.strip("=-") or len(line) > _LONG_LINE


def _readable(name: str) -> str:
    """Return the name of a file as people read it, where a system without UTF-8 has not decoded it (PEP 383)."""
    return os.fsencode(name).decode("utf-8", "replace") if not name.isprintable() else name
