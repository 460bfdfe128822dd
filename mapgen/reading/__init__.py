"""From a file or a stream to a Document."""

from __future__ import annotations

from mapgen.reading.folders import text_files
from mapgen.reading.normal import Knows, Reading, normal_text, read_as
from mapgen.reading.reader import from_text, read
from mapgen.reading.segments import paragraphs, sentences

__all__ = ["Knows", "Reading", "from_text", "normal_text", "paragraphs", "read", "read_as", "sentences", "text_files"]
