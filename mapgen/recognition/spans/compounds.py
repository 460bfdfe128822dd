"""Words of two names, such as "Damas-Alep", as two names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapgen.model import WRITTEN
from mapgen.recognition.spans.facts import Facts, FactsSource
from mapgen.recognition.tokens import Lexicon, Tokens
from mapgen.recognition.tokens.vocabulary import COMPOUND, flagged, halves

__all__ = ["split_compounds"]

_COMPOUND = re.compile(flagged(COMPOUND).encode())
_SPLIT = re.compile(r"[^-‑]+|[-‑]")


def split_compounds(
    tokens: Tokens, lexicon: Lexicon, gazetteer: FactsSource, common: frozenset[str] = frozenset()
) -> Tokens:
    """Cut words such as "Damas-Alep" in two where both halves are places and the whole is none.

    So are words of an agency and the place of its dispatch ("AFP-Lomé") where the second half is a place.

    Args:
        tokens: the text.
        lexicon: of its language.
        gazetteer: asked for the whole words and their halves.
        common: words of the language that are common in small letters: as a first half ("Petit-Quevilly", "Haut-Rhin")
            they belong to the name.
    """
    suspects = {tokens.words[match.start()].text for match in _COMPOUND.finditer(tokens.flags)}
    if not suspects:
        return tokens
    pairs = {form: pair for form in suspects if (pair := halves(form)) is not None}
    known = gazetteer.facts({*pairs, *(half for pair in pairs.values() for half in pair)})
    plain = common | lexicon.language.not_places
    cut = {
        form
        for form, pair in pairs.items()
        if form not in known
        and _is_place(known.get(pair[1]))
        and (_is_agency(pair) or (_is_place(known.get(pair[0])) and pair[0].lower() not in plain))
        and lexicon.word(pair[0]).group in ("Name", "UPPER")
    }
    if not cut:
        return tokens
    words, starts, ends = [], [], []
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if word.text not in cut:
            words.append(word)
            starts.append(start)
            ends.append(end)
            continue
        for match in _SPLIT.finditer(word.text):
            words.append(lexicon.word(match.group()))
            starts.append(start + match.start())
            ends.append(start + match.end())
    return Tokens(tokens.text, words, starts, ends)


def _is_place(facts: Facts | None) -> bool:
    """Tell whether the gazetteer knows the half as it is written: any two syllables sound like some place."""
    return facts is not None and (facts.own or (facts.main and facts.match in WRITTEN))


def _is_agency(pair: Sequence[str]) -> bool:
    """Tell whether the first half alone is in capitals."""
    return pair[0].isupper() and not pair[1].isupper()
