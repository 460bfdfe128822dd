"""Towns in the names of papers, schools and authorities: "the Paris News", "Palestine High School".

They are no toponyms, and no place is drawn for them; but a local paper names itself and the offices of its town more
often than it says where that town lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mapgen.languages import Language
from mapgen.model import Toponym

__all__ = ["towns_of_organisations"]

MOST_ORGANISATIONS = 24
"""Names of organisations that are looked at in a text."""

_NAME = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)*"


def towns_of_organisations(text: str, toponyms: Sequence[Toponym], language: Language) -> list[tuple[str, ...]]:
    """Return, for each name of an organisation that is no toponym, what its town may be called, the longest first.

    Args:
        text: of the document.
        toponyms: in text order; an organisation of which a part is one has no other town.
        language: of the text; its `organisation_tails` are the nouns that end such names.
    """
    pattern = _pattern(language)
    if pattern is None:
        return []
    taken = {at for toponym in toponyms for at in range(toponym.start, toponym.end)}
    found: dict[tuple[str, ...], None] = {}
    for match in pattern.finditer(text):
        if taken.isdisjoint(range(match.start(), match.end())):
            found[tuple(_beginnings(match["town"].split()))] = None
        if len(found) == MOST_ORGANISATIONS:
            break
    return list(found)


def _beginnings(words: Sequence[str]) -> Iterator[str]:
    """The words from the first one on, the most first."""
    for count in range(len(words), 0, -1):
        yield " ".join(words[:count])


@lru_cache(maxsize=16)
def _pattern(language: Language) -> re.Pattern[str] | None:
    """One to three capitalised words before a capitalised noun that ends the name of an organisation."""
    tails = sorted((tail.title() for tail in language.organisation_tails), key=lambda tail: (-len(tail), tail))
    if not tails:
        return None
    articles = "|".join(sorted({article.capitalize() for article in language.articles if article.isalpha()}))
    ends = "|".join(map(re.escape, tails))
    return re.compile(rf"\b(?!(?:{articles})\b)(?P<town>{_NAME}(?: (?!(?:{ends})\b){_NAME}){{0,2}}) (?:{ends})(?!\w)")
