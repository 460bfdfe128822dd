"""Subtitles (SubRip, WebVTT, YouTube's SBV, SubStation Alpha): what is said, as one text; times are its addresses.

A sentence runs over cues, so cues are joined by a space. Markup, marks of speakers and repetitions of rolling captions
are left out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mapgen.addresses import Unit
from mapgen.errors import DocumentError
from mapgen.messages import msg
from mapgen.reading.decoding import decode
from mapgen.reading.formats.base import BETWEEN, Blocks, Content, Format, Source

__all__ = ["FORMAT"]

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIME})\s*(?:-->|,)\s*({_TIME})")
_ASS_LINE = re.compile(r"Dialogue:[^,]*,\s*(\d+:\d\d:\d\d)[.:]\d+\s*,\s*(\d+:\d\d:\d\d)[.:]\d+\s*,(?:[^,]*,){6}(.*)")
_FIRST_CUE = re.compile(
    rb"\d{1,6}[ \t]*\r?\n[ \t]*(?:\d{1,3}:)?\d\d?:\d\d[.,]\d{1,3} *-->"
    rb"|\d:\d\d:\d\d\.\d{3},\d:\d\d:\d\d\.\d{3}[ \t]*\r?\n"
)
_NOT_SAID = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,12}>|\{\\[^{}]{0,200}\}|[♪♫]")
# "MARIE :", "Dr. HOUSE:", "JEAN-PAUL (off):"; a name with small letters may be a word of the sentence.
_SPEAKER = re.compile(r"(?=[^\W\d_])([^\Wa-zß-öø-ÿ](?:[ .'-]?[^\Wa-zß-öø-ÿ]){1,40}) ?(?:\([^()]{1,30}\) ?)?:\s+")
_CHANGE = re.compile(r"\s*(?:>>+|[-–—])\s*")
_LEADING_CHANGE = re.compile(rf"\A{_CHANGE.pattern}")
_SOUND = re.compile(r"\s*(?:\[[^\[\]]{1,60}\]|\([^()\w]*[^()a-zß-öø-ÿ]{2,60}\))\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"»”’)]*$")
_PAUSE = 4.0
"""Seconds of silence after a sentence that part two paragraphs."""


@dataclass(slots=True)
class _Cue:
    """What is said from one time to another, in seconds."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def _read(source: Source) -> Content:
    text = decode(source.data, encoding=source.encoding)
    blocks = Blocks()
    last: _Cue | None = None
    shown: list[str] = []
    said = ""
    cues = list(_cues(text))
    speakers = _speakers(cues)
    for cue in cues:
        lines = [words for line in cue.lines if (words := _plain(line, speakers))]
        new = [line for line in lines if line not in shown]
        shown = lines
        if not new:
            continue
        apart = last is None or (cue.start - last.end >= _PAUSE and _SENTENCE_END.search(said) is not None)
        between = BETWEEN if apart else _joint(said)
        said = new[0]
        for line in new[1:]:
            said += _joint(said) + line
        blocks.add(said, Unit.TIME, _clock(cue.start), between=between)
        last = cue
    if not blocks.text:
        raise DocumentError(msg("the subtitles hold no words"), kind="empty")
    return Content(text=blocks.text, addresses=blocks.addresses)


def _joint(before: str) -> str:
    """Return what joins two lines: a line end behind a hyphen, of which the normal form of texts decides."""
    return "\n" if before.endswith(("-", "\u2010")) else " "


def _cues(text: str) -> Iterator[_Cue]:
    if "[Script Info]" in text[:1000]:
        yield from _ass_cues(text)
        return
    cue: _Cue | None = None
    said = True
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if timing := _TIMING.match(line):
            if cue is not None:
                yield cue
            cue, said = _Cue(_seconds(timing[1]), _seconds(timing[2])), True
        elif not line.strip():
            said = True
        elif _NOT_SAID.match(line) and not lines[number - 1].strip():
            said = False
        elif cue is not None and said and not (number + 1 < len(lines) and _TIMING.match(lines[number + 1])):
            cue.lines.append(line)
    if cue is not None:
        yield cue


def _ass_cues(text: str) -> Iterator[_Cue]:
    for line in text.splitlines():
        if found := _ASS_LINE.match(line):
            words = re.sub(r"\\[Nnh]", "\n", found[3])
            yield _Cue(_seconds(found[1]), _seconds(found[2]), words.split("\n"))


def _speakers(cues: Sequence[_Cue]) -> frozenset[str]:
    """Return the names in capitals before a colon that come again: one that comes once may be a place."""
    names = Counter(
        found[1]
        for cue in cues
        for line in cue.lines
        if (found := _SPEAKER.match(_LEADING_CHANGE.sub("", _MARKUP.sub("", line)).lstrip()))
    )
    return frozenset(name for name, count in names.items() if count > 1)


def _plain(line: str, speakers: frozenset[str]) -> str:
    """Return the words of a line of a cue."""
    line = html.unescape(_MARKUP.sub("", line))
    line = _SOUND.sub(" ", line)
    if change := _CHANGE.match(line):
        line = line[change.end() :]
    speaker = _SPEAKER.match(line.lstrip())
    if speaker and (change or speaker[1] in speakers):
        line = line.lstrip()[speaker.end() :]
    return " ".join(line.split())


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _marks(data: bytes) -> bool:
    head = data[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith((b"WEBVTT", b"[Script Info]")) or _FIRST_CUE.match(head) is not None


FORMAT = Format(name="subtitles", suffixes=(".srt", ".vtt", ".sbv", ".ass", ".ssa"), marks=_marks, read=_read)
