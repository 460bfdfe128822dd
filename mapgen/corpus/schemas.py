"""The tables of an archive: columns with their types, units and meaning. `docs/corpus.md` repeats them.

Every table is Parquet. Offsets are code points, coordinates degrees (WGS 84), dates ISO 8601.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mapgen.corpus.extras import needed

__all__ = ["DOCUMENTS", "ERRORS", "ORIGINS", "PLACES", "SIGNATURES", "TABLES", "TOPONYMS", "Column", "schema_of"]

ERRORS: Final[Mapping[str, str]] = {
    "empty": "the text is empty",
    "unreadable": "the file or the row cannot be read: no such format, no text, no permission, broken JSON",
    "encoding": "the bytes are no text in a known encoding",
    "large": "the text is larger than what is read of one document",
    "endless": "the document took longer than its size allows",
    "crash": "the document ended its process twice",
    "failed": "the program failed on the document",
}
"""Kinds of errors of a document, each with what it means."""

ORIGINS: Final[Mapping[str, str]] = {
    "column": "a column of the table",
    "header": "lines of metadata before the text",
    "html": "metadata of the HTML page, or of another format",
    "file": "the name of the file",
    "folder": "the names of its folders",
}
"""Where a date comes from, in the order in which they are asked; the first that knows one is taken."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: its name.
        type: as Arrow writes it.
        meaning: what it holds, with its unit.
        nullable: whether it can be null.
    """

    name: str
    type: str
    meaning: str
    nullable: bool = False


_KEY = (
    Column("part", "int32", "number of the partition; with `row` the key of the document"),
    Column("row", "int32", "number of the document in its partition, from 0"),
)
_WHERE = (
    Column("place_id", "string", "id of the place in the gazetteer", True),
    Column("place", "string", "name of the place in the gazetteer", True),
    Column("label", "string", "name of the place in the language of the document", True),
    Column("region", "string", "first-level division of the place", True),
    Column("geonameid", "int64", "GeoNames' id", True),
    Column("country", "string", "ISO 3166-1 alpha-2", True),
    Column("lat", "double", "degrees north", True),
    Column("lon", "double", "degrees east", True),
)

TOPONYMS: Final = (
    *_KEY,
    Column("document_id", "string", "name of the document"),
    Column("start", "int32", "first code point of the name in the text field"),
    Column("end", "int32", "one past its last code point"),
    Column("text", "string", "the name as read: on one line"),
    Column("sense", "string", "literal or metonymic"),
    Column("kind", "string", "kind of the place, else of the cue", True),
    Column("match", "string", "how the name was reached: exact, folded, transliterated, near", True),
    Column("relation", "string", "type of the spatial phrase on the name", True),
    *_WHERE,
    Column("name_probability", "float", "that this is a name of a place, 0 to 1"),
    Column("place_probability", "float", "that the place is right, 0 to 1; 0 without a place"),
    Column("radius_km", "float", "radius of doubt of an estimate, kilometres", True),
    Column("excerpt", "string", "the sentence of the name, or the part of it around the name"),
    Column("excerpt_start", "int32", "its first code point in the text field"),
)
"""A row for each name of a place."""

DOCUMENTS: Final = (
    *_KEY,
    Column("document_id", "string", "name of the document: its column, else path of the file (and number of the row)"),
    Column("title", "string", "headline", True),
    Column("source", "string", "publication or file", True),
    Column("language", "string", "ISO 639-1, as given or identified", True),
    Column("date", "string", "ISO 8601, shortened to what is known: 1968, 1968-05, 1968-05-03", True),
    Column("date_from", "date32[day]", "first day that the date can mean", True),
    Column("date_to", "date32[day]", "last day that the date can mean", True),
    Column("date_origin", "string", "where the date comes from: " + ", ".join(ORIGINS), True),
    Column("text_start", "int32", "code points of the text field before the text itself: lines of metadata"),
    Column("characters", "int32", "length of the text, code points"),
    Column("toponyms", "int32", "names of places in it"),
    Column("placed", "int32", "those with a place"),
    Column("duplicate_of", "string", "name of the earliest document of which it is a near-duplicate", True),
    Column("error", "string", "kind of the error: " + ", ".join(ERRORS), True),
    Column("error_message", "string", "the reason in one line", True),
)
"""A row for each document, also for those that failed."""


def _known(name: str, meaning: str = "") -> Column:
    """The column of a place, in a table where every row has one."""
    column = next(each for each in _WHERE if each.name == name)
    return replace(column, nullable=False, meaning=meaning or column.meaning)


PLACES: Final = (
    _known("place_id"),
    _known("place"),
    _known("label", "name that most documents' languages have for it"),
    Column("kind", "string", "kind of the place"),
    *(column for column in _WHERE if column.name in ("region", "geonameid", "country")),
    _known("lat"),
    _known("lon"),
    Column("mentions", "int64", "names that mean it"),
    Column("mentions_original", "int64", "those outside near-duplicates"),
    Column("expected", "double", "expected number of right mentions: the sum of their probabilities"),
    Column("expected_original", "double", "the same outside near-duplicates"),
    Column("documents", "int64", "documents that mention it"),
    Column("documents_original", "int64", "those that are no near-duplicates"),
    Column("first_date", "date32[day]", "earliest `date_from` of a document that mentions it", True),
    Column("last_date", "date32[day]", "latest `date_to` of a document that mentions it", True),
    Column("names", "list<element: string>", "its names as read, the most frequent first, at most 12"),
    Column("geometry", "binary", "point, WKB, longitude first (GeoParquet, OGC:CRS84)"),
)
"""A row for each place."""

SIGNATURES: Final = (
    *_KEY,
    Column("bands", "fixed_size_list<element: uint64>[32]", "hashes of the bands of its MinHash signature"),
    Column("sketch", "fixed_size_binary[128]", "lowest byte of each hash of the signature"),
)
"""A row for each document that is long enough to have near-duplicates."""

TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "toponyms": TOPONYMS,
    "documents": DOCUMENTS,
    "signatures": SIGNATURES,
    "places": PLACES,
}
"""The tables by name."""


def schema_of(columns: tuple[Column, ...]) -> Any:
    """Return the Arrow schema of a table's columns."""
    pa = needed("pyarrow")
    types = {
        "list<element: string>": pa.list_(pa.field("element", pa.string())),
        "fixed_size_list<element: uint64>[32]": pa.list_(pa.field("element", pa.uint64()), 32),
        "fixed_size_binary[128]": pa.binary(128),
        "date32[day]": pa.date32(),
    }
    return pa.schema(
        [
            pa.field(each.name, types.get(each.type) or pa.type_for_alias(each.type), nullable=each.nullable)
            for each in columns
        ]
    )
