"""What the words between and beside names say: containers, lists, datelines, states."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from mapgen.gazetteer.holders import is_code
from mapgen.languages import Language
from mapgen.model import Toponym

__all__ = ["codes_behind", "containers", "is_called_state", "is_dateline", "is_topic", "list_members"]

# "Paris, Texas"; "Khan Cheikhoun (Idleb)"; "Al-Qaïm, dans l'ouest de l'Irak": a comma or a bracket and few small words.
CONTAINMENT = re.compile(r"\s*[,(]\s*(?:[^\W\dA-Z][\w'’-]*[\s'’]+){0,6}(?:[ld]['’])?", re.UNICODE)
MOST_BETWEEN = 60
"""Code points between a name and its container at most."""

CODE_GAP = re.compile(r"[ \u00a0]?\(|,[ \u00a0]")

# Members of a list: comma, slash, dash, "and", with articles and prepositions between ("d'Alep, de Hama et d'Idleb").
# A short remark in brackets belongs to the member before it ("l'Ain (01), le Rhône (69)"). A name that the next name
# contains ("Craon, en Mayenne", "Baggao in Cagayan") is not a member of the same list.
LISTING = re.compile(
    r"(?!\s*,?\s*(?:in|en|at)\b)"
    r"(?:\s*\([\dA-Z]{1,4}\))?\s*(?:[,/–-]|\b[^\W\d]{1,3}\b)\s*(?:\b[^\W\d]{1,3}\b\s*){0,3}(?:[dl]['’])?\s*",
    re.UNICODE,
)
MOST_BETWEEN_MEMBERS = 18
"""Code points between two members of a list at most."""

# What follows the place of a dateline: a date, an agency or both, and a dash.
DATELINE = re.compile(
    r"(?:\s*,[^.\n()–—]{2,40})?(?:\s*\([^)\n]{2,40}\)\s*(?:[-–—.:]|$)|\s*\([A-Z][\w ]{1,20}\)|\s*(?:--|[–—]|- )\s*)"
)
# "état" in lower case is no state. "État" and "State" are in the language files among the words that only relate.
STATE_BEFORE = re.compile(
    r"(?:[ÉE]tats? (?:de |du |d['’])|\b[Ss]tate of |\b[Uu]pstate |\b[Dd]ownstate )(?:the |la |l['’])?$"
)
STATE_BEHIND = re.compile(r"\s+[Ss]tate\b(?! (?:[Uu]niversity|[Cc]ollege|[Dd]epartment))")
_BEFORE_DATELINE = " \t\u00a0–—-("
TOPIC = re.compile(r"\s?:\s")
OPENING = 3
"""A name that begins before this code point opens the document, as a dateline does."""


def containers(text: str, toponyms: Sequence[Toponym]) -> dict[int, int]:
    """Return, for each toponym that the text places inside the next one, the position of that next one."""
    return {
        position: position + 1
        for position, (inner, outer) in enumerate(itertools.pairwise(toponyms))
        if outer.start - inner.end <= MOST_BETWEEN
        and (CONTAINMENT.fullmatch(text[inner.end : outer.start]) or _is_code_behind(text, inner, outer))
    }


def codes_behind(text: str, toponyms: Sequence[Toponym], language: Language) -> dict[int, bool]:
    """Return the positions of toponyms that have the form of a code and stand right behind another one.

    The value says whether the code stands in brackets: "Bilbao (Esp)", not "Zapopan, Jal.".
    """
    return {
        position + 1: text[before.end : toponym.start].endswith("(")
        for position, (before, toponym) in enumerate(itertools.pairwise(toponyms))
        if toponym.text.casefold() not in language.directions and _is_code_behind(text, before, toponym)
    }


def _is_code_behind(text: str, town: Toponym, toponym: Toponym) -> bool:
    """Whether a toponym is a code behind a town: a bracket, a comma, or a space before a code with a full stop."""
    if not is_code(toponym.text):
        return False
    gap = text[town.end : toponym.start]
    return CODE_GAP.fullmatch(gap) is not None or (gap in (" ", "\u00a0") and toponym.text.endswith("."))


def list_members(text: str, toponyms: Sequence[Toponym]) -> list[tuple[int, ...]]:
    """Return, for each toponym, the positions of all members of its list; those of one list share a tuple."""
    lists: list[list[int]] = []
    for position, toponym in enumerate(toponyms):
        before = toponyms[position - 1] if position else None
        if (
            before
            and toponym.start - before.end <= MOST_BETWEEN_MEMBERS
            and LISTING.fullmatch(text[before.end : toponym.start])
        ):
            lists[-1].append(position)
        else:
            lists.append([position])
    return [members for members in map(tuple, lists) for _ in members]


def is_dateline(text: str, toponym: Toponym) -> bool:
    """Return whether a line opens with the name as dispatches do: "DAMAS (AFP) -", "LONDON, Oct 3 (Reuters)"."""
    before = toponym.start
    while before and text[before - 1] in _BEFORE_DATELINE:
        before -= 1
    if before and text[before - 1] != "\n":
        return False
    return toponym.start < OPENING or DATELINE.match(text, toponym.end) is not None


def is_topic(text: str, toponym: Toponym) -> bool:
    """Return whether the document opens with the name as topic or dateline: "Québec : la tempête", "LIMA (AFP) —"."""
    behind = toponym.end
    is_headed = TOPIC.match(text, behind) is not None or DATELINE.match(text, behind) is not None
    return not text[: toponym.start].strip(" \t\n\u00a0–—-(") and is_headed


def is_called_state(text: str, toponym: Toponym) -> bool:
    """Return whether the text calls the name a state of a country: "New York state", "l'État de São Paulo"."""
    return (
        STATE_BEFORE.search(text, max(0, toponym.start - 20), toponym.start) is not None
        or STATE_BEHIND.match(text, toponym.end) is not None
    )
