r"""RTF 1.9: the text of the document; notes, then headers and footers once, follow it.

The words of control are those of Microsoft's specification. A group is read unless its destination holds no text of the
document. The libraries for RTF leave out footnotes and text boxes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.formats.base import BETWEEN, Content, Format, Source, paragraph_addresses

__all__ = ["FORMAT"]

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SIGNS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "row": "\n", "nestrow": "\n", "cell": "\t",
    "nestcell": "\t", "tab": "\t", "emdash": "\u2014", "endash": "\u2013", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "{": "{", "}": "}", "\\": "\\", "\n": "\n\n", "\r": "\n\n"}
# Destinations without text of the document; those with a star are left out without being listed.
_OF_UNREAD = """colortbl stylesheet info pict object fldinst datafield listtext pntext bkmkstart bkmkend xe tc rxe txe
filetbl revtbl nonshppict shprslt sp sn sv atnid atnauthor atrfstart atrfend ftnsep ftnsepc aftnsep aftnsepc themedata
colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator template"""
_UNREAD = frozenset(_OF_UNREAD.split())
_NOTES = frozenset(("footnote", "annotation"))
_EDGES = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())  # noqa: SIM905
# Behind a star, and read all the same: what a shape holds.
_STARRED_TEXT = frozenset(("shpinst", "shptxt"))
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""The numbers of `\\fcharset` as Python's codecs."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces.

    Attributes:
        target: the text that is added to: body, notes, edges, title, fonts, or "" for none.
        codec: of the bytes that are written in hexadecimal.
        skip: how many characters stand behind a Unicode character for old readers.
        hidden: whether the text is marked as hidden.
    """

    target: str = "body"
    codec: str = "cp1252"
    skip: int = 1
    hidden: bool = False


class _Reader:
    """Reads the tokens of a file one by one."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {"body": [], "notes": [], "edges": [], "title": []}
        self._group = _Group()
        self._stack: list[_Group] = []
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._high = 0

    def read(self, text: str) -> None:
        """Read a whole file, its bytes given as latin-1."""
        position = 0
        while found := _TOKEN.match(text, position) or _TOKEN.search(text, position):
            position = found.end()
            word, number, code, symbol, brace, words = found.groups()
            if word == "bin":
                position += max(0, int(number or 0))
            elif code:
                self._take_byte(int(code, 16))
            elif words:
                self._take_words(words)
            else:
                self._flush()
                self._take_control(word or "", number, symbol, brace)
        self._flush()

    def _take_byte(self, code: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(code)

    def _take_words(self, words: str) -> None:
        skipped = min(self._to_skip, len(words))
        self._to_skip -= skipped
        if skipped < len(words):
            self._flush()
            self._add(words[skipped:].encode("latin-1").decode(self._group.codec, "replace"))

    def _take_control(self, word: str, number: str | None, symbol: str | None, brace: str | None) -> None:
        if brace == "{":
            self._stack.append(self._group)
        elif brace == "}":
            if self._group.target == "edges" and self._stack and self._stack[-1].target != "edges":
                self._add(BETWEEN)
            self._group = self._stack.pop() if self._stack else self._group
        elif symbol == "*":
            self._starred = True
            return
        elif symbol:
            self._add(_SYMBOLS.get(symbol, ""))
        elif word:
            self._take_word(word, int(number) if number else None)
        self._to_skip = self._to_skip if word == "u" else 0
        self._starred = False

    def _take_word(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "u" and number is not None:
            self._add_unicode(number % 65536)
            self._to_skip = group.skip
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word == "uc":
            self._group = replace(group, skip=min(number or 0, 100))
        elif word == "v":
            self._group = replace(group, hidden=number != 0)
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._codec = _codec({"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word, f"cp{number}"))
            self._group = replace(group, codec=self._codec)
        elif word in ("f", "fcharset", "plain"):
            self._take_font(word, number)
        else:
            self._take_destination(word)

    def _take_font(self, word: str, number: int | None) -> None:
        """Follow the font: its character set says what the bytes mean."""
        if word == "fcharset":
            self._fonts[self._font] = _CHARSETS.get(number or 0, "") if number else ""
        elif self._group.target == "fonts":
            self._font = number or 0
        else:
            codec = self._fonts.get(number, "") if word == "f" and number is not None else ""
            self._group = replace(self._group, codec=codec or self._codec)

    def _take_destination(self, word: str) -> None:
        group = self._group
        if word == "fonttbl":
            self._group = replace(group, target="fonts")
        elif word == "title" and not group.target:
            self._group = replace(group, target="title")
        elif word in _STARRED_TEXT:
            self._group = replace(group, target="body" if word == "shptxt" else "")
        elif word in _UNREAD or self._starred:
            self._group = replace(group, target="")
        elif word in _NOTES and group.target:
            self._group = replace(group, target="notes")
            self.texts["notes"].append(BETWEEN)
        elif word in _EDGES and group.target:
            self._group = replace(group, target="edges")

    def _add_unicode(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._add(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._add(chr(code))

    def _flush(self) -> None:
        """Decode the bytes gathered so far: a character of East Asia takes two."""
        if self._bytes:
            self._add(self._bytes.decode(self._group.codec, "replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        if self._group.target in self.texts and not self._group.hidden:
            self.texts[self._group.target].append(text)


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _read(source: Source) -> Content:
    reader = _Reader()
    reader.read(source.data.decode("latin-1"))
    texts = {name: "".join(pieces).replace("\0", "") for name, pieces in reader.texts.items()}
    edges = dict.fromkeys(line.strip() for line in texts["edges"].split("\n") if line.strip(" \t\n0123456789"))
    parts = (_tidy(texts["body"]), _tidy(texts["notes"]), "\n\n".join(edges))
    text = BETWEEN.join(part for part in parts if part)
    if not text:
        raise DocumentError(msg("the RTF file holds no text"), kind="empty")
    return Content(text=text, title=" ".join(texts["title"].split()), addresses=paragraph_addresses(text))


def _tidy(text: str) -> str:
    return re.sub(r"[ \t]*\n(?:[ \t]*\n)+", BETWEEN, text).strip()


FORMAT = Format(
    name="RTF", suffixes=(".rtf",), marks=lambda data: data[:64].lstrip().startswith(b"{\\rtf"), read=_read, binary=True
)
