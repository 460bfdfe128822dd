"""The languages of the page, and which of them a reader gets."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from mapgen.languages._language import load

__all__ = ["DEFAULT_READER", "page_languages", "reader_language"]

DEFAULT_READER = "en"
"""ISO 639-1 code of the page in a language that has no words for it."""

_SUFFIX = ".page.toml"


@lru_cache(maxsize=1)
def page_languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages that have a table of the page's words, sorted."""
    names = (item.name for item in resources.files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def reader_language(code: str) -> str:
    """Return the language of the page for readers of `code` (ISO 639-1, a region may follow): it, else English."""
    short = load(code).code
    return short if short in page_languages() else DEFAULT_READER
