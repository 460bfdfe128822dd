"""Codes and abbreviations behind towns: "Zapopan, Jal.", "Lugano (CH)", "Dubbo, N.S.W.", "RALEIGH N.C.".

Alone they are no names: most are words, initials, units. Behind a name, and where the gazetteer knows a town of that
name in what the code stands for, they are the names of a region or a country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapgen.languages import Language
from mapgen.model import Toponym
from mapgen.recognition.spans import FactsSource

__all__ = ["with_qualifiers"]

_SEPARATED = r"(?:(?<=\.)[ \u00a0](?=[^\W\d_a-z]))"
_BEHIND = re.compile(
    rf"[ \u00a0]?\((?P<bracketed>[^\W\d_a-z](?:[^\W\d_]|[.&‑-]|{_SEPARATED}){{0,8}})\)"
    rf"|,[ \u00a0](?P<listed>[^\W\d_a-z](?:[^\W\d_]|[.&‑-]|{_SEPARATED}){{0,8}})(?![\w&‑-])"
    # Without a comma only an abbreviation with its full stop; "PA" alone behind a name may be anything.
    r"|[ \u00a0](?P<joined>[A-Z](?:[A-Za-z]{1,5}|(?:\.[A-Z]){1,2})\.)"
)


def with_qualifiers(
    text: str, toponyms: Sequence[Toponym], language: Language, gazetteer: FactsSource
) -> tuple[Toponym, ...]:
    """Return the toponyms, those behind which a code stands followed by it.

    What was found inside a code is replaced by it.

    Args:
        text: that they lie in.
        toponyms: in text order, not overlapping.
        language: of the text; its words for directions are no codes ("Kita (Sud)").
        gazetteer: knows what codes stand for.
    """
    codes = list(_codes(text, toponyms, language, gazetteer))
    if not codes:
        return tuple(toponyms)
    taken = {at for code in codes for at in range(code.start, code.end)}
    kept = [toponym for toponym in toponyms if taken.isdisjoint(range(toponym.start, toponym.end))]
    return tuple(sorted((*kept, *codes), key=lambda toponym: toponym.start))


def _codes(text: str, toponyms: Sequence[Toponym], language: Language, gazetteer: FactsSource) -> Iterator[Toponym]:
    ends = {toponym.span for toponym in toponyms}
    for toponym in toponyms:
        match = _BEHIND.match(text, toponym.end)
        if match is None or match[match.lastgroup or 0].casefold() in language.directions:
            continue
        countries = match.lastgroup == "bracketed"
        start, end = match.span(match.lastgroup or 0)
        name = " ".join(toponym.text.split())
        while end > start and not gazetteer.holders(name, text[start:end], countries=countries):
            # "Bend, Ore." at the end of a sentence may be a code with its own full stop, or one without.
            end = max(start, text.rfind(".", start, end) if text[end - 1] == "." else text.rfind(" ", start, end))
        if end > start and (start, end) not in ends:
            yield Toponym(start=start, end=end, text=text[start:end], probability=toponym.probability)
