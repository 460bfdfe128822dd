"""BRAT standoff: names in `x.ann`, their text in `x.txt` beside it (Stenetorp et al. 2012).

    T1	LOC 10 14	Alep
    T2	GPE 20 24;30 34	New York        (a name in pieces: from the first to the last)
    A1	Sense T1 metonymic
    N1	Reference T1 GeoNames:170063	Aleppo
    #1	AnnotatorNotes T1	36.20,37.16

Offsets are code points into the text file as it is, line ends included. A place has the label of any corpus (LOC,
GPE, Location, Toponym …) or is of a kind of mapgen's (city, river is none). Coordinates are in a note of their own:
latitude, longitude. An attribute `Sense` or `Metonymic` gives the sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mapgen.errors import DocumentError
from mapgen.evaluation.corpora.corpus_files import language_of, lines, text_of
from mapgen.evaluation.corpora.labels import is_place, kind_of_label, shared_label
from mapgen.evaluation.gold import GoldDocument, GoldName, OtherName, arranged
from mapgen.evaluation.metrics import GoldPlace
from mapgen.messages import msg
from mapgen.model import Document, Kind, Sense

__all__ = ["read", "recognises"]

_BOUND = re.compile(r"(\S+) ((?:\d+ \d+;)*\d+ \d+)$")
_POINT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*[,;]\s*([-+]?\d+(?:\.\d+)?)\s*$")


@dataclass(slots=True)
class _Mark:
    """A text-bound annotation with what other lines say of it."""

    label: str
    start: int
    end: int
    geonameid: int | None = None
    point: tuple[float, float] | None = None
    sense: Sense | None = None
    country: str = ""
    notes: list[str] = field(default_factory=list)


def recognises(path: Path, _beginning: list[str]) -> bool:
    """Say whether the file is of this format."""
    return path.suffix == ".ann" or (path.suffix == ".txt" and path.with_suffix(".ann").exists())


def read(path: Path) -> Iterator[GoldDocument]:
    """Yield the one document of an `.ann` file (or of the `.txt` file beside it).

    Raises:
        DocumentError: one of the two files is missing, or a line is unsound.
    """
    annotations, source = path.with_suffix(".ann"), path.with_suffix(".txt")
    text = text_of(source)
    marks: dict[str, _Mark] = {}
    for number, line in lines(annotations):
        if not line.strip():
            continue
        try:
            _read_line(line, text, marks)
        except (ValueError, IndexError, KeyError) as error:
            raise DocumentError(
                msg("is no BRAT annotation: {error}", error=error), path=annotations, line=number
            ) from error
    yield GoldDocument(
        id=path.stem,
        document=Document(text=text, language=language_of(path), source=source.name),
        names=arranged([_name(mark) for mark in marks.values() if _is_place(mark)]),
        others=tuple(
            OtherName(mark.start, mark.end, shared_label(mark.label)) for mark in marks.values() if not _is_place(mark)
        ),
    )


def _is_place(mark: _Mark) -> bool:
    return is_place(mark.label) or kind_of_label(mark.label) is not None


def _read_line(line: str, text: str, marks: dict[str, _Mark]) -> None:
    """Add a line to the marks; relations, events and equivalences say nothing of single names."""
    id_, _, rest = line.partition("\t")
    if id_.startswith("T"):
        marks[id_] = _bound(rest, text)
    elif id_.startswith(("A", "M")):
        name, target, *value = rest.split()
        if name.lower() in ("sense", "metonymic", "metonymy") and target in marks:
            metonymic = not value or value[0].lower() in ("metonymic", "true", "yes", "1")
            marks[target].sense = Sense.METONYMIC if metonymic else Sense.LITERAL
    elif id_.startswith("N"):
        _, target, reference = rest.partition("\t")[0].split(maxsplit=2)
        database, _, number = reference.partition(":")
        if database.lower() == "geonames" and target in marks:
            marks[target].geonameid = int(number)
    elif id_.startswith("#"):
        head, _, note = rest.partition("\t")
        target = head.split()[-1]
        if target in marks and (point := _POINT.match(note)):
            lat, lon = float(point[1]), float(point[2])
            if abs(lat) > 90 or abs(lon) > 180:
                raise ValueError(msg("{note!r} is not in the world", note=note))
            marks[target].point = (lat, lon)
    elif id_[:1] not in ("R", "E", "*"):
        raise ValueError(msg("unknown line {line!r}", line=line[:40]))


def _bound(rest: str, text: str) -> _Mark:
    where, _, covered = rest.partition("\t")
    match = _BOUND.match(where)
    if not match:
        raise ValueError(msg("{where!r} is not a label with offsets", where=where))
    numbers = [int(number) for number in re.split("[ ;]", match[2])]
    start, end = numbers[0], numbers[-1]
    if not 0 <= start < end <= len(text):
        raise ValueError(
            msg(
                "the offsets {start} {end} are not in the text, which has {count} code points",
                start=start,
                end=end,
                count=len(text),
            )
        )
    # brat writes a line end inside a name as a space
    if len(numbers) == 2 and covered and text[start:end].split() != covered.split():
        raise ValueError(
            msg("the text has {text!r} where the mark says {covered!r}", text=text[start:end], covered=covered)
        )
    return _Mark(label=match[1], start=start, end=end)


def _name(mark: _Mark) -> GoldName:
    place = None
    if mark.point is not None:
        place = GoldPlace(lat=mark.point[0], lon=mark.point[1], geonameid=mark.geonameid)
    kind: Kind | None = kind_of_label(mark.label)
    return GoldName(start=mark.start, end=mark.end, kind=kind, sense=mark.sense, place=place)
