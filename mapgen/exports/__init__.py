"""Output formats, one module each, listed in `formats`.

A format is a module with a function `write(parsed) -> str | bytes`; `FORMATS` names it, its file suffix and its
media type. Adding one is adding a module and a line here.
"""

from __future__ import annotations

from mapgen.exports.formats import FORMATS, Format, convert

__all__ = ["FORMATS", "Format", "convert"]
