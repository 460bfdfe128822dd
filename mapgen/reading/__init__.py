"""From a file or a stream to a Document."""

from __future__ import annotations

from mapgen.reading.reader import from_text, read
from mapgen.reading.segments import paragraphs, sentences

__all__ = ["from_text", "paragraphs", "read", "sentences"]
