"""Names of places as readers of a language write them: "province de Bohol" for "Province of Bohol", with accents.

GeoNames and CLDR have names in most languages for what is widely known. A division without one has a generic word of
another language in its name: it is translated here, never one half alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.languages._language import load
from mapgen.languages._readers import page_languages
from mapgen.model import Division, Place

__all__ = ["place_name"]

_OWN = "en"
"""The language of the names of cities in the gazetteer, as far as they differ between languages."""
_VOWELS = frozenset("aeiouœæ")


def place_name(named: Place | Division, language: str, written: Iterable[str] = ()) -> str:
    """Return the name of a place or a division for readers of a language.

    Args:
        named: the place.
        language: ISO 639-1 of the reader.
        written: the names by which a text in this language mentions it: where one differs from the label in accents
            alone, and has some that the label lacks, the text is right; so is a text about a town for which the
            gazetteer has no label in the language, if the gazetteer has its name ("Florencia").
    """
    label = named.label(language)
    if isinstance(named, Place) and named.kind in SETTLEMENTS and language not in (_OWN, *dict(named.labels)):
        label = next((name for name in written if name in named.names and not name.isupper()), label)
    if isinstance(named, Division) or named.kind in DIVISIONS:
        label = _translated(label, language)
    if label.isascii():
        label = next((name for name in written if not name.isascii() and _bare(name) == label), label)
    return label


@lru_cache(maxsize=4096)
def _translated(name: str, language: str) -> str:
    """The name of a division with its generic word in a language; as it is where no other one has been found."""
    ranks = load(language).ranks
    if not ranks or any(form.own_name(name) for form in _forms(language)):
        return name
    for other in page_languages():
        for form in _forms(other) if other != language else ():
            own = form.own_name(name)
            if own and form.rank in ranks:
                return name if _has_more_to_translate(own, other) else _written(own, form.rank, other, language)
    return name


def _has_more_to_translate(name: str, language: str) -> bool:
    """Whether a name without its generic word has more words of a language: "Central Ethiopia", "Upper City"."""
    known = load(language)
    words = name.lower().split()
    generic = {word for forms in known.ranks.values() for form in forms for word in form.lower().split()} - {"{}"}
    return len(words) > 1 and any(
        word in generic or word in known.directions or word in known.direction_adjectives for word in words
    )


def _written(name: str, rank: str, source: str, language: str) -> str:
    forms, target = load(language).ranks[rank], load(language)
    stands_for = {words: place for place, words in load(source).rank_places.items()}
    if name in stands_for and stands_for[name] in target.rank_places:
        # "province de {}" becomes "province du Nord", "{} Province" becomes "Northern Province".
        place = target.rank_places[stands_for[name]]
        return re.sub(r"(?:de )?\{\}", lambda _: place, forms[0], count=1)
    elided = next((form for form in forms if form.endswith("'{}")), "")
    if elided and _bare(name)[:1].lower() in _VOWELS:
        return elided.format(name)
    return forms[0].format(name)


class _Form(NamedTuple):
    """How a language joins a generic word to the own name of a division: what stands before it and behind it.

    It is compared letter by letter: the patterns of a hundred forms take longer to compile than many texts to read.
    """

    before: str
    behind: str
    rank: str

    def own_name(self, name: str) -> str:
        """The own name in a name of this form, "" in any other."""
        start, end = len(self.before), len(name) - len(self.behind)
        is_of_form = start < end and name[:start].lower() == self.before and name[end:].lower() == self.behind
        return name[start:end] if is_of_form else ""


@lru_cache(maxsize=16)
def _forms(language: str) -> tuple[_Form, ...]:
    """The forms of a language, the most words first."""
    forms = [(form, rank) for rank, some in load(language).ranks.items() for form in some]
    forms.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    sides = ((form.lower().partition("{}"), rank) for form, rank in forms)
    return tuple(_Form(before, behind, rank) for (before, _, behind), rank in sides)


def _bare(name: str) -> str:
    """A name without its accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
