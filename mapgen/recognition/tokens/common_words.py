"""Words that are common in small letters, by language: at the start of a sentence they are often no names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

__all__ = ["load_common"]


@lru_cache(maxsize=1)
def load_common() -> Mapping[str, frozenset[str]]:
    """Return, by language, the words that are common in small letters: they may open a sentence without being names."""
    text = (resources.files(__package__) / "common-words.txt").read_text(encoding="utf-8")
    common: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        code, _, words = line.partition("\t")
        if words and not code.startswith("#"):
            common[code] = frozenset(words.split())
    return MappingProxyType(common)
