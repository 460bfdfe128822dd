"""Words that join names, such as "Damas-Alep", as these names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from mapgen.model import WRITTEN
from mapgen.recognition.spans.facts import Facts, FactsSource
from mapgen.recognition.tokens import Lexicon, Tokens
from mapgen.recognition.tokens.vocabulary import COMPOUND, flagged, joined_parts

__all__ = ["split_compounds"]

_COMPOUND = re.compile(flagged(COMPOUND).encode())


def split_compounds(
    tokens: Tokens, lexicon: Lexicon, gazetteer: FactsSource, common: frozenset[str] = frozenset()
) -> Tokens:
    """Cut words such as "Damas-Alep" and "Dori-Gorom-Gorom" into the places that they join, where the whole is none.

    So are words of an agency and the place of its dispatch ("AFP-Lomé") where the second half is a place.

    Args:
        tokens: the text.
        lexicon: of its language.
        gazetteer: asked for the whole words and all runs of their parts.
        common: words of the language that are common in small letters: before a hyphen ("Petit-Quevilly", "Haut-Rhin")
            they belong to the name.
    """
    suspects = {tokens.words[match.start()].text for match in _COMPOUND.finditer(tokens.flags)}
    if not suspects:
        return tokens
    compounds = {form: parts for form in suspects if (parts := joined_parts(form)) is not None}
    known = gazetteer.facts({*compounds, *(run for parts in compounds.values() for run in _runs(parts))})
    plain = common | lexicon.language.not_places
    cuts: dict[str, list[str]] = {}
    for form, parts in compounds.items():
        if form in known or lexicon.word(parts[0]).group not in ("Name", "UPPER"):
            continue
        if len(parts) == 2 and _is_agency(parts):
            names = parts if _is_place(known.get(parts[1])) else []
        else:
            names = _joined_places(parts, known, plain, lexicon.language.titles)
        if names:
            cuts[form] = names
    if not cuts:
        return tokens
    words, starts, ends = [], [], []
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if word.text not in cuts:
            words.append(word)
            starts.append(start)
            ends.append(end)
            continue
        at = 0
        for number, name in enumerate(cuts[word.text]):
            # A hyphen, of one sign whichever it is, stands between two names.
            for low, high in [(at - 1, at)] * (number > 0) + [(at, at + len(name))]:
                words.append(lexicon.word(word.text[low:high]))
                starts.append(start + low)
                ends.append(start + high)
            at += len(name) + 1
    return Tokens(tokens.text, words, starts, ends)


def _runs(parts: Sequence[str]) -> Iterator[str]:
    """All runs of the parts, as one name each."""
    for first in range(len(parts)):
        for end in range(first + 1, len(parts) + 1):
            yield "-".join(parts[first:end])


def _joined_places(
    parts: Sequence[str], known: Mapping[str, Facts], plain: Container[str], titles: Container[str]
) -> list[str]:
    """The fewest places, two at least, that the parts are in order; none where they are not all places.

    A saint belongs to the name before him ("Bussy-Saint-Martin").
    """
    best: list[list[str] | None] = [[]]
    for end in range(1, len(parts) + 1):
        found: list[str] | None = None
        for first in range(end):
            before, run = best[first], parts[first:end]
            name = "-".join(run)
            if before is None or len(run) == len(parts) or not _is_place(known.get(name)):
                continue
            is_plain = len(run) == 1 and end < len(parts) and run[0].lower() in plain
            if is_plain or (first > 0 and run[0].lower() in titles):
                continue
            if found is None or len(before) + 1 < len(found):
                found = [*before, name]
        best.append(found)
    return best[-1] or []


def _is_place(facts: Facts | None) -> bool:
    """Tell whether the gazetteer knows the half as it is written: any two syllables sound like some place."""
    return facts is not None and (facts.own or (facts.main and facts.match in WRITTEN))


def _is_agency(pair: Sequence[str]) -> bool:
    """Tell whether the first half alone is in capitals."""
    return pair[0].isupper() and not pair[1].isupper()
