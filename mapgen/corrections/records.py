"""Corrections as frozen types: one decision of a person, and the ruling of several on one mention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mapgen.messages import msg
from mapgen.model import Decision, Kind, Place, Span

__all__ = ["NAMELESS", "Correction", "Ruling", "Scope", "file_name"]

NAMELESS = "-"
"""The document of a correction for a text without a file name: standard input, a string given in Python."""


def file_name(path: str) -> str:
    """Return the last part of a path as it is written on any system: a table travels between them."""
    return re.split(r"[/\\]", path)[-1]


class Scope(StrEnum):
    """Which mentions of a name a correction concerns, the narrowest first: a narrower one wins."""

    HERE = "here"
    DOCUMENT = "document"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One decision of a person.

    Attributes:
        name: the name as written in the text.
        decision: that it is a certain place, that it is none, or that the program has missed it.
        scope: this mention, every mention of the name in the document, or in every document.
        document: the file name of the text, "-" for one without; "" only with scope everywhere.
        span: of the mention, or None; always given with scope here.
        place: id of the chosen place in the gazetteer, or "".
        label: name of the place where the gazetteer does not know it, or "".
        kind: of the place where the gazetteer does not know it, or None.
        country: ISO 3166-1 alpha-2, or "".
        point: (latitude, longitude) in degrees, or None; it wins over the point that the gazetteer gives.
        note: the person's own words; nothing is done with them.
        path: the file that holds it, or "".
        line: the line there, counted from 1; 0 without a file.

    Raises:
        ValueError: it cannot be applied to any text; the message says why.
    """

    name: str
    decision: Decision
    scope: Scope
    document: str = ""
    span: Span | None = None
    place: str = ""
    label: str = ""
    kind: Kind | None = None
    country: str = ""
    point: tuple[float, float] | None = None
    note: str = ""
    path: str = ""
    line: int = 0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError(msg("it has no name"))
        if not self.document and self.scope is not Scope.EVERYWHERE:
            raise ValueError(msg("scope {scope} needs a document", scope=self.scope))
        if self.span is None and (self.scope is Scope.HERE or self.decision is Decision.MISSING):
            raise ValueError(
                msg(
                    "{value} needs start, end",
                    value="decision missing" if self.scope is not Scope.HERE else "scope here",
                )
            )
        if self.span is not None and not 0 <= self.span[0] < self.span[1]:
            raise ValueError(msg("start {start}, end {end} is no passage", start=self.span[0], end=self.span[1]))
        if self.decision is Decision.PLACE and not self.place and self.point is None:
            raise ValueError(msg("decision place needs a place, or lat and lon"))
        if self.point is not None and not (-90 <= self.point[0] <= 90 and -180 <= self.point[1] <= 180):
            raise ValueError(msg("lat {lat}, lon {lon} lies outside the world", lat=self.point[0], lon=self.point[1]))

    @property
    def places(self) -> bool:
        """Whether it says where the name lies."""
        return self.decision is not Decision.NO_PLACE and (bool(self.place) or self.point is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The result of a person's decisions on one mention.

    Attributes:
        place: the place, or None where the name is no place.
        reason: key of the reason in the words of a language.
    """

    place: Place | None
    reason: str
