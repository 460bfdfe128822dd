"""The interface of a recogniser, and a base class that fills the parts that a user's own recogniser leaves out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from mapgen.errors import OptionError
from mapgen.messages import msg
from mapgen.model import Document, Toponym

__all__ = ["BaseRecogniser", "Finder", "Recogniser", "complete"]

_PARTS = ["recognise", "describe", "learned_languages"]


class Finder(Protocol):
    """The one part of a recogniser that has no default."""

    def recognise(self, document: Document, /) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order, never overlapping."""
        ...


@runtime_checkable
class Recogniser(Protocol):
    """Finds place names in documents.

    A class of one's own derives from `BaseRecogniser`, where only `recognise` has to be written.
    """

    @property
    def learned_languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages that it was trained on; empty where it makes no difference between them.

        The reader of a document in any other language is warned.
        """
        ...

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order, never overlapping."""
        ...

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return toponyms whose spans are given with sense, cue and relation.

        Args:
            document: the text that they lie in.
            toponyms: in text order, not overlapping.
        """
        ...


class BaseRecogniser(ABC):
    """Base class of a user's own recogniser: only `recognise` has to be written.

    Toponyms that others have found stay as they are, and no language is reported as unknown.
    """

    @property
    def learned_languages(self) -> frozenset[str]:
        """Return the empty set: the recogniser makes no difference between languages."""
        return frozenset()

    @abstractmethod
    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order, never overlapping."""

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:  # noqa: ARG002
        """Return the toponyms unchanged."""
        return tuple(toponyms)


class _Completed(BaseRecogniser):
    """Adds the parts of the base class to an object that has `recognise` alone."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return what the object finds."""
        return self._finder.recognise(document)


def complete(recogniser: Recogniser | Finder) -> Recogniser:
    """Return a recogniser with all parts of the protocol.

    Args:
        recogniser: has all parts, or `recognise` alone: the others are then those of `BaseRecogniser`.

    Raises:
        OptionError: `recognise` is missing, or one of the other two parts without the other.
    """
    if isinstance(recogniser, Recogniser):
        return recogniser
    missing = [part for part in _PARTS if not hasattr(recogniser, part)]
    if missing == _PARTS[1:]:
        return _Completed(recogniser)
    raise OptionError(
        msg(
            "the recogniser {name} lacks {missing}; derive it from mapgen.recognition.BaseRecogniser, "
            "which provides all but recognise",
            name=type(recogniser).__name__,
            missing=", ".join(missing),
        )
    )
