"""First names of persons."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

__all__ = ["given_names"]


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return common first names of the world in lower case: what follows one is often a surname."""
    text = (resources.files(__package__) / "given-names.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n", 1)[1].split())
