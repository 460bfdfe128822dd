"""JSON lines: an object a toponym, with the keys of `rows.COLUMNS`."""

from __future__ import annotations

import json

from mapgen.exports.rows import rows
from mapgen.model import AnnotatedDocument

__all__ = ["write"]


def write(parsed: AnnotatedDocument) -> str:
    """Return the document as JSON lines, UTF-8, null where there is no value."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(parsed))
