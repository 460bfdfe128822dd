"""E-mail (.eml, mbox) and web archives (.mht), by the standard library's email.

The plain part of an alternative is read, or the HTML part where the plain one says little; messages inside a message
follow it; attachments are named.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from typing import cast

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import joined, msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats import html
from mapgen.reading.formats.base import BETWEEN, Content, Format, Source, Text, of_records, paragraph_addresses

__all__ = ["FORMAT"]

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_SENDERS = frozenset((b"from", b"return-path", b"received", b"delivered-to", b"x-original-to", b"sender"))
_OTHERS = frozenset(
    (b"to", b"date", b"subject", b"message-id", b"mime-version", b"content-type", b"received", b"x-mailer")
)
_ENVELOPE = re.compile(rb"^From [^\s]+ .*\d{4}.*\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,40}:)", re.MULTILINE)
_QUOTED_ENVELOPE = re.compile(rb"^>(>*From )", re.MULTILINE)
_REPLY = re.compile(r"^(?:(?:re|fwd?|tr|aw|wg|sv|rv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_QUOTES = re.compile(r"(?m)^(?:>[ \t]?)+")
_SHIFTED = ("iso2022", "iso-2022", "hz", "utf-7", "utf7")
_STUB = 0.3
"""A plain part shorter than this share of the HTML part only says that there is one."""
_DEEPEST = 20
_LONGEST_HEADER = 2000
_MOST_NAMED = 6


class _Reading:
    """The texts and the attachments of one message."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self.attachments: list[str] = []

    def texts(self, part: Message, depth: int = 0) -> Iterator[str]:
        """Yield the texts of a part in their order."""
        if depth > _DEEPEST:
            raise DocumentError(msg("its parts are nested deeper than {deepest}", deepest=_DEEPEST))
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" and kind != "message/rfc822":
            self.attachments.append(_name(part))
        elif kind == "message/rfc822":
            for inner in _parts(part):
                yield _subject(inner)
                yield from self.texts(inner, depth + 1)
        elif kind == "multipart/alternative":
            yield from self._alternative(part, depth)
        elif kind in ("multipart/related", "multipart/signed", "multipart/encrypted"):
            yield from self._first(part, depth)
        elif part.is_multipart():
            for inner in _parts(part):
                yield from self.texts(inner, depth + 1)
        elif kind == "text/plain":
            yield _unflowed(part, self.decoded(part))
        elif kind == "text/html":
            yield html.page_text(self.decoded(part))
        elif kind not in ("message/delivery-status", "application/pgp-signature", "application/pkcs7-signature"):
            self.attachments.append(_name(part))

    def _alternative(self, part: Message, depth: int) -> Iterator[str]:
        versions: dict[bool, str] = {}
        for inner in _parts(part):
            plain = inner.get_content_type() == "text/plain"
            versions.setdefault(plain, BETWEEN.join(filter(None, map(str.strip, self.texts(inner, depth + 1)))))
        plain_text, rich = versions.get(True, ""), versions.get(False, "")
        yield plain_text if len(plain_text) >= _STUB * len(rich) else rich

    def _first(self, part: Message, depth: int) -> Iterator[str]:
        """Yield the texts of the main part; what is related to it are pictures, or its signature."""
        parts = list(_parts(part))
        start = part.get_param("start")
        named = (each for each in parts if start and each.get("content-id", "") == start)
        main = next(named, parts[0] if parts else None)
        if main is not None:
            yield from self.texts(main, depth + 1)
        self.attachments += [_name(each) for each in parts if each is not main and each.get_filename()]

    def decoded(self, part: Message) -> str:
        """Return the text of a part by its own charset."""
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        charset = (part.get_content_charset() or "").casefold()
        if charset.startswith(_SHIFTED):
            return data.decode(charset, "replace")
        try:
            return decode(data, encoding=self._encoding, declared=charset)
        except DocumentError:
            return data.decode(charset if _exists(charset) else "cp1252", "replace")


def _exists(charset: str) -> bool:
    try:
        return bool(codecs.lookup(charset).name)
    except LookupError:
        return False


def _parts(part: Message) -> Iterator[Message]:
    inside = part.get_payload()
    if isinstance(inside, list):
        yield from cast("list[Message]", inside)


def _unflowed(part: Message, text: str) -> str:
    """Return a plain text without the marks of quotation; soft line ends (RFC 3676) are spaces."""
    text = _QUOTES.sub("", text.replace("\r\n", "\n"))
    if part.get_param("format") == "flowed":
        text = re.sub(r"(?m)(?<!^--) \n", "" if part.get_param("delsp") == "yes" else " ", text)
    return text


def _name(part: Message) -> str:
    return _unencoded(part.get_filename() or part.get_content_type())


def _header(message: Message, name: str) -> str:
    """Return a header of a message; letters in it that are not encoded are read as UTF-8, else as cp1252."""
    return _unencoded(next((value for key, value in message.raw_items() if key.casefold() == name), ""))


def _unencoded(value: object) -> str:
    """Return the words of a header on one line.

    The library's own parser of headers (`email.policy.default`) takes memory that grows with the square of the length.
    """
    raw = str(value)[:_LONGEST_HEADER].encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    try:
        parts = [_part(part, charset) for part, charset in decode_header(text)]
    except (ValueError, LookupError):  # binascii.Error of a broken base64
        parts = [text]
    return " ".join("".join(parts).split())


def _part(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset:
        return part.decode(charset if _exists(charset) else "cp1252", "replace")
    # What is not encoded comes back so from the library.
    return part.decode("raw-unicode-escape", "replace")


def _subject(message: Message) -> str:
    return _REPLY.sub("", _header(message, "subject"))


def _date(message: Message) -> str:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _message(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data)
    except Exception as error:  # the parser raises what it meets: IndexError, AttributeError, ValueError
        raise DocumentError(msg("the message cannot be read ({name})", name=type(error).__name__)) from error


def _text(message: Message, number: int, reading: _Reading) -> Text:
    subject = _subject(message)
    try:
        bodies = [body.strip() for body in reading.texts(message) if body.strip()]
    except RecursionError as error:
        raise DocumentError(msg("the parts of the message are nested too deeply")) from error
    whole = BETWEEN.join([subject, *bodies] if subject and bodies else bodies)
    return Text(text=whole, value=number, title=subject, date=_date(message))


def _read(source: Source) -> Content:
    data = source.data.lstrip(b"\xef\xbb\xbf\r\n")
    reading = _Reading(source.encoding)
    envelopes = list(_ENVELOPE.finditer(data)) if _ENVELOPE.match(data) else []
    if not envelopes:
        message = _message(data)
        if page := _archived_page(message, reading):
            return page
        content = _single(message, reading)
    else:
        ends = [each.start() for each in envelopes[1:]] + [len(data)]
        bodies = (data[each.end() : end] for each, end in zip(envelopes, ends, strict=True))
        texts = [
            _text(_message(_QUOTED_ENVELOPE.sub(rb"\1", body)), number, reading)
            for number, body in enumerate(bodies, start=1)
        ]
        content = of_records(texts, Unit.MESSAGE, notes=_notes(reading))
    if not content.text:
        raise DocumentError(joined("; ", (msg("the message holds no text"), *_notes(reading))), kind="empty")
    return content


def _single(message: Message, reading: _Reading) -> Content:
    text = _text(message, 1, reading)
    return Content(
        text=text.text,
        title=text.title,
        date=text.date,
        addresses=paragraph_addresses(text.text),
        notes=_notes(reading),
    )


def _archived_page(message: Message, reading: _Reading) -> Content | None:
    """Return the page of a web archive, which is a message to nobody; None where it is a letter."""
    if message.get("to") or message.get_content_type() not in ("multipart/related", "text/html"):
        return None
    first = next(_parts(message), message) if message.is_multipart() else message
    inner = next((each for each in message.walk() if each.get_content_type() == "text/html"), first)
    if inner.get_content_type() != "text/html":
        return None
    return html.page(reading.decoded(inner))


def _notes(reading: _Reading) -> tuple[str, ...]:
    names = list(dict.fromkeys(reading.attachments))
    if not names:
        return ()
    listed: str = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        listed = msg("{listed} and {more} more", listed=listed, more=len(names) - _MOST_NAMED)
    return (msg("attachments are not read, save them as files: {names}", names=listed),)


def _marks(data: bytes) -> bool:
    data = data[:20_000].lstrip(b"\xef\xbb\xbf\r\n")
    if envelope := _ENVELOPE.match(data):
        data = data[envelope.end() :]
    names: set[bytes] = set()
    position = 0
    while found := _HEADER.match(data, position):
        names.add(found.group().partition(b":")[0].lower())
        position = found.end()
    if b"mime-version" in names and b"content-type" in names:
        return True
    return bool(names & _SENDERS) and len(names & _OTHERS) >= 2


FORMAT = Format(name="e-mail", suffixes=(".eml", ".mht", ".mhtml", ".mbox"), marks=_marks, read=_read)
