"""Words of two names, such as "Damas-Alep", as two names."""

from __future__ import annotations

import re

from mapgen.recognition.spans.facts import FactsSource
from mapgen.recognition.tokens import Lexicon, Tokens
from mapgen.recognition.tokens.vocabulary import COMPOUND, flagged, halves

__all__ = ["split_compounds"]

_COMPOUND = re.compile(flagged(COMPOUND).encode())
_SPLIT = re.compile(r"[^-‑]+|[-‑]")


def split_compounds(tokens: Tokens, lexicon: Lexicon, gazetteer: FactsSource) -> Tokens:
    """Cut words such as "Damas-Alep" in two where both halves are places and the whole is none.

    Args:
        tokens: the text.
        lexicon: of its language.
        gazetteer: asked for the whole words and their halves.
    """
    suspects = {tokens.words[match.start()].text for match in _COMPOUND.finditer(tokens.flags)}
    if not suspects:
        return tokens
    pairs = {form: pair for form in suspects if (pair := halves(form)) is not None}
    known = gazetteer.facts({*pairs, *(half for pair in pairs.values() for half in pair)})
    cut = {
        form
        for form, pair in pairs.items()
        if form not in known
        and all((facts := known.get(half)) is not None and (facts.main or facts.own) for half in pair)
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
