"""The terms of mapgen as frozen types.

Every package uses these types between its steps. Offsets are code points into `Document.text`,
coordinates are degrees (WGS 84, latitude first), distances are kilometres, probabilities lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mapgen.addresses import Address, Record, address_at, addresses_within
from mapgen.alignment import NormalText

__all__ = [
    "WRITTEN",
    "AnnotatedDocument",
    "Candidate",
    "Decision",
    "Division",
    "Document",
    "Footprint",
    "FootprintType",
    "Frame",
    "GroundName",
    "Kind",
    "MatchType",
    "Origin",
    "ParsedDocument",
    "Place",
    "Relation",
    "RelationType",
    "Resolution",
    "Sense",
    "Span",
    "Toponym",
]

Frame = tuple[float, float, float, float]
"""South, west, north, east in degrees; east is greater than 180 where the frame crosses the antimeridian."""

Span = tuple[int, int]
"""Start and end of a passage, code points into `Document.text`, the end exclusive."""


class Kind(StrEnum):
    """What a place is, in classes that a reader understands; GeoNames feature codes map onto them."""

    COUNTRY = "country"
    REGION = "region"
    DISTRICT = "district"
    CITY = "city"
    VILLAGE = "village"
    QUARTER = "quarter"
    FACILITY = "facility"
    WATER = "water"
    TERRAIN = "terrain"
    ROAD = "road"
    AREA = "area"
    CONTINENT = "continent"


class Sense(StrEnum):
    """What a toponym stands for: the place itself, or a government or institution by the name of its place."""

    LITERAL = "literal"
    METONYMIC = "metonymic"


class Decision(StrEnum):
    """What a person has decided of a name: it is a certain place, it is none, it was missed."""

    PLACE = "place"
    NO_PLACE = "no-place"
    MISSING = "missing"


class MatchType(StrEnum):
    """How a name of the gazetteer was reached from the words of the text, the surest first."""

    EXACT = "exact"
    FOLDED = "folded"
    TRANSLITERATED = "transliterated"
    NEAR = "near"


WRITTEN = (MatchType.EXACT, MatchType.FOLDED)
"""Matches of a name as it is written, but for capitals, accents and signs."""


class Origin(StrEnum):
    """Who says that a place exists: the part of its id before the colon that tells this is read here alone."""

    GAZETTEER = "gazetteer"
    OWN = "own"
    ONLINE = "online"
    TEXT = "text"
    CORRECTION = "correction"


_ORIGINS = {"own": Origin.OWN, "text": Origin.TEXT, "said": Origin.CORRECTION, "gn": Origin.GAZETTEER,
            "iso": Origin.GAZETTEER, "list": Origin.GAZETTEER, "icao": Origin.GAZETTEER}  # fmt: skip
"""The origins of places by the prefix of their ids; every other prefix is the name of an online geocoder."""


class RelationType(StrEnum):
    """How a spatial phrase places something against the toponym that it speaks of."""

    PART = "part"
    NEAR = "near"
    AROUND = "around"
    DISTANCE = "distance"
    DIRECTION = "direction"
    BETWEEN = "between"
    BORDER = "border"


class FootprintType(StrEnum):
    """The shape of what is drawn."""

    POINT = "point"
    AREA = "area"
    SECTOR = "sector"
    RING = "ring"
    CORRIDOR = "corridor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with what is known of it.

    Attributes:
        text: the text itself, without any metadata that stood before it.
        title: the headline, or "" where the text has none.
        date: ISO 8601, possibly shortened ("2021-10"), or "".
        language: ISO 639-1 code ("fr"), or "" while it is not known.
        source: where the text came from: a file name, "-" for standard input, or "".
        source_offset: code points of the decoded source that stand before `text`, so that
            `source_offset + start` leads back into the file. 0 where the format has no such thing (docx, pdf).
        addresses: where in the source the text stands, ascending; () where the format has no such thing.
        records: the texts of a source that holds several (a table, a feed, a mailbox), ascending, never overlapping;
            () where the document is one text.
        notes: what the user has to know of the reading, one line each: what was guessed, mended or left out.
        date_origin: where the date comes from: "given" by the caller, the "header" before the text, or "metadata" of
            the file; "" without a date.
    """

    text: str
    title: str = ""
    date: str = ""
    language: str = ""
    source: str = ""
    source_offset: int = 0
    addresses: tuple[Address, ...] = ()
    records: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    date_origin: str = ""

    def address(self, offset: int) -> Address | None:
        """Return where in the source the code point at `offset` stands, or None."""
        return address_at(self.addresses, offset)

    def texts(self) -> tuple[Document, ...]:
        """Return each of the records as a document of its own; the document itself where it has none."""
        return tuple(self._text(record) for record in self.records) or (self,)

    def _text(self, record: Record) -> Document:
        return Document(
            text=self.text[record.start : record.end],
            title=record.title,
            date=record.date,
            date_origin="metadata" if record.date else "",
            language=record.language or self.language,
            source=self.source,
            addresses=addresses_within(self.addresses, record.start, record.end),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A spatial phrase on a toponym: "dans le nord-est de", "à 3 km de", "la route Damas/Alep".

    Attributes:
        type: how the phrase places something.
        start: first code point of the whole phrase, the toponym included.
        end: one past its last code point.
        phrase: the words themselves.
        direction: one of N NE E SE S SW W NW C, or "".
        distance_km: kilometres, or None.
        approximate: whether the text itself says that the distance is rough ("une dizaine de km").
        anchors: spans of the toponyms that the phrase hangs on; two for between and border.
    """

    type: RelationType
    start: int
    end: int
    phrase: str
    direction: str = ""
    distance_km: float | None = None
    approximate: bool = False
    anchors: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """An administrative division on the path of a place.

    Attributes:
        id: the id of the division's own `Place`.
        name: its name in the gazetteer.
        labels: (language, name) pairs for readers of those languages.
    """

    id: str
    name: str
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, language: str) -> str:
        """Return the name for readers of `language` (ISO 639-1), else the gazetteer's own."""
        return dict(self.labels).get(language, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of a gazetteer.

    Attributes:
        id: unique in the gazetteer and stable between builds: "gn:170063", "iso:SY-HL", "icao:OSAP", "list:sahel",
            "own:kweires", "text:…" for a place that only the text knows, "said:…" for one that only a person's
            correction knows; where a person has moved it, "@" and its point follow.
        source: the gazetteer's source of this entry, as shown to readers ("GeoNames", "places.csv").
        name: the name in the gazetteer.
        kind: what it is.
        country: ISO 3166-1 alpha-2, "" at sea and across borders.
        lat: degrees north, -90 to 90.
        lon: degrees east, -180 to 180.
        geonameid: GeoNames' id, or None.
        population: inhabitants, 0 where unknown.
        admin: administrative path below the country, broadest first.
        admin1: GeoNames' first-level code within the country, or "".
        admin2: GeoNames' second-level code within the first-level division, or "".
        names: other names, any language and script.
        labels: (language, name) pairs for readers of those languages.
        name_count: how many names the sources know: a measure of how widely known the place is.
        capital: whether it is the capital of its country.
        radius_km: for a division of which only the division above is known to lie somewhere: the radius of that one,
            whose point it has; None where the point is its own.
    """

    id: str
    source: str
    name: str
    kind: Kind
    country: str
    lat: float
    lon: float
    geonameid: int | None = None
    population: int = 0
    admin: tuple[Division, ...] = ()
    admin1: str = ""
    admin2: str = ""
    names: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    name_count: int = 0
    capital: bool = False
    radius_km: float | None = None

    @property
    def inherited(self) -> bool:
        """Whether the point is that of the division above: it says no more than that the place is somewhere there."""
        return self.radius_km is not None

    def lies_in(self, other: Place) -> bool | None:
        """Return whether the place lies in a country or division, by their codes; None where codes cannot tell."""
        if not self.country or not other.country:
            return None
        if self.country != other.country or self.id == other.id:
            return False
        if other.kind is Kind.COUNTRY:
            return self.kind is not Kind.COUNTRY
        if other.kind is Kind.REGION and self.admin1 and other.admin1:
            return self.admin1 == other.admin1 and self.kind is not Kind.REGION
        if other.kind is Kind.DISTRICT and other.admin2 and self.admin1:
            if self.admin1 != other.admin1:
                return False
            return self.admin2 == other.admin2 if self.admin2 else None
        return None

    def __repr__(self) -> str:
        kind = str(self.kind)
        return f"Place({self.id!r}, {self.name!r}, {kind!r}, {self.country!r}, {self.lat:.4f}, {self.lon:.4f})"

    @property
    def origin(self) -> Origin:
        """Who says that the place exists: a gazetteer, the user, an online geocoder, the text, a correction."""
        return _ORIGINS.get(self.id.partition(":")[0], Origin.ONLINE)

    def label(self, language: str) -> str:
        """Return the name for readers of `language` (ISO 639-1), else the gazetteer's own."""
        return dict(self.labels).get(language, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a toponym could mean.

    Attributes:
        place: the place; an alternative's has no `names`, which can be hundreds.
        match: how its name was reached.
        name: the gazetteer name that matched.
        features: the ranker's input that is not 0, by name; empty unless it was asked for.
        score: the ranker's score; comparable only among candidates of one toponym.
        probability: calibrated; the candidates of one toponym sum to at most 1.
    """

    place: Place
    match: MatchType
    name: str
    features: Mapping[str, float] = field(default_factory=dict)
    score: float = 0.0
    probability: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The chosen place of a toponym, or why there is none.

    Attributes:
        place: the chosen place, or None.
        probability: calibrated probability that the place is right; 0.0 without a place.
        alternatives: the other candidates, the likeliest first, with their probabilities.
        reasons: in words of the document's language, the strongest first.
        radius_km: for a place known only by the region around it: the radius of doubt; else None.
        match: how the name was reached, or None without a place.
        features: as in `Candidate`, of the chosen place; empty without a place.
        score: the ranker's score of the place.
    """

    place: Place | None
    probability: float
    alternatives: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    radius_km: float | None = None
    match: MatchType | None = None
    features: Mapping[str, float] = field(default_factory=dict)
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name in the text.

    Attributes:
        start: first code point of the name.
        end: one past its last code point.
        text: the name as written; equals `document.text[start:end]`.
        name: the name as read: one line, composed letters (NFC), single spaces, plain hyphens and apostrophes, no
            invisible signs.
        sense: literal or metonymic.
        cue: the words around that say what it is ("province", "aéroport militaire"), or "".
        cue_kind: the kind that the cue stands for, or None without a cue.
        relation: the spatial phrase on it, or None.
        probability: the recogniser's, that this is a place name.
        resolution: the place it means; None until a resolver has spoken.
        decision: what a person has decided of it, or None.
    """

    start: int
    end: int
    text: str
    sense: Sense = Sense.LITERAL
    cue: str = ""
    cue_kind: Kind | None = None
    relation: Relation | None = None
    probability: float = 1.0
    resolution: Resolution | None = None
    decision: Decision | None = None
    name: str = ""

    def __post_init__(self) -> None:
        """Take the text for the name where none is given."""
        if not self.name:
            object.__setattr__(self, "name", " ".join(self.text.split()))

    def __repr__(self) -> str:
        place = f"{self.place!r}, {self.resolution.probability:.2f}" if self.place and self.resolution else None
        return f"Toponym({self.start}, {self.end}, {self.text[:60]!r}, {str(self.sense)!r}, {place})"

    @property
    def span(self) -> Span:
        """Start and end, code points."""
        return (self.start, self.end)

    @property
    def place(self) -> Place | None:
        """The chosen place, or None."""
        return self.resolution.place if self.resolution else None

    @property
    def kind(self) -> Kind | None:
        """The kind of the chosen place, else that of the cue, else None."""
        return self.place.kind if self.place else self.cue_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """The geometry drawn for a toponym or for its relation.

    Attributes:
        type: the shape.
        geometry: a GeoJSON geometry, coordinates in degrees, longitude first.
        spans: the toponyms that it stands for.
        place_id: the place that it belongs to, or "" for a relation between places.
        label: the words of the text that it draws ("à 3 km de …"), or the name of the place.
        approximate: whether the true shape is unknown; approximate outlines are never drawn as borders.
        radius_km: for rings and circles, else None.
    """

    type: FootprintType
    geometry: Mapping[str, Any]
    spans: tuple[Span, ...] = ()
    place_id: str = ""
    label: str = ""
    approximate: bool = True
    radius_km: float | None = None


@dataclass(frozen=True, kw_only=True)
class AnnotatedDocument:
    """A document with its toponyms, resolved: the result of the analysis, before anything is drawn.

    Attributes:
        document: the text.
        toponyms: in text order, never overlapping.
        language: ISO 639-1 code of the reader: reasons, page, card and legend are in it.
        warnings: one line each, for the user; they concern this document alone.
        hints: one line each, in the language of the reader, on what would make the result better: country packs.
        normal: the normal form of the text, aligned with it, or None where it is the text itself.
    """

    document: Document
    toponyms: tuple[Toponym, ...] = ()
    language: str = "en"
    warnings: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    normal: NormalText | None = None

    @property
    def aligned(self) -> NormalText:
        """The normal form of the text, aligned with it."""
        return self.normal or NormalText.same(self.document.text)

    @property
    def places(self) -> tuple[tuple[Place, tuple[Toponym, ...]], ...]:
        """Each place once, in the order of its first mention, with its toponyms in text order."""
        gathered: dict[str, tuple[Place, list[Toponym]]] = {}
        for toponym in self.toponyms:
            if toponym.place is not None:
                gathered.setdefault(toponym.place.id, (toponym.place, []))[1].append(toponym)
        return tuple((place, tuple(toponyms)) for place, toponyms in gathered.values())

    @property
    def unplaced(self) -> tuple[Toponym, ...]:
        """The toponyms without a place; their resolutions say why."""
        return tuple(toponym for toponym in self.toponyms if toponym.place is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundName:
    """The name of a country, a region or a water on the ground of a map, none of the document's places.

    Attributes:
        place: what is named.
        anchors: where the name may stand, the largest first: latitude, longitude, and how far the area reaches around
            it, degrees of latitude.
    """

    place: Place
    anchors: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class ParsedDocument(AnnotatedDocument):
    """An annotated document with the geometry that a page or a file of geometries needs.

    Attributes:
        footprints: what is drawn; those without spans are context (the other regions of the scene).
        scene: the frame of the places where things happen, or None without any.
        towns: towns inside and around the scene for the basemap, biggest first, without their other names.
        ground_names: countries, regions and waters for the basemap.
    """

    footprints: tuple[Footprint, ...] = ()
    scene: Frame | None = None
    towns: tuple[Place, ...] = ()
    ground_names: tuple[GroundName, ...] = ()
