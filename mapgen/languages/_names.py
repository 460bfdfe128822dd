"""Languages by code or by name: "fr", "fr-FR", "fra", "French", "français"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["code_named"]

_TAG = re.compile("([a-z]{2,3})(?:[-_].*)?")


def code_named(text: str) -> str:
    """Return the ISO 639-1 code of a language, the three-letter one where it has no other; "" where there is none such.

    Args:
        text: a code, a tag that begins with one, or a name in English, in French or in the language itself.
    """
    plain = _plain(text)
    if match := _TAG.fullmatch(plain):
        import pycountry

        key = "alpha_2" if len(match[1]) == 2 else "alpha_3"
        found = pycountry.languages.get(**{key: match[1]})
        if found is None and key == "alpha_3":
            found = pycountry.languages.get(bibliographic=match[1])
        if found is not None:
            return str(getattr(found, "alpha_2", "") or found.alpha_3)
    return _by_name().get(plain, "")


def _plain(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))


@cache
def _by_name() -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    names: dict[str, str] = {}
    for language in ("fr", "en"):
        for code, name in Locale(language).languages.items():
            if re.fullmatch("[a-z]{2,3}", code):
                names[_plain(name)] = code
                try:
                    own = Locale(code).get_language_name(code)
                except (UnknownLocaleError, ValueError):
                    continue
                names.setdefault(_plain(own or name), code)
    return names
