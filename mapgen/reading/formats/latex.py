r"""LaTeX: what is printed as text, without commands, formulas and comments; accents are letters.

A command that is not known is left out and its arguments stay: most of them set words in another type. Macros of the
document without arguments ("\newcommand{\saintmalo}{Saint-Malo}") are replaced. Footnotes follow the text. The lines of
the file are the addresses of the paragraphs. pylatexenc has had no stable release since 2021.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import Blocks, Content, Format, Source

__all__ = ["FORMAT"]

_TOKEN = re.compile(
    r"%[^\n]*(?:\n[ \t]*)?"  # a comment takes the line end with it
    r"|\\(?P<word>[A-Za-z@]+)\*?[ \t]*(?:\n[ \t]*(?!\s))?"
    r"|\\(?P<sign>[\s\S])"
    r"|(?P<math>\$\$?)"
    r"|(?P<blank>[ \t]*\n[ \t]*\n\s*)"
    r"|(?P<text>[^\\%$\n{}&~]+|[\n{}&~])"
)
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "u": "\u0306", "v": "\u030c", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_ACCENTED = re.compile(
    r"[ \t]*(?:\{[ \t]*(?:\\([ij])(?![A-Za-z])|([^\W\d_]))?[ \t]*\}|\\([ij])(?![A-Za-z])[ \t]*|([^\W\d_]))"
)
_LETTERS = {
    "oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "og": "« ", "fg": " »", "guillemotleft": "«", "guillemotright": "»", "textquoteright": "’", "textquoteleft": "‘",
    "textquotedblleft": "“", "textquotedblright": "”", "textendash": "–", "textemdash": "—", "dots": "…",
    "ldots": "…", "textellipsis": "…", "S": "§", "pounds": "£", "euro": "€", "degres": "°", "textdegree": "°",
    "degree": "°", "space": " ", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "nobreakspace": "\u00a0",
    "textbackslash": "\\", "textasciitilde": "~", "textunderscore": "_", "newline": "\x1e",
    "linebreak": "\x1e", "tabularnewline": "\x1e", "par": "\n\n", "item": "\n\n", "cr": "\x1e", "ier": "er",
    "iere": "re", "ieme": "e",
    "no": "nº ", "No": "Nº ", "at": "@", "LaTeX": "LaTeX", "TeX": "TeX", "slash": "/",
}  # fmt: skip
# Stands for a line end that is printed until white space is collapsed.
_LINE_END = "\x1e"
_SIGNS = {"\\": _LINE_END, ",": "\u202f", ";": " ", ":": " ", " ": " ", "\n": " ", ">": " "}
# Commands whose arguments are no text, with the number of arguments that are left out.
_OF_ONE = """cite citep citet citeauthor citeyear parencite textcite autocite footcite nocite ref eqref pageref autoref
cref Cref vref nameref label index glossary gls includegraphics input include subfile bibliography bibliographystyle
addbibresource usepackage RequirePackage documentclass documentstyle hypersetup vspace hspace pagestyle thispagestyle
pagenumbering geometry graphicspath selectlanguage setmainlanguage setotherlanguage setmainfont hyphenation newtheorem
url path color fontfamily fontsize input linespread bibitem tikzset lstset captionsetup usetikzlibrary pgfplotsset
theoremstyle setlist includepdf newcounter newlength phantom hphantom vphantom counterwithin"""
_OF_TWO = """setlength addtolength setcounter addtocounter renewcommand newcommand providecommand newenvironment rule
titleformat"""
_UNPRINTED = dict.fromkeys(_OF_ONE.split(), 1) | dict.fromkeys(_OF_TWO.split(), 2)
_FIRST_UNPRINTED = {
    "href": 1, "textcolor": 1, "foreignlanguage": 1, "fontsize": 2, "multicolumn": 2, "multirow": 2, "colorbox": 1,
    "parbox": 1, "raisebox": 1, "scalebox": 1, "resizebox": 2, "adjustbox": 1, "hyperref": 0, "gls": 1,
}  # fmt: skip
_OF_HEADINGS = """part chapter section subsection subsubsection paragraph subparagraph title caption author thanks
frametitle"""
_HEADINGS = frozenset(_OF_HEADINGS.split())
_NOTES = frozenset(("footnote", "footnotetext", "endnote", "marginpar", "sidenote"))
_OF_FORMULAS = """equation align gather multline eqnarray math displaymath alignat flalign tikzpicture pgfpicture
comment verbatim lstlisting minted filecontents algorithm algorithmic thebibliography"""
_FORMULAS = frozenset(_OF_FORMULAS.split())
_OF_TABLES = "tabular tabularx longtable array tabulary minipage wrapfigure multicols"
_WITH_COLUMNS = frozenset(_OF_TABLES.split())
_ENVIRONMENT = re.compile(r"[ \t]*\{([^{}\n]{1,60})\}")
_OPTION = re.compile(r"[ \t]*\[[^\[\]]{0,2000}\]")
_BRACE = re.compile(r"\\.|[{}]|%[^\n]*", re.DOTALL)
_OPENING = re.compile(r"[ \t]*\n?[ \t]*\{")
_LONGEST_FORMULA = 4000
_DECLARED = re.compile(rb"\\usepackage\s*\[([\w-]{2,20})\]\s*\{inputenc\}")
_CODECS = {"latin1": "cp1252", "ansinew": "cp1252", "latin9": "iso8859_15", "applemac": "mac_roman", "utf8": "utf-8"}
_MACRO = re.compile(r"\\(?:(?:re)?newcommand|def)\*?\s*\{?\\([A-Za-z]{1,40})\}?\s*\{([^{}]{0,300})\}")
_DASHES = ((re.compile(r"(?<!-)---(?!-)"), "—"), (re.compile(r"(?<!-)--(?!-)"), "–"), (re.compile("``"), "“"),
           (re.compile("''"), "”"), (re.compile("<<"), "«"), (re.compile(">>"), "»"))  # fmt: skip


class _Printer:
    """Prints a text token by token into paragraphs and footnotes, each with the line that it begins on."""

    def __init__(self, text: str, macros: Mapping[str, str]) -> None:
        self._text = text
        self._macros = macros
        self._ends = _arguments(text)
        self.paragraphs: list[tuple[int, str]] = []
        self.notes: list[tuple[int, str]] = []
        self.title = self.date = ""
        self._line: list[str] = []
        self._start = 0
        self._open: list[str] = []
        self._outer: list[tuple[list[str], int]] = []
        self._counted = (0, 1)

    def read(self, position: int, end: int) -> None:
        """Print from `position` to `end`."""
        while position < end and (token := _TOKEN.match(self._text, position)):
            position = self._take(token, token.end())
        while self._open:
            self._close()
        self._end_paragraph()

    def _take(self, token: re.Match[str], position: int) -> int:
        if not self._line:
            self._start = token.start()
        if word := token["word"]:
            return self._take_command(word, position)
        if sign := token["sign"]:
            return self._take_sign(sign, position)
        if token["math"]:
            end = self._text.find(token["math"], position, position + _LONGEST_FORMULA)
            return position if end < 0 or "\n\n" in self._text[position:end] else end + len(token["math"])
        if token["blank"]:
            self._end_paragraph()
        elif text := token["text"]:
            self._take_text(text)
        return position

    def _take_text(self, text: str) -> None:
        if text == "{":
            self._open.append("")
        elif text == "}":
            self._close()
        elif self._line or not text.isspace():
            self._line.append({"~": "\u00a0", "&": "\t"}.get(text, text))

    def _take_sign(self, sign: str, position: int) -> int:
        if sign in _ACCENTS:
            return self._accent(sign, position)
        if sign in "([":
            end = self._text.find("\\)" if sign == "(" else "\\]", position, position + _LONGEST_FORMULA)
            return position if end < 0 else end + 2
        self._line.append(_SIGNS.get(sign, sign if sign in "%&_#${}" else ""))
        if sign == "\\":  # "\\[2pt]"
            return self._skip_options(position)
        return position

    def _accent(self, sign: str, position: int) -> int:
        found = _ACCENTED.match(self._text, position)
        if not found:
            return position
        letter = next(filter(None, found.groups()), "")
        self._line.append(unicodedata.normalize("NFC", letter + _ACCENTS[sign]) if letter else "")
        return found.end()

    def _take_command(self, word: str, position: int) -> int:
        if word in ("begin", "end"):
            return self._environment(word, position)
        if word in _ACCENTS:
            return self._accent(word, position)
        if word in self._macros and word not in _LETTERS:
            self._line.append(self._macros[word])
            return self._skip_empty(position)
        if word in _LETTERS:
            if _LETTERS[word] == "\n\n":
                self._end_paragraph()
                return self._skip_options(position)
            self._line.append(_LETTERS[word])
            return self._skip_empty(position)
        position = self._skip_options(position)
        if word == "verb" and position < len(self._text):
            return max(self._text.find(self._text[position], position + 1), position) + 1
        if word in _UNPRINTED:
            return self._skip_arguments(position, _UNPRINTED[word])
        if word in _FIRST_UNPRINTED:
            return self._skip_arguments(position, _FIRST_UNPRINTED[word])
        if word == "def":
            brace = self._text.find("{", position, position + 80)
            return position if brace < 0 else self._skip_arguments(brace, 1)
        if (word in _HEADINGS or word in _NOTES or word == "date") and self._text.startswith("{", position):
            return self._enter(word, position + 1)
        return position

    def _enter(self, word: str, position: int) -> int:
        """Begin the argument of a heading or a note, which is a paragraph of its own."""
        if word in _NOTES:
            self._outer.append((self._line, self._start))
            self._line = []
        else:
            self._end_paragraph()
        self._start = position
        self._open.append(word)
        return position

    def _close(self) -> None:
        word = self._open.pop() if self._open else ""
        if word in _NOTES:
            if text := _printed(self._line):
                self.notes.append((self._line_number(self._start), text))
            self._line, self._start = self._outer.pop()
        elif word:
            text = _printed(self._line)
            self.title = text if word == "title" and not self.title else self.title
            self.date = text if word == "date" else self.date
            if word == "date":
                self._line = []
            self._end_paragraph()

    def _environment(self, word: str, position: int) -> int:
        found = _ENVIRONMENT.match(self._text, position)
        if not found:
            return position
        name = found[1].rstrip("*")
        self._end_paragraph()
        position = found.end()
        if word == "begin" and name in _FORMULAS:
            end = self._text.find(f"\\end{{{found[1]}}}", position)
            return len(self._text) if end < 0 else end
        if word == "begin":
            position = self._skip_options(position)
            if name in _WITH_COLUMNS:
                position = self._skip_arguments(position, 2 if name in ("tabularx", "wrapfigure", "tabulary") else 1)
        return position

    def _end_paragraph(self) -> None:
        """End the paragraph; inside a note it is only a line."""
        if self._outer:
            self._line.append("\n")
            return
        if text := _printed(self._line):
            self.paragraphs.append((self._line_number(self._start), text))
        self._line = []

    def _skip_options(self, position: int) -> int:
        while found := _OPTION.match(self._text, position):
            position = found.end()
        return position

    def _skip_empty(self, position: int) -> int:
        return position + 2 if self._text.startswith("{}", position) else position

    def _skip_arguments(self, position: int, count: int) -> int:
        for _ in range(count):
            position = self._skip_options(position)
            end = self.argument_end(position)
            if end < 0:
                return position
            position = end
        return self._skip_options(position)

    def argument_end(self, position: int) -> int:
        """Return where the argument in braces that begins at `position` ends; -1 where none begins."""
        start = _OPENING.match(self._text, position)
        return self._ends.get(start.end() - 1, -1) if start else -1

    def _line_number(self, position: int) -> int:
        """Return the line of a position, counted on from the last one that was asked for."""
        at, line = self._counted
        at, line = (at, line) if position >= at else (0, 1)
        line += self._text.count("\n", at, position)
        self._counted = (position, line)
        return line


def _arguments(text: str) -> dict[int, int]:
    """Return where each pair of braces ends, by where it begins."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace.group() == "{":
            begun.append(brace.start())
        elif brace.group() == "}" and begun:
            ends[begun.pop()] = brace.end()
    return ends


def _plain(text: str) -> str:
    """Return the text of a macro, which holds no further ones."""
    printer = _Printer(text, {})
    printer.read(0, len(text))
    return " ".join(words for _, words in printer.paragraphs)


def _printed(pieces: list[str]) -> str:
    """Return the words of a paragraph as TeX prints them: a line end is a space, but behind a hyphen."""
    text = "".join(pieces)
    for pattern, sign in _DASHES:
        text = pattern.sub(sign, text)
    text = re.sub(r"(?<!-)[ \t]*\n[ \t]*", " ", text)
    text = re.sub(r" {2,}", " ", text)
    return re.sub(rf" ?([\t{_LINE_END}]) ?", r"\1", text).replace(_LINE_END, "\n").strip(" \n")


def _read(source: Source) -> Content:
    declared = _DECLARED.search(source.data[:20_000])
    codec = _CODECS.get(declared[1].decode("ascii"), declared[1].decode("ascii")) if declared else ""
    text = decode(source.data, encoding=source.encoding, declared=codec).replace("\r\n", "\n")
    macros = {name: _plain(body) for name, body in _MACRO.findall(text)}
    printer = _Printer(text, macros)
    begin = text.find("\\begin{document}")
    end = text.find("\\end{document}")
    body = begin + len("\\begin{document}") if begin >= 0 else 0
    head = _Printer(text, macros)
    for command in ("\\title", "\\date"):
        at = text.find(command, 0, body)
        if at >= 0 and (close := head.argument_end(at + len(command))) > 0:
            head.read(at, close)
    printer.read(body, end if end > body else len(text))
    blocks = Blocks()
    if head.title and not printer.title:
        blocks.add(head.title, Unit.LINE, head.paragraphs[0][0])
    for line, paragraph in (*printer.paragraphs, *printer.notes):
        blocks.add(paragraph, Unit.LINE, line)
    if not blocks.text:
        raise DocumentError(msg("the LaTeX file holds no text"), kind="empty")
    title = " ".join((printer.title or head.title).split())
    return Content(text=blocks.text, title=title, date=printer.date or head.date, addresses=blocks.addresses)


def _marks(data: bytes) -> bool:
    return re.search(rb"(?m)^[ \t]*\\(?:documentclass|documentstyle|begin\{document\})", data[:20_000]) is not None


FORMAT = Format(name="LaTeX", suffixes=(".tex", ".ltx", ".latex"), marks=_marks, read=_read)
