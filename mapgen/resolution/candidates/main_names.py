"""Whether a name is the one by which a place is known, or only one of its others."""

from __future__ import annotations

from mapgen.languages import Language
from mapgen.model import Place

__all__ = ["is_main_name"]


def is_main_name(name: str, place: Place, language: Language) -> bool:
    """Return whether a name is the place's own, or that for readers of the language.

    An article that prepositions contract with may be missing: "du Mans" names Le Mans by its main name.

    Args:
        name: as written in the text, or as matched.
        place: one of the places that it can mean.
        language: of the text.
    """
    written = name.casefold()
    known = (place.name.casefold(), place.label(language.code).casefold())
    return written in known or any(written == _without_article(each, language) for each in known)


def _without_article(name: str, language: Language) -> str:
    article, _, rest = name.partition(" ")
    return rest if rest and article in language.contractions.values() else name
