"""What is measured: an object that recognises and resolves; by default the recogniser and resolver of the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from mapgen.closing import Closing
from mapgen.evaluation.gold import Atlas
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Toponym
from mapgen.reading import Reading, read_as
from mapgen.recognition import GazetteerRecogniser, Recogniser, WithDemonyms
from mapgen.resolution import Resolver

__all__ = ["PackageSubject", "Subject"]


class Subject(Protocol):
    """Something to be measured."""

    @property
    def atlas(self) -> Atlas | None:
        """What completes the kinds and countries of the gold; None leaves them as the corpus has them."""

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document, in text order."""

    def resolve(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return the toponyms with their resolutions, in the same order."""

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return toponyms of which only the spans are known with what the words around say of them."""


class PackageSubject(Closing):
    """The recogniser and the resolver of the package.

    Args:
        places: files of the user's own places.
        recogniser: to use instead of the package's.
        demonyms: whether adjectives and names of peoples are found too.
        home: folder of the gazetteer.
        progress: told how far the building of the gazetteer is.

    Raises:
        GazetteerError: the gazetteer can be neither opened nor built.
        PlacesError: a file of places is of no use at all.
    """

    def __init__(
        self,
        *,
        places: Sequence[Path | str] = (),
        recogniser: Recogniser | None = None,
        demonyms: bool = False,
        home: Path | None = None,
        progress: Callable[[str, float], None] | None = None,
    ) -> None:
        self._gazetteer = Gazetteer.open(home=home, places=list(places) or None, progress=progress)
        self._describer = GazetteerRecogniser(self._gazetteer)
        finder = recogniser or self._describer
        self._recogniser: Recogniser = WithDemonyms(finder) if demonyms else finder
        self._resolver = Resolver(self._gazetteer)

    @property
    def atlas(self) -> Gazetteer:
        """The gazetteer."""
        return self._gazetteer

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        """Return the toponyms of a document."""
        reading = self._read(document)
        return reading.restored(self._recogniser.recognise(reading.document))

    def describe(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return given spans with cue, sense and relation."""
        reading = self._read(document, toponyms)
        return reading.restored(self._describer.describe(reading.document, reading.entered(toponyms)))

    def resolve(self, document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        """Return the toponyms with their resolutions."""
        reading = self._read(document, toponyms)
        return reading.restored(self._resolver.resolve(reading.document, reading.entered(toponyms)))

    def _read(self, document: Document, toponyms: Sequence[Toponym] = ()) -> Reading:
        """Return the document as the pipeline reads it."""
        return read_as(document, knows=self._gazetteer.known, names=[toponym.span for toponym in toponyms])

    def close(self) -> None:
        """Close the gazetteer."""
        self._gazetteer.close()
