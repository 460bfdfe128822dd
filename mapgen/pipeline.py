"""The whole way on one screen: text, toponyms, places, footprints, page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen import languages
from mapgen.closing import Closing
from mapgen.corrections import Corrections, amend
from mapgen.errors import OptionError
from mapgen.files import write_aside
from mapgen.footprints import context_outlines, footprints, scene
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Frame, Kind, ParsedDocument, Place, Span, Toponym
from mapgen.reading import from_text
from mapgen.recognition import Finder, GazetteerRecogniser, Recogniser, WithDemonyms, complete
from mapgen.resolution import PlaceSource, Prior, Resolver

if TYPE_CHECKING:
    import folium
    import pandas as pd

    from mapgen.rendering import TileLayer

__all__ = ["Geoparser", "Parsed"]

Progress = Callable[[str, float], None]
"""Called with what is being done and how much of it is, 0 to 1."""

PAGE_LANGUAGES = ("en", "fr")
"""Languages that the page speaks; a document in another one gets the first."""

TOWNS = 160
_NAMED_ON_GROUND = (Kind.CITY, Kind.VILLAGE, Kind.COUNTRY)
"""Towns that the basemap is given; more would be neither drawn nor worth their bytes."""


class Parsed(ParsedDocument):
    """What `Geoparser.parse` returns: the parsed document, and the ways out of it."""

    def to_frame(self, *, candidates: bool = False) -> pd.DataFrame:
        """Return a pandas DataFrame, a row a toponym in text order (columns: `mapgen.exports.rows.COLUMNS`).

        Args:
            candidates: a row for each candidate of each toponym instead, with its features.
        """
        import pandas as pd

        from mapgen.exports.rows import CANDIDATE_COLUMNS, COLUMNS, candidate_rows, rows

        if candidates:
            frame = pd.DataFrame(list(candidate_rows(self)))
            return frame if len(frame.columns) else pd.DataFrame(columns=list(CANDIDATE_COLUMNS))
        return pd.DataFrame(list(rows(self)), columns=list(COLUMNS)).astype({"geonameid": "Int64"})

    def to_map(self) -> folium.Map:
        """Return the page as a folium.Map; it shows itself in a notebook."""
        from mapgen.rendering import to_map

        return to_map(self)

    def save(self, path: Path | str, *, tiles: Sequence[TileLayer] | None = None) -> Path:
        """Write the page to `path`, aside first and then renamed, and return the path.

        Args:
            path: of the page.
            tiles: layers that the reader may switch on (`mapgen.rendering.tile_layers`); OpenStreetMap when not given.

        Raises:
            OutputError: the file cannot be written; what stood there stands.
        """
        from mapgen.rendering import OPENSTREETMAP, render

        target = Path(path)
        write_aside(target, render(self, tiles=(OPENSTREETMAP,) if tiles is None else tiles))
        return target


class Geoparser(Closing):
    """Reads texts and finds their places; opens and loads once, parses many times.

    Args:
        places: CSV or GeoJSON files of the user's own places; they win over the gazetteer's.
        language: ISO 639-1 code of the texts; identified from each text when not given.
        page_language: of the reader ("en", "fr"); the text's own when not given.
        gazetteer: an open gazetteer to use instead of the default one.
        recogniser: a `mapgen.recognition.Recogniser`, or any object with `recognise(document) -> toponyms`.
        corrections: decisions of a person, read or as files; they stand over all that the program would decide.
        demonyms: whether adjectives and names of peoples ("turques", "Syrians") are found too, as their countries.
        geocoder: asked, with the name and the country alone, for what the gazetteer does not know; nobody is when
            it is not given. `mapgen.geocoding.OnlineGeocoder` is one.
        near: (latitude, longitude) in degrees of the reader's or the newspaper's home, a prior.
        country: ISO 3166-1 alpha-2 code of that home, a prior.
        home: folder of gazetteer and caches; `MAPGEN_HOME` or the user's cache folder when not given.
        progress: told how far the building of the gazetteer is.

    Raises:
        PlacesError: a file of places is of no use at all.
        CorrectionsError: a file of corrections has rows that cannot be used.
        GazetteerError: the gazetteer can be neither opened nor built.
        OptionError: an option makes no sense, or the recogniser lacks a part of the protocol.
    """

    def __init__(
        self,
        *,
        places: Path | str | Sequence[Path | str] | None = None,
        language: str = "",
        page_language: str = "",
        gazetteer: Gazetteer | None = None,
        recogniser: Recogniser | Finder | None = None,
        corrections: Corrections | Path | str | Sequence[Path | str] = (),
        demonyms: bool = False,
        geocoder: PlaceSource | None = None,
        near: tuple[float, float] | None = None,
        country: str = "",
        home: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        if page_language and page_language not in PAGE_LANGUAGES:
            raise OptionError(f"no page in {page_language!r}; there is: {', '.join(PAGE_LANGUAGES)}")
        if gazetteer is not None and (places is not None or home is not None):
            raise OptionError("places and home belong to the gazetteer that is given")
        if near is not None and not (-90 <= near[0] <= 90 and -180 <= near[1] <= 180):
            raise OptionError(f"near {near} lies outside the world (latitude -90 to 90, longitude -180 to 180)")
        given = complete(recogniser) if recogniser is not None else None
        prior = Prior(near=near, country=country.upper())
        self._corrections = corrections if isinstance(corrections, Corrections) else Corrections.read(corrections)
        self._owned = gazetteer is None
        self.gazetteer = gazetteer or Gazetteer.open(home=home, places=places, progress=progress)
        if country and self.gazetteer.country(prior.country) is None:
            self.close()
            raise OptionError(f"there is no country {country!r}; its ISO 3166-1 code has two letters, like FR")
        self._language = language
        self._page_language = page_language
        finder = given or GazetteerRecogniser(self.gazetteer)
        self._recogniser: Recogniser = WithDemonyms(finder) if demonyms else finder
        self._geocoder = geocoder
        self._resolver = Resolver(self.gazetteer, prior=prior, online=geocoder)

    def parse(self, document: Document | str) -> Parsed:
        """Find the places of `document` (or of a text) and resolve them."""
        document = self._known(document)
        return self._drawn(document, self._recogniser.recognise(document))

    def resolve(self, document: Document | str, spans: Iterable[Span]) -> Parsed:
        """Resolve only, where the names are known: `spans` are (start, end) code points into the text.

        Raises:
            OptionError: a span lies outside the text or across another, or a space stands at its edge.
        """
        document = self._known(document)
        toponyms = tuple(
            Toponym(start=start, end=end, text=document.text[start:end])
            for start, end in _sound(sorted(spans), document.text)
        )
        return self._drawn(document, self._recogniser.describe(document, toponyms))

    def _known(self, document: Document | str) -> Document:
        """The document with its language."""
        if isinstance(document, str):
            document = from_text(document)
        language = self._language or document.language or languages.identify(document.text)
        return replace(document, language=language)

    def _drawn(self, document: Document, toponyms: tuple[Toponym, ...]) -> Parsed:
        """The document with its toponyms resolved and their footprints."""
        reader = self._reader(document)
        amended = amend(document, toponyms, self._corrections, self.gazetteer, describe=self._recogniser.describe)
        toponyms = self._resolver.resolve(document, amended.toponyms, reader=reader, rulings=amended.rulings)
        frame = scene(toponyms)
        drawn = footprints(document, toponyms, self.gazetteer)
        context = context_outlines(toponyms, self.gazetteer, drawn)
        return Parsed(
            document=document,
            toponyms=toponyms,
            footprints=(*context, *drawn),
            language=reader,
            scene=frame,
            towns=self._towns(frame),
            warnings=(
                *self._strangeness(document, reader),
                *self.gazetteer.warnings,
                *amended.warnings,
                *getattr(self._geocoder, "warnings", ()),
            ),
        )

    def _reader(self, document: Document) -> str:
        wanted = self._page_language or document.language
        return wanted if wanted in PAGE_LANGUAGES else PAGE_LANGUAGES[0]

    def _strangeness(self, document: Document, reader: str) -> tuple[str, ...]:
        """Return a line where the text's language is none that the recogniser has learned."""
        learned = self._recogniser.learned_languages
        if not learned or languages.load(document.language).code in learned:
            return ()
        line = languages.strangeness(document.language, reader)
        return (line,) if line else ()

    def _towns(self, frame: Frame | None) -> tuple[Place, ...]:
        """Towns, and countries by their middle, in the scene and half its size around it."""
        if frame is None:
            return ()
        south, west, north, east = frame
        high, wide = (north - south) / 2, (east - west) / 2
        around = self.gazetteer.within(
            max(-90.0, south - high), west - wide, min(90.0, north + high), east + wide, limit=TOWNS
        )
        return tuple(place for place in around if place.kind in _NAMED_ON_GROUND)

    def close(self) -> None:
        """Close the gazetteer, unless it was given."""
        if self._owned:
            self.gazetteer.close()


def _sound(spans: list[Span], text: str) -> list[Span]:
    """The spans, checked."""
    end_before = 0
    for start, end in spans:
        if not end_before <= start < end <= len(text):
            raise OptionError(f"the span ({start}, {end}) is empty, outside the text or across another")
        if text[start].isspace() or text[end - 1].isspace():
            raise OptionError(f"the span ({start}, {end}) begins or ends with a space")
        end_before = end
    return spans
