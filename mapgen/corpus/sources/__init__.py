"""From an input to documents: files are found in order, divided into pieces, and the documents of a piece read.

`listing` finds files; `files`, `delimited`, `jsonlines`, `parquet` read one format each, also compressed with gzip or
zstd; `inline` takes documents that a program gives; `tables` has what tables share.
"""

from __future__ import annotations

from mapgen.corpus.sources.base import CHUNK, Found, Source, record_names
from mapgen.corpus.sources.delimited import Delimited
from mapgen.corpus.sources.files import Files
from mapgen.corpus.sources.inline import Inline, inline_pieces
from mapgen.corpus.sources.jsonlines import JsonLines
from mapgen.corpus.sources.listing import found_files, is_remote, root_of
from mapgen.corpus.sources.opening import Inputs, inputs_of
from mapgen.corpus.sources.parquet import Parquet

__all__ = [
    "CHUNK",
    "Delimited",
    "Files",
    "Found",
    "Inline",
    "Inputs",
    "JsonLines",
    "Parquet",
    "Source",
    "found_files",
    "inline_pieces",
    "inputs_of",
    "is_remote",
    "record_names",
    "root_of",
]
