"""What the program knows of a language, as data: a new language is a new file."""

from mapgen.languages._identify import identify
from mapgen.languages._language import KindWords, Language, RelationPattern, available, given_names, load
from mapgen.languages._readers import DEFAULT_READER, page_languages, reader_language
from mapgen.languages._strange import strangeness

__all__ = [
    "DEFAULT_READER",
    "KindWords",
    "Language",
    "RelationPattern",
    "available",
    "given_names",
    "identify",
    "load",
    "page_languages",
    "reader_language",
    "strangeness",
]
