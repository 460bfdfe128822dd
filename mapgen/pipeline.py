"""The whole pipeline in one module: text, toponyms, places, footprints, page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from mapgen import languages
from mapgen.arguments import as_document, checked_spans, distinct_spans
from mapgen.caches import Caches
from mapgen.closing import Closing
from mapgen.corrections import Corrections, amend
from mapgen.errors import GeocodingError, OptionError
from mapgen.footprints import context_outlines, footprints, ground_names, ground_towns, scene
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.packs import OFFICIAL
from mapgen.messages import Message, msg
from mapgen.missing_packs import MissingPack, PackFetcher, hint, missing_packs
from mapgen.model import AnnotatedDocument, Document, Place, Span, Toponym
from mapgen.reading import Reading, read_as
from mapgen.recognition import NO_TRACE, Finder, GazetteerRecogniser, NoTrace, Recogniser, WithDemonyms, complete
from mapgen.records import join_records
from mapgen.resolution import PlaceSource, Prior, Resolver
from mapgen.results import Annotated, Parsed
from mapgen.settings import Paths, Settings, SettingsFields

if TYPE_CHECKING:
    from mapgen.geocoding import OnlineGeocoder

__all__ = ["Geoparser"]

Progress = Callable[[str, float], None]
"""Called with the current step and the share of it that is done, 0 to 1."""


class Geoparser(Closing):
    """Reads texts and finds their places; opens and loads once, parses many times.

        with mapgen.Geoparser(places="places.csv", country="FR") as geoparser:
            parsed = geoparser.parse(mapgen.read("text.txt"))

    It can be used from any thread, and in a child process after a fork. It can be pickled where it was made from
    settings alone; unpickling opens the gazetteer anew. Results do not depend on what was parsed before.

    Args:
        settings: the options; the defaults of `Settings` when not given.
        gazetteer: an open gazetteer to use instead of the one that the settings name; the caller closes it.
        recogniser: a `mapgen.recognition.Recogniser`, any object with `recognise(document) -> toponyms`, or a name as
            in `Settings`.
        corrections: decisions of a person, or files of them; they win over all that the program would decide.
        geocoder: a geocoder (`mapgen.geocoding.OnlineGeocoder`), or its name as in `Settings`.
        trace: records why each name was taken.
        allow_pack: asked, with `Settings(packs="ask")`, whether the pack of a country may be fetched; nothing is
            fetched where it is not given.
        progress: called while the gazetteer is built.
        options: fields of `Settings` by name; they win over `settings`.

    Attributes:
        settings: the options.
        gazetteer: the open gazetteer.
        caches: everything that is kept in memory between documents; `caches.clear()` empties it.

    Raises:
        PlacesError: a file of places is of no use at all.
        CorrectionsError: a file of corrections has rows that cannot be used.
        GazetteerError: the gazetteer can be neither opened nor built.
        OptionError: an option makes no sense, or the recogniser lacks a part of the protocol.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        gazetteer: Gazetteer | None = None,
        recogniser: Recogniser | Finder | str | None = None,
        corrections: Corrections | Paths = None,
        geocoder: PlaceSource | str | None = None,
        trace: NoTrace = NO_TRACE,
        allow_pack: Callable[[MissingPack], bool] | None = None,
        progress: Progress | None = None,
        **options: Unpack[SettingsFields],
    ) -> None:
        named: dict[str, Any] = dict(options)
        if isinstance(recogniser, str):
            named["recogniser"], recogniser = recogniser, None
        if isinstance(geocoder, str):
            named["geocoder"], geocoder = geocoder, None
        if corrections is not None and not isinstance(corrections, Corrections):
            named["corrections"], corrections = corrections, None
        self.settings = (settings or Settings()).changed(named)
        if gazetteer is not None and (self.settings.places or self.settings.home is not None):
            raise OptionError(msg("places and home belong to the gazetteer that is given"))
        live = {"gazetteer": gazetteer, "recogniser": recogniser, "geocoder": geocoder}
        self._injected = tuple(name for name, part in live.items() if part is not None)
        given = complete(recogniser) if recogniser is not None else None
        # Files are named by absolute paths: the process that opens them may be elsewhere.
        self._again = partial(Geoparser, self.settings.absolute(), corrections=corrections)
        self._corrections = Corrections.read(self.settings.corrections) if corrections is None else corrections
        with ExitStack() as stack:
            self.gazetteer = gazetteer or stack.enter_context(_gazetteer(self.settings, progress))
            self.caches = self.gazetteer.caches
            prior = Prior(near=self.settings.near, country=self.settings.country)
            if prior.country and self.gazetteer.country(prior.country) is None:
                raise OptionError(
                    msg("there is no country {country!r}; see ISO 3166-1, two letters like FR", country=prior.country)
                )
            self._recogniser: Recogniser = given or _recogniser(self.settings, self.gazetteer, trace)
            if self.settings.demonyms:
                self._recogniser = WithDemonyms(self._recogniser)
            self._opened_geocoder = _geocoder(self.settings, stack) if geocoder is None else None
            self._geocoder = geocoder or self._opened_geocoder
            self._resolver = Resolver(self.gazetteer, prior=prior)
            self._packs = _pack_fetcher(self.settings, self.gazetteer, allow_pack)
            self._opened = stack.pop_all()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What concerns no single document, one line each: rows of places that cannot be used, a cache on no disk."""
        trouble = self._opened_geocoder.trouble if self._opened_geocoder is not None else ""
        return (*self.gazetteer.warnings, *([trouble] if trouble else ()))

    def annotate(self, document: Document | str) -> Annotated:
        """Find the places of a document and resolve them, without any geometry.

        Args:
            document: the text, or a string, which is taken as it is.

        Raises:
            DocumentError: the string is empty or no text.
        """
        annotated, missing = self._annotated_once(document)
        if self._packs is None or not missing:
            return annotated
        fetched, failures = self._packs.fetch(missing)
        if fetched:
            self.gazetteer.take_new_packs()
            annotated, _ = self._annotated_once(document)
        return replace(annotated, warnings=(*annotated.warnings, *failures)) if failures else annotated

    def _annotated_once(self, document: Document | str) -> tuple[Annotated, tuple[MissingPack, ...]]:
        """Annotate with the packs that are there; return also which others would help."""
        document = as_document(document)
        with self.gazetteer.damage_named():
            annotated = self._annotated_whole(document, self._corrections)
        missing = missing_packs(annotated.toponyms, self.gazetteer)
        if missing:
            lines = tuple(hint(each, self.gazetteer, annotated.language) for each in missing)
            annotated = replace(annotated, hints=lines)
        return annotated, missing

    def _annotated_whole(self, document: Document, corrections: Corrections) -> Annotated:
        """Annotate a text, or each of the texts of a source by itself."""
        if not document.records:
            reading = self._read(document, corrections)
            return self._annotated(reading, self._recogniser.recognise(reading.document), corrections)
        joined = join_records(
            document,
            [
                self._annotated_whole(text, corrections.within(document, (record.start, record.end)))
                for text, record in zip(document.texts(), document.records, strict=True)
            ],
        )
        whole = Annotated(**{each.name: getattr(joined, each.name) for each in fields(joined)})
        return replace(whole, warnings=(*document.notes, *whole.warnings))

    def draw(self, annotated: AnnotatedDocument) -> Parsed:
        """Add the geometry to an annotated document: footprints, outlines, scene, names of the ground."""
        frame = scene(annotated.toponyms)
        with self.gazetteer.damage_named():
            drawn = footprints(annotated.document, annotated.toponyms, self.gazetteer)
            context = context_outlines(annotated.toponyms, self.gazetteer, drawn, frame)
            towns = ground_towns(self.gazetteer, frame)
            names = ground_names(frame, self.gazetteer, context)
        return Parsed(
            document=annotated.document,
            toponyms=annotated.toponyms,
            language=annotated.language,
            warnings=annotated.warnings,
            hints=annotated.hints,
            normal=annotated.normal,
            footprints=(*context, *drawn),
            scene=frame,
            towns=towns,
            ground_names=names,
        )

    def parse(self, document: Document | str) -> Parsed:
        """Annotate and draw a document.

        Args:
            document: the text, or a string, which is taken as it is.

        Raises:
            DocumentError: the string is empty or no text.
        """
        return self.draw(self.annotate(document))

    def resolve(self, document: Document | str, spans: Iterable[Span]) -> Parsed:
        """Resolve and draw names whose spans are known; nothing else is looked for.

        Args:
            document: the text, or a string, which is taken as it is.
            spans: (start, end), code points into the text.

        Raises:
            OptionError: a span lies outside the text or across another, or a space stands at its edge.
        """
        document = as_document(document)
        names = checked_spans(sorted(spans), document.text)
        with self.gazetteer.damage_named():
            reading = self._read(document, self._corrections, names)
        toponyms = tuple(
            Toponym(start=start, end=end, text=reading.document.text[start:end])
            for start, end in distinct_spans(reading.names[: len(names)], names)
        )
        with self.gazetteer.damage_named():
            described = self._recogniser.describe(reading.document, toponyms)
            annotated = self._annotated(reading, described, self._corrections)
        return self.draw(annotated)

    def close(self) -> None:
        """Close the gazetteer and the geocoder, unless they were given."""
        self._opened.close()

    def __reduce__(self) -> tuple[Callable[[], Geoparser], tuple[()]]:
        """Pickle the settings; unpickling opens the gazetteer anew.

        Raises:
            OptionError: an open part was given that another process cannot open.
        """
        if self._injected:
            parts = ", ".join(self._injected)
            raise OptionError(
                msg(
                    "a geoparser with a given {parts} cannot be pickled: name files and services in Settings instead",
                    parts=parts,
                )
            )
        return self._again, ()

    def _read(self, document: Document, corrections: Corrections, names: Sequence[Span] = ()) -> Reading:
        """Return the document in its normal form; the line ends inside given names and corrected ones are spaces."""
        passages = (*names, *corrections.passages(document))
        return read_as(document, language=self.settings.language, knows=self.gazetteer.known, names=passages)

    def _annotated(self, reading: Reading, recognised: tuple[Toponym, ...], corrections: Corrections) -> Annotated:
        """The document with its toponyms corrected and resolved."""
        document = reading.document
        reader = languages.reader_language(self.settings.page_language or document.language)
        amended = amend(reading, recognised, corrections, self.gazetteer, describe=self._recogniser.describe)
        online = _Asked(self._geocoder) if self._geocoder is not None else None
        toponyms = self._resolver.resolve(
            document,
            amended.toponyms,
            reader=reader,
            rulings=amended.rulings,
            online=online,
            features=self.settings.features,
        )
        return Annotated(
            document=reading.written,
            toponyms=reading.restored(toponyms),
            language=reader,
            warnings=(
                *document.notes,
                *self._strangeness(document, reader),
                *amended.warnings,
                *(online.warnings if online is not None else ()),
            ),
            normal=None if reading.same else reading.normal,
        )

    def _strangeness(self, document: Document, reader: str) -> tuple[str, ...]:
        """Return a line where the text's language is none that the recogniser has learned."""
        learned = self._recogniser.learned_languages
        if not learned or languages.load(document.language).code in learned:
            return ()
        line = languages.strangeness(document.language, reader)
        return (line,) if line else ()


class _Asked:
    """The geocoder as one document asks it: failures become warnings of the document, the rest goes on."""

    def __init__(self, source: PlaceSource) -> None:
        self._source = source
        self._failures: list[Message] = []

    def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:
        """Return the places of a name, () where the source knows none or has failed."""
        try:
            return self._source.places(name, country=country, language=language)
        except GeocodingError as error:
            self._failures.append(error.message)
            return ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for all failures, the last of them by its reason."""
        if not self._failures:
            return ()
        different = len(set(self._failures))
        if different == 1:
            return (self._failures[-1],)
        return (self._failures[-1] + msg(" ({count} failures in this document)", count=different),)


def _gazetteer(settings: Settings, progress: Progress | None) -> Gazetteer:
    return Gazetteer.open(
        home=settings.home,
        places=settings.places or None,
        progress=progress,
        caches=Caches(total=settings.cache_bytes),
    )


def _pack_fetcher(
    settings: Settings, gazetteer: Gazetteer, allow: Callable[[MissingPack], bool] | None
) -> PackFetcher | None:
    """What fetches the packs that the settings allow, None where they allow none."""
    if settings.packs == "auto":
        allow = _always
    if settings.packs == "never" or allow is None or gazetteer.path is None:
        return None
    return PackFetcher(allow, source=settings.packs_from or OFFICIAL, home=gazetteer.path.parent)


def _always(missing: MissingPack) -> bool:  # noqa: ARG001
    return True


def _recogniser(settings: Settings, gazetteer: Gazetteer, trace: NoTrace) -> Recogniser:
    """The recogniser that the settings name.

    Raises:
        OptionError: spaCy or the pipeline is not installed.
    """
    own = GazetteerRecogniser(gazetteer, explain=trace, caches=gazetteer.caches)
    if not settings.recogniser:
        return own
    from mapgen.recognition.spacy import SpacyRecogniser

    return SpacyRecogniser(settings.recogniser.partition(":")[2], own)


def _geocoder(settings: Settings, stack: ExitStack) -> OnlineGeocoder | None:
    """The online geocoder that the settings name, open for as long as `stack`.

    Raises:
        OptionError: no service has that name, or a setting makes no sense.
    """
    if not settings.geocoder:
        return None
    from mapgen.geocoding import OnlineGeocoder

    opened = OnlineGeocoder.open(
        settings.geocoder, url=settings.geocoder_url, settings=settings.geocoder_settings, home=settings.home
    )
    return stack.enter_context(opened)
