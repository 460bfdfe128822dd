"""JSON lines: an object a toponym, with the keys of `rows.COLUMNS`."""

from __future__ import annotations

import json

from mapgen.exports.rows import rows
from mapgen.model import ParsedDocument

__all__ = ["write"]


def write(parsed: ParsedDocument) -> str:
    """Return the document as JSON lines, UTF-8, null where there is no value."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(parsed))
