"""Escapes untrusted text for HTML.

Markup is escaped by Jinja2's autoescape; this module escapes JSON, and the characters that an HTML parser would change
in plain text. No other module of this package writes HTML.
"""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup, escape

__all__ = ["json_for_html", "sound", "source_text"]

_JSON = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_JSON |= {character: f"\\u{ord(character):04x}" for character in _BIDI}
_IN_JSON = re.compile("[" + "".join(_JSON) + "]")

_LOST = re.compile("[\x00\ud800-\udfff]")


def sound(text: str) -> str:
    """Return `text` with U+FFFD for what HTML cannot hold (NUL, lone surrogates), so that no offset changes."""
    return _LOST.sub("\ufffd", text)


def json_for_html(value: Any) -> Markup:
    """Return `value` as JSON for a script element of an HTML page.

    It contains neither `</script>` nor `<!--`, and no line separator or bidi control; a JSON parser returns the same
    value.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(_IN_JSON.sub(lambda match: _JSON[match[0]], sound(text)))  # noqa: S704


def source_text(text: str) -> Markup:
    """Return a passage of the source, escaped so that the parsed page holds it character for character.

    An HTML parser changes CR to LF, but not a character reference.
    """
    return Markup(str(escape(sound(text))).replace("\r", "&#13;"))  # noqa: S704
