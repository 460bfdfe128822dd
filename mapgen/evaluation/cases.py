"""One judged name: what the corpus says of it, what the program said, and how that ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mapgen.evaluation.gold import GoldName
from mapgen.model import Place, Span, Toponym

__all__ = ["Answer", "Case", "Outcome", "answer_of", "bare", "excerpt", "truth_of"]

EXCERPT = 70
"""Code points of the text that are shown on each side of a name."""


class Outcome(StrEnum):
    """How it ended."""

    RIGHT = "right"
    MISSED = "missed"
    INVENTED = "invented"
    BOUNDARY = "boundary"
    SENSE = "sense"
    WRONG = "wrong"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Where a name lies, by the corpus or by the program.

    Attributes:
        name: of the place; "" where the corpus gives none.
        id: of the place ("gn:170063"), or "".
        kind: what it is, or "".
        country: ISO 3166-1 alpha-2, or "".
        lat: degrees north.
        lon: degrees east.
    """

    name: str
    id: str
    kind: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One judged name.

    Attributes:
        document: id of its document.
        start: first code point.
        end: one past the last.
        name: as in the text.
        outcome: how it ended.
        said: what the program said instead: a span's text, a sense, the label of the corpus for what it took.
        kind: of the place, or "".
        country: where it lies, or "".
        before: the text before an error, shortened.
        after: the text after it.
        truth: where the corpus says it lies, or None.
        answer: where the program says it lies, or None.
        distance_km: between the two; None where that was not asked.
        probability: that the program gave its answer; None where that was not asked.
        covered: whether a right place was among the candidates; None where that was not asked.
    """

    document: str
    start: int
    end: int
    name: str
    outcome: Outcome
    said: str = ""
    kind: str = ""
    country: str = ""
    before: str = ""
    after: str = ""
    truth: Answer | None = None
    answer: Answer | None = None
    distance_km: float | None = None
    probability: float | None = None
    covered: bool | None = None

    @property
    def is_gold(self) -> bool:
        """Whether the corpus marks the name; else the program invented it."""
        return self.outcome is not Outcome.INVENTED


def excerpt(text: str, span: Span) -> dict[str, Any]:
    """Return the name and the words around it, line ends as spaces, as fields of a `Case`."""
    start, end = span
    before = text[max(0, start - EXCERPT) : start]
    after = text[end : end + EXCERPT]
    if start > EXCERPT:
        before = "…" + before[before.find(" ") + 1 :]
    if end + EXCERPT < len(text):
        after = after[: after.rfind(" ")] + "…" if " " in after else after + "…"
    flat = str.maketrans("\n\r\t", "   ")
    return {
        "start": start,
        "end": end,
        "name": text[start:end].translate(flat),
        "before": before.translate(flat),
        "after": after.translate(flat),
    }


def answer_of(place: Place | None) -> Answer | None:
    """Return a place of the gazetteer as an answer."""
    if place is None:
        return None
    return Answer(
        name=place.name, id=place.id, kind=place.kind.value, country=place.country, lat=place.lat, lon=place.lon
    )


def truth_of(name: GoldName) -> Answer | None:
    """Return what the corpus says of a name's place."""
    if name.place is None:
        return None
    return Answer(
        name="",
        id=f"gn:{name.place.geonameid}" if name.place.geonameid else "",
        kind=name.kind.value if name.kind else "",
        country=name.country,
        lat=name.place.lat,
        lon=name.place.lon,
    )


def bare(text: str, span: Span) -> Toponym:
    """Return a toponym of which only the span is known."""
    return Toponym(start=span[0], end=span[1], text=text[span[0] : span[1]])
