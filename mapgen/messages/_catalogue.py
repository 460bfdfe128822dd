"""The catalogues: one file a language in gettext's format, whose message ids are the English texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

__all__ = ["LANGUAGES", "SOURCE", "Catalogue", "catalogue"]

SOURCE = "en"
"""ISO 639-1 code of the language that messages are written in."""
LANGUAGES = (SOURCE, "es", "fr")
"""ISO 639-1 codes of the languages that messages are said in."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language.

    Attributes:
        language: ISO 639-1 code.
        texts: by the English text, of one thing where there is a plural: the translation and that for several things.
    """

    language: str
    texts: Mapping[str, tuple[str, ...]]

    def template(self, english: str, count: float | None = None) -> str:
        """Return the translation of a text, in the form for `count` things; "" where there is none."""
        forms = self.texts.get(english, ("",))
        if count is None or len(forms) == 1:
            return forms[0]
        from babel import Locale

        return forms[0 if Locale(self.language).plural_form(count) == "one" else 1]


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language of `LANGUAGES`; that of `SOURCE` is empty."""
    if language == SOURCE:
        return Catalogue(language, MappingProxyType({}))
    from babel.messages.pofile import read_po

    with resources.files(__package__).joinpath(f"{language}.po").open("rb") as file:
        entries = read_po(file)
    texts = {}
    for entry in entries:
        if not entry.id:
            continue
        first = entry.id if isinstance(entry.id, str) else entry.id[0]
        texts[first] = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    return Catalogue(language, MappingProxyType(texts))
