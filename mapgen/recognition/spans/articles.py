"""Names whose article stands outside them: "au Mans" speaks of Le Mans, "des Andelys" of Les Andelys.

A gazetteer knows such a town with its article only. In the text the article is contracted with a preposition, no part
of the name.
"""

from __future__ import annotations

from collections.abc import Sequence

from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import WRITTEN
from mapgen.recognition.spans.facts import Facts, FactsSource
from mapgen.recognition.tokens import Tokens

__all__ = ["facts_of"]


def facts_of(
    tokens: Tokens,
    language: Language,
    bounds: Sequence[tuple[int, ...]],
    surfaces: Sequence[str],
    gazetteer: FactsSource,
) -> list[Facts | None]:
    """Return what the gazetteer says of each name, of that with the article before it where this is a larger town.

    Args:
        tokens: the text.
        language: of the text.
        bounds: of each name; its first token comes first.
        surfaces: the words of each name as one line.
        gazetteer: asked once.
    """
    articled = _with_articles(tokens, language, bounds, surfaces)
    names = gazetteer.facts({*surfaces, *articled.values()} if articled else set(surfaces))
    facts = list(map(names.get, surfaces))
    for at, name in articled.items():
        town = names.get(name)
        if town is not None and _is_larger_town(town, facts[at]):
            facts[at] = town
    return facts


def _with_articles(
    tokens: Tokens, language: Language, bounds: Sequence[tuple[int, ...]], surfaces: Sequence[str]
) -> dict[int, str]:
    """The names with the article that the preposition before them contains, by position."""
    contractions = language.contractions
    if not contractions:
        return {}
    words = tokens.words
    articles = {at + 1: article for at, word in enumerate(words) if (article := contractions.get(word.lower))}
    return {
        at: f"{article} {surface}"
        for at, (bound, surface) in enumerate(zip(bounds, surfaces, strict=True))
        if (article := articles.get(bound[0])) is not None and tokens.adjacent(bound[0])
    }


def _is_larger_town(town: Facts, other: Facts | None) -> bool:
    """Whether a name with an article is that of a town, and of a larger one than the name without."""
    if not town.main or town.match not in WRITTEN or town.kinds.isdisjoint(SETTLEMENTS):
        return False
    if other is None or other.own:
        return other is None
    return (town.population, town.main) > (other.population, other.main)
