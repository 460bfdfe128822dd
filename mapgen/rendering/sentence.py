"""Says in one sentence what a map shows: caption, alternative text and description."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from mapgen.kinds import VAST
from mapgen.model import ParsedDocument, Place, Sense, Toponym
from mapgen.rendering.page_texts import counted, page_texts

__all__ = ["sentence"]

_NAMED = 3  # places with most mentions that are named
_MAIN = 0.6  # a country with this share of the mentions is what the map is about
_CERTAIN = 0.75  # fewer expected errors are not told


def sentence(parsed: ParsedDocument, language: str) -> str:
    """Return what the map of a document shows: where, how many places, the most named ones, and how sure it is.

    Args:
        parsed: the document.
        language: of the reader, one that the page has texts in.
    """
    words = page_texts(language)
    places = parsed.places
    if not places:
        return words["no_placed" if parsed.toponyms else "no_places"]
    parts = [counted(len(places), "place", language)]
    where = _where(places, language)
    most = sorted(places, key=lambda pair: -_literal(pair[1]))
    # A country names the whole map already, and a name that stands for a government is not where things happen.
    smaller = [place.label(language) for place, toponyms in most if place.kind not in VAST and _literal(toponyms)]
    names = list(dict.fromkeys(smaller or [place.label(language) for place, _ in most]))[:_NAMED]
    if len(places) > 1:
        parts.append(words["sentence_most"].format(names=_joined(names, words["and"])))
    line = (f"{where}{words['sentence_colon']}" if where else "") + ", ".join(parts)
    wrong = sum(1.0 - _probability(toponyms) for _, toponyms in places)
    if wrong >= _CERTAIN:
        key = "sentence_wrong_one" if round(wrong) <= 1 else "sentence_wrong_many"
        line += words[key].format(n=round(wrong))
    return line[:1].upper() + line[1:] + "."


def _where(places: tuple[tuple[Place, tuple[Toponym, ...]], ...], language: str) -> str:
    """The country of most mentions, or two that have most of them together; "" where there are more."""
    counts: Counter[str] = Counter()
    for place, toponyms in places:
        counts[place.country] += _literal(toponyms)
    del counts[""]
    total = sum(counts.values())
    chosen: list[str] = []
    for code, _ in counts.most_common(2):
        chosen.append(_country(code, language))
        if sum(count for _, count in counts.most_common(len(chosen))) >= _MAIN * total:
            return _joined(chosen, page_texts(language)["and"])
    return ""


def _literal(toponyms: tuple[Toponym, ...]) -> int:
    return sum(toponym.sense is Sense.LITERAL for toponym in toponyms)


def _probability(toponyms: tuple[Toponym, ...]) -> float:
    return max((toponym.resolution.probability for toponym in toponyms if toponym.resolution), default=0.0)


def _joined(names: list[str], conjunction: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


@lru_cache(maxsize=64)
def _country(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(code, code))
    except (UnknownLocaleError, ValueError):
        return code
