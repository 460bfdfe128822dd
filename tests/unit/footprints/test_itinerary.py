from __future__ import annotations

import re

import pytest

from mapgen.footprints.itinerary import itineraries
from mapgen.model import AnnotatedDocument, Document, Kind, Place, Resolution, Sense, Toponym


def annotated(marked: str, language: str = "en", **kinds: Kind) -> AnnotatedDocument:
    """A document from a text whose places are in brackets."""
    text, toponyms = "", []
    for part in re.split(r"(\[[^\]]+\])", marked):
        if part.startswith("["):
            name = part[1:-1]
            place = Place(
                id=f"own:{name}", source="test", name=name, kind=kinds.get(name, Kind.CITY), country="XX", lat=1, lon=2
            )
            toponyms.append(
                Toponym(
                    start=len(text),
                    end=len(text) + len(name),
                    text=name,
                    sense=Sense.LITERAL,
                    resolution=Resolution(place=place, probability=0.9),
                )
            )
            part = name
        text += part
    return AnnotatedDocument(document=Document(text=text, language=language), toponyms=tuple(toponyms))


def names(document: AnnotatedDocument) -> list[list[str]]:
    return [[place.name for place in stops] for stops in itineraries(document)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They left [Brin], reached [Dolme] on Monday, then went to [Karsk] and sailed on to [Tavo]."),
        ("fr", "Parti de [Brin], il gagne [Dolme], puis [Karsk] ; le lendemain il atteint [Tavo]."),
    ],
)
def test_verbs_of_movement_make_a_journey(language: str, text: str) -> None:
    assert names(annotated(text, language)) == [["Brin", "Dolme", "Karsk", "Tavo"]]


@pytest.mark.parametrize(
    "text",
    [
        "It rained in [Brin], [Dolme], [Karsk], [Tavo] and [Ulme].",
        "The train left [Brin] and reached [Dolme].",
        "He left [Brin]. It rained in [Dolme] and [Karsk]; a bridge fell in [Tavo] and in [Ulme].",
        "He left [Brin] and reached [Dolme].\n\nShe left [Karsk] and reached [Tavo].",
        "He left [Brin], reached [Dolme], left [Brin] and reached [Dolme] again.",
    ],
)
def test_a_list_or_a_short_trip_is_none(text: str) -> None:
    assert names(annotated(text)) == []


def test_countries_are_no_stops() -> None:
    text = "They left [Brin] in [Land], reached [Dolme], went to [Karsk] and sailed to [Tavo]."
    assert names(annotated(text, Land=Kind.COUNTRY)) == [["Brin", "Dolme", "Karsk", "Tavo"]]


def test_a_language_without_words_of_travel_has_none() -> None:
    assert names(annotated("They left [Brin], reached [Dolme], left [Karsk], reached [Tavo].", "xx")) == []
