"""Knowledge of a language as data: a new language is a new TOML file.

In: the ISO 639-1 code of a language, or a text. Out: a `Language`, or the code of the text's language.
"""

from mapgen.languages._given_names import given_names
from mapgen.languages._identify import identify
from mapgen.languages._language import Language, RelationPattern, available, load, parse
from mapgen.languages._names import code_named
from mapgen.languages._place_names import place_name
from mapgen.languages._readers import DEFAULT_READER, page_languages, reader_language
from mapgen.languages._schema import KindWords
from mapgen.languages._strange import strangeness

__all__ = [
    "DEFAULT_READER",
    "KindWords",
    "Language",
    "RelationPattern",
    "available",
    "code_named",
    "given_names",
    "identify",
    "load",
    "page_languages",
    "parse",
    "place_name",
    "reader_language",
    "strangeness",
]
