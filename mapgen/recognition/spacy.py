"""Takes names from an installed spaCy pipeline; mapgen adds sense, cue and relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from mapgen.errors import OptionError
from mapgen.messages import msg
from mapgen.model import Document, Span, Toponym
from mapgen.recognition.recogniser import GazetteerRecogniser

__all__ = ["PLACE_LABELS", "SpacyRecogniser"]

PLACE_LABELS = frozenset(["LOC", "GPE", "FAC"])
"""Labels of spaCy's pipelines that mean places."""
_SEVERAL = "xx"
"""The code that spaCy gives to pipelines of several languages."""
_ARTICLES = ("the ", "The ", "la ", "La ", "le ", "Le ", "les ", "Les ", "l'", "L'", "l’", "L’")


class _Entity(Protocol):
    start_char: int
    end_char: int
    label_: str


class _Parsed(Protocol):
    @property
    def ents(self) -> tuple[_Entity, ...]: ...


class Pipeline(Protocol):
    """The part of a spaCy pipeline that is used."""

    @property
    def lang(self) -> str:
        """ISO 639-1 code of its language; "xx" for a pipeline of several."""
        ...

    def __call__(self, text: str, /) -> _Parsed:
        """Return the text with its entities."""
        ...


class SpacyRecogniser:
    """Takes the place names from a spaCy pipeline.

    Args:
        pipeline: the name of an installed pipeline ("fr_core_news_lg"), a path to one, or a loaded one.
        own: mapgen's recogniser, which adds sense, cue and relation.

    Raises:
        OptionError: spaCy or the pipeline is not installed.
    """

    def __init__(self, pipeline: str | Pipeline, own: GazetteerRecogniser) -> None:
        self._pipeline = _loaded(pipeline) if isinstance(pipeline, str) else pipeline
        self._own = own

    @property
    def learned_languages(self) -> frozenset[str]:
        """ISO 639-1 code of the pipeline's language; empty for a pipeline of several languages."""
        return frozenset([self._pipeline.lang]) - {_SEVERAL}

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order, never overlapping."""
        found: list[Toponym] = []
        for entity in self._pipeline(document.text).ents:
            if entity.label_ not in PLACE_LABELS:
                continue
            start, end = _bare(document.text, entity.start_char, entity.end_char)
            if start < end and (not found or start >= found[-1].end):
                found.append(Toponym(start=start, end=end, text=document.text[start:end]))
        return self._own.describe(document, found)

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return given toponyms with sense, cue and relation, as mapgen's own recogniser does."""
        return self._own.describe(document, toponyms)


def _loaded(name: str) -> Pipeline:
    try:
        import spacy
    except ImportError as error:
        raise OptionError(msg("spacy:{name} needs spaCy: pip install spacy", name=name)) from error
    try:
        pipeline: Any = spacy.load(name)
    except OSError as error:
        raise OptionError(msg("spaCy has no pipeline {name!r}: python -m spacy download {name}", name=name)) from error
    return cast(Pipeline, pipeline)


def _bare(text: str, start: int, end: int) -> Span:
    """Return the span without an article and spaces at its edges: they are no part of a name in a gazetteer."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for article in _ARTICLES:
        if text.startswith(article, start, end):
            return start + len(article), end
    return start, end
