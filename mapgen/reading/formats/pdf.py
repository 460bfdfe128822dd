"""PDF, by pdfium: characters with their places, put in the order of reading by `pdf_layout`.

Of 81 names in four layouts (tests/integration/pdf_layouts.py) 79 are placed in each, as in
the plain text; pypdf leads to 79, 79, 68 and 61, pdfminer.six to 68, 79, 68 and 57. pdfium is not made for
threads: one page is read at a time.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import Message, msg, msg_count
from mapgen.reading.formats.base import Blocks, Content, Format, Source
from mapgen.reading.formats.pdf_layout import Character, Page, page_lines, page_text, without_furniture

__all__ = ["FORMAT"]

_LOCK = threading.Lock()
_SPACE = re.compile(r"\s+")
_HYPHENS = "\ufffe\u0002"
"""What pdfium makes of a hyphen at the end of a line."""
_SPACE_CODE = 32
_QUARTER = math.pi / 2
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_BAD_SHARE = 0.3
"""A page with a larger share of characters without meaning is not read."""
_FEW = 12
"""Characters of a page of pictures: a stamp, a page number."""
_MOST_CHARACTERS = 30_000_000
_MOST_PAGES = 20_000
_OCR = msg("run a text recognition (OCR) over it first")
_MOST_NAMED = 8


class _Pages:
    """The pages of a file as they are read, and what cannot be."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.scanned: list[int] = []
        self.unmapped: list[int] = []
        self._count = 0

    def add(self, page: Any) -> None:
        """Read a page of pdfium."""
        characters, bad = _characters(page)
        self._count += len(characters)
        if self._count > _MOST_CHARACTERS:
            raise DocumentError(
                msg(
                    "the PDF holds more than {limit} million characters: divide it",
                    limit=_MOST_CHARACTERS // 10**6,
                )
            )
        number = len(self.pages) + 1
        visible = sum(not each.text.isspace() for each in characters)
        if bad > _BAD_SHARE * (visible + bad):
            self.unmapped.append(number)
            characters = []
        elif visible < _FEW and _has_picture(page):
            self.scanned.append(number)
        self.pages.append(Page(tuple(page_lines(characters)), page.get_height()))


def _read(source: Source) -> Content:
    import pypdfium2

    read = _Pages()
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(source.data)
            try:
                if len(document) > _MOST_PAGES:
                    raise DocumentError(msg("the PDF has more than {limit} pages: divide it", limit=_MOST_PAGES))
                for page in document:
                    read.add(page)
                    page.close()
                stated = document.get_metadata_value("Title")
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).casefold():
                raise DocumentError(msg("the PDF is protected by a password: save it without one")) from error
            raise DocumentError(msg("the PDF cannot be read ({error}): it is damaged", error=error)) from error
    blocks = Blocks()
    before = ""
    for number, page in enumerate(without_furniture(read.pages), start=1):
        text = page_text(page)
        blocks.add(text, Unit.PAGE, number, between="\n" if _goes_on(before) else "\n\n")
        before = text or before
    if not blocks.text.strip():
        raise DocumentError(_nothing(read), kind="empty")
    return Content(
        text=blocks.text, title=_title(stated, blocks.text), addresses=blocks.addresses, notes=tuple(_notes(read))
    )


def _characters(page: Any) -> tuple[list[Character], int]:
    """Return the characters of a page that have a meaning, and the number of those that have none."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    turn = _turn(raw, handle, count)
    found: list[Character] = []
    bad = 0
    parted = False
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            parted = code == _SPACE_CODE
            continue
        text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if raw.FPDFText_IsHyphen(handle, index) == 1 or text in _HYPHENS:
            text = "-"
        elif raw.FPDFText_HasUnicodeMapError(handle, index) == 1 or _UNREADABLE.match(text):
            bad += 1
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        place = _turned((box.left, box.bottom, box.right, box.top), (x.value, y.value), turn)
        found.append(Character(text, *place, parted))
        parted = False
    text_page.close()
    return found, bad


def _turn(raw: Any, handle: Any, count: int) -> int:
    """Return by how many quarters most of the text is turned to the left, from a sample of its characters."""
    sample = range(0, count, max(1, count // 50))
    # pdfium counts angles clockwise.
    angles = [-round(raw.FPDFText_GetCharAngle(handle, index) / _QUARTER) % 4 for index in sample]
    return max(set(angles), key=angles.count) if angles else 0


def _turned(
    box: tuple[float, float, float, float], origin: tuple[float, float], turn: int
) -> tuple[float, float, float, float]:
    """Return left, right, baseline and height of a character on a page that is turned so that it stands upright."""
    left, bottom, right, top = box
    match turn:
        case 1:
            return bottom, top, -origin[0], right - left
        case 2:
            return -right, -left, -origin[1], top - bottom
        case 3:
            return -top, -bottom, origin[0], right - left
        case _:
            return left, right, origin[1], top - bottom


def _has_picture(page: Any) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)), None) is not None


def _goes_on(text: str) -> bool:
    """Say whether the sentence at the end of a page goes on."""
    return bool(text) and not text.rstrip().endswith((".", "!", "?", "…", ":"))


def _nothing(read: _Pages) -> Message:
    if read.unmapped:
        return msg("the fonts of the PDF have no text map, its letters have no meaning: {ocr}", ocr=_OCR)
    return msg("the PDF holds no text, perhaps only scanned pages: {ocr}", ocr=_OCR)


def _notes(read: _Pages) -> Iterator[Message]:
    if read.unmapped:
        yield msg_count(
            "page {pages} is left out, its fonts have no text map: {ocr}",
            "pages {pages} are left out, their fonts have no text map: {ocr}",
            len(read.unmapped),
            pages=_named(read.unmapped),
            ocr=_OCR,
        )
    if read.scanned:
        yield msg_count(
            "page {pages} is scanned, without text: {ocr}",
            "pages {pages} are scanned, without text: {ocr}",
            len(read.scanned),
            pages=_named(read.scanned),
            ocr=_OCR,
        )


def _named(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:_MOST_NAMED]))
    more = len(numbers) - _MOST_NAMED
    return msg("{listed} and {more} more", listed=listed, more=more) if more > 0 else listed


def _title(stated: str, text: str) -> str:
    """Return the title that the file states, if its first page bears it: programs fill the field with file names."""
    stated = _SPACE.sub(" ", stated or "").strip()
    head = _SPACE.sub(" ", text[:4000]).casefold()
    return stated if stated and stated.casefold() in head else ""


FORMAT = Format(
    name="PDF",
    suffixes=(".pdf",),
    marks=lambda data: data[:1024].lstrip().startswith(b"%PDF-"),
    read=_read,
    binary=True,
)
